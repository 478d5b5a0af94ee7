#include "stores.hpp"

#include <fmt/format.h>

#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/identity/identity.hpp"
#include "modules/in_app/in_app.hpp"
#include "modules/integrations/integrations.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/org/org.hpp"
#include "modules/plans/plans.hpp"
#include "modules/playbooks/playbooks.hpp"
#include "modules/portal/portal.hpp"
#include "modules/proof/proof.hpp"
#include "modules/renewals/renewals.hpp"
#include "modules/retention/retention.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/segments/segments.hpp"
#include "modules/signals/signals.hpp"
#include "modules/usage/usage.hpp"
#include "modules/work/work.hpp"
#include "operator_error.hpp"
#include "platform/jobs/jobs.hpp"

namespace banso::app {
namespace {

// Of the process's gigabyte; what sorts more is written to disk meanwhile.
constexpr const char* mart_memory_limit = "320MB";

void make_data_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return;
  throw OperatorError(core::Error::invalid_field(
      "--data", {fmt::format("The folder {} cannot be made ({}). Choose one that you may write to.", folder.string(),
                             error.message()),
                 fmt::format("フォルダー {} を作成できません({})。書き込めるフォルダーを指定してください。",
                             folder.string(), error.message())}));
}

// DuckDB lets one process at a time hold a file.
template <class Open>
auto open_file(const std::filesystem::path& file, Open open) {
  try {
    return open(file);
  } catch (const std::exception& error) {
    const std::string reason = error.what();
    if (reason.find("lock") == std::string::npos) throw;
    throw OperatorError(core::Error::unavailable(
        {fmt::format(
             "{} is in use by another banso process. Stop the running server first, or use the browser for this.",
             file.string()),
         fmt::format("{} は別の banso が使用中です。先に起動中のサーバーを停止するか、ブラウザーから操作してください。",
                     file.string())}));
  }
}

core::Error not_reachable(const std::string& url, const std::exception& error) {
  return core::Error::unavailable(
      {fmt::format("The event store {} cannot be used: {}. Check --events and that its servers run.", url,
                   error.what()),
       fmt::format("イベントストア {} を利用できません({})。--events の指定と、サーバーの起動状況をご確認ください。",
                   url, error.what())});
}

}  // namespace

std::shared_ptr<platform::records::Database> open_records(const Settings& settings) {
  make_data_folder(settings.data_folder);
  platform::records::set_node_number(settings.node_number);
  auto database = platform::records::Database::open(settings.effective_records_url());
  for (const auto migrations : {platform::records::migrations(),
                                platform::jobs::migrations(),
                                identity::migrations(),
                                customers::migrations(),
                                revenue::migrations(),
                                usage::migrations(),
                                definitions::migrations(),
                                health::migrations(),
                                integrations::migrations(),
                                segments::migrations(),
                                org::migrations(),
                                work::migrations(),
                                outreach::migrations(),
                                signals::migrations(),
                                journeys::migrations(),
                                plans::migrations(),
                                in_app::migrations(),
                                playbooks::migrations(),
                                renewals::migrations(),
                                retention::migrations(),
                                proof::migrations(),
                                portal::migrations()}) {
    database->migrate(migrations);
  }
  return database;
}

std::shared_ptr<platform::events::EventStore> open_events(const Settings& settings, int day_offset_minutes) {
  const platform::events::Settings store_settings{.day_offset_minutes = day_offset_minutes};
  if (!settings.shares_events()) {
    return open_file(settings.events_file(), [&](const std::filesystem::path& file) {
      return platform::events::open_duckdb_store(file, store_settings);
    });
  }
  try {
    return platform::events::open_clickhouse_store(settings.events_url, store_settings, settings.node_number);
  } catch (const std::exception& error) {
    throw OperatorError(not_reachable(settings.events_url, error));
  }
}

std::shared_ptr<platform::duckdb::Database> open_mart(const Settings& settings) {
  return open_file(settings.mart_file(), [](const std::filesystem::path& file) {
    return platform::duckdb::Database::open(file, {.memory_limit = mart_memory_limit});
  });
}

}  // namespace banso::app
