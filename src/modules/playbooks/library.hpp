// Playbooks as they are published, and every version that a run is pinned to, parsed once. Internal to the module.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/workflow/playbook.hpp"
#include "playbooks.hpp"

namespace banso::playbooks {

using PlaybookPtr = std::shared_ptr<const engine::workflow::Playbook>;

struct Published {
  std::string key;
  std::int64_t version = 0;
  core::Instant published_at;
  PlaybookPtr playbook;
};

// Threading: may be shared.
class Library {
 public:
  explicit Library(std::shared_ptr<definitions::Service> definitions) : definitions_(std::move(definitions)) {}

  // Another node may have published, unheard: asks for the newest release. True where something is new.
  bool refresh();
  std::shared_ptr<const std::map<std::string, Published>> published();
  std::optional<Published> find(const std::string& key);
  // Null where there is no such version.
  PlaybookPtr version(const std::string& key, std::int64_t version);

 private:
  const std::shared_ptr<definitions::Service> definitions_;
  std::mutex mutex_;
  std::int64_t release_ = -1;
  std::shared_ptr<const std::map<std::string, Published>> published_ =
      std::make_shared<std::map<std::string, Published>>();
  std::map<std::pair<std::string, std::int64_t>, PlaybookPtr> versions_;
};

}  // namespace banso::playbooks
