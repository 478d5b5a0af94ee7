#include <filesystem>

#include <gtest/gtest.h>

#include "identity.hpp"

namespace banso::identity {
namespace {

using platform::records::Database;

class IdentityTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("banso-identity-" + std::to_string(platform::records::new_id()));
    std::filesystem::create_directories(folder_);
    auto database = Database::open("sqlite:" + (folder_ / "records.db").string());
    database->migrate(migrations());
    service_ = Service::make(database);
  }
  void TearDown() override {
    service_.reset();
    std::filesystem::remove_all(folder_);
  }

  LoggedIn set_up() {
    return *service_->set_up(
        {"Hanako", "Hanako@Example.com", core::Role::read_only, core::Language::ja, "correct horse"}, {});
  }

  std::filesystem::path folder_;
  std::shared_ptr<Service> service_;
};

TEST_F(IdentityTest, TheFirstUserBecomesAdministratorOnce) {
  EXPECT_TRUE(service_->needs_setup());
  const LoggedIn first = set_up();
  EXPECT_EQ(first.user.role, core::Role::admin);
  EXPECT_FALSE(service_->needs_setup());
  const auto second = service_->set_up({"Eve", "eve@example.com", {}, {}, "correct horse"}, {});
  EXPECT_EQ(second.error().code, core::ErrorCode::conflict);
}

TEST_F(IdentityTest, NamesEveryWrongFieldOfASetUp) {
  Workspace workspace;
  workspace.timezone = "Mars/Olympus";
  workspace.reporting_currency = "yen";
  const auto refused = service_->set_up({"", "no address", {}, {}, "short"}, workspace);
  std::vector<std::string> fields;
  for (const auto& field : refused.error().fields) fields.push_back(field.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"name", "email", "password", "reporting_currency", "timezone"}));
}

TEST_F(IdentityTest, LogsInAndOut) {
  set_up();
  const auto logged_in = service_->log_in("hanako@example.com", "correct horse", "::1");
  ASSERT_TRUE(logged_in);
  EXPECT_EQ(service_->user_of_session(logged_in->session_token)->name, "Hanako");
  service_->log_out(logged_in->session_token);
  EXPECT_FALSE(service_->user_of_session(logged_in->session_token));
  EXPECT_FALSE(service_->user_of_session(""));
}

TEST_F(IdentityTest, BrakesGuessing) {
  set_up();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(service_->log_in("hanako@example.com", "wrong", "::1").error().code, core::ErrorCode::unauthenticated);
  }
  EXPECT_EQ(service_->log_in("hanako@example.com", "correct horse", "::1").error().code, core::ErrorCode::limited);
}

TEST_F(IdentityTest, KeepsOneAdministrator) {
  const auto admin = set_up().user;
  UserChange demote;
  demote.role = core::Role::csm;
  EXPECT_EQ(service_->change_user(admin.caller(), admin.id, demote).error().code, core::ErrorCode::conflict);
  const auto second =
      service_->create_user(admin.caller(), {"Ken", "ken@example.com", core::Role::admin, {}, "correct horse"});
  ASSERT_TRUE(second);
  EXPECT_TRUE(service_->change_user(second->caller(), admin.id, demote));
}

TEST_F(IdentityTest, LetsPeopleChangeThemselvesOnly) {
  const auto admin = set_up().user;
  const auto csm =
      *service_->create_user(admin.caller(), {"Ken", "ken@example.com", core::Role::csm, {}, "correct horse"});
  UserChange rename;
  rename.name = "Kenji";
  EXPECT_EQ(service_->change_user(csm.caller(), csm.id, rename)->name, "Kenji");
  EXPECT_EQ(service_->change_user(csm.caller(), admin.id, rename).error().code, core::ErrorCode::forbidden);
  UserChange promote;
  promote.role = core::Role::admin;
  EXPECT_EQ(service_->change_user(csm.caller(), csm.id, promote).error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(
      service_->create_user(csm.caller(), {"X", "x@example.com", core::Role::csm, {}, "correct horse"}).error().code,
      core::ErrorCode::forbidden);
  EXPECT_EQ(service_->set_password(csm.caller(), csm.id, "another horse", "wrong").error().fields.front().field,
            "current_password");
  EXPECT_TRUE(service_->set_password(csm.caller(), csm.id, "another horse", "correct horse"));
}

TEST_F(IdentityTest, DisablingEndsSessions) {
  const auto admin = set_up().user;
  const auto csm =
      *service_->create_user(admin.caller(), {"Ken", "ken@example.com", core::Role::csm, {}, "correct horse"});
  const auto session = service_->log_in("ken@example.com", "correct horse", "::1")->session_token;
  UserChange disable;
  disable.disabled = true;
  ASSERT_TRUE(service_->change_user(admin.caller(), csm.id, disable));
  EXPECT_FALSE(service_->user_of_session(session));
  EXPECT_FALSE(service_->log_in("ken@example.com", "correct horse", "::1"));
}

// Berlin: 1:00 UTC on 28 March and on 31 October 2027.
TEST(Clock, KnowsDaylightSavingAtAnyMoment) {
  const auto at = [](int month, int day, int hour) {
    return core::Instant{core::start_of(core::day_from(2027, month, day)).microseconds +
                         hour * 3'600 * core::microseconds_per_second};
  };
  EXPECT_EQ(offset_minutes_at("Europe/Berlin", {at(3, 28, 1).microseconds - 1'000'000}), 60);
  EXPECT_EQ(offset_minutes_at("Europe/Berlin", at(3, 28, 1)), 120);
  EXPECT_EQ(offset_minutes_at("Europe/Berlin", {at(10, 31, 1).microseconds - 1'000'000}), 120);
  EXPECT_EQ(offset_minutes_at("Europe/Berlin", at(10, 31, 1)), 60);
  EXPECT_EQ(offset_minutes_at("Asia/Tokyo", at(7, 1, 0)), 540);
}

TEST_F(IdentityTest, FixesTheBookDayForHistoricalData) {
  const auto admin = set_up().user;
  WorkspaceChange fix;
  fix.fixed_book_day = core::day_from(2023, 12, 31);
  ASSERT_TRUE(service_->change_workspace(admin.caller(), fix));
  EXPECT_EQ(service_->workspace().book_day(), core::day_from(2023, 12, 31));
  EXPECT_EQ(service_->workspace().offset_minutes(), 540);
}

}  // namespace
}  // namespace banso::identity
