#include "starter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/day_in_words.hpp"
#include "starter_parts.hpp"

namespace banso::engine {

namespace {

constexpr std::size_t most_feature_measures = 8;

// Chooses items for the scorecard and remembers which measures they need.
class Chooser {
 public:
  explicit Chooser(const BookSummary& summary) : summary_(summary) {
    for (auto& measure : general_measures()) measures_.measures.push_back(std::move(measure));
  }

  bool is_common(std::size_t accounts, double share = 0.3) const {
    return engine::is_common(accounts, summary_.accounts, share);
  }

  MeasureDefinition& measure(const std::string& key) {
    return measures_.measures[measures_.measure_index(key).value()];
  }

  ScorecardItem item(const std::string& key, double weight, Curve curve,
                     MissingPolicy missing = MissingPolicy::ignore) {
    return {key, weight, missing, 50, {{0, std::move(curve)}}};
  }
  // Curve from the book's own distribution, or the given one where there are too few values.
  ScorecardItem calibrated(const std::string& key, double weight, Curve fallback) {
    const auto found = summary_.distributions.find(key);
    auto curve =
        found == summary_.distributions.end() ? std::nullopt : curve_by_quantiles(found->second, measure(key).better);
    if (curve) {
      const auto day = core::day_in_words(summary_.as_of);
      measure(key).description = {fmt::format("Scored by its place among all accounts as known on {}.", day.en),
                                  fmt::format("{}時点の全顧客の中での位置で採点しています。", day.ja)};
    }
    return item(key, weight, curve ? std::move(*curve) : std::move(fallback));
  }

  void add(ScorecardGroup group) {
    if (!group.items.empty()) groups_.push_back(std::move(group));
  }
  void add(MeasureDefinition definition) { measures_.measures.push_back(std::move(definition)); }
  bool is_empty() const { return groups_.empty(); }
  const BookSummary& summary() const { return summary_; }
  std::vector<ScorecardGroup>& groups() { return groups_; }

  Definitions finish(Scorecard scorecard) && {
    scorecard.groups = std::move(groups_);
    measures_.scorecards.push_back(std::move(scorecard));
    return std::move(measures_);
  }

 private:
  const BookSummary& summary_;
  Definitions measures_;
  std::vector<ScorecardGroup> groups_;
};

ScorecardGroup group(std::string key, core::Text name, core::Text description, double weight) {
  return {std::move(key), std::move(name), std::move(description), weight, {}};
}

void choose_adoption(Chooser& choose) {
  const auto& summary = choose.summary();
  auto adoption = group("adoption", {"Adoption", "定着度"},
                        {"Is the product used by those who pay for it?", "契約した人に使われているかを表します。"}, 40);
  if (choose.is_common(summary.with_usage)) {
    if (choose.is_common(summary.with_seats)) {
      adoption.items.push_back(choose.item("licence_utilisation", 30,
                                           linear_curve({{0, 0}, {10, 15}, {30, 35}, {50, 55}, {75, 80}, {90, 100}})));
    }
    adoption.items.push_back(choose.item("active_users_trend_28d", 25,
                                         linear_curve({{-60, 0}, {-30, 25}, {-15, 45}, {0, 70}, {20, 85}, {50, 100}})));
    // Where nearly all accounts send usage, an account without any is silent, not unconnected.
    const bool is_silence_bad = choose.is_common(summary.with_usage, 0.6);
    if (is_silence_bad) choose.measure("days_since_activity").minimum_age_days = 14;
    adoption.items.push_back(choose.item("days_since_activity", 20,
                                         linear_curve({{0, 100}, {3, 90}, {7, 70}, {14, 45}, {30, 15}, {60, 0}}),
                                         is_silence_bad ? MissingPolicy::bad : MissingPolicy::ignore));
    adoption.items.push_back(
        choose.calibrated("days_active_28d", 25, linear_curve({{0, 0}, {4, 30}, {10, 60}, {18, 85}, {22, 100}})));
    if (!choose.is_common(summary.with_seats)) {
      adoption.items.push_back(
          choose.calibrated("active_users_28d", 20, linear_curve({{0, 0}, {1, 30}, {5, 60}, {20, 100}})));
    }
  }
  choose.add(std::move(adoption));
}

void choose_maturity(Chooser& choose) {
  const auto& summary = choose.summary();
  auto maturity = group("maturity", {"Maturity", "成熟度"},
                        {"How widely and deeply is it used?", "どれだけ幅広く、深く使われているかを表します。"}, 25);
  if (choose.is_common(summary.with_usage)) {
    maturity.items.push_back(
        choose.calibrated("features_used_28d", 40, linear_curve({{0, 0}, {2, 30}, {5, 60}, {10, 100}})));
    maturity.items.push_back(
        choose.calibrated("events_per_user_28d", 35, linear_curve({{0, 0}, {10, 40}, {50, 70}, {200, 100}})));
    maturity.items.push_back(choose.item("events_trend_28d", 25,
                                         linear_curve({{-60, 0}, {-30, 25}, {-15, 45}, {0, 70}, {20, 85}, {50, 100}})));
  }
  choose.add(std::move(maturity));
}

void choose_sentiment(Chooser& choose) {
  const auto& summary = choose.summary();
  const auto with = [&](SurveyKind kind) {
    const auto found = summary.with_surveys.find(kind);
    return found == summary.with_surveys.end() ? std::size_t{0} : found->second;
  };
  auto sentiment =
      group("sentiment", {"Sentiment", "感情"}, {"What do they say in surveys?", "アンケートでの声を表します。"}, 15);
  const bool has_nps = choose.is_common(with(SurveyKind::nps), 0.1),
             has_csat = choose.is_common(with(SurveyKind::csat), 0.1);
  if (has_nps) {
    const auto curve = linear_curve({{0, 0}, {5, 30}, {6, 40}, {8, 70}, {9, 90}, {10, 100}});
    sentiment.items.push_back(choose.item("latest_nps", 30, curve));
    sentiment.items.push_back(choose.item("mean_nps_365d", 30, curve));
  }
  if (has_csat)
    sentiment.items.push_back(
        choose.item("mean_csat_365d", 40, linear_curve({{1, 0}, {2, 20}, {3, 45}, {4, 75}, {5, 100}})));
  if (!has_nps && !has_csat && choose.is_common(with(SurveyKind::ces) + with(SurveyKind::other), 0.1)) {
    sentiment.items.push_back(
        choose.item("survey_mean_365d", 100, linear_curve({{0, 0}, {50, 40}, {75, 70}, {100, 100}})));
  }
  choose.add(std::move(sentiment));
}

void choose_support(Chooser& choose) {
  auto support =
      group("support", {"Support", "サポート"},
            {"Are their problems few and solved quickly?", "問題が少なく、早く解決しているかを表します。"}, 10);
  if (choose.is_common(choose.summary().with_tickets, 0.2)) {
    for (const auto* key : {"open_tickets", "urgent_open_tickets", "open_tickets_mean_age", "open_tickets_oldest_age",
                            "tickets_per_month"}) {
      choose.measure(key).no_facts = NoFacts::zero;
    }
    support.items.push_back(
        choose.item("tickets_per_month", 35, linear_curve({{0, 80}, {1, 90}, {5, 70}, {10, 45}, {15, 25}, {30, 0}})));
    support.items.push_back(choose.item("open_tickets_mean_age", 35,
                                        linear_curve({{0, 100}, {3, 80}, {7, 60}, {14, 40}, {30, 10}, {60, 0}})));
    support.items.push_back(choose.item("urgent_open_tickets", 30, linear_curve({{0, 90}, {1, 35}, {2, 0}})));
  }
  choose.add(std::move(support));
}

void choose_relationship(Chooser& choose) {
  const auto& summary = choose.summary();
  auto relationship = group("relationship", {"Relationship", "関係性"},
                            {"Are we in touch with the right people?", "適切な相手とつながっているかを表します。"}, 10);
  if (choose.is_common(summary.with_meetings, 0.2)) {
    relationship.items.push_back(
        choose.item("days_since_meeting", 40, linear_curve({{0, 100}, {35, 85}, {60, 55}, {90, 30}, {150, 0}})));
  }
  if (choose.is_common(summary.with_champions, 0.2)) {
    relationship.items.push_back(choose.item("champions_present", 30, linear_curve({{0, 10}, {1, 80}, {2, 100}})));
  }
  if (choose.is_common(summary.with_champion_usage, 0.2) && choose.is_common(summary.with_usage)) {
    relationship.items.push_back(choose.item("champions_active", 20, linear_curve({{0, 10}, {1, 85}, {2, 100}})));
  }
  if (choose.is_common(summary.with_events, 0.2)) {
    relationship.items.push_back(choose.item("events_attended_180d", 10, linear_curve({{0, 45}, {1, 75}, {3, 100}})));
  }
  if (choose.is_common(summary.with_content, 0.2)) {
    relationship.items.push_back(choose.item("content_90d", 10, linear_curve({{0, 45}, {1, 65}, {5, 100}})));
  }
  choose.add(std::move(relationship));
}

void choose_features(Chooser& choose) {
  auto features = choose.summary().features;
  std::stable_sort(features.begin(), features.end(),
                   [](const auto& a, const auto& b) { return a.accounts > b.accounts; });
  for (std::size_t i = 0; i < features.size() && i < most_feature_measures; ++i) {
    if (features[i].accounts > 0) choose.add(feature_measure(features[i].feature));
  }
}

// Services taken count as adoption, everything else as the contract.
void choose_attributes(Chooser& choose) {
  auto services = group("adoption", {"Adoption", "定着度"},
                        {"Which services do they take?", "どのサービスを使っているかを表します。"}, 40);
  auto contract =
      group("contract", {"Contract", "契約"}, {"How is the customer bound to us?", "契約の内容や期間を表します。"}, 60);
  for (auto& offer : attribute_offers(choose.summary())) {
    choose.add(std::move(offer.measure));
    (offer.is_service ? services : contract).items.push_back(std::move(offer.item));
  }
  choose.add(std::move(services));
  choose.add(std::move(contract));
}

// The last resort: some score for an account of which next to nothing is known.
void choose_by_age(Chooser& choose) {
  auto contract =
      group("contract", {"Contract", "契約"}, {"How long is it a customer?", "契約期間の長さを表します。"}, 100);
  contract.items.push_back(
      choose.calibrated("customer_age", 100, linear_curve({{0, 40}, {180, 50}, {365, 65}, {1095, 85}})));
  choose.add(std::move(contract));
}

}  // namespace

bool is_common(std::size_t with_fact, std::size_t accounts, double share) {
  return with_fact > 0 && static_cast<double>(with_fact) >= share * static_cast<double>(accounts);
}

std::set<Source> weighed_sources(const Definitions& definitions) {
  std::set<Source> sources;
  for (const auto& card : definitions.scorecards) {
    for (const auto& group : card.groups) {
      for (const auto& item : group.items) {
        if (const auto index = definitions.measure_index(item.measure)) {
          sources.insert(definitions.measures[*index].source);
        }
      }
    }
  }
  return sources;
}

Definitions starter_definitions(const BookSummary& summary) {
  Chooser choose(summary);
  choose_adoption(choose);
  choose_maturity(choose);
  choose_sentiment(choose);
  choose_support(choose);
  choose_relationship(choose);
  if (!choose.is_common(summary.with_usage)) choose_attributes(choose);
  if (choose.is_empty()) choose_by_age(choose);
  choose_features(choose);
  Scorecard health;
  health.key = "health";
  health.name = {"Health score", "ヘルススコア"};
  health.description = {"Starter scorecard chosen from the data at hand. Change weights and curves as you learn.",
                        "手元のデータから選んだ最初のスコアカードです。運用しながら重みや換算を調整してください。"};
  health.levels = standard_levels();
  auto definitions = std::move(choose).finish(std::move(health));
  definitions.version = "1";
  return definitions;
}

}  // namespace banso::engine
