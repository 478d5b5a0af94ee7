// Filter, search, sort and paging of the book against a naive reading of the same rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "book_table.hpp"

namespace banso::health {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

class BookTableTest : public testing::Test {
 protected:
  void SetUp() override {
    engine::Definitions configured;
    engine::MeasureDefinition measure;
    measure.key = "open_tickets";
    measure.name = {"Open tickets", "未解決の問い合わせ"};
    measure.source = engine::Source::tickets;
    measure.aggregate = engine::Aggregate::open;
    configured.measures.push_back(measure);
    engine::Scorecard card;
    card.key = "health";
    card.name = {"Health", "ヘルス"};
    card.levels = engine::standard_levels();
    engine::ScorecardGroup group;
    group.key = "support";
    group.name = {"Support", "サポート"};
    card.groups.push_back(group);
    configured.scorecards.push_back(card);
    set_ = make_set(configured, 3);
    std::mt19937 random(5);
    for (int i = 0; i < 300; ++i) rows_.push_back(make(i, random));
    BookTable::Head head;
    head.as_of = as_of_;
    head.set = set_;
    head.currency = "JPY";
    head.owner_names = {{1, "Sato"}, {2, "Abe"}};
    head.attributes =
        std::make_shared<const std::vector<customers::AttributeDefinition>>(std::vector<customers::AttributeDefinition>{
            {"sites", {"Sites", "拠点数"}, customers::AttributeType::number, {}, "", 0}});
    table_ = std::make_shared<const BookTable>(head, rows_);
  }

  AccountRowPtr make(int i, std::mt19937& random) {
    customers::BookRow record;
    record.id = {1000 + i};
    record.external_id = "E" + std::to_string(i);
    const char* names[] = {"ヤマダ商事", "Alpha", "beta", "鈴木工業", "ｱｵｷ"};
    record.name = std::string(names[random() % 5]) + " " + std::to_string(random() % 40);
    record.sort_key = record.name;
    record.search_key = customers::search_key(record.name + " " + record.external_id);
    record.phase = random() % 4 == 0 ? "" : random() % 2 == 0 ? "onboarding" : "adoption";
    record.owner = {static_cast<std::int64_t>(random() % 3)};
    if (random() % 3 > 0) record.attributes = {{"sites", static_cast<double>(random() % 10)}};
    ScoredAccount scored;
    scored.account = record.id;
    scored.weekly.fill(std::nanf(""));
    scored.values.assign(set_->definitions.measures.size(), missing);
    scored.states.assign(set_->definitions.measures.size(), engine::ValueState::no_facts);
    scored.newest_days.assign(set_->definitions.measures.size(), engine::no_day);
    if (random() % 5 > 0) {
      const double score = static_cast<double>(random() % 1000) / 10;
      scored.score = engine::Points::from(score);
      scored.level = static_cast<std::int8_t>(score >= 80   ? 0
                                              : score >= 65 ? 1
                                              : score >= 50 ? 2
                                              : score >= 35 ? 3
                                                            : 4);
      scored.weekly[sparkline_weeks - 1] = static_cast<float>(score);
      scored.weekly[sparkline_weeks - 5] = static_cast<float>(random() % 100);
    }
    scored.groups = {missing};
    if (random() % 2 == 0) scored.values[0] = static_cast<double>(random() % 6);
    std::vector<revenue::SubscriptionFact> contracts;
    if (random() % 4 > 0) {
      revenue::SubscriptionFact contract;
      contract.known = {as_of_ - 100};
      contract.start = as_of_ - 100;
      contract.end = as_of_ + static_cast<int>(random() % 300);
      contract.mrr_minor = static_cast<std::int64_t>(random() % 50) * 1000;
      contracts.push_back(contract);
    }
    return make_row(record, contracts, scored, *set_, as_of_, "JPY");
  }

  std::vector<std::int64_t> ids(const BookQuery& query, core::PageRequest page = {0, 1000}) const {
    const auto result = table_->query(query, page);
    std::vector<std::int64_t> found;
    for (const auto row : result.value().rows) found.push_back(table_->row(row).id().value);
    return found;
  }
  // The rows that hold, by id.
  template <class Holds>
  std::vector<std::int64_t> naive(Holds holds) const {
    std::vector<std::int64_t> found;
    for (const auto& row : rows_) {
      if (holds(*row)) found.push_back(row->id().value);
    }
    return found;
  }

  const core::Day as_of_ = core::day_from(2026, 4, 1);
  DefinitionSetPtr set_;
  std::vector<AccountRowPtr> rows_;
  BookTablePtr table_;
};

BookQuery with_filter(std::string json) {
  BookQuery query;
  query.filter_json = std::move(json);
  return query;
}

TEST_F(BookTableTest, FiltersAsANaiveReadingDoes) {
  const struct {
    const char* json;
    std::function<bool(const AccountRow&)> holds;
  } cases[] = {
      {R"({"combinator":"and","rules":[]})", [](const AccountRow&) { return true; }},
      {R"({"combinator":"and","rules":[{"field":"arr","operator":">=","value":240000}]})",
       [](const AccountRow& row) { return row.arr_minor >= 240000; }},
      {R"({"combinator":"and","rules":[{"field":"phase","operator":"in","value":["onboarding"]},{"field":"score","operator":"<","value":50}]})",
       [](const AccountRow& row) {
         return row.record.phase == "onboarding" && row.scored.score && row.scored.score->value() < 50;
       }},
      {R"({"combinator":"or","rules":[{"field":"level","operator":"=","value":"critical"},{"field":"phase","operator":"null"}]})",
       [](const AccountRow& row) { return row.scored.level == 4 || row.record.phase.empty(); }},
      {R"({"combinator":"and","rules":[{"field":"renewal_day","operator":"withinDays","value":{"days":90,"direction":"next"}}]})",
       [this](const AccountRow& row) {
         return row.renewal_day && *row.renewal_day >= as_of_ && *row.renewal_day <= as_of_ + 90;
       }},
      {R"({"combinator":"and","rules":[{"field":"owner","operator":"in","value":["1"]}]})",
       [](const AccountRow& row) { return row.record.owner.value == 1; }},
      {R"({"combinator":"and","rules":[{"field":"attribute.sites","operator":">","value":4}]})",
       [](const AccountRow& row) {
         const auto* sites = find_attribute(row.record.attributes, "sites");
         return sites && std::get<double>(*sites) > 4;
       }},
      {R"({"combinator":"and","rules":[{"field":"measure.open_tickets","operator":">=","value":3}]})",
       [](const AccountRow& row) { return row.value(0) >= 3; }},
      {R"({"combinator":"and","rules":[{"field":"name","operator":"contains","value":"やまだ"}]})",
       [](const AccountRow& row) { return row.record.name.starts_with("ヤマダ"); }},
      {R"({"combinator":"and","rules":[{"field":"score","operator":"fellByPercent","value":{"percent":30,"days":28}}]})",
       [](const AccountRow& row) {
         const double then = static_cast<double>(row.scored.weekly[sparkline_weeks - 5]);
         return row.scored.score && then > 0 && row.scored.score->value() <= then * 0.7;
       }},
  };
  for (const auto& each : cases) {
    auto found = ids(with_filter(each.json));
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, naive(each.holds)) << each.json;
    EXPECT_GT(found.size(), 0u) << each.json;
  }
}

TEST_F(BookTableTest, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(
      table_
          ->query(with_filter(R"({"combinator":"and","rules":[{"field":"colour","operator":"=","value":"red"}]})"), {})
          .error()
          .fields.at(0)
          .field,
      testing::StartsWith("filter."));
  BookQuery query;
  query.sort = "-colour";
  EXPECT_EQ(table_->query(query, {}).error().fields.at(0).field, "sort");
}

TEST_F(BookTableTest, SortsWithMissingValuesLastAndPagesWithoutGaps) {
  BookQuery query;
  query.sort = "-arr,score";
  const auto all = ids(query);
  ASSERT_EQ(all.size(), rows_.size());
  const auto key = [&](std::int64_t id) {
    const auto row = table_->find({id});
    const double score = row->scored.score ? row->scored.score->value() : std::numeric_limits<double>::infinity();
    return std::pair(-row->arr_minor, score);
  };
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [&](auto a, auto b) { return key(a) < key(b); }));
  std::vector<std::int64_t> pages;
  for (std::int64_t offset = 0; offset < 300; offset += 7) {
    for (const auto id : ids(query, {offset, 7})) pages.push_back(id);
  }
  EXPECT_EQ(pages, all);

  query.sort = "-renewal_day";
  const auto by_day = ids(query);
  bool seen_missing = false;
  std::optional<core::Day> previous;
  for (const auto id : by_day) {
    const auto day = table_->find({id})->renewal_day;
    EXPECT_FALSE(seen_missing && day);
    if (!day) seen_missing = true;
    if (day && previous) {
      EXPECT_LE(*day, *previous);
    }
    if (day) previous = day;
  }
  EXPECT_TRUE(seen_missing);
}

TEST_F(BookTableTest, SortsOwnersByNameAndLevelsByHealth) {
  BookQuery query;
  query.sort = "owner";
  EXPECT_EQ(table_->find({ids(query).front()})->record.owner.value, 2);  // Abe before Sato
  query.sort = "-level";
  EXPECT_EQ(table_->find({ids(query).front()})->scored.level, 0);
  query.sort = "level";
  EXPECT_EQ(table_->find({ids(query).front()})->scored.level, 4);
}

TEST_F(BookTableTest, SearchesJapaneseAndLatinAlike) {
  BookQuery query;
  for (const char* typed : {"やまだ", "ﾔﾏﾀﾞ", "ヤマダ"}) {
    query.search = typed;
    auto found = ids(query);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, naive([](const AccountRow& row) { return row.record.name.starts_with("ヤマダ"); })) << typed;
  }
  query.search = "ALPHA  e1";
  for (const auto id : ids(query)) EXPECT_TRUE(table_->find({id})->record.name.starts_with("Alpha"));
}

TEST_F(BookTableTest, SummarisesTheSelection) {
  const auto result = table_->query(
      with_filter(R"({"combinator":"and","rules":[{"field":"phase","operator":"=","value":"adoption"}]})"), {0, 3});
  std::int64_t arr_minor = 0, accounts = 0;
  for (const auto& row : rows_) {
    if (row->record.phase != "adoption") continue;
    ++accounts;
    arr_minor += row->arr_minor;
  }
  EXPECT_EQ(result->summary.accounts, accounts);
  EXPECT_EQ(result->summary.arr_minor, arr_minor);
  std::int64_t in_levels = result->summary.without_score.accounts;
  for (const auto& level : result->summary.levels) in_levels += level.accounts;
  EXPECT_EQ(in_levels, accounts);
  EXPECT_EQ(result->rows.size(), 3u);
}

TEST_F(BookTableTest, ANewSnapshotLeavesTheOldOneAlone) {
  std::mt19937 random(99);
  const core::AccountId gone[] = {{1000}};
  const auto next = table_->with(table_->head(), {make(1, random), make(5000, random)}, gone);
  EXPECT_EQ(next->size(), rows_.size());
  EXPECT_FALSE(next->find({1000}));
  EXPECT_TRUE(next->find({6000}));
  EXPECT_NE(next->find({1001}), table_->find({1001}));
  EXPECT_EQ(next->find({1002}), table_->find({1002}));
  EXPECT_TRUE(table_->find({1000}));
}

// Whatever was looked at before, a table that came about step by step answers as one that is made at once.
TEST_F(BookTableTest, TakesOverColumnsAndOrdersRightly) {
  std::mt19937 random(17);
  const char* const sorts[] = {"-score,name",          "level,-arr", "renewal_day,-score", "attribute.sites,name",
                               "measure.open_tickets", "phase,name", "owner,-arr",         "-score_change_28d"};
  const char* const filters[] = {
      "", R"({"combinator":"and","rules":[{"field":"score","operator":">=","value":50}]})",
      R"({"combinator":"and","rules":[{"field":"phase","operator":"=","value":"adoption"}]})",
      R"({"combinator":"and","rules":[{"field":"attribute.sites","operator":"<","value":5}]})"};
  auto table = table_;
  for (int step = 0; step < 60; ++step) {
    std::vector<AccountRowPtr> changed;
    std::vector<core::AccountId> gone;
    const int count = step % 10 == 9 ? 150 : static_cast<int>(random() % 20);
    std::set<int> chosen;
    for (int i = 0; i < count; ++i) chosen.insert(static_cast<int>(random() % (step % 7 == 6 ? 310 : 300)));
    for (const int i : chosen) {
      if (step % 7 == 5 && i % 9 == 0) {
        gone.push_back({1000 + i});
      } else {
        changed.push_back(make(i, random));
      }
    }
    auto head = table->head();
    table = table->with(head, changed, gone);
    const BookTable anew(head, {table->rows().begin(), table->rows().end()});
    for (const auto* sort : sorts) {
      if (random() % 2) continue;  // not everything is looked at each time
      for (const auto* filter : filters) {
        const BookQuery query{filter, "", sort, {}, {}};
        ASSERT_EQ(table->query(query, {0, 1000}).value().rows, anew.query(query, {0, 1000}).value().rows)
            << "step " << step << " sort " << sort << " filter " << filter;
      }
    }
  }
}

}  // namespace
}  // namespace banso::health
