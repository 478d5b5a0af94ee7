// A rule tried before it is published: on the book of today, and over history.
#include <algorithm>
#include <numeric>

#include "evidence.hpp"
#include "render.hpp"
#include "replay_request.hpp"
#include "routes.hpp"

namespace banso::signals {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t sample_size = 20;
constexpr std::size_t body_limit_bytes = 256 << 10;

std::int64_t arr_of(const health::BookView& book, const std::vector<std::uint32_t>& rows) {
  return std::accumulate(rows.begin(), rows.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::uint32_t row) { return sum + book.arr_minor(row); });
}

// The published rule of that key, where there is one.
std::optional<RuleBody> published_rule(const Dependencies& from, const std::optional<std::string>& key) {
  if (!key) return std::nullopt;
  const auto definition = from.definitions->get({std::string(signal_kind), *key});
  if (!definition || !definition->body) return std::nullopt;
  return read_body(*definition->body);
}

engine::Selection meets(const LiveRule& rule, const health::BookView& book) {
  auto tested = test(rule, book);
  tested.enters &= tested.concerned;
  return tested.enters;
}

json::object render_sample(const LiveRule& rule, const health::BookView& book, std::uint32_t row) {
  auto written = write_alert(rule, book, row, nullptr);
  const auto score = book.value(row, "score");
  const auto level = book.value(row, "level");
  const auto* number = std::get_if<double>(&score);
  const auto* key = std::get_if<std::string>(&level);
  return {{"id", book.id(row).value},
          {"name", book.name(row)},
          {"arr", render_money(static_cast<double>(book.arr_minor(row)), book.currency())},
          {"score", number ? json::value(*number) : json::value(nullptr)},
          {"level", key ? json::value(*key) : json::value(nullptr)},
          {"explanation", render(written.explanation)},
          {"evidence", std::move(written.evidence)}};
}

Result<Response> preview(const Dependencies& from, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto key = fields.text("key", {.max_length = 64});
  const auto* given = fields.child("rule");
  if (!given && fields.ok()) fields.fail("rule", {"Give the rule.", "ルールを指定してください。"});
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto book, from.health->book());
  LiveRule rule;
  auto checked = check_body(json::serialize(*given), book->fields());
  if (!checked) {
    auto error = std::move(checked).error();
    for (auto& field : error.fields) field.field = "rule." + field.field;
    return error;
  }
  rule.body = std::move(checked->body);
  rule.compile(book->fields());
  const auto tested = test(rule, *book);
  auto now = tested.enters;
  now &= tested.concerned;
  auto rows = now.rows();
  json::value entering = nullptr, leaving = nullptr;
  if (auto published = published_rule(from, key)) {
    LiveRule before;
    before.body = std::move(*published);
    before.compile(book->fields());
    if (!before.fault) {
      const auto was = meets(before, *book);
      auto both = was;
      both &= now;
      entering = now.count() - both.count();
      leaving = was.count() - both.count();
    }
  }
  const auto arr = arr_of(*book, rows);
  const auto count = rows.size();
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(-book->arr_minor(a), a) < std::pair(-book->arr_minor(b), b);
  });
  if (rows.size() > sample_size) rows.resize(sample_size);
  json::array sample;
  for (const auto row : rows) sample.push_back(render_sample(rule, *book, row));
  return answer(json::object{{"as_of", json::from(book->as_of())},
                             {"accounts", count},
                             {"arr", render_money(static_cast<double>(arr), book->currency())},
                             {"in_scope", tested.concerned.count()},
                             {"sample", std::move(sample)},
                             {"entering", std::move(entering)},
                             {"leaving", std::move(leaving)}});
}

Result<Response> replay(const RouteContext& context, const Request& request) {
  const auto& from = context.from;
  const auto fields = from.health->condition_fields();
  BANSO_TRY_ASSIGN(const auto wanted, read_replay_request(request.body, *fields));
  const auto status = from.health->panel();
  if (!status.panel) {
    if (!status.is_building) BANSO_TRY(from.health->request_panel(request.caller));
    return answer(json::object{{"state", "building"}, {"progress", status.progress}}, 202);
  }
  const auto published = published_rule(from, wanted.key);
  const auto book = from.health->evaluated_book();
  BANSO_TRY_ASSIGN(auto found, answer_replay(wanted, published ? &*published : nullptr, status, book.get(), *fields));
  if (found.published_precision) context.store.set_replay_precision(*wanted.key, found.published_precision);
  return answer(found.body);
}

}  // namespace

http::Routes trial_routes(const std::shared_ptr<const RouteContext>& context) {
  return {
      {Method::post, "/api/signals/preview", Permission::read_only,
       [context](const Request& request) { return preview(context->from, request); }, body_limit_bytes},
      {Method::post, "/api/signals/replay", Permission::leader,
       [context](const Request& request) { return replay(*context, request); }, body_limit_bytes},
  };
}

}  // namespace banso::signals
