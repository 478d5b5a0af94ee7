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

class Handlers {
 public:
  explicit Handlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> take(const Request& request, std::optional<EventKind> kind) const {
    std::string opened;
    std::string_view body = request.body;
    if (const auto encoding = request.header("content-encoding"); encoding == "gzip") {
      auto plain = inflate_gzip(request.body, longest_batch_bytes);
      if (!plain) {
        return core::Error::invalid({"The gzip body is damaged, or longer than 500 KB when opened.",
                                     "gzipの本文が壊れているか、展開後の大きさが500KBを超えています。"});
      }
      opened = std::move(*plain);
      body = opened;
    } else if (!encoding.empty() && encoding != "identity") {
      return core::Error::invalid({"Send the body plain or as gzip.", "本文は無圧縮またはgzipで送信してください。"});
    }
    const auto parsed = parse_calls(body, kind);
    if (!parsed) return core::Error(parsed.error());
    const auto key = basic_user(request.header("authorization")).value_or(parsed->write_key);
    BANSO_TRY_ASSIGN(const auto answer, service_.take(key, *parsed));
    json::object reply{{"success", true}};
    if (!answer.rejected.empty()) {
      json::array rejected;
      for (const auto& error : answer.rejected) {
        rejected.push_back(json::object{{"field", error.field}, {"message", error.message.in(request.language)}});
      }
      reply["rejected"] = std::move(rejected);
    }
    return respond(std::move(reply));
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
