// Which departments use the product, over real records and daily facts.
#include "departments.hpp"

#include <gtest/gtest.h>

#include "adoption.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records/testing/databases.hpp"

namespace banso::portal {
namespace {

// As the program has it: persons of the usage are tied to the contacts of today.
class Directory final : public usage::AccountDirectory {
 public:
  explicit Directory(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> ids) override {
    return customers_->accounts_by_external_id(ids);
  }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId account) override { return customers_->exists(account); }
  void each_contact(const std::vector<core::AccountId>& accounts,
                    const std::function<void(const usage::ContactReference&)>& visit) override {
    customers_->each_contact(customers::Selection::of(accounts), [&](const customers::ContactFact& fact) {
      if (fact.known.until == customers::KnownSpan::still) visit({fact.contact, fact.account, fact.name, fact.email});
    });
  }

 private:
  std::shared_ptr<customers::Service> customers_;
};

class Departments : public platform::records::testing::OnEveryBackend {
 protected:
  const core::Day today = core::day_from(2026, 6, 30);
  const platform::records::Provenance by = platform::records::Provenance::by(core::Caller::system("test"));

  void SetUp() override {
    OnEveryBackend::SetUp();
    const auto records = database();
    if (!records) return;
    records->migrate(customers::migrations());
    records->migrate(usage::migrations());
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.book_day = [this] { return today; };
    around.utc_offset_minutes = [] { return 0; };
    customers_ = customers::Service::make(records, around);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<Directory>(customers_);
    for_usage.book_day = around.book_day;
    usage_ = usage::Service::make(for_usage);
    account_ = make_account("A");
  }

  core::AccountId make_account(const std::string& external_id) {
    customers::AccountInput account;
    account.external_id = external_id;
    account.name = external_id;
    return {customers_->upsert_accounts(by, {&account, 1}).value()[0].id};
  }
  void contact(const std::string& name, const std::string& department, core::Day first = core::day_from(2026, 1, 1),
               std::optional<core::Day> left = {}) {
    customers::ContactInput contact;
    contact.account_id = account_;
    contact.name = name;
    contact.email = name + "@a.test";
    contact.department = department;
    contact.first_day = first;
    if (left) contact.left_day = *left;
    contact.known_at = core::start_of(first);
    ASSERT_NE(customers_->upsert_contacts(by, {&contact, 1}).value()[0].result, core::RowResult::rejected);
  }
  void use(const std::string& user, const std::string& feature, core::Day day, std::optional<core::Day> known = {}) {
    usage::EventInput event;
    event.account_id = account_;
    event.user = user.empty() || user.starts_with("u") ? user : user + "@a.test";
    event.name = feature;
    event.occurred_at = core::start_of(day);
    event.known_at = core::start_of(known.value_or(day));
    const auto stored = usage_->append_events(by, {&event, 1}).value();
    ASSERT_NE(stored[0].result, core::RowResult::rejected);
  }

  // "department: known/people/features last use", one line each: the same beside the customer's other numbers.
  std::vector<std::string> table(UseWindow window) {
    usage_->refresh();
    auto alone = lines_of(departments_of(*customers_, *usage_, window));
    EXPECT_EQ(alone, lines_of(adoption_of(*customers_, *usage_, window).departments));
    return alone;
  }
  static std::vector<std::string> lines_of(const std::vector<DepartmentUse>& departments) {
    std::vector<std::string> lines;
    lines.reserve(departments.size());
    for (const auto& use : departments) {
      lines.push_back((use.department.empty() ? "-" : use.department) + ": " + std::to_string(use.known) + "/" +
                      std::to_string(use.people) + "/" + std::to_string(use.features) +
                      (use.last_used ? " " + core::to_string(*use.last_used) : ""));
    }
    return lines;
  }
  std::vector<std::string> table() { return table({account_, today}); }
  using Lines = std::vector<std::string>;

  std::shared_ptr<customers::Service> customers_;
  std::shared_ptr<usage::Service> usage_;
  core::AccountId account_;
};

TEST_P(Departments, AreLeftOutWhereNobodyHasOne) {
  contact("a", "");
  use("a", "report", today);
  EXPECT_EQ(table(), Lines{});
  contact("gone", "営業部", core::day_from(2026, 1, 1), today);
  EXPECT_EQ(table(), Lines{}) << "who has left is in no department any more";
}

TEST_P(Departments, CountWhoIsThereWhoUsedTheProductAndWhat) {
  contact("a", "営業部");
  contact("b", "営業部");
  contact("c", "営業部");
  contact("d", "製造部");
  contact("e", "");
  use("a", "report", today - 10);
  use("a", "export", today - 12);
  use("b", "report", today - 5);
  use("e", "chat", today - 1);
  use("u1", "chat", today - 2);
  use("u2", "export", today - 3);
  use("", "import", today);
  EXPECT_EQ(table(), (Lines{"営業部: 3/2/2 2026-06-25", "製造部: 1/0/0", "-: 1/3/2 2026-06-29"}));
}

TEST_P(Departments, LookAtTwelveWeeksAndLeaveOutWhatIsIgnored) {
  contact("a", "Sales");
  contact("b", "Sales");
  use("a", "report", today - 84);
  EXPECT_EQ(table(), Lines{"Sales: 2/0/0"});
  use("a", "report", today - 83);
  EXPECT_EQ(table(), Lines{"Sales: 2/1/1 2026-04-08"});
  use("b", "heartbeat", today);
  EXPECT_EQ(table(), Lines{"Sales: 2/2/2 2026-06-30"});
  const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
  for (const auto& feature : usage_->features()) {
    usage::FeatureChange change;
    change.ignored = feature.key == "heartbeat";
    ASSERT_TRUE(usage_->change_feature(feature.id, change, leader).has_value());
  }
  EXPECT_EQ(table(), Lines{"Sales: 2/1/1 2026-04-08"});
}

TEST_P(Departments, DoNotUseTheProductBecauseAMailIsDeliveredToThem) {
  contact("a", "Sales");
  contact("b", "Sales");
  use("a", "report", today - 3);
  for (const auto* name : {"a", "b", "u1"}) use(name, "mail_delivered", today);
  EXPECT_EQ(table(), (Lines{"Sales: 2/2/2 2026-06-30", "-: 0/1/1 2026-06-30"}));
  const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
  for (const auto& feature : usage_->features()) {
    usage::FeatureChange change;
    change.is_active = feature.key != "mail_delivered";
    ASSERT_TRUE(usage_->change_feature(feature.id, change, leader).has_value());
  }
  EXPECT_EQ(table(), Lines{"Sales: 2/1/1 2026-06-27"});
}

TEST_P(Departments, ThatDifferInCaseAreOne) {
  contact("a", "sales");
  contact("b", "Sales");
  contact("c", "Sales");
  EXPECT_EQ(table(), Lines{"Sales: 3/0/0"});
}

TEST_P(Departments, OfPeopleWhoLeftOrComeLaterAreNotCountedAndTheirUseIsNotLost) {
  contact("stays", "Sales");
  contact("left", "Sales", core::day_from(2026, 1, 1), today);
  contact("later", "Sales", today + 1);
  use("left", "report", today - 4);
  EXPECT_EQ(table(), (Lines{"Sales: 1/0/0", "-: 0/1/1 2026-06-26"}));
}

TEST_P(Departments, OfAnotherAccountAreNotSeen) {
  contact("a", "Sales");
  use("a", "report", today);
  const auto own = account_;
  account_ = make_account("B");
  contact("b", "Secret");
  use("b", "report", today);
  EXPECT_EQ(table({own, today}), Lines{"Sales: 1/1/1 2026-06-30"});
}

TEST_P(Departments, AreThoseThatWereKnownOnADay) {
  contact("a", "Sales");
  use("a", "report", core::day_from(2026, 3, 1));
  use("a", "export", core::day_from(2026, 3, 2), core::day_from(2026, 5, 1));
  contact("a", "Production", core::day_from(2026, 4, 1));
  const auto then = core::day_from(2026, 3, 10);
  EXPECT_EQ(table({account_, then, then}), (Lines{"Sales: 1/1/1 2026-03-01"}));
  EXPECT_EQ(table({account_, core::day_from(2026, 5, 2), core::day_from(2026, 5, 2)}),
            (Lines{"Production: 1/1/2 2026-03-02"}));
}

INSTANTIATE_TEST_SUITE_P(Backends, Departments, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::portal
