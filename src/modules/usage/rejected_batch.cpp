#include "rejected_batch.hpp"

#include <algorithm>
#include <utility>

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;
namespace json = platform::json;
using platform::events::Event;
using platform::events::EventKind;

constexpr std::size_t probes_of_round = 4;
// Kept for the end of a round, so that something is left that can show whether the store still works.
constexpr std::size_t witnesses_kept_back = 2;
constexpr int rounds_before_stuck = 3;
constexpr std::size_t blamed_at_once = 500;  // the quarantine keeps at most 1,000 of a call
// So many in a row are rather a store that stopped working in the middle.
constexpr int most_failures_in_a_row = 100;

// The call that would make this event again.
std::string call_of(const Event& event, const std::vector<Lesson>& lessons) {
  json::object call{{"type", platform::events::to_string(event.kind)},
                    {"messageId", event.message_id},
                    {"timestamp", core::to_string(event.occurred_at)}};
  if (!event.user_id.empty()) call["userId"] = event.user_id;
  if (!event.anonymous_id.empty()) call["anonymousId"] = event.anonymous_id;
  if (!event.name.empty()) call[event.kind == EventKind::track ? "event" : "name"] = event.name;
  if (event.kind == EventKind::group) {
    call["groupId"] = event.group_key;
  } else if (!event.group_key.empty()) {
    call["context"] = json::object{{"groupId", event.group_key}};
  }
  if (!event.properties.empty()) {
    const bool has_traits = event.kind == EventKind::identify || event.kind == EventKind::group;
    auto parsed = json::parse(event.properties);
    call[has_traits ? "traits" : "properties"] = parsed ? std::move(*parsed) : json::value(event.properties);
  }
  for (const auto& lesson : lessons) {
    if (!lesson.previous_id.empty()) call["previousId"] = lesson.previous_id;
  }
  return json::serialize(call);
}

RefusedCall refusal_of(const Event& event, const std::vector<Lesson>& lessons) {
  RefusedCall refused;
  refused.source = event.source;
  refused.received_at = event.received_at;
  refused.reason = reason::not_storable;
  refused.message = {
      "The event store rejects this event, while it takes others. The server's log says why.",
      "ほかのイベントは保存できますが、このイベントは保存できませんでした。原因はサーバーのログをご確認ください。"};
  refused.call = call_of(event, lessons);
  return refused;
}

}  // namespace

RejectedBatch::RejectedBatch(Works& works, std::vector<Event> events, Store store, Blame blame)
    : works_(works), store_(std::move(store)), blame_(std::move(blame)) {
  auto first = events.begin();
  for (std::size_t work = 0; work < works_.size(); ++work) {
    add(work, first);
    first += static_cast<std::ptrdiff_t>(works_[work]->events.size());
  }
}

void RejectedBatch::join(std::unique_ptr<IntakeWork> work) {
  works_.push_back(std::move(work));
  add(works_.size() - 1, works_.back()->events.begin());
}

void RejectedBatch::add(std::size_t work, std::vector<Event>::iterator first) {
  const auto start = pieces_.size();
  for (std::size_t index = 0; index < works_[work]->events.size(); ++index, ++first) {
    auto& piece = pieces_.emplace_back();
    piece.event = std::move(*first);
    piece.work = work;
  }
  for (const auto& lesson : works_[work]->lessons) pieces_[start + lesson.event].lessons.push_back(lesson);
  outcomes_.emplace_back();
}

bool RejectedBatch::is_stuck() const {
  return rounds_without_witness_ >= rounds_before_stuck ||
         std::ranges::all_of(pieces_, [](const Piece& piece) { return piece.failed_after >= 0; });
}

void RejectedBatch::try_each() {
  ++witnesses_;
  blame_who_failed_again();
  for (auto& piece : pieces_) {
    if (!piece.is_done && piece.failed_after < 0 && !store({&piece, 1})) piece.failed_after = witnesses_;
  }
  std::erase_if(pieces_, [](const Piece& piece) { return piece.is_done; });
  failures_in_a_row_ = 0;
}

bool RejectedBatch::go_on() {
  std::vector<Event> none;
  Works refusals;
  for (const auto& work : works_) {
    if (work->refused.empty()) continue;
    refusals.push_back(std::make_unique<IntakeWork>());
    refusals.back()->refused = work->refused;
  }
  store_(refusals, none);
  failures_in_a_row_ = 0;
  if (!pieces_.empty() && !find_witness()) {
    ++rounds_without_witness_;
    return false;
  }
  rounds_without_witness_ = 0;
  // Who failed already comes first: whoever is kept back may then bear witness.
  std::ranges::stable_partition(pieces_, [](const Piece& piece) { return piece.failed_after >= 0; });
  const auto kept_back = std::min(witnesses_kept_back, pieces_.size());
  divide(std::span(pieces_).first(pieces_.size() - kept_back));
  for (auto& piece : std::span(pieces_).last(kept_back)) divide({&piece, 1});
  blame_who_failed_again();
  std::erase_if(pieces_, [](const Piece& piece) { return piece.is_done; });
  if (!pieces_.empty()) return false;
  for (std::size_t work = 0; work < works_.size(); ++work) {
    if (works_[work]->acknowledgement) works_[work]->acknowledgement->settle(outcomes_[work]);
  }
  return true;
}

// Others each round, as those that are tried may be the very ones to blame.
bool RejectedBatch::find_witness() {
  const auto before = witnesses_;
  const auto round = rounds_++;
  for (std::size_t probe = 0; probe < probes_of_round && witnesses_ == before; ++probe) {
    auto& piece = pieces_[(round * probes_of_round + probe * (pieces_.size() / probes_of_round + 1)) % pieces_.size()];
    if (!piece.is_done) divide({&piece, 1});
  }
  const bool found = witnesses_ > before;
  std::erase_if(pieces_, [](const Piece& piece) { return piece.is_done; });
  return found || pieces_.empty();
}

void RejectedBatch::divide(std::span<Piece> pieces) {
  if (pieces.empty() || failures_in_a_row_ >= most_failures_in_a_row || store(pieces)) return;
  if (pieces.size() > 1) {
    divide(pieces.first(pieces.size() / 2));
    divide(pieces.subspan(pieces.size() / 2));
    return;
  }
  ++failures_in_a_row_;
  if (pieces.front().failed_after < 0) pieces.front().failed_after = witnesses_;
}

bool RejectedBatch::store(std::span<Piece> pieces) {
  Works works;
  std::vector<std::size_t> origins;
  std::vector<Event> events;
  for (const auto& piece : pieces) {
    if (origins.empty() || origins.back() != piece.work) {
      origins.push_back(piece.work);
      works.push_back(std::make_unique<IntakeWork>());
      works.back()->source = works_[piece.work]->source;
      works.back()->received_at = works_[piece.work]->received_at;
      works.back()->acknowledgement = std::make_shared<Acknowledgement>();
    }
    auto& work = *works.back();
    for (auto lesson : piece.lessons) {
      lesson.event = static_cast<std::uint32_t>(work.events.size());
      work.lessons.push_back(std::move(lesson));
    }
    work.events.emplace_back();  // they are counted here, and lie in `events`
    events.push_back(piece.event);
  }
  try {
    store_(works, events);
  } catch (const std::exception& error) {
    if (pieces.size() == 1) platform::log::error(std::string("an event cannot be stored: ") + error.what());
    return false;
  }
  bool has_news = false;
  for (std::size_t index = 0; index < works.size(); ++index) {
    const auto outcome = works[index]->acknowledgement->wait_for(0ms);
    if (!outcome || !*outcome) continue;
    outcomes_[origins[index]].stored += (*outcome)->stored;
    outcomes_[origins[index]].duplicates += (*outcome)->duplicates;
    has_news = has_news || (*outcome)->stored > 0;
  }
  for (auto& piece : pieces) piece.is_done = true;
  // What was stored before costs no write, and shows nothing.
  if (has_news) ++witnesses_;
  failures_in_a_row_ = 0;
  return true;
}

void RejectedBatch::blame_who_failed_again() {
  std::vector<Piece*> failed_again;
  for (auto& piece : pieces_) {
    if (piece.is_done || piece.failed_after < 0 || piece.failed_after >= witnesses_) continue;
    if (!store({&piece, 1})) failed_again.push_back(&piece);
  }
  blame(failed_again);
}

void RejectedBatch::blame(std::span<Piece* const> pieces) {
  while (!pieces.empty()) {
    const auto some = pieces.first(std::min(blamed_at_once, pieces.size()));
    std::vector<RefusedCall> refused;
    for (const auto* piece : some) refused.push_back(refusal_of(piece->event, piece->lessons));
    blame_(refused);
    for (auto* piece : some) {
      ++outcomes_[piece->work].not_storable;
      piece->is_done = true;
    }
    pieces = pieces.subspan(some.size());
  }
}

}  // namespace banso::usage
