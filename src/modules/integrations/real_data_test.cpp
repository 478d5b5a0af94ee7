// The two real data sets go in from their own files with the maps of the guide, and what comes out is what is known of
// them (../shared/data/README.md).
#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

#include "import_fixture.hpp"

namespace banso::integrations {
namespace {

class RealData : public Import {
 protected:
  void SetUp() override {
    Import::SetUp();
    const char* given = std::getenv("BANSO_SHARED_DATA");
    data_ = given ? std::filesystem::path(given) : std::filesystem::path(BANSO_SOURCE_DIR) / "../shared/data";
    if (!std::filesystem::exists(data_ / "crm")) GTEST_SKIP() << "no real data in " << data_;
  }

  Counts bring_in(const std::string& file, const std::string& kind, const std::string& map) {
    const auto told =
        import_file(data_ / file, kind, std::filesystem::path(BANSO_SOURCE_DIR) / "docs/guide/maps" / map);
    EXPECT_EQ(told.code, 0) << told.error;
    return told.code == 0 ? told.counts() : Counts{};
  }

  // Monthly recurring revenue on a day, in minor units, as known on another day.
  std::int64_t mrr_on(core::Day day, core::Day known) {
    std::int64_t total = 0;
    revenue_->each_subscription(Selection::all(), [&](const revenue::SubscriptionFact& fact) {
      if (fact.known.on(known) && fact.active_on(day)) total += fact.mrr_minor.value();
    });
    return total;
  }

  void each_row(const std::string& file, const std::function<void(const Row&)>& visit) {
    const auto shape = detect_shape(data_ / file, file, {});
    const auto table = open_table(data_ / file, *shape);
    Row row;
    while (*(*table)->next(row)) visit(row);
  }

  std::filesystem::path data_;
};

TEST_P(RealData, TelcoIsOneTableOfAccountsAndContracts) {
  EXPECT_EQ(bring_in("telco/Telco-Customer-Churn.csv", "accounts", "telco-accounts.json"),
            (Counts{7043, 7043, 0, 0, 0, 0}));
  EXPECT_EQ(bring_in("telco/Telco-Customer-Churn.csv", "subscriptions", "telco-subscriptions.json"),
            (Counts{7043, 7043, 0, 0, 0, 0}));
  const core::Day snapshot = core::day_from(2024, 1, 1);
  int without_charges = 0;
  int churned = 0;
  const auto has = [](const customers::Attributes& attributes, std::string_view key) {
    return std::find_if(attributes.begin(), attributes.end(), [&](const auto& a) { return a.first == key; });
  };
  for (const auto& [external_id, row] : accounts()) {
    const auto charges = has(row.attributes, "totalcharges");
    const auto left = has(row.attributes, "churn");
    ASSERT_NE(left, row.attributes.end()) << external_id << " " << row.attributes.size();
    if (charges == row.attributes.end()) {
      ++without_charges;
      EXPECT_EQ(row.created_day, snapshot) << external_id;
    }
    churned += std::get<bool>(left->second);
  }
  EXPECT_EQ(without_charges, 11);
  EXPECT_EQ(churned, 1869);

  // Nobody knew on the last day of 2023 who would be gone the next morning.
  const core::Day before = snapshot - 1;
  int open_before = 0;
  int ended = 0;
  revenue_->each_subscription(Selection::all(), [&](const revenue::SubscriptionFact& fact) {
    if (fact.known.on(before) && !fact.end) ++open_before;
    if (fact.known.on(snapshot) && fact.end) ++ended;
  });
  EXPECT_EQ(open_before, 7043 - 11);
  EXPECT_EQ(ended, 1869);
  customers_->each_account(Selection::all(), [&](const customers::AccountFact& fact) {
    if (!fact.known.on(before)) return;
    EXPECT_EQ(has(fact.attributes, "churn"), fact.attributes.end());
  });
  EXPECT_EQ(bring_in("telco/Telco-Customer-Churn.csv", "accounts", "telco-accounts.json"),
            (Counts{7043, 0, 0, 7043, 0, 0}));
  EXPECT_EQ(bring_in("telco/Telco-Customer-Churn.csv", "subscriptions", "telco-subscriptions.json"),
            (Counts{7043, 0, 0, 7043, 0, 0}));
}

TEST_P(RealData, CrmComesInWithItsEvents) {
  EXPECT_EQ(bring_in("crm/account.csv", "accounts", "crm-accounts.json"), (Counts{296, 296, 0, 0, 0, 0}));
  EXPECT_EQ(bring_in("crm/subscription.csv", "subscriptions", "crm-subscriptions.json"),
            (Counts{4923, 4923, 0, 0, 0, 0}));
  EXPECT_EQ(bring_in("crm/events_120_accounts.csv.gz", "events", "crm-events.json"),
            (Counts{99'663, 99'663, 0, 0, 0, 0}));
  const core::Day april = core::day_from(2023, 4, 1);
  EXPECT_EQ(mrr_on(april, april), 120'370 * 100);

  // events_daily is the truth: count and distinct users per account, day and type.
  std::map<std::tuple<std::string, std::string, std::string>, std::pair<std::int64_t, std::int64_t>> counted;
  std::map<core::AccountId, std::string> external_ids;
  for (const auto& [external_id, row] : accounts()) external_ids[row.id] = external_id;
  std::set<std::string> with_events;
  for (const auto& count : events_->daily_counts({})) {
    counted[{external_ids.at(count.account), core::to_string(count.day), count.type.name}] = {count.events,
                                                                                              count.users};
    with_events.insert(external_ids.at(count.account));
  }
  EXPECT_EQ(with_events.size(), 120u);
  std::map<std::string, std::string> type_names;
  each_row("crm/event_type.csv", [&](const Row& row) { type_names[std::string(row.cells[0])] = row.cells[1]; });
  std::int64_t compared = 0;
  each_row("crm/events_daily.csv.gz", [&](const Row& row) {
    if (!with_events.contains(std::string(row.cells[0]))) return;
    ++compared;
    const std::tuple key{std::string(row.cells[0]), std::string(row.cells[1]),
                         type_names.at(std::string(row.cells[2]))};
    const auto found = counted.find(key);
    ASSERT_NE(found, counted.end()) << std::get<0>(key) << " " << std::get<1>(key) << " " << std::get<2>(key);
    EXPECT_EQ(found->second.first, read_integer(row.cells[3]));

    EXPECT_EQ(found->second.second, read_integer(row.cells[4]));
  });
  EXPECT_EQ(compared, static_cast<std::int64_t>(counted.size()));
  EXPECT_EQ(bring_in("crm/events_120_accounts.csv.gz", "events", "crm-events.json"),
            (Counts{99'663, 0, 0, 99'663, 0, 0}));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, RealData, testing::Values(platform::records::testing::Backend::sqlite),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::integrations
