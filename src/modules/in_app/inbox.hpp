// What one user is to see now. Internal to the module.
#pragma once

#include <mutex>

#include "message.hpp"
#include "store.hpp"

namespace banso::in_app {

struct ShownItem {
  const Item* item = nullptr;
  bool is_done = false;
  bool is_by_itself = false;  // a condition decides; the user cannot tick it
};

struct Shown {
  const CompiledMessage* message = nullptr;
  std::vector<ShownItem> items;
};

// Threading: may be shared.
class Inbox {
 public:
  Inbox(const Dependencies& from, Store& store) : from_(from), store_(store) {}

  using MessagesPtr = std::shared_ptr<const std::vector<CompiledMessage>>;
  // The published messages, lowest rank first; read again where something newer is published.
  MessagesPtr messages();

  // At most three: those whose audience the account is in, on their days, and that the user neither dismissed nor
  // finished. `keep` holds what they point to.
  std::vector<Shown> shown_to(const User& user, MessagesPtr& keep);
  // Ticks an item, or takes the tick away; a checklist all of whose items are done is finished.
  core::Result<> tick(const User& user, const std::string& message, const std::string& item, bool is_done);

 private:
  const Dependencies& from_;
  Store& store_;
  std::mutex mutex_;
  std::int64_t release_ = -1;
  std::shared_ptr<const engine::FieldCatalogue> fields_;
  MessagesPtr messages_;
};

}  // namespace banso::in_app
