// The first look of the day, notices, and the digest's settings.
#include "routes.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::int64_t most_top_calls = 10, most_tasks = 20, most_notices = 10, most_woken = 10;
constexpr int days_shown = 10, soon_business_days = 5, woken_within_days = 7, closed_within_days = 30;

class CockpitHandlers {
 public:
  CockpitHandlers(std::shared_ptr<Desk> desk, DigestSender& digests) : desk_(std::move(desk)), digests_(digests) {}

  Result<Response> cockpit(const Request& request) const {
    ListQuery query;
    BANSO_TRY_ASSIGN(query.users, users_in(*desk_, request));
    const auto page = list_calls(*desk_, query, 0, most_top_calls);
    Renderer renderer(*desk_, page.ranking);
    const auto& days = page.ranking->days_left;
    const auto notices = desk_->store().notices(request.caller.user, true, 0, most_notices);
    return answer({{"today", json::from(page.ranking->today())},
                   {"scope", request.query_text("scope").value_or("me")},
                   {"summary", renderer.summary(page.summary)},
                   {"counts", Renderer::counts(page.counts)},
                   {"top_calls", renderer.calls(page.items)},
                   {"tasks", tasks_of(query, days, renderer)},
                   {"snoozed_back", woken_of(query, page.ranking, renderer)},
                   {"days", days_of(query, *page.ranking)},
                   {"closed_30d", closed_of(query)},
                   {"notices", json::object{{"unread", desk_->store().count_notices(request.caller.user, true)},
                                            {"items", renderer.notices(notices)}}}});
  }

  Result<Response> notices(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const bool unread_only = request.query_text("unread").value_or("") == "true";
    const auto user = request.caller.user;
    Renderer renderer(*desk_, desk_->open_calls().ranking());
    return answer({{"items", renderer.notices(desk_->store().notices(user, unread_only, page.offset, page.limit))},
                   {"total", desk_->store().count_notices(user, unread_only)},
                   {"unread", desk_->store().count_notices(user, true)}});
  }

  Result<Response> read_notices(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    std::optional<std::vector<std::int64_t>> ids;
    if (fields.has("ids")) {
      constexpr std::size_t most_ids = 1000;
      const auto* list = fields.list("ids");
      if (!list || list->size() > most_ids) {
        fields.fail("ids", {"List up to 1,000 notices.", "お知らせを1,000件以内で指定してください。"});
      } else {
        ids.emplace();
        for (const auto& id : *list) {
          if (id.is_int64()) ids->push_back(id.get_int64());
        }
      }
    }
    BANSO_TRY(fields.finish());
    desk_->store().mark_read(request.caller.user, ids, desk_->now());
    return answer({{"unread", desk_->store().count_notices(request.caller.user, true)}});
  }

  Result<Response> digest(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto person, person_of(request));
    return answer(setting_of(person));
  }

  Result<Response> change_digest(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto person, person_of(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto cadence = fields.choice("cadence", {"off", "daily", "weekly"}, true);
    const auto hour = fields.integer("hour");
    if (hour && (*hour < 0 || *hour > 23)) {
      fields.fail("hour", {"Give an hour from 0 to 23.", "0〜23の時刻を指定してください。"});
    }
    BANSO_TRY(fields.finish());
    auto setting = digests_.chosen(person.id).value_or(usual_setting(person));
    setting.cadence = *cadence_from(*cadence);
    if (hour) setting.hour = static_cast<int>(*hour);
    digests_.choose(person.id, setting);
    return answer(setting_of(person));
  }

  Result<Response> preview_digest(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto person, person_of(request));
    const auto content = digests_.content_for(person);
    const auto mail = compose(content);
    return answer(
        {{"subject", mail.subject}, {"text", mail.text}, {"html", mail.html}, {"is_empty", content.is_empty()}});
  }

 private:
  Result<Person> person_of(const Request& request) const {
    const auto people = desk_->people().all();
    const auto found = people->find(request.caller.user);
    if (found != people->end()) return found->second;
    return Error::not_found({"There is no such user.", "指定されたユーザーはありません。"});
  }

  json::object setting_of(const Person& person) const {
    const auto& around = desk_->from().surroundings;
    const auto setting = digests_.chosen(person.id).value_or(usual_setting(person));
    const auto offset = [&](core::Instant at) { return around.offset_minutes_at(person.timezone, at); };
    const bool can_send = static_cast<bool>(around.send_digest);
    const auto next = can_send ? next_digest(setting, desk_->now(), offset, around.calendar()) : std::nullopt;
    return {{"cadence", word_of(setting.cadence)},
            {"hour", setting.hour},
            {"timezone", person.timezone},
            {"address", person.email},
            {"can_send", can_send},
            {"next_at", json::from(next)},
            {"last_sent_at", json::from(digests_.last_sent(person.id))}};
  }

  json::object tasks_of(const ListQuery& query, const DaysLeft& days, Renderer& renderer) const {
    TaskFilter filter;
    filter.users = query.users;
    filter.is_finished = false;
    const auto counts = desk_->store().count_tasks(filter, days.today());
    filter.due_to = days.calendar().plus(days.today(), soon_business_days);
    return {{"open", counts.total},
            {"overdue", counts.overdue},
            {"due_today", counts.due_today},
            {"items", renderer.tasks(desk_->store().tasks(filter, 0, most_tasks))}};
  }

  json::array woken_of(const ListQuery& query, const RankingPtr& ranking, Renderer& renderer) const {
    const core::Instant from{desk_->now().microseconds - woken_within_days * core::microseconds_per_day};
    auto calls = desk_->store().find(desk_->store().woken_since(from, 10 * most_woken));
    std::erase_if(calls, [&](const Call& call) {
      return call.closed_at || call.status == CallStatus::snoozed ||
             (query.users && !query.users->contains(call.responsible));
    });
    if (calls.size() > static_cast<std::size_t>(most_woken)) calls.resize(most_woken);
    return renderer.calls(listed(*desk_, *ranking, std::move(calls)));
  }

  json::array days_of(const ListQuery& query, const Ranking& ranking) const {
    const auto& calendar = ranking.days_left.calendar();
    std::map<core::Day, std::int64_t> calls;
    for (std::size_t i = 0; i < ranking.active; ++i) {
      const auto& call = *ranking.calls[i].call;
      if (!query.users || query.users->contains(call.responsible)) ++calls[call.due];
    }
    TaskFilter filter;
    filter.users = query.users;
    filter.is_finished = false;
    filter.due_from = ranking.today();
    auto tasks = desk_->store().tasks_by_day(filter);
    json::array days;
    core::Day day = calendar.on_or_after(ranking.today());
    for (int i = 0; i < days_shown; ++i) {
      days.push_back(json::object{{"day", json::from(day)}, {"calls", calls[day]}, {"tasks", tasks[day]}});
      day = calendar.plus(day, 1);
    }
    return days;
  }

  json::object closed_of(const ListQuery& query) const {
    ClosedFilter filter;
    filter.users = query.users;
    filter.closed_from = core::Instant{desk_->now().microseconds - closed_within_days * core::microseconds_per_day};
    const auto counts = desk_->store().closed_counts(filter);
    return {{"calls", counts.calls}, {"success", counts.success}, {"on_time", counts.on_time}};
  }

  std::shared_ptr<Desk> desk_;
  DigestSender& digests_;
};

}  // namespace

http::Routes cockpit_routes(std::shared_ptr<Desk> desk, DigestSender& digests) {
  const auto handlers = std::make_shared<CockpitHandlers>(std::move(desk), digests);
  const auto to = [&](Result<Response> (CockpitHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/cockpit", Permission::read_only, to(&CockpitHandlers::cockpit)},
      {Method::get, "/api/notices", Permission::read_only, to(&CockpitHandlers::notices)},
      {Method::post, "/api/notices/read", Permission::read_only, to(&CockpitHandlers::read_notices)},
      {Method::get, "/api/digest", Permission::read_only, to(&CockpitHandlers::digest)},
      {Method::put, "/api/digest", Permission::read_only, to(&CockpitHandlers::change_digest)},
      {Method::get, "/api/digest/preview", Permission::read_only, to(&CockpitHandlers::preview_digest)},
  };
}

}  // namespace banso::work
