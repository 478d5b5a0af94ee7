#include "render.hpp"

#include <algorithm>

namespace banso::outreach {

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::value or_null(const core::Text& text) {
  return text.en.empty() ? json::value(nullptr) : json::value(render(text));
}

std::string Names::account(core::AccountId id) const {
  const auto found = accounts.find(id);
  return found == accounts.end() ? std::string() : found->second;
}
std::string Names::contact(core::ContactId id) const {
  const auto found = contacts.find(id);
  return found == contacts.end() ? std::string() : found->second;
}

Names names_of(const Context& context, std::vector<core::AccountId> accounts) {
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  Names names;
  if (accounts.empty()) return names;
  const auto selection = customers::Selection::of(std::move(accounts));
  context.from.customers->each_book_row(selection, [&](const auto& row) { names.accounts[row.id] = row.name; });
  context.from.customers->each_contact(selection, [&](const auto& fact) { names.contacts[fact.contact] = fact.name; });
  return names;
}

json::array render_mails(const Context& context, std::span<const MailRecord> mails) {
  std::vector<core::AccountId> accounts;
  for (const auto& mail : mails) accounts.push_back(mail.account);
  const auto names = names_of(context, std::move(accounts));
  std::map<std::pair<std::string, std::string>, core::Text> titles;
  const auto now = context.now();
  json::array items;
  for (const auto& mail : mails) {
    const auto [title, is_new] = titles.try_emplace({mail.kind, mail.definition});
    if (is_new) title->second = context.name_of(mail.kind, mail.definition);
    const bool is_held = mail.state == State::queued && mail.next_at > now;
    items.push_back(json::object{{"id", mail.id.value},
                                 {"state", word_of(mail.state)},
                                 {"reason", mail.reason},
                                 {"words", render(mail.words)},
                                 {"held_until", is_held ? json::from(mail.next_at) : json::value(nullptr)},
                                 {"kind", mail.kind},
                                 {"template", mail.definition},
                                 {"template_name", render(title->second)},
                                 {"template_version", mail.version},
                                 {"purpose", word_of(mail.purpose)},
                                 {"account_id", mail.account.value},
                                 {"account_name", names.account(mail.account)},
                                 {"contact_id", mail.contact.value},
                                 {"contact_name", names.contact(mail.contact)},
                                 {"address", mail.address},
                                 {"language", core::language_tag(mail.language)},
                                 {"subject", mail.subject},
                                 {"source", mail.source},
                                 {"ordered_at", json::from(mail.ordered_at)},
                                 {"sent_at", json::from(mail.sent_at)},
                                 {"opened_at", json::from(mail.opened_at)},
                                 {"clicked_at", json::from(mail.clicked_at)},
                                 {"replied_at", json::from(mail.replied_at)},
                                 {"bounced_at", json::from(mail.bounced_at)},
                                 {"answered_at", json::from(mail.answered_at)},
                                 {"unsubscribed", mail.unsubscribed_at.has_value()},
                                 {"attempts", mail.attempts}});
  }
  return items;
}

json::object render_suppression(const Suppression& suppression) {
  return {{"id", suppression.id},
          {"address", suppression.address},
          {"reason", suppression.reason},
          {"since", json::from(suppression.since)},
          {"by", suppression.by},
          {"note", suppression.note},
          {"lifted_at", json::from(suppression.lifted_at)},
          {"lifted_by", suppression.lifted_by},
          {"lifted_why", suppression.lifted_why}};
}

json::array render_consents(const Context& context, std::span<const ConsentEvent> events) {
  std::vector<core::AccountId> accounts;
  for (const auto& event : events) accounts.push_back(event.account);
  const auto names = names_of(context, std::move(accounts));
  json::array items;
  for (const auto& event : events) {
    items.push_back(json::object{{"id", event.id},
                                 {"contact_id", event.contact.value},
                                 {"contact_name", names.contact(event.contact)},
                                 {"account_id", event.account.value},
                                 {"account_name", names.account(event.account)},
                                 {"address", event.address},
                                 {"topic", word_of(event.topic)},
                                 {"allowed", event.allowed},
                                 {"at", json::from(event.at)},
                                 {"recorded_at", json::from(event.recorded_at)},
                                 {"by", event.by},
                                 {"how", event.how},
                                 {"text_shown", event.text_shown}});
  }
  return items;
}

json::object render_ordered(const Ordered& ordered) {
  return {{"id", ordered.id.value},
          {"state", word_of(ordered.state)},
          {"reason", ordered.reason},
          {"words", render(ordered.words)},
          {"held_until", json::from(ordered.held_until)},
          {"is_new", ordered.is_new}};
}

json::object render_state(bool configured, const ServerState& state) {
  return {{"configured", configured},
          {"last_success_at", json::from(state.last_success_at)},
          {"last_failure_at", json::from(state.last_failure_at)},
          {"failure", or_null(state.failure)}};
}

}  // namespace banso::outreach
