// Reading facts in bulk. `offset_minutes` is that of the workspace's clock; see customers.hpp for what is visited.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "modules/customers/customers.hpp"
#include "rows.hpp"

namespace banso::customers {

// Names of users, each asked for once.
class UserNames {
 public:
  explicit UserNames(const Surroundings& surroundings) : surroundings_(surroundings) {}
  // The user's name; `otherwise` for no user.
  const std::string& shown(core::UserId user, const std::string& otherwise) const;

 private:
  const Surroundings& surroundings_;
  mutable std::unordered_map<std::int64_t, std::string> names_;
};

void each_account(Session& session, const Selection& selection, int offset_minutes, const UserNames& user_names,
                  const std::function<void(const AccountFact&)>& visit);
void each_contact(Session& session, const Selection& selection, int offset_minutes,
                  const std::function<void(const ContactFact&)>& visit);
void each_ticket(Session& session, const Selection& selection, int offset_minutes,
                 const std::function<void(const TicketFact&)>& visit);
void each_interaction(Session& session, const Selection& selection, int offset_minutes,
                      const std::function<void(const InteractionFact&)>& visit);
void each_survey_answer(Session& session, const Selection& selection, int offset_minutes,
                        const std::function<void(const SurveyFact&)>& visit);
void each_attendance(Session& session, const Selection& selection, int offset_minutes,
                     const std::function<void(const AttendanceFact&)>& visit);
std::vector<std::pair<core::AccountId, core::UserId>> read_owners(Session& session, const Selection& selection);
void each_book_row(Session& session, const Selection& selection, const UserNames& user_names,
                   const std::function<void(const BookRow&)>& visit);

}  // namespace banso::customers
