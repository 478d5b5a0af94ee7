#include "user_directory.hpp"

namespace banso::app {
namespace {

constexpr std::int64_t fresh_microseconds = core::microseconds_per_second;

}  // namespace

std::shared_ptr<const UserDirectory::Names> UserDirectory::names() {
  const std::lock_guard lock(mutex_);
  const core::Instant now = core::now();
  if (names_ && now.microseconds - names_->read_at.microseconds < fresh_microseconds) return names_;
  auto read = std::make_shared<Names>();
  read->read_at = now;
  for (const auto& user : identity_->users()) {
    read->by_id[user.id] = user.name;
    if (!user.disabled) read->active.insert(user.id);
    const auto [place, is_new] = read->by_word.emplace(user.name, user.id);
    if (!is_new) place->second = {};
  }
  for (const auto& user : identity_->users()) read->by_word[user.email] = user.id;
  return names_ = read;
}

std::optional<std::string> UserDirectory::name_of(core::UserId id) {
  const auto known = names();
  const auto found = known->by_id.find(id);
  return found == known->by_id.end() ? std::nullopt : std::optional(found->second);
}

bool UserDirectory::is_active(core::UserId id) {
  return names()->active.contains(id);
}

std::optional<core::UserId> UserDirectory::find(std::string_view email_or_name) {
  const auto known = names();
  const auto found = known->by_word.find(std::string(email_or_name));
  return found == known->by_word.end() || !found->second ? std::nullopt : std::optional(found->second);
}

}  // namespace banso::app
