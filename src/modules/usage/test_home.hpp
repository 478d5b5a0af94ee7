// What the tests of this module stand on: a real records database in a file, real stores in memory, accounts in a map.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/json/json.hpp"
#include "service_impl.hpp"

namespace banso::usage {

class TestAccounts : public AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_id;
  std::map<std::string, core::AccountId> by_domain;
  std::vector<ContactReference> contacts;

  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> external_ids) override {
    std::map<std::string, core::AccountId> found;
    for (const auto& external_id : external_ids) {
      if (const auto entry = by_id.find(external_id); entry != by_id.end()) found.insert(*entry);
    }
    return found;
  }
  std::optional<core::AccountId> by_email_domain(std::string_view domain) override {
    const auto entry = by_domain.find(std::string(domain));
    return entry == by_domain.end() ? std::nullopt : std::optional(entry->second);
  }
  std::optional<core::AccountId> by_contact_email(std::string_view email) override {
    for (const auto& contact : contacts) {
      if (contact.email == email) return contact.account;
    }
    return std::nullopt;
  }
  bool exists(core::AccountId account) override {
    for (const auto& [name, id] : by_id) {
      if (id == account) return true;
    }
    return false;
  }
  void each_contact(const std::vector<core::AccountId>& accounts,
                    const std::function<void(const ContactReference&)>& visit) override {
    for (const auto& contact : contacts) {
      if (accounts.empty() || std::ranges::find(accounts, contact.account) != accounts.end()) visit(contact);
    }
  }
};

class TestHome {
 public:
  TestHome() {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-usage-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    dependencies.records = platform::records::Database::open("sqlite:" + (folder_ / "records.db").string());
    dependencies.records->migrate(migrations());
    dependencies.events = platform::events::duckdb_store_in_memory();
    dependencies.mart = platform::duckdb::Database::in_memory();
    dependencies.accounts = accounts;
    dependencies.book_day = [this] { return book_day; };
    open();
  }
  ~TestHome() {
    service.reset();
    dependencies = {};
    std::filesystem::remove_all(folder_);
  }
  void open() {
    service.reset();
    service = std::make_shared<ServiceImpl>(dependencies);
  }

  // Runs a request through the module's own table of routes.
  platform::http::Response ask(platform::http::Method method, const std::string& pattern,
                               platform::http::Request request) {
    for (const auto& route : service->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      request.method = method;
      request.caller = admin;
      const auto answer = route.handler(request);
      service->settle(std::chrono::seconds(10));
      return answer ? *answer : platform::http::problem(answer.error(), core::Language::en);
    }
    throw std::runtime_error("no route " + pattern);
  }
  platform::http::Response post(const std::string& path, const std::string& body) {
    platform::http::Request request;
    request.body = body;
    return ask(platform::http::Method::post, path, std::move(request));
  }

  std::shared_ptr<TestAccounts> accounts = std::make_shared<TestAccounts>();
  Dependencies dependencies;
  std::shared_ptr<ServiceImpl> service;
  core::Day book_day = core::day_of(core::now());
  core::Caller admin = core::Caller::system("test");

 private:
  std::filesystem::path folder_;
};

// All daily facts by account, day, person, feature and day of learning.
using FactKey = std::tuple<std::int64_t, std::int32_t, std::string, std::string, std::int32_t>;

inline std::map<FactKey, std::int64_t> facts_of(Service& service) {
  std::map<std::int32_t, std::string> persons, features;
  for (const auto& person : service.persons({})) persons[person.number] = person.user_key;
  for (const auto& feature : service.features()) features[static_cast<std::int32_t>(feature.id.value)] = feature.key;
  std::map<FactKey, std::int64_t> facts;
  std::tuple<std::int64_t, std::int32_t, std::int32_t> before{};
  service.read_usage_days({}, [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      const std::tuple place{piece.account_ids[row], piece.days[row], piece.person_numbers[row]};
      EXPECT_LE(before, place) << "not in order";
      before = place;
      facts[{piece.account_ids[row], piece.days[row], persons[piece.person_numbers[row]],
             features[piece.feature_ids[row]], piece.known_days[row]}] += piece.events[row];
    }
  });
  return facts;
}

}  // namespace banso::usage
