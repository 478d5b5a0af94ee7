// The contract book of one account: rows for terms, renewals, and changes of seats in mid-term.
#pragma once

#include <string>
#include <vector>

#include "profile.hpp"

namespace banso::simulation {

class ContractBook {
 public:
  explicit ContractBook(const Profile& profile);

  int seats() const { return seats_; }
  const std::string& plan() const { return plan_; }
  core::Day term_start() const { return term_start_; }
  core::Day term_end() const { return term_end_; }
  core::Day notice_day() const { return term_end_ - notice_days_; }
  bool has_product(std::string_view product) const;

  // A new number of seats in the running term, from `day` on.
  void change_seats(core::Day day, core::Day signed_on, int seats);
  void add_product(core::Day day, core::Day signed_on, const std::string& product);
  void renew(core::Day signed_on, int seats, const std::string& plan);
  void cancel(core::Day cancelled_on);

  std::vector<Subscription> take_rows() { return std::move(rows_); }

 private:
  void open_row(const std::string& product, core::Day start, core::Day signed_on);

  const Profile& profile_;
  int seats_;
  std::string plan_;
  core::Day term_start_;
  core::Day term_end_;
  int notice_days_;
  std::vector<Subscription> rows_;
  std::vector<std::size_t> running_;  // rows of the running term, one per product
};

}  // namespace banso::simulation
