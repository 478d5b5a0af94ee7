#include "digest.hpp"

#include <gtest/gtest.h>

namespace banso::work {
namespace {

constexpr std::int64_t hour_us = 3'600 * core::microseconds_per_second;
const core::BusinessCalendar japan;

core::Instant utc(int year, int month, int day, int hour, int minute = 0) {
  return {core::start_of(core::day_from(year, month, day)).microseconds + hour * hour_us +
          minute * 60 * core::microseconds_per_second};
}

TEST(Digest, IsDueInTheMorningOfABusinessDay) {
  const DigestSetting daily{Cadence::daily, 8};
  const int tokyo = 540;
  EXPECT_FALSE(due_digest(daily, utc(2026, 11, 19, 22, 59), tokyo, japan));  // 7:59 on Friday
  EXPECT_EQ(due_digest(daily, utc(2026, 11, 19, 23), tokyo, japan), core::day_from(2026, 11, 20));
  EXPECT_EQ(due_digest(daily, utc(2026, 11, 20, 14), tokyo, japan), core::day_from(2026, 11, 20));  // made up for
  EXPECT_FALSE(due_digest(daily, utc(2026, 11, 20, 23), tokyo, japan));                             // Saturday
  EXPECT_FALSE(due_digest(daily, utc(2026, 11, 22, 23), tokyo, japan));  // Monday: labour thanksgiving day
  EXPECT_EQ(due_digest(daily, utc(2026, 11, 23, 23), tokyo, japan), core::day_from(2026, 11, 24));
  EXPECT_FALSE(due_digest({Cadence::off, 8}, utc(2026, 11, 23, 23), tokyo, japan));
}

TEST(Digest, ComesWeeklyOnTheFirstBusinessDay) {
  const DigestSetting weekly{Cadence::weekly, 8};
  EXPECT_FALSE(due_digest(weekly, utc(2026, 11, 23, 9), 0, japan));  // Monday is a holiday
  EXPECT_EQ(due_digest(weekly, utc(2026, 11, 24, 9), 0, japan), core::day_from(2026, 11, 24));
  EXPECT_FALSE(due_digest(weekly, utc(2026, 11, 25, 9), 0, japan));
  EXPECT_EQ(due_digest(weekly, utc(2026, 11, 30, 9), 0, japan), core::day_from(2026, 11, 30));
}

// Berlin: the clock goes from 2:00 to 3:00 on 28 March 2027, and from 3:00 to 2:00 on 31 October 2027, both Sundays; a
// calendar of weekends only would hide them, so the days around are looked at.
int berlin(core::Instant at) {
  return at >= utc(2027, 3, 28, 1) && at < utc(2027, 10, 31, 1) ? 120 : 60;
}

TEST(Digest, KeepsItsHourWhenTheClockIsPutForwardAndBack) {
  const core::BusinessCalendar weekdays(core::HolidayCalendar::weekends_only);
  const DigestSetting daily{Cadence::daily, 8};
  struct Case {
    core::Instant now, next;
  };
  const Case cases[] = {
      {utc(2027, 3, 26, 8), utc(2027, 3, 29, 6)},   // Friday after 8:00 → Monday 8:00 of summer time
      {utc(2027, 3, 25, 12), utc(2027, 3, 26, 7)},  // still winter time
      {utc(2027, 10, 29, 8), utc(2027, 11, 1, 7)},  // Friday → Monday 8:00 of winter time
      {utc(2027, 10, 28, 12), utc(2027, 10, 29, 6)},
  };
  for (const auto& each : cases) {
    const auto next = next_digest(daily, each.now, berlin, weekdays);
    ASSERT_TRUE(next);
    EXPECT_EQ(core::to_string(*next), core::to_string(each.next));
    // It is due at that very moment and not before.
    EXPECT_TRUE(due_digest(daily, *next, berlin(*next), weekdays));
    const core::Instant before{next->microseconds - 1};
    EXPECT_FALSE(due_digest(daily, before, berlin(before), weekdays));
  }
}

// Every quarter of an hour of a year: each business day has its digest, at the first moment of the hour or later.
TEST(Digest, IsDueOnEveryBusinessDayOfAYearAtWhateverHour) {
  const core::BusinessCalendar weekdays(core::HolidayCalendar::weekends_only);
  for (const int hour : {0, 2, 8, 23}) {
    std::set<core::Day> days;
    for (auto at = utc(2027, 1, 1, 0); at < utc(2028, 1, 1, 0); at.microseconds += hour_us / 4) {
      if (const auto day = due_digest({Cadence::daily, hour}, at, berlin(at), weekdays)) days.insert(*day);
    }
    for (auto day = core::day_from(2027, 1, 1); day < core::day_from(2027, 12, 31); day = day + 1) {
      EXPECT_EQ(days.contains(day), weekdays.is_business_day(day)) << core::to_string(day) << " at " << hour;
    }
  }
}

DigestContent content() {
  DigestContent content;
  content.person = {{7}, "Sato <Aya>", "aya@example.com", core::Role::csm, core::Language::en, "Asia/Tokyo", false};
  content.day = core::day_from(2026, 11, 24);
  auto ranking = std::make_shared<Ranking>();
  ranking->currency = "JPY";
  ranking->days_left = DaysLeft(japan, content.day);
  content.ranking = ranking;
  content.summary = {3, 2, 12'000'000, 12'000'000, 1, 1, 0};
  auto entry = std::make_shared<Entry>();
  auto facts = std::make_shared<AccountFacts>();
  facts->name = "Kita & Co";
  facts->standing.arr_minor = 8'000'000;
  ListedCall listed;
  listed.call.id = {42};
  listed.call.title = {"Uses little", "利用が少ない"};
  listed.ranked = {entry, facts, 1, 0};
  content.top_calls.push_back(listed);
  content.public_url = "https://banso.example.com";
  return content;
}

TEST(Digest, SaysTheSameInTextAndHtmlInTheReadersLanguage) {
  auto given = content();
  const auto english = compose(given);
  EXPECT_EQ(english.unique_key, "digest:7:2026-11-24");
  EXPECT_EQ(english.to_address, "aya@example.com");
  EXPECT_EQ(english.subject, "Banso: 3 calls to action, 1 overdue — Tue, Nov 24");
  EXPECT_NE(english.text.find("Kita & Co: Uses little"), std::string::npos);
  EXPECT_NE(english.text.find("ARR 8 million yen, due today"), std::string::npos);
  EXPECT_NE(english.text.find("https://banso.example.com/cockpit?scope=all&panel=42"), std::string::npos);
  EXPECT_NE(english.html.find("Kita &amp; Co: Uses little"), std::string::npos);
  EXPECT_NE(english.html.find("Sato &lt;Aya&gt;"), std::string::npos);
  EXPECT_EQ(english.html.find("<Aya>"), std::string::npos);

  given.person.language = core::Language::ja;
  given.public_url.clear();
  const auto japanese = compose(given);
  EXPECT_EQ(japanese.subject, "【Banso】本日のアクション3件(期限超過1件) 11月24日(火)");
  EXPECT_NE(japanese.text.find("利用が少ない"), std::string::npos);
  EXPECT_EQ(japanese.text.find("http"), std::string::npos);  // no address is known: no links
}

TEST(Digest, IsEmptyWhereThereIsNothingToSay) {
  auto given = content();
  EXPECT_FALSE(given.is_empty());
  given.top_calls.clear();
  EXPECT_TRUE(given.is_empty());
}

}  // namespace
}  // namespace banso::work
