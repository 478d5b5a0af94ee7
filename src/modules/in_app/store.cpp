#include "store.hpp"

#include <array>

#include <fmt/format.h>

namespace banso::in_app {
namespace {

using platform::records::Row;
using platform::records::Session;

constexpr std::array<std::string_view, 4> deed_columns{"seen_at_us", "clicked_at_us", "dismissed_at_us", "done_at_us"};

}  // namespace

std::string Store::signing_key() {
  const auto read = [](Session& session) { return session.query_one("SELECT secret FROM in_app_signing_key"); };
  if (const auto found = database_->read(read)) return found->text(0);
  return database_->write([&](Session& session) {
    session.execute("INSERT INTO in_app_signing_key (id, secret) VALUES (1, :1) ON CONFLICT (id) DO NOTHING",
                    {new_signing_key()});
    return read(session)->text(0);
  });
}

std::vector<Key> Store::keys() {
  return database_->read([](Session& session) {
    std::vector<Key> keys;
    for (const auto& row : session.query("SELECT id, name, created_by, created_at_us, last_used_day FROM in_app_key "
                                         "WHERE removed_at_us IS NULL ORDER BY id")) {
      keys.push_back({row.integer(0), row.text(1), row.text(2), row.instant(3), row.maybe_day(4)});
    }
    return keys;
  });
}

Key Store::add_key(const std::string& name, const std::string& secret_hash, const core::Caller& caller) {
  Key key{platform::records::new_id(), name, caller.name, core::now(), std::nullopt};
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO in_app_key (id, name, secret_hash, created_at_us, created_by) "
        "VALUES (:1, :2, :3, :4, :5)",
        {key.id, key.name, secret_hash, key.created_at, key.created_by});
  });
  return key;
}

bool Store::remove_key(std::int64_t id) {
  return database_->write([&](Session& session) {
    return session.execute("UPDATE in_app_key SET removed_at_us = :1 WHERE id = :2 AND removed_at_us IS NULL",
                           {core::now(), id}) == 1;
  });
}

bool Store::use_key(const std::string& secret_hash, core::Day today) {
  struct Found {
    std::int64_t id;
    std::optional<core::Day> last_used_day;
  };
  const auto found = database_->read([&](Session& session) -> std::optional<Found> {
    const auto row = session.query_one(
        "SELECT id, last_used_day FROM in_app_key WHERE secret_hash = :1 AND removed_at_us IS NULL", {secret_hash});
    return row ? std::optional(Found{row->integer(0), row->maybe_day(1)}) : std::nullopt;
  });
  if (!found) return false;
  if (found->last_used_day != today) {
    database_->write([&](Session& session) {
      session.execute("UPDATE in_app_key SET last_used_day = :1 WHERE id = :2", {today, found->id});
    });
  }
  return true;
}

std::map<std::string, Receipt> Store::receipts(const User& user) {
  return database_->read([&](Session& session) {
    std::map<std::string, Receipt> receipts;
    session.each(
        "SELECT message, dismissed_at_us, done_at_us FROM in_app_receipt WHERE account_id = :1 AND user_id = :2",
        {user.account, user.id}, [&](const Row& row) {
          auto& receipt = receipts[row.text(0)];
          receipt.is_dismissed = !row.is_null(1);
          receipt.is_done = !row.is_null(2);
        });
    session.each("SELECT message, item FROM in_app_item WHERE account_id = :1 AND user_id = :2",
                 {user.account, user.id}, [&](const Row& row) { receipts[row.text(0)].items.insert(row.text(1)); });
    return receipts;
  });
}

void Store::note(const std::string& message, const User& user, Deed deed, core::Instant at) {
  const auto column = deed_columns[static_cast<std::size_t>(deed)];
  database_->write([&](Session& session) {
    session.execute(fmt::format("INSERT INTO in_app_receipt (message, account_id, user_id, {0}) VALUES (:1, :2, :3, "
                                ":4) ON CONFLICT (message, account_id, user_id) DO UPDATE SET {0} = "
                                "COALESCE(in_app_receipt.{0}, excluded.{0})",
                                column),
                    {message, user.account, user.id, at});
  });
}

void Store::tick(const std::string& message, const User& user, const std::string& item, bool is_done,
                 core::Instant at) {
  database_->write([&](Session& session) {
    if (is_done) {
      session.execute(
          "INSERT INTO in_app_item (message, account_id, user_id, item, done_at_us) "
          "VALUES (:1, :2, :3, :4, :5) ON CONFLICT (message, account_id, user_id, item) DO NOTHING",
          {message, user.account, user.id, item, at});
    } else {
      session.execute("DELETE FROM in_app_item WHERE message = :1 AND account_id = :2 AND user_id = :3 AND item = :4",
                      {message, user.account, user.id, item});
    }
  });
}

std::map<std::string, Counts> Store::counts() {
  return database_->read([](Session& session) {
    std::map<std::string, Counts> counts;
    session.each(
        "SELECT message, COUNT(seen_at_us), COUNT(clicked_at_us), COUNT(dismissed_at_us), COUNT(done_at_us) "
        "FROM in_app_receipt GROUP BY message",
        {}, [&](const Row& row) {
          counts[row.text(0)] = {row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
        });
    return counts;
  });
}

}  // namespace banso::in_app
