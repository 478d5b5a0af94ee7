#include "mart_store.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::health {
namespace {

namespace duckdb = platform::duckdb;
namespace json = platform::json;

constexpr char text_separator = '\x1f';  // between the texts of the reasons; never part of a text

std::string current_table(const Evaluation& evaluation) {
  return fmt::format("health_current_{}", evaluation.number);
}
std::string history_table(const Evaluation& evaluation) {
  return fmt::format("health_history_{}", evaluation.number);
}

std::size_t group_count(const DefinitionSet& set) {
  return set.groups().size();
}

void create_tables(duckdb::Connection& connection, const Evaluation& evaluation, const DefinitionSet& set) {
  std::string current = "account_id BIGINT, score INTEGER, level INTEGER, coverage DOUBLE, reasons VARCHAR";
  std::string history = "account_id BIGINT, day INTEGER, score INTEGER, level INTEGER";
  for (std::size_t i = 0; i < group_count(set); ++i) {
    current += fmt::format(", group_{} DOUBLE", i);
    history += fmt::format(", group_{} DOUBLE", i);
  }
  for (std::size_t i = 0; i < set.definitions.measures.size(); ++i) {
    current += fmt::format(", value_{0} DOUBLE, state_{0} INTEGER, newest_{0} INTEGER", i);
  }
  current += ", level_basis INTEGER";
  connection.execute(fmt::format("CREATE TABLE {} ({})", current_table(evaluation), current));
  connection.execute(fmt::format("CREATE TABLE {} ({})", history_table(evaluation), history));
}

std::string joined(const std::vector<core::Text>& reasons) {
  std::string text;
  for (const auto& reason : reasons) text += reason.en + text_separator + reason.ja + text_separator;
  return text;
}

std::vector<core::Text> split(std::string_view text) {
  std::vector<core::Text> reasons;
  const auto take = [&] {
    const auto end = text.find(text_separator);
    std::string part(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
  };
  while (!text.empty()) {
    core::Text reason;
    reason.en = take();
    reason.ja = take();
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

void add_number(duckdb::Appender& appender, double value) {
  if (std::isnan(value)) {
    appender.add_null();
  } else {
    appender.add(value);
  }
}

// A level without a score is one that a person set.
void add_score(duckdb::Appender& appender, const std::optional<engine::Points>& score, int level) {
  if (score) {
    appender.add(score->ten_thousandths);
  } else {
    appender.add_null();
  }
  if (level == engine::no_level) {
    appender.add_null();
  } else {
    appender.add(level);
  }
}

std::int8_t level_in(const duckdb::Column& column, std::size_t row) {
  return column.is_null(row) ? engine::no_level : static_cast<std::int8_t>(column.int32s()[row]);
}

void append_current_row(duckdb::Appender& appender, const ScoredAccount& scored) {
  appender.add(scored.account);
  add_score(appender, scored.score, scored.level);
  appender.add(scored.coverage).add(joined(scored.reasons));
  for (const double group : scored.groups) add_number(appender, group);
  for (std::size_t i = 0; i < scored.values.size(); ++i) {
    add_number(appender, scored.values[i]);
    appender.add(static_cast<int>(scored.states[i]));
    if (scored.newest_days[i] == engine::no_day) {
      appender.add_null();
    } else {
      appender.add(scored.newest_days[i].days);
    }
  }
  appender.add(static_cast<int>(scored.level_basis));
  appender.end_row();
}

void append_current(duckdb::Connection& connection, const std::string& table, std::span<const ScoredAccount> accounts) {
  duckdb::Appender appender(connection, table);
  for (const auto& scored : accounts) append_current_row(appender, scored);
  appender.close();
}

std::vector<std::int64_t> list_of(std::span<const core::AccountId> accounts) {
  std::vector<std::int64_t> ids;
  for (const auto account : accounts) ids.push_back(account.value);
  return ids;
}

void append_history(duckdb::Connection& connection, const std::string& table, const DefinitionSet& set,
                    std::span<const ScoredAccount> accounts, const engine::Book& book,
                    std::span<const engine::Assessments> weeks) {
  if (!set.scorecard()) return;
  const GroupPositions positions(set);
  duckdb::Appender appender(connection, table);
  for (const auto& scored : accounts) {
    const std::size_t account = *book.index_of(scored.account);
    for (const auto& week : weeks) {
      if (book.known_from()[account] > week.as_of) continue;
      const std::size_t scorecard = own_scorecard(week, account);
      const auto& column = week.scorecards[scorecard];
      const bool has_score = week.has_score(scorecard, account);
      appender.add(scored.account).add(week.as_of.days);
      add_score(appender, has_score ? std::optional(column.scores[account]) : std::nullopt, column.levels[account]);
      for (const double group : positions.scores(week, account)) add_number(appender, group);
      appender.end_row();
    }
  }
  appender.close();
}

std::string text_of(const Freshness& freshness) {
  json::array sources;
  for (const auto& source : freshness) {
    sources.push_back(json::array{source.rows, source.newest_day.days, source.newest_known_day.days});
  }
  return json::serialize(sources);
}

Freshness freshness_from(std::string_view text) {
  Freshness freshness{};
  const auto parsed = boost::json::parse(boost::json::string_view(text.data(), text.size()));
  const auto& sources = parsed.as_array();
  for (std::size_t i = 0; i < std::min(sources.size(), freshness.size()); ++i) {
    const auto& source = sources[i].as_array();
    freshness[i] = {source[0].to_number<std::int64_t>(),
                    {source[1].to_number<std::int32_t>()},
                    {source[2].to_number<std::int32_t>()}};
  }
  return freshness;
}

std::vector<Evaluation> read_evaluations(duckdb::Connection& connection) {
  std::vector<Evaluation> found;
  auto result = connection.query(
      "SELECT number, release_number, as_of, first_day, computed_at_us, accounts, seconds, freshness, "
      "COALESCE(is_aside, FALSE) FROM health_evaluations ORDER BY number DESC");
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      found.push_back({result.column(0).int64s()[row],
                       result.column(1).int64s()[row],
                       {result.column(2).int32s()[row]},
                       {result.column(3).int32s()[row]},
                       {result.column(4).int64s()[row]},
                       result.column(5).int64s()[row],
                       result.column(6).doubles()[row],
                       freshness_from(result.column(7).text(row)),
                       result.column(8).bools()[row]});
    }
  }
  return found;
}

std::int64_t newest_for_book(std::span<const Evaluation> newest_first) {
  const auto found = std::find_if(newest_first.begin(), newest_first.end(),
                                  [](const Evaluation& evaluation) { return !evaluation.is_aside; });
  return found == newest_first.end() ? 0 : found->number;
}

std::vector<std::string> own_tables(duckdb::Connection& connection) {
  std::vector<std::string> names;
  auto result = connection.query(
      "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'health_current_%' OR "
      "table_name LIKE 'health_history_%'");
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) names.emplace_back(result.column(0).text(row));
  }
  return names;
}

// Evaluations that nobody reads any more, and tables of evaluations that were never finished. What the book shows stays
// whatever else was evaluated since. Returns the releases that nothing is kept of from now on.
std::vector<std::int64_t> drop_unused(duckdb::Connection& connection, std::size_t releases_kept,
                                      std::span<const std::int64_t> unfinished_numbers) {
  std::set<std::int64_t> kept_releases;
  std::set<std::string> kept_tables;
  std::vector<Evaluation> left_over;
  const auto keep = [&](const Evaluation& evaluation) {
    kept_tables.insert(current_table(evaluation));
    kept_tables.insert(history_table(evaluation));
  };
  for (const auto number : unfinished_numbers) {
    Evaluation unfinished;
    unfinished.number = number;
    keep(unfinished);
  }
  auto all = read_evaluations(connection);
  std::stable_partition(all.begin(), all.end(), [newest_of_book = newest_for_book(all)](const Evaluation& evaluation) {
    return evaluation.number == newest_of_book;
  });
  for (const auto& evaluation : all) {
    if (kept_releases.size() < releases_kept && kept_releases.insert(evaluation.release).second) {
      keep(evaluation);
    } else {
      left_over.push_back(evaluation);
    }
  }
  std::vector<std::int64_t> dropped;
  for (const auto& evaluation : left_over) {
    duckdb::Transaction transaction(connection);
    connection.execute("DELETE FROM health_evaluations WHERE number = $1", {evaluation.number});
    if (!kept_releases.contains(evaluation.release)) {
      connection.execute("DELETE FROM health_dropped WHERE release_number = $1", {evaluation.release});
      connection.execute("INSERT INTO health_dropped VALUES ($1, $2, $3)",
                         {evaluation.release, evaluation.computed_at.microseconds, core::now().microseconds});
      dropped.push_back(evaluation.release);
    }
    transaction.commit();
  }
  for (const auto& table : own_tables(connection)) {
    if (!kept_tables.contains(table)) connection.execute("DROP TABLE IF EXISTS " + table);
  }
  return dropped;
}

double number_or_nan(const duckdb::Column& column, std::size_t row) {
  return column.is_null(row) ? std::nan("") : column.doubles()[row];
}

}  // namespace

bool has_history(duckdb::Connection& connection, const Evaluation& evaluation) {
  return connection
             .query_integer("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = $1",
                            {history_table(evaluation)})
             .value_or(0) > 0;
}

MartStore::MartStore(std::shared_ptr<duckdb::Database> mart, std::function<std::size_t()> releases_kept)
    : mart_(std::move(mart)), releases_kept_(std::move(releases_kept)) {
  auto connection = mart_->connect();
  // An earlier layout of the assessments: what is derived is computed again.
  connection.execute("DROP TABLE IF EXISTS health_evaluation");
  connection.execute(
      "CREATE TABLE IF NOT EXISTS health_evaluations (number BIGINT, release_number BIGINT, as_of INTEGER, "
      "first_day INTEGER, computed_at_us BIGINT, accounts BIGINT, seconds DOUBLE, freshness VARCHAR)");
  connection.execute("ALTER TABLE health_evaluations ADD COLUMN IF NOT EXISTS is_aside BOOLEAN");
  connection.execute(
      "CREATE TABLE IF NOT EXISTS health_dropped (release_number BIGINT, computed_at_us BIGINT, dropped_at_us "
      "BIGINT)");
  connection.execute("CREATE TABLE IF NOT EXISTS health_unscored (since_us BIGINT)");
}

bool MartStore::has_unscored() const {
  return mart_->connect().query_integer("SELECT COUNT(*) FROM health_unscored").value_or(0) > 0;
}

void MartStore::note_unscored(bool has) {
  auto connection = mart_->connect();
  if (has) {
    connection.execute("INSERT INTO health_unscored VALUES ($1)", {core::now().microseconds});
  } else {
    connection.execute("DELETE FROM health_unscored");
  }
}

std::vector<Evaluation> MartStore::evaluations() const {
  auto connection = mart_->connect();
  return read_evaluations(connection);
}

std::optional<Evaluation> MartStore::newest() const {
  const auto all = evaluations();
  const auto found =
      std::find_if(all.begin(), all.end(), [](const Evaluation& evaluation) { return !evaluation.is_aside; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

std::vector<DroppedRelease> MartStore::dropped() const {
  auto connection = mart_->connect();
  std::vector<DroppedRelease> found;
  auto result = connection.query("SELECT release_number, computed_at_us, dropped_at_us FROM health_dropped");
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      found.push_back(
          {result.column(0).int64s()[row], {result.column(1).int64s()[row]}, {result.column(2).int64s()[row]}});
    }
  }
  return found;
}

std::vector<std::int64_t> MartStore::open_numbers() const {
  const std::lock_guard lock(mutex_);
  return {open_.begin(), open_.end()};
}

void MartStore::close(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  for (auto& open : open_) open = open == number ? 0 : open;
}

Evaluation MartStore::begin(const DefinitionSet& set, core::Day as_of, core::Day first_day, bool is_aside) {
  auto connection = mart_->connect();
  Evaluation evaluation;
  const auto highest =
      connection.query_integer("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM health_evaluations").value_or(0);
  {
    const std::lock_guard lock(mutex_);
    open_[is_aside] = 0;  // one that broke off
    open_[is_aside] = evaluation.number = std::max({highest, open_[0], open_[1]}) + 1;
  }
  drop_unused(connection, releases_kept_(), open_numbers());
  for (const auto& table : {current_table(evaluation), history_table(evaluation)}) {
    connection.execute("DROP TABLE IF EXISTS " + table);  // of one that broke off under this number
  }
  evaluation.release = set.release;
  evaluation.as_of = as_of;
  evaluation.first_day = first_day;
  evaluation.is_aside = is_aside;
  create_tables(connection, evaluation, set);
  return evaluation;
}

void MartStore::append(const Evaluation& evaluation, const DefinitionSet& set, std::span<const ScoredAccount> accounts,
                       const engine::Book& book, std::span<const engine::Assessments> weeks) {
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  append_current(connection, current_table(evaluation), accounts);
  append_history(connection, history_table(evaluation), set, accounts, book, weeks);
  transaction.commit();
}

void MartStore::finish(const Evaluation& evaluation) {
  auto connection = mart_->connect();
  connection.execute("INSERT INTO health_evaluations VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                     {evaluation.number, evaluation.release, evaluation.as_of.days, evaluation.first_day.days,
                      evaluation.computed_at.microseconds, evaluation.accounts, evaluation.seconds,
                      text_of(evaluation.freshness), evaluation.is_aside});
  connection.execute("DELETE FROM health_dropped WHERE release_number = $1", {evaluation.release});
  close(evaluation.number);
}

std::vector<std::int64_t> MartStore::drop_beyond_kept() {
  auto connection = mart_->connect();
  return drop_unused(connection, releases_kept_(), open_numbers());
}

void MartStore::replace_current(const Evaluation& evaluation, std::span<const core::AccountId> accounts,
                                std::span<const ScoredAccount* const> scored) {
  const auto ids = list_of(accounts);
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  connection.execute("DELETE FROM " + current_table(evaluation) + " WHERE account_id IN (SELECT unnest($1))", {ids});
  connection.execute(
      "DELETE FROM " + history_table(evaluation) + " WHERE account_id IN (SELECT unnest($1)) AND day = $2",
      {ids, evaluation.as_of.days});
  {
    duckdb::Appender appender(connection, current_table(evaluation));
    for (const auto* each : scored) append_current_row(appender, *each);
    appender.close();
  }
  duckdb::Appender appender(connection, history_table(evaluation));
  for (const auto* each : scored) {
    appender.add(each->account).add(evaluation.as_of.days);
    add_score(appender, each->score, each->level);
    for (const double group : each->groups) add_number(appender, group);
    appender.end_row();
  }
  appender.close();
  transaction.commit();
}

void MartStore::replace_history(const Evaluation& evaluation, const DefinitionSet& set,
                                std::span<const core::AccountId> accounts, std::span<const ScoredAccount> scored,
                                const engine::Book& book, std::span<const engine::Assessments> weeks) {
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  connection.execute("DELETE FROM " + history_table(evaluation) +
                         " WHERE account_id IN (SELECT unnest($1)) AND day >= $2 AND day < $3",
                     {list_of(accounts), weeks.front().as_of.days, evaluation.as_of.days});
  append_history(connection, history_table(evaluation), set, scored, book, weeks);
  transaction.commit();
}

std::vector<ScoredAccount> MartStore::load(const Evaluation& evaluation, const DefinitionSet& set) const {
  auto connection = mart_->connect();
  std::vector<ScoredAccount> all;
  const std::size_t groups = group_count(set), measures = set.definitions.measures.size();
  {
    auto result = connection.stream("SELECT * FROM " + current_table(evaluation) + " ORDER BY account_id");
    while (result.next()) {
      for (std::size_t row = 0; row < result.size(); ++row) {
        ScoredAccount scored;
        scored.account = {result.column(0).int64s()[row]};
        if (!result.column(1).is_null(row)) scored.score = engine::Points{result.column(1).int32s()[row]};
        scored.level = level_in(result.column(2), row);
        scored.coverage = result.column(3).doubles()[row];
        scored.reasons = split(result.column(4).text(row));
        for (std::size_t i = 0; i < groups; ++i) scored.groups.push_back(number_or_nan(result.column(5 + i), row));
        for (std::size_t i = 0; i < measures; ++i) {
          const std::size_t first = 5 + groups + 3 * i;
          scored.values.push_back(number_or_nan(result.column(first), row));
          scored.states.push_back(static_cast<engine::ValueState>(result.column(first + 1).int32s()[row]));
          const auto& newest = result.column(first + 2);
          scored.newest_days.push_back(newest.is_null(row) ? engine::no_day : core::Day{newest.int32s()[row]});
        }
        const auto& basis = result.column(5 + groups + 3 * measures);
        scored.level_basis = static_cast<LevelBasis>(basis.int32s()[row]);
        scored.weekly.fill(std::nanf(""));
        all.push_back(std::move(scored));
      }
    }
  }
  std::unordered_map<std::int64_t, std::size_t> index;
  for (std::size_t i = 0; i < all.size(); ++i) index[all[i].account.value] = i;
  const int weeks = static_cast<int>(sparkline_weeks);
  auto result = connection.stream("SELECT account_id, day, score, level FROM " + history_table(evaluation) +
                                      " WHERE day > $1 AND (score IS NOT NULL OR level IS NOT NULL)",
                                  {evaluation.as_of.days - 7 * weeks});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      const auto found = index.find(result.column(0).int64s()[row]);
      if (found == index.end()) continue;
      const int weeks_ago = (evaluation.as_of.days - result.column(1).int32s()[row]) / 7;
      const auto week = static_cast<std::size_t>(weeks - 1 - weeks_ago);
      auto& scored = all[found->second];
      scored.weekly_levels[week] = level_in(result.column(3), row);
      if (result.column(2).is_null(row)) continue;
      scored.weekly[week] = static_cast<float>(engine::Points{result.column(2).int32s()[row]}.value());
    }
  }
  return all;
}

std::optional<std::vector<WeekScore>> MartStore::history(const Evaluation& evaluation, core::AccountId account) const {
  auto connection = mart_->connect();
  // One view of the catalogue: the table cannot go between the two statements.
  const duckdb::Transaction snapshot(connection);
  if (!has_history(connection, evaluation)) return std::nullopt;
  std::vector<WeekScore> weeks;
  auto result = connection.query(
      "SELECT day, score, level FROM " + history_table(evaluation) + " WHERE account_id = $1 ORDER BY day", {account});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      WeekScore week{{result.column(0).int32s()[row]}, std::nullopt, engine::no_level};
      if (!result.column(1).is_null(row)) week.score = engine::Points{result.column(1).int32s()[row]};
      week.level = level_in(result.column(2), row);
      weeks.push_back(week);
    }
  }
  return weeks;
}

std::optional<std::vector<WeekLevels>> MartStore::level_weeks(const Evaluation& evaluation) const {
  auto connection = mart_->connect();
  const duckdb::Transaction snapshot(connection);
  if (!has_history(connection, evaluation)) return std::nullopt;
  std::vector<WeekLevels> weeks;
  auto result = connection.query("SELECT day, level, COUNT(*) FROM " + history_table(evaluation) +
                                 " GROUP BY day, level ORDER BY day");
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      const core::Day day{result.column(0).int32s()[row]};
      if (weeks.empty() || weeks.back().day != day) weeks.push_back({day, {}});
      weeks.back().accounts[level_in(result.column(1), row)] = result.column(2).int64s()[row];
    }
  }
  return weeks;
}

}  // namespace banso::health
