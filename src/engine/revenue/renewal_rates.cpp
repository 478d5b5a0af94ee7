#include "renewal_rates.hpp"

#include <algorithm>

#include "due_terms.hpp"
#include "ledger_state.hpp"

namespace banso::engine::revenue {

std::vector<RenewalDue> renewals_due(const Ledger& ledger, MonthRange months, std::string_view dimension,
                                     std::uint32_t value) {
  const auto& state = ledger.state();
  std::vector<RenewalDue> result;
  const auto at = state.dimension(dimension);
  if (!at || months.size() == 0) return result;
  const bool whole_account = scope_key(*at) == nullptr;
  DueTerms due_terms(state.recurring);
  std::vector<Earning> earnings;
  ScopedRows scope;
  for (AccountIndex account = 0; account < ledger.account_count(); ++account) {
    const auto rows = state.rows_in(*at, value, account, scope);
    if (rows.empty()) continue;
    make_earnings(rows, state.transfers.of(account), state.recurring, earnings);
    for (const auto& due : due_terms.find(earnings, rows, first_day(months.first), last_day(months.last))) {
      if (whole_account && !state.has_value(*at, account, value, month_of(due.day))) continue;
      result.push_back({account, due.day, due.due_minor, due.renewed_minor(), due.continued_minor});
    }
  }
  return result;
}

}  // namespace banso::engine::revenue
