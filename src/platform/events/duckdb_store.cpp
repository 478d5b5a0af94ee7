// The DuckDB store: opening, appending, keeping house.
#include "duckdb_store.hpp"

#include <algorithm>
#include <utility>

namespace banso::platform::events {
namespace {

using Clock = std::chrono::steady_clock;

// Checkpoints are made by the housekeeper, when it suits. Appends wait while what they added is written: the smaller,
// the shorter. Only where the housekeeper does not come to it, DuckDB lets an append do one by itself. What lies in the
// log is replayed at the next opening after a crash.
constexpr std::int64_t checkpoint_at_bytes = 32 << 20;
// While a tail is being settled there are none if possible: a checkpoint writes all that is left of the tail anew, and
// appends would wait for that, in vain: the tail goes soon.
constexpr std::int64_t checkpoint_while_settling_at_bytes = 384 << 20;
constexpr const char* checkpoint_by_append_at = "768MB";
constexpr auto pause_between_pieces = std::chrono::milliseconds(20);
constexpr auto pause_after_failure = std::chrono::seconds(2);

// Tells the ledgers of two stores apart.
std::uint64_t identity_of(const MessageHasher& hasher) {
  return hasher(0, "identity of the ledger").high;
}

void read_volumes(duckdb::Connection& connection, const std::string& sql, VolumeSum& sum) {
  auto rows = connection.query(sql);
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto integer = [&](std::size_t column) { return rows.column(column).integer(row); };
      sum.add({integer(0)}, static_cast<EventKind>(integer(1)), rows.column(2).text(row),
              {integer(3), integer(4), {integer(5)}, {integer(6)}, {integer(7)}});
    }
  }
}

}  // namespace

// ------------------------------------------------------------------------------------------------------------ opening

DuckDbStore::DuckDbStore(std::shared_ptr<duckdb::Database> database, std::optional<std::filesystem::path> ledger_folder,
                         const Settings& settings, const DuckDbTuning& tuning)
    : database_(std::move(database)),
      ledger_folder_(std::move(ledger_folder)),
      tuning_(tuning),
      day_offset_minutes_(settings.day_offset_minutes),
      settler_(tuning.settle_piece_rows) {
  load();
  housekeeper_ = std::jthread([this](const std::stop_token& stop) { keep_house(stop); });
}

DuckDbStore::~DuckDbStore() {
  housekeeper_.request_stop();
}

// Also after a fatal error: then the ledger is there already, and need hear only of what it may have missed.
void DuckDbStore::load() {
  writer_ = database_->connect();
  writer_->execute(std::string("SET checkpoint_threshold = '") + checkpoint_by_append_at + "'");
  writer_->execute("SET preserve_insertion_order = true");  // settled rows stay sorted
  layout::prepare(*writer_);
  tails_.clear();
  for (const auto number : layout::tails(*writer_)) {
    tails_.push_back({number, *writer_->query_integer("SELECT count(*) FROM " + layout::tail_table(number))});
  }
  const auto settled = layout::settled_until(*writer_);
  last_event_no_ = std::max(settled, writer_->query_integer("SELECT max(event_no) FROM event_recent").value_or(0));
  last_touched_ = writer_->query_integer("SELECT max(position) FROM touched").value_or(0);
  const auto known = ledger_ ? position_.load() : 0;
  position_ = std::max(last_event_no_.load(), last_touched_.load());
  next_no_ = position_ + 1;
  load_volumes();

  if (!hasher_) hasher_.emplace(layout::message_key(*writer_));
  if (ledger_) {
    remember_messages(known);
  } else {
    ledger_ = std::make_unique<MessageLedger>(ledger_folder_, identity_of(*hasher_), position_, tuning_.ledger);
    remember_messages(ledger_->sealed_until());
    ledger_->complete(position_);
  }
}

void DuckDbStore::load_volumes() {
  VolumeSum sum;
  read_volumes(*writer_, layout::settled_volumes_sql, sum);
  read_volumes(*writer_, layout::volumes_sql(" FROM event_recent"), sum);
  volumes_.reset(std::move(sum));
}

void DuckDbStore::remember_messages(std::int64_t since) {
  auto rows =
      writer_->stream("SELECT source_id, message_id FROM event WHERE event_no > $1 AND message_id <> ''", {since});
  std::vector<MessageHash> hashes;
  while (rows.next()) {
    hashes.clear();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      hashes.push_back((*hasher_)(rows.column(0).int64s()[row], rows.column(1).text(row)));
    }
    ledger_->insert(hashes, ledger_->sealed_until());
    if (ledger_->needs_maintenance()) ledger_->maintain();
  }
}

// Every write begins with this: after a fatal error the database must be opened again.
void DuckDbStore::ensure_working() {
  if (!broken_) return;
  if (database_->reopen_if_broken()) reopened_ = true;
  if (reopened_) load();
  reopened_ = broken_ = false;
}

// ----------------------------------------------------------------------------------------------------------- appending

AppendOutcome DuckDbStore::append(std::span<const Event> batch) try {
  if (batch.empty()) return {};
  std::vector<MessageHash> hashes(batch.size());
  for (std::size_t index = 0; index < batch.size(); ++index) {
    if (batch[index].message_id.empty()) continue;
    hashes[index] = (*hasher_)(batch[index].source.value, batch[index].message_id);
  }
  const std::lock_guard lock(writing_);
  ensure_working();
  auto duplicates = duplicates_in(batch, hashes);
  if (duplicates.size() < batch.size()) write_rows(batch, hashes, duplicates);
  return {static_cast<std::int64_t>(batch.size() - duplicates.size()), std::move(duplicates)};
} catch (const duckdb::DuckDbError&) {
  const std::lock_guard lock(writing_);
  broken_ = true;
  throw;
}

std::vector<std::uint32_t> DuckDbStore::duplicates_in(std::span<const Event> batch,
                                                      std::span<const MessageHash> hashes) const {
  const bool imported = std::ranges::any_of(batch, [](const Event& event) { return bool(event.import); });
  const auto known = std::make_unique<bool[]>(batch.size());
  ledger_->find(hashes, {known.get(), batch.size()}, imported);
  std::vector<std::uint32_t> duplicates;
  MessageTable in_batch(batch.size());
  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    if (hashes[index].is_none()) continue;
    if (known[index] || !in_batch.insert(hashes[index])) duplicates.push_back(index);
  }
  return duplicates;
}

void DuckDbStore::write_rows(std::span<const Event> batch, std::span<const MessageHash> hashes,
                             std::span<const std::uint32_t> duplicates) {
  duckdb::Transaction transaction(*writer_);
  duckdb::Appender appender(*writer_, layout::tail_table(tails_.back().number));
  auto number = next_no_;
  auto duplicate = duplicates.begin();
  std::vector<MessageHash> stored;
  stored.reserve(batch.size() - duplicates.size());
  VolumeSum sum;
  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    if (duplicate != duplicates.end() && *duplicate == index) {
      ++duplicate;
      continue;
    }
    const auto& event = batch[index];
    appender.add(number++).add(event.source).add(event.message_id).add(event.occurred_at).add(event.received_at);
    appender.add(event.account).add(static_cast<int>(event.matched_by)).add(event.group_key);
    appender.add(event.person_key).add(event.user_id).add(event.anonymous_id);
    appender.add(static_cast<int>(event.kind)).add(event.name).add(event.properties).add(event.import);
    appender.end_row();
    stored.push_back(hashes[index]);
    sum.add(event);
  }
  appender.close();
  transaction.commit();

  ledger_->insert(stored, number - 1);
  volumes_.add(sum);
  tails_.back().rows += number - next_no_;
  appended_at_ = Clock::now();
  next_no_ = number;
  last_event_no_ = number - 1;
  position_ = number - 1;
}

// ------------------------------------------------------------------------------------------------------- keeping house

void DuckDbStore::keep_house(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::chrono::milliseconds pause = tuning_.house_kept_every;
    try {
      {
        const std::lock_guard lock(writing_);
        ensure_working();
      }
      // Not both at once: the machine belongs to others.
      if (checkpoint() || ledger_->maintain() || settle(true)) pause = pause_between_pieces;
    } catch (const std::exception&) {
      // A full or failing disk. Nothing is lost: the work is still to be done.
      const std::lock_guard lock(writing_);
      broken_ = true;
      pause = pause_after_failure;
    }
    std::unique_lock lock(sleeping_);
    wake_.wait_for(lock, stop, pause, [] { return false; });
  }
}

// False: nothing to do, or not now.
bool DuckDbStore::checkpoint() {
  std::unique_lock lock(layout_);
  const auto due_at = settler_.is_under_way() ? checkpoint_while_settling_at_bytes : checkpoint_at_bytes;
  lock.unlock();
  return database_->log_bytes() >= due_at && database_->checkpoint();
}

// One piece of it. False: nothing to do.
bool DuckDbStore::settle(bool due_only) {
  const std::lock_guard layout_lock(layout_);
  std::unique_lock lock(writing_);
  if (tails_.size() == 1) {
    if (due_only ? !tail_is_due() : tails_.back().rows == 0) return false;
    const auto number = tails_.back().number + 1;
    duckdb::Transaction transaction(*writer_);
    layout::make_tail(*writer_, tail_numbers(), number);
    transaction.commit();
    tails_.push_back({number, 0});
  }
  auto remaining = tail_numbers();
  lock.unlock();
  const auto oldest = remaining.front();
  remaining.erase(remaining.begin());
  auto connection = database_->connect();
  if (settler_.step(connection, oldest, remaining)) {
    lock.lock();
    std::erase_if(tails_, [&](const Tail& tail) { return tail.number == oldest; });
  }
  return true;
}

bool DuckDbStore::tail_is_due() const {
  if (tails_.back().rows >= tuning_.settle_at_rows) return true;
  return tails_.back().rows >= tuning_.settle_idle_rows && Clock::now() - appended_at_ >= tuning_.idle_after;
}

layout::TailNumbers DuckDbStore::tail_numbers() const {
  layout::TailNumbers numbers;
  for (const auto& tail : tails_) numbers.push_back(tail.number);
  return numbers;
}

void DuckDbStore::settle_everything() {
  while (settle(false)) {
  }
  while (ledger_->maintain()) {
  }
}

std::size_t DuckDbStore::tail_count() {
  const std::lock_guard lock(writing_);
  return tails_.size();
}

// --------------------------------------------------------------------------------------------------------------- open

std::shared_ptr<EventStore> open_duckdb_store(const std::filesystem::path& file, const Settings& settings) {
  const duckdb::Settings duckdb_settings{.memory_limit = settings.memory_limit, .threads = settings.threads};
  auto ledger_folder = file;
  ledger_folder.replace_extension(".ledger");
  return std::make_shared<DuckDbStore>(duckdb::Database::open(file, duckdb_settings), ledger_folder, settings);
}

std::shared_ptr<EventStore> duckdb_store_in_memory(const Settings& settings) {
  const duckdb::Settings duckdb_settings{.memory_limit = settings.memory_limit, .threads = settings.threads};
  return std::make_shared<DuckDbStore>(duckdb::Database::in_memory(duckdb_settings), std::nullopt, settings);
}

}  // namespace banso::platform::events
