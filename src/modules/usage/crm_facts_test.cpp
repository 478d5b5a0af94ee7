// The event log of ../shared/data/crm through the module: rows in by external id, daily facts out; counts and distinct
// users must be those that somebody else computed (events_daily).
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "test_home.hpp"

namespace banso::usage {
namespace {

std::filesystem::path crm_folder() {
  const char* shared = std::getenv("BANSO_SHARED_DATA");
  return (shared ? std::filesystem::path(shared) : std::filesystem::path(BANSO_SOURCE_DIR) / "../shared/data") / "crm";
}

// Plain numbers and times separated by commas, after one line of headings.
std::vector<std::vector<std::string>> read_rows(const std::filesystem::path& path) {
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
  rows.erase(rows.begin());
  return rows;
}

using CellKey = std::tuple<std::string, std::string, std::string>;  // account, day, event type
using Cell = std::pair<std::int64_t, std::int64_t>;                 // events, distinct users

std::map<CellKey, Cell> cells_of(Service& service, const std::map<std::int64_t, std::string>& external_ids) {
  std::map<std::int32_t, std::string> keys;
  for (const auto& feature : service.features()) keys[static_cast<std::int32_t>(feature.id.value)] = feature.key;
  std::map<CellKey, std::pair<std::int64_t, std::set<std::int32_t>>> gathered;
  service.read_usage_days({}, [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      EXPECT_EQ(piece.days[row], piece.known_days[row]) << "history that was known when it happened";
      auto& cell = gathered[{external_ids.at(piece.account_ids[row]), core::to_string(core::Day{piece.days[row]}),
                             keys.at(piece.feature_ids[row])}];
      cell.first += piece.events[row];
      cell.second.insert(piece.person_numbers[row]);
    }
  });
  std::map<CellKey, Cell> cells;
  for (const auto& [key, cell] : gathered) cells[key] = {cell.first, static_cast<std::int64_t>(cell.second.size())};
  return cells;
}

TEST(CrmFacts, EqualTheTruth) {
  const auto folder = crm_folder();
  if (!std::filesystem::exists(folder / "events_120_accounts.csv.gz")) GTEST_SKIP() << "no " << folder;
  TestHome home;
  std::map<std::int64_t, std::string> external_ids;
  std::vector<EventInput> rows;
  for (auto& cells : read_rows(folder / "events_120_accounts.csv.gz")) {
    EventInput row;
    row.account = cells.at(0);
    row.occurred_at = core::parse_instant(cells.at(1)).value();
    row.name = cells.at(2);
    row.user = cells.at(3);
    const core::AccountId account{std::stoll(row.account) + 1000};
    home.accounts->by_id.emplace(row.account, account);
    external_ids.emplace(account.value, row.account);
    rows.push_back(std::move(row));
  }
  ASSERT_EQ(rows.size(), 99'663u);
  for (std::size_t begin = 0; begin < rows.size(); begin += 10'000) {
    const auto part = std::span(rows).subspan(begin, std::min<std::size_t>(10'000, rows.size() - begin));
    const auto outcomes = home.service->append_events(platform::records::Provenance::by(home.admin), part,
                                                      {.known_by = core::KnownBy::happening, .dry_run = false});
    ASSERT_TRUE(outcomes);
    for (const auto& outcome : *outcomes) ASSERT_EQ(outcome.result, core::RowResult::created);
    home.service->refresh();  // facts grow step by step, as they do during an import
  }

  std::map<CellKey, Cell> truth;
  for (const auto& cells : read_rows(folder / "events_daily.csv.gz")) {
    if (!home.accounts->by_id.contains(cells.at(0))) continue;
    truth[{cells.at(0), cells.at(1), cells.at(2)}] = {std::stoll(cells.at(3)), std::stoll(cells.at(4))};
  }
  const auto reached = cells_of(*home.service, external_ids);
  EXPECT_EQ(reached.size(), truth.size());
  EXPECT_TRUE(reached == truth);
}

}  // namespace
}  // namespace banso::usage
