// What is recorded of accounts on their journeys. Internal to the module.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/paging.hpp"
#include "journeys.hpp"

namespace banso::journeys {

// An account's progress as it is recorded; `body` is engine::journeys::to_json.
struct KeptProgress {
  core::AccountId account;
  std::string journey;
  std::int64_t revision = 0;  // 0: nothing recorded yet
  std::string body;
};

// One stay in a stage. Where the journey's first look found the account there, it came at an unknown time before.
struct Stay {
  core::AccountId account;
  std::string journey, stage, basis;
  core::Day entered;
  bool is_first_look = false;
  std::optional<core::Day> left;
};

enum class MilestoneEventKind { reached, lapsed, confirmed, taken_back };
std::string_view word_of(MilestoneEventKind kind);

struct MilestoneEvent {
  std::string journey, milestone;
  MilestoneEventKind kind = MilestoneEventKind::reached;
  core::Day day;
  core::Instant at;
  core::UserId user;
  std::string actor;  // empty: the data
  core::ContactId contact;
  std::string words;
};

struct Feeling {
  std::string journey, stage;
  core::ContactId contact;
  int feeling = 0;
  std::string words;
  core::Day day;
  core::Instant at;
  std::string actor;
  core::UserId user;  // one of us, who wrote down what was heard; none: the customer's own words
};

struct Review {
  std::int64_t id = 0;
  core::AccountId account;
  std::string journey, from, to;
  core::Day opened;
  std::optional<core::Instant> done_at;
  std::string done_by, note;
};

// Everything one look, or one deed of a person, changes for an account.
struct Move {
  KeptProgress before, after;  // after.journey empty: it is on no journey any more
  core::Day day;
  std::string stage, basis;  // the present one after the move; stage empty: none
  bool has_new_stay = false;
  bool is_first_look = false;
  bool needs_review = false;
  std::string from_stage;
  std::vector<MilestoneEvent> events;
};

// The stays before the one that the first look found, and the progress that follows from them.
struct Backfill {
  KeptProgress before;
  std::string body;  // of the progress, with the days of then
  struct EarlierStay {
    std::string stage, basis;
    core::Day entered;
  };
  std::vector<EarlierStay> stays;  // oldest first; each ends where the next begins
  bool began_before = false;       // nobody saw the account come into the first of them
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  void each_progress(const std::function<void(const KeptProgress&)>& visit);
  std::optional<KeptProgress> progress(core::AccountId account);
  // Accounts whose progress was written after that, by whatever node, with its revision; not those whose progress was
  // taken away.
  std::vector<std::pair<core::AccountId, std::int64_t>> touched_since(core::Instant since);
  // Whether anybody was ever looked at on that journey.
  bool was_looked_at(const std::string& journey);
  // In one transaction. Tells for each whether it took effect: where somebody else has recorded something newer of the
  // account (another revision), nothing of the move is written.
  std::vector<bool> record(std::span<const Move> moves);

  // In one transaction; tells for each whether it took effect: not where the account moved meanwhile, or has no stay
  // that a first look found.
  std::vector<bool> backfill(std::span<const Backfill> backfills);

  void add_feeling(core::AccountId account, const Feeling& feeling, const core::Caller& caller);
  core::Result<core::AccountId> finish_review(std::int64_t id, const core::Caller& caller, const std::string& note);

  void each_stay(const std::optional<std::string>& journey, const std::function<void(const Stay&)>& visit);
  std::vector<Stay> stays(core::AccountId account);                       // oldest first
  std::vector<MilestoneEvent> milestone_events(core::AccountId account);  // newest first
  std::vector<Feeling> feelings(core::AccountId account);                 // newest first
  std::vector<Feeling> feelings_of(const std::string& journey, core::Day since);
  std::vector<Review> reviews(core::AccountId account);  // newest first
  std::vector<Review> open_reviews();                    // oldest first

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::journeys
