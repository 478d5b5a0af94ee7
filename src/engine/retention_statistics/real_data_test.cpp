// Published figures on data that nobody here wrote. Skipped where the folder with the data is absent.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "cohort_triangle.hpp"
#include "hazard_by_age.hpp"
#include "log_rank.hpp"
#include "shifted_beta_geometric.hpp"
#include "survival.hpp"
#include "test_tables.hpp"

namespace banso::engine::retention_statistics {
namespace {

TEST(RealData, TelephoneCompanySurvival) {
  BANSO_NEEDS("telco/Telco-Customer-Churn.csv");
  const Table table("telco/Telco-Customer-Churn.csv");
  std::vector<Lifetime> lifetimes;
  const std::map<std::string, std::uint32_t> contracts{{"Month-to-month", 0}, {"One year", 1}, {"Two year", 2}};
  for (std::size_t row = 0; row < table.size(); ++row)
    lifetimes.push_back({from_the_begin, table.number(row, "tenure"), table.text(row, "Churn") == "Yes",
                         contracts.at(table.text(row, "Contract"))});
  const SurvivalCurve curve = survival_curve(lifetimes);
  EXPECT_EQ(curve.customers(), 7043u);
  EXPECT_EQ(curve.ended(), 1869u);
  EXPECT_NEAR(*curve.survival_at(12), 0.843200, 5e-7);
  EXPECT_NEAR(*curve.survival_at(24), 0.788736, 5e-7);
  EXPECT_NEAR(*curve.survival_at(72), 0.592790, 5e-7);
  EXPECT_FALSE(curve.median().value.has_value());
  const LogRank test = log_rank(lifetimes, 3);
  EXPECT_EQ(test.degrees_of_freedom, 2);
  EXPECT_LT(test.p_value, 1e-300);
  // Customers leave most in their first month, and with a contract of two years hardly ever.
  const auto hazard = hazard_by_age(lifetimes, 12);
  EXPECT_GT(hazard[0].interval.low, hazard[1].interval.high);
}

TEST(RealData, PrisonersReleased) {
  BANSO_NEEDS("survival/rossi.csv");
  const Table table("survival/rossi.csv");
  std::vector<Lifetime> lifetimes;
  for (std::size_t row = 0; row < table.size(); ++row)
    lifetimes.push_back({from_the_begin, table.number(row, "week"), table.number(row, "arrest") == 1, 0});
  // Everybody was followed to week 52, so that Kaplan-Meier is the plain share of those not arrested, 0.736111. The
  // folder's README prints 0.736410, which is close to exp(-cumulative hazard) with ties broken one by one (0.736416),
  // another estimator.
  const SurvivalCurve curve = survival_curve(lifetimes);
  EXPECT_NEAR(*curve.survival_at(52), 318.0 / 432, 1e-12);
  EXPECT_NEAR(std::exp(-curve.at(52)->cumulative_hazard), 0.737029, 5e-7);
}

TEST(RealData, WaltonsFlies) {
  BANSO_NEEDS("survival/waltons_dataset.csv");
  const Table table("survival/waltons_dataset.csv");
  std::vector<Lifetime> lifetimes;
  for (std::size_t row = 0; row < table.size(); ++row)
    lifetimes.push_back({from_the_begin, table.number(row, "T"), table.number(row, "E") == 1,
                         table.text(row, "group") == "control" ? 0u : 1u});
  EXPECT_EQ(survival_curve(lifetimes).median().value, 56);
  // As printed in the documentation of lifelines.
  const LogRank test = log_rank(lifetimes, 2);
  EXPECT_NEAR(test.chi_square, 122.25, 5e-3);
}

TEST(RealData, JanuaryBuyersByMonth) {
  BANSO_NEEDS("cdnow/CDNOW_master.txt.gz");
  const std::string command = "zcat '" + data_folder() + "/cdnow/CDNOW_master.txt.gz'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 256> line{};
  std::map<int, std::uint32_t> members;
  std::vector<core::Day> begins;
  std::vector<Observation> purchases;
  std::int64_t cents = 0;
  while (std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    int customer = 0, date = 0, units = 0, dollars = 0, rest = 0;
    if (std::sscanf(line.data(), "%d %d %d %d.%d", &customer, &date, &units, &dollars, &rest) != 5) continue;
    const core::Day day = core::day_from(date / 10000, date / 100 % 100, date % 100);
    const auto member = members.try_emplace(customer, static_cast<std::uint32_t>(begins.size())).first->second;
    if (member == begins.size()) begins.push_back(day);
    begins[member] = std::min(begins[member], day);
    purchases.push_back({member, day, dollars * 100 + rest});
    cents += purchases.back().amount;
  }
  ASSERT_EQ(purchases.size(), 69659u);
  const CohortTriangle triangle =
      cohort_triangle(begins, purchases, Calendar(Grain::month), core::day_from(1998, 6, 30));
  ASSERT_FALSE(triangle.cohorts.empty());
  const Cohort& january = triangle.cohorts.front();
  EXPECT_EQ(january.begin, core::day_from(1997, 1, 1));
  EXPECT_EQ(january.size, 7846);
  const std::int64_t published[] = {7846, 1157, 964, 810, 679};
  for (std::size_t age = 0; age < 5; ++age) EXPECT_EQ(january.cells[age].members, published[age]);
  EXPECT_FALSE(triangle.last_is_partial);
  std::int64_t added = 0;
  for (const Cohort& cohort : triangle.cohorts)
    for (const CohortCell& cell : cohort.cells) added += cell.amount;
  EXPECT_EQ(added, cents);
}

TEST(RealData, OnlineCourses) {
  BANSO_NEEDS("oulad/student.csv.gz");
  const Table courses("oulad/course.csv"), students("oulad/student.csv.gz");
  const Table registrations("oulad/student_registration.csv.gz");
  const auto course_of = [](const Table& table, std::size_t row) {
    return table.text(row, "code_module") + " " + table.text(row, "code_presentation");
  };
  std::map<std::string, int> lengths;
  for (std::size_t row = 0; row < courses.size(); ++row)
    lengths[course_of(courses, row)] = static_cast<int>(courses.number(row, "module_presentation_length"));
  std::map<std::string, std::string> results;
  std::map<std::string, int> counts;
  for (std::size_t row = 0; row < students.size(); ++row) {
    const std::string& result = students.text(row, "final_result");
    results[course_of(students, row) + " " + students.text(row, "id_student")] = result;
    ++counts[result];
  }
  EXPECT_EQ(counts,
            (std::map<std::string, int>{{"Pass", 12361}, {"Withdrawn", 10156}, {"Fail", 7052}, {"Distinction", 3024}}));

  // A course begins on its day 0; who registers later is seen from then on.
  const core::Day day_zero = core::day_from(2013, 10, 1);
  std::map<std::string, std::vector<CustomerSpan>> spans;
  for (std::size_t row = 0; row < registrations.size(); ++row) {
    const auto day = [&](const char* column) -> std::optional<core::Day> {
      if (registrations.text(row, column) == "NA") return std::nullopt;
      return day_zero + static_cast<int>(registrations.number(row, column));
    };
    const std::string course = course_of(registrations, row);
    const std::optional<core::Day> end = day("date_unregistration");
    const bool left = end || results.at(course + " " + registrations.text(row, "id_student")) == "Withdrawn";
    spans[course].push_back({day_zero, end, left, day("date_registration"), 0});
  }
  ObservedLifetimes all;
  for (const auto& [course, of_course] : spans) {
    const ObservedLifetimes observed = observe(of_course, day_zero + lengths.at(course), AgeUnit::day);
    all.lifetimes.insert(all.lifetimes.end(), observed.lifetimes.begin(), observed.lifetimes.end());
    all.left_out.add(observed.left_out);
  }
  EXPECT_EQ(all.left_out.ended_before_begin, 3097u);
  EXPECT_EQ(all.left_out.ended_without_day, 93u);
  EXPECT_EQ(all.lifetimes.size() + all.left_out.total(), 32593u);
  const SurvivalCurve curve = survival_curve(all.lifetimes);
  EXPECT_EQ(curve.left_out(), 0u);
  EXPECT_GT(*curve.survival_at(200), 0.7);
  EXPECT_LT(*curve.survival_at(200), 0.8);
}

}  // namespace
}  // namespace banso::engine::retention_statistics
