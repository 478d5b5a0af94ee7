#include "contracts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "vendor_prices.hpp"

namespace banso::simulation {
namespace {

using core::Day;

constexpr int shortest_first_term_days = 180;

Day first_term_end(const Profile& profile) {
  if (!profile.ends_with_fiscal_year) return core::add_months(profile.start, profile.term_months);
  Day end = core::day_from(core::year_month_day(profile.start).year, 4, 1);
  while (end - profile.start < shortest_first_term_days) end = core::add_months(end, 12);
  return end;
}

std::int64_t list_minor(const Profile& profile, std::string_view product, std::string_view plan, int seats) {
  return seat_price_minor(product, plan, profile.currency) * seats * profile.billing_period_months;
}

std::int64_t amount_minor(const Profile& profile, std::string_view product, std::string_view plan, int seats) {
  return list_minor(profile, product, plan, seats) * (1000 - profile.discount_permille) / 1000;
}

std::int64_t discount_minor(const Profile& profile, std::string_view product, std::string_view plan, int seats) {
  return list_minor(profile, product, plan, seats) - amount_minor(profile, product, plan, seats);
}

}  // namespace

ContractBook::ContractBook(const Profile& profile)
    : profile_(profile),
      seats_(profile.seats),
      plan_(profile.plan),
      term_start_(profile.start),
      term_end_(first_term_end(profile)),
      notice_days_(profile.notice_days) {
  open_row("tsudoi-base", profile.start, profile.start - 14);
}

void ContractBook::open_row(const std::string& product, Day start, Day signed_on) {
  const std::string plan = product == "tsudoi-base" ? plan_ : "add-on";
  rows_.push_back({fmt::format("{}-S{:02}", profile_.external_id, rows_.size() + 1), product, plan, seats_,
                   core::Money{amount_minor(profile_, product, plan_, seats_), profile_.currency},
                   profile_.billing_period_months, start, term_end_, term_end_, profile_.auto_renewal, notice_days_,
                   signed_on, std::nullopt, std::nullopt, discount_minor(profile_, product, plan_, seats_)});
  running_.push_back(rows_.size() - 1);
}

bool ContractBook::has_product(std::string_view product) const {
  return std::any_of(running_.begin(), running_.end(), [&](std::size_t row) { return rows_[row].product == product; });
}

void ContractBook::change_seats(Day day, Day signed_on, int seats) {
  seats_ = seats;
  const auto before = std::exchange(running_, {});
  for (const std::size_t row : before) {
    if (rows_[row].start == day) {  // agreed this month and not begun: amended rather than replaced
      rows_[row].seats = seats;
      rows_[row].amount.amount_minor = amount_minor(profile_, rows_[row].product, plan_, seats);
      rows_[row].discount_minor = discount_minor(profile_, rows_[row].product, plan_, seats);
      running_.push_back(row);
    } else {
      rows_[row].end = day;
      rows_[row].amended_on = signed_on;
      open_row(std::string(rows_[row].product), day, signed_on);
    }
  }
}

void ContractBook::add_product(Day day, Day signed_on, const std::string& product) {
  open_row(product, day, signed_on);
}

void ContractBook::renew(Day signed_on, int seats, const std::string& plan) {
  const Day start = term_start_ = term_end_;
  seats_ = seats;
  plan_ = plan;
  term_end_ = core::add_months(start, profile_.term_months);
  const auto before = std::exchange(running_, {});
  for (const std::size_t row : before) open_row(std::string(rows_[row].product), start, signed_on);
}

void ContractBook::cancel(Day cancelled_on) {
  for (const std::size_t row : running_) rows_[row].cancelled_on = cancelled_on;
}

}  // namespace banso::simulation
