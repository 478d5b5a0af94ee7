#include "shadow_store.hpp"

namespace banso::health {
namespace {

namespace duckdb = platform::duckdb;
namespace records = platform::records;

constexpr double ten_thousandths_per_point = 10'000;

ShadowRecord read_record(const records::Row& row) {
  return {row.text(0), row.instant(1), row.instant(2),       row.text(3),
          row.text(4), row.integer(5), row.maybe_instant(6), row.maybe_text(7)};
}

std::vector<std::int64_t> list_of(std::span<const core::AccountId> accounts) {
  std::vector<std::int64_t> ids;
  for (const auto account : accounts) ids.push_back(account.value);
  return ids;
}

}  // namespace

std::optional<double> ShadowDay::mean_difference() const {
  if (compared == 0) return std::nullopt;
  return static_cast<double>(difference_sum) / ten_thousandths_per_point / static_cast<double>(compared);
}

ShadowStore::ShadowStore(std::shared_ptr<records::Database> records, std::shared_ptr<duckdb::Database> mart)
    : records_(std::move(records)), mart_(std::move(mart)) {
  auto connection = mart_->connect();
  connection.execute(
      "CREATE TABLE IF NOT EXISTS health_shadow_score (scorecard VARCHAR, since_us BIGINT, account_id BIGINT, score "
      "INTEGER, level VARCHAR)");
  connection.execute(
      "CREATE TABLE IF NOT EXISTS health_shadow_day (scorecard VARCHAR, since_us BIGINT, day INTEGER, accounts BIGINT, "
      "compared BIGINT, differing BIGINT, difference_sum BIGINT)");
}

std::vector<ShadowRecord> ShadowStore::all() const {
  std::vector<ShadowRecord> found;
  if (!records_) return found;
  records_->read([&](records::Session& session) {
    session.each(
        "SELECT scorecard, since_at_us, started_at_us, started_by, draft, restarts, ended_at_us, ended_because FROM "
        "shadow_run ORDER BY scorecard",
        {}, [&](const records::Row& row) { found.push_back(read_record(row)); });
  });
  return found;
}

void ShadowStore::start(const std::string& scorecard, const std::string& draft, const core::Caller& caller) {
  records_->write([&](records::Session& session) {
    session.execute(
        "INSERT INTO shadow_run (scorecard, since_at_us, started_at_us, started_by, draft, restarts) VALUES (:1, :2, "
        ":2, :3, :4, 0) ON CONFLICT (scorecard) DO UPDATE SET since_at_us = :2, started_at_us = :2, started_by = :3, "
        "draft = :4, restarts = 0, ended_at_us = NULL, ended_because = NULL WHERE shadow_run.ended_at_us IS NOT NULL",
        {scorecard, core::now(), caller.name, draft});
  });
}

void ShadowStore::restart(const std::string& scorecard, const std::string& draft) {
  records_->write([&](records::Session& session) {
    session.execute(
        "UPDATE shadow_run SET since_at_us = :1, draft = :2, restarts = restarts + 1 WHERE scorecard = :3 AND "
        "ended_at_us IS NULL AND draft <> :2",
        {core::now(), draft, scorecard});
  });
}

void ShadowStore::end(const std::string& scorecard, std::string_view because) {
  records_->write([&](records::Session& session) {
    session.execute(
        "UPDATE shadow_run SET ended_at_us = :1, ended_because = :2 WHERE scorecard = :3 AND ended_at_us IS NULL",
        {core::now(), because, scorecard});
  });
}

std::vector<std::pair<core::AccountId, ShadowScore>> ShadowStore::scores(const ShadowRecord& record) const {
  std::vector<std::pair<core::AccountId, ShadowScore>> found;
  auto connection = mart_->connect();
  auto result = connection.query(
      "SELECT account_id, score, level FROM health_shadow_score WHERE scorecard = $1 AND since_us = $2",
      {record.scorecard, record.since.microseconds});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      ShadowScore score;
      if (!result.column(1).is_null(row)) score.score = engine::Points{result.column(1).int32s()[row]};
      score.level = result.column(2).text(row);
      found.emplace_back(core::AccountId{result.column(0).int64s()[row]}, std::move(score));
    }
  }
  return found;
}

std::vector<ShadowDay> ShadowStore::days(const ShadowRecord& record) const {
  std::vector<ShadowDay> found;
  auto connection = mart_->connect();
  auto result = connection.query(
      "SELECT day, accounts, compared, differing, difference_sum FROM health_shadow_day WHERE scorecard = $1 AND "
      "since_us = $2 ORDER BY day",
      {record.scorecard, record.since.microseconds});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      found.push_back({{result.column(0).int32s()[row]},
                       result.column(1).int64s()[row],
                       result.column(2).int64s()[row],
                       result.column(3).int64s()[row],
                       result.column(4).int64s()[row]});
    }
  }
  return found;
}

void ShadowStore::replace(const ShadowRecord& record, std::span<const core::AccountId> accounts,
                          std::span<const std::pair<core::AccountId, ShadowScore>> scores) {
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  connection.execute("DELETE FROM health_shadow_score WHERE scorecard = $1 AND account_id IN (SELECT unnest($2))",
                     {record.scorecard, list_of(accounts)});
  duckdb::Appender appender(connection, "health_shadow_score");
  for (const auto& [account, score] : scores) {
    appender.add(record.scorecard).add(record.since.microseconds).add(account);
    if (score.score) {
      appender.add(score.score->ten_thousandths);
    } else {
      appender.add_null();
    }
    appender.add(score.level).end_row();
  }
  appender.close();
  transaction.commit();
}

void ShadowStore::put(const ShadowRecord& record, const ShadowDay& day) {
  auto connection = mart_->connect();
  duckdb::Transaction transaction(connection);
  connection.execute("DELETE FROM health_shadow_day WHERE scorecard = $1 AND since_us = $2 AND day = $3",
                     {record.scorecard, record.since.microseconds, day.day.days});
  connection.execute("INSERT INTO health_shadow_day VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     {record.scorecard, record.since.microseconds, day.day.days, day.accounts, day.compared,
                      day.differing, day.difference_sum});
  transaction.commit();
}

void ShadowStore::forget_others(std::span<const ShadowRecord> records) {
  auto connection = mart_->connect();
  std::vector<std::int64_t> running, present;
  for (const auto& record : records) {
    present.push_back(record.since.microseconds);
    if (!record.ended_at) running.push_back(record.since.microseconds);
  }
  connection.execute("DELETE FROM health_shadow_score WHERE since_us NOT IN (SELECT unnest($1))", {running});
  connection.execute("DELETE FROM health_shadow_day WHERE since_us NOT IN (SELECT unnest($1))", {present});
}

}  // namespace banso::health
