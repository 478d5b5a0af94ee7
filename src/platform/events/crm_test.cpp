// The event log of a real-looking vendor (../shared/data/crm): its daily counts and distinct users, which somebody else
// computed, must come out. User ids in it are unique within an account only.
#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "platform/events/event_store.hpp"

namespace banso::platform::events {
namespace {

std::filesystem::path crm_folder() {
  const char* shared = std::getenv("BANSO_SHARED_DATA");
  return (shared ? std::filesystem::path(shared) : std::filesystem::path(BANSO_SOURCE_DIR) / "../shared/data") / "crm";
}

std::vector<std::vector<std::string>> read_csv_gz(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> rows;
  gzFile file = gzopen(path.c_str(), "rb");
  if (!file) throw std::runtime_error("cannot read " + path.string());
  char line[4096];
  while (gzgets(file, line, sizeof line)) {
    std::vector<std::string> cells(1);
    for (const char* character = line; *character && *character != '\n' && *character != '\r'; ++character) {
      if (*character == ',') {
        cells.emplace_back();
      } else {
        cells.back() += *character;
      }
    }
    rows.push_back(std::move(cells));
  }
  gzclose(file);
  rows.erase(rows.begin());  // headings
  return rows;
}

TEST(Crm, DailyCountsAndDistinctUsersEqualTheTruth) {
  const auto folder = crm_folder();
  if (!std::filesystem::exists(folder / "events_120_accounts.csv.gz")) GTEST_SKIP() << "no " << folder;
  const auto store = duckdb_store_in_memory();
  std::vector<Event> events;
  std::set<std::int64_t> accounts;
  for (const auto& cells : read_csv_gz(folder / "events_120_accounts.csv.gz")) {
    Event event;
    event.account = {std::stoll(cells.at(0)) + 1};  // account 0 exists there; here 0 means none
    event.matched_by = MatchedBy::given;
    event.occurred_at = core::parse_instant(cells.at(1)).value();
    event.received_at = event.occurred_at;
    event.name = cells.at(2);
    event.person_key = cells.at(3);
    accounts.insert(event.account.value);
    events.push_back(std::move(event));
  }
  ASSERT_EQ(events.size(), 99'663u);
  ASSERT_EQ(accounts.size(), 120u);
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t row = 0; row < events.size(); row += 10'000) {
    store->append(std::span(events).subspan(row, std::min<std::size_t>(10'000, events.size() - row)));
  }
  const auto appended = std::chrono::steady_clock::now();

  std::map<std::tuple<std::int64_t, std::string, std::string>, std::pair<std::int64_t, std::int64_t>> reached, truth;
  for (const auto& count : store->daily_counts({})) {
    reached[{count.account.value, core::to_string(count.day), count.type.name}] = {count.events, count.users};
  }
  const auto rolled_up = std::chrono::steady_clock::now();
  for (const auto& cells : read_csv_gz(folder / "events_daily.csv.gz")) {
    const auto account = std::stoll(cells.at(0)) + 1;
    if (!accounts.contains(account)) continue;
    truth[{account, cells.at(1), cells.at(2)}] = {std::stoll(cells.at(3)), std::stoll(cells.at(4))};
  }
  EXPECT_EQ(reached.size(), truth.size());
  EXPECT_TRUE(reached == truth);
  RecordProperty("append_rows_per_s",
                 static_cast<int>(events.size() / std::chrono::duration<double>(appended - begin).count()));
  RecordProperty("roll_up_ms",
                 static_cast<int>(std::chrono::duration<double, std::milli>(rolled_up - appended).count()));
}

}  // namespace
}  // namespace banso::platform::events
