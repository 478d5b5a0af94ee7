// Follows the book: moves every account on its journey, day by day and change by change. Internal to the module.
#pragma once

#include <mutex>
#include <unordered_map>

#include "engine/journeys/position.hpp"
#include "kind.hpp"
#include "past.hpp"
#include "store.hpp"

namespace banso::journeys {

// What is kept in memory of an account on a journey.
struct OnJourney {
  std::string journey;
  std::int64_t revision = 0;
  engine::journeys::Progress progress;
};

// An account's journey as pages show it.
struct Position {
  const CompiledJourney* journey = nullptr;
  engine::journeys::Progress progress;
  engine::journeys::Standing standing;
  engine::journeys::Pace pace;
};

// Threading: all functions lock; looks come one at a time. Listeners are called under the lock.
class Follower {
 public:
  explicit Follower(Store& store) : store_(store) {}

  void on_change(StageListener listener) { listeners_.push_back(std::move(listener)); }

  // Shows what is recorded until there is a book to look at: after a start it is evaluated first.
  void recall(const JourneySetPtr& journeys);

  // Records what differs between the book, read with these journeys, and what is recorded; then tells the listeners.
  // The same book twice changes nothing. Where it throws, the next look compares everything. Returns the rows it looked
  // at.
  std::vector<std::uint32_t> look(const health::BookViewPtr& book, const JourneySetPtr& journeys);

  // Changes one account's progress by hand, and moves it on at once. `change` may add what is to be kept of the deed;
  // it returns an error to leave everything as it is. Tried again where the account moved meanwhile.
  using Change =
      std::function<core::Result<>(const CompiledJourney&, engine::journeys::Progress&, std::vector<MilestoneEvent>&)>;
  core::Result<> change(const health::BookViewPtr& book, const JourneySetPtr& journeys, core::AccountId account,
                        const Change& change);

  // Puts the past before what the first look at the journey found: accounts then have stays, and the days on which they
  // came into them, as if the journey had always been followed. What people did and what happened since stays. Returns
  // how many accounts have a past now; a second time there are none left.
  std::int64_t take_past(const std::string& journey, const Past& past);

  // Nothing: the account is on no journey.
  std::optional<Position> position(core::AccountId account, core::Day today);
  // All accounts on a journey, in no particular order; quick, for pages.
  void each_position(const std::function<void(core::AccountId, const Position&)>& visit, core::Day today);
  JourneySetPtr journeys();

 private:
  void read_all(const JourneySetPtr& journeys);
  void take_in_other_nodes();
  void look_at(const health::BookView& book, std::span<const std::uint32_t> rows);
  void leave_the_gone(const health::BookView& book);
  std::optional<Move> move_of(const health::BookView& book, std::uint32_t row, const CompiledJourney* journey,
                              const std::vector<bool>& holds, OnJourney& next);
  void record(std::span<Move> moves, std::span<OnJourney> next);
  void forget(core::AccountId account);
  void tell(std::span<const StageChange> changes);
  StageChange stage_change(const Move& move) const;
  bool is_first_look(const std::string& journey);

  Store& store_;
  std::vector<StageListener> listeners_;
  std::mutex mutex_;
  JourneySetPtr journeys_;        // those that accounts_ was read with
  health::BookViewPtr previous_;  // null: compare everything
  std::unordered_map<core::AccountId, OnJourney> accounts_;
  core::Instant read_at_{};                            // what was written until then is in accounts_
  std::unordered_map<std::string, bool> first_looks_;  // by journey, during one look
};

}  // namespace banso::journeys
