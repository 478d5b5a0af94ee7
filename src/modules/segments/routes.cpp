#include "routes.hpp"

#include <algorithm>

#include "kind.hpp"
#include "preview.hpp"

namespace banso::segments {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int recent_days = 7;
constexpr std::size_t preview_limit_bytes = 128 << 10;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

core::Error no_such_segment() {
  return core::Error::not_found({"There is no such segment.", "指定されたセグメントはありません。"});
}

std::optional<std::size_t> position_of(const health::BookView& book, std::string_view key) {
  const auto segments = book.segments();
  const auto found =
      std::find_if(segments.begin(), segments.end(), [&](const auto& segment) { return segment.key == key; });
  if (found == segments.end()) return std::nullopt;
  return static_cast<std::size_t>(found - segments.begin());
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request&) const {
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    const auto recent = context_->store.recent(book->as_of() - recent_days);
    json::array items;
    for (const auto& summary : context_->from.definitions->list(std::string(segment_kind))) {
      if (summary.retired) continue;
      const auto found = recent.find(summary.name.key);
      items.push_back(render_segment(*book, summary, found == recent.end() ? RecentCounts{} : found->second));
    }
    const auto total = items.size();
    return answer(
        json::object{{"as_of", json::from(book->as_of())},
                     {"accounts", book->size()},
                     {"arr", render_money(arr_of(*book, engine::Selection(book->size(), true)), book->currency())},
                     {"items", std::move(items)},
                     {"total", total}});
  }

  // A segment that is not published yet has nobody in it.
  Result<Response> accounts(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto key, known_key(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    json::array items;
    std::size_t total = 0;
    if (const auto position = position_of(*book, key)) {
      const auto members = book->members(*position);
      total = members.count();
      const auto end = static_cast<std::size_t>(page.offset + page.limit);
      const auto rows = rows_by_arr(*book, members, end);
      for (auto i = static_cast<std::size_t>(page.offset); i < rows.size(); ++i) {
        auto item = render_account(*book, rows[i]);
        const auto since = context_->store.since(key, book->id(rows[i]));
        item["since"] = since ? json::from(since->day) : json::value(nullptr);
        item["cause"] = since ? json::value(since->cause) : json::value(nullptr);
        item["reason"] = since ? json::value(render(since->reason)) : json::value(nullptr);
        items.push_back(std::move(item));
      }
    }
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> history(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto key, known_key(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    HistoryQuery query{key, std::nullopt};
    if (account) query.account = core::AccountId{*account};
    return answer(render_history(*book, context_->store.history(query, page)));
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    const auto row = book->find({id});
    if (!row) return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
    const auto is_in = book->members_among(rows);
    json::array current;
    for (std::size_t i = 0; i < is_in.size(); ++i) {
      if (!is_in[i].test(0)) continue;
      const auto& segment = book->segments()[i];
      const auto since = context_->store.since(segment.key, {id});
      current.push_back(json::object{{"segment", segment.key},
                                     {"name", render(segment.name)},
                                     {"since", since ? json::from(since->day) : json::value(nullptr)},
                                     {"cause", since ? json::value(since->cause) : json::value(nullptr)},
                                     {"reason", since ? json::value(render(since->reason)) : json::value(nullptr)}});
    }
    auto events = render_history(*book, context_->store.history({std::nullopt, core::AccountId{id}}, page));
    return answer(json::object{{"items", std::move(current)}, {"history", std::move(events)}});
  }

  Result<Response> preview_condition(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto key = fields.text("key", {.max_length = 64});
    const auto* condition = fields.child("condition");
    if (!condition && fields.ok()) fields.fail("condition", {"Give a condition.", "条件を指定してください。"});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    BANSO_TRY_ASSIGN(auto found, preview(*book, json::serialize(*condition), key));
    return answer(std::move(found));
  }

 private:
  Result<std::string> known_key(const Request& request) const {
    const auto& key = request.parameters.at("key");
    if (!context_->from.definitions->get({std::string(segment_kind), key})) return no_such_segment();
    return key;
  }

  json::object render_segment(const health::BookView& book, const definitions::Summary& summary,
                              const RecentCounts& recent) const {
    const auto definition = context_->from.definitions->get(summary.name);
    const auto& text = definition && definition->body ? definition->body
                       : definition                   ? definition->draft
                                                      : std::nullopt;
    const auto position = position_of(book, summary.name.key);
    const auto* fault = position ? book.fault(*position) : nullptr;
    json::array users;
    for (const auto& name : summary.used_by) users.push_back(json::object{{"kind", name.kind}, {"key", name.key}});
    json::object item{{"key", summary.name.key},
                      {"name", render(summary.title)},
                      {"description", text ? read_body(*text).description : std::string()},
                      {"version", summary.version},
                      {"draft", summary.has_draft},
                      {"used_by", std::move(users)},
                      {"fault", fault ? json::value(render(fault->message)) : json::value(nullptr)},
                      {"accounts", nullptr},
                      {"arr", nullptr},
                      {"entered_7d", recent.entered},
                      {"left_7d", recent.left}};
    if (position && !fault) {
      const auto members = book.members(*position);
      item["accounts"] = members.count();
      item["arr"] = render_money(arr_of(book, members), book.currency());
    }
    return item;
  }

  // Names are today's; a segment or an account that is gone is named by its key or not at all.
  static json::object render_history(const health::BookView& book, const HistoryPage& page) {
    json::array items;
    for (const auto& event : page.events) {
      const auto row = book.find(event.account);
      const auto segment = position_of(book, event.segment);
      const core::Text key{event.segment, event.segment};
      items.push_back(json::object{{"segment", event.segment},
                                   {"segment_name", render(segment ? book.segments()[*segment].name : key)},
                                   {"account_id", event.account.value},
                                   {"account_name", row ? json::value(book.name(*row)) : json::value(nullptr)},
                                   {"entered", event.has_entered},
                                   {"day", json::from(event.day)},
                                   {"at", json::from(event.at)},
                                   {"cause", event.cause},
                                   {"reason", render(event.reason)}});
    }
    return {{"items", std::move(items)}, {"total", page.total}};
  }

  std::shared_ptr<const RouteContext> context_;
};

}  // namespace

http::Routes make_routes(std::shared_ptr<const RouteContext> context) {
  const auto handlers = std::make_shared<Handlers>(std::move(context));
  const auto to = [&](Result<Response> (Handlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/segments", Permission::read_only, to(&Handlers::list)},
      {Method::post, "/api/segments/preview", Permission::read_only, to(&Handlers::preview_condition),
       preview_limit_bytes},
      {Method::get, "/api/segments/{key}/accounts", Permission::read_only, to(&Handlers::accounts)},
      {Method::get, "/api/segments/{key}/history", Permission::read_only, to(&Handlers::history)},
      {Method::get, "/api/accounts/{id}/segments", Permission::read_only, to(&Handlers::of_account)},
  };
}

}  // namespace banso::segments
