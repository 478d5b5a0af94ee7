// One playbook's proof, computed out of everything that is known of its runs, and kept for a while where that took
// long. Internal to the module.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "adherence.hpp"
#include "outcomes.hpp"
#include "practice.hpp"

namespace banso::proof {

struct RunCounts {
  std::int64_t treated = 0, holdout = 0, alive = 0, done = 0, goal = 0, exited = 0, stopped = 0, failed = 0;
  std::int64_t observed = 0, waiting = 0;  // accounts
};

struct PlaybookNote {
  std::string key;
  core::Text name;
  std::string purpose;
  int holdout_percent = 0;
  bool mails = false;                       // has a step that writes to customers
  std::map<std::string, core::Text> steps;  // names by key
  std::map<std::string, TaskNote> tasks;    // of the steps that make them
  std::map<std::string, int> holdouts;      // of mails and surveys, in percent; 0: none
};

struct Proof {
  PlaybookNote playbook;
  core::Day as_of;
  std::string currency;
  int horizon_days = 84;
  std::string step;                    // what is judged; empty: the playbook
  std::vector<std::int64_t> versions;  // that ran, ascending
  RunCounts runs;
  Cases cases;
  std::vector<Effect> effects;
  std::optional<std::size_t> headline;  // among the effects
  core::Text sentence;
  std::vector<Caution> cautions;
  Adherence adherence;
  std::vector<PracticeNote> differences;

  const Effect* headline_effect() const { return headline ? &effects[*headline] : nullptr; }
  Verdict verdict() const { return headline ? effects[*headline].verdict : Verdict::too_early; }
};
using ProofPtr = std::shared_ptr<const Proof>;

inline constexpr int usual_horizon_days = 84;

struct ProofQuestion {
  std::string playbook;
  int horizon_days = usual_horizon_days;
  std::optional<std::int64_t> version;
  std::string step;  // a mail or survey that is judged by itself; empty: the playbook
  auto operator<=>(const ProofQuestion&) const = default;
};

// Computes one proof after the other in a thread of its own: with many accounts a matched comparison takes longer than
// anybody waits for an answer. Threading: may be shared.
class Proofs {
 public:
  explicit Proofs(const Dependencies& from);
  ~Proofs();  // waits for what is being computed

  // Waits for so long at most, then gives what was computed earlier on the same day of the book. Outer nothing: it is
  // being computed, ask again. Null: the playbook never ran. Throws what went wrong while it was computed.
  std::optional<ProofPtr> get(const ProofQuestion& question, std::chrono::milliseconds patience);
  struct All {
    std::vector<ProofPtr> proofs;  // by key
    std::size_t building = 0;      // that are being computed
  };
  // Of all playbooks that ever ran. With no patience it has them computed, which the next one to ask is glad of.
  All all(int horizon_days, std::chrono::milliseconds patience);

  struct PracticeReport {
    std::int64_t calls = 0, good = 0;
    std::vector<PracticeNote> notes;
    core::Text sentence;
  };
  PracticeReport practice(work::CallKind kind, core::Day from, core::Day to);

 private:
  struct Kept {
    ProofPtr proof;
    std::exception_ptr failure;
    std::chrono::steady_clock::time_point computed_at;
    std::chrono::steady_clock::duration took{};
    core::Day book_day;
  };
  ProofPtr compute(const ProofQuestion& question) const;
  PlaybookNote note_of(const std::string& key) const;
  std::vector<work::Task> tasks_of(const PlaybookNote& note, std::span<playbooks::StepFact> steps,
                                   std::span<const playbooks::RunFact> runs) const;
  // With whoever answers for the account today.
  void fill_responsible(std::span<work::Task> tasks) const;

  void work();
  const Kept* fresh(const ProofQuestion& question, core::Day today) const;

  const Dependencies& from_;
  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::map<ProofQuestion, Kept> kept_;
  std::deque<ProofQuestion> waiting_;  // the first one is being computed
  bool is_stopping_ = false;
  std::thread worker_;
};

}  // namespace banso::proof
