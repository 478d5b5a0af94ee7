#include "statistics.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "statistics_store.hpp"

namespace banso::usage {
namespace {

using platform::records::Session;

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr std::int64_t hour_us = 60 * minute_us;
// How old the figures of other nodes may be.
constexpr std::int64_t others_good_for_us = 2 * core::microseconds_per_second;

std::int64_t minute_of(core::Instant at) {
  return at.microseconds / minute_us;
}
std::int64_t hour_of(core::Instant at) {
  return at.microseconds / hour_us;
}
std::int64_t first_minute_shown(core::Instant now) {
  return minute_of(now) - (minutes_kept - 1);
}
std::int64_t first_hour_kept(core::Instant now) {
  return hour_of(now) - hours_kept;
}

void add(IntakeCounts& sum, const IntakeCounts& counts) {
  sum.accepted += counts.accepted;
  sum.duplicates += counts.duplicates;
  sum.late += counts.late;
  sum.refused += counts.refused;
  sum.quarantined += counts.quarantined;
}

void add(SourceStatistics& sum, const SourceStatistics& part) {
  add(sum.counts, part.counts);
  if (part.last_received_at) {
    sum.last_received_at = std::max(sum.last_received_at.value_or(*part.last_received_at), *part.last_received_at);
  }
  for (const auto& [reason, count] : part.refused_by_reason) sum.refused_by_reason[reason] += count;
  for (const auto& [minute, counts] : part.minutes) add(sum.minutes[minute], counts);
  for (const auto& [hour, count] : part.accepted_by_hour) sum.accepted_by_hour[hour] += count;
}

}  // namespace

IntakeStatistics::IntakeStatistics(std::shared_ptr<platform::records::Database> records, int node_number)
    : records_(std::move(records)), node_number_(node_number) {
  load();
}

void IntakeStatistics::load() {
  const auto now = core::now();
  auto stored = records_->read([&](Session& session) {
    return statistics_store::read(session, node_number_, statistics_store::Of::this_node, first_minute_shown(now),
                                  first_hour_kept(now));
  });
  unknown_keys_ = stored.unknown_key_refusals;
  for (auto& [source, statistics] : stored.sources) own_[source].statistics = std::move(statistics);
}

// ----------------------------------------------------------------------------------------------------------- counting

IntakeStatistics::Own& IntakeStatistics::changing(core::SourceId source, core::Instant at) {
  auto& own = own_[source];
  if (!own.is_changed) {
    own.is_changed = true;
    own.first_changed_minute = own.first_changed_hour = std::numeric_limits<std::int64_t>::max();
  }
  own.first_changed_minute = std::min(own.first_changed_minute, minute_of(at));
  own.first_changed_hour = std::min(own.first_changed_hour, hour_of(at));
  auto& minutes = own.statistics.minutes;
  minutes.erase(minutes.begin(), minutes.lower_bound(first_minute_shown(at)));
  auto& hours = own.statistics.accepted_by_hour;
  hours.erase(hours.begin(), hours.lower_bound(first_hour_kept(at)));
  return own;
}

void IntakeStatistics::accepted(core::SourceId source, std::int64_t count, std::int64_t late_count,
                                core::Instant received_at) {
  if (count == 0) return;
  const std::lock_guard lock(counting_);
  auto& statistics = changing(source, received_at).statistics;
  const IntakeCounts counts{.accepted = count, .late = late_count};
  add(statistics.counts, counts);
  add(statistics.minutes[minute_of(received_at)], counts);
  statistics.accepted_by_hour[hour_of(received_at)] += count;
  statistics.last_received_at = std::max(statistics.last_received_at.value_or(received_at), received_at);
}

void IntakeStatistics::duplicates(core::SourceId source, std::int64_t count, core::Instant at) {
  if (count == 0) return;
  const std::lock_guard lock(counting_);
  auto& statistics = changing(source, at).statistics;
  statistics.counts.duplicates += count;
  statistics.minutes[minute_of(at)].duplicates += count;
}

void IntakeStatistics::refused(core::SourceId source, std::string_view reason, std::int64_t count, core::Instant at) {
  if (count == 0) return;
  const std::lock_guard lock(counting_);
  auto& statistics = changing(source, at).statistics;
  statistics.counts.refused += count;
  statistics.minutes[minute_of(at)].refused += count;
  statistics.refused_by_reason[std::string(reason)] += count;
}

void IntakeStatistics::quarantined(core::SourceId source, std::int64_t count, core::Instant at) {
  if (count == 0) return;
  const std::lock_guard lock(counting_);
  auto& statistics = changing(source, at).statistics;
  statistics.counts.quarantined += count;
  statistics.minutes[minute_of(at)].quarantined += count;
}

void IntakeStatistics::unknown_key(std::int64_t count) {
  const std::lock_guard lock(counting_);
  unknown_keys_ += count;
  unknown_keys_changed_ = true;
}

// ------------------------------------------------------------------------------------------------------------ reading

IntakeSnapshot IntakeStatistics::of_other_nodes(core::Instant now) {
  const std::lock_guard lock(reading_);
  if (!others_read_at_ || now.microseconds - others_read_at_->microseconds >= others_good_for_us) {
    others_ = records_->read([&](Session& session) {
      return statistics_store::read(session, node_number_, statistics_store::Of::other_nodes, first_minute_shown(now),
                                    first_hour_kept(now));
    });
    others_read_at_ = now;
  }
  return others_;
}

IntakeSnapshot IntakeStatistics::snapshot(core::Instant now) {
  auto all = of_other_nodes(now);
  const std::lock_guard lock(counting_);
  for (const auto& [source, own] : own_) add(all.sources[source], own.statistics);
  all.unknown_key_refusals += unknown_keys_;
  const auto first = first_minute_shown(now);
  for (auto& [source, statistics] : all.sources) {
    statistics.minutes.erase(statistics.minutes.begin(), statistics.minutes.lower_bound(first));
  }
  return all;
}

// ------------------------------------------------------------------------------------------------------------ writing

void IntakeStatistics::flush(core::Instant now) {
  const std::lock_guard alone(flushing_);
  std::map<core::SourceId, Own> changed;
  std::optional<std::int64_t> unknown_keys;
  {
    const std::lock_guard lock(counting_);
    for (auto& [source, own] : own_) {
      if (std::exchange(own.is_changed, false)) changed.emplace(source, own);
    }
    if (std::exchange(unknown_keys_changed_, false)) unknown_keys = unknown_keys_;
  }
  if (changed.empty() && !unknown_keys) return;
  try {
    records_->write([&](Session& session) {
      for (const auto& [source, own] : changed) {
        const auto& [minutes, hours] = std::tie(own.statistics.minutes, own.statistics.accepted_by_hour);
        statistics_store::put_totals(session, node_number_, source, own.statistics);
        for (auto entry = minutes.lower_bound(own.first_changed_minute); entry != minutes.end(); ++entry) {
          statistics_store::put_minute(session, node_number_, source, entry->first, entry->second);
        }
        for (auto entry = hours.lower_bound(own.first_changed_hour); entry != hours.end(); ++entry) {
          statistics_store::put_hour(session, node_number_, source, entry->first, entry->second);
        }
      }
      if (unknown_keys) {
        SourceStatistics statistics;
        statistics.counts.refused = *unknown_keys;
        statistics_store::put_totals(session, node_number_, statistics_store::unknown_key_source, statistics);
      }
      statistics_store::remove_before(session, first_minute_shown(now), first_hour_kept(now));
    });
  } catch (...) {  // the next flush writes it
    const std::lock_guard lock(counting_);
    for (const auto& [source, own] : changed) {
      changing(source, {own.first_changed_minute * minute_us});
      auto& kept = own_.at(source);
      kept.first_changed_hour = std::min(kept.first_changed_hour, own.first_changed_hour);
    }
    unknown_keys_changed_ = unknown_keys_changed_ || unknown_keys;
    throw;
  }
}

}  // namespace banso::usage
