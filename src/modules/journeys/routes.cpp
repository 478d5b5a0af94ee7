#include "routes.hpp"

#include "book_map.hpp"
#include "passages.hpp"
#include "render.hpp"

namespace banso::journeys {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t draft_limit_bytes = 256 << 10;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

core::Error no_such_journey() {
  return core::Error::not_found(
      {"There is no such published journey.", "指定された公開済みのジャーニーはありません。"});
}

json::value maybe_number(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::object render_passage(const CompiledJourney& journey, const engine::journeys::CohortPassage& passage) {
  json::array stages;
  for (std::size_t stage = 0; stage < passage.stages.size(); ++stage) {
    const auto& each = passage.stages[stage];
    stages.push_back(json::object{{"stage", stage_key(journey.map, stage)},
                                  {"reached", each.reached},
                                  {"median_days", maybe_number(each.median_days)},
                                  {"low_days", maybe_number(each.low_days)},
                                  {"high_days", maybe_number(each.high_days)}});
  }
  return {{"accounts", passage.accounts}, {"stages", std::move(stages)}};
}

json::object render_stay(const CompiledJourney* journey, const Stay& stay) {
  return {{"journey", stay.journey},
          {"stage", stay.stage},
          {"stage_name", render(journey ? stage_name(journey->map, stay.stage) : core::Text{stay.stage, stay.stage})},
          {"basis", stay.basis},
          {"entered", json::from(stay.entered)},
          {"is_first_look", stay.is_first_look},
          {"left", json::from(stay.left)}};
}

json::object render_event(const MilestoneEvent& event) {
  return {{"journey", event.journey},
          {"milestone", event.milestone},
          {"kind", word_of(event.kind)},
          {"day", json::from(event.day)},
          {"at", json::from(event.at)},
          {"who", event.actor},
          {"contact_id", json::from(event.contact)},
          {"words", event.words}};
}

json::object render_feeling(const Feeling& feeling) {
  return {{"journey", feeling.journey}, {"stage", feeling.stage}, {"contact_id", json::from(feeling.contact)},
          {"feeling", feeling.feeling}, {"words", feeling.words}, {"day", json::from(feeling.day)},
          {"noted_by", feeling.actor}};
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request&) const {
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    auto items = render_book_map(*book, context_->follower, context_->store);
    const auto total = items.size();
    return answer(json::object{{"as_of", json::from(book->as_of())}, {"items", std::move(items)}, {"total", total}});
  }

  Result<Response> accounts(const Request& request) const {
    LineFilter filter;
    filter.journey = request.parameters.at("key");
    filter.stage = request.query_text("stage");
    const auto state = request.query_text("state");
    filter.only_stuck = state == "stuck";
    filter.only_regressing = state == "regressing";
    if (state && !filter.only_stuck && !filter.only_regressing) {
      return core::Error::invalid_field(
          "state", {"This must be stuck or regressing.", "stuck または regressing で指定してください。"});
    }
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    const auto set = context_->follower.journeys();
    if (!set || !set->find(filter.journey)) return no_such_journey();
    return answer(render_lines(*book, context_->follower, filter, page));
  }

  Result<Response> passage(const Request& request) const {
    const auto set = context_->follower.journeys();
    const auto* journey = set ? set->find(request.parameters.at("key")) : nullptr;
    if (journey == nullptr) return no_such_journey();
    const auto today = context_->from.surroundings.book_day();
    const auto passages = passages_of(context_->store, *journey, today);
    json::array cohorts;
    for (const auto& cohort : passages.cohorts) {
      auto object = render_passage(*journey, cohort.passage);
      object["cohort"] = cohort.key;
      object["first_day"] = json::from(cohort.first_day);
      cohorts.push_back(std::move(object));
    }
    return answer(json::object{{"as_of", json::from(today)},
                               {"map", render_map(*journey)},
                               {"all", render_passage(*journey, passages.all)},
                               {"cohorts", std::move(cohorts)},
                               {"unseen", passages.unseen}});
  }

  // Reads the weeks before the journey was published; first has them put together where they are not in memory.
  Result<Response> take_past(const Request& request) const {
    const auto set = context_->follower.journeys();
    const auto* journey = set ? set->find(request.parameters.at("key")) : nullptr;
    if (journey == nullptr) return no_such_journey();
    const auto status = context_->from.health->panel();
    if (!status.panel) {
      if (!status.is_building) BANSO_TRY(context_->from.health->request_panel(request.caller));
      return answer(json::object{{"state", "building"}, {"accounts", 0}, {"without_history", json::array{}}});
    }
    BANSO_TRY_ASSIGN(const auto taken, context_->service->take_past(request.caller, journey->key, *status.panel));
    json::array without_history(taken.without_history.begin(), taken.without_history.end());
    return answer(
        json::object{{"state", "done"}, {"accounts", taken.accounts}, {"without_history", std::move(without_history)}});
  }

  Result<Response> preview_draft(const Request& request) const {
    BANSO_TRY_ASSIGN(auto journey, engine::journeys::journey_from_json(request.body));
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    BANSO_TRY_ASSIGN(const auto compiled, compile("draft", std::move(journey), book->fields()));
    BANSO_TRY_ASSIGN(auto found, preview(*book, compiled));
    return answer(found);
  }

  Result<Response> reviews(const Request&) const {
    BANSO_TRY_ASSIGN(const auto book, context_->from.health->book());
    const auto set = set_or_empty();
    json::array items;
    for (const auto& review : context_->store.open_reviews()) items.push_back(render_review(*book, *set, review));
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> finish_review(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto note = fields.text("note", {.max_length = 4000, .allow_empty = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->store.finish_review(id, request.caller, note.value_or("")));
    return Response::no_content();
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    return answer(render_account(account));
  }

  Result<Response> assume(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto stage = fields.text("stage", {.max_length = 64});
    const auto why = fields.text("why", {.allow_empty = true});
    if (!fields.has("stage")) {
      fields.fail("stage", {"Give a stage, or null to take the assumption away.",
                            "ステージを指定してください(解除する場合は null)。"});
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->service->assume(request.caller, account, stage, why.value_or("")));
    return answer(render_account(account));
  }

  Result<Response> confirm(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto is_confirmed = fields.yes_no("confirmed", true);
    const auto contact = fields.integer("contact_id");
    const auto words = fields.text("words", {.allow_empty = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->service->confirm(request.caller, account, request.parameters.at("milestone"),
                                         core::ContactId{contact.value_or(0)}, *is_confirmed, words.value_or("")));
    return answer(render_account(account));
  }

  Result<Response> note_feeling(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto feeling = fields.integer("feeling", true);
    const auto contact = fields.integer("contact_id");
    const auto words = fields.text("words", {.allow_empty = true});
    BANSO_TRY(fields.finish());
    const auto bounded = static_cast<int>(std::clamp<std::int64_t>(*feeling, 0, 6));
    BANSO_TRY(context_->service->note_feeling(request.caller, account, core::ContactId{contact.value_or(0)}, bounded,
                                              words.value_or("")));
    return answer(render_account(account));
  }

 private:
  JourneySetPtr set_or_empty() const {
    const auto set = context_->follower.journeys();
    return set ? set : std::make_shared<const JourneySet>();
  }

  Result<core::AccountId> known_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    if (context_->from.customers->exists({id})) return core::AccountId{id};
    return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
  }

  json::object render_account(core::AccountId account) const {
    const auto today = context_->from.surroundings.book_day();
    const auto set = set_or_empty();  // keeps what the position points to
    const auto position = context_->follower.position(account, today);
    json::array stays, events, feelings, reviews;
    for (const auto& stay : context_->store.stays(account)) {
      stays.push_back(render_stay(set->find(stay.journey), stay));
    }
    for (const auto& event : context_->store.milestone_events(account)) events.push_back(render_event(event));
    for (const auto& feeling : context_->store.feelings(account)) feelings.push_back(render_feeling(feeling));
    for (const auto& review : context_->store.reviews(account)) {
      reviews.push_back(json::object{{"id", review.id},
                                     {"from", review.from},
                                     {"to", review.to},
                                     {"opened", json::from(review.opened)},
                                     {"done_at", json::from(review.done_at)},
                                     {"done_by", review.done_by},
                                     {"note", review.note}});
    }
    return {{"map", position ? json::value(render_map(*position->journey)) : json::value(nullptr)},
            {"position", position ? json::value(render_position(*position, today)) : json::value(nullptr)},
            {"stays", std::move(stays)},
            {"events", std::move(events)},
            {"feelings", std::move(feelings)},
            {"reviews", std::move(reviews)}};
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
      {Method::get, "/api/journeys", Permission::read_only, to(&Handlers::list)},
      {Method::post, "/api/journeys/preview", Permission::read_only, to(&Handlers::preview_draft), draft_limit_bytes},
      {Method::get, "/api/journeys/reviews", Permission::read_only, to(&Handlers::reviews)},
      {Method::post, "/api/journeys/reviews/{id}", Permission::csm, to(&Handlers::finish_review)},
      {Method::get, "/api/journeys/{key}/accounts", Permission::read_only, to(&Handlers::accounts)},
      {Method::get, "/api/journeys/{key}/passage", Permission::read_only, to(&Handlers::passage)},
      {Method::post, "/api/journeys/{key}/past", Permission::leader, to(&Handlers::take_past)},
      {Method::get, "/api/accounts/{id}/journey", Permission::read_only, to(&Handlers::of_account)},
      {Method::put, "/api/accounts/{id}/journey/assumption", Permission::csm, to(&Handlers::assume)},
      {Method::put, "/api/accounts/{id}/journey/milestones/{milestone}", Permission::csm, to(&Handlers::confirm)},
      {Method::post, "/api/accounts/{id}/journey/feelings", Permission::csm, to(&Handlers::note_feeling)},
  };
}

}  // namespace banso::journeys
