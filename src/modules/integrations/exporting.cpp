#include "exporting.hpp"

#include <array>
#include <iterator>
#include <ostream>
#include <unordered_map>

#include <fmt/format.h>

#include "core/money.hpp"

namespace banso::integrations {
namespace {

using customers::KnownSpan;
using customers::Selection;
using ExternalIds = std::unordered_map<core::AccountId, std::string>;

bool is_current(const KnownSpan& known) {
  return known.until == KnownSpan::still;
}

std::string text_of(const std::optional<core::Day>& day) {
  return day ? core::to_string(*day) : std::string();
}

std::string text_of(const customers::AttributeValue& value) {
  struct Writer {
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(core::Day day) const { return core::to_string(day); }
    std::string operator()(bool yes) const { return yes ? "yes" : "no"; }
    std::string operator()(const core::Money& money) const {
      return money.currency + " " + core::decimal_string(money);
    }
  };
  return std::visit(Writer{}, value);
}

ExternalIds external_ids(const Targets& targets) {
  ExternalIds ids;
  targets.customers->each_book_row(Selection::all(),
                                   [&](const customers::BookRow& row) { ids.emplace(row.id, row.external_id); });
  return ids;
}

std::string id_in(const ExternalIds& ids, core::AccountId id) {
  const auto found = ids.find(id);
  return found == ids.end() ? std::string() : found->second;
}

std::string joined(const std::vector<std::string>& list) {
  return fmt::format("{}", fmt::join(list, ", "));
}

// What import finds a person by: the e-mail address, else the name.
class People {
 public:
  explicit People(const Targets& targets) {
    targets.customers->each_contact(Selection::all(), [&](const customers::ContactFact& fact) {
      references_.emplace(fact.contact, fact.email.empty() ? fact.name : fact.email);
    });
  }

  std::string reference(core::ContactId contact, const std::string& otherwise = {}) const {
    const auto found = references_.find(contact);
    return found == references_.end() ? otherwise : found->second;
  }

  std::string references(const std::vector<core::ContactId>& contacts, std::vector<std::string> others) const {
    std::vector<std::string> all;
    all.reserve(contacts.size() + others.size());
    for (const core::ContactId contact : contacts) all.push_back(reference(contact));
    std::move(others.begin(), others.end(), std::back_inserter(all));
    std::erase(all, "");
    return joined(all);
  }

 private:
  std::unordered_map<core::ContactId, std::string> references_;
};

// What the product keeps by itself is left out: what is exported can be imported again.
std::vector<customers::AttributeDefinition> attributes_of_people(const Targets& targets) {
  auto definitions = targets.customers->attribute_definitions();
  std::erase_if(definitions, [](const auto& definition) { return !definition.managed_by.empty(); });
  return definitions;
}

void export_accounts(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  const auto attributes = attributes_of_people(targets);
  targets.customers->each_book_row(Selection::all(), [&](const customers::BookRow& row) {
    std::vector<std::string> cells{row.external_id,    row.name,       row.reading,  id_in(ids, row.parent),
                                   row.phase,          row.owner_name, row.industry, row.size,
                                   row.region,         row.country,    row.plan,     text_of(row.created_day),
                                   joined(row.domains)};
    for (const auto& definition : attributes) {
      std::string cell;
      for (const auto& [key, value] : row.attributes) {
        if (key == definition.key) cell = text_of(value);
      }
      cells.push_back(std::move(cell));
    }
    writer.add(cells);
  });
}

void export_contacts(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  using customers::ContactRole;
  static constexpr std::array<std::pair<ContactRole, std::string_view>, 5> names{
      {{ContactRole::champion, "champion"},
       {ContactRole::executive_sponsor, "executive_sponsor"},
       {ContactRole::decision_maker, "decision_maker"},
       {ContactRole::admin, "admin"},
       {ContactRole::user, "user"}}};
  targets.customers->each_contact(Selection::all(), [&](const customers::ContactFact& fact) {
    if (!is_current(fact.known)) return;
    std::string roles;
    for (const auto& [role, name] : names) {
      if (fact.roles & static_cast<customers::ContactRoles>(role))
        roles += (roles.empty() ? "" : ", ") + std::string(name);
    }
    writer.add({id_in(ids, fact.account), fact.name, fact.email, fact.title, fact.department, roles,
                text_of(fact.first_day), text_of(fact.left_day)});
  });
}

// With the currency where it could be read as a share of the list price otherwise.
std::string discount_text(const revenue::SubscriptionFact& fact) {
  if (fact.discount_minor == 0) return "";
  auto text = core::decimal_string({fact.discount_minor, fact.amount.currency});
  return text.starts_with("0.") ? fact.amount.currency + " " + text : text;
}

void export_subscriptions(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  targets.revenue->each_subscription(Selection::all(), [&](const revenue::SubscriptionFact& fact) {
    if (!is_current(fact.known)) return;
    writer.add({id_in(ids, fact.account), fact.product, fact.plan, std::to_string(fact.seats),
                core::decimal_string(fact.amount), fact.amount.currency, std::to_string(fact.billing_period_months),
                core::to_string(fact.start), text_of(fact.end), fact.auto_renewal ? "yes" : "no",
                std::to_string(fact.notice_days), fact.external_id, discount_text(fact), fact.is_trial ? "yes" : "no",
                text_of(fact.past_due_from), text_of(fact.cancelled_on), fact.transferred_from});
  });
}

void export_tickets(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  const People people(targets);
  constexpr std::array<const char*, 3> statuses{"open", "pending", "closed"};
  constexpr std::array<const char*, 4> priorities{"low", "normal", "high", "urgent"};
  targets.customers->each_ticket(Selection::all(), [&](const customers::TicketFact& fact) {
    if (!is_current(fact.known)) return;
    writer.add({id_in(ids, fact.account), statuses.at(static_cast<std::size_t>(fact.status)),
                priorities.at(static_cast<std::size_t>(fact.priority)), core::to_string(fact.opened_day),
                text_of(fact.closed_day), fact.category, fact.external_id, fact.subject,
                people.reference(fact.requester, fact.requester_name)});
  });
}

void export_interactions(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  const People people(targets);
  constexpr std::array<const char*, 4> kinds{"meeting", "call", "mail", "note"};
  targets.customers->each_interaction(Selection::all(), [&](const customers::InteractionFact& fact) {
    if (!is_current(fact.known)) return;
    writer.add({id_in(ids, fact.account), kinds.at(static_cast<std::size_t>(fact.kind)), core::to_string(fact.day),
                fact.external_id, fact.subject, fact.body, people.references(fact.contacts, fact.other_participants),
                fact.author});
  });
}

void export_surveys(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  const People people(targets);
  constexpr std::array<const char*, 4> kinds{"nps", "csat", "ces", "other"};
  targets.customers->each_survey_answer(Selection::all(), [&](const customers::SurveyFact& fact) {
    if (!is_current(fact.known)) return;
    writer.add({id_in(ids, fact.account), kinds.at(static_cast<std::size_t>(fact.kind)), fmt::format("{}", fact.score),
                fmt::format("{}", fact.scale_max), core::to_string(fact.day), fact.external_id, fact.comment,
                people.reference(fact.contact, fact.contact_name)});
  });
}

void export_attendance(const Targets& targets, ExportWriter& writer) {
  const ExternalIds ids = external_ids(targets);
  const People people(targets);
  constexpr std::array<const char*, 3> kinds{"content", "event", "community"};
  targets.customers->each_attendance(Selection::all(), [&](const customers::AttendanceFact& fact) {
    if (!is_current(fact.known)) return;
    writer.add({id_in(ids, fact.account), kinds.at(static_cast<std::size_t>(fact.kind)), fact.title,
                core::to_string(fact.day), fact.external_id, people.reference(fact.contact, fact.contact_name)});
  });
}

}  // namespace

std::vector<std::string> export_headings(Kind kind, const Targets& targets) {
  switch (kind) {
    case Kind::accounts: {
      std::vector<std::string> headings{"external_id", "name",        "reading", "parent", "phase",
                                        "owner",       "industry",    "size",    "region", "country",
                                        "plan",        "created_day", "domains"};
      for (const auto& definition : attributes_of_people(targets)) headings.push_back(definition.key);
      return headings;
    }
    case Kind::contacts:
      return {"account", "name", "email", "title", "department", "roles", "first_day", "left_day"};
    case Kind::subscriptions:
      return {"account",
              "product",
              "plan",
              "seats",
              "amount",
              "currency",
              "billing_period_months",
              "start",
              "end",
              "auto_renewal",
              "notice_days",
              "external_id",
              "discount",
              "is_trial",
              "past_due_from",
              "cancelled_on",
              "transferred_from"};
    case Kind::tickets:
      return {"account",  "status",      "priority", "opened_at", "closed_at",
              "category", "external_id", "subject",  "requester"};
    case Kind::interactions:
      return {"account", "kind", "occurred_at", "external_id", "subject", "body", "participants", "author"};
    case Kind::surveys:
      return {"account", "kind", "score", "scale_max", "answered_at", "external_id", "comment", "contact"};
    case Kind::attendance:
      return {"account", "kind", "title", "day", "external_id", "contact"};
    case Kind::events:
      break;
  }
  return {};
}

void export_rows(Kind kind, const Targets& targets, ExportWriter& writer) {
  switch (kind) {
    case Kind::accounts:
      export_accounts(targets, writer);
      break;
    case Kind::contacts:
      export_contacts(targets, writer);
      break;
    case Kind::subscriptions:
      export_subscriptions(targets, writer);
      break;
    case Kind::tickets:
      export_tickets(targets, writer);
      break;
    case Kind::interactions:
      export_interactions(targets, writer);
      break;
    case Kind::surveys:
      export_surveys(targets, writer);
      break;
    case Kind::attendance:
      export_attendance(targets, writer);
      break;
    case Kind::events:
      break;
  }
  writer.finish();
}

}  // namespace banso::integrations
