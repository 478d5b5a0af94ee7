#include "workbench.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::renewals {
namespace {

constexpr std::size_t longest_text_bytes = 4000;
constexpr std::size_t most_keys = 1000;

core::Error forbidden() {
  return core::Error::forbidden(
      {"Changing renewals takes the role CSM or above.", "更新の編集には担当者(CSM)以上の権限が必要です。"});
}

template <class T>
void take(const core::Patch<T>& patch, std::optional<T>& into) {
  if (patch.given()) into = patch.value() ? std::optional(*patch.value()) : std::nullopt;
}
template <class T>
void take(const core::Patch<T>& patch, T& into) {
  if (patch.given()) into = patch.value() ? *patch.value() : T{};
}

Input applied(const Change& change, Input input, core::Day today) {
  take(change.category, input.category);
  take(change.forecast_minor, input.forecast_minor);
  take(change.target_minor, input.target_minor);
  take(change.final_minor, input.final_minor);
  take(change.owner, input.owner);
  take(change.next_step, input.next_step);
  take(change.next_step_day, input.next_step_day);
  take(change.notes, input.notes);
  take(change.rise_hundredths_percent, input.rise_hundredths_percent);
  if (change.rise_hundredths_percent.value()) input.rise_minor.reset();
  take(change.rise_minor, input.rise_minor);
  if (change.rise_minor.value()) input.rise_hundredths_percent.reset();
  take(change.rise_announced_day, input.rise_announced_day);
  if (change.outcome.given()) {
    input.outcome = change.outcome.value() ? std::string(word_of(*change.outcome.value())) : std::string();
    input.outcome_day = change.outcome.value() ? std::optional(today) : std::nullopt;
  }
  take(change.reasons, input.reasons);
  take(change.reason_note, input.reason_note);
  return input;
}

Input fresh_input(const Renewal& renewal) {
  Input input;
  input.account = renewal.key.account;
  return input;
}

core::Error no_such_renewal(const Key& key) {
  return core::Error::not_found(
      {fmt::format("There is no renewal {}. The contract may have changed; read the list again.", to_string(key)),
       fmt::format("更新 {} はありません。契約が変更された可能性があります。一覧を再読み込みしてください。",
                   to_string(key))});
}

}  // namespace

Workbench::Workbench(Dependencies dependencies)
    : from_(std::move(dependencies)), store_(from_.records), live_(from_, store_), usage_(from_.usage) {}

void Workbench::tell(std::span<const Key> keys) const {
  for (const auto& listener : listeners_) listener(keys);
}

// What is done on a book day that lies behind the clock was known on that day, not later.
core::Instant Workbench::known_now() const {
  const auto now = core::now();
  return std::min(end_of(today(), from_.surroundings.utc_offset_minutes()), now);
}

core::Result<std::shared_ptr<const RenewalList>> Workbench::list(std::optional<core::Day> as_of) {
  BANSO_TRY_ASSIGN(auto pipeline, live_.get(as_of));
  ListWords words;
  words.reasons = all_reasons(*from_.definitions);
  for (const auto& field : from_.health->condition_fields()->fields()) {
    if (field.name == "level") words.levels = field.choices;
  }
  if (words.levels.empty()) {
    std::vector<std::string> levels;
    for (const auto& renewal : pipeline->renewals) levels.push_back(renewal.account.level);
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    std::erase(levels, std::string());
    for (const auto& level : levels) words.levels.push_back({level, live_.level_name(level)});
  }
  return std::make_shared<const RenewalList>(std::move(pipeline), std::move(words));
}

core::Result<> Workbench::check(const Change& change) {
  core::Error error = core::Error::invalid({"Some of the values are wrong.", "入力内容に誤りがあります。"});
  const auto refuse = [&](const char* field, core::Text message) {
    error.fields.push_back({field, std::move(message)});
  };
  const auto check_amount = [&](const char* field, const core::Patch<std::int64_t>& patch) {
    if (patch.value() && *patch.value() < 0) {
      refuse(field, {"Give an amount of 0 or more.", "0以上の金額を指定してください。"});
    }
  };
  check_amount("forecast_minor", change.forecast_minor);
  check_amount("target_minor", change.target_minor);
  check_amount("final_minor", change.final_minor);
  if (change.rise_hundredths_percent.value() &&
      (*change.rise_hundredths_percent.value() < -10'000 || *change.rise_hundredths_percent.value() > 100'000)) {
    refuse("rise_percent", {"Give a percentage from -100 to 1000.", "-100から1000までの割合を指定してください。"});
  }
  for (const auto& [field, patch] : {std::pair("next_step", &change.next_step), std::pair("notes", &change.notes),
                                     std::pair("reason_note", &change.reason_note)}) {
    if (patch->value() && patch->value()->size() > longest_text_bytes) {
      refuse(field, {"Write at most 4,000 bytes.", "4,000バイト以内で入力してください。"});
    }
  }
  if (change.owner.value() && change.owner.value()->value != 0 &&
      !from_.surroundings.user_name(*change.owner.value())) {
    refuse("owner_id", {"There is no such user.", "指定されたユーザーはありません。"});
  }
  if (change.reasons.value()) {
    const auto known = all_reasons(*from_.definitions);
    for (const auto& key : *change.reasons.value()) {
      const bool is_usable = std::any_of(known.begin(), known.end(),
                                         [&](const auto& reason) { return reason.key == key && !reason.is_retired; });
      if (!is_usable) {
        refuse("reasons",
               {fmt::format("There is no reason \"{}\" in use. GET /api/renewals/reasons lists them.", key),
                fmt::format("理由「{}」は使用できません。GET /api/renewals/reasons で一覧を確認できます。", key)});
      }
    }
  }
  if (!error.fields.empty()) return error;
  return {};
}

core::Result<core::ImportId> Workbench::change(const core::Caller& caller, std::span<const Key> keys,
                                               const Change& change, const std::string& why,
                                               std::optional<core::Instant> known_at) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  if (keys.empty() || keys.size() > most_keys) {
    return core::Error::invalid_field("ids", {"Name 1 to 1,000 renewals.", "更新を1〜1,000件指定してください。"});
  }
  BANSO_TRY(check(change));
  BANSO_TRY_ASSIGN(const auto pipeline, live_.get(std::nullopt));
  std::vector<Store::Wanted> wanted;
  for (const auto& key : keys) {
    const auto* renewal = pipeline->find(key);
    if (!renewal) return no_such_renewal(key);
    Store::Wanted each{renewal->input, applied(change, renewal->input.value_or(fresh_input(*renewal)), today())};
    each.after.due = key.due;  // where the contract's day moved, what was said moves with it
    each.after.subscriptions.clear();
    for (const auto position : renewal->due.terms) {
      each.after.subscriptions.push_back((*renewal->terms)[position].fact.subscription);
    }
    wanted.push_back(std::move(each));
  }
  const core::ImportId batch{platform::records::new_id()};
  store_.write(caller, wanted, why, batch, known_at.value_or(known_now()));
  live_.inputs_changed();
  tell(keys);
  return batch;
}

core::Result<versioned::UndoTally> Workbench::undo(const core::Caller& caller, core::ImportId batch) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  auto tally = store_.undo(caller, batch);
  live_.inputs_changed();
  tell({});
  return tally;
}

core::Result<std::vector<JudgedOpportunity>> Workbench::opportunities() {
  BANSO_TRY_ASSIGN(const auto pipeline, live_.get(std::nullopt));
  const auto versions = live_.contracts();
  const auto summaries = usage_.get(today());
  const auto features = from_.usage->features();
  std::map<std::tuple<core::AccountId, std::string, std::string>, Decision> decisions;
  for (auto& decision : store_.decisions(std::nullopt)) {
    decisions[{decision.account, decision.kind, decision.subject}] = decision;
  }
  BANSO_TRY_ASSIGN(const auto book, from_.health->book());
  std::vector<JudgedOpportunity> judged;
  for (auto& opportunity : find_opportunities({today(), *versions, *summaries, features})) {
    const auto row = book->find(opportunity.account);
    if (!row) continue;
    JudgedOpportunity each;
    each.account_name = book->name(*row);
    if (const auto* next = pipeline->next_of(opportunity.account)) {
      each.owner = next->owner;
      each.owner_name = next->owner_name;
    }
    const auto found =
        decisions.find({opportunity.account, std::string(word_of(opportunity.kind)), opportunity.subject});
    if (found != decisions.end()) {
      const bool is_over = found->second.status == "snoozed" && found->second.until && *found->second.until <= today();
      if (!is_over) each.status = found->second.status;
      each.decision = found->second;
    }
    each.opportunity = std::move(opportunity);
    judged.push_back(std::move(each));
  }
  return judged;
}

core::Result<> Workbench::decide(const core::Caller& caller, Decision decision) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  if (decision.status == "snoozed" && (!decision.until || *decision.until <= today())) {
    return core::Error::invalid_field("until", {"Give a day after today.", "明日以降の日付を指定してください。"});
  }
  if (decision.status == "dismissed" && decision.reason.empty()) {
    return core::Error::invalid_field("reason", {"Say why, for those who come after you.", "理由を入力してください。"});
  }
  if (decision.status == "converted") {
    BANSO_TRY_ASSIGN(const auto pipeline, live_.get(std::nullopt));
    const auto* renewal =
        decision.due ? pipeline->find({decision.account, *decision.due}) : pipeline->next_of(decision.account);
    if (!renewal || !renewal->is_open()) {
      return core::Error::conflict({"This account has no open renewal whose forecast it could join.",
                                    "見込みに加える先となる、未確定の更新がありません。"});
    }
    decision.due = renewal->key.due;
    if (!decision.amount_minor || *decision.amount_minor <= 0) {
      return core::Error::invalid_field("amount_minor",
                                        {"Give an amount above 0.", "0より大きい金額を指定してください。"});
    }
  } else {
    decision.amount_minor.reset();
    decision.due.reset();
  }
  BANSO_TRY(store_.decide(caller, std::move(decision), known_now()));
  live_.inputs_changed();
  tell({});
  return {};
}

core::Result<std::int64_t> Workbench::merge_reasons(const core::Caller& caller, const std::string& from,
                                                    const std::string& into) {
  if (!caller.at_least(core::Role::leader)) {
    return core::Error::forbidden(
        {"Merging reasons takes the role leader or above.", "理由の統合にはリーダー以上の権限が必要です。"});
  }
  const auto reasons = all_reasons(*from_.definitions);
  const auto find = [&](const std::string& key) {
    return std::find_if(reasons.begin(), reasons.end(), [&](const auto& reason) { return reason.key == key; });
  };
  const auto source = find(from), target = find(into);
  if (source == reasons.end()) {
    return core::Error::not_found({"There is no such reason.", "指定された理由はありません。"});
  }
  if (target == reasons.end() || target->is_retired || from == into) {
    return core::Error::invalid_field(
        "into", {"Choose another reason that is in use.", "使用中の別の理由を指定してください。"});
  }
  const auto moved = store_.move_reason(
      caller, from, into, fmt::format("{} → {}", source->name.in(caller.language), target->name.in(caller.language)));
  if (!source->is_retired) {
    BANSO_TRY(from_.definitions->retire(caller, {std::string(reason_kind), from},
                                        fmt::format("→ {}", target->name.in(caller.language))));
  }
  live_.inputs_changed();
  tell({});
  return moved;
}

}  // namespace banso::renewals
