// What identify, group and alias calls teach: who a person is, which account they act for, which keys are one person.
// Learning something new corrects the events that are stored already, so that the order of arrival does not matter.
#pragma once

#include <memory>
#include <string>

#include "intake_parser.hpp"
#include "matcher.hpp"
#include "platform/events/event_store.hpp"

namespace banso::usage {

class Knowledge {
 public:
  Knowledge(std::shared_ptr<platform::records::Database> records, std::shared_ptr<platform::events::EventStore> events,
            std::shared_ptr<AccountDirectory> accounts)
      : records_(std::move(records)), events_(std::move(events)), accounts_(std::move(accounts)) {}

  // Whether learn() could do anything with it.
  static bool teaches(const Call& call);
  void learn(core::SourceId source, const Call& call, core::Instant occurred_at);

  // Both return how many events found their account.
  std::int64_t rematch_unmatched();
  std::int64_t assign_group(core::SourceId source, const std::string& group_key, core::AccountId account,
                            core::UserId by);

  Matcher matcher() { return Matcher(*records_, *accounts_); }

 private:
  void learn_person(core::SourceId source, const Call& call, core::Instant occurred_at);
  void learn_group(core::SourceId source, const Call& call, core::Instant occurred_at);
  void learn_alias(core::SourceId source, const std::string& from_key, const std::string& to_key, core::Instant since);
  std::int64_t rematch_person(core::SourceId source, const std::string& person_key);
  std::int64_t rematch_group(core::SourceId source, const std::string& group_key);
  void place_person(core::SourceId source, const std::string& person_key);

  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<platform::events::EventStore> events_;
  std::shared_ptr<AccountDirectory> accounts_;
};

}  // namespace banso::usage
