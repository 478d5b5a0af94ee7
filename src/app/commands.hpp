// What the subcommands of `banso` do. Each returns the process's exit code: 0 done, 2 the input was wrong (a sentence
// on standard error says what and how to mend it), 1 something else failed.
#pragma once

#include <string>

#include "core/text.hpp"
#include "settings.hpp"

namespace banso::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_bad_input = 2;

core::Language shell_language();  // from LC_ALL, LC_MESSAGES, LANG

int serve(const Settings& settings);

// Every route of the API with who may call it.
int list_routes(bool json);

struct DemoOptions {
  int accounts = 400;
  int months = 24;
  std::uint64_t seed = 1;
  std::string until;  // exclusive, as "2026-11-22"; empty: today is the last day, and the book follows the calendar
};
int run_demo(const Settings& settings, const DemoOptions& options);

// Copies an installation from the embedded stores to servers. Can be repeated: what is there is not copied again.
struct MigrateOptions {
  std::string to_records;  // postgresql://...
  std::string to_events;   // clickhouse:...; empty: events stay in DuckDB
};
int migrate(const Settings& settings, const MigrateOptions& options);

struct EvaluateOptions {
  std::string as_of;    // a day; empty: the book day
  std::string account;  // external id; empty: all
  bool json = false;
};
int evaluate(const Settings& settings, const EvaluateOptions& options);

struct ImportOptions {
  std::string file;
  std::string kind;
  std::string map;
  std::string rejects;
  bool dry_run = false;
  bool json = false;
};
int import_file(const Settings& settings, const ImportOptions& options);

struct ExportOptions {
  std::string kind;
  std::string out;
  std::string format = "csv";
  bool byte_order_mark = false;
};
int export_records(const Settings& settings, const ExportOptions& options);

// What is not given stays as it is.
struct WorkspaceOptions {
  std::string name;
  std::string currency;
  std::string timezone;
  std::string book_day;  // a day, or "today"
};
int change_workspace(const Settings& settings, const WorkspaceOptions& options);

struct UserOptions {
  std::string name;
  std::string email;
  std::string role = "csm";
  std::string language = "en";
  std::string password;  // empty: read from standard input
};
int add_user(const Settings& settings, const UserOptions& options);
int list_users(const Settings& settings);
int set_user_password(const Settings& settings, const UserOptions& options);

}  // namespace banso::app
