#include "outcomes.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine::lab {
namespace {

// An account's contracts as known in the end.
std::vector<Subscription> contracts_of(const Book& book, std::size_t account, Day known_on) {
  std::vector<Subscription> contracts;
  for (const auto& row : book.subscriptions().of(account)) {
    if (row.known.at(known_on) && row.start <= known_on && row.start < row.end) contracts.push_back(row);
  }
  return contracts;
}

// When the account was a customer, short pauses between contracts included. `contracts` are by start.
std::vector<DayPeriod> customer_periods(const std::vector<Subscription>& contracts) {
  std::vector<DayPeriod> periods;
  for (const auto& contract : contracts) {
    if (!periods.empty() &&
        (periods.back().until == forever || contract.start <= periods.back().until + continued_within_days)) {
      periods.back().until = std::max(periods.back().until, contract.end);
    } else {
      periods.push_back({contract.start, contract.end});
    }
  }
  return periods;
}

std::int64_t revenue_on(const std::vector<Subscription>& contracts, Day day) {
  std::int64_t mrr_minor = 0;
  for (const auto& contract : contracts) {
    if (contract.active_on(day)) mrr_minor += contract.mrr_minor;
  }
  return mrr_minor;
}

// Days within a customer's periods on which revenue became another, with the sign of the change.
std::vector<std::pair<Day, int>> revenue_changes(const std::vector<Subscription>& contracts,
                                                 const std::vector<DayPeriod>& periods) {
  std::vector<std::pair<Day, int>> changes;
  for (const auto& period : periods) {
    std::vector<Day> boundaries;
    for (const auto& contract : contracts) {
      for (const Day day : {contract.start, contract.end}) {
        if (period.from < day && day < period.until) boundaries.push_back(day);
      }
    }
    std::sort(boundaries.begin(), boundaries.end());
    boundaries.erase(std::unique(boundaries.begin(), boundaries.end()), boundaries.end());
    std::int64_t before = revenue_on(contracts, period.from);
    for (const auto day : boundaries) {
      const auto now = revenue_on(contracts, day);
      if (now == 0) continue;  // a pause: what comes after it is compared with what was before it
      if (now != before) changes.emplace_back(day, now > before ? 1 : -1);
      before = now;
    }
  }
  return changes;
}

template <class Row>
void append(PerAccount<Row>& table, const std::vector<Row>& rows) {
  table.rows.insert(table.rows.end(), rows.begin(), rows.end());
  table.offsets.push_back(table.rows.size());
}

// `visit` gives the days of one account.
template <class Visit>
Outcomes each_account(const Book& book, Day known_on, Visit visit) {
  Outcomes outcomes;
  outcomes.known_on = known_on;
  outcomes.days.offsets.push_back(0);
  outcomes.present.offsets.push_back(0);
  for (std::size_t account = 0; account < book.size(); ++account) {
    const auto contracts = contracts_of(book, account, known_on);
    auto periods = customer_periods(contracts);
    std::vector<Day> days = visit(account, contracts, periods);
    std::erase_if(days, [&](Day day) { return day > known_on; });
    append(outcomes.days, days);
    append(outcomes.present, periods);
  }
  return outcomes;
}

Outcomes revenue_became(const Book& book, Day known_on, int sign) {
  return each_account(book, known_on, [&](std::size_t, const auto& contracts, const auto& periods) {
    std::vector<Day> days;
    for (const auto& [day, change] : revenue_changes(contracts, periods)) {
      if (change == sign) days.push_back(day);
    }
    return days;
  });
}

// The part of the periods that lies outside [from, until).
std::vector<DayPeriod> without(const std::vector<DayPeriod>& periods, DayPeriod taken) {
  std::vector<DayPeriod> left;
  for (const auto& period : periods) {
    const DayPeriod before{period.from, std::min(period.until, taken.from)};
    const DayPeriod after{std::max(period.from, taken.until), period.until};
    if (before.from < before.until) left.push_back(before);
    if (after.from < after.until) left.push_back(after);
  }
  return left;
}

// The attribute's number for the choice; nothing where nobody ever had it.
std::optional<double> code_of(const AttributeColumn& column, std::string_view choice) {
  if (column.dictionary.empty()) {
    if (choice == "yes") return 1;
    if (choice == "no") return 0;
    return std::nullopt;
  }
  const auto found = std::lower_bound(column.dictionary.begin(), column.dictionary.end(), choice);
  if (found == column.dictionary.end() || *found != choice) return std::nullopt;
  return static_cast<double>(found - column.dictionary.begin());
}

}  // namespace

std::size_t Outcomes::accounts() const {
  std::size_t count = 0;
  for (std::size_t account = 0; account + 1 < days.offsets.size(); ++account) count += !days.of(account).empty();
  return count;
}

Outcomes churned(const Book& book, Day known_on) {
  return each_account(book, known_on, [](std::size_t, const auto&, const auto& periods) {
    std::vector<Day> days;
    days.reserve(periods.size());
    for (const auto& period : periods) days.push_back(period.until);
    return days;
  });
}

Outcomes contracted(const Book& book, Day known_on) {
  return revenue_became(book, known_on, -1);
}

Outcomes expanded(const Book& book, Day known_on) {
  return revenue_became(book, known_on, 1);
}

Outcomes attribute_became(const Book& book, std::string_view attribute, std::string_view choice, Day known_on) {
  const auto* column = book.attribute(attribute);
  const auto code = column ? code_of(*column, choice) : std::nullopt;
  const bool has_contracts = !book.subscriptions().rows.empty();
  return each_account(book, known_on, [&](std::size_t account, const auto&, std::vector<DayPeriod>& periods) {
    std::vector<Day> days;
    if (!has_contracts) periods = {{no_day, forever}};
    if (!code) return days;
    const auto versions = column->versions.of(account);
    for (std::size_t i = 0; i < versions.size(); ++i) {
      if (versions[i].value != *code) continue;
      if (i == 0 || versions[i - 1].value != *code) days.push_back(versions[i].known_from);
      periods =
          without(periods, {versions[i].known_from, i + 1 < versions.size() ? versions[i + 1].known_from : forever});
    }
    return days;
  });
}

namespace {

// Days on which the attribute's number went the way of the sign. A cleared value is not a number, and so compares false
// with what follows it.
Outcomes number_moved(const Book& book, std::string_view attribute, Day known_on, int sign) {
  const auto* column = book.attribute(attribute);
  const bool has_contracts = !book.subscriptions().rows.empty();
  return each_account(book, known_on, [&](std::size_t account, const auto&, std::vector<DayPeriod>& periods) {
    std::vector<Day> days;
    if (!has_contracts) periods = {{no_day, forever}};
    if (!column) return days;
    const auto versions = column->versions.of(account);
    for (std::size_t i = 1; i < versions.size(); ++i) {
      if (sign * versions[i].value > sign * versions[i - 1].value) days.push_back(versions[i].known_from);
    }
    return days;
  });
}

}  // namespace

Outcomes attribute_grew(const Book& book, std::string_view attribute, Day known_on) {
  return number_moved(book, attribute, known_on, 1);
}

Outcomes attribute_fell(const Book& book, std::string_view attribute, Day known_on) {
  return number_moved(book, attribute, known_on, -1);
}

std::vector<Label> label_rows(const LabPanel& panel, const Outcomes& outcomes, int lead_days,
                              const ParallelFor& parallel_for) {
  std::vector<Label> labels(panel.rows(), Label::no_part);
  parallel_for(panel.blocks().size(), [&](std::size_t index) {
    const auto& block = panel.blocks()[index];
    for (std::size_t account = block.first_account; account < block.first_account + block.accounts; ++account) {
      const auto days = outcomes.days.of(account);
      const auto present = outcomes.present.of(account);
      for (std::size_t week = 0; week < panel.weeks(); ++week) {
        const Day day = panel.days()[week];
        if (day + lead_days > outcomes.known_on) break;
        const bool is_present = std::any_of(present.begin(), present.end(), [&](const DayPeriod& period) {
          return period.from <= day && day < period.until;
        });
        if (!is_present) continue;
        const auto next = std::upper_bound(days.begin(), days.end(), day);
        const bool happens = next != days.end() && *next <= day + lead_days;
        labels[account * panel.weeks() + week] = happens ? Label::with : Label::without;
      }
    }
  });
  return labels;
}

}  // namespace banso::engine::lab
