// What follows from plans elsewhere: listeners that are told, calls for reviews, wins for goals that were reached. Each
// is recorded with the deed it follows from and crossed out once it is done, so that a crash in between repeats it
// under the same key. Internal to the module.
#pragma once

#include "shelf.hpp"
#include "view.hpp"

namespace banso::plans {

// Threading: one thread at a time, so that a listener is not told the same thing twice without need.
class Errands {
 public:
  Errands(const Dependencies& from, Store& store, Shelf& shelf) : from_(from), store_(store), shelf_(shelf) {}

  void on_change(PlanListener listener) { listeners_.push_back(std::move(listener)); }
  void set_record_win(RecordWin record) { record_win_ = std::move(record); }

  void run();

 private:
  void tell();
  void open_call_of(const EventRow& event);
  void open_calls_of_reviews();
  void record_wins();

  const Dependencies& from_;
  Store& store_;
  Shelf& shelf_;
  std::vector<PlanListener> listeners_;
  RecordWin record_win_;
};

}  // namespace banso::plans
