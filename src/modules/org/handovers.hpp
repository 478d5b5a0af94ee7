// Handovers: accounts that go from one person to another, with a checklist and everything that was done. Internal.
#pragma once

#include "store.hpp"

namespace banso::org {

struct HandoverItem {
  std::int64_t id = 0;
  core::Text title;
  std::optional<core::Instant> done_at;
  core::UserId done_by;
};
struct HandedAccount {
  core::AccountId account;
  std::optional<core::Instant> introduced_at;  // the customer knows the new person
  std::string note;
};
struct HandoverEvent {
  core::Instant at;
  std::string actor_name;
  core::Text what;
};
struct HandoverDetails {
  Handover handover;
  bool has_moved = false;
  core::Instant created_at;
  std::optional<core::Instant> closed_at;
  std::vector<HandoverItem> items;
  std::vector<HandedAccount> accounts;
  std::vector<HandoverEvent> events;  // newest first
};
struct HandoverLine {
  Handover handover;  // without its accounts
  std::int64_t accounts = 0, items = 0, items_done = 0;
  core::Instant created_at;
  std::optional<core::Instant> closed_at;
};
struct HandoverQuery {
  std::optional<HandoverState> state;
  std::optional<core::UserId> user;
  std::optional<core::AccountId> account;
};

std::string_view word_of(HandoverState state);
std::optional<HandoverState> handover_state_from(std::string_view word);
const std::vector<core::Text>& usual_checklist();

// Threading: any thread. Roles and accounts are checked by the service.
class Handovers {
 public:
  explicit Handovers(records::Database& database) : database_(database) {}

  std::int64_t begin(const NewHandover& handover, const core::Caller& caller, core::Instant at);
  std::optional<HandoverDetails> find(std::int64_t id);
  core::Page<HandoverLine> list(const HandoverQuery& query, core::PageRequest page);

  // False: it is not there, or the handover is not open.
  bool tick(std::int64_t id, std::int64_t item, bool is_done, const core::Caller& caller, core::Instant at);
  bool note(std::int64_t id, core::AccountId account, std::optional<bool> is_introduced,
            const std::optional<std::string>& note, const core::Caller& caller, core::Instant at);
  // False: it is not open any more.
  bool close(std::int64_t id, HandoverState state, const core::Caller& caller, core::Instant at);
  void set_moved(std::int64_t id, const core::Caller& caller, core::Instant at);

  std::vector<std::int64_t> untold();
  // Unless it has gone on to another state meanwhile.
  void mark_told(std::int64_t id, HandoverState state);

 private:
  records::Database& database_;
};

}  // namespace banso::org
