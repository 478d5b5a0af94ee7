// Membership over the real book: accounts change in the records, health scores them, and who is in which segment is
// compared with a plain reading of the same accounts.
#include "segments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <set>

#include "kind.hpp"
#include "membership.hpp"
#include "modules/customers/customers.hpp"
#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "preview.hpp"

namespace banso::segments {
namespace {

const auto by = platform::records::Provenance::by(core::Caller::system("test"));
const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
const core::Day book_day = core::day_from(2026, 4, 1);

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
  House() {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-segments-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    records = platform::records::Database::open("sqlite:" + (folder_ / "records.db").string());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), segments::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [] { return book_day; };
    customers = customers::Service::make(records, around);
    auto revenue = revenue::Service::make(records, customers, around);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    definitions = definitions::Service::make(records);
    health::Dependencies for_health;
    for_health.customers = customers;
    for_health.revenue = revenue;
    for_health.usage = usage::Service::make(for_usage);
    for_health.definitions = definitions;
    for_health.mart = for_usage.mart;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    health = health::Service::make(for_health);
    customers->define_attribute(by, {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0})
        .value();
    start_segments();
  }
  ~House() {
    segments.reset();
    health.reset();
    std::filesystem::remove_all(folder_);
  }

  // As a new process would: nothing is remembered but what is recorded.
  void start_segments() { segments = Service::make({records, definitions, health}); }

  void put(int account, double sites, const std::string& phase) {
    customers::AccountInput input;
    input.external_id = key_of(account);
    input.name = "Company " + std::to_string(account);
    input.phase = phase;
    input.created_day = book_day - 400;
    input.attributes.push_back(customers::AttributeInput::raw("sites", std::to_string(static_cast<int>(sites))));
    const core::BatchOptions options{};
    const std::vector<customers::AccountInput> inputs{input};
    const auto outcomes = customers->upsert_accounts(by, inputs, options).value();
    for (const auto& outcome : outcomes) {
      ASSERT_NE(outcome.result, core::RowResult::rejected) << outcome.errors.front().message.en;
    }
  }
  void evaluate() {
    health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void catch_up() {
    health->refresh_dirty();
    segments->refresh();
  }
  static std::string key_of(int account) { return "A" + std::to_string(account); }
  core::AccountId id_of(int account) {
    const std::string wanted[] = {key_of(account)};
    return customers->accounts_by_external_id(wanted).at(wanted[0]);
  }

  core::Result<> define(const std::string& key, const std::string& condition) {
    const definitions::Name name{std::string(segment_kind), key};
    const auto body = R"({"name":{"en":"Segment )" + key + R"(","ja":"セグメント)" + key +
                      R"("},"description":"","condition":)" + condition + "}";
    if (auto draft = definitions->put_draft(leader, name, body); !draft) return draft.error();
    if (auto published = definitions->publish(leader, name, "test"); !published) return published.error();
    return {};
  }
  std::set<int> members(const std::string& key) {
    std::set<int> found;
    for (const auto account : Store(records).members(key)) found.insert(number_of(account));
    return found;
  }
  int number_of(core::AccountId account) {
    const auto book = health->evaluated_book();
    return std::stoi(book->name(*book->find(account)).substr(8));
  }
  // Oldest first: "+3 Sites rose from 1 to 9 (needs 5 or more)".
  std::vector<std::string> history(const std::string& key) {
    std::vector<std::string> lines;
    const auto page = Store(records).history({key, std::nullopt}, {0, 1000});
    for (const auto& event : page.events) {
      lines.insert(lines.begin(),
                   (event.has_entered ? "+" : "-") + std::to_string(number_of(event.account)) + " " + event.reason.en);
    }
    return lines;
  }

  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<Service> segments;

 private:
  std::filesystem::path folder_;
};

std::string rule(const std::string& field, const std::string& op, const std::string& value) {
  return R"({"combinator":"and","rules":[{"field":")" + field + R"(","operator":")" + op + R"(","value":)" + value +
         "}]}";
}
const std::string many_sites = rule("attribute.sites", ">=", "5");

TEST(Segments, SayWhyAnAccountEnteredAndLeft) {
  House house;
  house.put(1, 9, "adoption");
  house.put(2, 1, "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("large", many_sites));
  house.catch_up();
  EXPECT_EQ(house.members("large"), (std::set<int>{1}));
  house.put(2, 8, "adoption");
  house.put(1, 3, "adoption");
  house.catch_up();
  EXPECT_EQ(house.members("large"), (std::set<int>{2}));
  house.put(1, 6, "adoption");
  house.catch_up();
  EXPECT_THAT(house.history("large"),
              testing::UnorderedElementsAre("+1 Already met the condition when the segment was first evaluated",
                                            "-1 Sites fell from 9 to 3 (needs 5 or more)",
                                            "+2 Sites rose from 1 to 8 (needs 5 or more)",
                                            "+1 Sites rose from 3 to 6 (needs 5 or more)"));
  EXPECT_EQ(Store(house.records).history({"large", house.id_of(2)}, {0, 10}).events.at(0).reason.ja,
            "拠点数が1から8に上がりました(条件: 5以上)");
}

TEST(Segments, ReasonsFollowTheRuleThatTurned) {
  const struct {
    std::string condition;
    double sites_before, sites_after;
    std::string phase_before, phase_after, reason;
  } cases[] = {
      {rule("attribute.sites", "<", "5"), 7, 2, "adoption", "adoption", "Sites fell from 7 to 2 (needs less than 5)"},
      {rule("attribute.sites", "between", "[2,4]"), 7, 3, "a", "a", "Sites fell from 7 to 3 (needs 2 to 4)"},
      {rule("attribute.sites", "=", "1200"), 7, 1200, "a", "a", "Sites rose from 7 to 1,200 (needs 1,200)"},
      {rule("phase", "in", R"(["renewal","growth"])"), 7, 7, "adoption", "growth",
       "Phase changed from adoption to growth (needs one of renewal, growth)"},
      {rule("phase", "!=", R"("adoption")"), 7, 7, "adoption", "growth",
       "Phase changed from adoption to growth (needs anything but adoption)"},
      {R"({"combinator":"and","not":true,"rules":[{"field":"phase","operator":"=","value":"adoption"}]})", 7, 7,
       "adoption", "growth", "Phase changed from adoption to growth (must not be adoption)"},
      {R"({"combinator":"or","rules":[{"field":"phase","operator":"=","value":"growth"},{"field":"attribute.sites","operator":">","value":9}]})",
       7, 12, "adoption", "adoption", "Sites rose from 7 to 12 (needs more than 9)"},
  };
  for (const auto& each : cases) {
    House house;
    house.put(1, each.sites_before, each.phase_before);
    house.evaluate();
    ASSERT_TRUE(house.define("one", each.condition)) << each.condition;
    house.catch_up();
    EXPECT_EQ(house.members("one"), std::set<int>{}) << each.condition;
    house.put(1, each.sites_after, each.phase_after);
    house.catch_up();
    EXPECT_EQ(house.history("one"), std::vector<std::string>{"+1 " + each.reason});
  }
}

TEST(Segments, RefuseCyclesWithTheirPath) {
  House house;
  house.put(1, 9, "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("a", many_sites));
  ASSERT_TRUE(house.define("b", rule("segments", "contains", "\"a\"")));
  ASSERT_TRUE(house.define("c", rule("segments", "in", R"(["b"])")));
  const auto refused = house.define("a", rule("segments", "notIn", R"(["c"])"));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message.en, testing::HasSubstr("a → c → b → a"));
  EXPECT_THAT(house.define("d", rule("segments", "contains", "\"nowhere\"")).error().message.en,
              testing::HasSubstr("nowhere"));
  EXPECT_FALSE(house.definitions->retire(leader, {"segment", "a"}, "")) << "b uses it";
  house.catch_up();
  EXPECT_EQ(house.members("c"), (std::set<int>{1}));
  house.put(1, 2, "adoption");
  house.catch_up();
  EXPECT_EQ(house.members("c"), std::set<int>{});
}

TEST(Segments, FollowTheirDefinition) {
  House house;
  for (int account = 1; account <= 9; ++account) house.put(account, account, "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("large", many_sites));
  house.catch_up();
  ASSERT_TRUE(house.define("large", rule("attribute.sites", ">=", "8")));
  house.catch_up();
  EXPECT_EQ(house.members("large"), (std::set<int>{8, 9}));
  EXPECT_THAT(house.history("large"),
              testing::Contains("-5 The condition of the segment was changed. Sites is 5 (needs 8 or more)"));
  ASSERT_TRUE(house.definitions->roll_back(leader, {"segment", "large"}, 1, "back"));
  house.catch_up();
  EXPECT_EQ(house.members("large"), (std::set<int>{5, 6, 7, 8, 9}));
  ASSERT_TRUE(house.definitions->retire(leader, {"segment", "large"}, "done"));
  house.catch_up();
  EXPECT_EQ(house.members("large"), std::set<int>{});
}

// A crash between the book and the record: the next start compares, and what was recorded but not told is told.
TEST(Segments, LoseNothingOverAStart) {
  House house;
  house.put(1, 1, "adoption");
  house.put(2, 9, "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("large", many_sites));
  house.catch_up();
  house.put(1, 9, "adoption");
  house.put(2, 2, "adoption");
  house.health->refresh_dirty();  // nobody looked
  house.start_segments();
  house.segments->refresh();
  EXPECT_EQ(house.members("large"), (std::set<int>{1}));
  EXPECT_THAT(house.history("large"), testing::Contains("+1 Sites is 9 (needs 5 or more)"));

  Store store(house.records);
  const MembershipChange change{"large", house.id_of(2), true, book_day, core::now(), Cause::change, {"why", "理由"}};
  const auto recorded = store.record({&change, 1}, true);
  ASSERT_EQ(recorded.changes.size(), 1u);
  EXPECT_EQ(store.untold({core::now().microseconds + 1}).changes.size(), 1u);
  store.mark_told(recorded.untold);
  EXPECT_TRUE(store.untold({core::now().microseconds + 1}).changes.empty());
}

// Two nodes that see the same change write one row and tell it once; one that knows less stays silent.
TEST(Segments, AreWrittenOnceByTwoNodes) {
  House house;
  house.put(1, 1, "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("large", many_sites));
  house.segments->refresh();
  Store store(house.records);
  Membership first(store), second(store);
  int told = 0;
  for (auto* node : {&first, &second}) {
    node->on_change([&](std::span<const MembershipChange> changes) { told += static_cast<int>(changes.size()); });
    node->look(house.health->evaluated_book());
  }
  house.put(1, 9, "adoption");
  house.health->refresh_dirty();
  const auto with = house.health->evaluated_book();
  first.look(with);
  second.look(with);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(house.history("large").size(), 1u);
  house.put(1, 1, "adoption");
  house.health->refresh_dirty();
  const auto without = house.health->evaluated_book();
  second.look(without);
  first.look(without);
  EXPECT_EQ(told, 2);
  EXPECT_EQ(house.history("large").size(), 2u);
  EXPECT_EQ(house.members("large"), std::set<int>{});
}

// Whatever the order of changes and however they are bundled: the members are those that meet the condition now, and a
// second look at the same book records nothing.
TEST(Segments, OrderOfChangesNeverMatters) {
  const std::string conditions[] = {
      many_sites,
      R"({"combinator":"or","rules":[{"field":"phase","operator":"=","value":"growth"},{"field":"attribute.sites","operator":"<","value":2}]})",
      R"({"combinator":"and","rules":[{"field":"segments","operator":"contains","value":"s0"},{"field":"segments","operator":"doesNotContain","value":"s1"}]})"};
  for (unsigned seed = 1; seed <= 4; ++seed) {
    std::mt19937 random(seed);
    constexpr int accounts = 12;
    std::vector<std::pair<double, std::string>> now(accounts);
    const auto draw = [&](int account) {
      now[static_cast<std::size_t>(account)] = {static_cast<double>(random() % 10),
                                                random() % 2 ? "growth" : "adoption"};
    };
    House house;
    const auto write = [&](int account) {
      const auto& [sites, phase] = now[static_cast<std::size_t>(account)];
      house.put(account, sites, phase);
    };
    for (int account = 0; account < accounts; ++account) {
      draw(account);
      write(account);
    }
    house.evaluate();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(house.define("s" + std::to_string(i), conditions[i]));
    for (int step = 0; step < 12; ++step) {
      const auto changes = random() % 5;
      for (unsigned i = 0; i < changes; ++i) {
        const int account = static_cast<int>(random() % accounts);
        draw(account);
        write(account);
      }
      if (random() % 4 == 0) house.start_segments();
      if (random() % 5 == 0) house.evaluate();
      house.catch_up();
      std::set<int> expected[3];
      for (int account = 0; account < accounts; ++account) {
        const auto& [sites, phase] = now[static_cast<std::size_t>(account)];
        if (sites >= 5) expected[0].insert(account);
        if (phase == "growth" || sites < 2) expected[1].insert(account);
        if (sites >= 5 && phase != "growth") expected[2].insert(account);
      }
      std::size_t rows = 0;
      for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(house.members("s" + std::to_string(i)), expected[i]) << "seed " << seed << " step " << step;
        rows += house.history("s" + std::to_string(i)).size();
      }
      house.segments->refresh();
      house.start_segments();
      house.segments->refresh();
      for (int i = 0; i < 3; ++i) rows -= house.history("s" + std::to_string(i)).size();
      EXPECT_EQ(rows, 0u);
    }
  }
}

TEST(Segments, PreviewCountsOverlapsAndWhoWouldMove) {
  House house;
  for (int account = 1; account <= 9; ++account) house.put(account, account, account % 2 ? "growth" : "adoption");
  house.evaluate();
  ASSERT_TRUE(house.define("large", many_sites));
  ASSERT_TRUE(house.define("growing", rule("phase", "=", "\"growth\"")));
  house.catch_up();
  const auto book = house.health->evaluated_book();
  const auto found = preview(*book, rule("attribute.sites", "between", "[3,7]"), "large").value();
  EXPECT_EQ(found.at("accounts"), 5);
  EXPECT_EQ(found.at("total"), 9);
  EXPECT_EQ(found.at("entering").at("accounts"), 2);  // 3, 4
  EXPECT_EQ(found.at("leaving").at("accounts"), 2);   // 8, 9
  ASSERT_EQ(found.at("overlaps").as_array().size(), 1u);
  const auto& overlap = found.at("overlaps").as_array()[0];
  EXPECT_EQ(overlap.at("both"), 3);        // 3, 5, 7
  EXPECT_EQ(overlap.at("only_this"), 2);   // 4, 6
  EXPECT_EQ(overlap.at("only_other"), 2);  // 1, 9
  EXPECT_FALSE(preview(*book, rule("colour", "=", "1"), std::nullopt));
}

}  // namespace
}  // namespace banso::segments
