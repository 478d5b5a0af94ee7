#include "demo_rows.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "demo_revenue.hpp"

namespace banso::app::demo_rows {
namespace {

using customers::AttributeInput;

customers::ContactRoles roles_of(simulation::ContactRole role) {
  using customers::ContactRole;
  switch (role) {
    case simulation::ContactRole::champion:
      return static_cast<customers::ContactRoles>(ContactRole::champion);
    case simulation::ContactRole::executive_sponsor:
      return static_cast<customers::ContactRoles>(ContactRole::executive_sponsor);
    case simulation::ContactRole::decision_maker:
      return static_cast<customers::ContactRoles>(ContactRole::decision_maker);
    case simulation::ContactRole::administrator:
      return static_cast<customers::ContactRoles>(ContactRole::admin);
    case simulation::ContactRole::user:
      return static_cast<customers::ContactRoles>(ContactRole::user);
  }
  return 0;
}

customers::TicketPriority priority_of(simulation::TicketPriority priority) {
  switch (priority) {
    case simulation::TicketPriority::low:
      return customers::TicketPriority::low;
    case simulation::TicketPriority::normal:
      return customers::TicketPriority::normal;
    case simulation::TicketPriority::high:
      return customers::TicketPriority::high;
    case simulation::TicketPriority::urgent:
      return customers::TicketPriority::urgent;
  }
  return customers::TicketPriority::normal;
}

customers::InteractionKind kind_of(simulation::InteractionKind kind) {
  switch (kind) {
    case simulation::InteractionKind::meeting:
      return customers::InteractionKind::meeting;
    case simulation::InteractionKind::call:
      return customers::InteractionKind::call;
    case simulation::InteractionKind::mail:
      return customers::InteractionKind::mail;
    case simulation::InteractionKind::note:
      return customers::InteractionKind::note;
  }
  return customers::InteractionKind::note;
}

const std::string& product_name(const std::string& external_id) {
  for (const auto& product : simulation::vendor().products) {
    if (product.external_id == external_id) return product.name.en;
  }
  return external_id;
}

customers::ContactInput contact_key(const simulation::Account& account, const simulation::Contact& contact) {
  customers::ContactInput row;
  row.account = account.external_id;
  row.external_id = contact.external_id;
  return row;
}

// The departments of those who know the product best, each once.
std::vector<std::string> departments_of(const simulation::AccountHistory& history) {
  std::vector<std::string> departments;
  for (const auto& contact : history.contacts) {
    const bool is_new = std::find(departments.begin(), departments.end(), contact.department) == departments.end();
    if (!contact.department.empty() && is_new) departments.push_back(contact.department);
  }
  return departments;
}

// What became known of a term after it was signed, oldest first.
std::vector<revenue::SubscriptionInput> changes_of(const simulation::Account& account,
                                                   const simulation::Subscription& term) {
  std::vector<revenue::SubscriptionInput> changes;
  const auto add_change = [&](core::Day known_on) -> revenue::SubscriptionInput& {
    auto& change = changes.emplace_back();
    change.account = account.external_id;
    change.external_id = term.external_id;
    change.known_at = core::start_of(known_on);
    return change;
  };
  if (term.cancelled_on) {
    auto& notice = add_change(*term.cancelled_on);
    notice.auto_renewal = false;
    notice.cancelled_on = *term.cancelled_on;
  }
  if (term.amended_on) add_change(*term.amended_on).end = term.end;
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.known_at < b.known_at; });
  return changes;
}

}  // namespace

void add_account(const simulation::AccountHistory& history, std::vector<customers::AccountInput>& rows) {
  const simulation::Account& account = history.account;
  customers::AccountInput row;
  row.external_id = account.external_id;
  row.name = account.name;
  if (!account.reading.empty()) row.reading = account.reading;
  row.domains = std::vector<std::string>{account.domain};
  if (!account.parent_external_id.empty()) row.parent = account.parent_external_id;
  row.phase = std::string(key(account.phases.front().phase));
  row.owner = simulation::vendor().owners[static_cast<std::size_t>(account.owner)].email;
  row.industry = account.industry;
  row.size = account.size_band;
  row.region = account.region;
  row.country = account.country;
  row.plan = account.plan;
  row.created_day = account.customer_since;
  row.attributes = {AttributeInput::typed("contract_channel", account.contract_channel),
                    AttributeInput::typed("employee_count", static_cast<double>(account.employee_count)),
                    AttributeInput::typed("security_review_done", account.security_review_done),
                    AttributeInput::typed("site_count", static_cast<double>(account.site_count))};
  row.known_at = core::start_of(account.customer_since);
  rows.push_back(std::move(row));
  if (account.went_live_on) {
    customers::AccountInput live;
    live.external_id = account.external_id;
    live.attributes = {AttributeInput::typed("went_live_on", *account.went_live_on)};
    live.known_at = core::start_of(*account.went_live_on);
    rows.push_back(std::move(live));
  }
  for (std::size_t i = 1; i < account.phases.size(); ++i) {
    customers::AccountInput change;
    change.external_id = account.external_id;
    change.phase = std::string(key(account.phases[i].phase));
    change.known_at = core::start_of(account.phases[i].day);
    rows.push_back(std::move(change));
  }
  if (const auto back = returned_on(history)) {
    customers::AccountInput change;
    change.external_id = account.external_id;
    change.phase = std::string(key(simulation::Phase::onboarding));
    change.known_at = core::start_of(*back);
    rows.push_back(std::move(change));
  }
}

void add_contacts(const simulation::AccountHistory& history, std::vector<customers::ContactInput>& rows) {
  for (const simulation::Contact& contact : history.contacts) {
    auto row = contact_key(history.account, contact);
    row.name = contact.name;
    if (!contact.reading.empty()) row.reading = contact.reading;
    row.email = contact.email;
    if (!contact.title.empty()) row.title = contact.title;
    if (!contact.department.empty()) row.department = contact.department;
    row.language = std::string(core::language_tag(contact.language));
    row.roles = roles_of(contact.role);
    row.first_day = contact.first_day;
    row.known_at = core::start_of(contact.first_day);
    rows.push_back(std::move(row));
    if (contact.email_consent) {
      auto consent = contact_key(history.account, contact);
      consent.consent = customers::Consent::given;
      consent.consent_proof = contact.email_consent->proof;
      consent.consent_at = core::start_of(contact.email_consent->given_on);
      consent.known_at = core::start_of(contact.email_consent->given_on);
      rows.push_back(std::move(consent));
    }
    if (contact.left_on) {
      auto left = contact_key(history.account, contact);
      left.left_day = *contact.left_on;
      left.known_at = core::start_of(*contact.left_on);
      rows.push_back(std::move(left));
    }
  }
}

// At larger customers some of those who use the product are contacts, too: so a department is more than one person.
void add_colleagues(const simulation::AccountHistory& history, std::vector<customers::ContactInput>& rows) {
  constexpr std::size_t most = 12, one_in = 3;
  const auto departments = departments_of(history);
  std::set<std::size_t> known;
  for (const auto& contact : history.contacts) known.insert(static_cast<std::size_t>(contact.person));
  std::size_t added = 0;
  for (std::size_t index = 0; index < history.persons.size() && added < most && !departments.empty(); ++index) {
    const auto& person = history.persons[index];
    if (known.contains(index) || person.left_on || index % one_in != 0) continue;
    customers::ContactInput row;
    row.account = history.account.external_id;
    row.external_id = fmt::format("{}-U{:02}", history.account.external_id, ++added);
    row.name = person.name;
    row.email = person.email;
    row.department = departments[added % departments.size()];
    row.language = std::string(core::language_tag(history.account.language));
    row.roles = roles_of(simulation::ContactRole::user);
    row.first_day = person.first_day;
    row.known_at = core::start_of(person.first_day);
    rows.push_back(std::move(row));
  }
}

void add_subscriptions(const simulation::AccountHistory& history, std::vector<revenue::SubscriptionInput>& rows) {
  for (const simulation::Subscription& term : history.subscriptions) {
    revenue::SubscriptionInput row;
    row.account = history.account.external_id;
    row.external_id = term.external_id;
    row.product = product_name(term.product);
    row.plan = term.plan;
    row.seats = term.seats;
    row.amount = term.amount;
    if (term.discount_minor > 0) row.discount = core::Money{term.discount_minor, term.amount.currency};
    row.billing_period_months = term.billing_period_months;
    row.start = term.start;
    row.end = term.agreed_end;
    row.auto_renewal = term.auto_renewal;
    row.notice_days = term.notice_days;
    row.known_at = core::start_of(term.signed_on);
    rows.push_back(std::move(row));
    for (auto& change : changes_of(history.account, term)) rows.push_back(std::move(change));
  }
}

void add_tickets(const simulation::AccountHistory& history, std::vector<customers::TicketInput>& rows) {
  for (const simulation::Ticket& ticket : history.tickets) {
    customers::TicketInput row;
    row.account = history.account.external_id;
    row.external_id = ticket.external_id;
    row.subject = ticket.subject;
    row.category = ticket.category;
    row.requester = ticket.requester;
    row.priority = priority_of(ticket.priority);
    row.opened_at = ticket.opened_at;
    if (ticket.closed_at) row.closed_at = *ticket.closed_at;
    rows.push_back(std::move(row));
  }
}

void add_interactions(const simulation::AccountHistory& history, std::vector<customers::InteractionInput>& rows) {
  for (const simulation::Interaction& interaction : history.interactions) {
    customers::InteractionInput row;
    row.account = history.account.external_id;
    row.external_id = interaction.external_id;
    row.kind = kind_of(interaction.kind);
    row.occurred_at = interaction.at;
    row.subject = interaction.subject;
    row.body = interaction.text;
    row.participants = interaction.participants;
    const auto& owner = simulation::vendor().owners[static_cast<std::size_t>(interaction.owner)];
    row.author = owner.name.in(owner.language);
    rows.push_back(std::move(row));
  }
}

void add_survey_answers(const simulation::AccountHistory& history, std::vector<customers::SurveyAnswerInput>& rows) {
  for (const simulation::SurveyAnswer& answer : history.survey_answers) {
    customers::SurveyAnswerInput row;
    row.account = history.account.external_id;
    row.external_id = answer.external_id;
    row.kind = answer.kind == simulation::SurveyKind::nps ? customers::SurveyKind::nps : customers::SurveyKind::csat;
    row.score = static_cast<double>(answer.score);
    row.scale_max = static_cast<double>(answer.scale_max);
    row.comment = answer.comment;
    row.contact = answer.contact;
    row.answered_at = core::start_of(answer.day);
    rows.push_back(std::move(row));
  }
}

void add_attendance(const simulation::AccountHistory& history, std::vector<customers::AttendanceInput>& rows) {
  for (const simulation::Attendance& attendance : history.attendances) {
    customers::AttendanceInput row;
    row.account = history.account.external_id;
    row.external_id = attendance.external_id;
    row.kind = attendance.kind == simulation::AttendanceKind::e_learning ? customers::AttendanceKind::content
                                                                         : customers::AttendanceKind::event;
    row.title = attendance.title;
    row.contact = attendance.contact;
    row.day = attendance.day;
    rows.push_back(std::move(row));
  }
}

std::vector<customers::AttributeDefinition> attributes() {
  using customers::AttributeType;
  return {
      {"contract_channel",
       {"Contract channel", "契約経路"},
       AttributeType::choice,
       {{"direct", {"Direct", "直販"}},
        {"partner", {"Partner", "代理店"}},
        {"marketplace", {"Marketplace", "マーケットプレイス"}}},
       "",
       0},
      {"employee_count", {"Employees", "従業員数"}, AttributeType::number, {}, "", 0},
      {"security_review_done", {"Security review done", "セキュリティ審査済み"}, AttributeType::yes_no, {}, "", 0},
      {"site_count", {"Sites", "拠点数"}, AttributeType::number, {}, "", 0},
      {"went_live_on", {"Went live on", "本番利用開始日"}, AttributeType::date, {}, "", 0},
  };
}

}  // namespace banso::app::demo_rows
