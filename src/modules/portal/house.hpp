// What the module's routes have in common. Internal to the module.
#pragma once

#include "branding.hpp"
#include "entrance.hpp"

namespace banso::portal {

// Threading: may be shared.
class House {
 public:
  explicit House(Dependencies dependencies)
      : from(std::move(dependencies)),
        rules(from.definitions, from.health),
        entrance(from, rules, [this] { return vendor_name(); }) {}
  House(const House&) = delete;

  const Dependencies from;
  SharingRules rules;
  Entrance entrance;

  core::Instant now() const { return from.surroundings.now(); }
  core::Day today() const { return from.surroundings.book_day(); }

  Branding branding() const;
  core::Text vendor_name() const;  // the portal's, else the workspace's
  void set_branding(const core::Caller& caller, const Branding& branding);
  std::optional<Logo> logo() const;
  void set_logo(const core::Caller& caller, const std::optional<Logo>& logo);
};

inline constexpr const char* session_cookie = "banso_portal";

platform::http::Routes make_our_routes(std::shared_ptr<House> house);
// `wake`: somebody asked for a link.
platform::http::Routes make_open_routes(std::shared_ptr<House> house, std::function<void()> wake);
platform::http::Routes make_customer_routes(std::shared_ptr<House> house);

// Sets the portal's two cookies; empty token: takes them away.
void set_cookies(platform::http::Response& response, const platform::http::Request& request, const House& house,
                 const std::string& token, std::int64_t seconds);
// Keeps other sites from making a browser send this with a plain form: those cannot send this content type.
core::Result<boost::json::object> read_json(const platform::http::Request& request);

}  // namespace banso::portal
