#include "cells.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/money.hpp"

namespace banso::retention {
namespace {

using ledger::Figures;
using ledger::MovementKind;

const ledger::Retention* retention_of(const Figures& figures, int months) {
  for (std::size_t i = 0; i < ledger::retention_months.size(); ++i) {
    if (ledger::retention_months[i] == months && figures.retention[i]) return &*figures.retention[i];
  }
  return nullptr;
}

std::optional<std::int64_t> arpa_of(const Figures& figures) {
  const auto arpa = figures.arpa();
  if (arpa.denominator <= 0) return std::nullopt;
  return core::rounded_quotient(arpa.numerator, arpa.denominator);
}

std::int64_t count_of(const Figures& figures, MovementKind kind) {
  return figures.changes[static_cast<std::size_t>(kind)];
}

}  // namespace

std::optional<double> nrr_of(const Figures& figures, int months) {
  const auto* retention = retention_of(figures, months);
  return retention ? retention->nrr().value() : std::nullopt;
}

std::optional<double> grr_of(const Figures& figures, int months) {
  const auto* retention = retention_of(figures, months);
  return retention ? retention->grr().value() : std::nullopt;
}

json::object render_cell(const Figures& figures, const Period& period) {
  auto cell = render_amounts(figures.opening_minor, figures.amount_minor, figures.closing_minor);
  const auto add = [&](std::string_view key, json::value value) { cell[key] = std::move(value); };
  add("month", json::from(ledger::first_day(figures.period.first)));
  add("end", json::from(period.end));
  add("is_over", period.is_over);
  add("regrouped", figures.regrouped_minor);
  add("net_new", figures.net_new_minor());
  add("arr", figures.arr_minor());
  add("accounts_opening", figures.accounts_opening);
  add("accounts_new", figures.accounts_new);
  add("accounts_lost", figures.accounts_lost);
  add("accounts_reactivated", figures.accounts_reactivated);
  add("accounts_transferred_in", figures.accounts_transferred_in);
  add("accounts_transferred_out", figures.accounts_transferred_out);
  add("accounts_regrouped", figures.accounts_regrouped);
  add("accounts_closing", figures.accounts_closing);
  add("expansions", count_of(figures, MovementKind::expansion));
  add("contractions", count_of(figures, MovementKind::contraction));
  add("arpa", json::from(arpa_of(figures)));
  add("quick_ratio", render(figures.quick_ratio().value()));
  add("logo_churn", render(figures.logo_churn().value()));
  add("revenue_churn", render(figures.revenue_churn().value()));
  for (const int months : ledger::retention_months) {
    add(fmt::format("grr_{}", months), render(grr_of(figures, months)));
    add(fmt::format("nrr_{}", months), render(nrr_of(figures, months)));
  }
  add("due", figures.renewals.due_minor);
  add("renewed", figures.renewals.renewed_minor);
  add("renewal_rate", render(figures.renewals.revenue_rate().value()));
  return cell;
}

std::vector<core::Text> cell_headings() {
  std::vector<core::Text> headings{{"From", "開始日"}, {"To", "終了日"}, {"Opening MRR", "期首MRR"}};
  for (std::size_t kind = 0; kind < ledger::movement_kind_count; ++kind) {
    headings.push_back(ledger::name_of(static_cast<MovementKind>(kind)));
  }
  const std::vector<core::Text> rest{{"Came or went with the group", "グループの入れ替わり"},
                                     {"Closing MRR", "期末MRR"},
                                     {"ARR", "ARR"},
                                     {"Net new MRR", "純増MRR"},
                                     {"Accounts at the start", "期首顧客数"},
                                     {"Accounts new", "新規顧客数"},
                                     {"Accounts reactivated", "再開顧客数"},
                                     {"Accounts lost", "解約顧客数"},
                                     {"Accounts at the end", "期末顧客数"},
                                     {"ARPA", "ARPA"},
                                     {"Quick ratio", "クイックレシオ"},
                                     {"Logo churn", "顧客解約率"},
                                     {"Revenue churn", "売上解約率"},
                                     {"GRR 12 months", "GRR(12か月)"},
                                     {"NRR 12 months", "NRR(12か月)"},
                                     {"MRR due for renewal", "更新対象MRR"},
                                     {"MRR renewed", "更新済みMRR"}};
  headings.insert(headings.end(), rest.begin(), rest.end());
  return headings;
}

std::vector<std::string> cell_texts(const Figures& figures, const Period& period, const std::string& currency) {
  std::vector<std::string> texts;
  const auto money = [&](std::int64_t minor) { texts.push_back(core::decimal_string({minor, currency})); };
  const auto number = [&](std::int64_t value) { texts.push_back(std::to_string(value)); };
  const auto share = [&](std::optional<double> value) { texts.push_back(value ? fmt::format("{:.6f}", *value) : ""); };
  texts.push_back(core::to_string(ledger::first_day(figures.period.first)));
  texts.push_back(core::to_string(period.end));
  money(figures.opening_minor);
  for (const auto amount : figures.amount_minor) money(amount);
  money(figures.regrouped_minor);
  money(figures.closing_minor);
  money(figures.arr_minor());
  money(figures.net_new_minor());
  number(figures.accounts_opening);
  number(figures.accounts_new);
  number(figures.accounts_reactivated);
  number(figures.accounts_lost);
  number(figures.accounts_closing);
  const auto arpa = arpa_of(figures);
  texts.push_back(arpa ? core::decimal_string({*arpa, currency}) : "");
  share(figures.quick_ratio().value());
  share(figures.logo_churn().value());
  share(figures.revenue_churn().value());
  share(grr_of(figures, 12));
  share(nrr_of(figures, 12));
  money(figures.renewals.due_minor);
  money(figures.renewals.renewed_minor);
  return texts;
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  const bool is_number = text.find_first_not_of("-0123456789.") == std::string_view::npos;
  // A spreadsheet takes these for the beginning of a formula, whatever the quotes.
  const bool is_formula =
      !is_number && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (is_formula) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace banso::retention
