// What tests of whole imports stand on: real records, real events in DuckDB in memory, real jobs.
#pragma once

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "platform/duckdb/duckdb.hpp"
#include "platform/records_testing/databases.hpp"
#include "platform/text/test_folder.hpp"
#include "service.hpp"

namespace banso::integrations {

using platform::text::TestFolder;

namespace json = platform::json;
namespace events = platform::events;
using customers::Selection;

// Ties usage to customers, as the application does.
class Directory : public usage::AccountDirectory {
 public:
  explicit Directory(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> ids) override {
    return customers_->accounts_by_external_id(ids);
  }
  std::optional<core::AccountId> by_email_domain(std::string_view domain) override {
    return customers_->account_of_domain(domain);
  }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId account) override { return customers_->exists(account); }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}

 private:
  std::shared_ptr<customers::Service> customers_;
};

class Import : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    for (const auto migrations : {platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
                                  usage::migrations(), integrations::migrations()}) {
      database()->migrate(migrations);
    }
    customers::Surroundings surroundings;
    surroundings.utc_offset_minutes = [] { return 0; };
    surroundings.reporting_currency = [] { return std::string("USD"); };
    customers_ = customers::Service::make(database(), surroundings);
    revenue_ = revenue::Service::make(database(), customers_, surroundings);
    events_ = events::duckdb_store_in_memory();
    usage::Dependencies usage;
    usage.records = database();
    usage.events = events_;
    usage.mart = platform::duckdb::Database::open("");
    usage.accounts = std::make_shared<Directory>(customers_);
    usage_ = usage::Service::make(usage);
    make_service();
  }

  void TearDown() override {
    service_.reset();
    jobs_.reset();
    usage_.reset();
    events_.reset();
    revenue_.reset();
    customers_.reset();
    OnEveryBackend::TearDown();
  }

  void make_service() {
    service_.reset();
    jobs_ = platform::jobs::Jobs::make(database(), 1);
    service_ = std::make_shared<ServiceImpl>(
        Dependencies{database(), customers_, revenue_, usage_, jobs_.get(), folder_.path() / "data", [] { return 0; }});
  }

  struct Told {
    int code = -1;
    json::object answer;
    std::string error;
    Counts counts() const { return counts_from_json(answer.at("counts").as_object()); }
  };

  Told import_file(const std::filesystem::path& file, const std::string& kind, const std::filesystem::path& map = {},
                   bool dry_run = false) {
    ImportCommand command;
    command.file = file;
    command.kind = kind;
    if (!map.empty()) command.map = map;
    command.dry_run = dry_run;
    command.json = true;
    command.rejects = folder_.path() / "rejects.csv";
    std::ostringstream out;
    std::ostringstream err;
    Told told;
    told.code = service_->import_file(command, out, err);
    told.error = err.str();
    if (!out.str().empty()) told.answer = *json::parse_object(out.str());
    return told;
  }

  Told import_text(const std::string& text, const std::string& kind, const std::string& map = {},
                   bool dry_run = false) {
    const auto file = folder_.write("table.csv", text);
    return import_file(file, kind, map.empty() ? std::filesystem::path() : folder_.write("map.json", map), dry_run);
  }

  std::map<std::string, customers::BookRow> accounts() {
    std::map<std::string, customers::BookRow> all;
    customers_->each_book_row(Selection::all(), [&](const customers::BookRow& row) { all[row.external_id] = row; });
    return all;
  }

  std::vector<revenue::SubscriptionFact> subscriptions() {
    std::vector<revenue::SubscriptionFact> all;
    revenue_->each_subscription(Selection::all(), [&](const revenue::SubscriptionFact& fact) {
      if (fact.known.until == customers::KnownSpan::still) all.push_back(fact);
    });
    return all;
  }

  void undo(const Told& told) {
    const auto payload = json::serialize(json::object{{"import_id", told.answer.at("import_id")}});
    const auto result =
        jobs_->run_now("import.undo", payload, core::Caller::system("test"), [](double, const core::Text&) {});
    ASSERT_TRUE(result) << result.error().message.en;
  }

  TestFolder folder_;
  std::shared_ptr<customers::Service> customers_;
  std::shared_ptr<revenue::Service> revenue_;
  std::shared_ptr<events::EventStore> events_;
  std::shared_ptr<usage::Service> usage_;
  std::unique_ptr<platform::jobs::Jobs> jobs_;
  std::shared_ptr<ServiceImpl> service_;
};

}  // namespace banso::integrations
