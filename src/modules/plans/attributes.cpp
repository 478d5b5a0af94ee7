#include "attributes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::plans {
namespace {

using customers::AttributeDefinition;
using customers::AttributeType;
using customers::AttributeValue;
using customers::ManagedValue;

constexpr std::string_view module_name = "plans";
constexpr std::size_t values_at_a_time = 900;

customers::Provenance by_plans() {
  return customers::Provenance::by(core::Caller::system("Success plans"));
}

// In the order of definitions_of().
constexpr std::array keys{"plan_state",   "plan_confirmed", "plan_has_next_step", "goals_open",     "goals_achieved",
                          "goals_behind", "goals_missed",   "next_goal_due",      "value_delivered"};
using Values = std::array<std::optional<AttributeValue>, keys.size()>;

std::vector<AttributeDefinition> definitions_of(const std::string& currency) {
  const auto make = [](std::string key, core::Text name, AttributeType type) {
    AttributeDefinition definition;
    definition.key = std::move(key);
    definition.name = std::move(name);
    definition.type = type;
    definition.managed_by = std::string(module_name);
    return definition;
  };
  auto state = make(keys[0], {"Success plan", "サクセスプラン"}, AttributeType::choice);
  state.choices = {{"draft", {"Draft", "下書き"}},
                   {"sent", {"Sent for confirmation", "確認依頼中"}},
                   {"active", {"Agreed", "合意済み"}},
                   {"closed", {"Closed", "終了"}}};
  auto value = make(keys[8], {"Value delivered", "提供した価値"}, AttributeType::money);
  value.currency = currency;
  return {std::move(state),
          make(keys[1], {"Goals confirmed by the customer", "ゴールに顧客が合意"}, AttributeType::yes_no),
          make(keys[2], {"Plan has a next step", "プランに次のステップがある"}, AttributeType::yes_no),
          make(keys[3], {"Open goals", "進行中のゴール数"}, AttributeType::number),
          make(keys[4], {"Goals achieved", "達成したゴール数"}, AttributeType::number),
          make(keys[5], {"Goals behind", "遅れているゴール数"}, AttributeType::number),
          make(keys[6], {"Goals missed", "期限までに未達のゴール数"}, AttributeType::number),
          make(keys[7], {"Next goal due", "次のゴールの期限"}, AttributeType::date),
          std::move(value)};
}

Values values_of(const PlanFile& file, core::Day today, const std::string& currency) {
  const auto view = look_at(file, today);
  double open = 0, achieved = 0, behind = 0, missed = 0;
  for (const auto& goal : view.goals) {
    open += goal.is_open();
    achieved += goal.achievement != nullptr || goal.standing.status == document::GoalStatus::achieved;
    behind += goal.is_behind();
    missed += goal.is_open() && goal.standing.status == document::GoalStatus::missed;
  }
  const auto next_due = view.next_goal_due(today);
  return {AttributeValue(view.state),
          AttributeValue(view.is_confirmed()),
          AttributeValue(view.is_living() && view.next_step.has_value()),
          AttributeValue(view.is_living() ? open : 0.0),
          AttributeValue(achieved),
          AttributeValue(view.is_living() ? behind : 0.0),
          AttributeValue(view.is_living() ? missed : 0.0),
          next_due && view.is_living() ? std::optional<AttributeValue>(*next_due) : std::nullopt,
          AttributeValue(core::Money{view.delivered_minor(today), currency})};
}

double units_of(const core::Money& money) {
  double units = static_cast<double>(money.amount_minor);
  for (int digit = core::minor_digits(money.currency); digit > 0; --digit) units /= 10;
  return units;
}

// Whether the book shows the value already.
bool shows(const health::BookView& book, std::size_t row, std::string_view key,
           const std::optional<AttributeValue>& wanted) {
  const auto field = fmt::format("attribute.{}", key);
  if (book.fields().find(field) == nullptr) return false;
  const auto shown = book.value(row, field);
  if (std::holds_alternative<std::monostate>(shown)) return !wanted;
  if (!wanted) {
    const auto* text = std::get_if<std::string>(&shown);
    return text != nullptr && text->empty();
  }
  if (const auto* text = std::get_if<std::string>(&shown)) {
    const auto* same = std::get_if<std::string>(&*wanted);
    return same && *same == *text;
  }
  if (const auto* day = std::get_if<core::Day>(&shown)) {
    const auto* same = std::get_if<core::Day>(&*wanted);
    return same && *same == *day;
  }
  if (const auto* yes = std::get_if<bool>(&shown)) {
    const auto* same = std::get_if<bool>(&*wanted);
    return same && *same == *yes;
  }
  if (const auto* number = std::get_if<double>(&shown)) {
    if (const auto* money = std::get_if<core::Money>(&*wanted)) return units_of(*money) == *number;
    const auto* same = std::get_if<double>(&*wanted);
    return same && *same == *number;
  }
  return false;
}

}  // namespace

void KeptAttributes::define(bool has_plans) {
  if (is_defined_ || !has_plans) return;
  for (auto& definition : definitions_of(around_.reporting_currency())) {
    const auto defined = customers_->define_managed(by_plans(), definition);
    if (!defined) {
      platform::log::warning(
          fmt::format("the attribute {} of plans cannot be kept: {}", definition.key, defined.error().message.en));
    }
  }
  is_defined_ = true;
}

void KeptAttributes::keep(const health::BookView& book, Shelf& shelf, std::span<const std::uint32_t> rows) {
  if (!is_defined_) return;
  const auto currency = around_.reporting_currency();
  std::unordered_map<core::AccountId, PlanFilePtr> newest;  // the living one, else the last
  for (const auto& file : shelf.all()) {
    auto& kept = newest[file->row.account];
    if (!kept || file->row.is_living() || !kept->row.is_living()) kept = file;
  }
  std::vector<ManagedValue> values;
  const auto write = [&] {
    const auto written = customers_->set_managed(by_plans(), module_name, values);
    if (!written) platform::log::warning("plans could not be kept on accounts: " + written.error().message.en);
    values.clear();
  };
  for (const auto row : rows) {
    const auto account = book.id(row);
    const auto found = newest.find(account);
    const auto wanted = found == newest.end() ? Values{} : values_of(*found->second, book.as_of(), currency);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!shows(book, row, keys[i], wanted[i])) values.push_back({account, keys[i], wanted[i]});
    }
    if (values.size() >= values_at_a_time) write();
  }
  if (!values.empty()) write();
}

}  // namespace banso::plans
