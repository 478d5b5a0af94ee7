// The kernel on whole books and on two years of weeks:
//   engine.evaluate_100k_s   100,000 accounts x 40 measures on one day
//   engine.history_100k_s    the same on 104 weeks
//   engine.one_account_ms    one account on one day
//   engine.peak_gib          memory of this program while it evaluated histories, chunk after chunk
//   engine.vs_duckdb, engine.vs_postgres   the scores of eight measures on 104 weeks against SQL over the same daily
//                            rows; the two must agree on every account and week
// Books are made from the simulated vendor, a thousand accounts at a time, as the server loads them; making them is not
// timed. Without --full fewer accounts are evaluated, and the figures of 100,000 are extrapolated from them.
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/os.h>

#include "engine/evaluate.hpp"
#include "engine/starter.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "support/figure.hpp"
#include "support/options.hpp"
#include "support/parallel.hpp"
#include "support/postgres_scripts.hpp"
#include "support/score_sql.hpp"
#include "support/simulated_book.hpp"

namespace {

using namespace banso;
using bench::seconds_of;
namespace duckdb = platform::duckdb;

constexpr int threads = 4;
constexpr int weeks = 104;
constexpr int month_count = 26;  // what the first week looks back on
constexpr int chunk_accounts = 1000;
constexpr int all_accounts = 100'000;
constexpr std::size_t measure_count = 40;
constexpr double largest_difference = 0.00011;  // scores are kept to the ten-thousandth

const engine::ParallelFor on_all_cores = [](std::size_t count, const auto& body) {
  bench::parallel_for(threads, count, body);
};

std::vector<core::Day> week_days(core::Day last) {
  std::vector<core::Day> days;
  for (int week = weeks - 1; week >= 0; --week) days.push_back(last - 7 * week);
  return days;
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
}

// The starter definitions of the book, with measures of single features until there are forty.
engine::Definitions forty_measures(const engine::Book& book, core::Day as_of) {
  auto definitions = engine::starter_definitions(engine::summarise(book, as_of));
  for (const int window_days : {7, 28, 90}) {
    for (const auto& feature : book.features()) {
      if (definitions.measures.size() >= measure_count) return definitions;
      engine::MeasureDefinition measure;
      measure.key = fmt::format("feature_{}_{}d", definitions.measures.size(), window_days);
      measure.name = {measure.key, measure.key};
      measure.aggregate = engine::Aggregate::people;
      measure.window_days = window_days;
      measure.filter.features = {feature.key};
      definitions.measures.push_back(std::move(measure));
    }
  }
  return definitions;
}

// ---- whole books

void measure_books(const bench::Options& options, const simulation::Simulation& simulated, core::Day as_of) {
  const int accounts = options.full ? all_accounts : 2000;
  const double scale = static_cast<double>(all_accounts) / accounts;
  const auto days = week_days(as_of);
  std::optional<engine::Definitions> definitions;
  double today_s = 0, history_s = 0, one_ms = 0;
  std::uint64_t rows = 0;
  for (int first = 0; first < accounts; first += chunk_accounts) {
    const auto book = bench::simulated_book(simulated, first, chunk_accounts, threads);
    rows += book.usage().days.size();
    if (!definitions) {
      definitions = forty_measures(book, as_of);
      const auto one = bench::simulated_book(simulated, first, 1, 1);
      constexpr int times = 200;
      one_ms = 1000 / static_cast<double>(times) * seconds_of([&] {
                 for (int i = 0; i < times; ++i) engine::evaluate(one, *definitions, as_of);
               });
    }
    today_s += seconds_of([&] { engine::evaluate(book, *definitions, as_of, on_all_cores); });
    history_s += seconds_of([&] { engine::evaluate_history(book, *definitions, days, on_all_cores); });
  }
  std::cerr << fmt::format("{} accounts, {} user-days, {} measures: {:.2f} s today, {:.2f} s for {} weeks\n", accounts,
                           rows, definitions->measures.size(), today_s, history_s, weeks);
  const auto met = [&](bool is_met) { return options.full ? std::optional(is_met) : std::nullopt; };
  bench::print({"engine.evaluate_100k_s", today_s * scale, "s", "", 0, 0, 5, met(today_s <= 5)});
  bench::print({"engine.history_100k_s", history_s * scale, "s", "", 0, 0, 60, met(history_s <= 60)});
  bench::print({"engine.one_account_ms", one_ms, "ms", "", 0, 0, 1, one_ms <= 1});
  bench::print({"engine.peak_gib", peak_gib(), "GiB", "", 0, 0, 8, met(peak_gib() <= 8)});
}

// ---- against SQL

// Calls row(fields...) for each row of the book that SQL needs; days as integers.
struct DailyRows {
  const engine::Book& book;

  template <class Write>
  void usage(Write write) const {
    const auto& columns = book.usage();
    for (std::size_t account = 0; account < book.size(); ++account) {
      for (auto at = columns.offsets[account]; at < columns.offsets[account + 1]; ++at) {
        write(book.account_ids()[account].value, columns.days[at], columns.persons[at], columns.features[at],
              book.features()[columns.features[at]].is_active, columns.events[at],
              columns.days[at] + columns.delay_days[at]);
      }
    }
  }
  template <class Write>
  void licences(Write write) const {
    for (std::size_t account = 0; account < book.size(); ++account) {
      for (const auto& each : book.subscriptions().of(account)) {
        write(book.account_ids()[account].value, each.start.days, each.end.days, each.seats, each.known.from.days);
      }
    }
  }
  template <class Write>
  void tickets(Write write) const {
    for (std::size_t account = 0; account < book.size(); ++account) {
      for (const auto& each : book.tickets().of(account)) {
        write(book.account_ids()[account].value, each.opened.days, each.closed.days, each.known.from.days);
      }
    }
  }
};

constexpr const char* tables_sql =
    "CREATE {0} TABLE usage_day (account INTEGER, day INTEGER, person INTEGER, feature INTEGER, is_active BOOLEAN, "
    "events BIGINT, known INTEGER);"
    "CREATE {0} TABLE licence (account INTEGER, first_day INTEGER, end_day INTEGER, seats INTEGER, known INTEGER);"
    "CREATE {0} TABLE ticket (account INTEGER, opened INTEGER, closed INTEGER, known INTEGER);"
    "CREATE {0} TABLE account (account INTEGER);"
    "CREATE {0} TABLE week (week INTEGER, as_of INTEGER);";

// Writes one CSV file a table: both databases read them, untimed.
void write_tables(const engine::Book& book, std::span<const core::Day> days, const std::filesystem::path& folder) {
  const DailyRows rows{book};
  const auto file = [&](const char* table) { return fmt::output_file((folder / table).string() + ".csv"); };
  auto usage = file("usage_day"), licence = file("licence"), ticket = file("ticket"), account = file("account"),
       week = file("week");
  rows.usage([&](const auto&... field) { usage.print("{},{},{},{},{},{},{}\n", field...); });
  rows.licences([&](const auto&... field) { licence.print("{},{},{},{},{}\n", field...); });
  rows.tickets([&](const auto&... field) { ticket.print("{},{},{},{}\n", field...); });
  for (const auto id : book.account_ids()) account.print("{}\n", id.value);
  for (std::size_t i = 0; i < days.size(); ++i) week.print("{},{}\n", i, days[i].days);
}

constexpr const char* table_names[] = {"usage_day", "licence", "ticket", "account", "week"};

// Throws where SQL says anything else than the kernel. The file has a row "account,week,score" for every account and
// week.
void compare(const std::filesystem::path& file, const engine::Book& book,
             const std::vector<engine::Assessments>& assessed) {
  std::unordered_map<std::int64_t, std::size_t> index;
  for (std::size_t i = 0; i < book.size(); ++i) index[book.account_ids()[i].value] = i;
  std::ifstream stream(file);
  std::string line;
  std::size_t compared = 0;
  while (std::getline(stream, line)) {
    const auto first = line.find(','), second = line.find(',', first + 1);
    const auto account = index.at(std::stoll(line.substr(0, first)));
    const auto week = static_cast<std::size_t>(std::stoll(line.substr(first + 1, second - first - 1)));
    const auto score = line.substr(second + 1);
    const bool has_score = assessed[week].has_score(0, account);
    const double ours = assessed[week].scorecards[0].scores[account].value();
    if (score.empty() == has_score || (has_score && std::abs(ours - std::stod(score)) > largest_difference)) {
      throw std::runtime_error(fmt::format("account {} on {}: the kernel says {}, SQL \"{}\"",
                                           book.account_ids()[account].value, core::to_string(assessed[week].as_of),
                                           has_score ? std::to_string(ours) : "nothing", score));
    }
    ++compared;
  }
  if (compared != book.size() * assessed.size()) {
    throw std::runtime_error(fmt::format("SQL scored {} of {}", compared, book.size() * assessed.size()));
  }
}

double duckdb_seconds(const std::filesystem::path& folder, const std::string& sql, const std::filesystem::path& out) {
  const auto database =
      duckdb::Database::open((folder / "peer.duckdb").string(), {.memory_limit = "8GB", .threads = threads});
  auto connection = database->connect();
  connection.execute(fmt::format(fmt::runtime(tables_sql), ""));
  for (const auto* table : table_names) {
    connection.execute(fmt::format("COPY {0} FROM '{1}/{0}.csv' (HEADER false)", table, folder.string()));
  }
  const double seconds = seconds_of([&] { connection.execute("CREATE TABLE score AS " + sql); });
  connection.execute(fmt::format("COPY score TO '{}' (HEADER false)", out.string()));
  return seconds;
}

double postgres_seconds(const std::filesystem::path& folder, const std::string& sql, const std::filesystem::path& out) {
  const bench::PostgresScripts postgres(folder);
  std::string load = fmt::format(fmt::runtime(tables_sql), "UNLOGGED");
  for (const auto* table : table_names)
    load += fmt::format("\n\\copy {0} from '{1}/{0}.csv' csv\n", table, folder.string());
  postgres.run(load + "VACUUM ANALYZE;");
  const double seconds = seconds_of(
      [&] { postgres.run(bench::PostgresScripts::settings + ("CREATE UNLOGGED TABLE score AS " + sql + ";")); });
  postgres.run(fmt::format("\\copy score to '{}' csv\n", out.string()));
  return seconds;
}

void compare_with_sql(const bench::Options& options, const simulation::Simulation& simulated, core::Day as_of,
                      bool with_duckdb, bool with_postgres) {
  const int accounts = options.full ? 10'000 : 500;
  const auto book = bench::simulated_book(simulated, 0, accounts, threads);
  const auto definitions = bench::compared_definitions();
  const auto days = week_days(as_of);
  std::vector<engine::Assessments> assessed;
  const double ours_s = seconds_of([&] { assessed = engine::evaluate_history(book, definitions, days, on_all_cores); });
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("banso-bench-history-{}", ::getpid());
  std::filesystem::create_directories(folder);
  write_tables(book, days, folder);
  std::cerr << fmt::format("{} accounts, {} user-days, {} weeks: the kernel {:.3f} s\n", accounts,
                           book.usage().days.size(), weeks, ours_s);
  const auto against = [&](const char* name, const char* peer, double target, auto seconds, bench::Dialect dialect) {
    const auto out = folder / "score.csv";
    const double peer_s = seconds(folder, bench::score_sql(definitions, dialect, days.front().days, weeks), out);
    compare(out, book, assessed);
    const auto met = options.full ? std::optional(peer_s / ours_s >= target) : std::nullopt;
    bench::print({name, peer_s / ours_s, "times", peer, peer_s, peer_s / ours_s, target, met});
  };
  if (with_duckdb) against("engine.vs_duckdb", "DuckDB SQL, s", 5, duckdb_seconds, bench::Dialect::duckdb);
  if (with_postgres)
    against("engine.vs_postgres", "PostgreSQL SQL, s", 50, postgres_seconds, bench::Dialect::postgresql);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv,
                                           {"engine.evaluate_100k_s", "engine.history_100k_s", "engine.one_account_ms",
                                            "engine.peak_gib", "engine.vs_duckdb", "engine.vs_postgres"});
  const core::Day as_of = core::day_from(2026, 3, 31);
  const auto simulated = simulation::Simulation::create({all_accounts, month_count, 1, as_of + 1}).value();
  try {
    if (options.wants("engine.evaluate_100k_s") || options.wants("engine.history_100k_s") ||
        options.wants("engine.one_account_ms") || options.wants("engine.peak_gib")) {
      measure_books(options, simulated, as_of);
    }
    const bool with_duckdb = options.wants("engine.vs_duckdb"), with_postgres = options.wants("engine.vs_postgres");
    if (with_duckdb || with_postgres) compare_with_sql(options, simulated, as_of, with_duckdb, with_postgres);
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
  }
  return 0;
}
