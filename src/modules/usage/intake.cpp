#include "intake.hpp"

#include <algorithm>

#include "event_time.hpp"
#include "platform/records/records.hpp"

namespace banso::usage {
namespace {

constexpr std::size_t most_complaints = 100;

}  // namespace

core::Result<IntakeAnswer> Intake::accept(core::SourceId source, const ParsedBody& body, core::Instant received_at) {
  IntakeAnswer answer;
  std::vector<Call> calls;
  std::vector<core::Instant> times;
  for (std::size_t index = 0; index < body.items.size(); ++index) {
    const auto& item = body.items[index];
    auto errors = item.errors;
    const auto happened = event_time(received_at, body.sent_at, item.call.timestamp);
    if (errors.empty() && !happened) {
      errors = happened.error().fields;
      if (body.items.size() > 1) errors.front().field = "batch[" + std::to_string(index) + "].timestamp";
    }
    if (errors.empty()) {
      calls.push_back(item.call);
      times.push_back(*happened);
    } else if (answer.rejected.size() < most_complaints) {
      answer.rejected.insert(answer.rejected.end(), errors.begin(), errors.end());
    }
  }
  if (calls.empty() && !answer.rejected.empty()) {
    return core::Error{core::ErrorCode::invalid,
                       {"Nothing in this call can be used. Each field says what to mend.",
                        "この呼び出しには利用できるデータがありません。各項目のエラーを確認してください。"},
                       std::move(answer.rejected)};
  }

  std::unique_lock<std::shared_mutex> alone;
  std::shared_lock<std::shared_mutex> together;
  if (std::ranges::any_of(calls, Knowledge::teaches)) {
    alone = correcting();
    for (std::size_t index = 0; index < calls.size(); ++index) {
      if (Knowledge::teaches(calls[index])) knowledge_->learn(source, calls[index], times[index]);
    }
  } else {
    together = std::shared_lock(matching_);
  }
  const auto outcome = events_->append(events_of(source, calls, times, received_at));
  answer.accepted = outcome.stored;
  answer.duplicates = static_cast<std::int64_t>(outcome.duplicates.size());
  return answer;
}

std::vector<platform::events::Event> Intake::events_of(core::SourceId source, const std::vector<Call>& calls,
                                                       const std::vector<core::Instant>& times,
                                                       core::Instant received_at) {
  auto matcher = knowledge_->matcher();
  std::vector<platform::events::Event> events;
  events.reserve(calls.size());
  for (std::size_t index = 0; index < calls.size(); ++index) {
    const auto& call = calls[index];
    platform::events::Event event;
    event.source = source;
    event.message_id =
        call.message_id.empty() ? "banso-" + std::to_string(platform::records::new_id()) : call.message_id;
    event.occurred_at = times[index];
    event.received_at = received_at;
    event.group_key = call.group_id;
    event.user_id = call.user_id;
    event.anonymous_id = call.anonymous_id;
    event.person_key = matcher.person_key(source, call.user_id, call.anonymous_id);
    const auto match = matcher.match(source, call.group_id, event.person_key, times[index]);
    event.account = match.account;
    event.matched_by = match.by;
    event.kind = call.kind;
    event.name = call.name;
    event.properties = call.properties;
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace banso::usage
