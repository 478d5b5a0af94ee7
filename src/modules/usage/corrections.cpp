#include "corrections.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "knowledge.hpp"
#include "platform/log/log.hpp"
#include "platform/records/change_follower.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;

using platform::events::Rematch;

// Which members are set; in the order of carrying out.
struct Form {
  bool finds_account, of_person, of_group, has_begin, has_end, of_user, of_anonymous;
  auto operator<=>(const Form&) const = default;
};

Form form_of(const Rematch& rematch) {
  return {rematch.to_account.has_value(),    rematch.person_key.has_value(),      rematch.group_key.has_value(),
          rematch.occurred_from.has_value(), rematch.occurred_before.has_value(), rematch.user_id.has_value(),
          rematch.anonymous_id.has_value()};
}

// Corrections that come close together are carried out together.
constexpr auto gathering_time = 100ms;
// Other nodes are listened to this often, and kept informed of what is done for so long.
constexpr auto listening_interval = 1s;
constexpr auto pause_after_failure = 2s;
constexpr std::int64_t told_for_us = 600 * core::microseconds_per_second;
// Their transactions may commit this long after they made their ids.
constexpr std::int64_t overlap_us = 60 * core::microseconds_per_second;

Correction read(const platform::records::Row& row) {
  return {static_cast<Subject>(row.integer(1)), {row.id<core::SourceId>(2), row.text(3)}};
}

}  // namespace

void store::insert_corrections(Session& session, const CorrectionSet& corrections, int node) {
  for (const auto& [subject, of] : corrections) {
    session.execute(
        "INSERT INTO usage_correction (correction_id, node, source_id, subject, subject_key, done) "
        "VALUES (:1, :2, :3, :4, :5, 0)",
        {platform::records::new_id(), node, of.source, static_cast<int>(subject), of.key});
  }
}

void Corrections::start() {
  const std::lock_guard lock(state_);
  if (thread_.joinable()) return;
  stopping_ = false;
  heard_up_to_ = platform::records::first_id_at(core::now());
  thread_ = std::thread([this] { work(); });
}

void Corrections::stop() {
  {
    const std::lock_guard lock(state_);
    if (!thread_.joinable()) return;
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
  thread_ = {};
}

void Corrections::wake() {
  {
    const std::lock_guard lock(state_);
    something_ = true;
  }
  changed_.notify_all();
}

void Corrections::work() {
  std::unique_lock lock(state_);
  while (!stopping_) {
    const auto wakes = [&] { return stopping_ || something_; };
    if (parts_.is_alone) {
      changed_.wait(lock, wakes);
    } else {
      changed_.wait_for(lock, listening_interval, wakes);
    }
    if (stopping_) return;
    if (something_) changed_.wait_for(lock, gathering_time, [&] { return stopping_; });
    const bool has_own = std::exchange(something_, false);
    lock.unlock();
    bool failed = false;
    try {
      if (!parts_.is_alone) hear_of_others();
      if (has_own) run();
    } catch (const std::exception& error) {
      platform::log::error(std::string("stored events could not be matched anew: ") + error.what());
      failed = true;
    }
    lock.lock();
    if (failed) {
      something_ = true;
      changed_.wait_for(lock, pause_after_failure, [&] { return stopping_; });
    }
  }
}

std::int64_t Corrections::run(const CorrectionSet& more) {
  const std::lock_guard alone(running_);
  std::vector<std::int64_t> ids;
  auto corrections = written(ids);
  corrections.insert(more.begin(), more.end());
  const auto changed = carry_out(corrections);
  if (!ids.empty()) {
    parts_.records->write([&](platform::records::Session& session) {
      for (const auto id : ids) {
        session.execute(parts_.is_alone ? "DELETE FROM usage_correction WHERE correction_id = :1"
                                        : "UPDATE usage_correction SET done = 1 WHERE correction_id = :1",
                        {id});
      }
      if (!parts_.is_alone) {
        const core::Instant oldest{core::now().microseconds - told_for_us};
        session.execute("DELETE FROM usage_correction WHERE done = 1 AND correction_id < :1",
                        platform::records::Values{platform::records::first_id_at(oldest)});
      }
    });
  }
  return changed;
}

CorrectionSet Corrections::written(std::vector<std::int64_t>& ids) {
  return parts_.records->read([&](platform::records::Session& session) {
    CorrectionSet all;
    for (const auto& row : session.query(
             "SELECT correction_id, subject, source_id, subject_key FROM usage_correction WHERE node = :1 AND "
             "done = 0 ORDER BY correction_id",
             {parts_.node})) {
      ids.push_back(row.integer(0));
      all.insert(read(row));
    }
    return all;
  });
}

// What another node learned makes what is in memory here wrong, and with it what was stored here since.
void Corrections::hear_of_others() {
  CorrectionSet news;
  parts_.records->read([&](platform::records::Session& session) {
    const auto from = heard_up_to_;
    heard_up_to_ = platform::records::first_id_at({core::now().microseconds - overlap_us});
    for (const auto& row : session.query(
             "SELECT correction_id, subject, source_id, subject_key FROM usage_correction WHERE node <> :1 AND "
             "correction_id >= :2",
             {parts_.node, std::min(from, heard_up_to_)})) {
      if (heard_.insert(row.integer(0)).second) news.insert(read(row));
    }
  });
  std::erase_if(heard_, [&](std::int64_t id) { return id < heard_up_to_ - 1; });
  if (news.empty()) return;
  CorrectionSet concerned;
  {
    auto& knowledge = *parts_.knowledge;
    const auto alone = knowledge.alone();
    for (const auto& correction : news) {
      if (correction.subject == Subject::group) {
        concerned.insert(correction);
      } else if (knowledge.matcher().remembers(correction.of)) {
        concerned.insert(correction);
      }
    }
    knowledge.matcher().forget_everything();
  }
  const std::lock_guard alone(running_);
  carry_out(concerned);
}

std::int64_t Corrections::carry_out(const CorrectionSet& corrections) {
  if (corrections.empty()) return 0;
  std::vector<Rematch> rematches;
  {
    const auto alone = parts_.knowledge->alone();
    rematches = parts_.knowledge->rematches_of(corrections);
  }
  std::int64_t changed = 0;
  std::int64_t found = 0;
  // Those of one form side by side, so that the store looks for all of them at once. Who the persons are comes first:
  // the others are about persons.
  std::ranges::stable_sort(rematches, {}, form_of);
  for (auto rest = std::span<const Rematch>(rematches); !rest.empty();) {
    const bool finds = form_of(rest.front()).finds_account;
    const auto other =
        std::ranges::find_if(rest, [&](const Rematch& each) { return form_of(each).finds_account != finds; });
    const auto some = rest.first(static_cast<std::size_t>(other - rest.begin()));
    const auto rows = parts_.events->rematch_all(some);
    changed += rows;
    if (finds) found += rows;
    rest = rest.subspan(some.size());
  }
  if (changed > 0 && parts_.on_corrected) parts_.on_corrected();
  return found;
}

}  // namespace banso::usage
