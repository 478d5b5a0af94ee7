// What was spent on winning customers, and how unit economics are computed: what people entered. Internal to the
// module.
#pragma once

#include "core/money.hpp"
#include "retention.hpp"

namespace banso::retention {

struct AcquisitionCost {
  core::Day month;                    // its first day
  std::string channel;                // as people call it: "Web", "展示会"
  std::optional<core::Money> amount;  // nothing: taken away
};

struct UnitEconomicsSettings {
  std::optional<double> gross_margin;  // 0..1; nothing: not known yet
  double yearly_discount_rate = 0;     // 0..1
  int horizon_months = 60;
  std::optional<std::string> channel_attribute;  // key of the account attribute that names the channel that won it
};

// Threading: may be shared; each call is a transaction of its own.
class AcquisitionCosts {
 public:
  explicit AcquisitionCosts(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  // By month, then channel; as known at `known_at`.
  std::vector<AcquisitionCost> list(core::Instant known_at);
  // Returns how many differ from what was there.
  std::int64_t put(std::span<const AcquisitionCost> costs, const core::Caller& caller, core::Instant now,
                   int utc_offset_minutes);

  UnitEconomicsSettings settings();
  void put_settings(const UnitEconomicsSettings& settings);

 private:
  std::shared_ptr<platform::records::Database> database_;
};

inline constexpr std::size_t channel_length_max = 100;  // bytes
inline constexpr std::size_t cost_rows_max = 20'000;    // of one request
inline constexpr std::size_t faulty_rows_told_max = 50;

// Reads a table with the columns month, channel, amount and, if there is one, currency (also 月, チャネル, 金額, 通貨),
// in any encoding and with any delimiter that spreadsheets write. All or nothing: every faulty cell is named by its
// line.
core::Result<std::vector<AcquisitionCost>> read_cost_table(std::string_view bytes,
                                                           const std::string& reporting_currency);

// "2026-04", "2026-04-01", "2026/4", "2026/4/1", "2026年4月": the first day of the month.
std::optional<core::Day> parse_month(std::string_view text);

}  // namespace banso::retention
