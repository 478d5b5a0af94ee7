// What the tests of this module stand on: all the real services over a real records database, a clock that is moved,
// and the mails that were handed over.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "desk.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/testing/databases.hpp"

namespace banso::work {

inline const auto by = platform::records::Provenance::by(core::Caller::system("test"));
inline const core::Caller rules = core::Caller::system("signals");
inline const core::Caller aya{core::UserId{7}, "Aya", core::Role::csm, core::Language::en};
inline const core::Caller ken{core::UserId{8}, "Ken", core::Role::csm, core::Language::ja};
inline const core::Caller leader{core::UserId{9}, "Lead", core::Role::leader, core::Language::en};
inline const core::Caller reader{core::UserId{10}, "Read", core::Role::read_only, core::Language::en};

inline ChangeOfCall severity_to(Severity severity, std::optional<std::int64_t> seen_revision = {}) {
  ChangeOfCall change;
  change.severity = severity;
  change.revision = seen_revision;
  return change;
}

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
  explicit House(std::shared_ptr<records::Database> database) : records(std::move(database)) {
    for (const auto& migrations :
         {platform::jobs::migrations(), customers::migrations(), revenue::migrations(), usage::migrations(),
          definitions::migrations(), health::migrations(), org::migrations(), work::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId id) { return std::optional("User " + std::to_string(id.value)); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [this] { return day; };
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
    for_health.records = records;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    health = health::Service::make(for_health);
    org::Dependencies for_org;
    for_org.records = records;
    for_org.customers = customers;
    for_org.definitions = definitions;
    for_org.health = health;
    for_org.surroundings.book_day = around.book_day;
    for_org.surroundings.user_name = [](core::UserId id) { return std::optional("User " + std::to_string(id.value)); };
    for_org.surroundings.is_active = [](core::UserId) { return true; };
    org = org::Service::make(for_org);
    customers->define_attribute(by, {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0})
        .value();
  }

  Dependencies dependencies() {
    Dependencies needed;
    needed.records = records;
    needed.customers = customers;
    needed.health = health;
    needed.org = org;
    auto& around = needed.surroundings;
    around.book_day = [this] { return day; };
    around.now = [this] { return now; };
    around.utc_offset_minutes = [] { return 0; };
    around.calendar = [] { return core::BusinessCalendar(core::HolidayCalendar::weekends_only); };
    around.offset_minutes_at = [](const std::string&, core::Instant) { return 0; };
    around.people = [] {
      std::vector<Person> people;
      for (const auto& each : {aya, ken, leader, reader}) {
        people.push_back({each.user, each.name, each.name + "@example.com", each.role, each.language, "UTC", false});
      }
      return people;
    };
    around.send_digest = [this](const DigestMail& mail) { return send(mail); };
    return needed;
  }
  std::shared_ptr<Service> start() { return Service::make(dependencies()); }

  // Accounts number first to last, owned by Aya.
  void add_accounts(int count) {
    std::vector<customers::AccountInput> inputs;
    for (int number = 1; number <= count; ++number) {
      customers::AccountInput input;
      input.external_id = "A" + std::to_string(number);
      input.name = "Company " + std::to_string(number);
      input.created_day = day - 400;
      input.owner_id = aya.user;
      inputs.push_back(std::move(input));
      if (inputs.size() < 1000 && number != count) continue;
      const auto outcomes = customers->upsert_accounts(by, inputs).value();
      for (const auto& outcome : outcomes) {
        EXPECT_EQ(outcome.result, core::RowResult::created)
            << (outcome.errors.empty() ? "" : outcome.errors.front().message.en);
        accounts.push_back({outcome.id});
      }
      inputs.clear();
    }
  }
  void set_sites(core::AccountId account, int sites) {
    customers::AccountInput input;
    input.id = account;
    input.attributes.push_back(customers::AttributeInput::raw("sites", std::to_string(sites)));
    EXPECT_TRUE(customers->change_account(by, input));
  }
  void evaluate() {
    health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void go_to(core::Day to) {
    day = to;
    now = {core::start_of(to).microseconds + 9 * 3'600 * core::microseconds_per_second};
  }
  NewCall call_for(std::size_t account, const std::string& reason = "signal:test") const {
    NewCall call;
    call.account = accounts.at(account);
    call.reason = reason;
    call.title = {"Uses little", "利用が少ない"};
    call.source = "signal";
    return call;
  }

  core::Day day = core::day_from(2026, 11, 20);  // a Friday
  core::Instant now{core::start_of(core::day_from(2026, 11, 20)).microseconds +
                    9 * 3'600 * core::microseconds_per_second};
  std::shared_ptr<records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<org::Service> org;
  std::vector<core::AccountId> accounts;
  std::function<core::Result<>(const DigestMail&)> send = [](const DigestMail&) { return core::Result<>(); };
};

class OnEveryBackend : public records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    records::testing::OnEveryBackend::SetUp();
    if (database()) house_ = std::make_unique<House>(database());
  }
  void TearDown() override {
    house_.reset();
    records::testing::OnEveryBackend::TearDown();
  }
  House& house() { return *house_; }

 private:
  std::unique_ptr<House> house_;
};

}  // namespace banso::work
