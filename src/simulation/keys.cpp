#include "simulation.hpp"

namespace banso::simulation {

const char* key(Phase phase) {
  static constexpr const char* names[] = {"onboarding", "adoption", "optimisation", "offboarding", "churned"};
  return names[static_cast<int>(phase)];
}

const char* key(ContactRole role) {
  static constexpr const char* names[] = {"champion", "executive_sponsor", "decision_maker", "admin", "user"};
  return names[static_cast<int>(role)];
}

const char* key(TicketPriority priority) {
  static constexpr const char* names[] = {"low", "normal", "high", "urgent"};
  return names[static_cast<int>(priority)];
}

const char* key(TicketStatus status) {
  static constexpr const char* names[] = {"open", "pending", "closed"};
  return names[static_cast<int>(status)];
}

const char* key(InteractionKind kind) {
  static constexpr const char* names[] = {"meeting", "call", "mail", "note"};
  return names[static_cast<int>(kind)];
}

const char* key(SurveyKind kind) {
  return kind == SurveyKind::nps ? "nps" : "csat";
}

const char* key(AttendanceKind kind) {
  static constexpr const char* names[] = {"webinar", "event", "e_learning"};
  return names[static_cast<int>(kind)];
}

const char* key(Archetype archetype) {
  static constexpr const char* names[] = {"thriving",       "steady",        "outgrowing",        "quiet_loyal",
                                          "silent_decline", "champion_loss", "stalled_onboarding"};
  return names[static_cast<int>(archetype)];
}

const char* key(RenewalResult result) {
  static constexpr const char* names[] = {"renewed", "expanded", "contracted", "churned"};
  return names[static_cast<int>(result)];
}

const char* key(OutcomeReason reason) {
  static constexpr const char* names[] = {"none",          "low_value",  "poor_service", "champion_gone",
                                          "never_started", "budget_cut", "merger",       "growth"};
  return names[static_cast<int>(reason)];
}

}  // namespace banso::simulation
