#include "library.hpp"

#include "engine/workflow/playbook_json.hpp"

namespace banso::playbooks {
namespace {

const std::vector<std::string> kinds{std::string(playbook_kind)};

}  // namespace

bool Library::refresh() {
  const auto newest = definitions_->releases(kinds, 1);
  const std::int64_t release = newest.empty() ? 0 : newest.front().number;
  {
    const std::lock_guard lock(mutex_);
    if (release == release_) return false;
  }
  auto published = std::make_shared<std::map<std::string, Published>>();
  for (const auto& summary : definitions_->list(std::string(playbook_kind))) {
    if (summary.version == 0 || summary.retired) continue;
    const auto body = definitions_->version(summary.name, summary.version);
    if (!body || !body->body) continue;
    (*published)[summary.name.key] = {summary.name.key, summary.version, body->published_at,
                                      version(summary.name.key, summary.version)};
  }
  const std::lock_guard lock(mutex_);
  release_ = release;
  published_ = std::move(published);
  return true;
}

std::shared_ptr<const std::map<std::string, Published>> Library::published() {
  const std::lock_guard lock(mutex_);
  return published_;
}

std::optional<Published> Library::find(const std::string& key) {
  const auto all = published();
  const auto found = all->find(key);
  return found == all->end() ? std::nullopt : std::optional(found->second);
}

PlaybookPtr Library::version(const std::string& key, std::int64_t version) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = versions_.find({key, version}); found != versions_.end()) return found->second;
  }
  const auto body = definitions_->version({std::string(playbook_kind), key}, version);
  if (!body || !body->body) return nullptr;
  auto parsed = std::make_shared<const engine::workflow::Playbook>(engine::workflow::read_checked(*body->body));
  const std::lock_guard lock(mutex_);
  return versions_[{key, version}] = std::move(parsed);
}

}  // namespace banso::playbooks
