// What the parts of the module share: its surroundings, its settings and keys, published bodies. Internal.
#pragma once

#include <mutex>

#include "bodies.hpp"
#include "people_store.hpp"
#include "settings.hpp"
#include "tokens.hpp"

namespace banso::outreach {

// How the mail servers were of late, as this node saw them.
struct ServerState {
  std::optional<core::Instant> last_success_at, last_failure_at;
  core::Text failure;
};

// Threading: may be shared.
class Context {
 public:
  explicit Context(Dependencies dependencies);

  const Dependencies from;

  core::Instant now() const { return from.surroundings.now(); }
  core::Day today() const;  // on the workspace's clock
  Settings settings() const;
  void set_settings(const Settings& settings, const std::string& by);
  const Tokens& tokens() const { return tokens_; }
  bool has_links() const { return !from.public_url.empty(); }
  std::string link(std::string_view path, TokenUse use, const Token& token) const;

  struct Body {
    std::int64_t version = 0;
    std::string text;
  };
  // `version` 0: as published.
  core::Result<Body> body(std::string_view kind, const std::string& key, std::int64_t version) const;
  core::Text name_of(std::string_view kind, const std::string& key) const;
  std::vector<std::string> surveys_of_kind(customers::SurveyKind kind) const;  // keys, published

  std::string user_name(core::UserId user) const;
  std::optional<Surroundings::Sender> sender(core::UserId user) const;

  void note_smtp(const std::optional<core::Text>& failure);
  void note_inbox(const std::optional<core::Text>& failure);
  ServerState smtp() const;
  ServerState inbox() const;

 private:
  static std::string read_key(const Dependencies& from);
  void note(ServerState& state, const std::optional<core::Text>& failure);

  Tokens tokens_;
  mutable std::mutex mutex_;
  ServerState smtp_, inbox_;
};

}  // namespace banso::outreach
