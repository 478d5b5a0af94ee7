// What people of a customer may ask for. Every read is by the account of their session; what the rule of sharing does
// not show answers as if it did not exist.
#include <algorithm>

#include <fmt/format.h>

#include "documents.hpp"
#include "house.hpp"
#include "render.hpp"
#include "tickets.hpp"
#include "vendor.hpp"

namespace banso::portal {
namespace {

namespace http = platform::http;
using core::Customer;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;
using platform::records::Session;

constexpr std::size_t body_limit_bytes = 16 << 10;
constexpr std::size_t longest_words_bytes = 4000;

Response answer(const json::value& body) {
  auto response = Response::json(json::serialize(body));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

core::Error nothing_here() {
  return core::Error::not_found({"There is nothing at this address.", "このアドレスには何もありません。"});
}

// The deed of a customer as the journey's module takes it: in their own name.
core::Caller in_name_of(const Customer& customer) {
  return core::Caller::system(customer.name);
}

class CustomerHandlers {
 public:
  explicit CustomerHandlers(std::shared_ptr<House> house) : house_(std::move(house)) {}

  Result<Response> me(const Request& request) const { return render_me(request, *request.customer); }

  Result<Response> change_me(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto language = fields.choice("language", {"ja", "en"}, true);
    BANSO_TRY(fields.finish());
    auto customer = *request.customer;
    customer.language = core::language_from_tag(*language);
    house_->entrance.set_language(customer, customer.language);
    return render_me(request, customer);
  }

  Result<Response> switch_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto person = fields.integer("person", true);
    BANSO_TRY(fields.finish());
    const auto token = request.cookie(session_cookie);
    BANSO_TRY(house_->entrance.move_to(token, *person));
    const auto customer = house_->entrance.customer_of(token);
    if (!customer) return nothing_here();
    return render_me(request, *customer);
  }

  // ---- journey

  Result<Response> journey(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto sharing, shown(*request.customer, Part::journey));
    return answer(journey_or_null(*request.customer, sharing));
  }

  Result<Response> confirm_milestone(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY_ASSIGN(const auto sharing, shown(customer, Part::journey));
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto is_confirmed = fields.yes_no("confirmed", true);
    const auto words = words_of(fields);
    BANSO_TRY(fields.finish());
    const auto& key = request.parameters.at("key");
    BANSO_TRY(house_->from.journeys->confirm(in_name_of(customer), customer.account, key, customer.contact,
                                             *is_confirmed, words));
    house_->entrance.note(customer, "confirmed_milestone", key);
    return journey_of(customer, sharing);
  }

  Result<Response> feel(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY_ASSIGN(const auto sharing, shown(customer, Part::journey));
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto feeling = fields.integer("feeling", true);
    const auto words = words_of(fields);
    BANSO_TRY(fields.finish());
    const auto bounded = static_cast<int>(std::clamp<std::int64_t>(*feeling, 0, 6));
    BANSO_TRY(
        house_->from.journeys->note_feeling(in_name_of(customer), customer.account, customer.contact, bounded, words));
    house_->entrance.note(customer, "felt");
    return journey_of(customer, sharing);
  }

  // ---- plans

  Result<Response> plans(const Request& request) const {
    BANSO_TRY(shown(*request.customer, Part::plan));
    return plans_of(*request.customer);
  }

  Result<Response> confirm_goal(const Request& request) const {
    const auto& key = request.parameters.at("key");
    return change_plan(request, "confirmed_goal", [&](plans::PlanId plan, json::Fields& fields) -> Result<std::string> {
      const auto words = words_of(fields);
      BANSO_TRY(fields.finish());
      BANSO_TRY(house_->from.plans->confirm_goal(*request.customer, plan, key, words));
      return key;
    });
  }

  Result<Response> comment(const Request& request) const {
    return change_plan(request, "commented", [&](plans::PlanId plan, json::Fields& fields) -> Result<std::string> {
      const auto item = fields.text("item", {.required = true, .max_length = 64});
      const auto words = fields.text("words", {.required = true, .max_length = longest_words_bytes});
      BANSO_TRY(fields.finish());
      BANSO_TRY(house_->from.plans->comment(*request.customer, plan, *item, *words));
      return *item;
    });
  }

  Result<Response> finish_action(const Request& request) const {
    const auto& key = request.parameters.at("key");
    return change_plan(request, "finished_action",
                       [&](plans::PlanId plan, json::Fields& fields) -> Result<std::string> {
                         const auto is_done = fields.yes_no("done", true);
                         BANSO_TRY(fields.finish());
                         BANSO_TRY(house_->from.plans->finish_action(*request.customer, plan, key, *is_done));
                         return key;
                       });
  }

  Result<Response> enter_figure(const Request& request) const {
    return change_plan(request, "entered_figure", [&](plans::PlanId plan, json::Fields& fields) -> Result<std::string> {
      const auto goal = fields.text("goal", {.required = true, .max_length = 64});
      const auto value = fields.number("value", true);
      const auto day = fields.day("day").value_or(house_->today());
      BANSO_TRY(fields.finish());
      BANSO_TRY(house_->from.plans->enter_figure(*request.customer, plan, *goal, *value, day));
      return *goal;
    });
  }

  // ---- what else there is to see

  Result<Response> adoption(const Request& request) const {
    const auto account = request.customer->account;
    BANSO_TRY(shown(*request.customer, Part::adoption));
    const auto today = house_->today();
    const auto& seats = house_->from.surroundings.seats;
    return answer(render_adoption(adoption_of(*house_->from.customers, *house_->from.usage, {account, today}),
                                  seats ? seats(account, today) : std::nullopt));
  }

  Result<Response> value(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY_ASSIGN(const auto sharing, shown(customer, Part::value));
    const bool with_paid = sharing.shown(Part::paid) && house_->from.plans;
    return answer(render_value(shared_plans(customer), with_paid ? house_->from.plans->paid(customer) : std::nullopt));
  }

  Result<Response> people(const Request& request) const {
    BANSO_TRY(shown(*request.customer, Part::people));
    return answer(json::object{{"items", render_people(*house_, request.customer->account)}});
  }

  Result<Response> documents(const Request& request) const {
    BANSO_TRY(shown(*request.customer, Part::documents));
    const auto account = request.customer->account;
    const auto found = house_->from.records->read([&](Session& session) { return store::documents(session, account); });
    const auto offset_minutes = house_->from.surroundings.utc_offset_minutes();
    json::array items;
    for (const auto& document : found) {
      items.push_back(json::object{{"id", document.id},
                                   {"name", document.name},
                                   {"content_type", document.content_type},
                                   {"bytes", document.bytes},
                                   {"shared_on", json::from(core::day_of(document.shared_at, offset_minutes))}});
    }
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> download(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY(shown(customer, Part::documents));
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    std::string content;
    const auto document = house_->from.records->read([&](Session& session) -> std::optional<Document> {
      auto found = store::find_document(session, id);
      if (!found || (found->account && found->account != customer.account)) return std::nullopt;
      content = store::content(session, id);
      return found;
    });
    if (!document) return nothing_here();
    if (!customer.viewed_by) {
      house_->from.records->write([&](Session& session) { store::count_download(session, id); });
      house_->entrance.note(customer, "downloaded", document->name);
    }
    return attachment(*document, std::move(content));
  }

  Result<Response> tickets(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY_ASSIGN(const auto sharing, shown(customer, Part::tickets));
    const bool is_of_company = sharing.shown(Part::company_tickets);
    return answer(render_tickets(*house_->from.customers, customer.account,
                                 is_of_company ? std::nullopt : std::optional(customer.contact)));
  }

  Result<Response> surveys(const Request& request) const {
    BANSO_TRY(shown(*request.customer, Part::surveys));
    const auto& customer = *request.customer;
    const auto offset_minutes = house_->from.surroundings.utc_offset_minutes();
    json::array items;
    for (const auto& survey : house_->from.outreach->waiting_surveys(customer.account, customer.contact)) {
      // Whoever of us looks as the customer must not answer in their name.
      items.push_back(json::object{{"question", render(survey.question)},
                                   {"url", customer.viewed_by ? std::string("#") : survey.path},
                                   {"sent_on", json::from(core::day_of(survey.sent_at, offset_minutes))},
                                   {"closes_on", json::from(core::day_of(survey.closes_at, offset_minutes))}});
    }
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> health(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto sharing, shown(*request.customer, Part::health));
    return health_of(request.customer->account, sharing);
  }

  Result<Response> consent(const Request& request) const {
    const auto& customer = *request.customer;
    BANSO_TRY_ASSIGN(const auto sharing, shown(customer, Part::health));
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto is_given = fields.yes_no("given", true);
    BANSO_TRY(fields.finish());
    house_->from.records->write([&](Session& session) {
      store::set_consent(session, customer.account, customer.contact, {*is_given, customer.name, house_->now()});
    });
    house_->entrance.note(customer, *is_given ? "consented" : "consent_withdrawn");
    return health_of(customer.account, sharing);
  }

 private:
  // The rule that holds for the customer, where it shows that part; else as if there was nothing.
  Result<Sharing> shown(const Customer& customer, Part part) const {
    BANSO_TRY_ASSIGN(const auto rule, house_->rules.rule_of(customer.account));
    if (!rule || !rule->sharing.shown(part)) return nothing_here();
    return rule->sharing;
  }

  static std::string words_of(json::Fields& fields) {
    return fields.text("words", {.max_length = longest_words_bytes, .allow_empty = true}).value_or("");
  }

  std::vector<plans::SharedPlan> shared_plans(const Customer& customer) const {
    return house_->from.plans ? house_->from.plans->shared(customer) : std::vector<plans::SharedPlan>();
  }

  Result<Response> plans_of(const Customer& customer) const {
    return answer(render_plans(shared_plans(customer), customer.contact, house_->today()));
  }

  // Null: the account is on no journey.
  json::value journey_or_null(const Customer& customer, const Sharing& sharing) const {
    const auto journey = house_->from.journeys->shared(customer.account, customer.contact);
    if (!journey) return nullptr;
    const auto plans = sharing.shown(Part::plan) ? shared_plans(customer) : std::vector<plans::SharedPlan>();
    return render_journey(*journey, plans);
  }

  Result<Response> journey_of(const Customer& customer, const Sharing& sharing) const {
    const auto journey = journey_or_null(customer, sharing);
    if (journey.is_null()) return nothing_here();
    return answer(journey);
  }

  // `change` reads the body, does the deed and names what it was done to.
  Result<Response> change_plan(const Request& request, std::string_view event,
                               const std::function<Result<std::string>(plans::PlanId, json::Fields&)>& change) const {
    const auto& customer = *request.customer;
    BANSO_TRY(shown(customer, Part::plan));
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    if (!house_->from.plans) return nothing_here();
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    BANSO_TRY_ASSIGN(const auto item, change(plans::PlanId{id}, fields));
    house_->entrance.note(customer, std::string(event), item);
    return plans_of(customer);
  }

  Result<Response> health_of(core::AccountId account, const Sharing& sharing) const {
    const auto consent = house_->from.records->read([&](Session& session) { return store::consent(session, account); });
    const bool is_given = consent && consent->is_given;
    json::value words = nullptr, as_of = nullptr;
    if (is_given || !sharing.health_needs_consent) {
      BANSO_TRY_ASSIGN(const auto book, house_->from.health->book());
      const auto row = book->find(account);
      const auto level = row ? book->value(*row, "level") : health::CellValue();
      const auto* key = std::get_if<std::string>(&level);
      if (const auto found = key ? sharing.health_words.find(*key) : sharing.health_words.end();
          found != sharing.health_words.end()) {
        words = render(found->second);
        as_of = json::from(book->as_of());
      }
    }
    return answer(json::object{{"consent_needed", sharing.health_needs_consent},
                               {"consent_given", is_given},
                               {"words", std::move(words)},
                               {"as_of", std::move(as_of)}});
  }

  Result<Response> render_me(const Request& request, const Customer& customer) const {
    const auto visit = house_->entrance.visit_of(request.cookie(session_cookie));
    if (!visit) return nothing_here();
    const auto card = find_contact(house_->from, customer.account, customer.contact);
    if (!card) return nothing_here();
    BANSO_TRY_ASSIGN(const auto rule, house_->rules.rule_of(customer.account));
    json::array accounts;
    if (!customer.viewed_by) {
      for (const auto& place : house_->entrance.places(*visit)) {
        accounts.push_back(
            json::object{{"person", place.person},
                         {"company", account_name(house_->from, place.account)},
                         {"is_current", place.account == customer.account && place.contact == customer.contact}});
      }
    }
    const auto viewer = customer.viewed_by ? house_->from.surroundings.user(customer.viewed_by) : std::nullopt;
    return answer(json::object{{"person", json::object{{"name", customer.name},
                                                       {"email", card->email},
                                                       {"language", core::language_tag(customer.language)}}},
                               {"company", json::object{{"name", account_name(house_->from, customer.account)}}},
                               {"vendor", render_vendor(*house_)},
                               {"shows", render_shows(rule ? &rule->sharing : nullptr)},
                               {"accounts", std::move(accounts)},
                               {"viewed_by", viewer ? json::value(viewer->caller.name) : json::value(nullptr)},
                               {"until", json::from(visit->until)},
                               {"today", json::from(house_->today())}});
  }

  std::shared_ptr<House> house_;
};

}  // namespace

http::Routes make_customer_routes(std::shared_ptr<House> house) {
  const auto handlers = std::make_shared<CustomerHandlers>(std::move(house));
  using HandlerOf = Result<Response> (CustomerHandlers::*)(const Request&) const;
  http::Routes routes;
  const auto add = [&](Method method, std::string pattern, HandlerOf handler) {
    routes.push_back({method, "/portal/api/" + std::move(pattern), Permission::customer,
                      [handlers, handler](const Request& request) { return (*handlers.*handler)(request); },
                      body_limit_bytes});
  };
  add(Method::get, "me", &CustomerHandlers::me);
  add(Method::patch, "me", &CustomerHandlers::change_me);
  add(Method::post, "account", &CustomerHandlers::switch_account);
  add(Method::get, "journey", &CustomerHandlers::journey);
  add(Method::post, "journey/milestones/{key}", &CustomerHandlers::confirm_milestone);
  add(Method::post, "journey/feeling", &CustomerHandlers::feel);
  add(Method::get, "plans", &CustomerHandlers::plans);
  add(Method::post, "plans/{id}/goals/{key}/confirm", &CustomerHandlers::confirm_goal);
  add(Method::post, "plans/{id}/comments", &CustomerHandlers::comment);
  add(Method::post, "plans/{id}/actions/{key}", &CustomerHandlers::finish_action);
  add(Method::post, "plans/{id}/figures", &CustomerHandlers::enter_figure);
  add(Method::get, "adoption", &CustomerHandlers::adoption);
  add(Method::get, "value", &CustomerHandlers::value);
  add(Method::get, "people", &CustomerHandlers::people);
  add(Method::get, "documents", &CustomerHandlers::documents);
  add(Method::get, "documents/{id}", &CustomerHandlers::download);
  add(Method::get, "tickets", &CustomerHandlers::tickets);
  add(Method::get, "surveys", &CustomerHandlers::surveys);
  add(Method::get, "health", &CustomerHandlers::health);
  add(Method::put, "health/consent", &CustomerHandlers::consent);
  return routes;
}

}  // namespace banso::portal
