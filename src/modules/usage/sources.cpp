#include "sources.hpp"

#include <mutex>

#include "store.hpp"
#include "write_key.hpp"

namespace banso::usage {
namespace {

using platform::records::Session;

constexpr auto remembered_for = std::chrono::seconds(5);
constexpr std::int64_t most_silent_minutes = 60 * 24 * 60;
constexpr std::int64_t highest_limit = 1'000'000;

core::Result<> may_manage(const core::Caller& caller) {
  if (caller.at_least(core::Role::admin)) return {};
  return core::Error::forbidden(
      {"Only administrators manage the sources of events.", "イベントの送信元を管理できるのは、管理者のみです。"});
}

core::Result<> check_name(const std::string& name) {
  if (!name.empty() && name.size() <= 200) return {};
  return core::Error::invalid_field("name",
                                    {"Give a name of at most 200 bytes.", "200バイト以内で名前を入力してください。"});
}

core::Result<> check_silent_after(std::optional<std::int64_t> minutes) {
  if (!minutes || (*minutes >= 0 && *minutes <= most_silent_minutes)) return {};
  return core::Error::invalid_field(
      "silent_after_minutes", {"Give 0 (never) to 86,400 minutes, or null to learn it from the source's own rhythm.",
                               "0(通知しない)から86,400分の範囲、または null(自動)を指定してください。"});
}

core::Result<> check_limit(std::optional<std::int64_t> most_events_per_second) {
  if (!most_events_per_second || (*most_events_per_second >= 1 && *most_events_per_second <= highest_limit)) return {};
  return core::Error::invalid_field("most_events_per_second",
                                    {"Give 1 to 1,000,000 events a second, or null for no limit.",
                                     "1秒あたり1〜1,000,000件、または null(上限なし)を指定してください。"});
}

core::Error no_such_source() {
  return core::Error::not_found({"There is no such source any more.", "この送信元は見つかりません。"});
}

}  // namespace

core::Result<std::vector<Source>> Sources::list(const core::Caller& caller) {
  BANSO_TRY(may_manage(caller));
  auto all = records_->read([](Session& session) { return store::sources(session); });
  add_volumes(all);
  return all;
}

core::Result<SourceWithKey> Sources::create(const std::string& name, const core::Caller& caller) {
  BANSO_TRY(may_manage(caller));
  BANSO_TRY(check_name(name));
  SourceWithKey made;
  made.write_key = new_write_key();
  made.source.id = {platform::records::new_id()};
  made.source.name = name;
  made.source.key_hint = hint_of_key(made.write_key);
  made.source.created_at = core::now();
  records_->write([&](Session& session) { store::insert_source(session, made.source, hash_of_key(made.write_key)); });
  return made;
}

core::Result<SourceWithKey> Sources::rotate_key(core::SourceId id, const core::Caller& caller) {
  BANSO_TRY(may_manage(caller));
  const auto key = new_write_key();
  auto made = records_->write([&](Session& session) -> core::Result<SourceWithKey> {
    store::update_key(session, id, hash_of_key(key), hint_of_key(key));
    auto source = store::source(session, id);
    if (!source) return no_such_source();
    return SourceWithKey{std::move(*source), key};
  });
  forget_keys();
  return made;
}

core::Result<Source> Sources::change(core::SourceId id, const SourceChange& change, const core::Caller& caller) {
  BANSO_TRY(may_manage(caller));
  if (change.name) BANSO_TRY(check_name(*change.name));
  if (change.silent_after_minutes) BANSO_TRY(check_silent_after(*change.silent_after_minutes));
  if (change.most_events_per_second) BANSO_TRY(check_limit(*change.most_events_per_second));
  BANSO_TRY_ASSIGN(auto source, records_->write([&](Session& session) -> core::Result<Source> {
    auto found = store::source(session, id);
    if (!found) return no_such_source();
    if (change.name) found->name = *change.name;
    if (change.disabled) found->disabled = *change.disabled;
    if (change.silent_after_minutes) found->silent_after_minutes = *change.silent_after_minutes;
    if (change.most_events_per_second) found->most_events_per_second = *change.most_events_per_second;
    store::update_source(session, *found);
    return std::move(*found);
  }));
  forget_keys();
  std::vector<Source> one{std::move(source)};
  add_volumes(one);
  return one.front();
}

core::Result<core::SourceId> Sources::of_key(std::string_view write_key) {
  if (write_key.empty()) {
    return core::Error::unauthenticated(
        {"Send the write key of a source: as the user of basic authentication, or as \"writeKey\" in the body.",
         "送信元の書き込みキーを、Basic認証のユーザー名、または本文の「writeKey」で送信してください。"});
  }
  const auto known = look_up(write_key);
  if (!known.source) {
    return core::Error::unauthenticated(
        {"This write key is not known. Copy it again from Settings, or make a new one.",
         "この書き込みキーは登録されていません。設定画面で確認するか、新しく発行してください。"});
  }
  if (known.disabled) {
    return core::Error::forbidden({"This source is switched off. An administrator can switch it on again.",
                                   "この送信元は停止中です。管理者が再開できます。"});
  }
  return known.source;
}

Sources::Known Sources::look_up(std::string_view write_key) {
  const auto now = std::chrono::steady_clock::now();
  std::int64_t changes_before;
  {
    const std::shared_lock lock(remembering_);
    const auto found = known_.find(write_key);
    if (found != known_.end() && now < found->second.until) return found->second;
    changes_before = changes_;
  }
  const auto source =
      records_->read([&](Session& session) { return store::source_by_key_hash(session, hash_of_key(write_key)); });
  Known known{{}, false, now + remembered_for};
  if (!source) return known;  // guessed keys are not remembered: they could be endless
  known.source = source->id;
  known.disabled = source->disabled;
  limits_.set(source->id, source->most_events_per_second);
  const std::unique_lock lock(remembering_);
  if (changes_ == changes_before) known_.insert_or_assign(std::string(write_key), known);
  return known;
}

void Sources::forget_keys() {
  const std::unique_lock lock(remembering_);
  known_.clear();
  ++changes_;
}

void Sources::add_volumes(std::vector<Source>& sources) {
  for (const auto& volume : events_->source_volumes()) {
    for (auto& source : sources) {
      if (source.id != volume.source) continue;
      source.events = volume.events;
      source.unmatched = volume.unmatched;
      source.last_received_at = volume.last_received_at;
    }
  }
}

}  // namespace banso::usage
