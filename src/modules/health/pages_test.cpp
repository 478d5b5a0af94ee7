// What the routes answer: account health and the walk to its rows, home, export, preview.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "export_csv.hpp"
#include "test_house.hpp"

namespace banso::health {
namespace {

namespace json = platform::json;
using platform::http::Method;

const core::Day last_day = first_day + 200;

class PagesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    house_ = std::make_unique<TestHouse>(last_day);
    house_->write_vendor(12, last_day);
    house_->evaluate();
  }
  static void TearDownTestSuite() { house_.reset(); }

  std::map<std::string, std::string> account(int number) {
    return {{"id", std::to_string(house_->id_of(number).value)}};
  }

  static std::unique_ptr<TestHouse> house_;
};
std::unique_ptr<TestHouse> PagesTest::house_;

TEST_F(PagesTest, ContributionsAddUpToTheScoreOfTheBook) {
  const auto book = house_->get("/api/book", {{"limit", "100"}});
  for (const auto& item : book.at("items").as_array()) {
    const auto health =
        house_->get("/api/accounts/{id}/health", {}, {{"id", std::to_string(item.at("id").as_int64())}});
    double sum = 0;
    for (const auto& group : health.at("groups").as_array()) {
      for (const auto& measure : group.at("measures").as_array()) sum += measure.at("contribution").to_number<double>();
    }
    EXPECT_NEAR(sum, health.at("score").to_number<double>(), 1e-3);
    EXPECT_EQ(health.at("score"), item.at("score"));
    EXPECT_EQ(health.at("level"), item.at("level"));
    if (health.at("change_28d").is_null()) continue;
    double change = 0;
    for (const auto& part : health.at("change_28d").at("parts").as_array())
      change += part.at("delta").to_number<double>();
    EXPECT_NEAR(change, health.at("change_28d").at("delta").to_number<double>(), 1e-3);
  }
}

TEST_F(PagesTest, HistoryEndsWithTodaysScore) {
  const auto health = house_->get("/api/accounts/{id}/health", {}, account(2));
  for (const char* step : {"day", "week"}) {
    const auto history = house_->get("/api/accounts/{id}/health/history", {{"step", step}}, account(2));
    const auto& days = history.at("days").as_array();
    EXPECT_EQ(days.back().as_string(), core::to_string(last_day));
    EXPECT_EQ(history.at("score").as_array().back(), health.at("score"));
    EXPECT_EQ(history.at("score").as_array().size(), days.size());
    EXPECT_EQ(history.at("versions").as_array().size(), days.size());
  }
  EXPECT_EQ(house_->get("/api/accounts/{id}/health/history", {{"step", "year"}}, account(2)).at("status").as_int64(),
            400);
}

TEST_F(PagesTest, ChangesSayWhatMovedTheScore) {
  int lines = 0;
  for (int number = 0; number < 12; ++number) {
    const auto changes = house_->get("/api/accounts/{id}/health/changes", {}, account(number));
    for (const auto& item : changes.at("items").as_array()) {
      ++lines;
      double sum = 0;
      for (const auto& part : item.at("parts").as_array()) sum += part.at("delta").to_number<double>();
      EXPECT_NEAR(item.at("from_score").to_number<double>() + sum, item.at("to_score").to_number<double>(), 1e-3);
    }
  }
  EXPECT_GT(lines, 0);
}

// Down to the rows: what is listed is what was counted.
TEST_F(PagesTest, AMeasureRestsOnItsRows) {
  const auto summaries = house_->definitions->list("measure");
  int checked = 0;
  for (const auto& summary : summaries) {
    auto parameters = account(4);
    parameters["key"] = summary.name.key;
    const auto walk = house_->get("/api/accounts/{id}/health/measures/{key}", {{"limit", "1000"}}, parameters);
    const auto& measure = walk.at("measure").as_object();
    const auto& rows = walk.at("rows").as_object();
    EXPECT_EQ(walk.at("history").at("values").as_array().size(), walk.at("history").at("days").as_array().size());
    const bool is_plain = !measure.contains("divide_by") && !measure.contains("compare") && walk.at("state") == "ok";
    if (is_plain && measure.at("source") == "usage" && measure.at("aggregate") == "people") {
      std::set<std::string> people;
      for (const auto& row : rows.at("items").as_array()) {
        if (!row.at("user_key").is_null()) people.insert(std::string(row.at("user_key").as_string()));
      }
      EXPECT_EQ(static_cast<std::int64_t>(people.size()), walk.at("value").as_int64()) << summary.name.key;
      ++checked;
    }
    if (is_plain && measure.at("source") == "tickets" && measure.at("aggregate") == "open") {
      EXPECT_EQ(rows.at("total").as_int64(), walk.at("value").as_int64()) << summary.name.key;
      ++checked;
    }
  }
  EXPECT_GE(checked, 2);
  auto parameters = account(4);
  parameters["key"] = "nothing";
  EXPECT_EQ(house_->get("/api/accounts/{id}/health/measures/{key}", {}, parameters).at("status").as_int64(), 404);
}

TEST_F(PagesTest, AnAccountThatWasNotThereIsNotFound) {
  EXPECT_EQ(house_->get("/api/accounts/{id}/health", {{"as_of", "2020-01-01"}}, account(1)).at("status").as_int64(),
            404);
}

TEST_F(PagesTest, HomeCountsWhatTheBookHolds) {
  const auto home = house_->get("/api/home");
  EXPECT_EQ(home.at("totals").at("accounts").as_int64(), 12);
  const auto& freshness = home.at("freshness").as_array();
  EXPECT_EQ(freshness.at(0).at("source").as_string(), "usage");
  EXPECT_EQ(freshness.at(0).at("last_at").as_string(), core::to_string(last_day));
  EXPECT_EQ(freshness.at(0).at("status").as_string(), "ok");
  EXPECT_EQ(house_->get("/api/home", {{"mine", "true"}}).at("totals").at("accounts").as_int64(), 0);
}

TEST_F(PagesTest, FieldsCanAllBeSortedByAndExported) {
  const auto fields = house_->get("/api/book/fields");
  std::string all;
  for (const auto& field : fields.at("items").as_array()) {
    const std::string key(field.at("key").as_string());
    all += (all.empty() ? "" : ",") + key;
    EXPECT_EQ(house_->get("/api/book", {{"sort", "-" + key}}).at("total").as_int64(), 12) << key;
    EXPECT_FALSE(field.at("name").at("ja").as_string().empty()) << key;
  }
  const auto response = house_->ask_raw(Method::get, "/api/book/export.csv", {{"columns", all}, {"sort", "name"}});
  std::string csv, chunk;
  while (response.stream(chunk)) csv += chunk;
  csv += chunk;
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
}

TEST_F(PagesTest, CellsCannotBecomeFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_cell("-5 stars"), "'-5 stars");
  EXPECT_EQ(csv_cell("東京"), "東京");
}

TEST_F(PagesTest, APreviewOfTheSameChangesNothing) {
  const definitions::Name card{"scorecard", house_->definitions->list("scorecard").at(0).name.key};
  auto body = boost::json::parse(*house_->definitions->get(card)->body);
  const auto ask = [&] {
    return house_->ask(Method::post, "/api/definitions/preview", {}, {},
                       json::serialize(json::object{{"kind", card.kind}, {"key", card.key}, {"body", body}}));
  };
  EXPECT_EQ(ask().at("moved_total").as_int64(), 0);
  for (auto& level : body.at("levels").as_array()) {
    if (level.at("from").to_number<double>() > 0) level.at("from") = level.at("from").to_number<double>() / 1000;
  }
  const auto all_up = ask();
  EXPECT_GT(all_up.at("moved_total").as_int64(), 0);
  EXPECT_EQ(all_up.at("after").at(0).at("count").as_int64(), 12);
  body.at("groups").at(0).at("weight") = -1;
  EXPECT_EQ(ask().at("status").as_int64(), 400);
}

TEST_F(PagesTest, APreviewOfAMeasureTellsItsValuesOverTheBook) {
  const auto ask = [&](const char* body) {
    const auto draft = boost::json::parse(body);
    return house_
        ->ask(Method::post, "/api/definitions/preview", {}, {},
              json::serialize(json::object{{"kind", "measure"}, {"key", "years_with_us"}, {"body", draft}}))
        .at("measures")
        .at(0);
  };
  const auto sample = ask(R"({"key": "years_with_us", "name": {"en": "Age", "ja": "利用日数"}, "source": "account",
                              "aggregate": "age", "unit": "days", "better": "higher"})");
  std::int64_t counted = 0, without = 0;
  for (const auto& bin : sample.at("histogram").as_array()) counted += bin.at("accounts").as_int64();
  for (const auto& reason : sample.at("without_value").as_array()) without += reason.at("accounts").as_int64();
  EXPECT_GT(counted, 0);
  EXPECT_EQ(sample.at("with_value").as_int64(), counted);
  EXPECT_EQ(counted + without, 12);
  EXPECT_EQ(sample.at("accounts").as_array().size(), 12U);
  EXPECT_LE(sample.at("spread").at("p25").to_number<double>(), sample.at("spread").at("median").to_number<double>());

  const auto words = ask(R"({"key": "years_with_us", "name": {"en": "Plan", "ja": "プラン"}, "source": "attribute",
                             "aggregate": "value", "attribute": "plan", "unit": "count", "better": "neither"})");
  EXPECT_TRUE(words.at("spread").is_null());
  EXPECT_TRUE(words.at("histogram").as_array().empty());
}

TEST_F(PagesTest, ProposesTheSameStarterDefinitionsForTheSameData) {
  EXPECT_EQ(house_->ask(Method::post, "/api/definitions/starter").at("drafts").as_int64(), 0);
}

}  // namespace
}  // namespace banso::health
