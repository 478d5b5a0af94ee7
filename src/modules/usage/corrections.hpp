// Stored events follow what is learned later: a correction says of whom or what something new is known, and the rows
// are matched anew. Corrections are written down together with what was learned, so that none is lost when the process
// dies in between, and so that other nodes hear of them; one thread carries them out.
//
// Threading: every function may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <thread>
#include <unordered_set>
#include <vector>

#include "matcher.hpp"
#include "platform/events/event_store.hpp"

namespace banso::usage {

// Stored as these numbers: never renumber.
enum class Subject : std::uint8_t { key = 0, person = 1, group = 2 };

// `key`: another person than before stands behind this key. `person`: their account is another. `group`: likewise.
struct Correction {
  Subject subject = Subject::person;
  SenderKey of;
  auto operator<=>(const Correction&) const = default;
};
using CorrectionSet = std::set<Correction>;

namespace store {
void insert_corrections(Session& session, const CorrectionSet& corrections, int node);
}

class Knowledge;

class Corrections {
 public:
  struct Parts {
    std::shared_ptr<platform::records::Database> records;
    std::shared_ptr<platform::events::EventStore> events;
    Knowledge* knowledge = nullptr;
    int node = 0;
    bool is_alone = true;  // no other node writes to these records
    std::function<void()> on_corrected;
  };
  explicit Corrections(Parts parts) : parts_(std::move(parts)) {}
  ~Corrections() { stop(); }

  void start();
  void stop();
  // Something was written down: carry it out soon.
  void wake();
  // Carries out, at once, what is written down and these; returns how many events changed their account.
  std::int64_t run(const CorrectionSet& more = {});

 private:
  void work();
  CorrectionSet written(std::vector<std::int64_t>& ids);
  void hear_of_others();
  std::int64_t carry_out(const CorrectionSet& corrections);

  Parts parts_;
  std::mutex running_;
  std::unordered_set<std::int64_t> heard_;
  std::int64_t heard_up_to_ = 0;

  std::mutex state_;  // guards what follows
  std::condition_variable changed_;
  bool something_ = true;  // what was left before a restart
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::usage
