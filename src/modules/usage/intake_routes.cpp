#include <map>

#include "inflate.hpp"
#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"
#include "write_key.hpp"

namespace banso::usage {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;
using platform::events::EventKind;

// Packed or plain: JSON that gzip makes longer is not worth packing.
constexpr std::size_t longest_body_bytes = longest_batch_bytes;

// Opens what is packed, into `opened`.
core::Result<std::string_view> plain_body(const std::string& encoding, const std::string& sent, std::string& opened) {
  if (encoding.empty() || encoding == "identity") return sent;
  if (encoding != "gzip") {
    return core::Error::invalid({"Send the body plain or as gzip.", "本文は無圧縮またはgzipで送信してください。"});
  }
  auto plain = inflate_gzip(sent, longest_batch_bytes);
  if (!plain) {
    return core::Error::invalid({"The gzip body is damaged, or longer than 500 KB when opened.",
                                 "gzipの本文が壊れているか、展開後の大きさが500KBを超えています。"});
  }
  opened = std::move(*plain);
  return opened;
}

json::object render(const IntakeAnswer& answer, core::Language language) {
  json::array rejected;
  for (const auto& error : answer.rejected) {
    rejected.push_back(json::object{{"field", error.field}, {"message", error.message.in(language)}});
  }
  return {{"success", true}, {"accepted", answer.accepted}, {"rejected", std::move(rejected)}};
}

constexpr std::string_view empty_gif(
    "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02"
    "D\x01\0;",
    43);

// The call of a pixel: JSON in `data` (base64, with either alphabet), or fields as parameters, "properties.subject" for
// what lies within.
std::string pixel_call(const std::map<std::string, std::string>& query) {
  if (const auto data = query.find("data"); data != query.end()) return decode_base64(data->second).value_or("");
  json::object call;
  for (const auto& [name, value] : query) {
    const auto dot = name.find('.');
    if (dot == std::string::npos) {
      call[name] = value;
      continue;
    }
    auto& parent = call[name.substr(0, dot)];
    if (!parent.is_object()) parent = json::object{};
    parent.as_object()[name.substr(dot + 1)] = value;
  }
  return json::serialize(call);
}

class IntakeHandlers {
 public:
  explicit IntakeHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> take(const Request& request, std::optional<EventKind> kind) const {
    return take(request, kind, request.body);
  }

  core::Result<Response> take(const Request& request, std::optional<EventKind> kind, const std::string& sent) const {
    const auto& authorization = request.header("authorization");
    const auto user = basic_user(authorization).value_or("");
    // A body from just anybody is not worth looking into.
    if (!user.empty()) BANSO_TRY(service_.source_of({user}));
    std::string opened;
    const auto now = core::now();
    IntakeRecord record{{}, {now, now}, platform::records::new_id(), kind, sent};
    const auto body = plain_body(request.header("content-encoding"), sent, opened);
    if (!body) {
      // Whose it is may still be known without opening it.
      if (const auto source = service_.source_of({user, bearer_token(authorization)})) {
        record.source = *source;
        service_.refuse(record, body.error());
      }
      return core::Error(body.error());
    }
    record.body = *body;
    auto parsed = parse_calls(*body, kind, record.receipt);
    if (!parsed) {
      BANSO_TRY_ASSIGN(record.source, service_.source_of({user, bearer_token(authorization)}));
      service_.refuse(record, parsed.error());
      return core::Error(std::move(parsed).error());
    }
    // Segment's clients send a token of theirs as the bearer, and the write key in the body.
    BANSO_TRY_ASSIGN(record.source, service_.source_of({user, parsed->write_key, bearer_token(authorization)}));
    BANSO_TRY_ASSIGN(const auto answer, service_.take(record, std::move(*parsed)));
    return respond(render(answer, request.language));
  }

  // Where only an image can be asked for: mails, pages without scripts. It comes whatever becomes of the call, or the
  // reader would see a broken image.
  core::Result<Response> pixel(const Request& request, EventKind kind) const {
    (void)take(request, kind, pixel_call(request.query));
    auto image = Response::text(std::string(empty_gif), "image/gif");
    image.headers.emplace_back("cache-control", "no-store");
    return image;
  }

  // What browsers and mobile clients ask for before they send: where to, and that nothing is blocked.
  core::Result<Response> settings(const Request& request) const {
    const auto& key = request.parameters.at("key");
    BANSO_TRY(service_.source_of({key}));
    json::object destination{{"apiKey", key}, {"unbundledIntegrations", json::array{}}, {"addBundledMetadata", true}};
    if (const auto& host = request.header("host"); !host.empty()) destination["apiHost"] = host + "/v1";
    return respond(
        json::object{{"integrations", {{"Segment.io", std::move(destination)}}},
                     {"plan", {{"track", {{"__default", {{"enabled", true}, {"integrations", json::object{}}}}}}}},
                     {"edgeFunction", json::object{}}});
  }

 private:
  ServiceImpl& service_;
};

}  // namespace

http::Routes intake_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<IntakeHandlers>(service);
  http::Routes routes;
  // The short names are those of Segment's client for browsers.
  const std::pair<std::string, std::optional<EventKind>> calls[] = {{"/v1/track", EventKind::track},
                                                                    {"/v1/page", EventKind::page},
                                                                    {"/v1/screen", EventKind::screen},
                                                                    {"/v1/identify", EventKind::identify},
                                                                    {"/v1/group", EventKind::group},
                                                                    {"/v1/alias", EventKind::alias},
                                                                    {"/v1/batch", std::nullopt},
                                                                    {"/v1/import", std::nullopt},
                                                                    {"/v1/t", EventKind::track},
                                                                    {"/v1/p", EventKind::page},
                                                                    {"/v1/s", EventKind::screen},
                                                                    {"/v1/i", EventKind::identify},
                                                                    {"/v1/g", EventKind::group},
                                                                    {"/v1/a", EventKind::alias},
                                                                    {"/v1/b", std::nullopt}};
  for (const auto& [path, kind] : calls) {
    routes.push_back({Method::post, path, Permission::write_key,
                      [handlers, kind = kind](const Request& request) { return handlers->take(request, kind); },
                      longest_body_bytes});
  }
  for (const auto kind : {EventKind::track, EventKind::page, EventKind::screen, EventKind::identify, EventKind::group,
                          EventKind::alias}) {
    routes.push_back({Method::get, "/v1/pixel/" + std::string(platform::events::to_string(kind)), Permission::write_key,
                      [handlers, kind](const Request& request) { return handlers->pixel(request, kind); }});
  }
  routes.push_back(
      {Method::get, "/v1/projects/{key}/settings", Permission::write_key, bound(handlers, &IntakeHandlers::settings)});
  return routes;
}

}  // namespace banso::usage
