#include "faults.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace banso::engine::revenue {

namespace {

struct FaultText {
  std::string_view key;
  core::Text name, treatment, remedy;
};

const FaultText& text_of(FaultCode code) {
  static const std::array<FaultText, 9> texts = {{
      {"overlapping_product",
       {"Overlapping subscriptions of one product", "同じ製品の契約期間の重複"},
       {"Both count while they overlap.", "重複している間は両方を計上します。"},
       {"If one replaces the other, end the older one on the day the newer one starts.",
        "置き換えの場合は、古い契約の終了日を新しい契約の開始日に合わせてください。"}},
      {"gap_of_days",
       {"A gap of days between subscriptions of one product", "同じ製品の契約間の空白"},
       {"Bridged where the rules allow a gap that long; else it is churn or contraction, and a return.",
        "集計ルールが認める日数以内なら継続とみなします。それより長い場合は解約または縮小と、その後の復帰になります。"},
       {"If the customer never left, let the newer one start on the day the older one ends. Ends are the first day "
        "without "
        "the service.",
        "継続している顧客の場合は、新しい契約の開始日を古い契約の終了日に合わせてください。"
        "終了日はサービスのない最初の日です。"}},
      {"end_before_start",
       {"Ends before it starts", "終了日が開始日より前"},
       {"Earns nothing.", "収益を計上しません。"},
       {"Correct the dates.", "日付を修正してください。"}},
      {"empty_term",
       {"Ends on the day it starts", "開始日に終了する契約"},
       {"Earns nothing: the end is the first day without the service.",
        "収益を計上しません。終了日はサービスのない最初の日です。"},
       {"Delete it if it never began, or correct the end.",
        "開始しなかった契約は削除し、そうでなければ終了日を修正してください。"}},
      {"zero_amount",
       {"Amount of zero", "金額がゼロ"},
       {"Does not make a paying customer.", "有料の顧客として数えません。"},
       {"Enter the amount, or mark it as a trial.", "金額を入力するか、試用として登録してください。"}},
      {"negative_amount",
       {"Negative amount", "金額がマイナス"},
       {"Taken off the customer's revenue.", "顧客の収益から差し引きます。"},
       {"Enter a discount with the subscription it belongs to.", "対象の契約に割引として入力してください。"}},
      {"currency_without_rate",
       {"Currency without an exchange rate", "為替レートのない通貨"},
       {"Left out of every figure in the reporting currency.", "報告通貨の数字には含めません。"},
       {"Enter a rate for the month in which it starts, or one for all months.",
        "開始月のレート、または全期間共通のレートを登録してください。"}},
      {"transfer_without_source",
       {"Transfer from a subscription that is not there or does not end", "移管元の契約がない、または終了していない"},
       {"Counted as new or expansion, not as a transfer.", "移管ではなく、新規または拡大として計上します。"},
       {"End the subscription that it continues, or remove the reference.",
        "移管元の契約を終了させるか、参照を削除してください。"}},
      {"backdated",
       {"Changes a month that is closed", "締めた月に影響する変更"},
       {"Counts; the closed month is shown with its figures before and after.",
        "計上します。締めた月の数字は変更前と変更後を並べて表示します。"},
       {"Check that the dates are right.", "日付が正しいか確認してください。"}},
  }};
  return texts[static_cast<std::size_t>(code)];
}

class Finder {
 public:
  Finder(const Rates& rates, const RevenueRules& rules) : rates_(rates), rules_(rules) {}

  void row(const Term& term) {
    if (term.end < term.start) add(FaultCode::end_before_start, term);
    if (term.end == term.start) add(FaultCode::empty_term, term);
    if (term.amount_minor < 0) add(FaultCode::negative_amount, term);
    if (term.amount_minor == 0 && !term.is_trial) add(FaultCode::zero_amount, term);
    const auto month = month_of(term.start);
    const bool has_rate = rules_.rates == RateMonth::each_month ? rates_.has_rate(term.currency)
                                                                : rates_.of(term.currency, month).has_value();
    if (!has_rate) add(FaultCode::currency_without_rate, term);
  }

  // Terms of one product of one account that earn, oldest first.
  void product(std::span<const Term* const> terms) {
    const Term* last = nullptr;  // the one that reaches farthest
    for (const Term* term : terms) {
      if (last != nullptr && term->start < last->end) {
        const Day until = std::min(last->end, term->end);
        pair(FaultCode::overlapping_product, term->start, until, *last, *term);
      } else if (last != nullptr && last->end < term->start && term->start - last->end <= longest_suspicious_gap_days) {
        pair(FaultCode::gap_of_days, last->end, term->start, *last, *term);
      }
      if (last == nullptr || last->end < term->end) last = term;
    }
  }

  void add(FaultCode code, const Term& term) {
    faults.push_back({code, term.account, term.start, 0, {term.subscription}});
  }

  std::vector<Fault> faults;

 private:
  void pair(FaultCode code, Day from, Day until, const Term& older, const Term& newer) {
    const int days = until == forever ? 0 : until - from;
    faults.push_back({code, older.account, from, days, {older.subscription, newer.subscription}});
  }

  const Rates& rates_;
  const RevenueRules& rules_;
};

using SourceKey = std::pair<AccountIndex, SubscriptionNumber>;

// Which of the subscriptions that terms continue are there, and end.
std::map<SourceKey, bool> ended_sources(std::span<const Term> terms) {
  std::map<SourceKey, bool> sources;
  for (const auto& term : terms) {
    if (term.transferred_from) sources[{term.transferred_from.account, term.transferred_from.subscription}] = false;
  }
  if (sources.empty()) return sources;
  for (const auto& term : terms) {
    if (term.end == forever || term.end <= term.start) continue;
    if (const auto found = sources.find({term.account, term.subscription}); found != sources.end())
      found->second = true;
  }
  return sources;
}

}  // namespace

std::string_view key_of(FaultCode code) {
  return text_of(code).key;
}
const core::Text& name_of(FaultCode code) {
  return text_of(code).name;
}
const core::Text& treatment_of(FaultCode code) {
  return text_of(code).treatment;
}
const core::Text& remedy_of(FaultCode code) {
  return text_of(code).remedy;
}

std::vector<Fault> find_faults(std::span<const Term> terms, const Rates& rates, const RevenueRules& rules) {
  Finder finder(rates, rules);
  const auto sources = ended_sources(terms);
  std::vector<const Term*> earning;
  for (const auto& term : terms) {
    finder.row(term);
    if (term.start < term.end && term.amount_minor > 0 && !term.is_trial) earning.push_back(&term);
    const auto& from = term.transferred_from;
    if (from && !sources.at({from.account, from.subscription})) finder.add(FaultCode::transfer_without_source, term);
  }
  const auto line = [](const Term* term) { return std::tie(term->account, term->product); };
  std::sort(earning.begin(), earning.end(), [&](const Term* left, const Term* right) {
    return std::tie(left->account, left->product, left->start, left->end, left->subscription) <
           std::tie(right->account, right->product, right->start, right->end, right->subscription);
  });
  for (std::size_t first = 0, end = 0; first < earning.size(); first = end) {
    while (end < earning.size() && line(earning[end]) == line(earning[first])) ++end;
    finder.product(std::span(earning).subspan(first, end - first));
  }
  std::sort(finder.faults.begin(), finder.faults.end(), [](const Fault& left, const Fault& right) {
    return std::tie(left.account, left.day, left.code, left.subscriptions) <
           std::tie(right.account, right.day, right.code, right.subscriptions);
  });
  return std::move(finder.faults);
}

}  // namespace banso::engine::revenue
