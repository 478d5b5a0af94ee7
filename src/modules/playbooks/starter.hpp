// What begins runs by itself: calls, segments, schedules, changes. Internal to the module.
#pragma once

#include "runner.hpp"

namespace banso::playbooks {

// Threading: schedules() and changes() from one thread; the rest from any.
class Starter {
 public:
  Starter(Context& context, Runner& runner) : context_(context), runner_(runner) {}

  void membership_changed(std::span<const segments::MembershipChange> changes);
  // A call that names a playbook was opened.
  void call_opened(std::int64_t call_id, core::AccountId account, const std::string& playbook, const core::Text& title);
  // Its runs have nothing to do any more.
  void call_closed(std::int64_t call_id, const core::Text& outcome);

  // Occurrences that came since the last look, the newest of each playbook; what a crash cut short is taken up again.
  // Returns how many runs began.
  std::int64_t schedules();
  // Accounts whose field took the value that a playbook waits for. `changed`: these rows of the book alone.
  std::int64_t changes(const Conditions& conditions, std::optional<std::span<const std::uint32_t>> changed);

 private:
  std::int64_t occur(const Published& playbook, core::Day day);
  std::int64_t compare_all(const Published& playbook, const std::string& condition, const Conditions& conditions);
  std::int64_t enter(const Published& playbook, std::span<const core::AccountId> accounts,
                     const Conditions& conditions);

  Context& context_;
  Runner& runner_;
  std::map<std::string, std::vector<core::AccountId>> members_;  // of what is watched, ascending
};

}  // namespace banso::playbooks
