// Enumerations as words, for storage and the API; see platform/versioned/fields.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/customers/customers.hpp"

namespace banso::customers {

bool from_word(std::string_view word, AttributeType& type);
std::string_view to_word(Consent consent);
bool from_word(std::string_view word, Consent& consent);
std::string_view to_word(TicketStatus status);
bool from_word(std::string_view word, TicketStatus& status);
std::string_view to_word(TicketPriority priority);
bool from_word(std::string_view word, TicketPriority& priority);
std::string_view to_word(InteractionKind kind);
bool from_word(std::string_view word, InteractionKind& kind);
std::string_view to_word(SurveyKind kind);
bool from_word(std::string_view word, SurveyKind& kind);
std::string_view to_word(AttendanceKind kind);
bool from_word(std::string_view word, AttendanceKind& kind);

std::vector<std::string> role_list(ContactRoles roles);
ContactRoles role_bits(const std::vector<std::string>& list);

}  // namespace banso::customers
