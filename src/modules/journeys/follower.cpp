#include "follower.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "stage_words.hpp"

namespace banso::journeys {
namespace {

namespace map = engine::journeys;

// Transactions stay short: others write to the same database.
constexpr std::size_t moves_per_transaction = 500;
constexpr int most_tries = 5;

// Transactions that were longer on their way than others, and clocks that differ between nodes.
constexpr std::int64_t overlap_us = 60 * core::microseconds_per_second;
constexpr std::size_t most_read_singly = 500;

// For each of `rows`: the first journey whose condition it meets.
std::vector<const CompiledJourney*> journeys_of(const health::BookView& book, std::span<const std::uint32_t> rows,
                                                const JourneySet& set) {
  std::vector<const CompiledJourney*> found(rows.size(), nullptr);
  for (const auto& journey : set.journeys) {
    const auto fits = book.run(journey.whose, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (found[i] == nullptr && fits.test(i)) found[i] = &journey;
    }
  }
  return found;
}

// By milestone, one bit for each of `rows`.
std::vector<engine::Selection> holding(const health::BookView& book, std::span<const std::uint32_t> rows,
                                       const CompiledJourney& journey) {
  std::vector<engine::Selection> holds;
  for (const auto& milestone : journey.milestones) {
    holds.push_back(milestone ? book.run(*milestone, rows) : engine::Selection(rows.size()));
  }
  return holds;
}

std::vector<bool> bits_of(const std::vector<engine::Selection>& holds, std::size_t row) {
  std::vector<bool> bits;
  bits.reserve(holds.size());
  for (const auto& each : holds) bits.push_back(each.test(row));
  return bits;
}

core::Text name_of(const CompiledJourney* journey, const std::string& stage) {
  return journey ? stage_name(journey->map, stage) : core::Text{stage, stage};
}

std::vector<MilestoneEvent> milestone_events(const CompiledJourney& journey, const std::vector<map::Event>& events,
                                             core::Day day) {
  const auto places = map::milestones_of(journey.map);
  std::vector<MilestoneEvent> found;
  for (const auto& event : events) {
    const bool is_reached = event.kind == map::EventKind::milestone_reached;
    if (!is_reached && event.kind != map::EventKind::milestone_lapsed) continue;
    MilestoneEvent one;
    one.journey = journey.key;
    one.milestone = places[event.milestone].milestone->key;
    one.kind = is_reached ? MilestoneEventKind::reached : MilestoneEventKind::lapsed;
    one.day = day;
    one.at = core::now();
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

void Follower::recall(const JourneySetPtr& journeys) {
  const std::lock_guard lock(mutex_);
  if (journeys_) return;
  read_all(journeys);
  journeys_ = journeys;
}

std::vector<std::uint32_t> Follower::look(const health::BookViewPtr& book, const JourneySetPtr& journeys) {
  const std::lock_guard lock(mutex_);
  try {
    if (!journeys_ || journeys_->release != journeys->release) read_all(journeys);
    journeys_ = journeys;
    take_in_other_nodes();
    first_looks_.clear();
    auto changed = previous_ ? book->changed_since(*previous_) : std::nullopt;
    const bool is_whole = !changed;
    if (is_whole) {
      changed.emplace(book->size());
      std::iota(changed->begin(), changed->end(), 0);
    }
    look_at(*book, *changed);
    if (is_whole) leave_the_gone(*book);
    previous_ = book;
    return std::move(*changed);
  } catch (...) {
    previous_.reset();
    throw;
  }
}

void Follower::read_all(const JourneySetPtr& journeys) {
  read_at_ = core::now();
  accounts_.clear();
  previous_.reset();
  store_.each_progress([&](const KeptProgress& kept) {
    const auto* journey = journeys->find(kept.journey);
    accounts_[kept.account] = {kept.journey, kept.revision,
                               journey ? map::progress_from_json(journey->map, kept.body) : map::Progress{}};
  });
}

// Who recorded it keeps it on the account as well. Whom another node took off every journey this one finds off it too,
// and learns of it when it is about to record that.
void Follower::take_in_other_nodes() {
  const auto now = core::now();
  std::vector<core::AccountId> newer;
  for (const auto& [account, revision] : store_.touched_since({read_at_.microseconds - overlap_us})) {
    const auto known = accounts_.find(account);
    if (known == accounts_.end() || known->second.revision != revision) newer.push_back(account);
  }
  if (newer.size() > most_read_singly) return read_all(journeys_);
  for (const auto account : newer) forget(account);
  read_at_ = now;
}

void Follower::look_at(const health::BookView& book, std::span<const std::uint32_t> rows) {
  const auto found = journeys_of(book, rows, *journeys_);
  std::vector<Move> moves;
  std::vector<OnJourney> nexts;
  const auto visit = [&](std::uint32_t row, const CompiledJourney* journey, const std::vector<bool>& holds) {
    OnJourney next;
    auto move = move_of(book, row, journey, holds, next);
    if (!move) return;
    moves.push_back(std::move(*move));
    nexts.push_back(std::move(next));
  };
  for (const auto& journey : journeys_->journeys) {
    std::vector<std::uint32_t> own;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (found[i] == &journey) own.push_back(rows[i]);
    }
    const auto holds = holding(book, own, journey);
    for (std::size_t i = 0; i < own.size(); ++i) visit(own[i], &journey, bits_of(holds, i));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (found[i] == nullptr) visit(rows[i], nullptr, {});
  }
  for (std::size_t begin = 0; begin < moves.size(); begin += moves_per_transaction) {
    const auto count = std::min(moves_per_transaction, moves.size() - begin);
    record(std::span(moves).subspan(begin, count), std::span(nexts).subspan(begin, count));
  }
}

bool Follower::is_first_look(const std::string& journey) {
  const auto known = first_looks_.find(journey);
  if (known != first_looks_.end()) return known->second;
  return first_looks_[journey] = !store_.was_looked_at(journey);
}

std::optional<Move> Follower::move_of(const health::BookView& book, std::uint32_t row, const CompiledJourney* journey,
                                      const std::vector<bool>& holds, OnJourney& next) {
  const auto account = book.id(row);
  const auto known = accounts_.find(account);
  const bool was_known = known != accounts_.end();
  Move move;
  move.before.account = account;
  move.day = book.as_of();
  if (was_known) {
    move.before.journey = known->second.journey;
    move.before.revision = known->second.revision;
  }
  if (journey == nullptr) {
    if (!was_known) return std::nullopt;
    move.after.account = account;
    return move;
  }
  const bool is_same = was_known && known->second.journey == journey->key;
  const auto before = is_same ? known->second.progress : map::Progress{};
  auto step = map::advance(journey->map, before, holds, book.as_of());
  if (is_same && step.progress == before) return std::nullopt;
  const auto standing = map::standing_of(journey->map, step.progress);
  move.after = {account, journey->key, 0, map::to_json(journey->map, step.progress)};
  move.stage = stage_key(journey->map, standing.current);
  move.basis = word_of(standing.basis);
  move.has_new_stay = !is_same || step.progress.stage != before.stage;
  move.is_first_look = !was_known && is_first_look(journey->key);
  if (is_same && before.stage) {
    move.from_stage = stage_key(journey->map, *before.stage);
    move.needs_review = move.has_new_stay && map::is_handover(journey->map, *before.stage, standing.current);
  }
  // What the first look finds was so before: nothing happened on this day.
  if (!move.is_first_look) move.events = milestone_events(*journey, step.events, book.as_of());
  next = {journey->key, move.before.revision + 1, std::move(step.progress)};
  return move;
}

void Follower::record(std::span<Move> moves, std::span<OnJourney> next) {
  const auto took_effect = store_.record(moves);
  std::vector<StageChange> changes;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const auto account = moves[i].before.account;
    if (!took_effect[i]) {
      forget(account);
      continue;
    }
    if (moves[i].after.journey.empty()) {
      accounts_.erase(account);
    } else {
      accounts_[account] = std::move(next[i]);
    }
    const bool has_left = moves[i].after.journey.empty();
    if ((moves[i].has_new_stay || has_left) && !moves[i].is_first_look) changes.push_back(stage_change(moves[i]));
  }
  tell(changes);
}

// Somebody else recorded something newer: it is read again, and looked at with the next change of the book.
void Follower::forget(core::AccountId account) {
  accounts_.erase(account);
  if (const auto kept = store_.progress(account)) {
    const auto* journey = journeys_->find(kept->journey);
    accounts_[account] = {kept->journey, kept->revision,
                          journey ? map::progress_from_json(journey->map, kept->body) : map::Progress{}};
  }
}

StageChange Follower::stage_change(const Move& move) const {
  const auto* journey = journeys_->find(move.after.journey.empty() ? move.before.journey : move.after.journey);
  StageChange change;
  change.account = move.before.account;
  change.journey = journey ? journey->key : move.before.journey;
  change.from = move.from_stage;
  change.to = move.stage;
  change.from_name = name_of(journey, move.from_stage);
  change.to_name = name_of(journey, move.stage);
  change.day = move.day;
  change.is_handover = move.needs_review;
  const auto index = journey ? journey->map.stage_index(move.stage) : std::nullopt;
  if (index) change.our_role = journey->map.stages[*index].our_role;
  return change;
}

void Follower::leave_the_gone(const health::BookView& book) {
  std::vector<Move> moves;
  for (const auto& [account, kept] : accounts_) {
    if (book.find(account)) continue;
    Move move;
    move.before = {account, kept.journey, kept.revision, {}};
    move.after.account = account;
    move.day = book.as_of();
    moves.push_back(std::move(move));
  }
  std::vector<OnJourney> none(moves.size());
  if (!moves.empty()) record(moves, none);
}

void Follower::tell(std::span<const StageChange> changes) {
  if (changes.empty()) return;
  for (const auto& listener : listeners_) {
    try {
      listener(changes);
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("a listener of the journeys failed: {}", failure.what()));
    }
  }
}

core::Result<> Follower::change(const health::BookViewPtr& book, const JourneySetPtr& journeys, core::AccountId account,
                                const Change& change) {
  const std::lock_guard lock(mutex_);
  if (!journeys_ || journeys_->release != journeys->release) read_all(journeys);
  journeys_ = journeys;
  first_looks_.clear();
  const auto row = book->find(account);
  if (!row) return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
  const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
  const auto* journey = journeys_of(*book, rows, *journeys_).front();
  if (journey == nullptr) {
    return core::Error::conflict({"The account is on no journey.", "この顧客が対象となるジャーニーはありません。"});
  }
  const auto holds = bits_of(holding(*book, rows, *journey), 0);
  for (int attempt = 0; attempt < most_tries; ++attempt) {
    forget(account);  // as it is recorded now, whoever wrote it
    look_at(*book, rows);
    auto& kept = accounts_[account];
    auto changed = kept;
    std::vector<MilestoneEvent> deeds;
    BANSO_TRY(change(*journey, changed.progress, deeds));
    auto step = map::advance(journey->map, changed.progress, holds, book->as_of());
    const auto standing = map::standing_of(journey->map, step.progress);
    Move move;
    move.before = {account, kept.journey, kept.revision, {}};
    move.after = {account, journey->key, 0, map::to_json(journey->map, step.progress)};
    move.day = book->as_of();
    move.stage = stage_key(journey->map, standing.current);
    move.basis = word_of(standing.basis);
    move.has_new_stay = step.progress.stage != kept.progress.stage;
    if (kept.progress.stage) {
      move.from_stage = stage_key(journey->map, *kept.progress.stage);
      move.needs_review = move.has_new_stay && map::is_handover(journey->map, *kept.progress.stage, standing.current);
    }
    move.events = milestone_events(*journey, step.events, book->as_of());
    move.events.insert(move.events.end(), deeds.begin(), deeds.end());
    if (!store_.record({&move, 1}).front()) continue;
    accounts_[account] = {journey->key, move.before.revision + 1, std::move(step.progress)};
    if (move.has_new_stay) {
      const StageChange changes[] = {stage_change(move)};
      tell(changes);
    }
    return {};
  }
  return core::Error::conflict({"The account is moving just now. Try again.",
                                "この顧客の状況が更新されている最中です。もう一度お試しください。"});
}

namespace {

// Milestones that are still reached were reached when history says so; the stage, too, where it is the same.
map::Progress with_past(const map::Progress& now, const map::Progress& past) {
  auto merged = now;
  for (std::size_t i = 0; i < merged.marks.size() && i < past.marks.size(); ++i) {
    auto& mark = merged.marks[i];
    const bool is_reached_in_both =
        mark.state == map::MilestoneState::reached && past.marks[i].state == map::MilestoneState::reached;
    if (is_reached_in_both) mark.reached_on = std::min(mark.reached_on, past.marks[i].reached_on);
  }
  if (merged.stage == past.stage) merged.entered_on = std::min(merged.entered_on, past.entered_on);
  return merged;
}

Backfill backfill_of(const map::Journey& journey, const KeptProgress& before, const map::Progress& merged,
                     const PastWay& way) {
  Backfill backfill{before, map::to_json(journey, merged), {}, way.began_before};
  for (const auto& stay : way.stays) {
    backfill.stays.push_back({stage_key(journey, stay.stage), std::string(word_of(stay.basis)), stay.entered});
  }
  return backfill;
}

}  // namespace

std::int64_t Follower::take_past(const std::string& key, const Past& past) {
  const std::lock_guard lock(mutex_);
  const auto* journey = journeys_ ? journeys_->find(key) : nullptr;
  if (journey == nullptr) return 0;
  std::vector<Backfill> backfills;
  std::vector<map::Progress> merged;
  std::int64_t taken = 0;
  const auto write = [&] {
    const auto took_effect = store_.backfill(backfills);
    for (std::size_t i = 0; i < backfills.size(); ++i) {
      if (!took_effect[i]) continue;
      accounts_[backfills[i].before.account] = {key, backfills[i].before.revision + 1, std::move(merged[i])};
      ++taken;
    }
    backfills.clear();
    merged.clear();
  };
  for (const auto& [account, kept] : accounts_) {
    const auto way = past.ways.find(account);
    if (kept.journey != key || way == past.ways.end()) continue;
    merged.push_back(with_past(kept.progress, way->second.progress));
    backfills.push_back(backfill_of(journey->map, {account, key, kept.revision, {}}, merged.back(), way->second));
    if (backfills.size() == moves_per_transaction) write();
  }
  if (!backfills.empty()) write();
  if (taken > 0) previous_.reset();  // the next look is at all, so that the accounts show it as well
  return taken;
}

std::optional<Position> Follower::position(core::AccountId account, core::Day today) {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  const auto* journey = found != accounts_.end() && journeys_ ? journeys_->find(found->second.journey) : nullptr;
  if (journey == nullptr) return std::nullopt;
  const auto& progress = found->second.progress;
  return Position{journey, progress, map::standing_of(journey->map, progress),
                  map::pace_of(journey->map, progress, today)};
}

void Follower::each_position(const std::function<void(core::AccountId, const Position&)>& visit, core::Day today) {
  const std::lock_guard lock(mutex_);
  if (!journeys_) return;
  for (const auto& [account, kept] : accounts_) {
    const auto* journey = journeys_->find(kept.journey);
    if (journey == nullptr) continue;
    visit(account, {journey, kept.progress, map::standing_of(journey->map, kept.progress),
                    map::pace_of(journey->map, kept.progress, today)});
  }
}

JourneySetPtr Follower::journeys() {
  const std::lock_guard lock(mutex_);
  return journeys_;
}

}  // namespace banso::journeys
