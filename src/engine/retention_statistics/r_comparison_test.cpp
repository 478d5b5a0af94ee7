// The same samples through R's survival package. Skipped, with a word, where R or the package is not installed.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

#include "log_rank.hpp"
#include "survival.hpp"
#include "test_tables.hpp"

namespace banso::engine::retention_statistics {
namespace {

constexpr double tolerance = 1e-9;

bool has_r() {
  static const bool found = std::system("Rscript -e 'library(survival)' >/dev/null 2>&1") == 0;
  return found;
}

// Runs over all samples in one process, because starting R takes longer than all the rest. The score test of a Cox
// model with exact ties is the log-rank test, and unlike survdiff takes late entries. times are not rounded (timefix),
// because neither does Banso.
constexpr const char* script = R"R(
suppressMessages(library(survival))
all <- read.csv(commandArgs(TRUE)[1])
say <- function(...) cat(sprintf("%.17g", c(...)), "\n")
for (id in unique(all$sample)) {
  d <- all[all$sample == id, ]
  late <- any(is.finite(d$entry))
  what <- if (late) Surv(pmax(d$entry, -1), d$exit, d$ended) else Surv(d$exit, d$ended)
  for (type in c("plain", "log", "log-log")) {
    f <- survfit(what ~ 1, conf.type = type, timefix = FALSE)
    cat("curve", id, type, length(f$time), "\n")
    for (i in seq_along(f$time))
      say(f$time[i], f$n.risk[i], f$n.event[i], f$n.censor[i], f$surv[i], f$std.err[i], f$lower[i], f$upper[i],
          f$cumhaz[i], f$std.chaz[i])
    until <- max(f$time) * 0.8
    table <- summary(f, rmean = until)$table
    say(until, table["rmean"], table["se(rmean)"], table["median"], table[length(table) - 1], table[length(table)])
  }
  groups <- factor(d$group)
  if (nlevels(groups) > 1) {
    chisq <- NA
    if (late) {
      if (nrow(d) <= 60) chisq <- coxph(what ~ groups, ties = "exact", timefix = FALSE,
                                        control = coxph.control(iter.max = 0, timefix = FALSE))$score
    } else {
      chisq <- survdiff(what ~ groups)$chisq
    }
    cat("logrank", id, sprintf("%.17g", chisq), sprintf("%.17g", pchisq(chisq, nlevels(groups) - 1, lower.tail = FALSE)),
        nlevels(groups) - 1, "\n")
  }
}
)R";

struct Sample {
  std::string name;
  std::vector<Lifetime> lifetimes;
};

class RSays {
 public:
  explicit RSays(const std::vector<Sample>& samples) {
    const auto folder = std::filesystem::temp_directory_path() / ("banso_r_" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "script.R") << script;
    {
      std::ofstream file(folder / "samples.csv");
      file.precision(17);
      file << "sample,entry,exit,ended,group\n";
      for (std::size_t i = 0; i < samples.size(); ++i)
        for (const Lifetime& life : samples[i].lifetimes) {
          file << i << ',';
          if (life.entry == from_the_begin)
            file << "-Inf";
          else
            file << life.entry;
          file << ',' << life.exit << ',' << life.ended << ',' << life.group << '\n';
        }
    }
    const std::string command = "Rscript '" + (folder / "script.R").string() + "' '" +
                                (folder / "samples.csv").string() + "' 2>'" + (folder / "faults").string() + "' >'" +
                                (folder / "answer").string() + "'";
    exit_code_ = std::system(command.c_str());
    std::ifstream(folder / "answer") >> answer_.rdbuf();
    std::ostringstream faults;
    faults << std::ifstream(folder / "faults").rdbuf();
    faults_ = faults.str();
    std::filesystem::remove_all(folder);
  }

  int exit_code() const { return exit_code_; }
  const std::string& faults() const { return faults_; }
  bool next_line(std::vector<std::string>& words) {
    std::string line;
    words.clear();
    if (!std::getline(answer_, line)) return false;
    std::istringstream stream(line);
    for (std::string word; stream >> word;) words.push_back(word);
    return true;
  }

 private:
  int exit_code_ = 0;
  std::stringstream answer_;
  std::string faults_;
};

// Relative where values are large, and "not a number" equals what Banso does not say.
void expect_same(const std::string& theirs, std::optional<double> ours, const std::string& where) {
  if (theirs == "NA" || theirs == "NaN") {
    EXPECT_FALSE(ours.has_value() && std::isfinite(*ours)) << where << " has no value in R, here " << *ours;
    return;
  }
  ASSERT_TRUE(ours.has_value()) << where << " is " << theirs << " in R";
  const double value = std::stod(theirs);
  if (std::isinf(value)) {
    EXPECT_TRUE(std::isinf(*ours)) << where;
    return;
  }
  EXPECT_NEAR(*ours, value, tolerance * std::max(1.0, std::abs(value))) << where;
}

std::vector<Sample> samples() {
  std::vector<Sample> all;
  std::mt19937 random(2026);
  const auto add_parts = [&](const std::string& name, const std::vector<Lifetime>& lifetimes, int parts) {
    for (int part = 0; part < parts; ++part) {
      Sample plain{name, {}}, truncated{name + ", late entries", {}};
      const std::size_t size = part == 0 ? 40 : 10 + random() % 400;
      for (std::size_t i = 0; i < size; ++i) {
        Lifetime life = lifetimes[random() % lifetimes.size()];
        plain.lifetimes.push_back(life);
        life.entry = std::floor(life.exit * std::uniform_real_distribution<double>(0, 1)(random));
        if (life.entry < life.exit) truncated.lifetimes.push_back(life);
      }
      all.push_back(std::move(plain));
      all.push_back(std::move(truncated));
    }
  };
  const auto read = [](const std::string& file, const std::string& time, const std::string& event,
                       const std::function<std::uint32_t(const Table&, std::size_t)>& group) {
    const Table table(file);
    std::vector<Lifetime> lifetimes;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const std::string& ended = table.text(row, event);
      lifetimes.push_back({from_the_begin, table.number(row, time),
                           ended == "1" || ended == "1.0" || ended == "yes" || ended == "Yes", group(table, row)});
    }
    return lifetimes;
  };
  add_parts("rossi",
            read("survival/rossi.csv", "week", "arrest", [](auto& t, auto row) { return t.text(row, "fin") == "1"; }),
            3);
  add_parts("larynx",
            read("survival/larynx.csv", "time", "death",
                 [](auto& t, auto row) {
                   return t.text(row, "Stage_II") == "1"    ? 1u
                          : t.text(row, "Stage_III") == "1" ? 2u
                          : t.text(row, "Stage_IV") == "1"  ? 3u
                                                            : 0u;
                 }),
            3);
  add_parts("waltons",
            read("survival/waltons_dataset.csv", "T", "E",
                 [](auto& t, auto row) { return t.text(row, "group") == "control"; }),
            3);
  add_parts("saas",
            read("saas-survival/churn.csv", "months_active", "churned",
                 [](auto& t, auto row) { return t.text(row, "company_size") == "10-50" ? 1u : 0u; }),
            4);
  add_parts("churn",
            read("churn/churn_3333.csv", "account_length", "churn",
                 [](auto& t, auto row) {
                   return static_cast<std::uint32_t>(std::min(3.0, t.number(row, "number_customer_service_calls")));
                 }),
            4);
  add_parts("telco",
            read("telco/Telco-Customer-Churn.csv", "tenure", "Churn",
                 [](auto& t, auto row) { return t.text(row, "Contract").size() % 3 == 0 ? 1u : 0u; }),
            4);
  return all;
}

void compare_curve(const Sample& sample, const std::vector<std::string>& head, RSays& says) {
  const BandScale scale = head[2] == "plain" ? BandScale::plain
                          : head[2] == "log" ? BandScale::log
                                             : BandScale::log_log;
  const SurvivalCurve curve = survival_curve(sample.lifetimes, {scale, 0.95});
  const std::string where = sample.name + " " + head[2];
  ASSERT_EQ(curve.points().size(), std::stoul(head[3])) << where;
  std::vector<std::string> row;
  for (const SurvivalPoint& point : curve.points()) {
    ASSERT_TRUE(says.next_line(row));
    const std::string here = where + " at " + row[0];
    expect_same(row[0], point.time, here);
    expect_same(row[1], double(point.at_risk), here + " at risk");
    expect_same(row[2], double(point.ended), here + " ended");
    expect_same(row[3], double(point.censored), here + " censored");
    expect_same(row[4], point.survival, here + " survival");
    expect_same(row[5], point.log_standard_error, here + " standard error");
    const auto band = [&](double Band::*end) { return point.band ? std::optional((*point.band).*end) : std::nullopt; };
    expect_same(row[6], band(&Band::low), here + " low");
    expect_same(row[7], band(&Band::high), here + " high");
    expect_same(row[8], point.cumulative_hazard, here + " hazard");
    expect_same(row[9], point.hazard_standard_error, here + " hazard's standard error");
  }
  ASSERT_TRUE(says.next_line(row));
  const RestrictedMean mean = curve.restricted_mean(std::stod(row[0]));
  expect_same(row[1], mean.value, where + " mean");
  expect_same(row[2], mean.standard_error, where + " mean's standard error");
  const Quantile median = curve.median();
  expect_same(row[3], median.value, where + " median");
  expect_same(row[4], median.low, where + " median low");
  expect_same(row[5], median.high, where + " median high");
}

TEST(RComparison, CurvesBandsAndTests) {
  if (!has_r()) GTEST_SKIP() << "R with the package survival (Debian: r-cran-survival) is not here";
  BANSO_NEEDS("survival/rossi.csv");
  const std::vector<Sample> all = samples();
  RSays says(all);
  ASSERT_EQ(says.exit_code(), 0) << says.faults();
  int curves = 0, tests = 0, late_tests = 0;
  for (std::vector<std::string> words; says.next_line(words);) {
    const Sample& sample = all[std::stoul(words[1])];
    if (words[0] == "curve") {
      ++curves;
      compare_curve(sample, words, says);
      if (HasFatalFailure()) return;
    } else if (words[2] != "NA") {
      ++tests;
      late_tests += sample.name.ends_with("late entries");
      const LogRank test = log_rank(sample.lifetimes, 4);
      expect_same(words[2], test.chi_square, sample.name + " chi-square");
      expect_same(words[3], test.p_value, sample.name + " p");
      EXPECT_EQ(test.degrees_of_freedom, std::stoi(words[4])) << sample.name;
    }
  }
  EXPECT_EQ(curves, static_cast<int>(3 * all.size()));
  EXPECT_GT(tests, 20);
  EXPECT_GE(late_tests, 4);
}

}  // namespace
}  // namespace banso::engine::retention_statistics
