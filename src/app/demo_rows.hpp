// From simulated rows to the inputs of the modules, one function a kind of record. Pure.
#pragma once

#include <vector>

#include "modules/customers/customers.hpp"
#include "modules/revenue/revenue.hpp"
#include "simulation/simulation.hpp"

namespace banso::app::demo_rows {

// Each state a record went through is a row of its own, oldest first, with the time since when it was known.
void add_account(const simulation::AccountHistory& history, std::vector<customers::AccountInput>& rows);
void add_contacts(const simulation::AccountHistory& history, std::vector<customers::ContactInput>& rows);
void add_colleagues(const simulation::AccountHistory& history, std::vector<customers::ContactInput>& rows);
void add_subscriptions(const simulation::AccountHistory& history, std::vector<revenue::SubscriptionInput>& rows);
void add_tickets(const simulation::AccountHistory& history, std::vector<customers::TicketInput>& rows);
void add_interactions(const simulation::AccountHistory& history, std::vector<customers::InteractionInput>& rows);
void add_survey_answers(const simulation::AccountHistory& history, std::vector<customers::SurveyAnswerInput>& rows);
void add_attendance(const simulation::AccountHistory& history, std::vector<customers::AttendanceInput>& rows);

std::vector<customers::AttributeDefinition> attributes();

}  // namespace banso::app::demo_rows
