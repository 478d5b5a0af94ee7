#include "routes.hpp"

#include <algorithm>

#include "render.hpp"

namespace banso::signals {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int weeks_shown = 26, whys_shown = 20;
constexpr std::int64_t most_calls_per_week = 500;

class SignalsHandlers {
 public:
  explicit SignalsHandlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request&) const {
    const auto today = from().surroundings.book_day();
    const auto figures = context_->store.figures(today);
    const auto status = context_->follower.status();
    json::array items;
    for (const auto& summary : from().definitions->list(std::string(signal_kind))) {
      if (!summary.retired) items.push_back(render_rule(summary, figures, status));
    }
    const auto total = items.size();
    return answer(json::object{{"as_of", json::from(today)},
                               {"items", std::move(items)},
                               {"total", total},
                               {"held", context_->store.held_count()}});
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto summary, known(request));
    const auto today = from().surroundings.book_day();
    auto item = render_rule(summary, context_->store.figures(today), context_->follower.status());
    const auto first = today - core::weekday(today) - 7 * (weeks_shown - 1);
    std::vector<std::int64_t> fired(weeks_shown, 0);
    for (const auto& [day, count] : context_->store.fired_by_day(summary.name.key, first)) {
      const auto week = static_cast<std::size_t>((day - first) / 7);
      if (week < fired.size()) fired[week] += count;
    }
    json::array weeks;
    for (int week = 0; week < weeks_shown; ++week) {
      weeks.push_back(
          json::object{{"day", json::from(first + 7 * week)}, {"fired", fired[static_cast<std::size_t>(week)]}});
    }
    item["weeks"] = std::move(weeks);
    json::array whys;
    for (const auto& why : context_->store.not_useful_why(summary.name.key, whys_shown)) {
      whys.push_back(json::object{{"call", why.call}, {"account_id", why.account.value}, {"why", why.why}});
    }
    item["not_useful_why"] = std::move(whys);
    return answer(item);
  }

  Result<Response> firings(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto summary, known(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    std::optional<FiringState> state;
    if (const auto word = request.query_text("state")) {
      for (const auto each : {FiringState::pending, FiringState::opened, FiringState::held, FiringState::expired}) {
        if (*word == word_of(each)) state = each;
      }
      if (!state) {
        return core::Error::invalid_field("state", {"Use pending, opened, held or expired.",
                                                    "pending、opened、held、expired のいずれかを指定してください。"});
      }
    }
    FiringQuery query;
    query.rule = summary.name.key;
    const auto book = from().health->evaluated_book();
    return answer(FiringRenderer(*from().definitions, book.get()).page(context_->store.page(query, state, page)));
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto book, from().health->book());
    if (!book->find({id})) return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    const FiringRenderer renderer(*from().definitions, book.get());
    json::array now;
    for (const auto& [key, standing] : context_->store.standings_of({id})) {
      const auto definition = from().definitions->get({std::string(signal_kind), key});
      if (!definition || !definition->body) continue;
      const auto body = read_body(*definition->body);
      now.push_back(json::object{{"rule", key},
                                 {"name", render(body.name)},
                                 {"kind", work::word_of(body.kind)},
                                 {"severity", work::word_of(body.severity)},
                                 {"since", json::from(standing.state.since)},
                                 {"last_fired", json::from(standing.state.last_fired)}});
    }
    FiringQuery query;
    query.account = core::AccountId{id};
    return answer(json::object{{"now", std::move(now)},
                               {"firings", renderer.page(context_->store.page(query, std::nullopt, page))}});
  }

  Result<Response> held(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto owner, request.query_integer("owner"));
    const auto found = context_->store.held(owner ? std::optional(core::UserId{*owner}) : std::nullopt, page);
    const auto book = from().health->evaluated_book();
    const FiringRenderer renderer(*from().definitions, book.get());
    const auto limit = context_->desk.calls_per_person_week();
    json::array items;
    for (const auto& firing : found.items) {
      auto item = renderer.firing(firing);
      const auto name = firing.person ? from().surroundings.user_name(firing.person) : std::nullopt;
      item["owner_id"] = json::from(firing.person);
      item["owner_name"] = json::from(name);
      item["expected_value"] = render_money(firing.expected_value, from().surroundings.reporting_currency());
      const auto calls = std::to_string(limit.value_or(0));
      item["why"] = render({"This week's " + calls + " calls went to alerts that are worth more",
                            "今週の上限(" + calls + "件)は、より価値の高いシグナルに使われています"});
      items.push_back(std::move(item));
    }
    return answer(json::object{{"items", std::move(items)},
                               {"total", found.total},
                               {"calls_per_person_week", limit ? json::value(*limit) : json::value(nullptr)}});
  }

  Result<Response> release(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto call, context_->desk.release(request.caller, id));
    return answer(json::object{{"call", call}});
  }

  Result<Response> settings(const Request&) const {
    const auto limit = context_->desk.calls_per_person_week();
    return answer(json::object{{"calls_per_person_week", limit ? json::value(*limit) : json::value(nullptr)}});
  }

  Result<Response> put_settings(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto calls = fields.integer("calls_per_person_week");
    if (!fields.has("calls_per_person_week") || (calls && (*calls < 1 || *calls > most_calls_per_week))) {
      fields.fail("calls_per_person_week",
                  {"Give 1 to 500 calls, or null for no limit.", "1〜500件、または上限なし(null)を指定してください。"});
    }
    BANSO_TRY(fields.finish());
    context_->desk.set_calls_per_person_week(calls ? std::optional(static_cast<int>(*calls)) : std::nullopt);
    return settings(request);
  }

 private:
  const Dependencies& from() const { return context_->from; }

  Result<definitions::Summary> known(const Request& request) const {
    const auto definition = from().definitions->get({std::string(signal_kind), request.parameters.at("key")});
    if (!definition) {
      return core::Error::not_found({"There is no such rule.", "指定されたシグナルルールはありません。"});
    }
    return definition->summary;
  }

  json::object render_rule(const definitions::Summary& summary, const std::map<std::string, RuleFigures>& all_figures,
                           const std::vector<Follower::RuleStatus>& all_status) const {
    const auto definition = from().definitions->get(summary.name);
    const auto& text = definition && definition->body ? definition->body
                       : definition                   ? definition->draft
                                                      : std::nullopt;
    const auto body = text ? read_body(*text) : RuleBody{};
    const auto figures_found = all_figures.find(summary.name.key);
    const auto figures = figures_found == all_figures.end() ? RuleFigures{} : figures_found->second;
    const auto status = std::find_if(all_status.begin(), all_status.end(),
                                     [&](const auto& each) { return each.key == summary.name.key; });
    const bool is_followed = status != all_status.end();
    const auto& feedback = figures.feedback;
    return {{"key", summary.name.key},
            {"name", render(summary.title)},
            {"description", render(body.description)},
            {"kind", work::word_of(body.kind)},
            {"severity", work::word_of(body.severity)},
            {"enabled", body.is_enabled},
            {"version", summary.version},
            {"draft", summary.has_draft},
            {"fault", is_followed && status->fault ? json::value(render(*status->fault)) : json::value(nullptr)},
            {"accounts",
             is_followed && !status->fault && status->accounts ? json::value(*status->accounts) : json::value(nullptr)},
            {"open_calls", figures.open_calls},
            {"fired_7d", figures.fired_7d},
            {"fired_28d", figures.fired_28d},
            {"held", figures.held},
            {"feedback", json::object{{"useful", feedback.verdicts.useful},
                                      {"not_useful", feedback.verdicts.not_useful},
                                      {"success", feedback.success},
                                      {"not_relevant", feedback.not_relevant},
                                      {"closed", feedback.closed}}},
            {"precision", context_->desk.precision_of(summary.name.key)}};
  }

  std::shared_ptr<const RouteContext> context_;
};

}  // namespace

http::Routes make_routes(const std::shared_ptr<const RouteContext>& context) {
  const auto handlers = std::make_shared<SignalsHandlers>(context);
  const auto to = [&](Result<Response> (SignalsHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  http::Routes routes{
      {Method::get, "/api/signals", Permission::read_only, to(&SignalsHandlers::list)},
      {Method::get, "/api/signals/held", Permission::read_only, to(&SignalsHandlers::held)},
      {Method::post, "/api/signals/held/{id}/release", Permission::csm, to(&SignalsHandlers::release)},
      {Method::get, "/api/signals/settings", Permission::read_only, to(&SignalsHandlers::settings)},
      {Method::put, "/api/signals/settings", Permission::leader, to(&SignalsHandlers::put_settings)},
      {Method::get, "/api/signals/{key}", Permission::read_only, to(&SignalsHandlers::one)},
      {Method::get, "/api/signals/{key}/firings", Permission::read_only, to(&SignalsHandlers::firings)},
      {Method::get, "/api/accounts/{id}/signals", Permission::read_only, to(&SignalsHandlers::of_account)},
  };
  for (auto& more : {trial_routes(context), starter_routes(context)}) {
    routes.insert(routes.end(), more.begin(), more.end());
  }
  return routes;
}

}  // namespace banso::signals
