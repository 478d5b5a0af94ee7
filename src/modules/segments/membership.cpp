#include "membership.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "reasons.hpp"

namespace banso::segments {
namespace {

// Transactions stay short: others write to the same database.
constexpr std::size_t changes_per_transaction = 1000;
// What another node recorded just now it is about to tell itself.
constexpr std::int64_t left_over_after_us = 60'000'000;

const core::Text already_so{"Already met the condition when the segment was first evaluated",
                            "セグメントの最初の評価の時点で、すでに条件を満たしていました"};
const core::Text is_retired{"The segment was retired", "セグメントが廃止されました"};
const core::Text is_gone{"The account is no longer in the book", "顧客が一覧からなくなりました"};

core::Text because_of_definition(const core::Text& reason) {
  return {"The condition of the segment was changed. " + reason.en, "セグメントの条件が変更されました。" + reason.ja};
}

std::vector<core::AccountId> accounts_of(const health::BookView& book, const engine::Selection& selection) {
  std::vector<core::AccountId> accounts;
  for (const auto row : selection.rows()) accounts.push_back(book.id(row));
  return accounts;
}

std::vector<core::AccountId> without(const std::vector<core::AccountId>& from,
                                     const std::vector<core::AccountId>& these) {
  std::vector<core::AccountId> left;
  std::set_difference(from.begin(), from.end(), these.begin(), these.end(), std::back_inserter(left));
  return left;
}

}  // namespace

void Membership::look(const health::BookViewPtr& book) {
  const std::lock_guard lock(mutex_);
  try {
    const auto changed = previous_ ? book->changed_since(*previous_) : std::nullopt;
    if (changed && !has_lost_accounts(*book, *changed)) {
      look_at(*book, *changed);
    } else {
      look_at_all(*book);
    }
    previous_ = book;
  } catch (...) {
    previous_.reset();
    throw;
  }
}

bool Membership::has_lost_accounts(const health::BookView& book, std::span<const std::uint32_t> changed) const {
  const auto is_new = [&](std::uint32_t row) { return !previous_->find(book.id(row)); };
  const auto added = static_cast<std::size_t>(std::count_if(changed.begin(), changed.end(), is_new));
  return previous_->size() + added != book.size();
}

core::Instant Membership::known_at(const health::BookView& book) const {
  return std::max(book.computed_at(), started_at_);
}

void Membership::look_at_all(const health::BookView& book) {
  const auto at = known_at(book);
  for (std::size_t segment = 0; segment < book.segments().size(); ++segment) {
    if (!book.fault(segment)) look_at_segment(book, segment, at);
  }
  close_retired(book, at);
}

void Membership::look_at_segment(const health::BookView& book, std::size_t segment, core::Instant at) {
  const auto& rule = book.segments()[segment];
  const auto evaluated = store_.evaluated_condition(rule.key);
  const Cause cause = !evaluated ? Cause::first : *evaluated != rule.condition_json ? Cause::definition : Cause::change;
  auto members = accounts_of(book, book.members(segment));
  const auto recorded = store_.members(rule.key);
  // After a change of the definition, what was before says nothing: the rules themselves are others.
  const ReasonWriter reasons(rule, book, cause == Cause::change ? previous_.get() : nullptr);
  std::vector<MembershipChange> changes;
  const auto add = [&](core::AccountId account, bool has_entered) {
    const auto row = book.find(account);
    MembershipChange change{rule.key, account, has_entered, book.as_of(), at, row ? cause : Cause::gone, {}};
    if (!row) {
      change.reason = is_gone;
    } else if (cause == Cause::first && has_entered) {
      change.reason = already_so;
    } else {
      change.reason = reasons.why(*row, has_entered);
      if (cause == Cause::definition) change.reason = because_of_definition(change.reason);
    }
    changes.push_back(std::move(change));
  };
  for (const auto account : without(recorded, members)) add(account, false);
  for (const auto account : without(members, recorded)) add(account, true);
  record(changes);
  if (cause != Cause::change) store_.set_evaluated(rule.key, rule.condition_json, at);
  members_[rule.key] = std::move(members);
}

void Membership::close_retired(const health::BookView& book, core::Instant at) {
  for (const auto& key : store_.evaluated_segments()) {
    const auto segments = book.segments();
    if (std::any_of(segments.begin(), segments.end(), [&](const auto& segment) { return segment.key == key; })) {
      continue;
    }
    std::vector<MembershipChange> changes;
    for (const auto account : store_.members(key)) {
      changes.push_back({key, account, false, book.as_of(), at, Cause::retired, is_retired});
    }
    record(changes);
    store_.forget_evaluated(key);
    members_.erase(key);
  }
}

void Membership::look_at(const health::BookView& book, std::span<const std::uint32_t> changed) {
  if (changed.empty()) return;
  const auto tested = book.members_among(changed);
  for (std::size_t segment = 0; segment < tested.size(); ++segment) {
    if (book.fault(segment)) continue;
    const auto& rule = book.segments()[segment];
    auto& members = members_[rule.key];
    std::optional<ReasonWriter> reasons;  // most accounts that change stay where they are
    std::vector<MembershipChange> changes;
    for (std::size_t i = 0; i < changed.size(); ++i) {
      const auto account = book.id(changed[i]);
      const bool is_in = tested[segment].test(i);
      if (is_in == std::binary_search(members.begin(), members.end(), account)) continue;
      if (!reasons) reasons.emplace(rule, book, previous_.get());
      changes.push_back(
          {rule.key, account, is_in, book.as_of(), known_at(book), Cause::change, reasons->why(changed[i], is_in)});
    }
    record(changes);
    for (const auto& change : changes) {
      const auto place = std::lower_bound(members.begin(), members.end(), change.account);
      change.has_entered ? void(members.insert(place, change.account)) : void(members.erase(place));
    }
  }
}

void Membership::record(std::span<const MembershipChange> changes) {
  for (std::size_t begin = 0; begin < changes.size(); begin += changes_per_transaction) {
    const auto part = changes.subspan(begin, std::min(changes_per_transaction, changes.size() - begin));
    tell(store_.record(part, !listeners_.empty()));
  }
}

void Membership::tell(const Store::Recorded& recorded) {
  if (recorded.changes.empty()) return;
  for (const auto& listener : listeners_) {
    try {
      listener(recorded.changes);
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("a listener of the segments failed: {}", failure.what()));
    }
  }
  store_.mark_told(recorded.untold);
}

void Membership::tell_left_over() {
  if (listeners_.empty()) return;
  tell(store_.untold({core::now().microseconds - left_over_after_us}));
}

}  // namespace banso::segments
