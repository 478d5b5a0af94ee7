#include "processor.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "intake.hpp"
#include "platform/log/log.hpp"
#include "rejected_batch.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;
using platform::events::Event;

constexpr std::size_t most_events_of_batch = 20'000;
// Where nobody waits for the store, small bodies are gathered: a transaction of its own for each would cost more.
constexpr auto gathering_time = 20ms;
constexpr auto longest_idle = 500ms;
constexpr auto first_pause = 50ms;
constexpr auto longest_pause = 5s;
constexpr auto longest_draining = 5s;
constexpr int failures_before_dividing = 3;
// More than these, one after the other, are rather a store that takes nothing: then the journal waits.
constexpr std::size_t most_batches_postponed = 5;

core::Error store_fails() {
  return core::Error::unavailable({"The events cannot be stored at the moment. Send them again later.",
                                   "現在イベントを保存できません。しばらくしてから再送してください。"});
}

}  // namespace

struct Processor::Divided {
  Works works;
  RejectedBatch batch;
  Works witnesses;  // stored meanwhile

  Divided(Works given, std::vector<Event> events, RejectedBatch::Store store, RejectedBatch::Blame blame)
      : works(std::move(given)), batch(works, std::move(events), std::move(store), std::move(blame)) {}
};

Processor::Processor(ProcessorParts parts)
    : parts_(std::move(parts)), release_(parts_.journal ? parts_.journal->last_number() : 0) {}

Processor::~Processor() {
  stop();
}

void Processor::start() {
  const std::lock_guard lock(state_);
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void Processor::stop() {
  {
    const std::lock_guard lock(state_);
    if (!thread_.joinable()) return;
    stopping_ = true;
    stop_by_ = std::chrono::steady_clock::now() + longest_draining;
  }
  changed_.notify_all();
  parts_.queue->wake();
  thread_.join();
  thread_ = {};
}

bool Processor::wait_until_ready(std::chrono::milliseconds patience) {
  std::unique_lock lock(state_);
  return changed_.wait_for(lock, patience, [&] { return ready_; });
}

bool Processor::wait_until_idle(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (parts_.queue->reserved_bytes() > 0) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

bool Processor::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(state_);
  return !changed_.wait_for(lock, time, [&] { return stopping_; });
}

void Processor::work() {
  try {
    bool replayed;
    {
      const std::lock_guard lock(state_);
      replayed = ready_;
    }
    if (!replayed) replay();
    while (true) {
      auto works = parts_.queue->take(most_events_of_batch, longest_idle);
      {
        const std::lock_guard lock(state_);
        if (stopping_ && (works.empty() || std::chrono::steady_clock::now() > stop_by_)) break;
      }
      if (works.empty()) continue;
      process(works);
      if (parts_.journal) parts_.queue->gather(most_events_of_batch / 4, gathering_time);
    }
  } catch (const Stopped&) {
  }
}

void Processor::replay() {
  Works works;
  is_replaying_ = true;
  while (parts_.journal) {
    try {
      works.clear();
      postponed_.clear();
      std::size_t events = 0;
      bool is_first = true;
      std::int64_t records = 0;
      parts_.journal->replay([&](std::int64_t number, std::string_view bytes) {
        if (std::exchange(is_first, false)) release_ = JournalRelease(number - 1);
        ++records;
        auto work = work_of_record(bytes);
        work->journal_number = number;
        events += work->events.size();
        works.push_back(std::move(work));
        if (events < most_events_of_batch) return;
        process(works);
        works.clear();
        events = 0;
      });
      if (records > 0) platform::log::info("journal: " + std::to_string(records) + " bodies stored after a restart");
      break;
    } catch (const std::exception& error) {
      platform::log::error(std::string("the journal cannot be read: ") + error.what());
      if (!pause(longest_pause)) throw Stopped{};
    }
  }
  {
    const std::lock_guard lock(state_);
    ready_ = true;
  }
  changed_.notify_all();
  // Only now, as what comes in may have to bear witness against one of them.
  is_replaying_ = false;
  if (!works.empty()) process(works);
  for (auto& divided : std::exchange(postponed_, {})) go_on(std::move(divided));
}

void Processor::process(Works& works) {
  std::vector<Event> events;
  std::size_t count = 0;
  for (const auto& work : works) count += work->events.size();
  events.reserve(count);
  for (auto& work : works) {
    events.insert(events.end(), std::make_move_iterator(work->events.begin()),
                  std::make_move_iterator(work->events.end()));
  }
  int failures = 0;
  for (auto wait = std::chrono::milliseconds(first_pause);;
       wait = std::min<std::chrono::milliseconds>(2 * wait, longest_pause)) {
    try {
      store(works, events);
      return finish(works);
    } catch (const std::exception& error) {
      platform::log::error(std::string("events cannot be stored: ") + error.what());
    }
    if (!parts_.journal) return fail(works);
    if (++failures >= failures_before_dividing) return divide(works, std::move(events));
    if (!pause(wait)) throw Stopped{};  // they are in the journal
  }
}

void Processor::divide(Works& works, std::vector<Event> events) {
  const auto blame = [this](std::span<const RefusedCall> calls) {
    const auto kept = parts_.quarantine->keep(calls);
    if (!parts_.statistics) return;
    for (const auto& call : calls) parts_.statistics->refused(call.source, call.reason, 1);
    for (const auto& [source, count] : kept) parts_.statistics->quarantined(source, count);
  };
  const auto store = [this](Works& some, std::vector<Event>& of_them) { this->store(some, of_them); };
  go_on(std::make_unique<Divided>(std::move(works), std::move(events), store, blame));
  works.clear();
}

void Processor::go_on(std::unique_ptr<Divided> divided) {
  auto& batch = divided->batch;
  for (auto wait = std::chrono::milliseconds(first_pause);;
       wait = std::min<std::chrono::milliseconds>(2 * wait, longest_pause)) {
    try {
      if (batch.go_on()) break;
      // Nobody else's events come in before the journal is read: what follows in it may show whether the store works.
      if (is_replaying_ && batch.is_stuck() && postponed_.size() < most_batches_postponed) {
        postponed_.push_back(std::move(divided));
        return;
      }
      if (!is_replaying_) find_witness(*divided);
    } catch (const std::exception& error) {
      platform::log::error(std::string("events cannot be stored: ") + error.what());
    }
    if (!pause(wait)) throw Stopped{};
  }
  if (parts_.corrections) parts_.corrections->wake();  // of attempts that learned before they failed
  finish(divided->works);
  finish(divided->witnesses);
}

// Where the store takes nothing of the batch: whether it takes what came in since.
void Processor::find_witness(Divided& divided) {
  if (!divided.batch.is_stuck()) return;
  for (auto& work : parts_.queue->take(1, 0ms)) {
    Works one;
    one.push_back(std::move(work));
    auto& acknowledgement = one.front()->acknowledgement;
    if (!acknowledgement) acknowledgement = std::make_shared<Acknowledgement>();
    auto events = one.front()->events;
    try {
      store(one, events);
    } catch (const std::exception& error) {
      platform::log::error(std::string("events cannot be stored: ") + error.what());
      divided.batch.join(std::move(one.front()));
      continue;
    }
    const auto outcome = acknowledgement->wait_for(0ms);
    // What was stored before costs no write, and shows nothing.
    if (outcome && *outcome && (*outcome)->stored > 0) divided.batch.try_each();
    divided.witnesses.push_back(std::move(one.front()));
  }
}

void Processor::store(Works& works, std::vector<Event>& events) {
  std::vector<RefusedCall> refused;
  for (const auto& work : works) refused.insert(refused.end(), work->refused.begin(), work->refused.end());
  if (!refused.empty()) {
    for (const auto& [source, count] : parts_.quarantine->keep(refused)) {
      if (parts_.statistics) parts_.statistics->quarantined(source, count);
    }
  }
  if (events.empty()) return;
  platform::events::AppendOutcome outcome;
  bool has_corrections = false;
  {
    // Nothing is learned or corrected between the match and the append.
    const auto alone = parts_.knowledge->alone();
    std::vector<Told> told;
    std::size_t first = 0;
    for (const auto& work : works) {
      for (const auto& lesson : work->lessons) told.push_back({&events[first + lesson.event], &lesson});
      first += work->events.size();
    }
    has_corrections = !told.empty() && parts_.knowledge->learn(told);
    parts_.knowledge->match(events);
    outcome = parts_.events->append(events);
  }
  if (has_corrections && parts_.corrections) parts_.corrections->wake();
  tell(works, outcome, events);
}

// Statistics and those who wait. Which events were duplicates is known by their position in the batch.
void Processor::tell(const Works& works, const platform::events::AppendOutcome& outcome, std::vector<Event>& events) {
  struct Counts {
    std::int64_t accepted = 0, late = 0, duplicates = 0;
    core::Instant received_at;
  };
  std::vector<bool> is_duplicate(events.size(), false);
  for (const auto position : outcome.duplicates) is_duplicate[position] = true;
  std::map<core::SourceId, Counts> by_source;
  const auto now = core::now();
  std::size_t position = 0;
  for (const auto& work : works) {
    StoreOutcome of_work;
    auto& counts = by_source[work->source];
    for (const auto end = position + work->events.size(); position < end; ++position) {
      const auto& event = events[position];
      if (is_duplicate[position]) {
        ++of_work.duplicates;
      } else {
        ++of_work.stored;
        if (event.received_at.microseconds - event.occurred_at.microseconds > late_after_us) ++counts.late;
      }
    }
    counts.accepted += of_work.stored;
    counts.duplicates += of_work.duplicates;
    counts.received_at = std::max(counts.received_at, work->received_at);
    lag_.add(now.microseconds - work->received_at.microseconds);
    if (work->acknowledgement) work->acknowledgement->settle(of_work);
  }
  if (parts_.statistics) {
    for (const auto& [source, counts] : by_source) {
      if (counts.accepted > 0) parts_.statistics->accepted(source, counts.accepted, counts.late, counts.received_at);
      if (counts.duplicates > 0) parts_.statistics->duplicates(source, counts.duplicates, counts.received_at);
    }
  }
  if (outcome.stored > 0 && parts_.on_stored) parts_.on_stored();
  if (parts_.properties) {
    for (auto duplicate = outcome.duplicates.rbegin(); duplicate != outcome.duplicates.rend(); ++duplicate) {
      std::swap(events[*duplicate], events.back());
      events.pop_back();
    }
    parts_.properties->observe(events);
  }
}

void Processor::fail(Works& works) {
  for (const auto& work : works) {
    if (work->acknowledgement) work->acknowledgement->settle(store_fails());
    parts_.queue->finished(work->bytes);
  }
}

void Processor::finish(Works& works) {
  std::int64_t bytes = 0;
  for (const auto& work : works) {
    bytes += work->bytes;
    if (work->acknowledgement) work->acknowledgement->settle(StoreOutcome{});
    if (parts_.journal && work->journal_number > 0) release_.done(work->journal_number);
  }
  if (parts_.journal) parts_.journal->release(release_.done_up_to());
  if (bytes > 0) parts_.queue->finished(bytes);
}

}  // namespace banso::usage
