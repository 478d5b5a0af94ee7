#include "dirty_marks.hpp"

#include <algorithm>

namespace banso::health {
namespace {

constexpr std::int64_t first_pause_us = 200'000;
constexpr int most_doublings = 7;  // 25.6 s

core::Instant due_at(const Mark& mark) {
  return std::max(mark.marked_at, mark.not_before);
}

}  // namespace

void Mark::add(const Mark& other) {
  first_day = std::min(first_day, other.first_day);
  if (other.usage_from) usage_from = std::min(usage_from.value_or(*other.usage_from), *other.usage_from);
  has_records = has_records || other.has_records;
  marked_at = std::min(marked_at, other.marked_at);
  if (other.received_at) received_at = std::min(received_at.value_or(*other.received_at), *other.received_at);
  failures = std::max(failures, other.failures);
  not_before = std::max(not_before, other.not_before);
}

void DirtyMarks::add(core::AccountId account, const Mark& mark) {
  const auto [entry, is_new] = marks_.try_emplace(account, mark);
  if (!is_new) entry->second.add(mark);
}

std::vector<Marked> DirtyMarks::take(std::size_t most, core::Instant now) {
  auto taken = take_if([now](const Mark& mark) { return mark.not_before <= now; });
  if (taken.size() > most) {
    const auto middle = taken.begin() + static_cast<std::ptrdiff_t>(most);
    std::nth_element(taken.begin(), middle, taken.end(),
                     [](const Marked& a, const Marked& b) { return a.mark.marked_at < b.mark.marked_at; });
    for (auto rest = middle; rest != taken.end(); ++rest) marks_.emplace(rest->account, rest->mark);
    taken.resize(most);
  }
  return taken;
}

void DirtyMarks::put_back_failed(std::vector<Marked> taken, core::Instant now) {
  for (auto& marked : taken) {
    const int doublings = std::min(marked.mark.failures++, most_doublings);
    marked.mark.not_before = {now.microseconds + (first_pause_us << doublings)};
  }
  put_back(std::move(taken));
}

void DirtyMarks::put_back(std::vector<Marked> taken) {
  for (const auto& marked : taken) add(marked.account, marked.mark);
}

std::optional<core::Instant> DirtyMarks::next_due() const {
  std::optional<core::Instant> next;
  for (const auto& [account, mark] : marks_) {
    if (!next || due_at(mark) < *next) next = due_at(mark);
  }
  return next;
}

}  // namespace banso::health
