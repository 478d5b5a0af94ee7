// All the real services over one records database, with a clock that a test moves. For tests alone.
#pragma once

#include <gtest/gtest.h>

#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/records_testing/databases.hpp"
#include "playbooks.hpp"

namespace banso::playbooks {

inline const auto by = platform::records::Provenance::by(core::Caller::system("test"));
inline const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
inline const core::Day book_day = core::day_from(2026, 4, 6);  // a Monday

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

class PlaybookTest : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    for (const auto& migrations :
         {platform::jobs::migrations(), customers::migrations(), revenue::migrations(), usage::migrations(),
          definitions::migrations(), segments::migrations(), playbooks::migrations()}) {
      database()->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [] { return book_day; };
    customers = customers::Service::make(database(), around);
    usage::Dependencies for_usage;
    for_usage.records = database();
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    definitions = definitions::Service::make(database());
    health::Dependencies for_health;
    for_health.customers = customers;
    for_health.revenue = revenue::Service::make(database(), customers, around);
    for_health.usage = usage::Service::make(for_usage);
    for_health.definitions = definitions;
    for_health.mart = for_usage.mart;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    health = health::Service::make(for_health);
    segments = segments::Service::make({database(), definitions, health});
    customers->define_attribute(by, attribute("round")).value();
    service = make_service();
  }
  void TearDown() override {
    service.reset();
    segments.reset();
    health.reset();
    OnEveryBackend::TearDown();
  }

  static customers::AttributeDefinition attribute(const std::string& key) {
    customers::AttributeDefinition made;
    made.key = key;
    made.name = {key, key};
    return made;
  }

  // As another process would have it, over the same records.
  std::shared_ptr<Service> make_service(int node = 0) {
    Dependencies dependencies;
    dependencies.records = database();
    dependencies.definitions = definitions;
    dependencies.customers = customers;
    dependencies.health = health;
    dependencies.segments = segments;
    dependencies.surroundings.now = [this] { return now; };
    dependencies.surroundings.timezone = [this] { return timezone; };
    dependencies.surroundings.calendar = [this] {
      if (broken_calendars > 0 && has_done_effect()) {
        --broken_calendars;
        throw std::runtime_error("the calendar cannot be read");
      }
      return core::BusinessCalendar();
    };
    dependencies.surroundings.node_number = node;
    return Service::make(std::move(dependencies));
  }

  bool has_done_effect() {
    return database()->read([](platform::records::Session& session) {
      return session.query_one("SELECT 1 FROM playbook_effect WHERE state = 'done'").has_value();
    });
  }

  void put(int account, const std::string& phase) {
    customers::AccountInput input;
    input.external_id = key_of(account);
    input.name = "Company " + std::to_string(account);
    input.phase = phase;
    input.created_day = book_day - 400;
    const std::vector<customers::AccountInput> inputs{input};
    customers->upsert_accounts(by, inputs).value();
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
  std::string phase_of(int account) {
    std::string phase;
    customers->each_book_row(customers::Selection::of({id_of(account)}), [&](const auto& row) { phase = row.phase; });
    return phase;
  }
  // How many times the account was written: a step that sets a field is one of them.
  std::int64_t versions_of(int account) {
    return database()->read([&](platform::records::Session& session) {
      return session
          .query_one("SELECT COUNT(*) FROM record_version WHERE entity = 'account' AND entity_id = :1",
                     {id_of(account)})
          ->integer(0);
    });
  }

  void define(const std::string& key, const std::string& body, const std::string& kind = "playbook") {
    const definitions::Name name{kind, key};
    const auto draft = definitions->put_draft(leader, name, body);
    ASSERT_TRUE(draft) << draft.error().message.en;
    const auto published = definitions->publish(leader, name, "test");
    ASSERT_TRUE(published) << published.error().message.en;
  }
  RunId start(const std::string& key, int account) {
    const core::AccountId accounts[] = {id_of(account)};
    return service->start_runs(leader, key, accounts).value().front().run;
  }
  std::vector<RunFact> runs(const std::string& key = "") {
    RunQuery query;
    if (!key.empty()) query.playbook = key;
    std::vector<RunFact> found;
    service->each_run(query, [&](const RunFact& run) { found.push_back(run); });
    return found;
  }
  RunFact run(RunId id) {
    for (const auto& each : runs()) {
      if (each.id == id) return each;
    }
    return {};
  }
  void pass(int days) { now.microseconds += days * core::microseconds_per_day; }

  static std::string body(const std::string& steps, const std::string& more = "",
                          const std::string& start = R"({"on":"manual"})") {
    return R"({"name":{"en":"Test","ja":"試験"},"start":)" + start + "," + more + R"("steps":[)" + steps + "]}";
  }
  static std::string step(const std::string& key, const std::string& kind, const std::string& more) {
    return R"({"key":")" + key + R"(","kind":")" + kind + R"(","name":{"en":")" + key + R"(","ja":")" + key + "\"}," +
           more + "}";
  }
  static std::string set(const std::string& key, const std::string& field, const std::string& value,
                         const std::string& next) {
    return step(key, "set_field", R"("field":")" + field + R"(","value":")" + value + R"(","next":)" + next);
  }
  static std::string rule(const std::string& field, const std::string& how, const std::string& value) {
    return R"({"combinator":"and","rules":[{"field":")" + field + R"(","operator":")" + how + R"(","value":)" + value +
           "}]}";
  }

  core::Instant now = core::start_of(book_day);
  std::string timezone = "UTC";
  int broken_calendars = 0;  // how many times it cannot be read by a transaction that records what was done
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<segments::Service> segments;
  std::shared_ptr<Service> service;
};

}  // namespace banso::playbooks
