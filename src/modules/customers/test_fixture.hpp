// What the tests of this module share: a fresh database, a service with a known user, shorthand for rows and calls.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/customers/customers.hpp"
#include "platform/json/json.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::customers {

using core::BatchOptions;
using core::Caller;
using core::Day;
using core::Instant;
using core::KnownBy;
using core::RowResult;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr int tokyo_minutes = 540;

class CustomersFixture : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    database()->migrate(migrations());
    Surroundings surroundings;
    surroundings.user_name = [](core::UserId user) -> std::optional<std::string> {
      return user.value == 5 ? std::optional<std::string>("佐藤 花子") : std::nullopt;
    };
    surroundings.find_user = [](std::string_view text) -> std::optional<core::UserId> {
      return text == "hanako@vendor.example" ? std::optional(core::UserId{5}) : std::nullopt;
    };
    surroundings.utc_offset_minutes = [] { return tokyo_minutes; };
    service_ = Service::make(database(), surroundings);
  }

  static Provenance by(core::Role role = core::Role::admin, core::ImportId import = {}) {
    Caller caller;
    caller.name = "試験";
    caller.role = role;
    auto provenance = Provenance::by(caller, "because");
    provenance.import = import;
    return provenance;
  }

  static AccountInput account(std::string external_id, std::string name) {
    AccountInput input;
    input.external_id = std::move(external_id);
    input.name = std::move(name);
    return input;
  }

  std::vector<core::RowOutcome> write(std::vector<AccountInput> rows, BatchOptions options = {},
                                      const Provenance& provenance = by()) {
    return service_->upsert_accounts(provenance, rows, options).value();
  }

  core::AccountId id_of(const std::string& external_id) {
    return service_->accounts_by_external_id(std::vector<std::string>{external_id})[external_id];
  }

  std::vector<AccountFact> account_facts(const Selection& selection = {}) {
    std::vector<AccountFact> facts;
    service_->each_account(selection, [&](const AccountFact& fact) { facts.push_back(fact); });
    return facts;
  }

  std::vector<BookRow> book() {
    std::vector<BookRow> rows;
    service_->each_book_row({}, [&](const BookRow& row) { rows.push_back(row); });
    return rows;
  }

  // What the API answers, as the caller of that role.
  core::Result<boost::json::value> call(platform::http::Method method, const std::string& pattern,
                                        std::map<std::string, std::string> parameters, const std::string& body = "",
                                        std::map<std::string, std::string> query = {},
                                        core::Role role = core::Role::admin) {
    for (const auto& route : service_->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      platform::http::Request request;
      request.method = method;
      request.parameters = std::move(parameters);
      request.query = std::move(query);
      request.body = body;
      request.caller = by(role).caller;
      auto response = route.handler(request);
      if (!response) return core::Error(response.error());
      return response->body.empty() ? boost::json::value() : boost::json::parse(response->body);
    }
    ADD_FAILURE() << "no route " << pattern;
    return core::Error::not_found({"", ""});
  }

  std::shared_ptr<Service> service_;
};

using platform::http::Method;

inline Instant at(int year, int month, int day) {
  return core::start_of(core::day_from(year, month, day), tokyo_minutes);
}
inline Day on(int year, int month, int day) {
  return core::day_from(year, month, day);
}

}  // namespace banso::customers
