// A batch that the store rejects again and again while it takes others: divided by halves down to the events that are
// to blame, so that one of them does not block all that come after it.
//
// A store that fails altogether is no reason to blame anybody: an event is blamed when it failed, the store then took
// another one, and it failed again. Until there is such a witness, everything waits.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "intake_work.hpp"

namespace banso::usage {

class RejectedBatch {
 public:
  using Works = std::vector<std::unique_ptr<IntakeWork>>;
  // All or nothing; throws where the store or the records fail. It settles the acknowledgements of the works.
  using Store = std::function<void(Works&, std::vector<platform::events::Event>&)>;
  using Blame = std::function<void(std::span<const RefusedCall>)>;

  // The works stay the caller's. `events` are theirs, one work after the other.
  RejectedBatch(Works& works, std::vector<platform::events::Event> events, Store store, Blame blame);

  // One round. True: every event is stored or blamed, and the acknowledgements are settled. Exceptions of `blame` pass.
  bool go_on();
  // Whether the store took nothing of it for some rounds, or only such are left as failed by themselves: somebody
  // else's event must show whether the store works.
  bool is_stuck() const;
  // The store took somebody else's event just now: whoever failed before and fails again is blamed, and everybody else
  // is tried.
  void try_each();
  // Adds another work to the works and its events to what is to be stored.
  void join(std::unique_ptr<IntakeWork> work);

 private:
  struct Piece {
    platform::events::Event event;
    std::vector<Lesson> lessons;
    std::size_t work = 0;
    int failed_after = -1;  // how many witnesses there were when it failed alone for the first time
    bool is_done = false;
  };

  void add(std::size_t work, std::vector<platform::events::Event>::iterator first);
  bool find_witness();
  bool store(std::span<Piece> pieces);
  void divide(std::span<Piece> pieces);
  void blame_who_failed_again();
  void blame(std::span<Piece* const> pieces);

  Works& works_;
  Store store_;
  Blame blame_;
  std::vector<Piece> pieces_;           // not done yet
  std::vector<StoreOutcome> outcomes_;  // of each work
  int witnesses_ = 0;                   // how often the store took something new
  int failures_in_a_row_ = 0;           // of single events
  std::size_t rounds_ = 0;
  int rounds_without_witness_ = 0;
};

}  // namespace banso::usage
