// What is needed to act on a call: who is there, what was said last, what else is open.
#include <algorithm>

#include "render.hpp"

namespace banso::work {
namespace {

constexpr std::size_t most_interactions = 10, most_tickets = 10, most_contacts = 50;
constexpr std::int64_t most_other_calls = 10;

std::string_view word_of_kind(customers::InteractionKind kind) {
  static constexpr std::string_view words[] = {"meeting", "call", "mail", "note"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of_priority(customers::TicketPriority priority) {
  static constexpr std::string_view words[] = {"low", "normal", "high", "urgent"};
  return words[static_cast<std::size_t>(priority)];
}

json::array words_of_roles(customers::ContactRoles roles) {
  using enum customers::ContactRole;
  static constexpr std::pair<customers::ContactRole, std::string_view> words[] = {
      {champion, "champion"},
      {executive_sponsor, "executive_sponsor"},
      {decision_maker, "decision_maker"},
      {admin, "admin"},
      {user, "user"}};
  json::array list;
  for (const auto& [role, word] : words) {
    if (roles & static_cast<customers::ContactRoles>(role)) list.emplace_back(word);
  }
  return list;
}

// The newest version of each record that still stands.
template <class Fact, class Key>
void keep_newest(std::map<Key, Fact>& facts, Key key, const Fact& fact) {
  if (fact.known.until == customers::KnownSpan::still) {
    facts[key] = fact;
  } else {
    facts.erase(key);
  }
}

}  // namespace

json::object Renderer::context(const ListedCall& listed) {
  auto& customers = *desk_.from().customers;
  const auto account_id = listed.call.account;
  const auto only = customers::Selection::of({account_id});
  const auto today = ranking_->today();

  std::map<core::ContactId, customers::ContactFact> contacts;
  customers.each_contact(only, [&](const auto& fact) { keep_newest(contacts, fact.contact, fact); });
  std::map<core::InteractionId, customers::InteractionFact> by_id;
  customers.each_interaction(only, [&](const auto& fact) { keep_newest(by_id, fact.interaction, fact); });
  std::map<core::TicketId, customers::TicketFact> tickets;
  customers.each_ticket(only, [&](const auto& fact) { keep_newest(tickets, fact.ticket, fact); });

  std::vector<const customers::InteractionFact*> interactions;
  std::map<core::ContactId, core::Day> last_spoken;
  for (const auto& [id, fact] : by_id) {
    if (fact.day > today) continue;
    interactions.push_back(&fact);
    for (const auto contact : fact.contacts) last_spoken[contact] = std::max(last_spoken[contact], fact.day);
  }
  std::sort(interactions.begin(), interactions.end(), [](const auto* a, const auto* b) {
    return a->day != b->day ? a->day > b->day : a->interaction > b->interaction;
  });
  if (interactions.size() > most_interactions) interactions.resize(most_interactions);

  json::array shown_contacts, shown_interactions, shown_tickets;
  std::vector<const customers::ContactFact*> present;
  for (const auto& [id, fact] : contacts) {
    if (!fact.left_day || *fact.left_day > today) present.push_back(&fact);
  }
  // Who decides comes first, then who was spoken to last.
  std::stable_sort(present.begin(), present.end(), [&](const auto* a, const auto* b) {
    const auto weight = [](const customers::ContactFact& fact) {
      return (fact.roles & ~static_cast<customers::ContactRoles>(customers::ContactRole::user)) != 0;
    };
    if (weight(*a) != weight(*b)) return weight(*a);
    return last_spoken[a->contact] > last_spoken[b->contact];
  });
  if (present.size() > most_contacts) present.resize(most_contacts);
  for (const auto* fact : present) {
    const auto spoken = last_spoken.find(fact->contact);
    const bool is_known = spoken != last_spoken.end() && spoken->second != core::Day{};
    shown_contacts.push_back(json::object{{"id", fact->contact.value},
                                          {"name", fact->name},
                                          {"email", fact->email},
                                          {"title", fact->title},
                                          {"department", fact->department},
                                          {"roles", words_of_roles(fact->roles)},
                                          {"last_interaction_day", is_known ? json::from(spoken->second) : nullptr}});
  }
  for (const auto* fact : interactions) {
    json::array names;
    for (const auto contact : fact->contacts) {
      if (const auto found = contacts.find(contact); found != contacts.end()) names.emplace_back(found->second.name);
    }
    for (const auto& name : fact->other_participants) names.emplace_back(name);
    shown_interactions.push_back(json::object{{"id", fact->interaction.value},
                                              {"kind", word_of_kind(fact->kind)},
                                              {"day", json::from(fact->day)},
                                              {"subject", fact->subject},
                                              {"body", fact->body},
                                              {"author", fact->author},
                                              {"contacts", std::move(names)}});
  }
  std::vector<const customers::TicketFact*> open_tickets;
  for (const auto& [id, fact] : tickets) {
    if (fact.status != customers::TicketStatus::closed && fact.opened_day <= today) open_tickets.push_back(&fact);
  }
  std::sort(open_tickets.begin(), open_tickets.end(),
            [](const auto* a, const auto* b) { return a->opened_day < b->opened_day; });
  if (open_tickets.size() > most_tickets) open_tickets.resize(most_tickets);
  for (const auto* fact : open_tickets) {
    shown_tickets.push_back(json::object{{"id", fact->ticket.value},
                                         {"subject", fact->subject},
                                         {"priority", word_of_priority(fact->priority)},
                                         {"opened_day", json::from(fact->opened_day)}});
  }

  ListQuery others;
  others.account = account_id;
  others.statuses = {CallStatus::open, CallStatus::in_progress, CallStatus::snoozed};
  auto found = list_calls(desk_, others, 0, most_other_calls + 1).items;
  std::erase_if(found, [&](const ListedCall& each) { return each.call.id == listed.call.id; });
  if (found.size() > static_cast<std::size_t>(most_other_calls)) found.resize(most_other_calls);

  json::array responsible;
  for (std::size_t i = 0; i < org::account_role_count; ++i) {
    const auto role = static_cast<org::AccountRole>(i);
    const auto who = desk_.from().org->responsible(account_id, role, today);
    if (!who || !who->user) continue;
    responsible.push_back(json::object{
        {"role", org::word_of(role)}, {"user", person(who->user)}, {"stands_in_for", person(who->stands_in_for)}});
  }
  const auto path = "/api/accounts/" + std::to_string(account_id.value);
  return {{"account", account(account_id, *listed.ranked.account)},
          {"contacts", std::move(shown_contacts)},
          {"interactions", std::move(shown_interactions)},
          {"tickets", std::move(shown_tickets)},
          {"other_calls", calls(found)},
          {"people", std::move(responsible)},
          {"runs", runs(listed.call.id)},
          {"links",
           json::object{{"health", path + "/health"}, {"usage", path + "/usage"}, {"timeline", path + "/timeline"}}}};
}

}  // namespace banso::work
