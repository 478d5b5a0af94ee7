#include "fact_values.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace banso::engine {

namespace {

bool takes(const std::vector<std::uint8_t>& products, const Subscription& row) {
  return products.empty() || products[row.product] != 0;
}

bool is_inside(Day day, const Window& window) {
  return window.begin < day && day <= window.end;
}

// Was it open at the end of the window's last day?
bool is_open(const Ticket& ticket, Day day) {
  return ticket.opened <= day && ticket.closed > day;
}

Value ticket_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  Day newest = no_day, newest_matching = no_day;
  std::int64_t opened_in_window = 0, closed_in_window = 0, open = 0, age_sum = 0, age_oldest = 0;
  for (const auto& ticket : book.tickets().of(account)) {
    if (!ticket.known.at(window.as_of) || ticket.opened > window.as_of) continue;
    newest = std::max(newest, ticket.opened);
    if (ticket.closed <= window.as_of) newest = std::max(newest, ticket.closed);
    if (measure.definition->filter.urgent_only && !ticket.is_urgent) continue;
    newest_matching = std::max(newest_matching, ticket.opened);
    if (is_inside(ticket.opened, window)) ++opened_in_window;
    if (is_inside(ticket.closed, window)) ++closed_in_window;
    if (!is_open(ticket, window.end)) continue;
    ++open;
    age_sum += window.end - ticket.opened;
    age_oldest = std::max<std::int64_t>(age_oldest, window.end - ticket.opened);
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  switch (measure.definition->aggregate) {
    case Aggregate::count:
      return {static_cast<double>(opened_in_window), ValueState::number, newest};
    case Aggregate::closed:
      return {static_cast<double>(closed_in_window), ValueState::number, newest};
    case Aggregate::open:
      return {static_cast<double>(open), ValueState::number, newest};
    case Aggregate::open_mean_age:
      return {open == 0 ? 0.0 : static_cast<double>(age_sum) / static_cast<double>(open), ValueState::number, newest};
    case Aggregate::open_oldest_age:
      return {static_cast<double>(age_oldest), ValueState::number, newest};
    default:  // days_since_latest
      if (newest_matching == no_day) return Value::missing(ValueState::empty_window, newest);
      return {static_cast<double>(window.as_of - newest_matching), ValueState::number, newest_matching};
  }
}

struct SurveySums {
  std::int64_t count = 0, promoters = 0, detractors = 0, satisfied = 0;
  double sum = 0, latest = 0;
};

Value survey_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  const bool in_percent = measure.definition->unit == Unit::percent;
  Day newest = no_day;
  SurveySums sums;
  for (const auto& answer : book.surveys().of(account)) {
    if (answer.day > window.as_of) break;
    if (!answer.known.at(window.as_of)) continue;
    if (!(measure.kinds >> static_cast<unsigned>(answer.kind) & 1)) continue;
    newest = std::max(newest, answer.day);
    if (!is_inside(answer.day, window)) continue;
    const double scale = answer.scale_max > 0 ? answer.scale_max : 1;
    const double score = in_percent ? answer.score * 100 / scale : answer.score;
    ++sums.count;
    sums.sum += score;
    sums.latest = score;  // rows ascend by day; of one day the order is fixed by the book
    sums.promoters += answer.score * 10 >= 9 * scale ? 1 : 0;
    sums.detractors += answer.score * 10 <= 6 * scale ? 1 : 0;
    sums.satisfied += answer.score * 5 >= 4 * scale ? 1 : 0;
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  const auto aggregate = measure.definition->aggregate;
  if (aggregate == Aggregate::count) return {static_cast<double>(sums.count), ValueState::number, newest};
  if (aggregate == Aggregate::days_since_latest) {
    return {static_cast<double>(window.as_of - newest), ValueState::number, newest};
  }
  if (sums.count == 0) return Value::missing(ValueState::empty_window, newest);
  const double count = static_cast<double>(sums.count);
  switch (aggregate) {
    case Aggregate::latest:
      return {sums.latest, ValueState::number, newest};
    case Aggregate::net_promoter:
      return {static_cast<double>(sums.promoters - sums.detractors) * 100 / count, ValueState::number, newest};
    case Aggregate::satisfied_share:
      return {static_cast<double>(sums.satisfied) * 100 / count, ValueState::number, newest};
    default:
      return {sums.sum / count, ValueState::number, newest};
  }
}

Value interaction_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  Day newest = no_day;
  std::int64_t count = 0;
  ContactRoles attended = 0;
  for (const auto& row : book.interactions().of(account)) {
    if (row.day > window.as_of) break;
    if (!row.known.at(window.as_of) || !(measure.kinds >> static_cast<unsigned>(row.kind) & 1)) continue;
    newest = std::max(newest, row.day);
    if (!is_inside(row.day, window)) continue;
    ++count;
    attended = static_cast<ContactRoles>(attended | (row.attended & measure.roles));
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  switch (measure.definition->aggregate) {
    case Aggregate::days_since_latest:
      return {static_cast<double>(window.as_of - newest), ValueState::number, newest};
    case Aggregate::roles:
      return {static_cast<double>(std::popcount(attended)), ValueState::number, newest};
    default:
      return {static_cast<double>(count), ValueState::number, newest};
  }
}

Value attendance_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  Day newest = no_day;
  std::int64_t count = 0;
  for (const auto& row : book.attendance().of(account)) {
    if (row.day > window.as_of) break;
    if (!row.known.at(window.as_of) || !(measure.kinds >> static_cast<unsigned>(row.kind) & 1)) continue;
    newest = std::max(newest, row.day);
    if (is_inside(row.day, window)) ++count;
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  if (measure.definition->aggregate == Aggregate::days_since_latest) {
    return {static_cast<double>(window.as_of - newest), ValueState::number, newest};
  }
  return {static_cast<double>(count), ValueState::number, newest};
}

// The end of a subscription, or of what already follows it without a break: a renewal that is signed is no longer due.
Day end_with_followers(std::span<const Subscription> rows, const Subscription& row, Day as_of) {
  Day end = row.end;
  for (const auto& next : rows) {  // ascending by start
    if (end == forever) break;
    if (next.product == row.product && next.known.at(as_of) && next.start <= end && next.end > end) end = next.end;
  }
  return end;
}

Value subscription_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  const auto rows = book.subscriptions().of(account);
  Day newest = no_day, renewal = forever;
  std::int64_t mrr_minor = 0, active = 0;
  for (const auto& row : rows) {
    if (!row.known.at(window.as_of) || row.start > window.as_of) continue;
    newest = std::max(newest, row.start);
    if (!takes(measure.products, row) || !row.active_on(window.as_of)) continue;
    ++active;
    mrr_minor += row.mrr_minor;
    if (measure.definition->aggregate == Aggregate::days_to_renewal) {
      renewal = std::min(renewal, end_with_followers(rows, row, window.as_of));
    }
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  switch (measure.definition->aggregate) {
    case Aggregate::seats:
      return {static_cast<double>(seats_on(book, measure.products, account, window.as_of, window.as_of)),
              ValueState::number, newest};
    case Aggregate::mrr:
      return {static_cast<double>(mrr_minor), ValueState::number, newest};
    case Aggregate::days_to_renewal:
      if (renewal == forever) return Value::missing(ValueState::empty_window, newest);
      return {static_cast<double>(renewal - window.as_of), ValueState::number, newest};
    default:
      return {static_cast<double>(active), ValueState::number, newest};
  }
}

Value contacts_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  Day newest = no_day;
  std::int64_t present = 0, left = 0;
  for (const auto& contact : book.contacts().of(account)) {
    if (!contact.known.at(window.as_of) || contact.first_day > window.as_of) continue;
    newest = std::max(newest, contact.left_day <= window.as_of ? contact.left_day : contact.first_day);
    if ((contact.roles & measure.roles) == 0 && measure.roles != 0xff) continue;
    present += contact.present_on(window.as_of);
    left += contact.left_day != forever && is_inside(contact.left_day, window);
  }
  if (newest == no_day) return Value::missing(ValueState::no_facts);
  const auto count = measure.definition->aggregate == Aggregate::left ? left : present;
  return {static_cast<double>(count), ValueState::number, newest};
}

Value attribute_value(const MeasurePlan& measure, std::size_t account, const Window& window) {
  if (measure.attribute == nullptr) return Value::missing(ValueState::no_facts);
  const auto versions = measure.attribute->versions.of(account);
  const auto value = measure.attribute->value_at(account, window.as_of);
  if (!value) return Value::missing(ValueState::no_facts);
  Day newest = no_day;
  for (const auto& version : versions) {
    if (version.known_from <= window.as_of) newest = version.known_from;
  }
  const bool is_day = measure.attribute->description.type == AttributeType::day;
  return {is_day ? static_cast<double>(window.as_of.days) - *value : *value, ValueState::number, newest};
}

}  // namespace

Window window_of(int window_days, Day as_of, int lag_days) {
  const Day end = as_of - lag_days;
  return {window_days == unlimited_days ? no_day : end - window_days, end, as_of};
}

Value fact_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window) {
  switch (measure.definition->source) {
    case Source::tickets:
      return ticket_value(book, measure, account, window);
    case Source::surveys:
      return survey_value(book, measure, account, window);
    case Source::interactions:
      return interaction_value(book, measure, account, window);
    case Source::attendance:
      return attendance_value(book, measure, account, window);
    case Source::subscriptions:
      return subscription_value(book, measure, account, window);
    case Source::contacts:
      return contacts_value(book, measure, account, window);
    case Source::attribute:
      return attribute_value(measure, account, window);
    default:
      return Value::missing(ValueState::no_facts);
  }
}

std::int64_t seats_on(const Book& book, const std::vector<std::uint8_t>& products, std::size_t account, Day day,
                      Day as_of) {
  const auto rows = book.subscriptions().of(account);
  const auto counts = [&](const Subscription& row) {
    return row.known.at(as_of) && row.active_on(day) && takes(products, row);
  };
  std::int64_t largest = 0;
  // An account has a handful of contracts: looking at each product anew beats keeping a table.
  for (const auto& first : rows) {
    if (!counts(first)) continue;
    std::int64_t of_product = 0;
    for (const auto& row : rows) {
      if (row.product == first.product && counts(row)) of_product += row.seats;
    }
    largest = std::max(largest, of_product);
  }
  return largest;
}

std::optional<int> age_days(const Book& book, const Plan& plan, std::size_t account, Day as_of) {
  for (const auto& row : book.subscriptions().of(account)) {  // ascending by start
    if (row.start > as_of) break;
    if (row.known.at(as_of)) return as_of - row.start;
  }
  if (plan.created == nullptr) return std::nullopt;
  const auto created = plan.created->value_at(account, as_of);
  if (!created || *created > as_of.days) return std::nullopt;
  return as_of.days - static_cast<std::int32_t>(*created);
}

}  // namespace banso::engine
