#include <algorithm>

#include <fmt/format.h>

#include "inbox.hpp"
#include "platform/json/json.hpp"

namespace banso::in_app {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::int64_t usual_lifetime_s = 12 * 3600;
constexpr std::int64_t longest_lifetime_s = 7 * 24 * 3600;
constexpr std::size_t longest_user_bytes = 200;

Response answer(const json::value& body, int status = 200) {
  auto response = Response::json(json::serialize(body), status);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::string bearer_of(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto& header = request.header("authorization");
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string();
}

core::Error no_token() {
  return core::Error::unauthenticated(
      {"Send a token of this user as \"Authorization: Bearer ...\". Your server gets one at /in-app/v1/tokens.",
       "利用者のトークンを「Authorization: Bearer …」で送信してください。トークンはサーバーから /in-app/v1/tokens "
       "で取得します。"});
}

json::object render(const Shown& shown, core::Language language) {
  const auto& message = shown.message->message;
  json::array items;
  for (const auto& item : shown.items) {
    items.push_back(json::object{{"key", item.item->key},
                                 {"label", item.item->label.in(language)},
                                 {"url", item.item->url.empty() ? json::value(nullptr) : json::value(item.item->url)},
                                 {"done", item.is_done},
                                 {"by_itself", item.is_by_itself}});
  }
  json::value link = nullptr;
  if (message.link) link = json::object{{"label", message.link->label.in(language)}, {"url", message.link->url}};
  return {{"key", shown.message->key},         {"form", message.form},    {"title", message.title.in(language)},
          {"text", message.text.in(language)}, {"link", std::move(link)}, {"items", std::move(items)}};
}

class InAppService final : public Service, public std::enable_shared_from_this<InAppService> {
 public:
  explicit InAppService(Dependencies dependencies)
      : from_(std::move(dependencies)), store_(from_.records), inbox_(from_, store_) {
    from_.definitions->register_kind(make_kind(from_.health));
  }

  http::Routes routes() override {
    const auto to = [self = shared_from_this()](Result<Response> (InAppService::*method)(const Request&)) {
      return [self, method](const Request& request) { return (*self.*method)(request); };
    };
    return {
        {Method::post, "/in-app/v1/tokens", Permission::write_key, to(&InAppService::make_token)},
        {Method::get, "/in-app/v1/messages", Permission::write_key, to(&InAppService::messages)},
        {Method::post, "/in-app/v1/messages/{key}", Permission::write_key, to(&InAppService::note)},
        {Method::get, "/api/in-app/messages", Permission::read_only, to(&InAppService::list)},
        {Method::get, "/api/in-app/keys", Permission::admin, to(&InAppService::keys)},
        {Method::post, "/api/in-app/keys", Permission::admin, to(&InAppService::add_key)},
        {Method::del, "/api/in-app/keys/{id}", Permission::admin, to(&InAppService::remove_key)},
    };
  }

 private:
  // ---- from the vendor's product

  Result<Response> make_token(const Request& request) {
    const auto secret = bearer_of(request);
    if (secret.empty() || !store_.use_key(hash_of(secret), from_.surroundings.book_day())) {
      return core::Error::unauthenticated(
          {"Send the secret key as \"Authorization: Bearer ...\". Administrators make one on the in-app page.",
           "シークレットキーを「Authorization: Bearer "
           "…」で送信してください。キーは管理者が「アプリ内メッセージ」の画面で作成します。"});
    }
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto user = fields.text("user_id", {.required = true, .max_length = longest_user_bytes});
    const auto account = fields.text("account_id", {.required = true, .max_length = 200});
    const auto language = fields.text("language", {.max_length = 35});
    const auto lifetime_s = fields.integer("expires_in_s").value_or(usual_lifetime_s);
    if (lifetime_s < 60 || lifetime_s > longest_lifetime_s) {
      fields.fail("expires_in_s", {fmt::format("Give 60 to {} seconds.", longest_lifetime_s),
                                   fmt::format("60〜{}秒で指定してください。", longest_lifetime_s)});
    }
    BANSO_TRY(fields.finish());
    const std::string names[] = {*account};
    const auto found = from_.customers->accounts_by_external_id(names);
    if (found.empty()) {
      return core::Error::not_found({fmt::format("There is no account with the external id \"{}\".", *account),
                                     fmt::format("外部ID「{}」の顧客はありません。", *account)});
    }
    const User who{found.begin()->second, *user, core::language_from_tag(language.value_or("en"))};
    const core::Instant expires{from_.surroundings.now().microseconds + lifetime_s * core::microseconds_per_second};
    return answer(
        json::object{{"token", sign(store_.signing_key(), who, expires)}, {"expires_at", json::from(expires)}});
  }

  Result<User> user_of(const Request& request) {
    const auto user = verify(store_.signing_key(), bearer_of(request), from_.surroundings.now());
    if (!user) return no_token();
    return *user;
  }

  Result<Response> messages(const Request& request) {
    BANSO_TRY_ASSIGN(const auto user, user_of(request));
    Inbox::MessagesPtr keep;
    json::array messages;
    for (const auto& shown : inbox_.shown_to(user, keep)) messages.push_back(render(shown, user.language));
    return answer(json::object{{"messages", std::move(messages)}});
  }

  Result<Response> note(const Request& request) {
    BANSO_TRY_ASSIGN(const auto user, user_of(request));
    const auto& key = request.parameters.at("key");
    const auto all = inbox_.messages();
    const bool is_known =
        std::any_of(all->begin(), all->end(), [&](const auto& message) { return message.key == key; });
    if (!is_known) return core::Error::not_found({"There is no such message.", "指定されたメッセージはありません。"});
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto event =
        fields.choice("event", {"seen", "clicked", "dismissed", "item_done", "item_undone"}, true).value_or("seen");
    const auto item = fields.text("item", {.max_length = 64});
    BANSO_TRY(fields.finish());
    if (event == "item_done" || event == "item_undone") {
      BANSO_TRY(inbox_.tick(user, key, item.value_or(""), event == "item_done"));
    } else {
      const auto deed = event == "seen" ? Deed::seen : event == "clicked" ? Deed::clicked : Deed::dismissed;
      store_.note(key, user, deed, from_.surroundings.now());
    }
    return Response::no_content();
  }

  // ---- for our own people

  Result<Response> list(const Request&) {
    const auto counts = store_.counts();
    const auto book = from_.health->evaluated_book();
    const auto published = inbox_.messages();
    json::array items;
    for (const auto& summary : from_.definitions->list(std::string(message_kind))) {
      if (summary.retired) continue;
      const auto found = counts.find(summary.name.key);
      const auto of = found == counts.end() ? Counts{} : found->second;
      const auto message = std::find_if(published->begin(), published->end(),
                                        [&](const auto& each) { return each.key == summary.name.key; });
      const bool is_published = message != published->end();
      items.push_back(json::object{
          {"key", summary.name.key},
          {"name", json::from(summary.title)},
          {"form", is_published ? json::value(message->message.form) : json::value(nullptr)},
          {"version", summary.version},
          {"draft", summary.has_draft},
          {"first_day", is_published ? json::from(message->message.first_day) : json::value(nullptr)},
          {"last_day", is_published ? json::from(message->message.last_day) : json::value(nullptr)},
          {"accounts", is_published && book ? json::value(book->run(message->audience).count()) : json::value(nullptr)},
          {"seen", of.seen},
          {"clicked", of.clicked},
          {"dismissed", of.dismissed},
          {"done", of.done}});
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> keys(const Request&) {
    json::array items;
    for (const auto& key : store_.keys()) items.push_back(render_key(key));
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> add_key(const Request& request) {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto name = fields.text("name", {.required = true, .max_length = 200});
    BANSO_TRY(fields.finish());
    const auto secret = new_secret();
    auto rendered = render_key(store_.add_key(*name, hash_of(secret), request.caller));
    rendered["secret"] = secret;  // shown this once
    return answer(rendered, 201);
  }

  Result<Response> remove_key(const Request& request) {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    if (store_.remove_key(id)) return Response::no_content();
    return core::Error::not_found({"There is no such key.", "指定されたキーはありません。"});
  }

  static json::object render_key(const Key& key) {
    return {{"id", key.id},
            {"name", key.name},
            {"created_by", key.created_by},
            {"created_at", json::from(key.created_at)},
            {"last_used", json::from(key.last_used_day)}};
  }

  const Dependencies from_;
  Store store_;
  Inbox inbox_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  return std::make_shared<InAppService>(std::move(dependencies));
}

}  // namespace banso::in_app
