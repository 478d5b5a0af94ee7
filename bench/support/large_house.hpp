// A house of 100,000 accounts with contracts and meetings, for what people wait for at that size.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/records/records.hpp"

namespace banso::bench {

struct LargeHouse {
  static constexpr int account_count = 100'000;
  static inline const core::Day book_day = core::day_from(2026, 3, 31);
  static const core::Caller& owner();  // an administrator

  explicit LargeHouse(const std::filesystem::path& folder);
  void write_accounts();

  core::Day present_day = book_day;  // may be moved, not while something is computed
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<platform::duckdb::Database> mart;
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
};

// Throws what went wrong.
template <class T>
void must(const core::Result<T>& result) {
  if (!result) throw std::runtime_error(result.error().message.en);
}

}  // namespace banso::bench
