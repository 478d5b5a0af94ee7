#include "bulk_append.hpp"

#include <unordered_map>
#include <unordered_set>

#include "intake_parser.hpp"

namespace banso::usage {
namespace {

using core::RowOutcome;
using core::RowResult;
using platform::events::Event;
using platform::events::MatchedBy;

// Years that a spreadsheet's mistake produces (1899, 0201, 20226) are not history.
const core::Instant earliest = core::start_of(core::day_from(1990, 1, 1));

// The accounts that a batch names, looked up once each.
class Accounts {
 public:
  Accounts(AccountDirectory& directory, std::span<const EventInput> batch) {
    std::unordered_set<std::string_view> names;
    for (const auto& input : batch) {
      if (input.account_id) {
        ids_.try_emplace(input.account_id.value, false);
      } else if (!input.account.empty()) {
        names.insert(input.account);
      }
    }
    for (auto& [id, exists] : ids_) exists = directory.exists({id});
    const std::vector<std::string> wanted(names.begin(), names.end());
    if (!wanted.empty()) {
      for (auto& [name, account] : directory.by_external_ids(wanted)) by_name_.emplace(name, account);
    }
  }

  core::AccountId find(const EventInput& input) const {
    if (input.account_id) return ids_.at(input.account_id.value) ? input.account_id : core::AccountId{};
    const auto found = by_name_.find(input.account);
    return found == by_name_.end() ? core::AccountId{} : found->second;
  }

 private:
  std::unordered_map<std::int64_t, bool> ids_;
  std::unordered_map<std::string, core::AccountId> by_name_;
};

core::Text too_long() {
  return {"Use at most 255 bytes.", "255バイト以内で入力してください。"};
}

bool usable(const std::string& text) {
  return text.size() <= longest_id_bytes && text.find('\0') == std::string::npos;
}

std::vector<core::FieldError> check(const EventInput& input, core::AccountId account, core::Instant now) {
  std::vector<core::FieldError> errors;
  if (!account) {
    const auto& name = input.account;
    errors.push_back(
        {"account", name.empty() && !input.account_id
                        ? core::Text{"Name the account.", "顧客企業を指定してください。"}
                        : core::Text{"There is no account \"" + name + "\". Import the accounts first.",
                                     "顧客企業「" + name + "」が見つかりません。先に顧客企業を取り込んでください。"}});
  }
  if (input.name.empty() && input.kind == platform::events::EventKind::track) {
    errors.push_back({"name", {"Give the name of the event.", "イベント名を指定してください。"}});
  }
  if (!usable(input.name)) errors.push_back({"name", too_long()});
  if (!usable(input.user)) errors.push_back({"user", too_long()});
  if (!usable(input.message_id)) errors.push_back({"message_id", too_long()});
  if (!platform::events::is_usage(input.kind)) {
    errors.push_back(
        {"kind", {"Only track, page and screen can be imported.", "取り込めるのは track・page・screen のみです。"}});
  }
  if (input.occurred_at < earliest || input.occurred_at.microseconds > now.microseconds + core::microseconds_per_day) {
    errors.push_back(
        {"occurred_at", {"This is not a time between 1990 and tomorrow.", "1990年から明日までの日時ではありません。"}});
  }
  if (input.properties.size() > longest_call_bytes) {
    errors.push_back({"properties", {"Use at most 32 KB.", "32KB以内にしてください。"}});
  } else if (!input.properties.empty() && !is_json_object(input.properties)) {
    errors.push_back({"properties", {"This must be a JSON object.", "JSONオブジェクトで指定してください。"}});
  }
  return errors;
}

Event event_of(const EventInput& input, core::AccountId account, core::Instant known_at, core::ImportId import) {
  Event event;
  event.message_id = input.message_id;
  event.occurred_at = input.occurred_at;
  event.received_at = known_at;
  event.account = account;
  event.matched_by = MatchedBy::given;
  event.group_key = input.account;
  event.person_key = input.user;
  event.user_id = input.user;
  event.kind = input.kind;
  event.name = input.name;
  event.properties = input.properties;
  event.import = import;
  return event;
}

}  // namespace

std::vector<RowOutcome> BulkAppend::append(const platform::records::Provenance& provenance,
                                           std::span<const EventInput> batch, core::BatchOptions options) {
  const auto now = core::now();
  const auto recorded_at = provenance.known_at.value_or(now);
  const Accounts accounts(*accounts_, batch);
  std::vector<RowOutcome> outcomes(batch.size());
  std::vector<Event> events;
  std::vector<std::size_t> rows;
  events.reserve(batch.size());
  rows.reserve(batch.size());
  for (std::size_t row = 0; row < batch.size(); ++row) {
    const auto& input = batch[row];
    const auto account = accounts.find(input);
    outcomes[row].errors = check(input, account, now);
    if (!outcomes[row].errors.empty()) continue;
    const auto by_rule = options.known_by == core::KnownBy::happening ? input.occurred_at : recorded_at;
    events.push_back(event_of(input, account, input.known_at.value_or(by_rule), provenance.import));
    rows.push_back(row);
    outcomes[row].result = RowResult::created;
  }
  if (options.dry_run) return outcomes;
  for (const auto position : events_->append(events).duplicates) outcomes[rows[position]].result = RowResult::unchanged;
  return outcomes;
}

}  // namespace banso::usage
