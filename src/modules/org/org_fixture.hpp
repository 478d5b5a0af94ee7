// The module over the real book: records, health and definitions are the real ones; only the people are made up.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "platform/events/event_store.hpp"
#include "service.hpp"

namespace banso::org {

inline const core::Caller system = core::Caller::system("test");
inline const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
inline const core::Caller csm{core::UserId{1}, "One", core::Role::csm, core::Language::en};
inline const core::Caller reader{core::UserId{9}, "Reader", core::Role::read_only, core::Language::en};
inline const core::Day book_day = core::day_from(2026, 4, 1);

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

class OrgFixture : public testing::Test {
 protected:
  OrgFixture() {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-org-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    records = platform::records::Database::open("sqlite:" + (folder_ / "records.db").string());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), health::migrations(), org::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = name_of;
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
    start_org();
  }
  ~OrgFixture() override {
    org.reset();
    health.reset();
    std::filesystem::remove_all(folder_);
  }

  // Users 1 to 9; 8 has left.
  static std::optional<std::string> name_of(core::UserId user) {
    if (user.value < 1 || user.value > 9) return std::nullopt;
    return "User " + std::to_string(user.value);
  }

  // As a new process would: nothing is remembered but what is recorded.
  void start_org() {
    Dependencies dependencies{records, customers, definitions, health, {}};
    dependencies.surroundings.book_day = [] { return book_day; };
    dependencies.surroundings.user_name = name_of;
    dependencies.surroundings.is_active = [](core::UserId user) { return user.value != 8; };
    dependencies.surroundings.utc_offset_minutes = [] { return 0; };
    org = std::make_shared<OrgService>(dependencies);
    org->listen();
  }

  void put(int account, const std::string& phase, std::int64_t owner = 0) {
    customers::AccountInput input;
    input.external_id = "A" + std::to_string(account);
    input.name = "Company " + std::to_string(account);
    input.phase = phase;
    input.created_day = book_day - 400;
    if (owner) input.owner_id = core::UserId{owner};
    customers->upsert_accounts(customers::Provenance::by(system), {&input, 1}).value();
  }
  core::AccountId id_of(int account) {
    const std::string wanted[] = {"A" + std::to_string(account)};
    return customers->accounts_by_external_id(wanted).at(wanted[0]);
  }
  void evaluate() {
    health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  void catch_up() {
    health->refresh_dirty();
    org->refresh();
    health->refresh_dirty();
  }

  core::Result<> define(std::string_view kind, const std::string& key, const std::string& body) {
    const definitions::Name name{std::string(kind), key};
    BANSO_TRY(definitions->put_draft(leader, name, body));
    BANSO_TRY(definitions->publish(leader, name, ""));
    return {};
  }
  static std::string model(const std::string& condition, int rank, double effort = 1) {
    return R"({"name":{"en":"M","ja":"モデル"},"touch":"high","rank":)" + std::to_string(rank) + R"(,"condition":)" +
           condition + R"(,"expectations":{"effort_weight":)" + std::to_string(effort) + "}}";
  }
  static std::string phase_is(const std::string& phase) {
    return R"({"combinator":"and","rules":[{"field":"phase","operator":"=","value":")" + phase + R"("}]})";
  }
  static std::string all() { return R"({"combinator":"and","rules":[]})"; }
  static std::string rule(const std::string& more) {
    return R"({"name":{"en":"R","ja":"ルール"},"condition":{"combinator":"and","rules":[]},)" + more + "}";
  }

  std::map<std::int64_t, std::string> values_of(std::string_view key) {
    std::map<std::int64_t, std::string> values;
    customers->each_book_row({}, [&](const customers::BookRow& row) {
      for (const auto& [name, value] : row.attributes) {
        if (name == key) values[std::stoll(row.external_id.substr(1))] = std::get<std::string>(value);
      }
    });
    return values;
  }
  std::map<std::int64_t, std::int64_t> owners() {
    std::map<std::int64_t, std::int64_t> found;
    customers->each_book_row({}, [&](const customers::BookRow& row) {
      if (row.owner) found[std::stoll(row.external_id.substr(1))] = row.owner.value;
    });
    return found;
  }
  Team team(const std::string& key, Direction direction, std::vector<Member> members, std::int64_t parent = 0) {
    return org->put_team(leader, {0, key, {key, key}, direction, parent, std::move(members)}).value();
  }

  std::filesystem::path folder_;
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<OrgService> org;
};

}  // namespace banso::org
