// The words that people write for a choice, in both languages.
#pragma once

#include <optional>
#include <string_view>

#include "modules/customers/customers.hpp"

namespace banso::integrations {

std::optional<customers::TicketStatus> ticket_status_from(std::string_view word);
std::optional<customers::TicketPriority> ticket_priority_from(std::string_view word);
std::optional<customers::InteractionKind> interaction_kind_from(std::string_view word);
std::optional<customers::SurveyKind> survey_kind_from(std::string_view word);
std::optional<customers::AttendanceKind> attendance_kind_from(std::string_view word);
std::optional<customers::Consent> consent_from(std::string_view word);

}  // namespace banso::integrations
