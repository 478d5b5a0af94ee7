#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "copy_mark.hpp"
#include "operator_error.hpp"
#include "platform/events/copy.hpp"
#include "platform/records/copy.hpp"
#include "report.hpp"
#include "stores.hpp"

namespace banso::app {
namespace {

namespace events = platform::events;
namespace records = platform::records;

using namespace std::chrono_literals;

constexpr auto look_every = 50ms;
constexpr auto longest_standstill = 60s;  // of the journal

void say(const core::Text& text) {
  fmt::print("{}\n", text.in(shell_language()));
}

core::Result<> check(const Settings& settings, const MigrateOptions& options) {
  if (!settings.records_url.empty() || settings.shares_events()) {
    return core::Error::invalid_field("--to-records",
                                      {"Migrating starts from the embedded stores: leave out --records and --events.",
                                       "移行元は内蔵データベースです。--records と --events は指定しないでください。"});
  }
  if (options.to_records.empty()) {
    return core::Error::invalid_field("--to-records",
                                      {"Say where the records go: postgresql://user@host/name.",
                                       "移行先を postgresql://user@host/name の形式で指定してください。"});
  }
  return {};
}

// Takes in what was acknowledged and still waits, so that nothing stays behind.
core::Result<> settle(Application& source) {
  source.usage->start();
  auto least = source.journal->waiting_bytes();
  auto patience = longest_standstill / look_every;
  while (least > 0 && patience > 0) {
    std::this_thread::sleep_for(look_every);
    const auto waiting = source.journal->waiting_bytes();
    patience = waiting < least ? longest_standstill / look_every : patience - 1;
    least = std::min(least, waiting);
  }
  source.usage->stop();
  if (source.journal->waiting_bytes() == 0) return {};
  return core::Error::unavailable(
      {"Events that were acknowledged cannot be stored, so they would be left behind. "
       "Look into the log, mend the cause and run this again.",
       "受信済みのイベントを保存できないため、移行を中止しました。"
       "ログで原因を確認し、解消後にもう一度実行してください。"});
}

void copy_records(records::Database& from, records::Database& to) {
  std::int64_t rows = 0;
  std::size_t tables = 0;
  for (const auto& table : records::copy_all(from, to)) {
    rows += table.rows;
    ++tables;
  }
  say({fmt::format("Records: {} rows in {} tables copied; every table compared equal.", rows, tables),
       fmt::format("レコード: {}件({}テーブル)をコピーし、全テーブルの一致を確認しました。", rows, tables)});
}

core::Result<std::int64_t> copy_all_events(events::EventStore& from, events::EventStore& to, std::int64_t after) {
  events::CopyOutcome outcome;
  {
    ProgressBar bar(shell_language());
    outcome = events::copy_events(from, to, after, [&](std::int64_t copied, std::int64_t total) {
      bar.show(total > 0 ? static_cast<double>(copied) / static_cast<double>(total) : 1,
               {fmt::format("{} events", copied), fmt::format("イベント{}件", copied)});
    });
  }
  const auto here = events::contents_of(from), there = events::contents_of(to);
  if (here != there) {
    return core::Error::conflict(
        {fmt::format("The copies of events differ: {} here ({} of them matched usage), {} there ({}). Events that were "
                     "copied earlier have since been matched anew or erased; copy into an empty event store.",
                     here.events, here.user_day_events, there.events, there.user_day_events),
         fmt::format("イベントのコピー結果が一致しません(移行元{}件、うち利用{}件。移行先{}件、うち利用{}件)。"
                     "前回のコピー後に割り当ての変更や削除が行われています。空のイベントストアを指定してください。",
                     here.events, here.user_day_events, there.events, there.user_day_events)});
  }
  say({fmt::format("Events: {} copied, {} were there; {} in all, counts and sums equal.", outcome.copied,
                   outcome.there_before, there.events),
       fmt::format("イベント: {}件をコピー(既存{}件)。合計{}件、件数と集計値の一致を確認しました。", outcome.copied,
                   outcome.there_before, there.events)});
  return outcome.last_event_no;
}

}  // namespace

int migrate(const Settings& settings, const MigrateOptions& options) {
  if (const auto fit = check(settings, options); !fit) return report(fit.error(), shell_language());
  Settings target = settings;
  target.records_url = options.to_records;
  target.events_url = options.to_events;
  const auto target_records = open_records(target);
  Application source(settings);
  const CopyMark mark(source.records, target_records);
  if (const auto free = mark.check(); !free) return report(free.error(), shell_language());
  if (const auto settled = settle(source); !settled) return report(settled.error(), shell_language());
  copy_records(*source.records, *target_records);
  auto events_until = mark.events_until();
  if (target.shares_events()) {
    const auto target_events = open_events(target, source.events->day_offset_minutes());
    const auto copied = copy_all_events(*source.events, *target_events, events_until);
    if (!copied) return report(copied.error(), shell_language());
    events_until = *copied;
  }
  mark.finish(events_until);
  say({"Done. Start the nodes with the new --records and --events, each with a data folder and a --node of its own.",
       "移行が完了しました。新しい --records と --events を指定し、ノードごとに --data と --node "
       "を分けて起動してください。"});
  return exit_done;
}

}  // namespace banso::app
