#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "body_text.hpp"
#include "definitions.hpp"
#include "platform/json/json.hpp"
#include "platform/records/turn.hpp"
#include "store.hpp"

namespace banso::definitions {
namespace {

namespace json = platform::json;
using core::Caller;
using core::Error;
using core::Result;

constexpr std::size_t body_limit_bytes = 256 << 10;
constexpr std::size_t view_limit_bytes = 32 << 10;
constexpr std::size_t key_limit = 64;

Error not_found() {
  return Error::not_found({"There is no such definition.", "指定された定義はありません。"});
}

Result<> require_leader(const Caller& caller) {
  if (caller.at_least(core::Role::leader)) return {};
  return Error::forbidden(
      {"Changing definitions needs the role of leader.", "定義の変更にはリーダー以上の権限が必要です。"});
}

Result<> check_key(const std::string& key) {
  const bool fits = !key.empty() && key.size() <= key_limit && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (fits) return {};
  return Error::invalid_field(
      "key", {"Use up to 64 small letters, digits and underscores, for example active_users_28d.",
              "キーは半角の英小文字・数字・アンダースコアで64文字以内にしてください(例: active_users_28d)。"});
}

std::string names_in_words(const std::vector<Name>& names) {
  std::string words;
  for (const auto& name : names) words += (words.empty() ? "" : ", ") + name.kind + " " + name.key;
  return words;
}

class StoredDefinitions final : public Service {
 public:
  explicit StoredDefinitions(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  void register_kind(Kind kind) override { kinds_.insert_or_assign(kind.word, std::move(kind)); }
  void add_release_listener(ReleaseListener listener) override { listeners_.push_back(std::move(listener)); }

  std::vector<Kind> kinds() override {
    std::vector<Kind> all;
    for (const auto& [word, kind] : kinds_) all.push_back(kind);
    return all;
  }

  // ---- reading ----

  std::vector<Summary> list(const std::optional<std::string>& kind) override {
    return database_->read([&](Session& session) {
      const auto users = used_by(session);
      std::vector<Summary> summaries;
      for (const auto& stored : all_definitions(session, kind)) summaries.push_back(summarise(stored, users));
      return summaries;
    });
  }

  Result<Definition> get(const Name& name) override {
    return database_->read([&](Session& session) { return read(session, name); });
  }

  std::vector<Version> versions(const Name& name) override {
    return database_->read([&](Session& session) { return versions_of(session, name); });
  }

  Result<Version> version(const Name& name, std::int64_t version) override {
    const auto found = database_->read([&](Session& session) { return find_version(session, name, version); });
    if (!found) return Error::not_found({"There is no such version.", "指定された版はありません。"});
    return *found;
  }

  Result<std::vector<Difference>> compare(const Name& name, std::int64_t before, std::int64_t after) override {
    return database_->read([&](Session& session) -> Result<std::vector<Difference>> {
      BANSO_TRY_ASSIGN(const auto old_body, body_at(session, name, before));
      BANSO_TRY_ASSIGN(const auto new_body, body_at(session, name, after));
      return differences(old_body, new_body);
    });
  }

  Set published(std::span<const std::string> kinds) override {
    return database_->read([&](Session& session) { return published_set(session, kinds, std::nullopt); });
  }
  Set published_at(std::span<const std::string> kinds, std::int64_t release) override {
    return database_->read([&](Session& session) { return published_set(session, kinds, release); });
  }
  std::vector<Release> releases(std::span<const std::string> kinds, int limit) override {
    return database_->read([&](Session& session) { return releases_of(session, kinds, limit); });
  }

  // ---- writing ----

  Result<Definition> put_draft(const Caller& caller, const Name& name, const std::string& body,
                               const std::string& why) override {
    BANSO_TRY(require_leader(caller));
    BANSO_TRY_ASSIGN(const Kind* kind, kind_of(name));
    return database_->write([&](Session& session) -> Result<Definition> {
      BANSO_TRY_ASSIGN(const auto canonical, check_draft(session, *kind, name, body));
      store_draft(session, name, canonical, why, caller);
      return read(session, name);
    });
  }

  Result<> discard_draft(const Caller& caller, const Name& name) override {
    BANSO_TRY(require_leader(caller));
    return database_->write([&](Session& session) -> Result<> {
      const auto stored = find_definition(session, name);
      if (!stored || !stored->draft) return no_draft();
      remove_draft(session, name);
      return {};
    });
  }

  Result<Definition> publish(const Caller& caller, const Name& name, const std::string& why) override {
    BANSO_TRY(require_leader(caller));
    const auto draft = database_->read([&](Session& session) { return find_definition(session, name); });
    if (!draft || !draft->draft) return no_draft();
    BANSO_TRY(publish_all(caller, {{name, *draft->draft}}, {why, why}));
    // Where the draft equalled what is published, there is no version to make and nothing left to decide.
    database_->write([&](Session& session) { remove_draft(session, name); });
    return get(name);
  }

  Result<std::int64_t> publish_all(const Caller& caller, const Bodies& bodies, const core::Text& why) override {
    BANSO_TRY(require_leader(caller));
    for (const auto& [name, body] : bodies) BANSO_TRY(kind_of(name));
    std::vector<Name> touched;
    auto release = database_->write([&](Session& session) -> Result<std::int64_t> {
      platform::records::take_turn(session, platform::records::turn_of_releases);
      BANSO_TRY_ASSIGN(const auto checked, check_together(session, bodies));
      const auto before = published_set(session, words(), std::nullopt);
      for (const auto& [name, body] : checked) {
        const auto old_body = before.bodies.find(name);
        if (old_body == before.bodies.end() || old_body->second != body) touched.push_back(name);
      }
      if (touched.empty()) return before.release;
      const auto number = add_release(session, caller, why);
      for (const auto& name : touched) add_version(session, name, number, checked.at(name), std::nullopt);
      return number;
    });
    if (release && !touched.empty()) tell(caller, *release, why, touched);
    return release;
  }

  Result<Definition> roll_back(const Caller& caller, const Name& name, std::int64_t version,
                               const std::string& why) override {
    BANSO_TRY(require_leader(caller));
    BANSO_TRY(kind_of(name));
    std::int64_t number = 0;
    auto restored = database_->write([&](Session& session) -> Result<Definition> {
      platform::records::take_turn(session, platform::records::turn_of_releases);
      const auto old_version = find_version(session, name, version);
      if (!old_version || !old_version->body) {
        return Error::not_found({"There is no such version to go back to.", "戻し先の版がありません。"});
      }
      BANSO_TRY_ASSIGN(const auto checked, check_together(session, {{name, *old_version->body}}));
      number = add_release(session, caller, {why, why});
      add_version(session, name, number, checked.at(name), version);
      return read(session, name);
    });
    if (restored) tell(caller, number, {why, why}, {name});
    return restored;
  }

  Result<> retire(const Caller& caller, const Name& name, const std::string& why) override {
    BANSO_TRY(require_leader(caller));
    std::int64_t number = 0;
    auto retired = database_->write([&](Session& session) -> Result<> {
      platform::records::take_turn(session, platform::records::turn_of_releases);
      const auto stored = find_definition(session, name);
      if (!stored || !stored->body) return not_found();
      const auto users = used_by(session)[name];
      if (!users.empty()) {
        return Error::conflict({"It is used by " + names_in_words(users) + ". Take it out of there first.",
                                names_in_words(users) + " で使われています。先にそちらから外してください。"});
      }
      number = add_release(session, caller, {why, why});
      add_version(session, name, number, std::nullopt, std::nullopt);
      return {};
    });
    if (retired) tell(caller, number, {why, why}, {name});
    return retired;
  }

  // ---- as text ----

  std::string export_text(const std::optional<std::string>& kind) override {
    json::array items;
    for (const auto& stored : database_->read([&](Session& session) { return all_definitions(session, kind); })) {
      if (!stored.body) continue;
      items.push_back(json::object{{"kind", stored.name.kind},
                                   {"key", stored.name.key},
                                   {"version", stored.version},
                                   {"body", boost::json::parse(*stored.body)}});
    }
    return indented(json::object{{"definitions", std::move(items)}}) + "\n";
  }

  Result<std::int64_t> import_text(const Caller& caller, std::string_view text, bool publish_now,
                                   const core::Text& why) override {
    BANSO_TRY(require_leader(caller));
    BANSO_TRY_ASSIGN(const auto bodies, read_document(text));
    const Bodies changed = without_equal(bodies);
    if (publish_now) {
      BANSO_TRY(publish_all(caller, bodies, why));
    } else {
      BANSO_TRY(database_->write([&](Session& session) -> Result<> {
        BANSO_TRY_ASSIGN(const auto checked, check_together(session, bodies));
        for (const auto& [name, body] : changed) store_draft(session, name, checked.at(name), why.en, caller);
        return {};
      }));
    }
    return static_cast<std::int64_t>(changed.size());
  }

  // ---- views ----

  std::vector<View> views(const Caller& caller) override {
    return database_->read([&](Session& session) { return views_for(session, caller.user); });
  }

  Result<View> save_view(const Caller& caller, const View& view) override {
    if (view.name.empty() || view.name.size() > 200) {
      return Error::invalid_field(
          "name", {"Give the view a name of up to 200 characters.", "200文字以内の名前を付けてください。"});
    }
    if (view.query.size() > view_limit_bytes) {
      return Error::too_large({"The view is larger than 32 KiB.", "ビューが32KiBを超えています。"});
    }
    if (view.is_team && !caller.at_least(core::Role::csm)) {
      return Error::forbidden(
          {"Sharing a view with the team needs the role of CSM.", "チームとの共有にはCSM以上の権限が必要です。"});
    }
    View stored = view;
    stored.owner = caller.user;
    return database_->write([&](Session& session) -> Result<View> {
      if (view.id != 0) {
        BANSO_TRY_ASSIGN(const auto existing, changeable_view(session, caller, view.id));
        stored.owner = existing.owner;
      } else {
        stored.id = platform::records::new_id();
      }
      store_view(session, stored);
      return stored;
    });
  }

  Result<> delete_view(const Caller& caller, std::int64_t id) override {
    return database_->write([&](Session& session) -> Result<> {
      BANSO_TRY(changeable_view(session, caller, id));
      remove_view(session, id);
      return {};
    });
  }

 private:
  static Error no_draft() { return Error::not_found({"There is no draft.", "下書きはありません。"}); }

  std::vector<std::string> words() const {
    std::vector<std::string> all;
    for (const auto& [word, kind] : kinds_) all.push_back(word);
    return all;
  }

  Result<const Kind*> kind_of(const Name& name) const {
    BANSO_TRY(check_key(name.key));
    const auto found = kinds_.find(name.kind);
    if (found == kinds_.end()) {
      return Error::not_found({"There is no kind of definition called " + name.kind + ".",
                               "「" + name.kind + "」という種類の定義はありません。"});
    }
    return &found->second;
  }

  std::map<Name, std::vector<Name>> used_by(Session& session) const {
    std::map<Name, std::vector<Name>> users;
    for (const auto& [name, body] : published_set(session, words(), std::nullopt).bodies) {
      for (const auto& used : kinds_.at(name.kind).uses(body)) {
        auto& list = users[used];
        if (list.empty() || list.back() != name) list.push_back(name);
      }
    }
    return users;
  }

  Summary summarise(const StoredDefinition& stored, const std::map<Name, std::vector<Name>>& users) const {
    Summary summary;
    summary.name = stored.name;
    summary.version = stored.version;
    summary.has_draft = stored.draft.has_value();
    summary.retired = stored.version != 0 && !stored.body;
    summary.updated_at = stored.draft_at ? *stored.draft_at : stored.published_at.value_or(core::Instant{});
    summary.updated_by = stored.draft_at ? stored.draft_author : stored.published_by;
    const auto& body = stored.body ? stored.body : stored.draft;
    const auto kind = kinds_.find(stored.name.kind);
    if (body && kind != kinds_.end()) {
      summary.title = kind->second.title(*body);
    } else {
      summary.title = {stored.name.key, stored.name.key};
    }
    if (const auto found = users.find(stored.name); found != users.end()) summary.used_by = found->second;
    return summary;
  }

  Result<Definition> read(Session& session, const Name& name) const {
    const auto stored = find_definition(session, name);
    if (!stored) return not_found();
    return Definition{summarise(*stored, used_by(session)), stored->body, stored->draft, stored->draft_why};
  }

  Result<json::value> body_at(Session& session, const Name& name, std::int64_t version) const {
    std::optional<std::string> body;
    if (version == 0) {
      const auto stored = find_definition(session, name);
      if (!stored) return not_found();
      body = stored->draft ? stored->draft : stored->body;
    } else {
      const auto found = find_version(session, name, version);
      if (!found) return not_found();
      body = found->body;
    }
    return body ? boost::json::parse(*body) : json::value(json::object{});
  }

  // A draft may rest on drafts that were never published, but other people's unfinished drafts must not get in its way:
  // only those it needs are laid over what is published.
  Result<std::string> check_draft(Session& session, const Kind& kind, const Name& name, const std::string& body) const {
    if (body.size() > body_limit_bytes) {
      return Error::too_large({"A definition may have at most 256 KiB.", "定義は256KiBまでです。"});
    }
    BANSO_TRY(json::parse_object(body));
    Bodies others = published_set(session, kind.checked_with, std::nullopt).bodies;
    others[name] = body;
    std::set<Name> visited{name};
    std::vector<Name> open = kind.uses(body);
    while (!open.empty()) {
      const Name next = open.back();
      open.pop_back();
      if (!visited.insert(next).second || others.contains(next)) continue;
      const auto stored = find_definition(session, next);
      if (!stored || !stored->draft) continue;
      others[next] = *stored->draft;
      for (const auto& used : kinds_.at(next.kind).uses(*stored->draft)) open.push_back(used);
    }
    return kind.check(name, others);
  }

  Result<Bodies> check_together(Session& session, const Bodies& bodies) const {
    Bodies checked;
    for (const auto& [name, body] : bodies) {
      if (body.size() > body_limit_bytes) {
        return Error::too_large({"A definition may have at most 256 KiB.", "定義は256KiBまでです。"});
      }
      const Kind& kind = kinds_.at(name.kind);
      Bodies others = published_set(session, kind.checked_with, std::nullopt).bodies;
      for (const auto& [other, other_body] : bodies) others[other] = other_body;
      auto canonical = kind.check(name, others);
      if (!canonical) {
        Error error = std::move(canonical).error();
        if (bodies.size() > 1) {
          for (auto& field : error.fields) field.field = name.kind + "." + name.key + "." + field.field;
        }
        return error;
      }
      checked[name] = std::move(*canonical);
    }
    return checked;
  }

  Result<Bodies> read_document(std::string_view text) const {
    BANSO_TRY_ASSIGN(const auto document, json::parse_object(text));
    json::Fields fields(document);
    Bodies bodies;
    const auto* list = fields.list("definitions");
    if (!list && fields.ok()) {
      fields.fail("definitions", {"Give a list of definitions, as the export writes it.",
                                  "エクスポートと同じ形の定義の一覧を指定してください。"});
    }
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto* item = (*list)[i].if_object();
      const auto* kind = item ? item->if_contains("kind") : nullptr;
      const auto* key = item ? item->if_contains("key") : nullptr;
      const auto* body = item ? item->if_contains("body") : nullptr;
      const bool whole = kind && kind->is_string() && key && key->is_string() && body && body->is_object();
      if (!whole) {
        fields.fail(fmt::format("definitions[{}]", i),
                    {"Each needs a kind, a key and a body.", "それぞれに kind、key、body が必要です。"});
        continue;
      }
      const Name name{std::string(kind->as_string()), std::string(key->as_string())};
      if (const auto known = kind_of(name); !known) {
        fields.fail(fmt::format("definitions[{}]", i), known.error().message);
        continue;
      }
      bodies[name] = json::serialize(*body);
    }
    BANSO_TRY(fields.finish());
    return bodies;
  }

  Bodies without_equal(const Bodies& bodies) {
    const auto before = published(words()).bodies;
    Bodies changed;
    for (const auto& [name, body] : bodies) {
      const auto found = before.find(name);
      if (found == before.end() || boost::json::parse(found->second) != boost::json::parse(body)) changed[name] = body;
    }
    return changed;
  }

  static Result<View> changeable_view(Session& session, const Caller& caller, std::int64_t id) {
    const auto view = find_view(session, id);
    const bool visible = view && (view->is_team || view->owner == caller.user);
    if (!visible) return Error::not_found({"There is no such view.", "指定されたビューはありません。"});
    if (view->owner != caller.user && !caller.at_least(core::Role::leader)) {
      return Error::forbidden({"Only its owner or a leader may change this view.",
                               "このビューを変更できるのは作成者とリーダー以上のみです。"});
    }
    return *view;
  }

  void tell(const Caller& caller, std::int64_t number, const core::Text& why, std::vector<Name> names) const {
    const Release release{number, caller.name, why, core::now(), std::move(names)};
    for (const auto& listener : listeners_) listener(release);
  }

  std::shared_ptr<platform::records::Database> database_;
  std::map<std::string, Kind> kinds_;
  std::vector<ReleaseListener> listeners_;
};

}  // namespace

std::shared_ptr<Service> Service::make(std::shared_ptr<platform::records::Database> database) {
  return std::make_shared<StoredDefinitions>(std::move(database));
}

}  // namespace banso::definitions
