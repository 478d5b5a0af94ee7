#include <condition_variable>
#include <mutex>
#include <utility>

#include "platform/log/log.hpp"
#include "platform/records/records.hpp"
#include "platform/records/soci_session.hpp"

namespace banso::platform::records {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";
constexpr std::string_view postgresql_prefix = "postgresql:";

// Two nodes that start together must not apply the same migration twice.
constexpr const char* migration_lock = "SELECT CAST(pg_advisory_xact_lock(7309453) AS TEXT)";

std::vector<std::string> split_statements(std::string_view sql) {
  std::vector<std::string> statements;
  std::string current;
  std::size_t begin = 0;
  while (begin < sql.size()) {
    const std::size_t newline = std::min(sql.find('\n', begin), sql.size());
    const std::string_view line = sql.substr(begin, newline - begin);
    begin = newline + 1;
    if (line.starts_with("--") || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    current.append(line).push_back('\n');
    const std::size_t last = line.find_last_not_of(" \t\r");
    if (line[last] == ';') {
      current.erase(current.rfind(';'));
      statements.push_back(std::exchange(current, {}));
    }
  }
  if (!current.empty()) statements.push_back(current);
  return statements;
}

class PooledDatabase;

// The transaction that the present thread is inside of, if any. Reading within it joins it: a thread that held one
// connection and waited for a second could wait for ever, once as many threads do so as there are connections.
struct Inside {
  const PooledDatabase* database = nullptr;
  SociSession* session = nullptr;
};
thread_local Inside inside;

class PooledDatabase final : public Database {
 public:
  PooledDatabase(Dialect dialect, std::string connect_string, int connections)
      : dialect_(dialect), connect_string_(std::move(connect_string)), free_places_(connections) {
    release(open_session());  // fails here, at start, if the database cannot be reached
  }

  Dialect dialect() const override { return dialect_; }

  void read_impl(const std::function<void(Session&)>& work) override {
    if (inside.database == this) return work(*inside.session);
    in_transaction(dialect_ == Dialect::sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
  }

  void write_impl(const std::function<void(Session&)>& work) override {
    if (dialect_ == Dialect::sqlite) {
      // SQLite has one writer anyway; queueing here is fair and avoids its busy polling.
      const std::lock_guard one_writer(sqlite_writer_);
      in_transaction("BEGIN IMMEDIATE", work);
    } else {
      in_transaction("BEGIN", work);
    }
  }

  void migrate(std::span<const Migration> migrations) override {
    write([&](Session& session) {
      if (dialect_ == Dialect::postgresql) session.query(migration_lock);
      session.execute(
          "CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT "
          "NULL, applied_at_us BIGINT NOT NULL, PRIMARY KEY (module, number))");
    });
    for (const Migration& migration : migrations) apply(migration);
  }

 private:
  void apply(const Migration& migration) {
    write([&](Session& session) {
      if (dialect_ == Dialect::postgresql) session.query(migration_lock);
      const auto done = session.query_one("SELECT name FROM schema_migration WHERE module = :1 AND number = :2",
                                          {migration.module, migration.number});
      if (done) return;
      for (const auto& statement : split_statements(migration.sql)) session.execute(statement);
      session.execute("INSERT INTO schema_migration (module, number, name, applied_at_us) VALUES (:1, :2, :3, :4)",
                      {migration.module, migration.number, migration.name, core::now()});
    });
  }

  std::unique_ptr<SociSession> open_session() const {
    auto session = std::make_unique<SociSession>(dialect_, connect_string_);
    if (dialect_ == Dialect::sqlite) {
      for (const char* pragma :
           {"PRAGMA busy_timeout = 15000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -32768", "PRAGMA temp_store = MEMORY"}) {
        session->run(pragma);
      }
    }
    return session;
  }

  std::unique_ptr<SociSession> acquire() {
    std::unique_lock lock(mutex_);
    place_freed_.wait(lock, [&] { return free_places_ > 0; });
    --free_places_;
    if (idle_.empty()) {
      lock.unlock();
      try {
        return open_session();
      } catch (...) {
        give_back_place();
        throw;
      }
    }
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
  }

  void release(std::unique_ptr<SociSession> session) {
    const std::lock_guard lock(mutex_);
    if (session->usable()) idle_.push_back(std::move(session));
  }

  void give_back_place() {
    {
      const std::lock_guard lock(mutex_);
      ++free_places_;
    }
    place_freed_.notify_one();
  }

  void work_inside(SociSession& session, const std::function<void(Session&)>& work) {
    struct Restore {
      Inside before;
      ~Restore() { inside = before; }
    } restore{std::exchange(inside, Inside{this, &session})};
    work(session);
  }

  void in_transaction(const char* begin, const std::function<void(Session&)>& work) {
    auto session = acquire();
    try {
      session->run(begin);
      work_inside(*session, work);
      session->run("COMMIT");
    } catch (...) {
      try {
        session->run("ROLLBACK");
        release(std::move(session));
      } catch (const std::exception& error) {
        log::warning(std::string("a database connection is dropped after a failed rollback: ") + error.what());
      }
      give_back_place();
      throw;
    }
    release(std::move(session));
    give_back_place();
  }

  const Dialect dialect_;
  const std::string connect_string_;
  std::mutex mutex_;
  std::condition_variable place_freed_;
  int free_places_;
  std::vector<std::unique_ptr<SociSession>> idle_;
  std::mutex sqlite_writer_;
};

}  // namespace

std::shared_ptr<Database> Database::open(const std::string& url, int connections) {
  if (url.starts_with(sqlite_prefix)) {
    return std::make_shared<PooledDatabase>(Dialect::sqlite, url.substr(sqlite_prefix.size()), connections);
  }
  if (url.starts_with(postgresql_prefix)) {
    // libpq takes a URL whole, or the key=value form after our prefix.
    const std::string rest = url.substr(postgresql_prefix.size());
    return std::make_shared<PooledDatabase>(Dialect::postgresql, rest.starts_with("//") ? url : rest, connections);
  }
  throw DatabaseError("records database \"" + url + "\": write sqlite:/path/to/file.db or postgresql://user@host/name");
}

}  // namespace banso::platform::records
