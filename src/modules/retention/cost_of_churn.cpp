#include "cost_of_churn.hpp"

#include <fmt/format.h>

#include "core/money_in_words.hpp"
#include "engine/revenue/rates.hpp"

namespace banso::retention {

CostOfChurn cost_of_churn(std::int64_t lost_minor, int months, std::int64_t start_mrr_minor,
                          const std::string& currency) {
  CostOfChurn cost;
  if (months > 0) cost.per_month_minor = core::rounded_quotient(lost_minor, months);
  // MRR of the start times twelve months times one hundredth.
  cost.point_of_grr_minor = core::rounded_quotient(static_cast<__int128>(start_mrr_minor) * 12, 100);
  if (start_mrr_minor <= 0 && lost_minor <= 0) {
    cost.text = {"There was no recurring revenue to lose yet.", "失われる定期収益はまだありません。"};
    return cost;
  }
  const core::Text leak = core::money_in_words({cost.per_month_minor, currency});
  const core::Text point = core::money_in_words({cost.point_of_grr_minor, currency});
  cost.text = cost.per_month_minor > 0
                  ? core::Text{fmt::format("The bucket leaks {} of monthly revenue every month.", leak.en),
                               fmt::format("月次経常収益が毎月{}ずつ漏れています。", leak.ja)}
                  : core::Text{"The bucket does not leak: nothing was lost.", "収益の漏れはありません。"};
  if (cost.point_of_grr_minor > 0) {
    cost.text.en += fmt::format(" One point more of GRR keeps {} a year.", point.en);
    cost.text.ja += fmt::format("GRRが1ポイント上がると、年間{}を守れます。", point.ja);
  }
  return cost;
}

}  // namespace banso::retention
