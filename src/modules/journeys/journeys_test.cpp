// Accounts on their journeys over the real book: records change, health scores them, and where accounts stand, what is
// recorded and what is kept on the account is looked at.
#include "journeys.hpp"

#include <atomic>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "attributes.hpp"
#include "book_map.hpp"
#include "passages.hpp"
#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "store.hpp"

namespace banso::journeys {
namespace {

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

// Onboarding ends when five sites are set up; the second stage when the customer says so; the third with twenty sites.
constexpr auto map_body = R"({"name": {"en": "First year", "ja": "初年度"}, "stages": [
  {"key": "start", "name": {"en": "We try it", "ja": "試してみる"}, "our_role": "onboarding", "expected_days": 10,
   "milestones": [{"key": "sites", "name": {"en": "Five sites", "ja": "5拠点"}, "grace_days": 0, "condition":
     {"combinator": "and", "rules": [{"field": "attribute.sites", "operator": ">=", "value": 5}]}}]},
  {"key": "agree", "name": {"en": "We agree", "ja": "合意する"}, "our_role": "csm",
   "milestones": [{"key": "plan", "name": {"en": "Plan agreed", "ja": "計画に合意"}, "confirmed_by_customer": true}]},
  {"key": "grow", "name": {"en": "We grow", "ja": "広げる"}, "our_role": "csm",
   "milestones": [{"key": "many", "name": {"en": "Twenty sites", "ja": "20拠点"}, "condition":
     {"combinator": "and", "rules": [{"field": "attribute.sites", "operator": ">=", "value": 20}]}}]}]})";

class House {
 public:
  House() {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-journeys-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    records = platform::records::Database::open("sqlite:" + (folder_ / "records.db").string());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), journeys::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [this] { return day; };
    customers = customers::Service::make(records, around);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    definitions = definitions::Service::make(records);
    health::Dependencies for_health;
    for_health.customers = customers;
    for_health.revenue = revenue::Service::make(records, customers, around);
    for_health.usage = usage::Service::make(for_usage);
    for_health.definitions = definitions;
    for_health.mart = for_usage.mart;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    health = health::Service::make(for_health);
    customers->define_attribute(by, {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0, ""})
        .value();
    start_journeys();
  }
  ~House() {
    journeys.reset();
    health.reset();
    std::filesystem::remove_all(folder_);
  }

  // As a new process would: nothing is remembered but what is recorded.
  void start_journeys() {
    Dependencies dependencies{records, customers, definitions, health, {}};
    dependencies.surroundings.book_day = [this] { return day; };
    journeys = Service::make(dependencies);
    journeys->on_stage_changed([this](std::span<const StageChange> changes) {
      for (const auto& change : changes) {
        told.push_back(change.from + ">" + change.to + (change.is_handover ? " handover to " + change.our_role : ""));
      }
    });
  }

  void put(int account, int sites) {
    customers::AccountInput input;
    input.external_id = key_of(account);
    input.name = "Company " + std::to_string(account);
    input.created_day = first_day - 400;
    input.attributes.push_back(customers::AttributeInput::raw("sites", std::to_string(sites)));
    const std::vector<customers::AccountInput> inputs{input};
    const auto outcomes = customers->upsert_accounts(by, inputs, {}).value();
    for (const auto& outcome : outcomes) {
      ASSERT_NE(outcome.result, core::RowResult::rejected) << outcome.errors.front().message.en;
    }
  }
  void evaluate() {
    health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void publish(const std::string& body) {
    const definitions::Name name{std::string(journey_kind), "first_year"};
    definitions->put_draft(leader, name, body).value();
    definitions->publish(leader, name, "test").value();
  }
  void catch_up() {
    health->refresh_dirty();
    journeys->refresh();
    health->refresh_dirty();
  }
  core::AccountId id_of(int account) {
    const std::string wanted[] = {key_of(account)};
    return customers->accounts_by_external_id(wanted).at(wanted[0]);
  }
  std::string stage_of(int account) {
    const auto stays = Store(records).stays(id_of(account));
    return stays.empty() || stays.back().left ? "" : stays.back().stage;
  }
  health::CellValue shown(int account, const std::string& attribute) {
    const auto book = health->evaluated_book();
    return book->value(*book->find(id_of(account)), "attribute." + attribute);
  }
  static std::string key_of(int account) { return "A" + std::to_string(account); }

  core::Day day = first_day;
  std::vector<std::string> told;
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<Service> journeys;

 private:
  std::filesystem::path folder_;
};

TEST(Journeys, FollowTheData) {
  House house;
  house.put(1, 1);
  house.put(2, 9);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  EXPECT_EQ(house.stage_of(1), "start");
  EXPECT_EQ(house.stage_of(2), "agree");
  EXPECT_TRUE(house.told.empty());  // nobody moved: they were found there
  house.put(1, 6);
  house.catch_up();
  EXPECT_EQ(house.stage_of(1), "agree");
  EXPECT_EQ(house.told, (std::vector<std::string>{"start>agree handover to csm"}));
  EXPECT_EQ(Store(house.records).open_reviews().size(), 1u);
  house.catch_up();
  EXPECT_EQ(house.told.size(), 1u);
  EXPECT_EQ(Store(house.records).stays(house.id_of(1)).size(), 2u);
}

TEST(Journeys, AreKeptOnTheAccount) {
  House house;
  house.put(1, 1);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  EXPECT_EQ(std::get<std::string>(house.shown(1, "journey_stage")), "first_year.start");
  EXPECT_EQ(std::get<core::Day>(house.shown(1, "journey_stage_since")), first_day);
  EXPECT_FALSE(std::get<bool>(house.shown(1, "journey_stuck")));
  house.day = first_day + 11;
  house.evaluate();
  house.catch_up();
  EXPECT_TRUE(std::get<bool>(house.shown(1, "journey_stuck")));
  house.put(1, 30);
  house.catch_up();
  EXPECT_EQ(std::get<std::string>(house.shown(1, "journey_stage")), "first_year.$arrived");
  EXPECT_EQ(std::get<std::string>(house.shown(1, "journey_confirmed_stage")), "first_year.start");
  // Conditions elsewhere can ask for it, a journey itself cannot.
  EXPECT_NE(house.health->condition_fields()->find("attribute.journey_stage"), nullptr);
  std::string own(map_body);
  own.replace(own.find("attribute.sites"), 15, "attribute.journey_stuck");
  own.replace(own.find(R"(">=", "value": 5)"), 16, R"("=", "value": true)");
  const auto refused = house.definitions->put_draft(leader, {"journey", "other"}, own);
  const bool is_refused = !refused || !house.definitions->publish(leader, {"journey", "other"}, "test");
  EXPECT_TRUE(is_refused);
}

TEST(Journeys, PeopleConfirmAndAssume) {
  House house;
  house.put(1, 6);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  const auto account = house.id_of(1);
  EXPECT_EQ(house.journeys->confirm(reader, account, "plan", {}, true, "").error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(house.journeys->confirm(csm, account, "sites", {}, true, "").error().code, core::ErrorCode::conflict);
  EXPECT_EQ(house.journeys->confirm(csm, account, "nothing", {}, true, "").error().code, core::ErrorCode::not_found);
  ASSERT_TRUE(house.journeys->confirm(csm, account, "plan", core::ContactId{3}, true, "Agreed in the meeting"));
  EXPECT_EQ(house.stage_of(1), "grow");
  EXPECT_EQ(house.told, (std::vector<std::string>{"agree>grow"}));
  const auto event = Store(house.records).milestone_events(account).front();
  EXPECT_EQ(event.kind, MilestoneEventKind::confirmed);
  EXPECT_EQ(event.actor, "Aoki");
  EXPECT_EQ(event.words, "Agreed in the meeting");

  EXPECT_EQ(house.journeys->assume(csm, account, "nowhere", "").error().fields.front().field, "stage");
  ASSERT_TRUE(house.journeys->assume(csm, account, "start", "They began again"));
  EXPECT_EQ(house.stage_of(1), "start");
  ASSERT_TRUE(house.journeys->assume(csm, account, std::nullopt, ""));
  EXPECT_EQ(house.stage_of(1), "grow");

  EXPECT_FALSE(house.journeys->note_feeling(csm, account, {}, 6, ""));
  ASSERT_TRUE(house.journeys->note_feeling(csm, account, core::ContactId{3}, 4, "Relieved"));
  EXPECT_EQ(Store(house.records).feelings(account).front().stage, "grow");
}

TEST(Journeys, LoseNothingOverAStart) {
  House house;
  house.put(1, 1);
  house.put(2, 6);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  ASSERT_TRUE(house.journeys->confirm(csm, house.id_of(2), "plan", {}, true, ""));
  house.put(1, 7);
  house.health->refresh_dirty();  // nobody looked
  house.start_journeys();
  house.told.clear();
  house.journeys->refresh();
  EXPECT_EQ(house.stage_of(1), "agree");
  EXPECT_EQ(house.stage_of(2), "grow");
  EXPECT_EQ(house.told, (std::vector<std::string>{"start>agree handover to csm"}));
}

// Two nodes look at the same book: one of them records, and both know.
TEST(Journeys, TwoFollowersRecordOnce) {
  House house;
  house.put(1, 1);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  Store store(house.records);
  Follower one(store), other(store);
  const auto set = read_published(*house.definitions, *house.health->condition_fields());
  const auto before = house.health->evaluated_book();
  one.look(before, set);
  other.look(before, set);
  house.put(1, 7);
  house.health->refresh_dirty();
  const auto after = house.health->evaluated_book();
  one.look(after, set);
  other.look(after, set);
  EXPECT_EQ(store.stays(house.id_of(1)).size(), 2u);
  EXPECT_EQ(store.open_reviews().size(), 1u);
  EXPECT_EQ(other.position(house.id_of(1), house.day)->standing.current, 1u);
}

TEST(Journeys, FollowANewVersionOfTheMap) {
  House house;
  house.put(1, 6);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  std::string stricter(map_body);
  stricter.replace(stricter.find(R"("value": 5)"), 10, R"("value": 8)");
  house.publish(stricter);
  house.catch_up();
  EXPECT_EQ(house.stage_of(1), "start");
  ASSERT_TRUE(house.definitions->retire(leader, {"journey", "first_year"}, "done"));
  house.catch_up();
  EXPECT_EQ(house.stage_of(1), "");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(house.shown(1, "journey_stuck")));
}

TEST(Journeys, TellHowTheBookPasses) {
  House house;
  house.put(1, 6);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  house.put(2, 1);
  house.put(3, 1);
  house.catch_up();
  house.day = first_day + 5;
  house.put(2, 5);
  house.evaluate();
  house.catch_up();
  Store store(house.records);
  const auto set = read_published(*house.definitions, *house.health->condition_fields());
  const auto passages = passages_of(store, *set->find("first_year"), house.day);
  EXPECT_EQ(passages.unseen, 1);
  EXPECT_EQ(passages.all.accounts, 2);
  EXPECT_EQ(passages.all.stages[1].reached, 1);
  ASSERT_EQ(passages.cohorts.size(), 1u);
  EXPECT_EQ(passages.cohorts[0].key, "2026-Q2");
}

PastWay way_of(std::vector<PastStay> stays, bool began_before) {
  PastWay way;
  way.began_before = began_before;
  way.progress.stage = stays.back().stage;
  way.progress.entered_on = stays.back().entered;
  way.stays = std::move(stays);
  return way;
}

// One account came into its present stage in the past, one into the stage before it; the past is put in once.
TEST(Journeys, PutThePastBeforeTheFirstLook) {
  using engine::journeys::Basis;
  House house;
  house.put(1, 6);
  house.put(2, 6);
  house.put(3, 6);
  house.evaluate();
  house.publish(map_body);
  house.catch_up();
  Store store(house.records);
  Follower follower(store);
  const auto set = read_published(*house.definitions, *house.health->condition_fields());
  follower.look(house.health->evaluated_book(), set);
  Past past;
  past.first_day = first_day - 70;
  past.last_day = first_day - 7;
  past.ways[house.id_of(1)] = way_of({{0, Basis::assumed, first_day - 56}, {1, Basis::proven, first_day - 21}}, false);
  past.ways[house.id_of(2)] = way_of({{0, Basis::assumed, first_day - 70}}, true);
  EXPECT_EQ(follower.take_past("first_year", past), 2);
  EXPECT_EQ(follower.take_past("first_year", past), 0);

  const auto joined = store.stays(house.id_of(1));
  ASSERT_EQ(joined.size(), 2u);
  EXPECT_EQ(joined[0].left, first_day - 21);
  EXPECT_EQ(joined[1].stage, "agree");
  EXPECT_EQ(joined[1].entered, first_day - 21);
  EXPECT_FALSE(joined[1].left);
  EXPECT_EQ(follower.position(house.id_of(1), first_day)->pace.days_in_stage, 21);

  const auto following = store.stays(house.id_of(2));
  ASSERT_EQ(following.size(), 2u);
  EXPECT_TRUE(following[0].is_first_look);
  EXPECT_EQ(following[0].left, first_day);
  EXPECT_FALSE(following[1].is_first_look);

  const auto passages = passages_of(store, *set->find("first_year"), first_day);
  EXPECT_EQ(passages.unseen, 2);  // account 2 was there when history begins, account 3 has none
  EXPECT_EQ(passages.all.accounts, 1);
  EXPECT_DOUBLE_EQ(passages.all.stages[1].median_days.value(), 35);
}

}  // namespace
}  // namespace banso::journeys
