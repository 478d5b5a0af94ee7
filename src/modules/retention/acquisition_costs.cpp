#include "acquisition_costs.hpp"

#include <map>

namespace banso::retention {
namespace {

using platform::records::Row;
using platform::records::Session;
using Key = std::pair<core::Day, std::string>;

constexpr int settings_row = 1;

std::map<Key, AcquisitionCost> newest(Session& session, core::Instant known_at) {
  std::map<Key, AcquisitionCost> costs;
  session.each(
      "SELECT month_day, channel, amount_minor, currency FROM acquisition_cost WHERE known_at_us <= :1 "
      "ORDER BY known_at_us, id",
      {known_at}, [&](const Row& row) {
        AcquisitionCost cost{row.day(0), row.text(1), {}};
        if (!row.is_null(2)) cost.amount = core::Money{row.integer(2), row.text(3)};
        const Key key{cost.month, cost.channel};
        costs[key] = std::move(cost);
      });
  return costs;
}

}  // namespace

std::vector<AcquisitionCost> AcquisitionCosts::list(core::Instant known_at) {
  std::vector<AcquisitionCost> costs;
  database_->read([&](Session& session) {
    for (auto& [key, cost] : newest(session, known_at))
      if (cost.amount) costs.push_back(std::move(cost));
  });
  return costs;
}

std::int64_t AcquisitionCosts::put(std::span<const AcquisitionCost> costs, const core::Caller& caller,
                                   core::Instant now, int utc_offset_minutes) {
  return database_->write([&](Session& session) {
    auto present = newest(session, now);
    std::int64_t changed = 0;
    for (const AcquisitionCost& cost : costs) {
      const Key key{cost.month, cost.channel};
      const auto before = present.find(key);
      const bool is_first = before == present.end();
      if (is_first ? !cost.amount : before->second.amount == cost.amount) continue;
      // History that is brought in was known when the month was over; a correction is known since it was made.
      const core::Instant month_over = core::start_of(core::add_months(cost.month, 1), utc_offset_minutes);
      session.execute(
          "INSERT INTO acquisition_cost (id, month_day, channel, amount_minor, currency, known_at_us, entered_by, "
          "entered_by_name) VALUES (:1, :2, :3, :4, :5, :6, :7, :8)",
          {platform::records::new_id(), cost.month, cost.channel,
           cost.amount ? platform::records::Value(cost.amount->amount_minor) : platform::records::Value(nullptr),
           cost.amount ? cost.amount->currency : std::string(), is_first ? std::min(month_over, now) : now, caller.user,
           caller.name});
      present[key] = cost;
      ++changed;
    }
    return changed;
  });
}

UnitEconomicsSettings AcquisitionCosts::settings() {
  return database_->read([&](Session& session) {
    UnitEconomicsSettings settings;
    const auto row = session.query_one(
        "SELECT gross_margin, yearly_discount_rate, horizon_months, channel_attribute FROM unit_economics_setting "
        "WHERE id = :1",
        {settings_row});
    if (!row) return settings;
    settings.gross_margin = row->maybe_number(0);
    settings.yearly_discount_rate = row->number(1);
    settings.horizon_months = static_cast<int>(row->integer(2));
    settings.channel_attribute = row->maybe_text(3);
    return settings;
  });
}

void AcquisitionCosts::put_settings(const UnitEconomicsSettings& settings) {
  database_->write([&](Session& session) {
    session.execute("DELETE FROM unit_economics_setting WHERE id = :1", {settings_row});
    session.execute(
        "INSERT INTO unit_economics_setting (id, gross_margin, yearly_discount_rate, horizon_months, "
        "channel_attribute) VALUES (:1, :2, :3, :4, :5)",
        {settings_row, settings.gross_margin, settings.yearly_discount_rate, settings.horizon_months,
         settings.channel_attribute});
  });
}

}  // namespace banso::retention
