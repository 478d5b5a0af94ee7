// A book assembled from parts, with only the days of usage that count and an outline of the rest, gives what the whole
// book gives: for random facts, and definitions of every kind.
#include "book_assembly.hpp"

#include <gtest/gtest.h>

#include <map>

#include "explanation.hpp"
#include "random_book.hpp"

namespace banso::engine {
namespace {

// A vendor's own measures: any window, comparison, divisor and filter, none of which counts everything.
Definitions random_definitions(const Book& book, std::mt19937& random) {
  auto definitions = definitions_for(book);
  std::erase_if(definitions.measures, [](const MeasureDefinition& measure) { return measure.key == "x_all_people"; });
  const auto upto = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
  const Aggregate aggregates[] = {Aggregate::people,   Aggregate::events,  Aggregate::days_active,
                                  Aggregate::features, Aggregate::modules, Aggregate::days_since_latest};
  const Aggregate shares[] = {Aggregate::people, Aggregate::events};
  for (int i = 0; i < 25; ++i) {
    MeasureDefinition measure;
    measure.key = "r_" + std::to_string(i);
    measure.name = {"r", "乱"};
    measure.aggregate = aggregates[upto(6)];
    if (upto(2)) measure.filter.features = {features[upto(4)].key};
    if (upto(3) == 0) measure.filter.modules = {"m1"};
    measure.filter.active_only = upto(2) == 0;
    if (upto(3) == 0) measure.no_facts = NoFacts::zero;
    if (upto(3) == 0) measure.stale_after_days = 1 + upto(60);
    if (measure.aggregate != Aggregate::days_since_latest) {
      measure.window_days = 1 + upto(40);
      if (const int kind = upto(3); kind > 0) {
        measure.compare = kind == 1 ? CompareWith::previous_window : CompareWith::last_year;
        if (upto(2)) measure.change = Change::difference;
      }
      if (upto(3) == 0) {
        measure.aggregate = shares[upto(2)];
        measure.divide_by = upto(2) ? DivideBy::unfiltered : DivideBy::active_people;
      }
    }
    definitions.measures.push_back(measure);
  }
  MeasureDefinition champions;
  champions.key = "r_contacts";
  champions.name = {"r", "乱"};
  champions.source = Source::contacts;
  champions.aggregate = Aggregate::active;
  champions.window_days = 1 + upto(30);
  definitions.measures.push_back(champions);
  const auto checked = validate(definitions);
  if (!checked) throw std::runtime_error(checked.error().message.en);
  return definitions;
}

// The whole book taken apart as a keeper of accounts holds it, for evaluation on one day: records in books of a few
// accounts each, the usage that counts packed by account, the rest as an outline.
class Parts {
 public:
  Parts(const Book& whole, Day as_of, std::optional<int> usage_days)
      : features_(whole.features().begin(), whole.features().end()) {
    for (std::size_t account = 0; account < whole.size(); ++account) add_usage(whole, account, as_of, usage_days);
    constexpr std::size_t accounts_per_book = 9;
    for (std::size_t begin = 0; begin < whole.size(); begin += accounts_per_book) {
      records_.push_back(records_of(whole, begin, std::min(whole.size(), begin + accounts_per_book)));
    }
    for (const auto& book : records_) {
      for (std::size_t i = book.size(); i-- > 0;)
        parts_.push_back({&book, i, &usage_[parts_.size() / accounts_per_book * accounts_per_book + i]});
    }
  }

  Book assemble_all() const { return assemble(features_, parts_); }
  std::size_t rows() const {
    std::size_t all = 0;
    for (const auto& usage : usage_) all += usage.size();
    return all;
  }

 private:
  void add_usage(const Book& whole, std::size_t account, Day as_of, std::optional<int> usage_days) {
    const auto& usage = whole.usage();
    std::vector<PackedUsage::Row> rows;
    std::map<std::uint16_t, UsageOutline> outline;
    for (auto at = usage.offsets[account]; at < usage.offsets[account + 1]; ++at) {
      const Day day{usage.days[at]}, known = day + usage.delay_days[at];
      if (known > as_of) continue;
      if (usage_days && day <= as_of - *usage_days) {
        const auto feature = usage.features[at];
        outline.try_emplace(feature, UsageOutline{feature, day, day}).first->second.last_day = day;
      } else {
        rows.push_back({day, usage.persons[at], usage.features[at], usage.events[at], known});
      }
    }
    std::vector<UsageOutline> uses;
    for (const auto& [feature, use] : outline) uses.push_back(use);
    add_outline(uses, rows);
    std::reverse(rows.begin(), rows.end());
    auto& packed = usage_.emplace_back();
    // In two steps, as facts arrive: what comes later replaces the days that changed.
    auto early = rows;
    for (auto& row : early) row.events += row.day > as_of - 9 ? 5 : 0;
    packed.replace_from(no_day, early);
    packed.replace_from(as_of - 8, rows);
  }

  static Book records_of(const Book& whole, std::size_t begin, std::size_t end) {
    BookBuilder builder;
    for (std::size_t i = begin; i < end; ++i) {
      const auto account = builder.add_account(whole.account_ids()[i], whole.known_from()[i]);
      for (auto row : whole.subscriptions().of(i)) {
        row.product = builder.add_product(whole.products()[row.product]);
        builder.add(account, row);
      }
      for (auto row : whole.level_overrides().of(i)) {
        row.level = builder.add_level(whole.levels()[row.level]);
        builder.add(account, row);
      }
      for (const auto& row : whole.tickets().of(i)) builder.add(account, row);
      for (const auto& row : whole.surveys().of(i)) builder.add(account, row);
      for (const auto& row : whole.interactions().of(i)) builder.add(account, row);
      for (const auto& row : whole.attendance().of(i)) builder.add(account, row);
      for (const auto& row : whole.contacts().of(i)) builder.add(account, row);
      for (const auto& column : whole.attributes()) {
        const auto attribute = builder.add_attribute(column.description);
        for (const auto& version : column.versions.of(i)) {
          if (column.dictionary.empty()) {
            builder.set_number(account, attribute, version.known_from, version.value);
          } else {
            builder.set_text(account, attribute, version.known_from,
                             column.dictionary[static_cast<std::size_t>(version.value)]);
          }
        }
      }
    }
    return std::move(builder).build();
  }

  std::vector<Feature> features_;
  std::vector<Book> records_;
  std::vector<PackedUsage> usage_;
  std::vector<BookPart> parts_;
};

// Codes of choices are numbers of a dictionary: what they mean must be the same, not the numbers.
void expect_same_meaning(const Book& a, const Book& b, const Definitions& definitions, Day as_of) {
  const auto of_a = evaluate(a, definitions, as_of), of_b = evaluate(b, definitions, as_of);
  expect_same(of_a, of_b);
  for (std::size_t account = 0; account < a.size(); ++account) {
    const auto why_a = explain(a, definitions, of_a, 0, account), why_b = explain(b, definitions, of_b, 0, account);
    ASSERT_EQ(why_a.summary.en, why_b.summary.en);
    for (std::size_t i = 0; i < why_a.reasons.size(); ++i) {
      ASSERT_EQ(why_a.reasons[i].sentence.ja, why_b.reasons[i].sentence.ja);
    }
  }
}

class Assembly : public testing::TestWithParam<unsigned> {};

TEST_P(Assembly, AWindowAndAnOutlineGiveWhatTheWholeBookGives) {
  const Book whole = book_of(Generator(GetParam()).make().facts);
  std::mt19937 random(GetParam());
  for (int round = 0; round < 6; ++round) {
    const auto definitions = random_definitions(whole, random);
    const auto days = longest_usage_days(definitions);
    ASSERT_TRUE(days);
    for (const int offset : {20, 90, 150, span_days + 60}) {
      const Parts parts(whole, origin + offset, days);
      expect_same_meaning(whole, parts.assemble_all(), definitions, origin + offset);
    }
  }
}

TEST_P(Assembly, AMeasureOfAllTimeNeedsAllDays) {
  const Book whole = book_of(Generator(GetParam()).make().facts);
  const auto definitions = definitions_for(whole);  // holds "people, ever"
  EXPECT_FALSE(longest_usage_days(definitions));
  const Day as_of = origin + 150;
  expect_same_meaning(whole, Parts(whole, as_of, std::nullopt).assemble_all(), definitions, as_of);
}

TEST(AssemblyWindow, OfTheStarterDefinitionsIsShort) {
  const Book whole = book_of(Generator(5).make().facts);
  const auto definitions = starter_definitions(summarise(whole, origin + span_days));
  const auto days = longest_usage_days(definitions);
  ASSERT_TRUE(days);
  const Day as_of = origin + span_days;
  const Parts parts(whole, as_of, days);
  EXPECT_LT(parts.rows(), whole.usage().days.size());
  expect_same_meaning(whole, parts.assemble_all(), definitions, as_of);
  // One day less, and something that counts is missing: the window is not longer than it must be.
  MeasureDefinition events;
  events.key = "x";
  events.name = {"x", "x"};
  events.aggregate = Aggregate::events;
  events.window_days = 30;
  events.compare = CompareWith::last_year;
  EXPECT_EQ(longest_usage_days({"", {events}, {}}), 394);
  events.compare = CompareWith::previous_window;
  EXPECT_EQ(longest_usage_days({"", {events}, {}}), 60);
  events.aggregate = Aggregate::days_since_latest;
  EXPECT_EQ(longest_usage_days({"", {events}, {}}), 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Assembly, testing::Values(11u, 12u, 13u));

}  // namespace
}  // namespace banso::engine
