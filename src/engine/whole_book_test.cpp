// What must hold of measures among peers and of scores rolled up to parents, on random books: how the accounts were cut
// into chunks never matters, days are independent of each other, later knowledge changes nothing, and everything adds
// up. The oracles share no code with the engine.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>

#include "book_assembly.hpp"
#include "explanation.hpp"
#include "random_book.hpp"

namespace banso::engine {
namespace {

const std::vector<Day> some_days = {origin + 10, origin + 60, origin + 61, origin + 150, origin + 199};

Definitions with_peers_and_roll_up(const Book& book) {
  auto definitions = definitions_for(book);
  const auto add = [&](std::string key, std::string of, std::string among) {
    auto measure = definitions.measures[*definitions.measure_index(of)];
    measure.key = std::move(key);
    measure.percentile_among = std::move(among);
    definitions.measures.push_back(std::move(measure));
  };
  add("p_tenure", "x_tenure", "tier");
  add("p_formula", "x_formula", "book");
  add("p_young", "x_young", "tier");
  auto& scorecard = definitions.scorecards[0];
  for (const char* key : {"p_tenure", "p_formula", "p_young"}) {
    scorecard.groups[0].items.push_back(
        {key, 15, MissingPolicy::ignore, 50, {{0, {Curve::Kind::linear, {}, {{0, 0}, {100, 100}}, {}, 50}}}});
  }
  scorecard.roll_up = RollUp::arr_weighted;
  if (const auto checked = validate(definitions); !checked) throw std::runtime_error(checked.error().message.en);
  return definitions;
}

class WholeBooks : public testing::TestWithParam<unsigned> {
 protected:
  RandomFacts random = Generator(GetParam()).make();
  Book book = book_of(random.facts);
  Definitions definitions = with_peers_and_roll_up(book);
  std::vector<FamilyLink> links = random_links();

  // A forest that grows and changes; now and then in a circle.
  std::vector<FamilyLink> random_links() {
    std::mt19937 chance(GetParam());
    std::vector<FamilyLink> made;
    for (std::size_t child = 0; child < book.size(); ++child) {
      if (chance() % 3 == 0) continue;
      Day from = origin - 10 + static_cast<int>(chance() % 50);
      for (int version = static_cast<int>(chance() % 3); version >= 0; --version) {
        const auto parent = book.account_ids()[chance() % book.size()];
        const Day until = version == 0 ? forever : from + 1 + static_cast<int>(chance() % 90);
        if (parent != book.account_ids()[child]) made.push_back({book.account_ids()[child], parent, {from, until}});
        from = until;
      }
    }
    return made;
  }

  struct Scored {
    WholeBook whole;
    std::vector<Assessments> days;
  };

  // As chunks of so many accounts are, taken in any order.
  Scored in_chunks(const Book& of, std::size_t size, std::span<const Day> days, std::span<const FamilyLink> known) {
    std::vector<Book> chunks;
    for (std::size_t first = 0; first < of.size(); first += size) {
      std::vector<BookPart> parts;
      for (std::size_t i = first; i < std::min(of.size(), first + size); ++i) parts.push_back({&of, i, nullptr});
      chunks.push_back(assemble({}, parts));
    }
    auto shuffled = std::vector<const Book*>();
    for (const auto& chunk : chunks) shuffled.push_back(&chunk);
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(GetParam()));
    Scored scored;
    auto peers = std::make_shared<PeerDistributions>(days);
    for (const auto* chunk : shuffled) peers->merge(collect_peers(*chunk, definitions, days));
    peers->settle();
    scored.whole.peers = peers;
    auto families = std::make_shared<FamilyScores>(days);
    for (const auto* chunk : shuffled) {
      families->merge(
          collect_families(*chunk, evaluate_history(*chunk, definitions, days, serial(), scored.whole), known));
    }
    families->settle();
    scored.whole.families = families;
    for (const auto& chunk : chunks) {
      const auto part = evaluate_history(chunk, definitions, days, serial(), scored.whole);
      if (scored.days.empty()) scored.days.resize(days.size());
      for (std::size_t day = 0; day < days.size(); ++day) append(scored.days[day], part[day]);
    }
    return scored;
  }
  Scored in_chunks(std::size_t size) { return in_chunks(book, size, some_days, links); }

  template <class T>
  static void append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }
  static void append(Assessments& to, const Assessments& from) {
    if (to.account_ids.empty()) {
      to = from;
      return;
    }
    append(to.account_ids, from.account_ids);
    append(to.own_scorecards, from.own_scorecards);
    for (std::size_t i = 0; i < to.measures.size(); ++i) {
      append(to.measures[i].values, from.measures[i].values);
      append(to.measures[i].states, from.measures[i].states);
      append(to.measures[i].newest_days, from.measures[i].newest_days);
      append(to.measures[i].peers, from.measures[i].peers);
      append(to.measures[i].underlying, from.measures[i].underlying);
    }
    for (std::size_t i = 0; i < to.scorecards.size(); ++i) {
      auto& into = to.scorecards[i];
      const auto& more = from.scorecards[i];
      append(into.scores, more.scores);
      append(into.levels, more.levels);
      append(into.machine_levels, more.machine_levels);
      append(into.forced_by, more.forced_by);
      append(into.overridden, more.overridden);
      append(into.coverage, more.coverage);
      append(into.own_scores, more.own_scores);
      append(into.own_levels, more.own_levels);
      append(into.from_children, more.from_children);
      append(into.children, more.children);
      for (std::size_t item = 0; item < into.items.size(); ++item) {
        append(into.items[item].contributions, more.items[item].contributions);
        append(into.items[item].uses, more.items[item].uses);
        append(into.items[item].effective_weights, more.items[item].effective_weights);
      }
    }
  }
};

TEST_P(WholeBooks, HowAccountsAreCutNeverMatters) {
  const auto at_once = in_chunks(book.size());
  for (const std::size_t size : {1u, 7u, 64u}) {
    const auto cut = in_chunks(size);
    EXPECT_EQ(*cut.whole.peers, *at_once.whole.peers);
    EXPECT_EQ(*cut.whole.families, *at_once.whole.families);
    for (std::size_t day = 0; day < some_days.size(); ++day) {
      expect_same(cut.days[day], at_once.days[day]);
      EXPECT_EQ(cut.days[day].scorecards[0].own_scores, at_once.days[day].scorecards[0].own_scores);
      EXPECT_EQ(cut.days[day].scorecards[0].from_children, at_once.days[day].scorecards[0].from_children);
    }
  }
}

TEST_P(WholeBooks, HistoryEqualsDayByDay) {
  const auto at_once = in_chunks(book.size());
  for (std::size_t day = 0; day < some_days.size(); ++day) {
    const auto alone = in_chunks(book, 16, std::span(&some_days[day], 1), links);
    expect_same(alone.days[0], at_once.days[day]);
  }
}

TEST_P(WholeBooks, LaterKnowledgeNeverChangesAnEarlierResult) {
  const auto at_once = in_chunks(book.size());
  for (std::size_t day = 0; day < some_days.size(); ++day) {
    auto known = links;
    std::erase_if(known, [&](const FamilyLink& link) { return link.known.from > some_days[day]; });
    for (auto& link : known) {
      if (link.known.until > some_days[day]) link.known.until = forever;
    }
    const auto then = book_of(random.facts, some_days[day]);
    expect_same(in_chunks(then, 16, std::span(&some_days[day], 1), known).days[0], at_once.days[day]);
  }
}

TEST_P(WholeBooks, PercentilesEqualCounting) {
  const auto scored = in_chunks(9);
  const auto index = *definitions.measure_index("p_tenure"), underlying = *definitions.measure_index("x_tenure");
  const auto* tier = book.attribute("tier");
  std::size_t compared = 0;
  for (std::size_t day = 0; day < some_days.size(); ++day) {
    const auto& values = scored.days[day].measures[underlying];
    for (std::size_t account = 0; account < book.size(); ++account) {
      const auto state = scored.days[day].measures[index].states[account];
      const auto group = tier->value_at(account, some_days[day]);
      ASSERT_EQ(is_number(state), is_number(values.states[account]) && group);
      if (!is_number(state)) continue;
      double below = 0, equal = 0, all = 0;
      for (std::size_t peer = 0; peer < book.size(); ++peer) {
        if (!is_number(values.states[peer]) || tier->value_at(peer, some_days[day]) != group) continue;
        ++all;
        below += values.values[peer] < values.values[account] ? 1 : 0;
        equal += values.values[peer] == values.values[account] ? 1 : 0;
      }
      ASSERT_NEAR(scored.days[day].measures[index].values[account], (below + equal / 2) / all * 100, 1e-9);
      ASSERT_EQ(scored.days[day].measures[index].peers[account], all);
      ++compared;
    }
  }
  EXPECT_GT(compared, 50u);
}

// Who is below an account, by walking up from everybody.
std::vector<std::size_t> below(const Book& book, const std::vector<FamilyLink>& links, std::size_t account, Day day) {
  const auto parent_of = [&](core::AccountId child) {
    core::AccountId parent;
    for (const auto& link : links) {
      if (link.child == child && link.known.at(day)) parent = link.parent;
    }
    return parent;
  };
  std::vector<std::size_t> found;
  for (std::size_t other = 0; other < book.size(); ++other) {
    if (other == account) continue;
    auto at = book.account_ids()[other];
    for (std::size_t steps = 0; at && steps <= book.size(); ++steps) {
      at = parent_of(at);
      if (at != book.account_ids()[account]) continue;
      found.push_back(other);
      break;
    }
  }
  return found;
}

TEST_P(WholeBooks, RolledUpScoresEqualTheWeightedMeanAndAddUp) {
  const auto scored = in_chunks(5);
  std::size_t rolled_up = 0;
  for (const auto& day : scored.days) {
    const auto& column = day.scorecards[0];
    for (std::size_t account = 0; account < book.size(); ++account) {
      Points sum = column.from_children[account], children;
      for (const auto& item : column.items) sum += item.contributions[account];
      for (const auto& child : column.children[account]) children += child.contribution;
      ASSERT_EQ(sum, column.scores[account]);
      ASSERT_EQ(children, column.from_children[account]);
      const auto arr = [&](std::size_t of) {
        double mrr = 0;
        for (const auto& row : book.subscriptions().of(of)) {
          if (row.known.at(day.as_of) && row.active_on(day.as_of)) mrr += static_cast<double>(row.mrr_minor);
        }
        return column.own_levels[of] == no_level ? 0 : mrr;
      };
      double weight = arr(account), weighted = weight * column.own_scores[account].value(), of_children = 0;
      for (const auto child : below(book, links, account, day.as_of)) {
        weight += arr(child);
        of_children += arr(child);
        weighted += arr(child) * column.own_scores[child].value();
      }
      const double expected = of_children > 0 ? weighted / weight : column.own_scores[account].value();
      ASSERT_NEAR(column.scores[account].value(), expected, 1.0 / Points::scale) << account;
      rolled_up += of_children > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(rolled_up, 20u);
}

TEST_P(WholeBooks, ExplanationsAddUp) {
  const auto scored = in_chunks(book.size());
  const auto &then = scored.days[1], &now = scored.days[3];
  const AccountNames names = [](core::AccountId id) { return "N" + std::to_string(id.value); };
  std::size_t with_children = 0;
  for (std::size_t account = 0; account < book.size(); ++account) {
    const auto explanation = explain(book, definitions, now, 0, account, names);
    Points sum;
    for (const auto& reason : explanation.reasons) sum += reason.contribution;
    for (const auto& child : explanation.children) sum += child.child.contribution;
    ASSERT_EQ(sum, explanation.score);
    ASSERT_EQ(explanation.children.empty(), explanation.roll_up_note.en.empty());
    with_children += explanation.children.empty() ? 0 : 1;
    const auto change = explain_change(book, definitions, then, account, now, account, 0, names);
    Points moved;
    for (const auto& reason : change.reasons) moved += reason.change;
    for (const auto& child : change.children) moved += child.change;
    ASSERT_EQ(moved, change.change);
    // A lift of one child that is said to be enough is enough.
    const auto path = path_upwards(book, definitions, now, 0, account, names);
    for (const auto& step : path.each) {
      if (!step.child || now.scorecards[0].forced_by[account] != no_rule) continue;
      const auto threshold = definitions.scorecards[0].levels[static_cast<std::size_t>(path.level)].from;
      ASSERT_GE((explanation.score + step.gain).value() + 2.0 / Points::scale, threshold);
      ASSERT_NE(step.sentence.en.find("N"), std::string::npos);
    }
  }
  EXPECT_GT(with_children, 3u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WholeBooks, testing::Values(1u, 2u, 3u));

core::Result<Definitions> read_measures(const std::string& measures) {
  return definitions_from_json(R"({"measures": [)" + measures + R"(], "scorecards": []})");
}

TEST(WholeBook, RanksOfRanksAreRefusedWithTheWay) {
  const auto refused = read_measures(
      R"({"key": "a", "name": {"en": "a"}, "source": "account", "aggregate": "age", "unit": "days", "percentile_among": "book"},
         {"key": "b", "name": {"en": "b"}, "source": "measures", "aggregate": "mean", "of": ["a"]},
         {"key": "c", "name": {"en": "c"}, "source": "measures", "aggregate": "expression", "expression": "b + 1", "percentile_among": "industry"})");
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1u);
  EXPECT_EQ(refused.error().fields[0].field, "measures[2].percentile_among");
  EXPECT_NE(refused.error().fields[0].message.en.find("c → b → a"), std::string::npos);
  EXPECT_NE(refused.error().fields[0].message.ja.find("c → b → a"), std::string::npos);
}

TEST(WholeBook, SaysWhereAValueStandsInBothLanguages) {
  BookBuilder builder;
  const auto industry = builder.add_attribute({"industry", {"Industry", "業種"}, AttributeType::text});
  const auto value = builder.add_attribute({"value", {"Value", "値"}, AttributeType::number});
  for (int i = 1; i <= 10; ++i) {
    const auto account = builder.add_account(core::AccountId{i}, origin);
    builder.set_text(account, industry, origin, "Steel");
    builder.set_number(account, value, origin, i);
  }
  const auto book = std::move(builder).build();
  for (const bool is_lower_better : {false, true}) {
    auto definitions =
        read_measures(
            R"({"key": "v", "name": {"en": "Logins", "ja": "ログイン"}, "source": "attribute", "aggregate": "value", "attribute": "value", "unit": "events", "percentile_among": "industry"})")
            .value();
    if (is_lower_better) definitions.measures[0].better = Better::lower;
    auto peers = std::make_shared<PeerDistributions>(collect_peers(book, definitions, std::span(&origin, 1)));
    peers->settle();
    const auto assessed = evaluate(book, definitions, origin, serial(), {peers, nullptr});
    const auto note = peer_note(book, definitions.measures[0], assessed, 0, 8);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text.en, is_lower_better ? "better than 15% of the peers in Steel (10 accounts)"
                                             : "better than 85% of the peers in Steel (10 accounts)");
    EXPECT_EQ(note->text.ja, is_lower_better ? "「Steel」の10社の15%より良く" : "「Steel」の10社の85%より良く");
    EXPECT_EQ(assessed.measures[0].underlying[8], 9);
  }
}

}  // namespace
}  // namespace banso::engine
