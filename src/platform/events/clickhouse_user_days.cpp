// User-days and what followers read. Whatever is long is read in pieces of a bounded number of rows, each an account
// range or a part of one account, so that neither the servers nor this node hold more than a piece.
#include <algorithm>
#include <map>

#include "clickhouse_store.hpp"
#include "clickhouse_where.hpp"

namespace banso::platform::events {
namespace {

using clickhouse::each_row;
using clickhouse::Request;
using clickhouse::RowReader;
using clickhouse::RowWriter;

constexpr std::int64_t rows_in_a_piece = 400'000;
constexpr std::size_t pairs_in_a_piece = 10'000;

void visit_user_days(std::string_view answer, const UserDayVisitor& visit) {
  std::vector<std::int64_t> account_ids, events, received_at_us;
  std::vector<std::int32_t> days, known_days;
  std::vector<std::string_view> person_keys, names;
  std::vector<EventKind> kinds;
  each_row(answer, [&](RowReader& row) {
    account_ids.push_back(row.number<std::int64_t>());
    days.push_back(row.number<std::int32_t>());
    person_keys.push_back(row.text());
    kinds.push_back(static_cast<EventKind>(row.number<std::uint8_t>()));
    names.push_back(row.text());
    events.push_back(row.number<std::int64_t>());
    known_days.push_back(row.number<std::int32_t>());
    received_at_us.push_back(row.number<std::int64_t>());
  });
  if (!days.empty()) visit({account_ids, days, person_keys, kinds, names, events, known_days, received_at_us});
}

std::vector<AccountDay> read_account_days(std::string_view answer) {
  std::vector<AccountDay> pairs;
  each_row(answer, [&](RowReader& row) {
    const auto account = row.number<std::int64_t>();
    pairs.push_back({{account}, {row.number<std::int32_t>()}});
  });
  return pairs;
}

}  // namespace

Request ClickHouseStore::user_day_request(int shard, const Where& which) const {
  return request(shard,
                 "account_id, " + day_sql("occurred_at") + " AS day, person_key, kind, name, toInt64(count()), " +
                     day_sql("received_at") + " AS known_day, min(received_at)",
                 which, " GROUP BY account_id, day, person_key, kind, name, known_day ORDER BY account_id, day");
}

void ClickHouseStore::user_days(const Selection& selection, const UserDayVisitor& visit) {
  if (selection.accounts.size() == 1) {
    const auto shard = shard_with(selection.accounts.front());
    std::vector<Where> pieces;
    split_account(selection.accounts.front(), usage_where(selection), pieces);
    for (const auto& piece : pieces) visit_user_days(cluster_.run(user_day_request(shard, piece)), visit);
    return;
  }
  for (const auto& piece : pieces_of(selection)) {
    visit_user_days(cluster_.run(user_day_request(all_shards, piece)), visit);
  }
}

// Account ranges with a bounded number of rows; copies are counted as rows, too, which does no harm.
std::vector<ClickHouseStore::Where> ClickHouseStore::pieces_of(const Selection& selection) {
  const auto which = usage_where(selection);
  auto counting = cluster_.long_read_all("SELECT account_id, toInt64(count()) FROM {event_all} WHERE removed = 0" +
                                         which.sql + " GROUP BY account_id ORDER BY account_id");
  counting.tables = which.tables;
  std::vector<Where> pieces;
  std::int64_t first = 0, last = 0, rows = 0;
  const auto close_range = [&] {
    if (rows == 0) return;
    pieces.push_back(which);
    pieces.back().add("account_id >= ? AND account_id <= ?", {first, last});
    rows = 0;
  };
  each_row(cluster_.run(counting), [&](RowReader& row) {
    const auto account = row.number<std::int64_t>(), of_account = row.number<std::int64_t>();
    if (rows + of_account > rows_in_a_piece) close_range();
    if (of_account > rows_in_a_piece) {
      auto own = which;
      own.add("account_id = ?", {account});
      split_account({account}, own, pieces);
      return;
    }
    if (rows == 0) first = account;
    last = account;
    rows += of_account;
  });
  close_range();
  return pieces;
}

// Ranges of days of one account.
void ClickHouseStore::split_account(core::AccountId account, const Where& which, std::vector<Where>& pieces) {
  const auto shard = shard_with(account);
  const auto sql = "SELECT " + day_sql("occurred_at") + " AS day, toInt64(count()) FROM " +
                   (shard == all_shards ? "{event_all}" : "{event}") + " WHERE removed = 0" + which.sql +
                   " GROUP BY day ORDER BY day";
  auto counting = shard == all_shards ? cluster_.long_read_all(sql) : cluster_.long_read(shard, sql);
  counting.tables = which.tables;
  std::int32_t first = 0, last = 0;
  std::int64_t rows = 0;
  const auto close_range = [&] {
    if (rows == 0) return;
    pieces.push_back(which);
    pieces.back().add("occurred_at >= ? AND occurred_at < ?",
                      {core::start_of({first}, day_offset_minutes_).microseconds,
                       core::start_of({last + 1}, day_offset_minutes_).microseconds});
    rows = 0;
  };
  each_row(cluster_.run(counting), [&](RowReader& row) {
    const auto day = row.number<std::int32_t>();
    const auto of_day = row.number<std::int64_t>();
    if (rows + of_day > rows_in_a_piece) close_range();
    if (rows == 0) first = day;
    last = day;
    rows += of_day;
  });
  close_range();
}

std::vector<DailyCount> ClickHouseStore::daily_counts(const Selection& selection) {
  const auto shard = selection.accounts.size() == 1 ? shard_with(selection.accounts.front()) : all_shards;
  std::vector<DailyCount> counts;
  each_row(cluster_.run(request(shard,
                                "account_id, " + day_sql("occurred_at") +
                                    " AS day, kind, name, toInt64(count()), toInt64(uniqExactIf(person_key, "
                                    "person_key != ''))",
                                usage_where(selection),
                                " GROUP BY account_id, day, kind, name ORDER BY account_id, day, kind, name")),
           [&](RowReader& row) {
             DailyCount count;
             count.account = {row.number<std::int64_t>()};
             count.day = {row.number<std::int32_t>()};
             count.type.kind = static_cast<EventKind>(row.number<std::uint8_t>());
             count.type.name = row.text();
             count.events = row.number<std::int64_t>();
             count.users = row.number<std::int64_t>();
             counts.push_back(std::move(count));
           });
  return counts;
}

// ----------------------------------------------------------------------------------------------------------- followers

// Account-days to be read anew, and never "added": the copies that two nodes may have stored at the same time, and
// batches that come to light out of order, would make a sum of additions wrong. From the beginning everything is added.
Changes ClickHouseStore::changes_since(std::int64_t since) {
  if (since == 0) {
    const auto until = log_.position();
    return {.until = until, .has_added = until > 0, .rewritten = {}};
  }
  Changes changes;
  const auto oldest_told =
      core::Instant{core::now().microseconds - (ClickHouseCluster::log_days - 1) * core::microseconds_per_day};
  if (since < ClickHouseNumbers::at(oldest_told)) {
    changes.until = log_.position();
    if (changes.until != since) changes.rewritten = all_account_days();
    return changes;
  }
  const auto news = log_.since(since);
  changes.until = news.until;
  if (!news.any) return changes;
  auto condition = clickhouse::with_values("(batch_no > ? AND batch_no <= ?)", {since, changes.until});
  if (!news.late.empty()) condition += clickhouse::with_values(" OR batch_no IN ?", {news.late});
  for (const auto& answer :
       cluster_.run_everywhere("SELECT DISTINCT account_id, day FROM {touched} WHERE " + condition)) {
    const auto pairs = read_account_days(answer);
    changes.rewritten.insert(changes.rewritten.end(), pairs.begin(), pairs.end());
  }
  std::ranges::sort(changes.rewritten);
  changes.rewritten.erase(std::ranges::unique(changes.rewritten).begin(), changes.rewritten.end());
  return changes;
}

std::vector<AccountDay> ClickHouseStore::all_account_days() {
  return read_account_days(cluster_.run(cluster_.long_read_all("SELECT DISTINCT account_id, " + day_sql("occurred_at") +
                                                               " AS day FROM {event_all} ORDER BY account_id, day")));
}

// Only from the beginning is anything told as added. Rows that came after `until` may be among them: the next
// changes_since() tells their account-days to be read anew.
void ClickHouseStore::user_days_added(std::int64_t since, std::int64_t, const UserDayVisitor& visit) {
  if (since == 0) user_days({}, visit);
}

void ClickHouseStore::user_days_of(std::span<const AccountDay> pairs, std::int64_t, const UserDayVisitor& visit) {
  std::vector<std::vector<AccountDay>> by_shard(static_cast<std::size_t>(cluster_.shards()));
  for (const auto& pair : pairs) {
    if (pair.account) by_shard[static_cast<std::size_t>(shard_for(pair.account))].push_back(pair);
  }
  std::vector<Request> requests;
  const auto run = [&] {
    for (const auto& answer : cluster_.run(requests)) visit_user_days(answer, visit);
    requests.clear();
  };
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    const auto& own = by_shard[static_cast<std::size_t>(shard)];
    for (std::size_t begin = 0; begin < own.size(); begin += pairs_in_a_piece) {
      const auto piece = std::span(own).subspan(begin, std::min(pairs_in_a_piece, own.size() - begin));
      const auto [first, last] = std::ranges::minmax(piece, {}, &AccountDay::day);
      auto which = usage_where({.accounts = {}, .from = first.day, .to = last.day, .known_until = {}});
      // The list of accounts lets the rest of the table be skipped, which pairs would not.
      std::vector<std::int64_t> accounts;
      RowWriter wanted;
      for (const auto& pair : piece) {
        accounts.push_back(pair.account.value);
        wanted.add(pair.account.value).add(pair.day.days);
      }
      std::ranges::sort(accounts);
      accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
      which.add_in("account_id", accounts);
      which.tables.push_back({"wanted_pairs", "account_id Int64, day Int32", wanted.take()});
      which.add("(account_id, " + day_sql("occurred_at") + ") IN wanted_pairs");
      requests.push_back(user_day_request(shard, which));
      if (requests.size() == static_cast<std::size_t>(cluster_.shards())) run();
    }
  }
  run();
}

}  // namespace banso::platform::events
