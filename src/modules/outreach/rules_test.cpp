// The pure parts: how people are addressed, merge fields, letters, when mail may go, signed links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "honorifics.hpp"
#include "letter.hpp"
#include "merge.hpp"
#include "page.hpp"
#include "tokens.hpp"
#include "working_hours.hpp"

namespace banso::outreach {
namespace {

using core::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

core::Instant at(std::string_view text) {
  return core::parse_instant(text).value();
}

TEST(Honorifics, AddressPeopleAndCompanies) {
  EXPECT_EQ(addressee("山田 太郎", "株式会社サンプル", Language::ja), "山田 太郎 様");
  EXPECT_EQ(addressee("山田様", "株式会社サンプル", Language::ja), "山田様");
  EXPECT_EQ(addressee("", "株式会社サンプル", Language::ja), "株式会社サンプル 御中");
  EXPECT_EQ(addressee("情報システム部", "株式会社サンプル", Language::ja), "株式会社サンプル 情報システム部 御中");
  EXPECT_EQ(addressee("服部", "株式会社サンプル", Language::ja), "服部 様");
  EXPECT_EQ(addressee("阿部", "株式会社サンプル", Language::ja), "阿部 様");
  EXPECT_EQ(addressee("Taro Yamada", "Sample Inc.", Language::en), "Taro Yamada");
  EXPECT_EQ(addressee("", "Sample Inc.", Language::en), "Sample Inc. team");
  EXPECT_EQ(addressee("Support Team", "Sample Inc.", Language::ja), "Sample Inc. Support Team 御中");
}

TEST(Merge, FillsFieldsAndNamesWhatIsMissing) {
  const Values values{{"contact.name", "山田"}, {"book.arr", ""}};
  const auto merged =
      merge("{{contact.name}} 様 {{book.arr}}{{#book.arr}}x{{book.arr}}{{/book.arr}}{{^book.arr}}なし{{/book.arr}}",
            values, one_line);
  EXPECT_EQ(merged.text, "山田 様 なし");
  EXPECT_THAT(merged.missing, ElementsAre("book.arr"));
  EXPECT_TRUE(merge("{{#a}}{{b}}{{/a}}", {}, one_line).missing.empty()) << "what is not shown is not missing";
  EXPECT_THAT(merge("{{^a}}{{b}}{{/a}}", {}, one_line).missing, ElementsAre("b"));
}

TEST(Merge, RefusesWhatItCannotRead) {
  for (const auto* text : {"{{contact.name", "{{{contact.name}}}", "{{&a}}", "{{>a}}", "{{=<% %>=}}", "{{#a}}",
                           "{{/a}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{}}", "{{a b}}", "{{!note}}"}) {
    EXPECT_FALSE(fields_of(text).has_value()) << text;
  }
  EXPECT_THAT(fields_of("{{a}} {{ book.measure.x_28d }}").value(), ElementsAre("a", "book.measure.x_28d"));
}

TEST(Letter, KeepsValuesFromBecomingMarkup) {
  const std::string evil = "[click](https://evil.example) <img src=x> **bold**\n# head";
  const auto merged = merge("Hello {{contact.name}}", {{"contact.name", evil}}, escape_markdown);
  const auto letter = make_letter(merged.text, {});
  EXPECT_THAT(letter.html, Not(HasSubstr("<a href=\"https://evil")));
  EXPECT_THAT(letter.html, Not(HasSubstr("<img")));
  EXPECT_THAT(letter.html, Not(HasSubstr("<strong>")));
  EXPECT_THAT(letter.text, HasSubstr("[click](https://evil.example) <img src=x> **bold** # head"));
}

TEST(Letter, ReadsAsHtmlAndAsText) {
  LetterOptions options;
  options.footer = {"株式会社伴走", "東京都千代田区1-1", "cs@vendor.test", "", "https://cs.test/unsubscribe/x"};
  std::vector<std::string> seen;
  options.link = [&](const std::string& url) {
    seen.push_back(url);
    return std::string("https://cs.test/m/c/1");
  };
  const auto letter =
      make_letter("こんにちは\n二行目\n\n- 一\n- 二\n\n[資料](https://example.com/a)<script>x</script>", options);
  EXPECT_THAT(letter.html, HasSubstr("こんにちは<br />"));
  EXPECT_THAT(letter.html, HasSubstr("href=\"https://cs.test/m/c/1\""));
  EXPECT_THAT(letter.html, Not(HasSubstr("<script>")));
  EXPECT_THAT(letter.text, HasSubstr("こんにちは\n二行目\n\n- 一\n- 二\n\n資料 ( https://example.com/a )"));
  EXPECT_THAT(letter.text, HasSubstr("株式会社伴走\n東京都千代田区1-1\ncs@vendor.test"));
  EXPECT_THAT(letter.text, HasSubstr("https://cs.test/unsubscribe/x"));
  EXPECT_THAT(seen, ElementsAre("https://example.com/a"));
}

TEST(WorkingHours, WaitForTheMorningTheWeekendAndHolidays) {
  const core::BusinessCalendar japan;
  const auto next = [&](std::string_view wanted) {
    return core::to_string(next_working(at(wanted), "Asia/Tokyo", {}, japan));
  };
  EXPECT_EQ(next("2026-11-20T01:00:00Z"), "2026-11-20T01:00:00.000Z");  // Friday, 10:00
  EXPECT_EQ(next("2026-11-19T20:00:00Z"), "2026-11-20T00:00:00.000Z");  // Friday, 05:00
  // Friday, 18:00: Monday the 23rd is Labour Thanksgiving Day.
  EXPECT_EQ(next("2026-11-20T09:00:00Z"), "2026-11-24T00:00:00.000Z");
}

TEST(WorkingHours, FollowDaylightSaving) {
  const core::BusinessCalendar weekdays(core::HolidayCalendar::weekends_only);
  const auto next = [&](std::string_view wanted, WorkingHours hours) {
    return core::to_string(next_working(at(wanted), "America/New_York", hours, weekdays));
  };
  // Nine o'clock is 14:00 UTC in winter and 13:00 in summer; the clock leaps on Sunday, 8 March 2026.
  EXPECT_EQ(next("2026-03-06T23:30:00Z", {}), "2026-03-09T13:00:00.000Z");
  EXPECT_EQ(next("2026-10-30T23:30:00Z", {}), "2026-11-02T14:00:00.000Z");
  // An hour that does not exist begins when the clock has leapt. Seven days a week, to meet a Sunday.
  const auto lord_howe = next_working(at("2026-10-03T15:10:00Z"), "Australia/Lord_Howe", {2, 3}, weekdays);
  EXPECT_GE(lord_howe, at("2026-10-03T15:10:00Z"));
}

TEST(WorkingHours, KnowCountriesWithOneClock) {
  EXPECT_EQ(zone_of_country("JP"), "Asia/Tokyo");
  EXPECT_EQ(zone_of_country("日本"), "Asia/Tokyo");
  EXPECT_EQ(zone_of_country("SG"), "Asia/Singapore");
  EXPECT_EQ(zone_of_country("US"), std::nullopt);
  EXPECT_EQ(zone_of_country("Atlantis"), std::nullopt);
  EXPECT_TRUE(is_zone("Europe/Berlin"));
  EXPECT_FALSE(is_zone("Europe/Nowhere"));
}

TEST(Caps, WaitForRoomInTheWindow) {
  const auto day = [](int number) { return core::Instant{number * core::microseconds_per_day}; };
  EXPECT_EQ(earliest_slot({}, day(100), 2, 7), day(100));
  const std::vector<core::Instant> two{day(96), day(98)};
  EXPECT_EQ(earliest_slot(two, day(100), 2, 7), day(103));
  EXPECT_EQ(earliest_slot(two, day(100), 3, 7), day(100));
  const std::vector<core::Instant> many{day(98), day(99), day(99), day(99)};
  EXPECT_EQ(earliest_slot(many, day(100), 2, 7), day(106));
}

TEST(Tokens, BelongToOneUseAndOneKey) {
  const Tokens tokens(Tokens::new_key()), others(Tokens::new_key());
  const auto word = tokens.sign(TokenUse::survey, {8'123'456'789'012, 3});
  const auto read = tokens.verify(TokenUse::survey, word);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->mail, 8'123'456'789'012);
  EXPECT_EQ(read->number, 3);
  EXPECT_FALSE(tokens.verify(TokenUse::unsubscribe, word).has_value());
  EXPECT_FALSE(others.verify(TokenUse::survey, word).has_value());
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto changed = word;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    if (i + 1 < word.size()) {
      EXPECT_FALSE(tokens.verify(TokenUse::survey, changed).has_value()) << changed;
    }
  }
  for (const auto* odd : {"", ".", "..", "a.b", "a.b.c"})
    EXPECT_FALSE(tokens.verify(TokenUse::survey, odd).has_value());
  const auto id = "<" + tokens.message_name(42) + "@vendor.test>";
  EXPECT_EQ(tokens.mail_of(id), 42);
  EXPECT_FALSE(others.mail_of(id).has_value());
  EXPECT_FALSE(tokens.mail_of("<banso.16.forged@vendor.test>").has_value());
}

TEST(Page, ReadsForms) {
  const auto form = read_form("score=5&comment=a+b%E3%81%82%26&List-Unsubscribe=One-Click&x");
  EXPECT_EQ(form.at("comment"), "a bあ&");
  EXPECT_EQ(form.at("List-Unsubscribe"), "One-Click");
  EXPECT_EQ(form.size(), 3u);
}

}  // namespace
}  // namespace banso::outreach
