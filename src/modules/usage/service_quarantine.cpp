// The service's part that tries refused calls again.
#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/json/json.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;
using namespace std::chrono_literals;

constexpr std::int64_t most_replayed = Quarantine::most_calls_of_source;
// For all calls together: what is stored later leaves the quarantine when it is tried once more.
constexpr auto patience_for_store = 5s;

core::Result<> may_replay(const core::Caller& caller) {
  if (caller.at_least(core::Role::admin)) return {};
  return core::Error::forbidden({"Only administrators replay or discard refused calls.",
                                 "受け付けられなかった呼び出しの再処理と破棄ができるのは、管理者のみです。"});
}

// The body that the call would have come in alone.
std::string body_of(const RefusedCall& call) {
  if (call.kind) return call.call;
  // A body that could not be read as a whole, mended.
  if (auto parsed = json::parse_object(call.call); parsed && parsed->contains("batch")) return call.call;
  std::string body = "{";
  if (call.sent_at) body += "\"sentAt\":\"" + core::to_string(*call.sent_at) + "\",";
  if (!call.context.empty()) body += "\"context\":" + call.context + ",";
  return body + "\"batch\":[" + call.call + "]}";
}

}  // namespace

// Tries again many at once: what was accepted is waited for afterwards.
class QuarantineReplay {
 public:
  QuarantineReplay(Intake& intake, Quarantine& quarantine) : intake_(intake), quarantine_(quarantine) {}

  core::Result<void> replay(const QuarantinedCall& call) {
    ++outcome_.replayed;
    const auto body = body_of(call.call);
    const IntakeRecord record{call.call.source, {call.call.received_at, core::now()}, call.id, call.call.kind, body};
    auto parsed = parse_calls(body, record.kind, record.receipt);
    if (!parsed) {
      refuse_again(call, call.call.reason, {"", parsed.error().message});
      return {};
    }
    const auto bad = std::ranges::find_if(parsed->items, [](const ParsedItem& item) { return !item.errors.empty(); });
    if (bad != parsed->items.end()) refuse_again(call, std::string(bad->reason), bad->errors.front());
    const bool is_whole = bad == parsed->items.end();
    BANSO_TRY_ASSIGN(auto waiting, intake_.accept_again(record, std::move(*parsed)));
    if (waiting) waiting_.push_back({is_whole ? call.id : 0, std::move(waiting)});
    return {};
  }

  core::Result<ReplayOutcome> finish() {
    QuarantineFilter done;
    const auto until = std::chrono::steady_clock::now() + patience_for_store;
    for (const auto& [id, waiting] : waiting_) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      const auto stored = waiting->wait_for(std::max(left, 0ms));
      if (!stored || !*stored) continue;  // stays, and counts once however often it is tried
      outcome_.accepted += (*stored)->stored;
      outcome_.duplicates += (*stored)->duplicates;
      outcome_.still_refused += (*stored)->not_storable;  // they came into the quarantine anew
      if (id != 0) done.ids.push_back(id);
    }
    if (!done.ids.empty()) quarantine_.remove(done);
    return outcome_;
  }

 private:
  void refuse_again(const QuarantinedCall& call, const std::string& reason, core::FieldError error) {
    ++outcome_.still_refused;
    if (const auto dot = error.field.find("]."); dot != std::string::npos) error.field.erase(0, dot + 2);
    quarantine_.update_reason(call.id, reason, error);
  }

  Intake& intake_;
  Quarantine& quarantine_;
  ReplayOutcome outcome_;
  std::vector<std::pair<std::int64_t, std::shared_ptr<Acknowledgement>>> waiting_;
};

core::Result<ReplayOutcome> ServiceImpl::replay_quarantine(const QuarantineFilter& filter, const core::Caller& caller) {
  BANSO_TRY(may_replay(caller));
  QuarantineReplay replay(intake_, *quarantine_);
  core::Result<void> going_on;
  for (const auto& call : quarantine_->list(filter, {0, most_replayed}).items) {
    going_on = replay.replay(call);
    if (!going_on) break;
  }
  auto outcome = replay.finish();
  if (!going_on && outcome->accepted == 0) return core::Error(going_on.error());
  return outcome;
}

core::Result<ReplayOutcome> ServiceImpl::replay_mended(std::int64_t id, const std::string& call,
                                                       const core::Caller& caller) {
  BANSO_TRY(may_replay(caller));
  QuarantineFilter filter;
  filter.ids = {id};
  auto found = quarantine_->list(filter, {0, 1}).items;
  if (found.empty()) {
    return core::Error::not_found(
        {"This call is no longer in the quarantine.", "この呼び出しは、すでに隔離一覧にありません。"});
  }
  found.front().call.call = call;
  QuarantineReplay replay(intake_, *quarantine_);
  BANSO_TRY(replay.replay(found.front()));
  return replay.finish();
}

core::Result<std::int64_t> ServiceImpl::discard_quarantine(const QuarantineFilter& filter, const core::Caller& caller) {
  BANSO_TRY(may_replay(caller));
  return quarantine_->remove(filter);
}

}  // namespace banso::usage
