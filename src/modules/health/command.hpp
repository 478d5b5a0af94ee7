// `banso evaluate`: the same evaluation as in the server, for the shell.
#pragma once

#include <ostream>

#include "account_health.hpp"
#include "live_book.hpp"

namespace banso::health {

class EvaluateCommand {
 public:
  const Dependencies& from;
  LiveBook& live;
  AccountHealth& accounts;
  core::Language language;
  std::ostream& out;
  std::ostream& errors;

  int run(const EvaluateOptions& options) const;

 private:
  int one_account(const EvaluateOptions& options) const;
  int all_accounts(const EvaluateOptions& options) const;
  int fail(const core::Error& error) const;
  void print_table(const BookTable& table) const;
  void print_json(const BookTable& table) const;
};

}  // namespace banso::health
