#include "house.hpp"

#include <fmt/format.h>

#include "platform/json/json.hpp"
#include "secrets.hpp"

namespace banso::portal {
namespace {

namespace json = platform::json;
using platform::records::Session;

constexpr std::string_view branding_setting = "branding";
constexpr std::string_view logo_type_setting = "logo_type";
constexpr std::string_view logo_setting = "logo";

std::string cookie(std::string_view name, std::string_view value, std::int64_t seconds, bool is_hidden, bool is_https) {
  return fmt::format("{}={}; Path=/portal; Max-Age={}; SameSite=Lax{}{}", name, value, seconds,
                     is_hidden ? "; HttpOnly" : "", is_https ? "; Secure" : "");
}

}  // namespace

Branding House::branding() const {
  const auto kept = from.records->read([](Session& session) { return store::setting(session, branding_setting); });
  return kept ? branding_from_text(*kept) : Branding{};
}

core::Text House::vendor_name() const {
  auto name = branding().name;
  if (!name.en.empty()) return name;
  const auto workspace = from.surroundings.workspace_name();
  return {workspace, workspace};
}

void House::set_branding(const core::Caller& caller, const Branding& branding) {
  from.records->write(
      [&](Session& session) { store::set_setting(session, branding_setting, to_text(branding), caller.name, now()); });
}

std::optional<Logo> House::logo() const {
  return from.records->read([](Session& session) -> std::optional<Logo> {
    const auto type = store::setting(session, logo_type_setting);
    const auto kept = store::setting(session, logo_setting);
    if (!type || !kept || type->empty()) return std::nullopt;
    return Logo{*type, from_base64(*kept), hash_of(*kept).substr(0, 16)};
  });
}

void House::set_logo(const core::Caller& caller, const std::optional<Logo>& logo) {
  from.records->write([&](Session& session) {
    store::set_setting(session, logo_type_setting, logo ? logo->content_type : "", caller.name, now());
    store::set_setting(session, logo_setting, logo ? to_base64(logo->bytes) : "", caller.name, now());
  });
}

// Lax: the cookie comes along when somebody follows a link to the portal, not with forms or scripts of other sites.
void set_cookies(platform::http::Response& response, const platform::http::Request& request, const House& house,
                 const std::string& token, std::int64_t seconds) {
  const bool is_https = house.from.public_url.starts_with("https://") || request.header("x-forwarded-proto") == "https";
  response.headers.emplace_back("Set-Cookie", cookie(session_cookie, token, seconds, true, is_https));
  response.headers.emplace_back(
      "Set-Cookie", cookie("banso_portal_csrf", token.empty() ? "" : new_secret(), seconds, false, is_https));
}

core::Result<boost::json::object> read_json(const platform::http::Request& request) {
  if (!request.header("content-type").starts_with("application/json")) {
    return core::Error::invalid({"Send the body as application/json.", "本文は application/json で送信してください。"});
  }
  return json::parse_object(request.body);
}

}  // namespace banso::portal
