#include "render.hpp"

#include "attributes.hpp"
#include "words.hpp"

namespace banso::customers {
namespace {

json::value word_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value named(const std::optional<Named>& thing) {
  if (!thing) return nullptr;
  return json::object{{"id", thing->id}, {"name", thing->name}};
}

json::array named_list(const std::vector<Named>& things) {
  json::array list;
  for (const auto& thing : things) list.push_back(named(thing));
  return list;
}

template <class Texts>
json::array texts(const Texts& all) {
  json::array list;
  for (const auto& text : all) list.emplace_back(text);
  return list;
}

// A user, or the bare name that an import gave; null where nobody looks after the account.
json::value owner(const AccountPage& page) {
  if (page.owner_name.empty() && !page.account.owner) return nullptr;
  return json::object{{"id", json::from(page.account.owner)}, {"name", page.owner_name}};
}

}  // namespace

json::object render(const AccountPage& page) {
  const auto& account = page.account;
  return {{"id", account.id},
          {"external_id", account.external_id},
          {"name", account.name},
          {"reading", word_or_null(account.reading)},
          {"domains", texts(account.domains)},
          {"parent", named(page.parent)},
          {"children", named_list(page.children)},
          {"phase", word_or_null(account.phase)},
          {"owner", owner(page)},
          {"industry", word_or_null(account.industry)},
          {"size", word_or_null(account.size)},
          {"region", word_or_null(account.region)},
          {"country", word_or_null(account.country)},
          {"plan", word_or_null(account.plan)},
          {"created_day", json::from(account.created_day)},
          {"attributes", boost::json::parse(account.attributes.text)},
          {"known_since", json::from(page.known_since)},
          {"version_id", page.version_id}};
}

json::object render(const ContactLine& line) {
  return {{"id", line.contact.id},
          {"external_id", word_or_null(line.contact.external_id)},
          {"name", line.contact.name},
          {"reading", word_or_null(line.contact.reading)},
          {"email", word_or_null(line.contact.email)},
          {"title", word_or_null(line.place.title)},
          {"department", word_or_null(line.place.department)},
          {"language", word_or_null(line.contact.language)},
          {"roles", texts(line.place.roles)},
          {"accounts", named_list(line.accounts)},
          {"first_day", json::from(line.place.first_day)},
          {"left_day", json::from(line.place.left_day)},
          {"consent", json::object{{"state", to_word(line.contact.consent)},
                                   {"proof", word_or_null(line.contact.consent_proof)},
                                   {"at", json::from(line.contact.consent_at)}}},
          {"last_active_day", nullptr}};
}

json::object render(const TicketLine& line) {
  const auto& ticket = line.ticket;
  return {{"id", ticket.id},
          {"external_id", ticket.external_id},
          {"subject", ticket.subject},
          {"status", to_word(ticket.status)},
          {"priority", to_word(ticket.priority)},
          {"opened_at", json::from(ticket.opened_at)},
          {"closed_at", json::from(ticket.closed_at)},
          {"category", word_or_null(ticket.category)},
          {"requester", word_or_null(line.requester)}};
}

json::object render(const SurveyLine& line) {
  const auto& answer = line.answer;
  return {{"id", answer.id},
          {"kind", to_word(answer.kind)},
          {"score", to_json(AttributeValue(answer.score))},
          {"scale_max", to_json(AttributeValue(answer.scale_max))},
          {"comment", word_or_null(answer.comment)},
          {"contact", word_or_null(line.contact)},
          {"answered_at", json::from(answer.answered_at)}};
}

json::object render(const AttendanceLine& line) {
  const auto& attendance = line.attendance;
  return {{"id", attendance.id},
          {"kind", to_word(attendance.kind)},
          {"title", attendance.title},
          {"contact", word_or_null(line.contact)},
          {"day", json::from(attendance.day)}};
}

json::object render(const TimelineEntry& entry, core::Language language) {
  return {{"kind", entry.kind},
          {"id", entry.id},
          {"at", json::from(entry.at)},
          {"whole_day", entry.whole_day},
          {"title", entry.title.in(language)},
          {"body", word_or_null(entry.body)},
          {"who", word_or_null(entry.who)},
          {"detail", boost::json::parse(entry.detail.empty() ? "{}" : entry.detail)}};
}

json::object render(const ChangeLine& line) {
  json::array changes;
  for (const auto& field : line.fields) {
    changes.push_back(json::object{{"field", field.field}, {"before", field.before}, {"after", field.after}});
  }
  const auto& version = line.version;
  return {{"version_id", version.version_id},
          {"entity", version.entity},
          {"entity_id", version.entity_id},
          {"known_at", json::from(version.known_at)},
          {"recorded_at", json::from(version.recorded_at)},
          {"actor_name", version.actor_name},
          {"why", word_or_null(version.why)},
          // A negative number marks the taking back of that import.
          {"import_id", json::from(core::ImportId{std::max<std::int64_t>(version.import.value, 0)})},
          {"undoes_import_id", json::from(core::ImportId{std::max<std::int64_t>(-version.import.value, 0)})},
          {"deleted", !version.body.has_value()},
          {"changes", std::move(changes)}};
}

json::object render(const SearchHit& hit) {
  return {{"kind", hit.kind},
          {"id", hit.id},
          {"account_id", hit.account.value},
          {"title", hit.title},
          {"subtitle", word_or_null(hit.subtitle)}};
}

json::object render(const AttributeDefinition& definition) {
  json::array choices;
  for (const auto& choice : definition.choices) {
    choices.push_back(json::object{{"value", choice.value},
                                   {"label", json::object{{"en", choice.label.en}, {"ja", choice.label.ja}}}});
  }
  return {{"key", definition.key},
          {"name", json::object{{"en", definition.name.en}, {"ja", definition.name.ja}}},
          {"type", to_word(definition.type)},
          {"choices", std::move(choices)},
          {"currency", word_or_null(definition.currency)},
          {"used_by", definition.used_by},
          {"managed_by", word_or_null(definition.managed_by)}};
}

}  // namespace banso::customers
