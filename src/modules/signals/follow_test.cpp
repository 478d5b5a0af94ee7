// Signals over the real book and real calls: accounts change in the records, days go by, processes die and come back,
// two nodes look at the same book; what fires is compared with the state machine run on a plain reading of the same
// accounts.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>
#include <thread>

#include "kind.hpp"
#include "modules/customers/customers.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::signals {
namespace {

namespace pure = engine::signals;
using platform::records::testing::Backend;

const auto by = platform::records::Provenance::by(core::Caller::system("test"));
const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

// All the real services over one records database.
class House {
 public:
  explicit House(Backend backend) : home_(platform::records::testing::TemporaryDatabase::make(backend)) {
    records = platform::records::Database::open(home_->url());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), org::migrations(), work::migrations(),
          migrations_of_signals()}) {
      records->migrate(migrations);
    }
    const auto today = [day = day] { return *day; };
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>("Somebody"); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(core::UserId{9}); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = today;
    customers = customers::Service::make(records, around);
    auto revenue = revenue::Service::make(records, customers, around);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = today;
    definitions = definitions::Service::make(records);
    health::Dependencies for_health{customers, revenue, usage::Service::make(for_usage), definitions, for_usage.mart,
                                    {},        1};
    for_health.surroundings.book_day = today;
    health = health::Service::make(for_health);
    org::Surroundings around_org;
    around_org.book_day = today;
    around_org.user_name = [](core::UserId) { return std::optional<std::string>("Somebody"); };
    org = org::Service::make({records, customers, definitions, health, around_org});
    work::Surroundings around_work;
    around_work.book_day = today;
    around_work.people = [] {
      work::Person person;
      person.id = core::UserId{9};
      person.name = "Somebody";
      person.email = "a@example.com";
      person.timezone = "Asia/Tokyo";
      return std::vector<work::Person>{person};
    };
    work = work::Service::make({records, customers, health, org, around_work});
    customers->define_attribute(by, {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0})
        .value();
    signals = make_node();
  }
  ~House() {
    signals.reset();
    work.reset();
    org.reset();
    health.reset();
  }

  static std::span<const platform::records::Migration> migrations_of_signals() { return signals::migrations(); }
  // As a new process, or another node, would: nothing is remembered but what is recorded.
  std::shared_ptr<Service> make_node() {
    Dependencies dependencies{records, definitions, health, org, work, {}};
    dependencies.surroundings.book_day = [day = day] { return *day; };
    auto node = Service::make(dependencies);
    return node;
  }

  void put(int account, int sites, const std::string& owner = {}) {
    customers::AccountInput input;
    input.external_id = "A" + std::to_string(account);
    input.name = "Company " + std::to_string(account);
    input.created_day = core::day_from(2025, 1, 1);
    if (!owner.empty()) input.owner = owner;
    input.attributes.push_back(customers::AttributeInput::raw("sites", std::to_string(sites)));
    const std::vector<customers::AccountInput> inputs{input};
    customers->upsert_accounts(by, inputs, {}).value();
  }
  core::AccountId id_of(int account) {
    const std::vector<std::string> keys{"A" + std::to_string(account)};
    return customers->accounts_by_external_id(keys).at(keys.front());
  }
  void evaluate() {
    health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void publish(const std::string& key, const std::string& more = {}) {
    const auto body = R"({"name": {"en": "Few sites", "ja": "拠点が少ない"}, "kind": "risk", "severity": "medium",
        "condition": {"combinator": "and", "rules": [{"field": "attribute.sites", "operator": "<", "value": 10}]},
        "explanation": {"en": "{attribute.sites} sites, {attribute.sites.before} before", "ja": "{attribute.sites}拠点"},
        "call": {"role": "csm"})" +
                      more + "}";
    definitions->put_draft(leader, {std::string(signal_kind), key}, body).value();
    definitions->publish(leader, {std::string(signal_kind), key}, "test").value();
  }
  std::vector<work::Call> calls(const std::string& key, std::optional<bool> is_closed = std::nullopt) {
    std::vector<work::Call> found;
    work::CallQuery query;
    query.reason_prefix = "signal:" + key;
    query.is_closed = is_closed;
    work->each_call(query, [&](const work::Call& call) { found.push_back(call); });
    return found;
  }
  std::vector<Firing> firings(const std::string& key) {
    std::vector<Firing> found;
    FiringQuery query;
    query.rule = key;
    signals->each_firing(query, [&](const Firing& firing) { found.push_back(firing); });
    return found;
  }

  std::shared_ptr<core::Day> day = std::make_shared<core::Day>(core::day_from(2026, 4, 1));
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<work::Service> work;
  std::shared_ptr<Service> signals;

 private:
  std::unique_ptr<platform::records::testing::TemporaryDatabase> home_;
};

class Following : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (!platform::records::testing::TemporaryDatabase::make(GetParam())) GTEST_SKIP() << "PostgreSQL is not installed";
  }
};

TEST_P(Following, FiresOnceOnEnteringAndClosesOnLeaving) {
  House house(GetParam());
  for (int i = 0; i < 4; ++i) house.put(i, i == 0 ? 5 : 50);
  house.evaluate();
  house.publish("few", R"(, "cooldown_days": 0)");
  house.signals->refresh();
  EXPECT_TRUE(house.calls("few").empty());  // the first one was there already
  house.put(1, 7);
  house.health->refresh_dirty();
  house.signals->refresh();
  house.signals->refresh();
  auto calls = house.calls("few");
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].account, house.id_of(1));
  EXPECT_EQ(calls[0].explanation.en, "7 sites, 50 before");
  EXPECT_EQ(calls[0].explanation.ja, "7拠点");
  EXPECT_NE(calls[0].evidence_json.find("\"before\":{\"en\":\"50\""), std::string::npos) << calls[0].evidence_json;
  house.put(1, 6);  // still in it
  house.health->refresh_dirty();
  house.signals->refresh();
  EXPECT_EQ(house.calls("few").size(), 1u);
  house.put(1, 60);
  house.health->refresh_dirty();
  house.signals->refresh();
  calls = house.calls("few");
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].outcome, work::Outcome::withdrawn);
  EXPECT_TRUE(house.firings("few").front().left);
}

TEST_P(Following, TellsOfThoseItFindsWhereTheRuleSaysSo) {
  House house(GetParam());
  for (int i = 0; i < 4; ++i) house.put(i, i < 3 ? 5 : 50);
  house.evaluate();
  house.publish("few", R"(, "fires_on_existing": true, "closes_by_itself": false)");
  house.signals->refresh();
  EXPECT_EQ(house.calls("few").size(), 3u);
  house.put(0, 90);
  house.health->refresh_dirty();
  house.signals->refresh();
  EXPECT_EQ(house.calls("few", false).size(), 3u);  // a person decides
}

// Random changes and days; processes die and come back at random, and three nodes look at the same book, each only now
// and then, so that they believe what has long changed. More rounds: BANSO_SIGNAL_ROUNDS, BANSO_SIGNAL_SEED.
class Rounds {
 public:
  Rounds(Backend backend, unsigned seed)
      : random_(seed), timing_{seed % 2 == 0 ? 0 : 2, seed % 4 < 2 ? 0 : 3, false}, house_(backend) {
    for (std::size_t i = 0; i < accounts; ++i) put(i);
    house_.evaluate();
    house_.publish("few",
                   ", \"leave_condition\": {\"combinator\": \"and\", \"rules\": [{\"field\": \"attribute.sites\", "
                   "\"operator\": \">=\", \"value\": 14}]}, \"for_days\": " +
                       std::to_string(timing_.for_days) +
                       ", \"cooldown_days\": " + std::to_string(timing_.cooldown_days));
    for (auto& node : nodes_) node = house_.make_node();
  }

  void moment() {
    if (!is_first_) change();
    if (one_in(4)) nodes_[pick(nodes_.size())] = house_.make_node();
    look();
    for (std::size_t i = 0; i < accounts; ++i) {
      const auto result =
          pure::step(model_[i], {*house_.day, true, sites_[i] < 10, sites_[i] >= 14, is_first_}, timing_);
      model_[i] = result.state;
      expected += result.fires ? 1 : 0;
    }
    is_first_ = false;
  }

  std::int64_t open_expected() const {
    const auto is_open = [](const pure::FiringState& state) { return state.is_in && state.has_fired; };
    return std::count_if(model_.begin(), model_.end(), is_open);
  }
  std::int64_t fired() { return static_cast<std::int64_t>(house_.firings("few").size()); }
  std::int64_t calls() { return static_cast<std::int64_t>(house_.calls("few").size()); }
  std::int64_t open_calls() { return static_cast<std::int64_t>(house_.calls("few", false).size()); }
  std::int64_t expected = 0;

 private:
  static constexpr std::size_t accounts = 12;
  std::size_t pick(std::size_t size) { return random_() % size; }
  bool one_in(std::size_t number) { return pick(number) == 0; }
  void put(std::size_t account) {
    house_.put(static_cast<int>(account), sites_[account] = static_cast<int>(random_() % 20));
  }
  // At least one looks, the others by chance, at once or one after the other; one may look twice.
  void look() {
    const bool at_once = one_in(2);
    std::vector<std::jthread> looking;
    for (std::size_t looks = 1 + pick(4); looks > 0; --looks) {
      auto& node = *nodes_[pick(nodes_.size())];
      if (at_once) {
        looking.emplace_back([&node] { node.refresh(); });
      } else {
        node.refresh();
      }
    }
  }
  void change() {
    if (one_in(2)) {
      *house_.day = *house_.day + 1;
      house_.evaluate();
    }
    for (auto changes = pick(8); changes > 0; --changes) put(pick(accounts));
    house_.health->refresh_dirty();
  }

  std::mt19937 random_;
  pure::Timing timing_;
  House house_;
  std::array<std::shared_ptr<Service>, 3> nodes_;
  std::array<int, accounts> sites_{};
  std::array<pure::FiringState, accounts> model_{};
  bool is_first_ = true;
};

unsigned from_environment(const char* name, unsigned otherwise) {
  const auto* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::stoul(text)) : otherwise;
}

TEST_P(Following, DoesWhatTheStateMachineSaysWhoeverLooks) {
  std::int64_t fired_in_all = 0;
  const auto first = from_environment("BANSO_SIGNAL_SEED", 0);
  for (unsigned seed = first; seed < first + from_environment("BANSO_SIGNAL_ROUNDS", 4); ++seed) {
    Rounds rounds(GetParam(), seed);
    for (int moment = 0; moment < 24; ++moment) {
      rounds.moment();
      ASSERT_EQ(rounds.fired(), rounds.expected) << seed << " " << moment;
      ASSERT_EQ(rounds.calls(), rounds.expected) << seed << " " << moment;
      ASSERT_EQ(rounds.open_calls(), rounds.open_expected()) << seed << " " << moment;
    }
    fired_in_all += rounds.expected;
  }
  EXPECT_GT(fired_in_all, 20);
}

TEST_P(Following, TellsListenersOfEachFiringWithItsCall) {
  House house(GetParam());
  for (int i = 0; i < 3; ++i) house.put(i, 50);
  house.evaluate();
  house.publish("few");
  std::vector<Firing> told;
  house.signals->on_fired(
      [&](std::span<const Firing> firings) { told.insert(told.end(), firings.begin(), firings.end()); });
  house.signals->refresh();
  for (int i = 0; i < 3; ++i) house.put(i, 1);
  house.health->refresh_dirty();
  house.signals->refresh();
  house.signals->refresh();
  ASSERT_EQ(told.size(), 3u);
  for (const auto& firing : told) {
    EXPECT_EQ(firing.state, FiringState::opened);
    ASSERT_TRUE(house.work->find_call({firing.call}));
    EXPECT_EQ(house.work->find_call({firing.call})->account, firing.account);
  }
}

TEST_P(Following, RetiringARuleLeavesNobodyInIt) {
  House house(GetParam());
  for (int i = 0; i < 3; ++i) house.put(i, 50);
  house.evaluate();
  house.publish("few");
  house.signals->refresh();
  house.put(0, 1);
  house.health->refresh_dirty();
  house.signals->refresh();
  ASSERT_EQ(house.calls("few", false).size(), 1u);
  ASSERT_TRUE(house.definitions->retire(leader, {std::string(signal_kind), "few"}, "no longer wanted"));
  house.signals->refresh();
  EXPECT_EQ(house.calls("few", false).size(), 1u);  // work that was begun stays
  // Back again: who meets it now is found, not told of anew.
  ASSERT_TRUE(house.definitions->roll_back(leader, {std::string(signal_kind), "few"}, 1, "after all"));
  house.signals->refresh();
  EXPECT_EQ(house.firings("few").size(), 1u);
}

// More than a statement takes, of which another node recorded some, and a day after that has them read only once.
TEST_P(Following, RecordsWhatAnotherNodeHasRecordedInPart) {
  House house(GetParam());
  constexpr int accounts = 250;
  for (int i = 0; i < accounts; ++i) house.put(i, 50);
  house.evaluate();
  house.publish("few");
  house.signals->refresh();
  const auto other = house.make_node();
  other->refresh();
  for (int i = 0; i < accounts; i += 3) house.put(i, 5);
  house.health->refresh_dirty();
  other->refresh();
  for (int i = 0; i < accounts; ++i) house.put(i, 5);
  house.health->refresh_dirty();
  house.signals->refresh();
  EXPECT_EQ(house.firings("few").size(), accounts);
  *house.day = *house.day + 1;
  for (int i = 0; i < accounts; i += 2) house.put(i, 50);
  house.evaluate();
  other->refresh();
  house.signals->refresh();
  EXPECT_EQ(house.firings("few").size(), accounts);
  EXPECT_EQ(house.calls("few").size(), accounts);
  EXPECT_EQ(house.calls("few", false).size(), accounts / 2);
  other->refresh();
  house.make_node()->refresh();
  EXPECT_EQ(house.calls("few").size(), accounts);
}

INSTANTIATE_TEST_SUITE_P(Backends, Following, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::signals
