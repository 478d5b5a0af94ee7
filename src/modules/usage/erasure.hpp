// What is known of a person besides their events, and how it goes when they are to be forgotten.
//
// Threading: no state; failures of the databases are exceptions.
#pragma once

#include <set>
#include <string>

#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"

namespace banso::usage {

// The sources that know the person under this account: by events that are still stored, or by what is filed. Reads the
// rows of the account.
std::set<core::SourceId> sources_of_person(platform::events::EventStore& events, platform::records::Database& records,
                                           core::AccountId account, const std::string& person_key);

// Removes, in one transaction, what is filed under the account, and what these sources said of the person and of the
// keys that lead to them: aliases, group calls, e-mail address and name, assignments by hand, calls in the quarantine.
// (A person who acts for another account as well is learned of anew when they are spoken of the next time.)
void erase_traces_of_person(platform::records::Database& records, const std::set<core::SourceId>& sources,
                            core::AccountId account, const std::string& person_key);

}  // namespace banso::usage
