#include "command_line.hpp"

#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "operator_error.hpp"
#include "platform/records/node_registry.hpp"
#include "report.hpp"

namespace banso::app {
namespace {

// Wide enough for the longest option with its value and its variable of the environment.
constexpr std::size_t option_column_width = 52;

// The chosen subcommand, run once the whole line was understood.
using Action = std::function<int()>;

void add_mail_options(CLI::App& command, Settings& settings) {
  command
      .add_option("--smtp-url", settings.smtp_url,
                  "Mail server: smtp://host:587 or smtps://host:465 (default: no mail is sent)")
      ->envname("BANSO_SMTP_URL");
  command.add_option("--smtp-user", settings.smtp_user, "Log-in at the mail server")->envname("BANSO_SMTP_USER");
  command.add_option("--smtp-password-file", settings.smtp_password_file, "File with its password on the first line")
      ->envname("BANSO_SMTP_PASSWORD_FILE");
  command.add_option("--mail-from", settings.mail_from, "Address that mails come from and replies go to")
      ->envname("BANSO_MAIL_FROM");
  command
      .add_option("--inbox-url", settings.inbox_url,
                  "Mailbox of that address: imaps://host/INBOX (default: replies are not read)")
      ->envname("BANSO_INBOX_URL");
  command.add_option("--inbox-user", settings.inbox_user, "Log-in at the mailbox")->envname("BANSO_INBOX_USER");
  command.add_option("--inbox-password-file", settings.inbox_password_file, "File with its password on the first line")
      ->envname("BANSO_INBOX_PASSWORD_FILE");
  command
      .add_option("--public-url", settings.public_url,
                  "Address of this server as recipients of mail reach it, as https://cs.example.com")
      ->envname("BANSO_PUBLIC_URL");
  command.add_flag("--mail-tls,!--no-mail-tls", settings.mail_requires_tls,
                   "Refuse mail servers without encryption (default); --no-mail-tls for one on this machine");
}

void add_serve(CLI::App& root, Settings& settings, Action& action) {
  auto* command = root.add_subcommand("serve", "Serve the web UI and the API until stopped");
  add_mail_options(*command, settings);
  command->add_option("--address", settings.address, "Address to listen on; 0.0.0.0 for all")->capture_default_str();
  command->add_option("--port", settings.port, "Port to listen on; 0 picks a free one")->capture_default_str();
  command->add_option("--web", settings.web_folder, "Folder of the built web UI");
  command
      ->add_option("--metrics-token", settings.metrics_token,
                   "Give /metrics to who sends this token (default: to callers on this machine)")
      ->envname("BANSO_METRICS_TOKEN");
  command
      ->add_flag("--allow-private-webhooks", settings.allow_private_webhooks,
                 "Let webhooks and messages of playbooks lead to private and loopback addresses")
      ->envname("BANSO_ALLOW_PRIVATE_WEBHOOKS");
  command
      ->add_option("--intake-memory-mib", settings.intake_memory_mib,
                   "Memory for events that wait to be stored; beyond it senders are told to come again")
      ->capture_default_str();
  command->add_option("--journal-limit-mib", settings.journal_limit_mib, "Disk for events that wait to be stored")
      ->capture_default_str();
  command->add_option("--disk-reserve-mib", settings.disk_reserve_mib, "Disk that events leave free")
      ->capture_default_str();
  command->callback([&] { action = [&] { return serve(settings); }; });
}

void add_demo(CLI::App& root, Settings& settings, DemoOptions& options, Action& action) {
  auto* command = root.add_subcommand("demo", "Fill an empty installation with a simulated vendor and its customers");
  command->add_option("--accounts", options.accounts, "How many customers")->capture_default_str();
  command->add_option("--months", options.months, "How many months of history")->capture_default_str();
  command->add_option("--seed", options.seed, "The same seed gives the same customers")->capture_default_str();
  command->add_option("--until", options.until, "First day that is not simulated, as 2026-11-22 (default: tomorrow)");
  command->callback([&] { action = [&] { return run_demo(settings, options); }; });
}

void add_evaluate(CLI::App& root, Settings& settings, EvaluateOptions& options, Action& action) {
  auto* command = root.add_subcommand("evaluate", "Score every customer, or explain the score of one");
  command->add_option("--as-of", options.as_of, "As known on the end of this day, as 2026-11-22");
  command->add_option("--account", options.account, "External id of one customer: explains its score");
  command->add_flag("--json", options.json, "Print JSON");
  command->callback([&] { action = [&] { return evaluate(settings, options); }; });
}

void add_import(CLI::App& root, Settings& settings, ImportOptions& options, Action& action) {
  auto* command = root.add_subcommand(
      "import", "Bring in a spreadsheet (CSV, TSV, .xlsx) or an event log (CSV, JSON lines); .gz too");
  command->add_option("FILE", options.file, "The file")->required();
  command
      ->add_option("--as", options.kind,
                   "accounts, contacts, subscriptions, tickets, interactions, surveys, attendance or events")
      ->required();
  command->add_option("--map", options.map, "Which column means what, as JSON (default: guessed from the headings)");
  command->add_option("--rejects", options.rejects,
                      "Where to write refused rows (default: FILE.rejected.csv in this folder)");
  command->add_flag("--dry-run", options.dry_run, "Check every row, write nothing");
  command->add_flag("--json", options.json, "Print one JSON object");
  command->callback([&] { action = [&] { return import_file(settings, options); }; });
}

void add_export(CLI::App& root, Settings& settings, ExportOptions& options, Action& action) {
  auto* command = root.add_subcommand("export", "Write records as CSV or JSON lines, or all definitions as text");
  command
      ->add_option("KIND", options.kind,
                   "accounts, contacts, subscriptions, tickets, interactions, surveys, attendance or definitions")
      ->required();
  command->add_option("--out", options.out, "File to write (default: standard output)");
  command->add_option("--format", options.format, "csv or ndjson")->capture_default_str();
  command->add_flag("--bom", options.byte_order_mark,
                    "Begin with a byte order mark, so that Excel reads the CSV as UTF-8");
  command->callback([&] { action = [&] { return export_records(settings, options); }; });
}

void add_migrate(CLI::App& root, Settings& settings, MigrateOptions& options, Action& action) {
  auto* command = root.add_subcommand("migrate", "Copy this installation to database servers, and compare the copy");
  command->add_option("--to-records", options.to_records, "PostgreSQL database, as postgresql://user@host/name")
      ->required();
  command->add_option("--to-events", options.to_events,
                      "ClickHouse cluster, as clickhouse:http://host:8123,... (default: events stay in DuckDB)");
  command->callback([&] { action = [&] { return migrate(settings, options); }; });
}

void add_workspace(CLI::App& root, Settings& settings, WorkspaceOptions& options, Action& action) {
  auto* command = root.add_subcommand("workspace", "Show the workspace's settings, or change those given");
  command->add_option("--name", options.name, "Name of the vendor");
  command->add_option("--currency", options.currency, "Reporting currency, as JPY or USD");
  command->add_option("--timezone", options.timezone, "Where days begin, as Asia/Tokyo; before the first events");
  command->add_option("--book-day", options.book_day,
                      "Day that pages speak of, as 2024-01-31, for data of the past; or today");
  command->callback([&] { action = [&] { return change_workspace(settings, options); }; });
}

void add_routes(CLI::App& root, bool& json, Action& action) {
  auto* command = root.add_subcommand("routes", "List every route of the API and the role it needs");
  command->add_flag("--json", json, "Print JSON");
  command->callback([&] { action = [&] { return list_routes(json); }; });
}

void add_user_commands(CLI::App& root, Settings& settings, UserOptions& options, Action& action) {
  auto* user = root.add_subcommand("user", "Add and list the people who log in to Banso");
  user->require_subcommand(1);
  auto* add = user->add_subcommand("add", "Add a user; the password is read from standard input");
  add->add_option("--name", options.name, "Name as shown")->required();
  add->add_option("--email", options.email, "E-mail address to log in with")->required();
  add->add_option("--role", options.role, "admin, leader, csm or read_only")->capture_default_str();
  add->add_option("--language", options.language, "ja or en")->capture_default_str();
  add->callback([&] { action = [&] { return add_user(settings, options); }; });
  auto* password = user->add_subcommand("password", "Set a user's password, read from standard input");
  password->add_option("--email", options.email, "The user's e-mail address")->required();
  password->callback([&] { action = [&] { return set_user_password(settings, options); }; });
  user->add_subcommand("list", "List the users")->callback([&] { action = [&] { return list_users(settings); }; });
}

// The word that was meant as a subcommand but is none; empty if that was not the fault.
std::string unknown_command(const CLI::App& root, const std::vector<std::string>& arguments) {
  if (!root.get_subcommands().empty()) return {};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--data" || arguments[i] == "--records" || arguments[i] == "--events" ||
        arguments[i] == "--node") {
      ++i;  // its value
    } else if (!arguments[i].starts_with('-')) {
      return arguments[i];
    }
  }
  return {};
}

// Help that was asked for goes to standard output; a line that cannot be understood gets a sentence.
int explain(const CLI::App& root, const CLI::ParseError& error, const std::vector<std::string>& arguments) {
  if (error.get_exit_code() == 0) return root.exit(error);
  const std::string unknown = unknown_command(root, arguments);
  if (!unknown.empty()) {
    return report(core::Error::invalid(
                      {fmt::format("There is no command \"{}\". See `banso --help`.", unknown),
                       fmt::format("「{}」というコマンドはありません。`banso --help` をご覧ください。", unknown)}),
                  shell_language());
  }
  return report(core::Error::invalid(
                    {fmt::format("{}. See `banso --help`.", error.what()),
                     fmt::format("コマンドの指定に誤りがあります({})。`banso --help` をご覧ください。", error.what())}),
                shell_language());
}

}  // namespace

core::Language shell_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return core::language_from_tag(value);
  }
  return core::Language::en;
}

int run(int argc, char** argv) {
  CLI::App root{"Banso: customer success, running alongside. Documentation: docs/guide"};
  root.require_subcommand(1);
  root.fallthrough();
  root.get_formatter()->column_width(option_column_width);
  Settings settings;
  ImportOptions import_options;
  ExportOptions export_options;
  UserOptions user_options;
  WorkspaceOptions workspace_options;
  MigrateOptions migrate_options;
  bool routes_as_json = false;
  DemoOptions demo_options;
  EvaluateOptions evaluate_options;
  Action action;
  root.add_option("--data", settings.data_folder, "Folder of the installation's data")
      ->capture_default_str()
      ->envname("BANSO_DATA");
  root.add_option("--records", settings.records_url,
                  "Records database: postgresql://user@host/name (default: SQLite in the data folder)")
      ->envname("BANSO_RECORDS");
  root.add_option("--events", settings.events_url,
                  "Event store: clickhouse:http://host:8123,... for a cluster (default: DuckDB in the data folder)")
      ->envname("BANSO_EVENTS");
  root.add_option("--node", settings.node_number, "Number of this node, 0 to 15; each node of a cluster has its own")
      ->check(CLI::Range(0, platform::records::most_nodes - 1))
      ->capture_default_str()
      ->envname("BANSO_NODE");
  add_serve(root, settings, action);
  add_import(root, settings, import_options, action);
  add_export(root, settings, export_options, action);
  add_demo(root, settings, demo_options, action);
  add_evaluate(root, settings, evaluate_options, action);
  add_user_commands(root, settings, user_options, action);
  add_workspace(root, settings, workspace_options, action);
  add_migrate(root, settings, migrate_options, action);
  add_routes(root, routes_as_json, action);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return explain(root, error, {argv + 1, argv + argc});
  }
  try {
    return action();
  } catch (const OperatorError& error) {
    return report(error.error(), shell_language());
  } catch (const std::exception& error) {
    fmt::print(stderr, "banso: {}\n", error.what());
    return exit_failed;
  }
}

}  // namespace banso::app
