#include <charconv>

#include <fmt/format.h>

#include "book_routes.hpp"
#include "engine/templates.hpp"
#include "export_csv.hpp"
#include "home.hpp"
#include "preview.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t most_ids = 10'000;
constexpr std::size_t preview_limit_bytes = 512 << 10;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

// Nothing where no event was scored since the start.
json::value render_lag(const LagFigures& lag, double lag_ms) {
  return lag.samples == 0 ? json::value(nullptr) : render_number(lag_ms);
}

Result<std::vector<std::int64_t>> ids_in(const Request& request) {
  std::vector<std::int64_t> ids;
  const auto text = request.query_text("ids").value_or("");
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    std::int64_t id = 0;
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + end, id);
    if (error != std::errc() || stop != rest.data() + end || ids.size() == most_ids) {
      return core::Error::invalid_field(
          "ids", {"Give up to 10,000 ids, separated by commas.", "IDをカンマ区切りで10,000件以内で指定してください。"});
    }
    ids.push_back(id);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return ids;
}

Result<BookQuery> query_in(const Request& request) {
  BookQuery query;
  query.filter_json = request.query_text("filter").value_or("");
  query.search = request.query_text("q").value_or("");
  query.sort = request.query_text("sort").value_or("name");
  if (request.query_text("mine").value_or("") == "true") query.owner = request.caller.user;
  BANSO_TRY_ASSIGN(query.ids, ids_in(request));
  return query;
}

// Columns beyond what every row carries; an unknown one is refused, so that a spelling mistake does not look empty.
Result<std::vector<std::size_t>> columns_in(const Request& request, const BookTable& table) {
  std::vector<std::size_t> columns;
  const auto text = request.query_text("columns").value_or("");
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto name = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (name.empty()) continue;
    const auto field = table.field_index(name);
    if (field) {
      columns.push_back(*field);
      continue;
    }
    // A saved view may name an attribute or a measure that is gone: its column is simply empty.
    if (name.starts_with("attribute.") || name.starts_with("measure.") || name.starts_with("group.")) continue;
    return core::Error::invalid_field(
        "columns", {fmt::format("There is no field \"{}\". GET /api/book/fields lists them.", name),
                    fmt::format("項目「{}」はありません。GET /api/book/fields で一覧を確認できます。", name)});
  }
  return columns;
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> book(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto table, table_for(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto query, query_in(request));
    BANSO_TRY_ASSIGN(const auto columns, columns_in(request, *table));
    BANSO_TRY_ASSIGN(const auto result, table->query(query, page));
    json::array items;
    for (const auto row : result.rows) items.push_back(render_row(*table, table->row(row), columns));
    return answer(json::object{{"as_of", json::from(table->head().as_of)},
                               {"computed_at", json::from(table->head().computed_at)},
                               {"release", table->head().set->release},
                               {"total", result.total},
                               {"summary", render_summary(*table, result.summary)},
                               {"items", std::move(items)}});
  }

  Result<Response> summary(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto table, table_for(request));
    BANSO_TRY_ASSIGN(auto query, query_in(request));
    query.sort.clear();
    BANSO_TRY_ASSIGN(const auto result, table->query(query, {0, 0}));
    return answer(render_summary(*table, result.summary));
  }

  Result<Response> fields(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto table, table_for(request));
    return answer(json::object{{"items", render_fields(*table)}, {"total", table->fields().size()}});
  }

  Result<Response> export_csv(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto table, table_for(request));
    BANSO_TRY_ASSIGN(const auto query, query_in(request));
    BANSO_TRY_ASSIGN(auto columns, columns_in(request, *table));
    if (columns.empty()) {
      for (const char* key :
           {"name", "external_id", "level", "score", "score_change_28d", "arr", "renewal_day", "owner", "phase",
            "industry", "region", "plan", "seats", "active_users_28d", "last_activity_day"}) {
        columns.push_back(*table->field_index(key));
      }
    }
    BANSO_TRY_ASSIGN(auto rows, table->rows_of(query));
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"banso-{}.csv\"",
                                                                     core::to_string(table->head().as_of)));
    response.stream = csv_stream(table, std::move(rows), std::move(columns), request.language);
    return response;
  }

  Result<Response> home(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto table, table_for(request));
    const bool is_mine = request.query_text("mine").value_or("") == "true";
    return answer(render_home(*table, is_mine ? std::optional(request.caller.user) : std::nullopt));
  }

  Result<Response> health(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(auto body, context_->accounts.explain({id}, as_of));
    // A score of the past is computed under the present definitions; what people saw then may have been another.
    const bool is_past = as_of && *as_of < context_->from.surroundings.book_day();
    body["shown"] = is_past ? render_shown(context_->shown.last_of({id}, *as_of)) : json::value(nullptr);
    return answer(std::move(body));
  }

  Result<Response> history(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto period, period_in(request));
    const auto step = request.query_text("step").value_or("week");
    if (step != "day" && step != "week") {
      return core::Error::invalid_field("step", {"Use day or week.", "day または week を指定してください。"});
    }
    BANSO_TRY_ASSIGN(const auto release, request.query_integer("release"));
    BANSO_TRY_ASSIGN(auto body, context_->accounts.history({id}, {period.from, period.to, step == "day", release}));
    return answer(std::move(body));
  }

  Result<Response> changes(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto period, period_in(request));
    BANSO_TRY_ASSIGN(auto body, context_->accounts.changes({id}, period.from, period.to));
    return answer(std::move(body));
  }

  Result<Response> measure(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(auto body, context_->accounts.measure({id}, request.parameters.at("key"), as_of, page));
    return answer(std::move(body));
  }

  Result<Response> set_override(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    OverrideRequest wanted;
    wanted.level = fields.text("level", {.required = true, .max_length = 100}).value_or("");
    wanted.reason = fields.text("reason", {.required = true, .max_length = 1000}).value_or("");
    wanted.expires_on = fields.day("expires_on");
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->accounts.set_override(request.caller, {id}, wanted));
    BANSO_TRY_ASSIGN(auto health, context_->accounts.explain({id}, std::nullopt));
    return answer(std::move(health));
  }

  Result<Response> lift_override(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY(context_->accounts.lift_override(request.caller, {id}));
    BANSO_TRY_ASSIGN(auto health, context_->accounts.explain({id}, std::nullopt));
    return answer(std::move(health));
  }

  Result<Response> templates(const Request&) const {
    json::array items;
    for (const auto& each : engine::templates()) {
      items.push_back(json::object{{"key", each.key},
                                   {"name", render(each.name)},
                                   {"description", render(each.description)},
                                   {"scorecard", each.definitions.scorecards.front().key},
                                   {"measures", each.definitions.measures.size()}});
    }
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> take_template(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto drafts, context_->take_template(request.caller, request.parameters.at("key")));
    return answer(json::object{{"drafts", drafts}});
  }

  Result<Response> evaluation(const Request&) const {
    const auto status = context_->live.status();
    return answer(json::object{{"as_of", json::from(status.as_of)},
                               {"computed_at", json::from(status.computed_at)},
                               {"running", status.running},
                               {"progress", status.running ? json::value(status.progress) : json::value(nullptr)},
                               {"accounts", status.accounts},
                               {"seconds", render_number(status.seconds)},
                               {"release", status.release},
                               {"waiting", status.waiting},
                               {"lag_ms_p50", render_lag(status.lag, status.lag.p50_ms)},
                               {"lag_ms_p99", render_lag(status.lag, status.lag.p99_ms)},
                               {"lag_samples", status.lag.samples}});
  }

  Result<Response> start_evaluation(const Request& request) const {
    std::optional<std::int64_t> release;
    if (!request.body.empty()) {
      BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
      json::Fields fields(body);
      release = fields.integer("release");
      BANSO_TRY(fields.finish());
    }
    BANSO_TRY_ASSIGN(const auto job, context_->submit_evaluation(request.caller, release));
    return Response::json(json::serialize(json::object{{"job_id", job}}), 202);
  }

  // {"kind", "key", "body"}, or {"definitions": [...]} for several together.
  Result<Response> preview_draft(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    definitions::Bodies replaced;
    const auto take = [&](const json::object& draft, std::string prefix) -> Result<> {
      json::Fields fields(draft, std::move(prefix));
      const auto kind = fields.choice("kind", {measure_kind, scorecard_kind}, true);
      const auto key = fields.text("key", {.required = true, .max_length = 64});
      const auto* content = fields.child("body");
      if (!content && fields.ok()) fields.fail("body", {"Give the definition.", "定義を指定してください。"});
      BANSO_TRY(fields.finish());
      replaced[{*kind, *key}] = json::serialize(*content);
      return {};
    };
    if (const auto* list = body.if_contains("definitions"); list && list->is_array()) {
      for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        const auto* draft = list->get_array()[i].if_object();
        if (!draft) {
          return core::Error::invalid_field(fmt::format("definitions[{}]", i),
                                            {"This must be an object.", "オブジェクトで指定してください。"});
        }
        BANSO_TRY(take(*draft, fmt::format("definitions[{}].", i)));
      }
    } else {
      BANSO_TRY(take(body, ""));
    }
    BANSO_TRY_ASSIGN(auto found, preview(context_->live, *context_->from.definitions, replaced));
    return answer(std::move(found));
  }

  Result<Response> propose(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto drafts, context_->propose_starter(request.caller));
    return answer(json::object{{"drafts", drafts}});
  }

 private:
  Result<BookTablePtr> table_for(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    return context_->live.table(as_of);
  }

  struct Period {
    std::optional<core::Day> from, to;
  };
  static Result<Period> period_in(const Request& request) {
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(auto to, request.query_day("to"));
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    if (!to || (as_of && *as_of < *to)) to = as_of ? as_of : to;
    if (from && to && *from > *to) {
      return core::Error::invalid_field(
          "from", {"The period ends before it begins.", "期間の開始日が終了日より後になっています。"});
    }
    return Period{from, to};
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
      {Method::get, "/api/book", Permission::read_only, to(&Handlers::book)},
      {Method::get, "/api/book/summary", Permission::read_only, to(&Handlers::summary)},
      {Method::get, "/api/book/fields", Permission::read_only, to(&Handlers::fields)},
      {Method::get, "/api/book/export.csv", Permission::read_only, to(&Handlers::export_csv)},
      {Method::get, "/api/home", Permission::read_only, to(&Handlers::home)},
      {Method::get, "/api/accounts/{id}/health", Permission::read_only, to(&Handlers::health)},
      {Method::get, "/api/accounts/{id}/health/history", Permission::read_only, to(&Handlers::history)},
      {Method::get, "/api/accounts/{id}/health/changes", Permission::read_only, to(&Handlers::changes)},
      {Method::get, "/api/accounts/{id}/health/measures/{key}", Permission::read_only, to(&Handlers::measure)},
      {Method::post, "/api/accounts/{id}/health/override", Permission::csm, to(&Handlers::set_override)},
      {Method::del, "/api/accounts/{id}/health/override", Permission::csm, to(&Handlers::lift_override)},
      {Method::get, "/api/definitions/templates", Permission::leader, to(&Handlers::templates)},
      {Method::post, "/api/definitions/templates/{key}", Permission::leader, to(&Handlers::take_template)},
      {Method::get, "/api/evaluation", Permission::read_only, to(&Handlers::evaluation)},
      {Method::post, "/api/evaluation", Permission::leader, to(&Handlers::start_evaluation)},
      {Method::post, "/api/definitions/preview", Permission::leader, to(&Handlers::preview_draft), preview_limit_bytes},
      {Method::post, "/api/definitions/starter", Permission::leader, to(&Handlers::propose)},
  };
}

}  // namespace banso::health
