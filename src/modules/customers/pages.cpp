#include "pages.hpp"

#include <algorithm>
#include <limits>

#include "managed.hpp"
#include "references.hpp"

namespace banso::customers {
namespace {

constexpr int most_children = 200;

template <class R>
std::optional<R> get_in(Session& session, std::int64_t id, const Moment& moment) {
  return moment.known_at ? versioned::get_known_at<R>(session, id, *moment.known_at) : versioned::get<R>(session, id);
}

// As it was at the end of the day: what closed later was open, what opened later was not there.
bool cut_at(Ticket& ticket, core::Instant end_of_day) {
  if (ticket.opened_at > end_of_day) return false;
  if (ticket.closed_at && *ticket.closed_at > end_of_day) {
    ticket.closed_at.reset();
    ticket.status = TicketStatus::open;
  }
  return true;
}

// The person's name, or what was written where no contact is known.
std::string name_in(const std::map<std::int64_t, std::string>& names, core::ContactId contact,
                    const std::string& otherwise) {
  const auto found = names.find(contact.value);
  return contact && found != names.end() ? found->second : otherwise;
}

}  // namespace

core::Instant Moment::knowledge() const {
  return known_at.value_or(core::Instant{std::numeric_limits<std::int64_t>::max()});
}

std::map<std::int64_t, std::string> contact_names(Session& session, std::vector<std::int64_t> ids) {
  std::map<std::int64_t, std::string> names;
  keep_distinct(ids);
  std::erase(ids, 0);
  versioned::each_row_with<Contact>(session, "id", std::span<const std::int64_t>(ids),
                                    [&](const Contact& contact) { names.emplace(contact.id, contact.name); });
  for (const auto id : ids) {
    if (names.contains(id)) continue;
    const auto versions = records::versions_of(session, Contact::entity, id);
    for (const auto& version : versions) {
      if (version.body) names[id] = versioned::from_body<Contact>(*version.body).name;
    }
  }
  return names;
}

std::optional<AccountPage> read_account_page(Session& session, core::AccountId id, const Moment& moment) {
  auto account = get_in<Account>(session, id.value, moment);
  if (!account) return std::nullopt;
  AccountPage page;
  page.account = std::move(*account);
  page.account.attributes.text = with_managed(session, id, moment, page.account.attributes.text);
  if (page.account.parent) {
    if (const auto parent = get_in<Account>(session, page.account.parent.value, moment)) {
      page.parent = Named{parent->id, parent->name};
    }
  }
  // Children as they are today: which accounts were below this one earlier is their own history.
  versioned::each_row<Account>(session,
                               " WHERE parent_id = :1 ORDER BY sort_key LIMIT " + std::to_string(most_children), {id},
                               [&](const Account& child) {
                                 page.children.push_back({child.id, child.name});
                               });
  const auto versions = records::versions_of(session, Account::entity, id.value);
  if (!versions.empty() && versions.front().known_at.microseconds > 0) page.known_since = versions.front().known_at;
  if (const auto newest = records::version_known_at(session, Account::entity, id.value, moment.knowledge())) {
    page.version_id = newest->version_id;
  }
  return page;
}

std::vector<ContactLine> read_contacts(Session& session, core::AccountId account, const Moment& moment) {
  std::vector<ContactLine> lines;
  for (auto& place : load_in<Membership>(session, account, moment)) {
    if (place.first_day && *place.first_day > moment.day) continue;
    if (place.left_day && *place.left_day > moment.day) place.left_day.reset();  // not gone yet, seen from that day
    auto contact = get_in<Contact>(session, place.contact.value, moment);
    if (contact) lines.push_back({std::move(*contact), std::move(place), {}});
  }
  std::vector<std::int64_t> ids;
  ids.reserve(lines.size());
  for (const auto& line : lines) ids.push_back(line.contact.id);
  std::map<std::int64_t, std::vector<std::int64_t>> accounts_of;
  std::vector<std::int64_t> account_ids;
  versioned::each_row_with<Membership>(session, "contact_id", std::span<const std::int64_t>(ids),
                                       [&](const Membership& place) {
                                         accounts_of[place.contact.value].push_back(place.account.value);
                                         account_ids.push_back(place.account.value);
                                       });
  keep_distinct(account_ids);
  std::map<std::int64_t, std::string> names;
  versioned::each_row_with<Account>(session, "id", std::span<const std::int64_t>(account_ids),
                                    [&](const Account& found) { names.emplace(found.id, found.name); });
  for (auto& line : lines) {
    for (const auto id : accounts_of[line.contact.id]) {
      if (names.contains(id)) line.accounts.push_back({id, names[id]});
    }
  }
  std::sort(lines.begin(), lines.end(), [](const ContactLine& a, const ContactLine& b) {
    const auto key = [](const ContactLine& line) {
      return std::tuple(line.place.left_day.has_value(), role_bits(line.place.roles) == 0,
                        line.contact.reading.empty() ? line.contact.name : line.contact.reading, line.contact.id);
    };
    return key(a) < key(b);
  });
  return lines;
}

std::vector<TicketLine> read_tickets(Session& session, core::AccountId account, const Moment& moment) {
  auto tickets = load_in<Ticket>(session, account, moment);
  std::erase_if(tickets, [&](Ticket& ticket) { return !cut_at(ticket, moment.end_of_day); });
  std::sort(tickets.begin(), tickets.end(), [](const Ticket& a, const Ticket& b) { return a.opened_at > b.opened_at; });
  std::vector<std::int64_t> ids;
  ids.reserve(tickets.size());
  for (const auto& ticket : tickets) ids.push_back(ticket.requester.value);
  const auto names = contact_names(session, std::move(ids));
  std::vector<TicketLine> lines;
  for (auto& ticket : tickets) {
    auto requester = name_in(names, ticket.requester, ticket.requester_name);
    lines.push_back({std::move(ticket), std::move(requester)});
  }
  return lines;
}

std::vector<SurveyLine> read_surveys(Session& session, core::AccountId account, const Moment& moment) {
  auto answers = load_in<SurveyAnswer>(session, account, moment);
  std::erase_if(answers, [&](const SurveyAnswer& answer) { return answer.answered_at > moment.end_of_day; });
  std::sort(answers.begin(), answers.end(),
            [](const SurveyAnswer& a, const SurveyAnswer& b) { return a.answered_at > b.answered_at; });
  std::vector<std::int64_t> ids;
  ids.reserve(answers.size());
  for (const auto& answer : answers) ids.push_back(answer.contact.value);
  const auto names = contact_names(session, std::move(ids));
  std::vector<SurveyLine> lines;
  for (auto& answer : answers) {
    auto contact = name_in(names, answer.contact, answer.contact_name);
    lines.push_back({std::move(answer), std::move(contact)});
  }
  return lines;
}

std::vector<AttendanceLine> read_attendance(Session& session, core::AccountId account, const Moment& moment) {
  auto all = load_in<Attendance>(session, account, moment);
  std::erase_if(all, [&](const Attendance& attendance) { return attendance.day > moment.day; });
  std::sort(all.begin(), all.end(), [](const Attendance& a, const Attendance& b) { return a.day > b.day; });
  std::vector<std::int64_t> ids;
  ids.reserve(all.size());
  for (const auto& attendance : all) ids.push_back(attendance.contact.value);
  const auto names = contact_names(session, std::move(ids));
  std::vector<AttendanceLine> lines;
  for (auto& attendance : all) {
    auto contact = name_in(names, attendance.contact, attendance.contact_name);
    lines.push_back({std::move(attendance), std::move(contact)});
  }
  return lines;
}

}  // namespace banso::customers
