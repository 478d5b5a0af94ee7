// Everything configured is a definition: measures, scorecards, and later segments, rules, playbooks, templates. This
// module gives all of them drafts, versions, comparison, rollback, author and reason, "used by", and export and import
// as text. What a body means is known to the module that owns the kind; it registers the kind here.
//
//   PUT draft ──► draft ──publish──► version 1, 2, 3 ... (never changed again)
//                                    every publishing, of one or many definitions, is one numbered release
//
// A *set* is all published bodies of some kinds at one moment; its release is the newest release that touched one of
// those kinds, so equal releases mean equal sets. Everything computed from a set keeps its release number.
//
// Threading: a Service is shared by all threads; kinds and listeners are registered before the first use. Errors:
// core::Result. Roles: everyone signed in reads; leader and above draft, publish and roll back.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::definitions {

// Names one definition among all: {"measure", "active_users_28d"}. Keys are [a-z0-9_], at most 64 characters.
struct Name {
  std::string kind;
  std::string key;
  auto operator<=>(const Name&) const = default;
};

// Bodies (JSON objects as text) by name.
using Bodies = std::map<Name, std::string>;

// What a kind's owner tells this module about its bodies.
struct Kind {
  std::string word;  // "measure"
  core::Text name;
  // The body in canonical text (equal definitions, equal text), or every fault in it, fields relative to the body.
  // `others` holds the bodies it will live with, itself included under `name`.
  std::function<core::Result<std::string>(const Name& name, const Bodies& others)> check;
  // What the body needs to exist; "used by" is this turned round.
  std::function<std::vector<Name>(std::string_view body)> uses;
  std::function<core::Text(std::string_view body)> title;
  // The kinds whose bodies check() wants to see, this one included.
  std::vector<std::string> checked_with;
};

// One line of a list.
struct Summary {
  Name name;
  core::Text title;
  std::int64_t version = 0;  // 0: never published
  bool has_draft = false;
  bool retired = false;  // published once, taken out of use since
  core::Instant updated_at;
  std::string updated_by;
  std::vector<Name> used_by;
};

struct Version {
  std::int64_t version = 0;
  std::int64_t release = 0;
  std::optional<std::string> body;               // nothing: this version retired the definition
  std::optional<std::int64_t> restored_version;  // set by a rollback
  core::UserId author;
  std::string author_name;
  core::Text why;
  core::Instant published_at;
};

struct Definition {
  Summary summary;
  std::optional<std::string> body;   // as published
  std::optional<std::string> draft;  // not published yet
  std::string draft_why;
};

// One field that differs between two bodies; an absent side means the field is not there.
struct Difference {
  std::string path;                          // "groups[adoption].measures[0].weight"
  std::optional<std::string> before, after;  // as JSON text
};

struct Set {
  std::int64_t release = 0;  // 0: nothing was ever published
  Bodies bodies;
};

struct Release {
  std::int64_t number = 0;
  std::string author_name;
  core::Text why;
  core::Instant published_at;
  std::vector<Name> names;
};

// Told after a release, on the publishing thread, with the names it touched.
using ReleaseListener = std::function<void(const Release&)>;

// A list's filter, sort, columns and search words under a name. `query` is the list's own JSON object.
struct View {
  std::int64_t id = 0;
  std::string name;
  bool is_team = false;  // everybody sees it; only its owner and leaders change it
  core::UserId owner;
  std::string query;
};

class Service {
 public:
  static std::shared_ptr<Service> make(std::shared_ptr<platform::records::Database> database);
  virtual ~Service() = default;

  virtual void register_kind(Kind kind) = 0;
  virtual void add_release_listener(ReleaseListener listener) = 0;
  virtual std::vector<Kind> kinds() = 0;

  // -- reading
  virtual std::vector<Summary> list(const std::optional<std::string>& kind) = 0;
  virtual core::Result<Definition> get(const Name& name) = 0;
  virtual std::vector<Version> versions(const Name& name) = 0;  // newest first
  virtual core::Result<Version> version(const Name& name, std::int64_t version) = 0;
  // Between two versions; version 0 stands for the draft (or for the published body where there is no draft).
  virtual core::Result<std::vector<Difference>> compare(const Name& name, std::int64_t before, std::int64_t after) = 0;
  // As published now, and as it was at a release.
  virtual Set published(std::span<const std::string> kinds) = 0;
  virtual Set published_at(std::span<const std::string> kinds, std::int64_t release) = 0;
  virtual std::vector<Release> releases(std::span<const std::string> kinds, int limit) = 0;  // newest first

  // -- writing
  virtual core::Result<Definition> put_draft(const core::Caller& caller, const Name& name, const std::string& body,
                                             const std::string& why = {}) = 0;
  virtual core::Result<> discard_draft(const core::Caller& caller, const Name& name) = 0;
  virtual core::Result<Definition> publish(const core::Caller& caller, const Name& name, const std::string& why) = 0;
  // Publishes the bodies as one release; those equal to what is published already are left out. Nothing is written
  // where one of them is refused. Returns the release, or the newest one where nothing differed.
  virtual core::Result<std::int64_t> publish_all(const core::Caller& caller, const Bodies& bodies,
                                                 const core::Text& why) = 0;
  virtual core::Result<Definition> roll_back(const core::Caller& caller, const Name& name, std::int64_t version,
                                             const std::string& why) = 0;
  // Takes it out of use; refused while others use it. Its versions stay readable and can be rolled back to.
  virtual core::Result<> retire(const core::Caller& caller, const Name& name, const std::string& why) = 0;

  // -- as text: one document {"definitions": [{"kind", "key", "version", "body"}]}, indented, in the order of names, so
  // that it can be kept in version control and compared line by line.
  virtual std::string export_text(const std::optional<std::string>& kind) = 0;
  // Reads what export_text() wrote and makes drafts, or publishes them as one release. Returns how many differed.
  virtual core::Result<std::int64_t> import_text(const core::Caller& caller, std::string_view text, bool publish,
                                                 const core::Text& why) = 0;

  // -- saved views of lists
  virtual std::vector<View> views(const core::Caller& caller) = 0;                         // own and the team's
  virtual core::Result<View> save_view(const core::Caller& caller, const View& view) = 0;  // id 0: new
  virtual core::Result<> delete_view(const core::Caller& caller, std::int64_t id) = 0;
};

// /api/definitions..., /api/views
platform::http::Routes routes(std::shared_ptr<Service> service);

std::span<const platform::records::Migration> migrations();

}  // namespace banso::definitions
