// /api/proof... and /api/wins... Internal to the module.
#pragma once

#include "platform/json/json.hpp"
#include "proofs.hpp"
#include "scoreboard.hpp"
#include "win_finder.hpp"
#include "win_store.hpp"

namespace banso::proof {

namespace json = platform::json;
namespace http = platform::http;

// What routes stand on; lives as long as the service.
struct Desk {
  explicit Desk(Dependencies dependencies) : from(std::move(dependencies)), proofs(from), wins(from.records) {}

  const Dependencies from;
  Proofs proofs;
  WinStore wins;
  std::function<std::int64_t()> collect;

  std::string name_of(core::UserId user) const;
};

http::Routes proof_routes(std::shared_ptr<Desk> desk);
http::Routes win_routes(std::shared_ptr<Desk> desk);

json::object render(const core::Text& text);
json::object render_money(std::int64_t amount_minor, const std::string& currency);
json::value render_person(core::UserId user, const std::string& name);
json::object render(const Effect& effect);
json::object render(const AdherenceFigures& figures);
json::object render(const PracticeNote& note);
json::object render_summary(const Proof& proof);
json::object render_whole(const Proof& proof, const Desk& desk, core::Language language,
                          std::optional<std::int64_t> version);

inline http::Response answer(const json::value& body, int status = 200) {
  return http::Response::json(json::serialize(body), status);
}

}  // namespace banso::proof
