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

// A packed body is smaller than what it opens to; a little room for what gzip adds to bytes it cannot pack.
constexpr std::size_t longest_body_bytes = longest_batch_bytes + 4096;

// Opens what is packed, into `opened`.
core::Result<std::string_view> plain_body(const Request& request, std::string& opened) {
  const auto& encoding = request.header("content-encoding");
  if (encoding.empty() || encoding == "identity") return request.body;
  if (encoding != "gzip") {
    return core::Error::invalid({"Send the body plain or as gzip.", "本文は無圧縮またはgzipで送信してください。"});
  }
  auto plain = inflate_gzip(request.body, longest_batch_bytes);
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

class Handlers {
 public:
  explicit Handlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> take(const Request& request, std::optional<EventKind> kind) const {
    const auto& authorization = request.header("authorization");
    const auto user = basic_user(authorization).value_or("");
    // A body from just anybody is not worth looking into.
    if (!user.empty()) BANSO_TRY(service_.source_of({user}));
    std::string opened;
    BANSO_TRY_ASSIGN(const auto body, plain_body(request, opened));
    const auto now = core::now();
    IntakeRecord record{{}, {now, now}, platform::records::new_id(), kind, body};
    auto parsed = parse_calls(body, kind, record.receipt);
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

 private:
  ServiceImpl& service_;
};

}  // namespace

http::Routes intake_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<Handlers>(service);
  http::Routes routes;
  const std::pair<const char*, std::optional<EventKind>> calls[] = {
      {"/v1/track", EventKind::track},   {"/v1/page", EventKind::page},
      {"/v1/screen", EventKind::screen}, {"/v1/identify", EventKind::identify},
      {"/v1/group", EventKind::group},   {"/v1/alias", EventKind::alias},
      {"/v1/batch", std::nullopt}};
  for (const auto& [path, kind] : calls) {
    routes.push_back({Method::post, path, Permission::write_key,
                      [handlers, kind = kind](const Request& request) { return handlers->take(request, kind); },
                      longest_body_bytes});
  }
  return routes;
}

}  // namespace banso::usage
