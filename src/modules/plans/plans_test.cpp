// Plans over the real book, records and calls, on SQLite and PostgreSQL: what people and customers do, what follows
// from measures, and that what was cut off in the middle is made up for once.
#include "plans.hpp"

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/records/testing/databases.hpp"
#include "store.hpp"

namespace banso::plans {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;

const auto by = platform::records::Provenance::by(core::Caller::system("test"));
const core::Caller csm{core::UserId{5}, "Aoki", core::Role::csm, core::Language::en};
const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
const core::Caller reader{core::UserId{8}, "Reader", core::Role::read_only, core::Language::en};
const core::Day first_day = core::day_from(2026, 4, 1);

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

class House {
 public:
  explicit House(std::shared_ptr<platform::records::Database> database) : records(std::move(database)) {
    for (const auto& migrations :
         {platform::jobs::migrations(), customers::migrations(), revenue::migrations(), usage::migrations(),
          definitions::migrations(), health::migrations(), org::migrations(), work::migrations(),
          journeys::migrations(), plans::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId id) { return std::optional("User " + std::to_string(id.value)); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [this] { return day; };
    auto& needed = dependencies;
    needed.records = records;
    needed.customers = customers::Service::make(records, around);
    needed.revenue = revenue::Service::make(records, needed.customers, around);
    needed.definitions = definitions::Service::make(records);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    health::Dependencies for_health;
    for_health.customers = needed.customers;
    for_health.revenue = needed.revenue;
    for_health.usage = usage::Service::make(for_usage);
    for_health.definitions = needed.definitions;
    for_health.mart = for_usage.mart;
    for_health.records = records;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    needed.health = health::Service::make(for_health);
    org::Dependencies for_org;
    for_org.records = records;
    for_org.customers = needed.customers;
    for_org.definitions = needed.definitions;
    for_org.health = needed.health;
    for_org.surroundings.book_day = around.book_day;
    for_org.surroundings.user_name = around.user_name;
    for_org.surroundings.is_active = [](core::UserId) { return true; };
    needed.org = org::Service::make(for_org);
    work::Dependencies for_work;
    for_work.records = records;
    for_work.customers = needed.customers;
    for_work.health = needed.health;
    for_work.org = needed.org;
    for_work.surroundings.book_day = around.book_day;
    for_work.surroundings.utc_offset_minutes = [] { return 0; };
    for_work.surroundings.calendar = [] { return core::BusinessCalendar(core::HolidayCalendar::weekends_only); };
    for_work.surroundings.people = [] { return std::vector<work::Person>(); };
    needed.work = work::Service::make(for_work);
    needed.journeys =
        journeys::Service::make({records, needed.customers, needed.definitions, needed.health, {around.book_day}});
    needed.surroundings.book_day = around.book_day;
    needed.surroundings.now = [this] { return now(); };
    needed.surroundings.user_name = around.user_name;
    needed.customers
        ->define_attribute(by, {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0, ""})
        .value();
    account = put("A1", 10);
    other = put("B1", 10);
    person = add_person(account, "Sato");
    stranger = add_person(other, "Kato");
    publish("measure", "sites",
            R"({"key": "sites", "name": {"en": "Sites", "ja": "拠点数"}, "source": "attribute", "aggregate": "value",
        "attribute": "sites", "unit": "count", "better": "higher"})");
    start();
  }

  // As a new process would: nothing is remembered but what is recorded.
  void start() {
    service = Service::make(dependencies);
    service->on_plans_changed([this](std::span<const PlanChange> changes) {
      for (const auto& change : changes) told.push_back(std::string(word_of(change.happening)) + ":" + change.item);
    });
    service->set_record_win([this](const core::Caller&, const AchievedGoal& goal) -> core::Result<> {
      if (!records_wins) return core::Error::unavailable({"Later.", "のちほど。"});
      wins.push_back(goal.unique_key);
      return {};
    });
  }

  core::AccountId put(const std::string& key, int sites) {
    customers::AccountInput input;
    input.external_id = key;
    input.name = "Company " + key;
    input.created_day = first_day - 400;
    input.attributes.push_back(customers::AttributeInput::raw("sites", std::to_string(sites)));
    return {dependencies.customers->upsert_accounts(by, {&input, 1}, {}).value().front().id};
  }
  core::ContactId add_person(core::AccountId of, const std::string& name) {
    customers::ContactInput input;
    input.account_id = of;
    input.name = name;
    input.email = name + "@example.com";
    input.roles = static_cast<customers::ContactRoles>(customers::ContactRole::champion);
    return {dependencies.customers->upsert_contacts(by, {&input, 1}, {}).value().front().id};
  }
  void publish(const std::string& kind, const std::string& key, const std::string& body) {
    const auto draft = dependencies.definitions->put_draft(leader, {kind, key}, body);
    ASSERT_TRUE(draft) << draft.error().message.en;
    const auto published = dependencies.definitions->publish(leader, {kind, key}, "test");
    ASSERT_TRUE(published) << published.error().message.en;
  }
  void evaluate() {
    dependencies.health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void catch_up() {
    dependencies.health->refresh_dirty();
    service->refresh();
    dependencies.health->refresh_dirty();
  }
  void publish_journey() {
    publish("journey", "year", R"({"name": {"en": "First year", "ja": "初年度"}, "stages": [
      {"key": "start", "name": {"en": "We start", "ja": "始める"}, "our_role": "onboarding"},
      {"key": "use", "name": {"en": "We use it", "ja": "使う"}, "our_role": "csm"},
      {"key": "decide", "name": {"en": "We decide", "ja": "決める"}, "our_role": "csm",
       "moments_of_truth": [{"key": "report", "name": {"en": "The first report", "ja": "最初の報告"}}]}]})");
  }
  void stand_in(const std::string& stage) {
    const auto assumed = dependencies.journeys->assume(csm, account, stage, "said in the call");
    ASSERT_TRUE(assumed) << assumed.error().message.en;
    dependencies.journeys->refresh();
    catch_up();
  }
  core::Result<http::Response> ask(Method method, const std::string& pattern, PlanId plan, const std::string& body = "",
                                   std::map<std::string, std::string> more = {}, const core::Caller& caller = csm) {
    http::Request request;
    request.method = method;
    request.parameters = more;
    request.parameters["id"] = std::to_string(plan.value);
    request.query = std::move(more);
    request.body = body;
    request.caller = caller;
    for (const auto& route : service->routes()) {
      if (route.method == method && route.pattern == pattern) return route.handler(request);
    }
    throw std::runtime_error("no route " + pattern);
  }
  json::object change(PlanId plan, std::int64_t base, const std::string& operations) {
    const auto answer = ask(Method::post, "/api/plans/{id}/changes", plan,
                            R"({"base_version": )" + std::to_string(base) + R"(, "operations": )" + operations + "}");
    return answer ? boost::json::parse(answer->body).as_object() : json::object{{"error", answer.error().message.en}};
  }
  json::object get(PlanId plan, std::map<std::string, std::string> query = {}) {
    return boost::json::parse(ask(Method::get, "/api/plans/{id}", plan, "", std::move(query)).value().body).as_object();
  }
  json::object plans_of_account(std::map<std::string, std::string> query = {}) {
    const auto answer = ask(Method::get, "/api/accounts/{id}/plans", {account.value}, "", std::move(query));
    return boost::json::parse(answer.value().body).as_object();
  }
  PlanId agreed_plan(const std::string& goals) {
    const auto plan = service->create(csm, {account, "", std::nullopt}).value();
    const auto changed = change(plan, 1, goals);
    EXPECT_FALSE(changed.contains("error")) << json::serialize(changed);
    EXPECT_TRUE(service->send(csm, plan, {}));
    return plan;
  }
  core::Customer customer() const { return {person, account, "Sato", core::Language::ja, {}}; }
  core::Instant now() {
    return {core::start_of(day).microseconds + 9 * 3'600 * core::microseconds_per_second + ++moment};
  }

  core::Day day = first_day;
  std::int64_t moment = 0;
  std::shared_ptr<platform::records::Database> records;
  Dependencies dependencies;
  std::shared_ptr<Service> service;
  core::AccountId account, other;
  core::ContactId person, stranger;
  std::vector<std::string> told, wins;
  bool records_wins = true;
};

constexpr auto figure_goal =
    R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "name": {"ja": "問い合わせ削減"}, "criterion": {"ja": "月80件以下"},
        "kind": "figure", "direction": "down", "baseline": 120, "target": 80, "start": "2026-04-01", "due": "2026-10-01",
        "value": {"amount_minor": 365000, "per": "year"}}},
       {"op": "put", "kind": "action", "item": {"key": "ours", "name": {"en": "Secret preparation"}, "internal": true}},
       {"op": "put", "kind": "action", "item": {"key": "theirs", "name": {"en": "Name users"}, "owner": {"side": "theirs"}}},
       {"op": "put", "kind": "risk", "item": {"key": "r", "name": {"en": "Secret risk"}}},
       {"op": "set_head", "head": {"internal_note": "Secret note"}}])";
constexpr auto measured_goal =
    R"([{"op": "put", "kind": "goal", "item": {"key": "sites", "name": {"en": "Twenty sites"}, "criterion": {"en": "20"},
        "kind": "measure", "measure": "sites", "target": 20, "due": "2026-10-01"}}])";

using Plans = platform::records::testing::OnEveryBackend;

TEST_P(Plans, AreAgreedGoalByGoal) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  EXPECT_EQ(house.get(plan).at("state").as_string(), "sent");
  const auto seen = house.service->shared(house.customer());
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].goals[0].confirmation, "asked");
  EXPECT_TRUE(seen[0].goals[0].takes_figures);
  ASSERT_EQ(seen[0].actions.size(), 1u);  // the internal one is not there
  ASSERT_TRUE(house.service->comment(house.customer(), plan, "calls", "80は厳しいです"));
  EXPECT_EQ(house.service->shared(house.customer())[0].goals[0].confirmation, "commented");
  ASSERT_TRUE(house.service->confirm_goal(house.customer(), plan, "calls", ""));
  EXPECT_EQ(house.get(plan).at("state").as_string(), "active");
  EXPECT_EQ(house.get(plan).at("document").at("goals").at(0).at("stage").as_string(), "accepted");
  house.catch_up();
  EXPECT_THAT(house.told, testing::ElementsAre("sent:", "commented:calls", "confirmed:calls", "activated:"));
  house.catch_up();
  EXPECT_EQ(house.told.size(), 4u);
  // Another target is another agreement; until it is sent the customer sees the old one.
  house.change(plan, 3, R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 70}}])");
  EXPECT_TRUE(house.get(plan).at("goals").at(0).at("is_changed_since_sent").as_bool());
  EXPECT_EQ(house.service->shared(house.customer())[0].goals[0].target, 80);
  ASSERT_TRUE(house.service->send(csm, plan, {}));
  EXPECT_EQ(house.service->shared(house.customer())[0].goals[0].confirmation, "asked");
}

TEST_P(Plans, ShowNothingToOthers) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  const core::Customer stranger{house.stranger, house.other, "Kato", core::Language::ja, {}};
  EXPECT_TRUE(house.service->shared(stranger).empty());
  EXPECT_EQ(house.service->confirm_goal(stranger, plan, "calls", "").error().code, core::ErrorCode::not_found);
  EXPECT_EQ(house.service->comment(stranger, plan, "calls", "x").error().code, core::ErrorCode::not_found);
  EXPECT_EQ(house.service->finish_action(stranger, plan, "theirs", true).error().code, core::ErrorCode::not_found);
  EXPECT_EQ(house.service->enter_figure(stranger, plan, "calls", 90, house.day).error().code,
            core::ErrorCode::not_found);
  EXPECT_EQ(house.service->finish_action(house.customer(), plan, "ours", true).error().code,
            core::ErrorCode::not_found);
  EXPECT_EQ(house.service->comment(house.customer(), plan, "ours", "x").error().code, core::ErrorCode::not_found);
  auto viewer = house.customer();
  viewer.viewed_by = csm.user;
  EXPECT_EQ(house.service->confirm_goal(viewer, plan, "calls", "").error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(house.service->create(reader, {house.other, "", std::nullopt}).error().code, core::ErrorCode::forbidden);
  // A draft does not exist for them.
  ASSERT_TRUE(house.service->create(csm, {house.other, "", std::nullopt}));
  EXPECT_TRUE(house.service->shared(stranger).empty());
}

TEST_P(Plans, FollowMeasuresAndRecordAWinOnce) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(measured_goal);
  house.catch_up();
  auto goal = house.get(plan).at("goals").at(0);
  EXPECT_EQ(goal.at("current").to_number<double>(), 10);
  EXPECT_EQ(goal.at("status").as_string(), "on_track");
  house.records_wins = false;  // cut off between the goal and its win
  house.put("A1", 25);
  house.catch_up();
  goal = house.get(plan).at("goals").at(0);
  EXPECT_EQ(goal.at("status").as_string(), "achieved");
  EXPECT_EQ(goal.at("progress").to_number<double>(), 1);
  EXPECT_TRUE(house.wins.empty());
  house.records_wins = true;
  house.start();
  for (int times = 0; times < 3; ++times) house.catch_up();
  EXPECT_THAT(house.wins, testing::ElementsAre("plan:" + std::to_string(plan.value) + ":goal:sites"));
  EXPECT_EQ(std::count(house.told.begin(), house.told.end(), "goal_achieved:sites"), 1);
  EXPECT_EQ(house.get(plan).at("document").at("goals").at(0).at("stage").as_string(), "delivered");
  EXPECT_EQ(house.get(plan).at("values").as_array().size(), 1u);
}

TEST_P(Plans, AreKeptOnTheAccount) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  house.catch_up();
  const auto shown = [&](const std::string& key) {
    const auto book = house.dependencies.health->evaluated_book();
    return book->value(*book->find(house.account), "attribute." + key);
  };
  EXPECT_EQ(std::get<std::string>(shown("plan_state")), "sent");
  EXPECT_FALSE(std::get<bool>(shown("plan_confirmed")));
  EXPECT_TRUE(std::get<bool>(shown("plan_has_next_step")));
  EXPECT_EQ(std::get<double>(shown("goals_open")), 1);
  EXPECT_EQ(std::get<core::Day>(shown("next_goal_due")), core::day_from(2026, 10, 1));
  ASSERT_TRUE(house.service->confirm_goal(house.customer(), plan, "calls", ""));
  ASSERT_TRUE(house.service->enter_figure(house.customer(), plan, "calls", 79, house.day));
  house.catch_up();
  EXPECT_TRUE(std::get<bool>(shown("plan_confirmed")));
  EXPECT_EQ(std::get<double>(shown("goals_achieved")), 1);
  const auto changes = [&] {
    return house.records->read([](Session& session) {
      return session.query_one("SELECT CAST(COUNT(*) AS BIGINT) FROM record_version")->integer(0);
    });
  };
  const auto before = changes();
  house.catch_up();
  house.catch_up();
  EXPECT_EQ(changes(), before);  // the same again writes nothing
}

TEST_P(Plans, CountGoalsMissedOnTheAccount) {
  House house(database());
  house.evaluate();
  house.agreed_plan(figure_goal);
  house.catch_up();
  const auto missed = [&] {
    const auto book = house.dependencies.health->evaluated_book();
    return std::get<double>(book->value(*book->find(house.account), "attribute.goals_missed"));
  };
  EXPECT_EQ(missed(), 0);
  house.day = core::day_from(2026, 10, 2);  // the goal was due the day before
  house.evaluate();
  house.catch_up();
  EXPECT_EQ(missed(), 1);
}

TEST_P(Plans, NameTheRoleOfTheNextStepInBothLanguages) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(
      R"([{"op": "put", "kind": "goal", "item": {"key": "g", "name": {"en": "G"}, "criterion": {"en": "C"}}},
         {"op": "put", "kind": "action", "item": {"key": "a", "name": {"en": "A"}, "owner": {"side": "theirs", "role": "decision_maker"}}}])");
  const auto step = house.get(plan).at("next_step");
  EXPECT_EQ(step.at("owner").as_string(), "Decision maker");
  EXPECT_EQ(step.at("owner_name").at("ja").as_string(), "決裁者");
}

TEST_P(Plans, HaveOneLivingPlanAnAccount) {
  House house(database());
  house.evaluate();
  const auto plan = house.service->create(csm, {house.account, "", std::nullopt}).value();
  const auto second = house.service->create(csm, {house.account, "", std::nullopt});
  EXPECT_EQ(second.error().code, core::ErrorCode::conflict);
  EXPECT_EQ(second.error().fields[0].message.en, std::to_string(plan.value));
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/close", plan, R"({"why": "They merged"})"));
  EXPECT_FALSE(house.service->living_plan(house.account));
  const auto next = house.service->create(csm, {house.account, "", std::nullopt}).value();
  EXPECT_EQ(house.ask(Method::post, "/api/plans/{id}/reopen", plan).error().code, core::ErrorCode::conflict);
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/close", next));
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/reopen", plan));
  EXPECT_EQ(house.service->living_plan(house.account), plan);
}

TEST_P(Plans, AreReadAsTheyWere) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  house.day = first_day + 10;
  house.change(plan, 2, R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 60}}])");
  ASSERT_TRUE(house.service->enter_figure(house.customer(), plan, "calls", 100, house.day));
  const auto then = house.get(plan, {{"as_of", core::to_string(first_day)}});
  EXPECT_EQ(then.at("version").as_int64(), 2);
  EXPECT_TRUE(then.at("goals").at(0).at("current").is_null());
  EXPECT_EQ(then.at("state").as_string(), "sent");
  EXPECT_EQ(house.get(plan).at("goals").at(0).at("current").to_number<double>(), 100);
  EXPECT_FALSE(house.ask(Method::get, "/api/plans/{id}", plan, "", {{"as_of", core::to_string(first_day - 1)}}));
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/versions/{version}/restore", plan, R"({"base_version": 3})",
                        {{"version", "2"}}));
  EXPECT_EQ(house.get(plan).at("document").at("goals").at(0).at("target").to_number<double>(), 80);
  EXPECT_EQ(house.get(plan).at("version").as_int64(), 4);
}

TEST_P(Plans, OfAnAccountAreListedAsTheyWere) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  house.day = first_day + 10;
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/close", plan));
  const auto next = house.service->create(csm, {house.account, "", std::nullopt}).value();
  EXPECT_EQ(house.plans_of_account().at("total").as_int64(), 2);
  const auto then = house.plans_of_account({{"as_of", core::to_string(first_day + 9)}});
  ASSERT_EQ(then.at("total").as_int64(), 1);
  const auto& line = then.at("items").at(0);
  EXPECT_EQ(line.at("id").as_int64(), plan.value);
  EXPECT_EQ(line.at("state").as_string(), "sent");
  EXPECT_EQ(line.at("account_name").as_string(), "Company A1");
  EXPECT_TRUE(line.at("level").is_null()) << "the level is that of today";
  const auto now = house.plans_of_account({{"as_of", core::to_string(first_day + 10)}});
  EXPECT_EQ(now.at("items").at(0).at("id").as_int64(), next.value);
  EXPECT_EQ(now.at("items").at(1).at("state").as_string(), "closed");
  EXPECT_EQ(house.plans_of_account({{"as_of", core::to_string(first_day - 1)}}).at("total").as_int64(), 0);
  EXPECT_FALSE(house.ask(Method::get, "/api/accounts/{id}/plans", {house.account.value}, "", {{"as_of", "yesterday"}}));
}

TEST_P(Plans, TellWhoseLookDifferent) {
  House house(database());
  std::vector<core::AccountId> told;
  house.service->on_views_changed([&](auto accounts) { told.insert(told.end(), accounts.begin(), accounts.end()); });
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  EXPECT_THAT(told, ::testing::SizeIs(3)) << "made, changed, sent";
  house.service->refresh();  // the follower's own writings
  told.clear();
  ASSERT_TRUE(house.service->confirm_goal(house.customer(), plan, "calls", ""))
      << "what the customer does is told, too";
  EXPECT_THAT(told, ::testing::ElementsAre(house.account));
  house.service->refresh();
  told.clear();
  house.service->refresh();
  EXPECT_THAT(told, ::testing::IsEmpty()) << "nothing happened";
}

TEST_P(Plans, ScheduleAReviewAtAMomentOfTruthAndAtAHandoverOfTheJourney) {
  House house(database());
  house.publish_journey();
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  house.stand_in("start");
  EXPECT_EQ(house.get(plan).at("reviews").as_array().size(), 0u) << "where the plan begins there is nothing to review";
  house.stand_in("use");
  auto reviews = house.get(plan).at("reviews").as_array();
  ASSERT_EQ(reviews.size(), 1u);
  EXPECT_THAT(std::string(reviews.at(0).at("why").at("en").as_string()), ::testing::HasSubstr("Handed over"));
  house.stand_in("decide");
  reviews = house.get(plan).at("reviews").as_array();
  ASSERT_EQ(reviews.size(), 2u);
  EXPECT_THAT(std::string(reviews.at(0).at("why").at("en").as_string()), ::testing::HasSubstr("The first report"));
  house.catch_up();
  EXPECT_EQ(house.get(plan).at("reviews").as_array().size(), 2u) << "once a stage";
}

TEST_P(Plans, AskForReviewsAtHandovers) {
  House house(database());
  house.evaluate();
  const auto plan = house.agreed_plan(figure_goal);
  const core::Text why{"Handed over", "引き継ぎ"};
  ASSERT_TRUE(house.service->ask_review(csm, house.account, why));
  ASSERT_TRUE(house.service->ask_review(csm, house.account, why));  // heard twice
  house.catch_up();
  house.catch_up();
  const auto reviews = house.get(plan).at("reviews").as_array();
  ASSERT_EQ(reviews.size(), 1u);
  int calls = 0;
  house.dependencies.work->each_call({}, [&](const work::Call& call) { calls += call.source == "plan"; });
  EXPECT_EQ(calls, 1);
  const auto id = std::to_string(reviews[0].at("id").as_int64());
  ASSERT_TRUE(
      house.ask(Method::post, "/api/plans/{id}/reviews/{review}", plan, R"({"note": "Done"})", {{"review", id}}));
  EXPECT_EQ(house.ask(Method::post, "/api/plans/{id}/reviews/{review}", plan, "", {{"review", id}}).error().code,
            core::ErrorCode::conflict);
}

TEST_P(Plans, TakeTemplatesAndTheirImprovements) {
  House house(database());
  house.evaluate();
  const auto body = [](int target) {
    return R"({"name": {"en": "Start"}, "document": {"name": {"en": "Start"}, "goals": [{"key": "g", "name": {"en": "G"},
        "kind": "figure", "baseline": 0, "target": )" +
           std::to_string(target) + R"(, "start": 0, "due": 90}]}})";
  };
  house.publish("plan_template", "start", body(10));
  const auto plan = house.service->create(csm, {house.account, "", std::nullopt}).value();
  EXPECT_EQ(house.get(plan).at("document").at("goals").at(0).at("due").as_string(), core::to_string(first_day + 90));
  EXPECT_EQ(house.get(plan).at("offers").as_int64(), 0);
  house.publish("plan_template", "start", body(20));
  EXPECT_EQ(house.get(plan).at("offers").as_int64(), 1);
  ASSERT_TRUE(house.ask(Method::post, "/api/plans/{id}/offers", plan,
                        R"({"to_version": 2, "take": [{"kind": "goal", "key": "g"}]})"));
  EXPECT_EQ(house.get(plan).at("document").at("goals").at(0).at("target").to_number<double>(), 20);
  EXPECT_EQ(house.get(plan).at("offers").as_int64(), 0);
  const auto refused = house.service->create(csm, {house.other, "nothing", std::nullopt});
  EXPECT_EQ(refused.error().fields[0].field, "template");
}

TEST_P(Plans, RefuseWhatDoesNotFit) {
  House house(database());
  house.evaluate();
  const auto plan = house.service->create(csm, {house.account, "", std::nullopt}).value();
  EXPECT_EQ(house.service->send(csm, plan, {}).error().fields[0].field, "goals");
  house.change(plan, 1, R"([{"op": "put", "kind": "goal", "item": {"key": "g", "name": {"en": "G"}}}])");
  EXPECT_EQ(house.service->send(csm, plan, {}).error().fields[0].field, "goals[0].criterion");
  EXPECT_EQ(house.service->send(csm, plan, {house.stranger}).error().fields[0].field, "contact_ids");
  const auto foreign = R"([{"op": "put", "kind": "goal", "item": {"key": "g", "theirs": )" +
                       std::to_string(house.stranger.value) + "}}]";
  EXPECT_TRUE(house.change(plan, 2, foreign).contains("error"));
  EXPECT_TRUE(
      house
          .change(
              plan, 2,
              R"([{"op": "put", "kind": "goal", "item": {"key": "g", "kind": "measure", "measure": "no", "target": 1}}])")
          .contains("error"));
  EXPECT_TRUE(house.change(plan, 99, R"([{"op": "set_head", "head": {"internal_note": "x"}}])").contains("error"));
  EXPECT_EQ(house.get(plan).at("version").as_int64(), 2);
}

INSTANTIATE_TEST_SUITE_P(Backends, Plans, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::plans
