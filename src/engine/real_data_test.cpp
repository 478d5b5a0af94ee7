// Starter definitions on data that nobody here wrote. Skipped where the folder with the data is absent.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "book_builder.hpp"
#include "evaluate.hpp"
#include "explanation.hpp"
#include "starter.hpp"

namespace banso::engine {
namespace {

std::string data_folder() {
  const char* given = std::getenv("BANSO_SHARED_DATA");
  return given != nullptr ? given : BANSO_SOURCE_DIR "/../shared/data";
}

// These files hold no quoted fields; .gz files are unpacked on the way.
std::vector<std::vector<std::string>> read_table(const std::string& name) {
  const std::string path = data_folder() + "/" + name;
  const std::string command = (name.ends_with(".gz") ? "zcat '" : "cat '") + path + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::vector<std::vector<std::string>> rows;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    std::string text(line.data());
    text.erase(text.find_last_not_of("\r\n") + 1);
    std::vector<std::string> cells(1);
    for (const char c : text) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

#define BANSO_NEEDS(file)                                                       \
  if (!std::filesystem::exists(data_folder() + "/" + (file))) {                 \
    GTEST_SKIP() << (file) << " is not here: set BANSO_SHARED_DATA to test it"; \
  }

// The share of pairs (stayed, left) in which the one that stayed scores higher.
double area_under_curve(std::vector<std::pair<double, bool>> score_and_left) {
  std::sort(score_and_left.begin(), score_and_left.end());
  double left = 0, stayed = 0, pairs = 0;
  for (std::size_t i = 0; i < score_and_left.size();) {
    double tied_left = 0, tied_stayed = 0;
    const double score = score_and_left[i].first;
    for (; i < score_and_left.size() && score_and_left[i].first == score; ++i) {
      (score_and_left[i].second ? tied_left : tied_stayed) += 1;
    }
    pairs += tied_stayed * (left + tied_left / 2);
    left += tied_left;
    stayed += tied_stayed;
  }
  return pairs / (left * stayed);
}

constexpr Day telco_day{20'000};

// The customer table, with or without the column that tells who left.
Book telco_book(bool with_outcome, std::vector<bool>& left) {
  const auto rows = read_table("telco/Telco-Customer-Churn.csv");
  BookBuilder builder;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const auto account = builder.add_account(core::AccountId{static_cast<std::int64_t>(row)}, telco_day);
    left.push_back(rows[row].back() == "Yes");
    for (std::size_t column = 1; column < rows[0].size(); ++column) {
      const auto& key = rows[0][column];
      if ((key == "Churn" && !with_outcome) || rows[row][column].find_first_not_of(' ') == std::string::npos) continue;
      const bool is_number = key == "tenure" || key == "MonthlyCharges" || key == "TotalCharges";
      const auto attribute =
          builder.add_attribute({key, {key, key}, is_number ? AttributeType::number : AttributeType::choice});
      if (is_number) {
        builder.set_number(account, attribute, telco_day, std::stod(rows[row][column]));
      } else {
        builder.set_text(account, attribute, telco_day, rows[row][column]);
      }
    }
  }
  return std::move(builder).build();
}

double telco_area(bool with_outcome, Definitions& definitions, std::set<std::string>& levels) {
  std::vector<bool> left;
  const Book book = telco_book(with_outcome, left);
  definitions = starter_definitions(summarise(book, telco_day));
  EXPECT_TRUE(validate(definitions));
  const auto assessments = evaluate(book, definitions, telco_day);
  std::vector<std::pair<double, bool>> judged;
  for (std::size_t account = 0; account < book.size(); ++account) {
    EXPECT_TRUE(assessments.has_score(0, account));
    const auto& card = assessments.scorecards[0];
    judged.emplace_back(card.scores[account].value(), left[account]);
    levels.insert(definitions.scorecards[0].levels[static_cast<std::size_t>(card.levels[account])].key);
  }
  return area_under_curve(std::move(judged));
}

TEST(RealData, TelcoIsScoredByWhatItsTableHolds) {
  BANSO_NEEDS("telco/Telco-Customer-Churn.csv");
  Definitions learned, guessed;
  std::set<std::string> learned_levels, guessed_levels;
  const double with_outcome = telco_area(true, learned, learned_levels);
  const double without = telco_area(false, guessed, guessed_levels);
  RecordProperty("area_with_outcome", std::to_string(with_outcome));
  RecordProperty("area_without_outcome", std::to_string(without));
  EXPECT_GT(with_outcome, 0.80);
  EXPECT_GT(without, 0.70);
  EXPECT_GE(learned_levels.size(), 4u);
  EXPECT_GE(guessed_levels.size(), 3u);
  // The outcome itself must never be a measure.
  EXPECT_FALSE(learned.measure_index("attribute_churn"));
  for (const auto& measure : learned.measures) EXPECT_NE(measure.attribute, "Churn");
}

TEST(RealData, CrmIsScoredByItsUsageAndSeats) {
  BANSO_NEEDS("crm/events_120_accounts.csv.gz");
  BookBuilder builder;
  std::map<std::string, std::string> names;
  for (const auto& row : read_table("crm/event_type.csv")) names[row[0]] = row[1];
  std::map<std::string, std::uint32_t> accounts;
  std::map<std::tuple<std::string, Day, std::string>, std::uint64_t> daily;
  const auto events = read_table("crm/events_120_accounts.csv.gz");
  for (std::size_t row = 1; row < events.size(); ++row) {
    const auto& cells = events[row];
    const Day day = *core::parse_day(cells[1].substr(0, 10));
    const auto account = builder.add_account(core::AccountId{std::stoll(cells[0]) + 1}, day);
    accounts[cells[0]] = account;
    ++daily[{cells[0], day, names[cells[2]]}];
    builder.add_usage(account, {.day = day,
                                .person = builder.person(account, cells[3]),
                                .feature = builder.add_feature({names[cells[2]], names[cells[2]], "", true})});
  }
  const auto subscriptions = read_table("crm/subscription.csv");
  for (std::size_t row = 1; row < subscriptions.size(); ++row) {
    const auto& cells = subscriptions[row];
    const auto account = accounts.find(cells[0]);
    if (account == accounts.end()) continue;
    const Day start = *core::parse_day(cells[2]);
    builder.add(account->second, Subscription{.product = builder.add_product(cells[1]),
                                              .start = start,
                                              .end = *core::parse_day(cells[3]),
                                              .seats = cells[6] == "users" ? std::stoi(cells[5]) : 0,
                                              .mrr_minor = std::stoll(cells[4]) * 100,
                                              .known = {start}});
  }
  const Book book = std::move(builder).build();
  const Day as_of = core::day_from(2023, 6, 1);
  const auto summary = summarise(book, as_of);
  const auto definitions = starter_definitions(summary);
  ASSERT_TRUE(validate(definitions));
  const auto& groups = definitions.scorecards[0].groups;
  ASSERT_EQ(groups.size(), 2u);  // no surveys, tickets, meetings: no such axes
  EXPECT_EQ(groups[0].key, "adoption");
  EXPECT_EQ(groups[0].items[0].measure, "licence_utilisation");
  EXPECT_EQ(groups[1].key, "maturity");

  const auto assessments = evaluate(book, definitions, as_of);
  std::map<int, int> levels;
  for (std::size_t account = 0; account < book.size(); ++account) ++levels[assessments.scorecards[0].levels[account]];
  EXPECT_GE(levels.size(), 4u) << "the starter must tell accounts apart";
  for (const auto& [level, count] : levels)
    EXPECT_LT(count, static_cast<int>(book.size()) * 3 / 4) << "level " << level;
  const auto explanation = explain(book, definitions, assessments, 0, 0);
  EXPECT_NE(explanation.summary.ja.find("スコアを"), std::string::npos) << explanation.summary.ja;

  // Events per day and account equal a plain count of the file.
  Definitions plain;
  plain.measures.push_back({});
  plain.measures[0].key = "events";
  plain.measures[0].name = {"Events", "操作回数"};
  plain.measures[0].aggregate = Aggregate::events;
  plain.measures[0].window_days = 1;
  std::map<std::pair<std::string, Day>, std::uint64_t> per_day;
  for (const auto& [key, count] : daily) per_day[{std::get<0>(key), std::get<1>(key)}] += count;
  std::vector<Day> days;
  for (int i = 0; i < 700; ++i) days.push_back(core::day_from(2022, 1, 1) + i);
  const auto history = evaluate_history(book, plain, days);
  std::uint64_t compared = 0;
  for (const auto& [id, index] : accounts) {
    const auto row = book.index_of(core::AccountId{std::stoll(id) + 1}).value();
    for (std::size_t i = 0; i < days.size(); ++i) {
      const auto found = per_day.find({id, days[i]});
      const double value = history[i].measures[0].values[row];
      if (found == per_day.end()) {
        ASSERT_FALSE(value > 0);
        continue;
      }
      ASSERT_EQ(value, static_cast<double>(found->second)) << id << " " << core::to_string(days[i]);
      ++compared;
    }
  }
  EXPECT_GT(compared, 5'000u);
}

}  // namespace
}  // namespace banso::engine
