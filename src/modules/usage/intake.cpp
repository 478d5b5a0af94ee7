#include "intake.hpp"

#include <simdjson.h>

#include <algorithm>
#include <map>

namespace banso::usage {
namespace {

using namespace std::chrono_literals;
using platform::events::Event;
using platform::events::EventKind;

constexpr std::size_t most_complaints = 100;
// A short wait smooths over a pause of the store; a longer one would only keep workers busy.
constexpr auto patience_for_room = 100ms;
constexpr auto patience_for_start = 2s;
constexpr auto patience_for_store = 30s;

core::Error too_busy() {
  return core::Error::unavailable({"More events come in than can be stored. Send these again in a moment.",
                                   "受信が集中しているため保存できません。しばらくしてから再送してください。"});
}

bool teaches(const Call& call) {
  return !platform::events::is_usage(call.kind) || !call.email.empty() || !call.person_name.empty();
}

Event event_of(const IntakeRecord& record, std::size_t index, Call& call) {
  Event event;
  event.source = record.source;
  event.message_id = call.message_id.empty() ? "banso-" + std::to_string(record.body_id) + "-" + std::to_string(index)
                                             : std::move(call.message_id);
  event.occurred_at = call.occurred_at;
  event.received_at = record.receipt.checked_at;
  event.group_key = std::move(call.group_id);
  event.user_id = std::move(call.user_id);
  event.anonymous_id = std::move(call.anonymous_id);
  event.kind = call.kind;
  event.name = std::move(call.name);
  event.properties = std::move(call.properties);
  return event;
}

RefusedCall refused_of(const IntakeRecord& record, const ParsedBody& parsed, ParsedItem& item) {
  const auto& error = item.errors.front();
  auto field = error.field;
  if (const auto dot = field.find("]."); field.starts_with("batch[") && dot != std::string::npos)
    field.erase(0, dot + 2);
  return {record.source,        record.receipt.received_at,
          record.kind,          std::string(item.reason),
          std::move(field),     error.message,
          std::move(item.sent), parsed.context,
          parsed.sent_at};
}

std::int64_t size_of(const IntakeWork& work, std::size_t body_bytes) {
  return static_cast<std::int64_t>(sizeof(IntakeWork) + 2 * body_bytes + work.events.size() * sizeof(Event));
}

}  // namespace

std::unique_ptr<IntakeWork> work_of(const IntakeRecord& record, ParsedBody& parsed) {
  auto work = std::make_unique<IntakeWork>();
  work->source = record.source;
  work->received_at = record.receipt.checked_at;
  work->events.reserve(parsed.items.size());
  for (std::size_t index = 0; index < parsed.items.size(); ++index) {
    auto& item = parsed.items[index];
    if (!item.errors.empty()) {
      work->refused.push_back(refused_of(record, parsed, item));
      continue;
    }
    if (teaches(item.call)) {
      work->lessons.push_back({static_cast<std::uint32_t>(work->events.size()), std::move(item.call.email),
                               std::move(item.call.person_name), std::move(item.call.previous_id)});
    }
    work->events.push_back(event_of(record, index, item.call));
  }
  work->bytes = size_of(*work, record.body.size());
  return work;
}

std::unique_ptr<IntakeWork> work_of_record(std::string_view bytes) {
  if (const auto record = decode(bytes)) {
    if (auto parsed = parse_calls(record->body, record->kind, record->receipt)) {
      auto work = work_of(*record, *parsed);
      work->bytes = 0;  // nothing was reserved for it
      return work;
    }
  }
  return std::make_unique<IntakeWork>();
}

core::Result<IntakeAnswer> Intake::accept(const IntakeRecord& record, ParsedBody parsed) {
  IntakeAnswer answer;
  for (const auto& item : parsed.items) {
    if (item.errors.empty()) {
      ++answer.accepted;
    } else if (answer.rejected.size() < most_complaints) {
      answer.rejected.insert(answer.rejected.end(), item.errors.begin(), item.errors.end());
    }
  }
  auto work = work_of(record, parsed);
  if (!work->refused.empty()) {
    std::map<std::string_view, std::int64_t> reasons;
    for (const auto& call : work->refused) ++reasons[call.reason];
    for (const auto& [reason, count] : reasons) statistics_.refused(record.source, reason, count);
  }
  if (answer.accepted == 0) {
    if (answer.rejected.empty()) return answer;
    keep_refused(std::move(work));
    return core::Error{core::ErrorCode::invalid,
                       {"Nothing in this call can be used. Each field says what to mend.",
                        "この呼び出しには利用できるデータがありません。各項目のエラーを確認してください。"},
                       std::move(answer.rejected)};
  }
  std::shared_ptr<Acknowledgement> stored;
  if (!journal_) stored = work->acknowledgement = std::make_shared<Acknowledgement>();
  BANSO_TRY(hand_over(record, std::move(work)));
  if (stored) {
    const auto outcome = stored->wait_for(patience_for_store);
    if (!outcome) return too_busy();
    if (!*outcome) return outcome->error();
  }
  return answer;
}

core::Result<std::shared_ptr<Acknowledgement>> Intake::accept_again(const IntakeRecord& record, ParsedBody parsed) {
  auto work = work_of(record, parsed);
  work->refused.clear();  // they are in the quarantine already
  if (work->events.empty()) return std::shared_ptr<Acknowledgement>{};
  auto stored = work->acknowledgement = std::make_shared<Acknowledgement>();
  BANSO_TRY(hand_over(record, std::move(work)));
  return stored;
}

core::Result<void> Intake::hand_over(const IntakeRecord& record, std::unique_ptr<IntakeWork> work) {
  const auto bytes = work->bytes;
  if (!processor_.wait_until_ready(patience_for_start)) return too_busy();
  if (!queue_->reserve(bytes, patience_for_room)) return too_busy();
  if (journal_) {
    auto number = journal_->append(encode(record));
    if (!number) {
      queue_->finished(bytes);
      return core::Error(std::move(number).error());
    }
    work->journal_number = *number;
  }
  queue_->push(std::move(work));
  return {};
}

// Nobody was told that these are safe: they are kept where there is room, and are not worth a record of the journal.
void Intake::keep_refused(std::unique_ptr<IntakeWork> work) {
  if (queue_->reserve(work->bytes, 0ms)) queue_->push(std::move(work));
}

void Intake::refuse(const IntakeRecord& record, const core::Error& error) {
  const bool is_large = error.code == core::ErrorCode::too_large;
  const auto code = is_large ? reason::too_large : reason::not_json;
  statistics_.refused(record.source, code, 1);
  // What is no text cannot be shown to anybody.
  auto shown = record.body.substr(0, longest_call_bytes);
  while (!shown.empty() && shown.size() < record.body.size() &&
         (static_cast<unsigned char>(shown.back()) & 0x80) != 0) {
    shown.remove_suffix(1);  // not within a character
  }
  if (shown.find('\0') != std::string_view::npos || !simdjson::validate_utf8(shown.data(), shown.size())) return;
  auto work = std::make_unique<IntakeWork>();
  work->source = record.source;
  work->received_at = record.receipt.received_at;
  work->bytes = size_of(*work, shown.size());
  work->refused.push_back({record.source, record.receipt.received_at, record.kind, std::string(code), "", error.message,
                           std::string(shown), "", std::nullopt});
  keep_refused(std::move(work));
}

}  // namespace banso::usage
