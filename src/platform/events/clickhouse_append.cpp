// Storing batches: claims, then rows and touched account-days on all shards at once, then the batch's row in the log.
#include <algorithm>
#include <unordered_map>

#include "clickhouse_store.hpp"
#include "platform/clickhouse/literal.hpp"

namespace banso::platform::events {
namespace {

using clickhouse::Request;
using clickhouse::RowReader;
using clickhouse::RowWriter;

constexpr std::size_t remembered_failures = 64;

std::int32_t today() {
  return core::day_of(core::now()).days;
}

// Day 0 is never dropped: what an import brought must be known however late it is repeated.
std::int32_t kept_day_of(const Event& event) {
  return event.import ? 0 : today();
}

}  // namespace

struct ClickHouseStore::Batch {
  std::span<const Event> events;
  Attempt& attempt;
  std::int64_t batch_no = 0;
  std::vector<std::string> keys;          // one per event
  std::vector<std::uint32_t> messages;    // positions of the events that have a message id, each message once
  std::vector<std::uint32_t> duplicates;  // sorted when complete
  std::unordered_map<std::uint32_t, Verdict> contested;  // by position: messages that others claim, too

  MessageClaim claim(std::uint32_t position, int shard) const {
    const auto& event = events[position];
    return {batch_no, false, {shard, event.account, event.occurred_at, event.matched_by}};
  }
};

ClickHouseStore::ClickHouseStore(const ClickHouseOptions& options, const Settings& settings, int node)
    : options_(options),
      cluster_(options),
      numbers_(node),
      log_(cluster_, numbers_),
      day_offset_minutes_(settings.day_offset_minutes),
      house_kept_on_(today()) {
  numbers_.observe(log_.position());
  seen_until_no_ = numbers_.reserve();
  report_what_a_crash_left();
}

AppendOutcome ClickHouseStore::append(std::span<const Event> batch) {
  if (batch.empty()) return {};
  const std::lock_guard lock(writing_);
  keep_house();
  auto attempt = attempt_for(batch);
  try {
    auto outcome = store(batch, attempt);
    const std::lock_guard seeing(seeing_);
    seen_until_no_ = std::max(seen_until_no_, attempt.last_no);
    std::erase_if(failed_, [&](const Attempt& failed) { return failed.first_no == attempt.first_no; });
    return outcome;
  } catch (...) {
    remember_failure(batch, std::move(attempt));
    throw;
  }
}

// A repeated batch gets the numbers and keys of its first try: rows that were stored then are stored over.
ClickHouseStore::Attempt ClickHouseStore::attempt_for(std::span<const Event> batch) {
  {
    const std::lock_guard seeing(seeing_);
    if (!failed_.empty()) {
      const auto known = std::ranges::find(failed_, fingerprint(batch), &Attempt::fingerprint);
      if (known != failed_.end()) return *known;
    }
  }
  Attempt attempt;
  attempt.first_no = numbers_.reserve(static_cast<std::int64_t>(batch.size()));
  attempt.last_no = attempt.first_no + (static_cast<std::int64_t>(batch.size()) - 1) * ClickHouseNumbers::step;
  attempt.seed = random_seed();
  return attempt;
}

void ClickHouseStore::remember_failure(std::span<const Event> batch, Attempt attempt) {
  for (const auto& event : batch)
    unreported_.insert({event.account, core::day_of(event.occurred_at, day_offset_minutes_)});
  const std::lock_guard seeing(seeing_);
  if (attempt.fingerprint.empty()) attempt.fingerprint = fingerprint(batch);
  std::erase_if(failed_, [&](const Attempt& failed) { return failed.first_no == attempt.first_no; });
  failed_.push_back(std::move(attempt));
  if (failed_.size() > remembered_failures) failed_.pop_front();
}

AppendOutcome ClickHouseStore::store(std::span<const Event> events, Attempt& attempt) {
  Batch batch{.events = events, .attempt = attempt, .keys = {}, .messages = {}, .duplicates = {}, .contested = {}};
  batch.duplicates = find_duplicates(batch);
  if (batch.duplicates.size() < events.size()) {
    for (const auto& [position, verdict] : batch.contested) {
      if (!verdict.empty_places.empty()) attempt.contested.insert(position);
    }
    write_events(batch);
    const bool imported = std::ranges::any_of(events, [](const Event& event) { return bool(event.import); });
    write_to_log(batch.batch_no, true, imported);
  }
  return {static_cast<std::int64_t>(events.size() - batch.duplicates.size()), std::move(batch.duplicates)};
}

// Claims the batch's messages and learns which of them are stored already.
std::vector<std::uint32_t> ClickHouseStore::find_duplicates(Batch& batch) {
  std::vector<std::uint32_t> repeated_within;
  std::set<std::string_view> seen;
  batch.keys.reserve(batch.events.size());
  for (std::uint32_t position = 0; position < batch.events.size(); ++position) {
    const auto& event = batch.events[position];
    if (event.message_id.empty()) {
      batch.keys.push_back(key_without_message(batch.attempt.seed, position));
      continue;
    }
    batch.keys.push_back(message_key(event.source, event.message_id));
    // The keys do not move: their room was reserved.
    (seen.insert(batch.keys.back()).second ? batch.messages : repeated_within).push_back(position);
  }

  std::vector<std::uint32_t> duplicates;
  for (bool again = true; again;) {
    batch.batch_no = numbers_.reserve();
    if (batch.messages.empty()) break;
    duplicates.clear();
    batch.contested.clear();
    again = false;
    insert_claims(batch);
    const auto others = read_claims(batch);
    std::set<std::int64_t> numbers;
    for (const auto& claims : others) {
      for (const auto& claim : claims) numbers.insert(claim.batch_no);
    }
    const auto complete = complete_among(numbers);
    for (std::size_t index = 0; index < others.size(); ++index) {
      if (others[index].empty()) continue;
      const auto position = batch.messages[index];
      auto verdict = judge(batch.claim(position, shard_for(batch.events[position])), others[index], complete);
      numbers_.observe(verdict.released_no);
      again |= verdict.released_no > batch.batch_no;
      if (verdict.duplicate && !batch.attempt.contested.contains(position)) {
        duplicates.push_back(position);
      } else {
        batch.contested.emplace(position, std::move(verdict));
      }
    }
  }
  duplicates.insert(duplicates.end(), repeated_within.begin(), repeated_within.end());
  std::ranges::sort(duplicates);
  return duplicates;
}

void ClickHouseStore::insert_claims(const Batch& batch) {
  std::vector<RowWriter> rows(static_cast<std::size_t>(cluster_.shards()));
  for (const auto position : batch.messages) {
    const auto& event = batch.events[position];
    auto& shard = rows[static_cast<std::size_t>(cluster_.shard_of(number_of_key(batch.keys[position])))];
    shard.add_fixed(batch.keys[position]).add(batch.batch_no).add(std::uint8_t{0});
    shard.add(static_cast<std::uint16_t>(shard_for(event))).add(event.account.value);
    shard.add(static_cast<std::uint8_t>(event.matched_by)).add(event.occurred_at.microseconds).add(kept_day_of(event));
  }
  std::vector<Request> requests;
  add_inserts(requests, "message", rows);
  cluster_.run(requests);
}

// The claims of others, for each of the batch's messages.
std::vector<std::vector<MessageClaim>> ClickHouseStore::read_claims(const Batch& batch) {
  std::vector<RowWriter> wanted(static_cast<std::size_t>(cluster_.shards()));
  std::unordered_map<std::string_view, std::size_t> index_of;
  for (std::size_t index = 0; index < batch.messages.size(); ++index) {
    const std::string_view key = batch.keys[batch.messages[index]];
    index_of.emplace(key, index);
    wanted[static_cast<std::size_t>(cluster_.shard_of(number_of_key(key)))].add_fixed(key);
  }
  const auto sql = clickhouse::with_values(
      "SELECT message_key, batch_no, state, shard, account_id, matched_by, occurred_at FROM {message} WHERE "
      "message_key "
      "IN wanted AND batch_no != ?",
      {batch.batch_no});
  std::vector<Request> requests;
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    auto& keys = wanted[static_cast<std::size_t>(shard)];
    if (keys.empty()) continue;
    requests.push_back(cluster_.read(shard, sql));
    requests.back().tables.push_back({"wanted", "message_key FixedString(16)", keys.take()});
  }
  std::vector<std::vector<MessageClaim>> claims(batch.messages.size());
  for (const auto& answer : cluster_.run(requests)) {
    clickhouse::each_row(answer, [&](RowReader& row) {
      const auto key = row.fixed(16);
      MessageClaim claim;
      claim.batch_no = row.number<std::int64_t>();
      claim.release = row.number<std::uint8_t>() != 0;
      claim.place.shard = row.number<std::uint16_t>();
      claim.place.account = {row.number<std::int64_t>()};
      claim.place.matched_by = static_cast<MatchedBy>(row.number<std::uint8_t>());
      claim.place.occurred_at = {row.number<std::int64_t>()};
      if (row.ok()) claims[index_of.at(key)].push_back(claim);
    });
  }
  return claims;
}

std::set<std::int64_t> ClickHouseStore::complete_among(const std::set<std::int64_t>& batch_numbers) {
  std::vector<RowWriter> wanted(static_cast<std::size_t>(cluster_.shards()));
  for (const auto number : batch_numbers) {
    wanted[static_cast<std::size_t>(cluster_.shard_of(static_cast<std::uint64_t>(number)))].add(number);
  }
  std::vector<Request> requests;
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    auto& numbers = wanted[static_cast<std::size_t>(shard)];
    if (numbers.empty()) continue;
    requests.push_back(
        cluster_.read(shard, "SELECT DISTINCT batch_no FROM {batch} WHERE batch_no IN wanted AND complete = 1"));
    requests.back().tables.push_back({"wanted", "batch_no Int64", numbers.take()});
  }
  std::set<std::int64_t> complete;
  for (const auto& answer : cluster_.run(requests)) {
    clickhouse::each_row(answer, [&](RowReader& row) { complete.insert(row.number<std::int64_t>()); });
  }
  return complete;
}

void ClickHouseStore::write_events(const Batch& batch) {
  std::vector<RowWriter> rows(static_cast<std::size_t>(cluster_.shards())), removals(rows.size());
  std::set<AccountDay> touched;
  const auto touch = [&](core::AccountId account, core::Instant occurred_at) {
    touched.insert({account, core::day_of(occurred_at, day_offset_minutes_)});
  };
  auto duplicate = batch.duplicates.begin();
  for (std::uint32_t position = 0; position < batch.events.size(); ++position) {
    if (duplicate != batch.duplicates.end() && *duplicate == position) {
      ++duplicate;
      continue;
    }
    EventRow row{batch.events[position], batch.keys[position], static_cast<std::uint64_t>(batch.batch_no),
                 batch.attempt.first_no + position * ClickHouseNumbers::step};
    int shard = 0;
    if (const auto contested = batch.contested.find(position); contested != batch.contested.end()) {
      const auto& [winner, empty_places] = std::tie(contested->second.winner, contested->second.empty_places);
      shard = winner.place.shard;
      row.version = static_cast<std::uint64_t>(winner.batch_no);
      row.event.account = winner.place.account;
      row.event.matched_by = winner.place.matched_by;
      row.event.occurred_at = winner.place.occurred_at;
      for (const auto& place : empty_places) {
        write_removal(removals.at(static_cast<std::size_t>(place.shard)), place.account, place.occurred_at,
                      row.event.source, row.message_key, row.version);
        touch(place.account, place.occurred_at);
      }
    } else {
      shard = shard_for(row.event);
    }
    write_event_row(rows.at(static_cast<std::size_t>(shard)), row);
    touch(row.event.account, row.event.occurred_at);
  }
  std::vector<Request> requests;
  add_touched(requests, batch.batch_no, touched);
  add_inserts(requests, "event", rows);
  cluster_.run(requests);
  // Only when the rows are there may other places be emptied: another node's event, taken and answered for, would be
  // lost should this end in between.
  requests.clear();
  add_inserts(requests, "event", removals);
  cluster_.run(requests);
}

void ClickHouseStore::add_inserts(std::vector<Request>& requests, std::string_view table,
                                  std::vector<RowWriter>& rows_of_shards) const {
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    auto& rows = rows_of_shards[static_cast<std::size_t>(shard)];
    if (!rows.empty()) requests.push_back(cluster_.insert(shard, table, rows.take()));
  }
}

int ClickHouseStore::shard_for(const Event& event) const {
  if (event.account) return shard_for(event.account);
  // What waits to be matched is spread, too, each group together.
  return cluster_.shard_of(
      number_of_key(message_key(event.source, event.group_key.empty() ? event.person_key : event.group_key)));
}

// ------------------------------------------------------------------------------------------------------- the log

void ClickHouseStore::add_touched(std::vector<Request>& requests, std::int64_t batch_no,
                                  const std::set<AccountDay>& pairs) {
  auto all = pairs;
  all.insert(unreported_.begin(), unreported_.end());
  std::vector<RowWriter> rows(static_cast<std::size_t>(cluster_.shards()));
  for (const auto& pair : all) {
    auto& shard = rows[static_cast<std::size_t>(shard_for(pair.account))];
    shard.add(batch_no).add(pair.account.value).add(pair.day.days).add(today());
  }
  add_inserts(requests, "touched", rows);
}

void ClickHouseStore::write_to_log(std::int64_t batch_no, bool complete, bool for_ever) {
  RowWriter row;
  row.add(batch_no).add(std::uint8_t{complete}).add(for_ever ? std::int32_t{0} : today());
  cluster_.run(cluster_.insert(cluster_.shard_of(static_cast<std::uint64_t>(batch_no)), "batch", row.take()));
  unreported_.clear();
}

// A node that died within a batch left account-days that nobody was told of. They are its newest, since it stores one
// batch after the other.
void ClickHouseStore::report_what_a_crash_left() {
  const auto own = clickhouse::with_values("bitAnd(batch_no, 15) = ?", {std::int64_t{numbers_.node()}});
  std::int64_t last_told = 0;
  for (const auto& answer : cluster_.run_everywhere("SELECT max(batch_no) FROM {batch} WHERE " + own)) {
    clickhouse::each_row(answer, [&](RowReader& row) { last_told = std::max(last_told, row.number<std::int64_t>()); });
  }
  const auto left = "SELECT DISTINCT account_id, day FROM {touched} WHERE " + own +
                    clickhouse::with_values(" AND batch_no > ?", {last_told});
  const std::lock_guard lock(writing_);
  for (const auto& answer : cluster_.run_everywhere(left)) {
    clickhouse::each_row(answer, [&](RowReader& row) {
      const auto account = row.number<std::int64_t>();
      unreported_.insert(AccountDay{{account}, {row.number<std::int32_t>()}});
    });
  }
  if (unreported_.empty()) return;
  const auto batch_no = numbers_.reserve();
  std::vector<Request> requests;
  add_touched(requests, batch_no, {});
  cluster_.run(requests);
  write_to_log(batch_no, false, false);
}

void ClickHouseStore::keep_house() {
  if (house_kept_on_ == today()) return;
  cluster_.drop_what_is_too_old();
  house_kept_on_ = today();
}

// ---------------------------------------------------------------------------------------------------------------- open

std::shared_ptr<EventStore> open_clickhouse_store(const std::string& url, const Settings& settings, int node_number) {
  return std::make_shared<ClickHouseStore>(ClickHouseOptions::parse(url), settings, node_number);
}

}  // namespace banso::platform::events
