// Levels set by hand, end to end: through the routes, the book, the mart and the past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_house.hpp"

namespace banso::health {
namespace {

namespace json = platform::json;
using platform::http::Method;

const core::Day last_day = first_day + 120;
const std::string route = "/api/accounts/{id}/health/override";

class LevelsByHand : public testing::Test {
 protected:
  TestHouse house{last_day};
  core::AccountId account;

  void SetUp() override {
    house.write_vendor(4, last_day);
    house.evaluate();
    account = house.id_of(1);
  }

  std::map<std::string, std::string> id() const { return {{"id", std::to_string(account.value)}}; }
  json::value health(std::optional<core::Day> as_of = std::nullopt) {
    std::map<std::string, std::string> query;
    if (as_of) query["as_of"] = core::to_string(*as_of);
    return house.get("/api/accounts/{id}/health", query, id());
  }
  platform::http::Response set(const std::string& body) { return house.ask_raw(Method::post, route, {}, id(), body); }
  json::value row() {
    const auto book = house.get("/api/book");
    for (const auto& item : book.at("items").as_array()) {
      if (item.at("id").as_int64() == account.value) return item;
    }
    return nullptr;
  }
  json::value timeline_of(const platform::http::Routes& routes, std::map<std::string, std::string> query) const {
    platform::http::Request request;
    request.query = std::move(query);
    request.parameters = id();
    request.caller = {core::UserId{77}, "test", core::Role::admin, core::Language::en};
    for (const auto& each : routes) {
      if (each.pattern == "/api/accounts/{id}/timeline") return boost::json::parse(each.handler(request)->body);
    }
    return nullptr;
  }
  // Another than the machine's.
  std::string other_level() { return health().at("machine_level").as_string() == "critical" ? "watch" : "critical"; }
};

TEST_F(LevelsByHand, ShowEverywhereBesideWhatTheMachineThinks) {
  const auto before = health();
  const auto level = other_level();
  const auto answer = set(R"({"level": ")" + level + R"(", "reason": "The sponsor left", "expires_on": ")" +
                          core::to_string(last_day + 10) + "\"}");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto after = health();
  EXPECT_EQ(after.at("level").as_string(), level);
  EXPECT_EQ(after.at("level_basis").as_string(), "manual");
  EXPECT_EQ(after.at("score"), before.at("score"));
  const auto& shown = after.at("override");
  EXPECT_EQ(shown.at("reason").as_string(), "The sponsor left");
  EXPECT_EQ(shown.at("expires_on").as_string(), core::to_string(last_day + 10));
  EXPECT_EQ(shown.at("since").as_string(), core::to_string(last_day));
  EXPECT_EQ(shown.at("author").as_string(), "test");
  EXPECT_EQ(shown.at("machine_level"), before.at("level"));
  EXPECT_EQ(shown.at("machine_score"), before.at("score"));
  EXPECT_TRUE(after.at("sentences").at(0).at("en").as_string().starts_with("The level is set by hand to "));

  house.health->refresh_dirty();
  EXPECT_EQ(row().at("level").as_string(), level);
  EXPECT_EQ(row().at("level_basis").as_string(), "manual");
  house.evaluate();
  EXPECT_EQ(row().at("level").as_string(), level);
  const auto live = house.book_items();
  house.health = Service::make(house.dependencies);
  house.health->start();
  EXPECT_EQ(live, house.book_items());
  house.health->stop();
}

TEST_F(LevelsByHand, AreOnTheTimelineAsKnownThen) {
  ASSERT_EQ(set(R"({"level": "critical", "reason": "The sponsor left"})").status, 200);
  *house.book_day = last_day + 3;
  ASSERT_EQ(house.ask_raw(Method::del, route, {}, id(), "").status, 200);
  const auto titles = [&](std::map<std::string, std::string> query) {
    query["kinds"] = "level";
    const auto timeline = timeline_of(house.customers->routes(), std::move(query));
    std::vector<std::string> found;
    for (const auto& item : timeline.at("items").as_array()) found.emplace_back(item.at("title").as_string());
    return found;
  };
  EXPECT_THAT(titles({}),
              testing::ElementsAre("Level set by hand was lifted: Critical", "Level set by hand: Critical"));
  EXPECT_THAT(titles({{"as_of", core::to_string(last_day + 1)}}), testing::ElementsAre("Level set by hand: Critical"));
}

TEST_F(LevelsByHand, EndByThemselvesAndNothingElseLiftsThem) {
  const auto level = other_level();
  ASSERT_EQ(
      set(R"({"level": ")" + level + R"(", "reason": "r", "expires_on": ")" + core::to_string(last_day + 5) + "\"}")
          .status,
      200);
  *house.book_day = last_day + 5;
  EXPECT_EQ(health().at("level").as_string(), level);
  house.evaluate();
  EXPECT_EQ(row().at("level").as_string(), level);
  *house.book_day = last_day + 6;
  EXPECT_TRUE(health().at("override").is_null());
  house.evaluate();
  EXPECT_EQ(row().at("level_basis").as_string(), "score");
}

TEST_F(LevelsByHand, LeaveThePastAsItWasKnown) {
  const auto level = other_level();
  ASSERT_EQ(set(R"({"level": ")" + level + R"(", "reason": "r"})").status, 200);
  *house.book_day = last_day + 7;
  ASSERT_EQ(house.ask_raw(Method::del, route, {}, id()).status, 200);
  EXPECT_TRUE(health().at("override").is_null());
  EXPECT_EQ(health(last_day + 6).at("level").as_string(), level);
  EXPECT_TRUE(health(last_day + 6).at("override").at("expires_on").is_null());
  EXPECT_TRUE(health(last_day - 1).at("override").is_null());
  EXPECT_EQ(house.ask_raw(Method::del, route, {}, id()).status, 404);
}

TEST_F(LevelsByHand, RefuseWhatCannotBe) {
  EXPECT_EQ(set(R"({"level": "nice", "reason": "r"})").status, 400);
  EXPECT_EQ(set(R"({"level": "critical"})").status, 400);
  EXPECT_EQ(
      set(R"({"level": "critical", "reason": "r", "expires_on": ")" + core::to_string(last_day - 1) + "\"}").status,
      400);
  EXPECT_EQ(
      house.ask_raw(Method::post, route, {}, {{"id", "123456"}}, R"({"level": "critical", "reason": "r"})").status,
      404);
  LevelOverrides overrides(house.records());
  const core::Caller reader{core::UserId{5}, "reader", core::Role::read_only, core::Language::en};
  LevelOverride wanted;
  wanted.account = account;
  EXPECT_EQ(overrides.set(reader, wanted).error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(overrides.lift(reader, account, last_day).error().code, core::ErrorCode::forbidden);
}

TEST(Templates, BecomeDraftsThatCanBePublished) {
  TestHouse house(last_day);
  house.write_vendor(2, last_day);
  house.evaluate();
  const auto list = house.get("/api/definitions/templates");
  const auto& first = list.at("items").at(0);
  const std::string key(first.at("key").as_string());
  const auto made = house.ask(Method::post, "/api/definitions/templates/{key}", {}, {{"key", key}});
  EXPECT_EQ(made.at("drafts").as_int64(), first.at("measures").as_int64() + 1);
  EXPECT_EQ(house.ask_raw(Method::post, "/api/definitions/templates/{key}", {}, {{"key", "nothing"}}).status, 404);
}

}  // namespace
}  // namespace banso::health
