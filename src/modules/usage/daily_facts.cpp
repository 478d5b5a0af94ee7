// Following the event store.
#include "daily_facts.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "daily_facts_round.hpp"

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;
namespace events = platform::events;

// Account-days asked of the event store at once.
constexpr std::size_t pairs_at_once = 500'000;

}  // namespace

DailyFacts::DailyFacts(std::shared_ptr<duckdb::Database> mart, std::shared_ptr<events::EventStore> event_store,
                       CompactionLimits limits)
    : mart_(std::move(mart)),
      events_(std::move(event_store)),
      limits_(limits),
      tables_(mart_),
      recent_writer_(mart_->connect()),
      numbers_(limits.persons_in_memory) {
  recent_writer_.execute("USE usage_recent");
  auto connection = mart_->connect();
  position_ = connection.query_integer("SELECT position FROM usage_reached");
  day_offset_minutes_ =
      static_cast<int>(connection.query_integer("SELECT day_offset_minutes FROM usage_reached").value_or(0));
  for (auto rows = connection.query("SELECT kind, name FROM usage_type ORDER BY type_number"); rows.next();) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      types_.push_back(
          {static_cast<events::EventKind>(rows.column(0).integer(row)), std::string(rows.column(1).text(row))});
      type_numbers_.emplace(types_.back(), static_cast<std::int32_t>(types_.size()));
    }
  }
}

bool DailyFacts::must_rebuild() {
  const std::lock_guard lock(writing_);
  if (position_) return day_offset_minutes_ != events_->day_offset_minutes();
  if (events_->position() > 0) return true;
  day_offset_minutes_ = events_->day_offset_minutes();
  mart_->connect().execute("INSERT INTO usage_reached VALUES (0, $1)", {day_offset_minutes_});
  position_ = 0;
  return false;
}

UsageChange DailyFacts::refresh() {
  if (must_rebuild()) {
    rebuild();
    return everything();
  }
  const std::lock_guard lock(writing_);
  auto changes = events_->changes_since(*position_);
  if (changes.until == *position_) return {};
  std::erase_if(changes.rewritten, [](const events::AccountDay& pair) { return !pair.account; });
  load_numbers();
  ChangeCollector changed;
  auto connection = mart_->connect();
  std::optional<duckdb::Transaction> taking_out;
  duckdb::Transaction adding(recent_writer_);
  if (!changes.rewritten.empty()) {
    taking_out.emplace(connection);
    take_out(changes.rewritten, connection);
  }

  // Should anything fail from here on, the numbers given in this round are forgotten with it.
  numbers_loaded_ = false;
  Round round(*this);
  for (std::size_t begin = 0; begin < changes.rewritten.size(); begin += pairs_at_once) {
    const auto pairs =
        std::span(changes.rewritten).subspan(begin, std::min(pairs_at_once, changes.rewritten.size() - begin));
    for (const auto& pair : pairs) changed.add(pair.account, pair.day);
    events_->user_days_of(pairs, changes.until, [&](const events::UserDays& piece) { round.add(piece); });
  }
  if (changes.has_added) {
    events_->user_days_added(*position_, changes.until, [&](const events::UserDays& piece) {
      round.add(piece, [&](std::size_t row) {
        const events::AccountDay pair{{piece.account_ids[row]}, {piece.days[row]}};
        if (std::ranges::binary_search(changes.rewritten, pair)) return false;
        changed.add(pair.account, pair.day);
        changed.received({piece.received_at_us[row]});
        return true;
      });
    });
  }
  recent_rows_ += round.finish();
  {
    const std::lock_guard publishing(tables_.publishing);
    if (taking_out) taking_out->commit();
    adding.commit();
    // Were the second commit to fail, the same pairs would be rewritten once more.
    position_ = changes.until;
  }
  numbers_loaded_ = true;
  if (!recent_since_ && (recent_rows_ > 0 || taking_out)) recent_since_ = std::chrono::steady_clock::now();
  return changed.take();
}

// The rows of these pairs, wherever they lie: their new ones come as recent rows.
void DailyFacts::take_out(std::span<const events::AccountDay> pairs, duckdb::Connection& connection) {
  std::vector<std::string> generations;
  {
    const std::shared_lock lock(tables_.publishing);
    for (const auto run : tables_.runs) delete_pairs(connection, run_table(run), pairs);
    for (const auto generation : tables_.generations) generations.push_back(recent_day_table(generation));
  }
  for (const auto& table : generations) delete_pairs(recent_writer_, table, pairs);
  duckdb::Appender stale(recent_writer_, "stale_" + std::to_string(tables_.generations.back()));
  for (const auto& pair : pairs) stale.add(pair.account).add(pair.day).end_row();
  stale.close();
  rewritten_meanwhile_.insert(rewritten_meanwhile_.end(), pairs.begin(), pairs.end());
}

void DailyFacts::rebuild() {
  const std::lock_guard alone(compacting_);
  const std::lock_guard lock(writing_);
  const auto offset = events_->day_offset_minutes();
  const auto reached = events_->position();
  load_numbers();
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  const auto run = connection.query_integer("SELECT coalesce(max(run_number), 0) + 1 FROM usage_run").value_or(1);
  make_run_table(connection, run);
  numbers_loaded_ = false;
  std::int64_t rows = 0;
  {
    Round round(*this, connection, run_table(run));
    events_->user_days_added(0, reached, [&](const events::UserDays& piece) { round.add(piece); });
    rows = round.finish();
  }
  for (const auto old : tables_.runs) connection.execute("DROP TABLE " + run_table(old));
  connection.execute(
      "DELETE FROM usage_run; DELETE FROM usage_reached; DELETE FROM usage_feature_day; "
      "DELETE FROM usage_feature_type");
  connection.execute("INSERT INTO usage_run VALUES ($1, $2)", {run, rows});
  connection.execute("INSERT INTO usage_reached VALUES ($1, $2)", {reached, offset});
  const auto generation = tables_.generations.back();
  {
    // Persons that are known in memory alone were not numbered anew.
    for (const auto old : tables_.generations) {
      connection.execute("INSERT INTO usage_person SELECT * FROM " + recent_person_table(old));
    }
  }
  tables_.begin_generation(generation + 1);
  {
    const std::lock_guard publishing(tables_.publishing);
    transaction.commit();
    for (const auto old : tables_.generations) tables_.drop_generation(old);
    tables_.generations = {generation + 1};
    tables_.runs = {run};
  }
  position_ = reached;
  day_offset_minutes_ = offset;
  recent_rows_ = 0;
  recent_since_.reset();
  numbers_loaded_ = true;
}

void DailyFacts::load_numbers() {
  if (numbers_loaded_) return;
  numbers_.clear();
  FactSnapshot snapshot(tables_);
  next_person_number_ = 1;
  auto rows = snapshot.connection().stream("SELECT key_hash, person_number FROM " + snapshot.persons());
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto number = rows.column(1).int32s()[row];
      numbers_.put(rows.column(0).int64s()[row], number);
      next_person_number_ = std::max(next_person_number_, number + 1);
    }
  }
  numbers_loaded_ = true;
}

std::int32_t DailyFacts::number_of_type(events::EventKind kind, std::string_view name) {
  const std::lock_guard lock(naming_);
  const auto known = type_numbers_.find(EventTypeReference{kind, name});
  if (known != type_numbers_.end()) return known->second;
  const auto number = static_cast<std::int32_t>(types_.size()) + 1;
  // On its own: a number that no fact has yet does no harm, should the round fail.
  mart_->connect().execute("INSERT INTO usage_type VALUES ($1, $2, $3)", {number, static_cast<int>(kind), name});
  types_.push_back({kind, std::string(name)});
  type_numbers_.emplace(types_.back(), number);
  return number;
}

void DailyFacts::forget_person(core::AccountId account, const std::string& person_key) {
  const std::lock_guard alone(compacting_);
  const std::lock_guard lock(writing_);
  const auto sql = [](const std::string& table) {
    return "DELETE FROM " + table + " WHERE account_id = $1 AND person_key = $2";
  };
  for (const auto generation : tables_.generations) {
    recent_writer_.execute(sql(recent_person_table(generation)), {account, person_key});
  }
  mart_->connect().execute(sql("usage_person"), {account, person_key});
  numbers_.remove(person_hash(account, person_key));
}

}  // namespace banso::usage
