#include "desk.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using records::Session;

constexpr std::size_t ids_in_a_message = 200;
constexpr int longest_snooze_days = 366 * 2;

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

Error no_such_call() {
  return Error::not_found({"There is no such call.", "指定されたアクションはありません。"});
}

Deed deed_with(Deed deed, std::int64_t batch) {
  deed.batch = batch;
  return deed;
}

}  // namespace

std::shared_ptr<StepContext> Desk::context_of(const core::Caller& caller, std::int64_t batch,
                                              std::shared_ptr<Written> tasks_written) {
  auto context = std::make_shared<StepContext>();
  context->caller = caller;
  context->deed = deed_of(caller);
  context->deed.batch = batch;
  context->calendar = from_.surroundings.calendar();
  context->resolve = [this](Call& call) { resolve(call); };
  context->skip_tasks = [this, deed = context->deed, tasks_written = std::move(tasks_written)](
                            Session& session, CallId call, const std::string& why) {
    tasks_written->append(store_.skip_open_tasks(session, call, deed, why));
  };
  return context;
}

Result<Done> Desk::do_one(const core::Caller& caller, CallId call, const MakeStep& make, bool can_be_undone) {
  BANSO_TRY(may_work(caller));
  if (!store_.find(call)) return no_such_call();
  const std::int64_t batch = can_be_undone ? records::new_id() : 0;
  const auto tasks_written = std::make_shared<Written>();
  const auto edit = make(context_of(caller, batch, tasks_written));
  try {
    BANSO_TRY_ASSIGN(auto written,
                     store_.edit({&call, 1}, deed_with(deed_of(caller), batch), [&](Session& session, Call& state) {
                       *tasks_written = {};  // the transaction may be done again
                       return edit(session, state);
                     }));
    Done done;
    if (batch && !written.calls.empty()) done.batch = batch;
    written.append(std::move(*tasks_written));
    done.calls = written.calls;
    committed(written);
    return done;
  } catch (const records::UniqueViolation&) {
    return Error::conflict({"Another call was opened for the same reason in this moment.",
                            "ちょうど今、同じ理由のアクションが開かれました。"});
  }
}

Result<Done> Desk::do_many(const core::Caller& caller, std::span<const CallId> calls, const MakeStep& make,
                           bool can_be_undone) {
  BANSO_TRY(may_work(caller));
  const std::int64_t batch = can_be_undone ? records::new_id() : 0;
  const auto tasks_written = std::make_shared<Written>();
  const auto edit = make(context_of(caller, batch, tasks_written));
  std::map<CallId, core::Text> left;
  std::set<CallId> seen;
  bool is_first = true;
  BANSO_TRY_ASSIGN(auto written,
                   store_.edit(calls, deed_with(deed_of(caller), batch),
                               [&](Session& session, Call& state) -> Result<std::optional<CallEdit>> {
                                 if (is_first || seen.contains(state.id)) {  // also where it is done again
                                   *tasks_written = {};
                                   left.clear();
                                   seen.clear();
                                   is_first = false;
                                 }
                                 seen.insert(state.id);
                                 auto edited = edit(session, state);
                                 if (edited) return edited;
                                 left[state.id] = edited.error().message;
                                 return std::nullopt;
                               }));
  Done done;
  if (batch && !written.calls.empty()) done.batch = batch;
  written.append(std::move(*tasks_written));
  committed(written);
  for (const auto call : calls) {
    if (!seen.contains(call)) left[call] = no_such_call().message;
  }
  for (auto& [call, reason] : left) done.left.push_back({call, std::move(reason)});
  done.calls = std::move(written.calls);
  return done;
}

Result<std::int64_t> Desk::close_open(const core::Caller& caller,
                                      std::span<const std::pair<core::AccountId, std::string>> which, Outcome outcome,
                                      const core::Text& why) {
  BANSO_TRY(may_work(caller));
  // Many are asked for at once: the list in memory knows which of them are open. What another node opened within the
  // last moments is found in the records.
  std::unordered_set<std::int64_t> accounts;
  for (const auto& [account, reason] : which) accounts.insert(account.value);
  std::map<std::pair<core::AccountId, std::string>, CallId> open;
  for (const auto& entry : open_calls_.of_accounts(accounts)) open[{entry->account, entry->reason}] = entry->id;
  std::vector<CallId> ids;
  for (const auto& each : which) {
    if (const auto found = open.find(each); found != open.end()) {
      ids.push_back(found->second);
    } else if (const auto stored = store_.open_of(each.first, each.second)) {
      ids.push_back(*stored);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  BANSO_TRY_ASSIGN(const auto done, do_many(
                                        caller, ids,
                                        [&](auto context) {
                                          return step(std::move(context), Closing{outcome, why, false, true});
                                        },
                                        false));
  if (!done.left.empty()) return Error::invalid(done.left.front().reason);
  return static_cast<std::int64_t>(done.calls.size());
}

Result<Store::Undone> Desk::undo(const core::Caller& caller, std::int64_t batch) {
  BANSO_TRY(may_work(caller));
  BANSO_TRY_ASSIGN(auto undone, store_.undo(batch, deed_of(caller)));
  committed(undone.written);
  return undone;
}

Result<> Desk::check_snooze(const Snoozing& snoozing, core::AccountId account) {
  if (!snoozing.until && snoozing.condition_json.empty()) {
    return Error::invalid_field("until", {"Give a day, a condition, or both.", "日付か条件を指定してください。"});
  }
  const auto day = today();
  if (snoozing.until && (*snoozing.until <= day || *snoozing.until - day > longest_snooze_days)) {
    return Error::invalid_field(
        "until", {"Give a day after today, within two years.", "明日以降、2年以内の日付を指定してください。"});
  }
  if (snoozing.condition_json.empty()) return {};
  auto compiled = engine::compile_condition(snoozing.condition_json, *from_.health->condition_fields());
  if (!compiled) {
    Error error = std::move(compiled).error();
    for (auto& field : error.fields) {
      field.field = field.field.empty() ? "condition" : fmt::format("condition.{}", field.field);
    }
    return error;
  }
  const auto book = from_.health->evaluated_book();
  const auto row = book && account ? book->find(account) : std::nullopt;
  if (!row) return {};
  const auto number = static_cast<std::uint32_t>(*row);
  if (book->run(*compiled, {&number, 1}).test(0)) {
    return Error::invalid_field(
        "condition", {"The account meets this condition already.", "この顧客はすでにこの条件を満たしています。"});
  }
  return {};
}

Result<Comment> Desk::comment(const core::Caller& caller, CallId call, const std::string& body,
                              std::vector<core::UserId> mentions) {
  BANSO_TRY(may_work(caller));
  if (is_blank(body)) {
    return Error::invalid_field("body", {"Write something.", "コメントを入力してください。"});
  }
  std::sort(mentions.begin(), mentions.end());
  mentions.erase(std::unique(mentions.begin(), mentions.end()), mentions.end());
  for (const auto user : mentions) BANSO_TRY(check_person(user, "mentions"));
  const auto state = store_.find(call);
  if (!state) return no_such_call();
  const auto deed = deed_of(caller);
  const Comment comment{records::new_id(), call, caller.user, deed.at, body, std::move(mentions)};
  const auto shortened = beginning_of(body);
  const auto written = store_.note(*state, CallEvent::commented, deed, "", [&](Session& session) {
    store_.add_comment(session, comment);
    auto others = Store::followers(session, call);
    others.push_back(state->responsible);
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    std::erase_if(others, [&](core::UserId user) {
      return std::binary_search(comment.mentions.begin(), comment.mentions.end(), user);
    });
    const core::Text text{fmt::format("{} on “{}”: {}", caller.name, beginning_of(state->title.en), shortened),
                          fmt::format("{}さん(「{}」): {}", caller.name, beginning_of(state->title.ja), shortened)};
    const core::Text mention{
        fmt::format("{} mentioned you on “{}”: {}", caller.name, beginning_of(state->title.en), shortened),
        fmt::format("{}さんが「{}」であなたに言及: {}", caller.name, beginning_of(state->title.ja), shortened)};
    Store::add_notices(session, notices_for(comment.mentions, "mentioned", *state, deed, mention));
    Store::add_notices(session, notices_for(others, "commented", *state, deed, text));
    Store::follow(session, call, caller.user, deed.at);
    for (const auto user : comment.mentions) Store::follow(session, call, user, deed.at);
  });
  committed(written);
  return comment;
}

Result<> Desk::check_person(core::UserId user, const std::string& field) {
  const auto people = people_.all();
  const auto found = people->find(user);
  if (found != people->end() && !found->second.disabled) return {};
  return Error::invalid_field(field, {"There is no such active user.", "有効なユーザーを指定してください。"});
}

void Desk::reassign(const std::optional<std::vector<core::AccountId>>& accounts) {
  std::vector<EntryPtr> entries;
  if (accounts) {
    std::unordered_set<std::int64_t> wanted;
    for (const auto account : *accounts) wanted.insert(account.value);
    entries = open_calls_.of_accounts(wanted);
  } else {
    entries = open_calls_.entries();
  }
  std::vector<Call> calls;
  for (const auto& entry : entries) {
    Call call;
    call.id = entry->id;
    call.account = entry->account;
    call.role = entry->role;
    call.assignee = entry->assignee;
    call.responsible = entry->responsible;
    call.stands_in_for = entry->stands_in_for;
    calls.push_back(std::move(call));
  }
  const auto keep_moved = [&](auto& works) {
    auto before = works;
    resolve_all(std::span(works));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < works.size(); ++i) {
      if (works[i].responsible == before[i].responsible && works[i].stands_in_for == before[i].stands_in_for) continue;
      if (kept != i) works[kept] = std::move(works[i]);
      ++kept;
    }
    works.resize(kept);
  };
  keep_moved(calls);
  auto tasks = store_.open_tasks(accounts);
  keep_moved(tasks);
  if (!calls.empty()) {
    store_.set_responsible(calls);
    open_calls_.set_responsible(calls);
  }
  if (!tasks.empty()) store_.set_responsible(tasks);
  if (!calls.empty() || !tasks.empty()) tell_ids(calls, tasks);
}

void Desk::committed(const Written& written) {
  open_calls_.put(written.calls);
  if (!written.history.empty()) {
    const std::lock_guard lock(mutex_);
    untold_.insert(untold_.end(), written.history.begin(), written.history.end());
  }
  if (written.history.empty()) return;
  tell_ids(written.calls, written.tasks);
  if (wake_) wake_();
}

void Desk::took_in(std::span<const Call> calls) {
  open_calls_.put(calls);
  tell_ids(calls, {});
}

void Desk::tell_ids(std::span<const Call> calls, std::span<const Task> tasks) {
  std::set<CallId> ids;
  for (const auto& call : calls) ids.insert(call.id);
  for (const auto& task : tasks) {
    if (task.call) ids.insert(task.call);
  }
  std::vector<CallId> changed(ids.begin(), ids.end());
  if (changed.size() > ids_in_a_message) changed.clear();
  for (const auto& listener : listeners_) listener(changed);
}

std::vector<std::int64_t> Desk::take_untold() {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> ids(untold_.begin(), untold_.end());
  untold_.clear();
  return ids;
}

}  // namespace banso::work
