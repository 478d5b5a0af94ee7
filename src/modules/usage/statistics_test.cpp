// What was counted survives a restart, adds up over nodes, and is written once.
#include <gtest/gtest.h>

#include "platform/records_testing/databases.hpp"
#include "statistics.hpp"

namespace banso::usage {
namespace {

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr core::SourceId web{11}, app{12};

class Statistics : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (database()) database()->migrate(migrations());
  }
  core::Instant ago(std::int64_t minutes) const { return {now.microseconds - minutes * minute_us}; }

  // The middle of a minute and of an hour, so that nothing depends on when the test runs.
  const core::Instant now{core::now().microseconds / (60 * minute_us) * 60 * minute_us + 30 * minute_us + 30'000'000};
};

TEST_P(Statistics, CountPerSourceMinuteAndHour) {
  IntakeStatistics statistics(database(), 0);
  statistics.accepted(web, 100, 3, ago(0));
  statistics.accepted(web, 50, 0, ago(2));
  statistics.duplicates(web, 5, ago(2));
  statistics.refused(web, "too_old", 2, ago(1));
  statistics.refused(web, "invalid", 4, ago(1));
  statistics.quarantined(web, 6, ago(1));
  statistics.accepted(app, 1, 0, ago(5));
  statistics.unknown_key();
  const auto snapshot = statistics.snapshot(now);
  const auto& counted = snapshot.sources.at(web);
  EXPECT_EQ(counted.counts.accepted, 150);
  EXPECT_EQ(counted.counts.late, 3);
  EXPECT_EQ(counted.counts.duplicates, 5);
  EXPECT_EQ(counted.counts.refused, 6);
  EXPECT_EQ(counted.counts.quarantined, 6);
  EXPECT_EQ(counted.last_received_at, ago(0));
  EXPECT_EQ(counted.refused_by_reason, (std::map<std::string, std::int64_t>{{"invalid", 4}, {"too_old", 2}}));
  EXPECT_EQ(counted.minutes.size(), 3u);
  EXPECT_EQ(counted.minutes.rbegin()->second.accepted, 100);
  EXPECT_EQ(counted.minutes.begin()->second.duplicates, 5);
  EXPECT_EQ(counted.accepted_by_hour.size(), 1u);
  EXPECT_EQ(counted.accepted_by_hour.begin()->second, 150);
  EXPECT_EQ(snapshot.sources.at(app).counts.accepted, 1);
  EXPECT_EQ(snapshot.unknown_key_refusals, 1);
}

TEST_P(Statistics, SurviveARestartAndAddUpOverNodes) {
  {
    IntakeStatistics first(database(), 0), second(database(), 1);
    first.accepted(web, 10, 1, ago(3));
    first.unknown_key(2);
    first.flush(now);
    first.accepted(web, 10, 1, ago(3));
    first.flush(now);
    first.flush(now);
    second.accepted(web, 7, 0, ago(3));
    second.refused(web, "invalid", 2, ago(3));
    second.flush(now);
    EXPECT_EQ(first.snapshot(now).sources.at(web).counts.accepted, 27);
  }
  IntakeStatistics again(database(), 0);
  again.accepted(web, 1, 0, ago(3));
  const auto snapshot = again.snapshot(now);
  const auto& counted = snapshot.sources.at(web);
  EXPECT_EQ(counted.counts.accepted, 28);
  EXPECT_EQ(counted.counts.late, 2);
  EXPECT_EQ(counted.counts.refused, 2);
  EXPECT_EQ(counted.refused_by_reason.at("invalid"), 2);
  ASSERT_EQ(counted.minutes.size(), 1u);
  EXPECT_EQ(counted.minutes.begin()->second.accepted, 28);
  EXPECT_EQ(counted.accepted_by_hour.begin()->second, 28);
  EXPECT_EQ(counted.last_received_at, ago(3));
  EXPECT_EQ(snapshot.unknown_key_refusals, 2);
}

TEST_P(Statistics, KeepAnHourOfMinutesAndFourWeeksOfHours) {
  IntakeStatistics statistics(database(), 0);
  statistics.accepted(web, 1, 0, ago(40 * 24 * 60));
  statistics.accepted(web, 1, 0, ago(61));
  statistics.accepted(web, 1, 0, ago(59));
  statistics.accepted(web, 1, 0, ago(0));
  statistics.flush(now);
  for (auto* node : {&statistics}) {
    const auto counted = node->snapshot(now).sources.at(web);
    EXPECT_EQ(counted.counts.accepted, 4);
    EXPECT_EQ(counted.minutes.size(), 2u);
    EXPECT_EQ(counted.accepted_by_hour.size(), 2u);
  }
  const auto rows = database()->read([](platform::records::Session& session) {
    return session.query_one("SELECT count(*) FROM usage_source_minute")->integer(0);
  });
  EXPECT_EQ(rows, 2);
}

INSTANTIATE_TEST_SUITE_P(Backends, Statistics, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::usage
