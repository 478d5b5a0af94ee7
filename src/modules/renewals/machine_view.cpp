#include "machine_view.hpp"

#include <fmt/format.h>
#include <boost/math/distributions/beta.hpp>

namespace banso::renewals {
namespace {

// The share of all counts as much as so many cases of the group.
constexpr double weight_of_all = 8;
constexpr double notice_prior = 0.5;  // of each outcome, so that no share is ever 0 or 1

core::Text percent_of(double share) {
  const auto text = fmt::format("{:.0f}%", share * 100);
  return {text, text};
}

core::Text too_few(std::int64_t cases) {
  return {fmt::format("Too few to say: {} earlier renewals are decided, and it takes {}.", cases, fewest_cases),
          fmt::format("判断材料が不足しています。結果の出た過去の更新が{}件あり、判断には{}件以上必要です。", cases,
                      fewest_cases)};
}

core::Text words_of(const MachineView& view, const core::Text& name) {
  const auto share = percent_of(*view.probability);
  if (view.group.empty()) {
    return {fmt::format("The health level is not known; of all {} earlier renewals the share is {}.", view.all_cases,
                        share.en),
            fmt::format("ヘルスレベルが不明なため、過去の更新全体{}件の更新率{}を用いています。", view.all_cases,
                        share.ja)};
  }
  const bool is_notice = view.group == notice_given;
  core::Text words =
      is_notice
          ? core::Text{fmt::format("Notice was given. Of {} earlier renewals with notice, {} were renewed all the "
                                   "same.",
                                   view.cases, view.renewed),
                       fmt::format("解約通知を受けています。過去に通知のあった{}件のうち、{}件が更新されました。",
                                   view.cases, view.renewed)}
          : core::Text{fmt::format("Of {} earlier renewals at the level “{}” {} days before, {} were renewed.",
                                   view.cases, name.en, level_lead_days, view.renewed),
                       fmt::format("更新日の{}日前にレベル「{}」だった過去の更新{}件のうち、{}件が更新されました。",
                                   level_lead_days, name.ja, view.cases, view.renewed)};
  if (view.cases < fewest_cases && !is_notice) {
    words.en += " Since they are few, the rate of all " + std::to_string(view.all_cases) + " counts with them.";
    words.ja += "件数が少ないため、全体" + std::to_string(view.all_cases) + "件の更新率も加味しています。";
  }
  return words;
}

}  // namespace

void RenewalRates::add(const std::string& level, bool was_renewed) {
  all_.add(was_renewed);
  by_group_[level].add(was_renewed);
}

void RenewalRates::add_with_notice(bool was_renewed) {
  by_group_[notice_given].add(was_renewed);
}

MachineView RenewalRates::view(const std::string& group, const core::Text& name) const {
  MachineView view;
  view.group = group;
  view.all_cases = all_.cases;
  const auto found = by_group_.find(group);
  if (found != by_group_.end()) {
    view.cases = found->second.cases;
    view.renewed = found->second.renewed;
  }
  if (all_.cases < fewest_cases) {
    view.words = too_few(all_.cases);
    return view;
  }
  // Of all renewals, with one case of each outcome added so that no share is ever 0 or 1.
  const double all_renewed = static_cast<double>(all_.renewed) + 1;
  const double all_lost = static_cast<double>(all_.cases - all_.renewed) + 1;
  const double share_of_all = all_renewed / (all_renewed + all_lost);
  double alpha = all_renewed, beta = all_lost;
  if (group == notice_given) {
    // The rate of all says nothing about those who said that they leave.
    alpha = static_cast<double>(view.renewed) + notice_prior;
    beta = static_cast<double>(view.cases - view.renewed) + notice_prior;
  } else if (!group.empty()) {
    alpha = static_cast<double>(view.renewed) + weight_of_all * share_of_all;
    beta = static_cast<double>(view.cases - view.renewed) + weight_of_all * (1 - share_of_all);
  } else {
    view.cases = all_.cases;
    view.renewed = all_.renewed;
  }
  const boost::math::beta_distribution<double> posterior(alpha, beta);
  view.probability = alpha / (alpha + beta);
  view.low = boost::math::quantile(posterior, (1 - interval_share) / 2);
  view.high = boost::math::quantile(posterior, (1 + interval_share) / 2);
  view.words = words_of(view, name);
  return view;
}

}  // namespace banso::renewals
