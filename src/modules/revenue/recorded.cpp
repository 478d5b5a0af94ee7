// What had been written by a moment: the version log read by when its rows were recorded, not by what they say about
// since when they are known. History that is brought in later changes the second, never the first.
#include <algorithm>

#include "rates.hpp"
#include "service.hpp"
#include "subscriptions.hpp"

namespace banso::revenue {
namespace {

// Rows come record by record, oldest knowledge first.
class SpanReader {
 public:
  SpanReader(const Rates& rates, int offset_minutes, const std::function<void(const SubscriptionFact&)>& visit)
      : rates_(rates), offset_minutes_(offset_minutes), visit_(visit) {}

  void add(std::int64_t id, core::Instant known_at, const std::optional<std::string>& body) {
    const bool is_same = has_pending_ && pending_.id == id;
    finish(is_same ? std::optional(known_at) : std::nullopt);
    if (!body) return;
    pending_ = versioned::from_body<Subscription>(*body);
    pending_.id = id;
    pending_.known_at = known_at;
    has_pending_ = true;
  }

  void finish(std::optional<core::Instant> until) {
    if (!has_pending_) return;
    KnownSpan known{core::day_of(pending_.known_at, offset_minutes_)};
    if (until) known.until = core::day_of(*until, offset_minutes_);
    if (known.from < known.until) visit_(fact_from(pending_, known, rates_));
    has_pending_ = false;
  }

 private:
  const Rates& rates_;
  const int offset_minutes_;
  const std::function<void(const SubscriptionFact&)>& visit_;
  Subscription pending_;
  bool has_pending_ = false;
};

}  // namespace

void RevenueService::each_subscription_recorded_by(core::Instant recorded_by, const Selection& selection,
                                                   const std::function<void(const SubscriptionFact&)>& visit) {
  constexpr const char* columns =
      "SELECT entity_id, known_at_us, body FROM record_version WHERE entity = :1 AND recorded_at_us <= :2";
  constexpr const char* order = " ORDER BY entity_id + 0, known_at_us, version_id";
  database_->read([&](Session& session) {
    const auto rates = Rates::load(session, reporting_currency());
    SpanReader reader(rates, surroundings_.utc_offset_minutes(), visit);
    const auto take = [&](const records::Row& row) { reader.add(row.integer(0), row.instant(1), row.maybe_text(2)); };
    if (!selection.accounts) {
      session.each(std::string(columns) + order, {Subscription::entity, recorded_by}, take);
    } else {
      for (std::size_t begin = 0; begin < selection.accounts->size(); begin += records::largest_list) {
        const auto part = std::span(*selection.accounts).subspan(begin);
        const auto count = std::min(records::largest_list, part.size());
        const auto padded = records::padded_list_size(count);
        records::Values values{Subscription::entity, recorded_by};
        for (std::size_t i = 0; i < padded; ++i) values.emplace_back(part[std::min(i, count - 1)]);
        session.each(columns + (" AND account_id IN (" + records::placeholders(3, padded) + ")") + order, values, take);
      }
    }
    reader.finish(std::nullopt);
  });
}

std::vector<core::AccountId> RevenueService::accounts_recorded_after(core::Instant moment) {
  std::vector<core::AccountId> accounts;
  database_->read([&](Session& session) {
    session.each("SELECT DISTINCT account_id FROM record_version WHERE entity = :1 AND recorded_at_us > :2",
                 {Subscription::entity, moment},
                 [&](const records::Row& row) { accounts.push_back(row.id<core::AccountId>(0)); });
  });
  return accounts;
}

}  // namespace banso::revenue
