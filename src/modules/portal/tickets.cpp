#include "tickets.hpp"

#include <algorithm>

namespace banso::portal {
namespace {

namespace json = platform::json;

constexpr std::size_t most_tickets = 200;

std::string_view word_of(customers::TicketPriority priority) {
  constexpr std::string_view words[] = {"low", "normal", "high", "urgent"};
  return words[static_cast<std::size_t>(priority)];
}

}  // namespace

json::object render_tickets(customers::Service& customers, core::AccountId account,
                            std::optional<core::ContactId> requester) {
  std::vector<customers::TicketFact> tickets;
  customers.each_ticket(customers::Selection::of({account}), [&](const customers::TicketFact& fact) {
    const bool is_shown = !requester || fact.requester == *requester;
    if (is_shown && fact.known.until == customers::KnownSpan::still) tickets.push_back(fact);
  });
  const auto is_open = [](const customers::TicketFact& ticket) {
    return ticket.status != customers::TicketStatus::closed;
  };
  std::sort(tickets.begin(), tickets.end(), [&](const auto& left, const auto& right) {
    if (is_open(left) != is_open(right)) return is_open(left);
    const auto day = [&](const customers::TicketFact& ticket) { return ticket.closed_day.value_or(ticket.opened_day); };
    return day(left) > day(right);
  });
  const auto open = std::count_if(tickets.begin(), tickets.end(), is_open);
  if (tickets.size() > most_tickets) tickets.resize(most_tickets);
  json::array items;
  for (const auto& ticket : tickets) {
    items.push_back(json::object{{"number", ticket.external_id},
                                 {"subject", ticket.subject},
                                 {"is_open", is_open(ticket)},
                                 {"priority", word_of(ticket.priority)},
                                 {"opened_on", json::from(ticket.opened_day)},
                                 {"closed_on", json::from(ticket.closed_day)}});
  }
  return {{"items", std::move(items)}, {"open", open}, {"of_company", !requester}};
}

}  // namespace banso::portal
