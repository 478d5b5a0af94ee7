#include "account_evaluator.hpp"

#include <algorithm>
#include <limits>

namespace banso::engine {

namespace {

// Aggregates for which "nothing at all" can mean zero.
bool can_be_zero(Aggregate aggregate) {
  using enum Aggregate;
  switch (aggregate) {
    case people:
    case events:
    case days_active:
    case features:
    case modules:
    case count:
    case closed:
    case open:
    case open_mean_age:
    case open_oldest_age:
    case roles:
    case present:
    case active:
    case left:
    case seats:
    case mrr:
      return true;
    default:
      return false;
  }
}

}  // namespace

AccountEvaluator::AccountEvaluator(const Book& book, const Plan& plan, std::span<const Day> days, const DayIndex& index,
                                   const PeerDistributions& peers)
    : book_(book), plan_(plan), days_(days), usage_(book, plan, index), values_(plan.measures.size()) {
  for (const auto& scorecard : plan.scorecards) scorings_.emplace_back(scorecard);
  active_contacts_.resize(plan.measures.size());
  for (const auto day : days) peer_days_.push_back(peers.day_index(day));
}

void AccountEvaluator::run(std::size_t account, std::span<Assessments> results) {
  account_ = account;
  usage_.load(account);
  count_active_contacts();
  for (day_ = 0; day_ < days_.size(); ++day_) {
    const bool is_customer = book_.known_from()[account] <= days_[day_];
    age_ = age_days(book_, plan_, account, days_[day_]);
    for (const auto measure : plan_.order) {
      const auto& planned = plan_.measures[measure];
      values_[measure] = is_customer ? measure_value(planned) : Value::missing(ValueState::not_customer);
      if (planned.definition->is_percentile()) {
        values_[measure] = among_peers(planned, values_[measure], results[day_].measures[measure]);
      }
      write(measure, results[day_]);
    }
    score(is_customer, results[day_]);
  }
}

void AccountEvaluator::score(bool is_customer, Assessments& result) {
  AccountDay account_day{account_, days_[day_], age_};
  if (plan_.phase != nullptr) account_day.phase = plan_.phase->value_at(account_, days_[day_]);
  account_day.level_override = book_.level_override(account_, days_[day_]);
  result.own_scorecards[account_] = plan_.common_scorecard;
  if (!is_customer) return;
  for (std::size_t i = 0; i < scorings_.size(); ++i) scorings_[i].score(values_, account_day, result.scorecards[i]);
  for (const auto scorecard : plan_.scorecards_for_some) {
    if (!applies(plan_.scorecards[scorecard], account_day)) continue;
    result.own_scorecards[account_] = static_cast<std::int16_t>(scorecard);
    return;
  }
}

void AccountEvaluator::write(std::size_t measure, Assessments& result) const {
  const auto& value = values_[measure];
  auto& column = result.measures[measure];
  column.values[account_] = is_number(value.state) ? value.number : std::numeric_limits<double>::quiet_NaN();
  column.states[account_] = value.state;
  column.newest_days[account_] = value.newest;
}

Value AccountEvaluator::measure_value(const MeasurePlan& measure) {
  const auto& definition = *measure.definition;
  if (definition.minimum_age_days > 0 && age_ && *age_ < definition.minimum_age_days) {
    return Value::missing(ValueState::too_young);
  }
  const Value value = raw_value(measure);
  if (definition.stale_after_days == 0 || !is_number(value.state)) return value;
  const Day basis = stale_basis(measure, value);
  if (basis != no_day && days_[day_] - basis > definition.stale_after_days) {
    return Value::missing(ValueState::stale, value.newest);
  }
  return value;
}

// The value's rank among the peers of the day.
Value AccountEvaluator::among_peers(const MeasurePlan& measure, const Value& value, MeasureColumn& column) const {
  if (!is_number(value.state)) return value;
  column.underlying[account_] = value.number;
  const auto missing = Value::missing(ValueState::no_peers, value.newest);
  const auto group = peer_group_code(measure, account_, days_[day_]);
  if (!group || !peer_days_[day_] || measure.gives_code) return missing;
  const auto* by_day = measure.peer_groups[*group];
  const auto standing = by_day == nullptr ? std::nullopt : (*by_day)[*peer_days_[day_]].standing(value.number);
  if (!standing) return missing;
  column.peers[account_] = standing->peers;
  return {standing->percentile, ValueState::number, value.newest};
}

// The clock of usage runs on any usage: that one feature is not used says nothing about whether data still come in.
Day AccountEvaluator::stale_basis(const MeasurePlan& measure, const Value& value) const {
  return measure.definition->source == Source::usage ? usage_.newest_days(0)[day_] : value.newest;
}

Value AccountEvaluator::raw_value(const MeasurePlan& measure) {
  switch (measure.definition->source) {
    case Source::usage:
      return usage_value(measure);
    case Source::account:
      if (!age_) return Value::missing(ValueState::no_facts);
      return {static_cast<double>(*age_), ValueState::number, days_[day_] - *age_};
    case Source::measures:
      return measure.expression ? expression_value(measure) : formula_value(measure);
    default:
      return facts_value(measure);
  }
}

// ---- quotients and comparisons ----

Value AccountEvaluator::divided(const MeasurePlan& measure, Value value, std::optional<double> divisor,
                                Day window_end) const {
  const auto& definition = *measure.definition;
  switch (definition.divide_by) {
    case DivideBy::nothing:
      return value;
    case DivideBy::thirty_days:
      value.number = value.number * 30 / definition.window_days;
      return value;
    case DivideBy::seats:
      divisor = static_cast<double>(seats_on(book_, measure.products, account_, window_end, days_[day_]));
      break;
    default:
      break;
  }
  if (!divisor || *divisor <= 0) return Value::missing(ValueState::no_divisor, value.newest);
  value.number = value.number * (definition.unit == Unit::percent ? 100 : 1) / *divisor;
  return value;
}

Value AccountEvaluator::compared(const MeasurePlan& measure, const Value& now, const Value& earlier) const {
  if (!is_number(now.state)) return now;
  if (!is_number(earlier.state)) return Value::missing(ValueState::no_baseline, now.newest);
  if (measure.definition->change == Change::difference) {
    return {now.number - earlier.number, ValueState::number, now.newest};
  }
  if (earlier.number == 0) return Value::missing(ValueState::no_baseline, now.newest);
  return {(now.number - earlier.number) * 100 / earlier.number, ValueState::number, now.newest};
}

// ---- usage ----

Value AccountEvaluator::usage_quotient(const MeasurePlan& measure, bool is_earlier) const {
  const auto series = is_earlier ? measure.earlier_series : measure.series;
  const auto divisor = is_earlier ? measure.earlier_divisor : measure.divisor;
  const Day of_filter = usage_.newest_days(measure.filter)[day_];
  const Value value{static_cast<double>(usage_.series(series)[day_]), ValueState::number,
                    of_filter == no_day ? usage_.newest_days(0)[day_] : of_filter};
  const auto divide_by =
      divisor == none ? std::nullopt : std::optional(static_cast<double>(usage_.series(divisor)[day_]));
  return divided(measure, value, divide_by, days_[day_] - (is_earlier ? measure.lag_days : 0));
}

Value AccountEvaluator::usage_value(const MeasurePlan& measure) const {
  const auto& definition = *measure.definition;
  const bool has_facts = usage_.newest_days(0)[day_] != no_day;
  if (!has_facts && !(definition.no_facts == NoFacts::zero && can_be_zero(definition.aggregate))) {
    return Value::missing(ValueState::no_facts);
  }
  const Day newest = usage_.newest_days(measure.filter)[day_];
  if (definition.aggregate == Aggregate::days_since_latest) {
    if (newest == no_day) return Value::missing(ValueState::empty_window, usage_.newest_days(0)[day_]);
    return {static_cast<double>(days_[day_] - newest), ValueState::number, newest};
  }
  const Value now = usage_quotient(measure, false);
  if (measure.lag_days == 0) return now;
  // Data that begin inside the earlier window would make every beginner look like a success.
  const Day earlier_begin = days_[day_] - measure.lag_days - definition.window_days + 1;
  if (!has_facts || usage_.first_days()[day_] > earlier_begin) {
    return Value::missing(ValueState::no_baseline, now.newest);
  }
  return compared(measure, now, usage_quotient(measure, true));
}

// ---- contacts who use the product ----

void AccountEvaluator::count_active_contacts() {
  const auto contacts = book_.contacts().of(account_);
  for (std::size_t i = 0; i < plan_.measures.size(); ++i) {
    const auto& measure = plan_.measures[i];
    if (measure.definition->source != Source::contacts || measure.definition->aggregate != Aggregate::active) continue;
    auto& counts = active_contacts_[i];
    counts.assign(days_.size(), 0);
    for (const auto& contact : contacts) {
      if (contact.person == no_person) continue;
      if ((contact.roles & measure.roles) == 0 && measure.roles != 0xff) continue;
      usage_.used_in_window(measure.filter, contact.person, measure.definition->window_days, used_);
      for (std::size_t day = 0; day < days_.size(); ++day) {
        if (contact.known.at(days_[day]) && contact.present_on(days_[day])) counts[day] += used_[day];
      }
    }
  }
}

Value AccountEvaluator::active_contacts(const MeasurePlan& measure) const {
  const auto as_of = window_of(0, days_[day_], 0);
  const Value present = fact_value(book_, measure, account_, as_of);
  if (!is_number(present.state) || usage_.newest_days(0)[day_] == no_day) return Value::missing(ValueState::no_facts);
  const bool is_linked = std::any_of(
      book_.contacts().of(account_).begin(), book_.contacts().of(account_).end(), [&](const Contact& contact) {
        return contact.person != no_person && contact.known.at(days_[day_]) && contact.present_on(days_[day_]);
      });
  // Present, but who they are in the usage data is unknown: that is not the same as idle.
  if (present.number > 0 && !is_linked) return Value::missing(ValueState::no_facts, present.newest);
  const auto index = static_cast<std::size_t>(&measure - plan_.measures.data());
  return {static_cast<double>(active_contacts_[index][day_]), ValueState::number,
          std::max(present.newest, usage_.newest_days(measure.filter)[day_])};
}

// ---- other facts and formulas ----

Value AccountEvaluator::facts_quotient(const MeasurePlan& measure, bool is_earlier) const {
  const auto& definition = *measure.definition;
  const int lag_days = is_earlier ? measure.lag_days : 0;
  Value value = fact_value(book_, measure, account_, window_of(definition.window_days, days_[day_], lag_days));
  if (value.state == ValueState::no_facts && definition.no_facts == NoFacts::zero &&
      can_be_zero(definition.aggregate)) {
    value = {0, ValueState::number, no_day};
  }
  if (!is_number(value.state)) return value;
  return divided(measure, value, std::nullopt, days_[day_] - lag_days);
}

Value AccountEvaluator::facts_value(const MeasurePlan& measure) const {
  const auto& definition = *measure.definition;
  if (definition.source == Source::contacts && definition.aggregate == Aggregate::active) {
    Value value = active_contacts(measure);
    if (value.state == ValueState::no_facts && definition.no_facts == NoFacts::zero) {
      value = {0, ValueState::number, value.newest};
    }
    return is_number(value.state) ? divided(measure, value, std::nullopt, days_[day_]) : value;
  }
  const Value now = facts_quotient(measure, false);
  return measure.lag_days == 0 ? now : compared(measure, now, facts_quotient(measure, true));
}

Value AccountEvaluator::expression_value(const MeasurePlan& measure) {
  operand_numbers_.clear();
  Day newest = no_day;
  for (const auto operand : measure.operands) {
    const auto& value = values_[operand];
    if (!is_number(value.state) || plan_.measures[operand].gives_code)
      return Value::missing(ValueState::no_operand, value.newest);
    newest = std::max(newest, value.newest);
    operand_numbers_.push_back(value.number);
  }
  const auto number = measure.expression->compute(operand_numbers_);
  return number ? Value{*number, ValueState::number, newest} : Value::missing(ValueState::no_divisor, newest);
}

Value AccountEvaluator::formula_value(const MeasurePlan& measure) const {
  const auto aggregate = measure.definition->aggregate;
  const bool needs_all = aggregate == Aggregate::ratio || aggregate == Aggregate::sum;
  Day newest = no_day;
  double sum = 0, least = std::numeric_limits<double>::max(), most = std::numeric_limits<double>::lowest();
  int numbers = 0;
  for (const auto operand : measure.operands) {
    const auto& value = values_[operand];
    if (!is_number(value.state) || plan_.measures[operand].gives_code) {
      if (needs_all) return Value::missing(ValueState::no_operand, value.newest);
      continue;
    }
    ++numbers;
    newest = std::max(newest, value.newest);
    sum += value.number;
    least = std::min(least, value.number);
    most = std::max(most, value.number);
  }
  if (numbers == 0) return Value::missing(ValueState::no_operand);
  switch (aggregate) {
    case Aggregate::ratio: {
      const double divisor = values_[measure.operands[1]].number;
      if (divisor == 0) return Value::missing(ValueState::no_divisor, newest);
      const double factor = measure.definition->unit == Unit::percent ? 100 : 1;
      return {values_[measure.operands[0]].number * factor / divisor, ValueState::number, newest};
    }
    case Aggregate::mean:
      return {sum / numbers, ValueState::number, newest};
    case Aggregate::minimum:
      return {least, ValueState::number, newest};
    case Aggregate::maximum:
      return {most, ValueState::number, newest};
    default:
      return {sum, ValueState::number, newest};
  }
}

}  // namespace banso::engine
