// The revenue ledger: 1,000,000 subscriptions over 60 months in 125,000 accounts.
//   revenue.full_s         all movements, and every figure of every month by everything, product, plan, first month,
//   segment,
//                          owner, team, region and industry
//   revenue.one_change_ms  one account's contracts replaced, and the figures of a year read again (95th percentile)
//   revenue.peak_gib       memory of this program until then
//   revenue.vs_postgres    the same figures and movements as SQL in PostgreSQL; the two must agree to the last unit
// Making contracts and loading tables is not timed. Without --full there are 60,000 subscriptions.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/os.h>

#include "support/figure.hpp"
#include "support/options.hpp"
#include "support/parallel.hpp"
#include "support/postgres_scripts.hpp"
#include "support/revenue_sql.hpp"
#include "support/simulated_contracts.hpp"

namespace {

using namespace banso;
using namespace banso::engine::revenue;

constexpr int threads = 4;
constexpr std::size_t all_terms = 1'000'000, some_terms = 60'000;
constexpr int repetitions = 3;
constexpr int changes = 400;
constexpr double full_target_s = 2, change_target_ms = 200, postgres_target = 20;

const ParallelFor on_all_cores = [](std::size_t count, const auto& body) { bench::parallel_for(threads, count, body); };

// Of all threads: what is left to compare where others use the machine.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
}

// Every figure of every month, value and dimension.
std::size_t read_all(const Ledger& ledger) {
  std::size_t cells = 0;
  for (const auto& dimension : ledger.dimensions()) {
    for (std::uint32_t value = 0; value < ledger.value_count(dimension); ++value) {
      cells += ledger.figures_by_month(dimension, value, ledger.months()).size();
    }
  }
  return cells;
}

// The best of some runs: others use the machine too.
double measure_full(const LedgerInput& input) {
  double best_s = 0;
  for (int i = 0; i < repetitions; ++i) {
    auto copy = input;
    std::size_t cells = 0;
    std::optional<Ledger> ledger;
    const double cpu_before_s = cpu_seconds();
    const double build_s = bench::seconds_of([&] { ledger = Ledger::build(std::move(copy), on_all_cores, threads); });
    const double read_s = bench::seconds_of([&] { cells = read_all(*ledger); });
    const double cpu_s = cpu_seconds() - cpu_before_s;
    std::cerr << fmt::format(
        "{} terms, {} movements: built in {:.3f} s, {} cells read in {:.3f} s, {:.3f} s of CPU, {} MiB kept\n",
        input.terms.size(), ledger->movements({input.months, {}}).size(), build_s, cells, read_s, cpu_s,
        ledger->memory_bytes() >> 20);
    best_s = i == 0 ? build_s + read_s : std::min(best_s, build_s + read_s);
  }
  return best_s;
}

double measure_change(Ledger& ledger) {
  std::vector<double> times_ms;
  std::mt19937 random(11);
  const MonthRange year = {ledger.months().last - 11, ledger.months().last};
  for (int i = 0; i < changes; ++i) {
    const auto account = static_cast<AccountIndex>(random() % ledger.account_count());
    auto rows = bench::upgraded(ledger.rows_of(account));
    times_ms.push_back(1000 * bench::seconds_of([&] {
                         ledger.replace_account(account, std::move(rows));
                         ledger.figures_by_month(everything_dimension, 0, year);
                         ledger.figures(year);
                       }));
  }
  std::sort(times_ms.begin(), times_ms.end());
  return times_ms[times_ms.size() * 95 / 100];
}

// ---- against SQL

// Writes one CSV file a table, untimed.
void write_tables(const LedgerInput& input, const std::filesystem::path& folder) {
  const auto file = [&](const char* table) { return fmt::output_file((folder / table).string() + ".csv"); };
  auto term = file("term"), rate = file("rate"), accounts = file("account"), month = file("month");
  const Month first = input.months.first;
  for (const auto& each : input.terms) {
    const auto end = each.end == forever ? std::string() : std::to_string(each.end.days);
    term.print("{},{},{},{},{},{},{},{},{},{},{}\n", each.account, each.subscription, each.product, each.plan,
               each.start.days, month_of(each.start) - first, end, each.amount_minor, each.currency,
               each.billing_period_months, each.is_trial);
  }
  constexpr int around = 24;  // months before the ledger's in which terms may start
  for (CurrencyIndex currency = 0; currency < input.rates.codes().size(); ++currency) {
    for (int i = -around; i < input.months.size(); ++i) {
      const auto fraction = input.rates.of(currency, first + i).value();
      const int scale = currency == reporting ? 1 : 100;  // yen have no decimals, dollars and euros two
      rate.print("{},{},{},{},{}\n", currency, i, fraction.numerator, fraction.denominator, scale);
    }
  }
  for (std::uint32_t account = 0; account < input.account_count; ++account) {
    accounts.print("{}", account);
    for (const auto& dimension : input.dimensions) accounts.print(",{}", dimension.memberships[account].at(0).value);
    accounts.print("\n");
  }
  for (int i = 0; i < input.months.size(); ++i) {
    month.print("{},{},{}\n", i, first_day(first + i).days, last_day(first + i).days);
  }
}

double postgres_seconds(const std::filesystem::path& folder) {
  const bench::PostgresScripts postgres(folder);
  std::string load = bench::revenue_tables_sql;
  for (const auto* table : {"term", "rate", "account", "month"}) {
    load += fmt::format("\n\\copy {0} from '{1}/{0}.csv' csv\n", table, folder.string());
  }
  postgres.run(load + "VACUUM ANALYZE;");
  const double seconds =
      bench::seconds_of([&] { postgres.run(bench::PostgresScripts::settings + bench::revenue_sql()); });
  for (const auto* table : {"figure", "movement"}) {
    postgres.run(fmt::format("\\copy (SELECT * FROM {0}) to '{1}/{0}.csv' csv\n", table, folder.string()));
  }
  return seconds;
}

// Both throw where SQL says anything else than the ledger. A cell that SQL does not have is one of zeros.
void compare_figures(const std::filesystem::path& file, const Ledger& ledger) {
  std::unordered_map<std::string, std::string> theirs;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::size_t comma = 0;
    for (int i = 0; i < 3; ++i) comma = line.find(',', comma) + 1;
    theirs.emplace(line.substr(0, comma - 1), line.substr(comma));
  }
  const auto zeros = bench::figure_line(Figures{});
  std::size_t compared = 0;
  for (const auto& dimension : ledger.dimensions()) {
    for (std::uint32_t value = 0; value < ledger.value_count(dimension); ++value) {
      for (const auto& figures : ledger.figures_by_month(dimension, value, ledger.months())) {
        const int month = figures.period.first - ledger.months().first;
        const auto found = theirs.find(fmt::format("{},{},{}", dimension, value, month));
        const auto& sql = found == theirs.end() ? zeros : found->second;
        if (const auto ours = bench::figure_line(figures); ours != sql) {
          throw std::runtime_error(
              fmt::format("{} {}, month {}: the ledger says {}, SQL {}", dimension, value, month, ours, sql));
        }
        compared += found != theirs.end() ? 1 : 0;
      }
    }
  }
  if (compared != theirs.size() || compared == 0) {
    throw std::runtime_error(fmt::format("SQL has {} cells, the ledger knows {}", theirs.size(), compared));
  }
  std::cerr << fmt::format("{} cells are the same\n", compared);
}

void compare_movements(const std::filesystem::path& file, const Ledger& ledger) {
  std::vector<std::array<std::int64_t, 4>> theirs, ours;
  std::ifstream stream(file);
  char comma = 0;
  for (std::array<std::int64_t, 4> row{}; stream >> row[0] >> comma >> row[1] >> comma >> row[2] >> comma >> row[3];) {
    theirs.push_back(row);
  }
  for (const auto& each : ledger.movements({ledger.months(), {}})) {
    ours.push_back({each.account, each.day.days, static_cast<std::int64_t>(each.kind), each.amount_minor});
  }
  std::sort(theirs.begin(), theirs.end());
  std::sort(ours.begin(), ours.end());
  if (theirs != ours) {
    throw std::runtime_error(
        fmt::format("SQL has {} movements, the ledger {}, and they differ", theirs.size(), ours.size()));
  }
}

void compare_with_postgres(const bench::Options& options, const LedgerInput& input) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("banso-bench-revenue-{}", ::getpid());
  std::filesystem::create_directories(folder);
  write_tables(input, folder);
  std::optional<Ledger> ledger;
  auto copy = input;
  const double ours_s = bench::seconds_of([&] {
    ledger = Ledger::build(std::move(copy), on_all_cores, threads);
    read_all(*ledger);
  });
  const double theirs_s = postgres_seconds(folder);
  compare_figures(folder / "figure.csv", *ledger);
  compare_movements(folder / "movement.csv", *ledger);
  const double ratio = theirs_s / ours_s;
  const auto met = options.full ? std::optional(ratio >= postgres_target) : std::nullopt;
  bench::print({"revenue.vs_postgres", ratio, "times", "PostgreSQL SQL, s", theirs_s, ratio, postgres_target, met});
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = bench::read_options(
      argc, argv, {"revenue.full_s", "revenue.one_change_ms", "revenue.peak_gib", "revenue.vs_postgres"});
  const auto met = [&](bool is_met) { return options.full ? std::optional(is_met) : std::nullopt; };
  try {
    auto input = bench::simulated_contracts(options.full ? all_terms : some_terms);
    input.rules = shipped_rules()[0].rules;
    if (options.wants("revenue.full_s")) {
      const double full_s = measure_full(input);
      bench::print({"revenue.full_s", full_s, "s", "", 0, 0, full_target_s, met(full_s <= full_target_s)});
    }
    if (options.wants("revenue.one_change_ms")) {
      auto copy = input;
      auto ledger = Ledger::build(std::move(copy), on_all_cores, threads);
      const double change_ms = measure_change(ledger);
      bench::print(
          {"revenue.one_change_ms", change_ms, "ms", "", 0, 0, change_target_ms, met(change_ms <= change_target_ms)});
    }
    if (options.wants("revenue.peak_gib"))
      bench::print({"revenue.peak_gib", peak_gib(), "GiB", "", 0, 0, 0, std::nullopt});
    if (options.wants("revenue.vs_postgres")) {
      input.rules = RevenueRules{};  // what support/revenue_sql.hpp says
      compare_with_postgres(options, input);
    }
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
  }
  return 0;
}
