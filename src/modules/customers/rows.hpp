// The records of this module as they are stored: one struct per table. See platform/versioned/fields.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/customers/customers.hpp"
#include "platform/versioned/row_check.hpp"
#include "platform/versioned/versioned.hpp"
#include "words.hpp"

namespace banso::customers {

namespace versioned = platform::versioned;
namespace records = platform::records;
using records::Session;
using versioned::is_domain;
using versioned::is_email;
using versioned::long_text_bytes;
using versioned::RowCheck;
using versioned::short_text_bytes;
using versioned::trimmed;

struct Account : versioned::Recorded {
  static constexpr std::string_view entity = "account", table = "account";
  std::string external_id, name, reading;
  std::vector<std::string> domains;
  core::AccountId parent;
  std::string pending_parent;  // external id of a parent that has not come yet
  std::string phase;
  core::UserId owner;
  std::string owner_name;  // as it was given, while no such user exists
  std::string industry, size, region, country, plan;
  std::optional<core::Day> created_day;
  versioned::JsonText attributes;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("external_id", self.external_id);
    visit("name", self.name);
    visit("reading", self.reading);
    visit("domains", self.domains);
    visit("parent_id", self.parent);
    visit("pending_parent", self.pending_parent);
    visit("phase", self.phase);
    visit("owner_id", self.owner);
    visit("owner_name", self.owner_name);
    visit("industry", self.industry);
    visit("size", self.size);
    visit("region", self.region);
    visit("country", self.country);
    visit("plan", self.plan);
    visit("created_day", self.created_day);
    visit("attributes", self.attributes);
  }

  // Written from the other fields, and of no interest when read back.
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto search = self.search_text();
    auto sort = self.sort_text();
    visit("search_key", search);
    visit("sort_key", sort);
  }

  std::string search_text() const;
  std::string sort_text() const;
  core::AccountId account_id() const { return {id}; }
  static void on_row(Session& session, const Account* before, const Account* after);
  bool operator==(const Account&) const = default;
};

struct Contact : versioned::Recorded {
  static constexpr std::string_view entity = "contact", table = "contact";
  core::AccountId account;  // on whose page changes to the person show: the first they belonged to
  std::string external_id, name, reading, email, language;
  Consent consent = Consent::unknown;
  std::string consent_proof;
  std::optional<core::Instant> consent_at;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("name", self.name);
    visit("reading", self.reading);
    visit("email", self.email);
    visit("language", self.language);
    visit("consent", self.consent);
    visit("consent_proof", self.consent_proof);
    visit("consent_at_us", self.consent_at);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto search = self.search_text();
    visit("search_key", search);
  }
  std::string search_text() const;
  bool operator==(const Contact&) const = default;
};

inline constexpr std::size_t department_bytes = 300;  // 100 characters of Japanese

// A person on an account.
struct Membership : versioned::Recorded {
  static constexpr std::string_view entity = "contact_role", table = "contact_role";
  core::AccountId account;
  core::ContactId contact;
  std::string title, department;
  std::vector<std::string> roles;
  std::optional<core::Day> first_day, left_day;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("contact_id", self.contact);
    visit("title", self.title);
    visit("department", self.department);
    visit("roles", self.roles);
    visit("first_day", self.first_day);
    visit("left_day", self.left_day);
  }
  bool operator==(const Membership&) const = default;
};

struct Ticket : versioned::Recorded {
  static constexpr std::string_view entity = "ticket", table = "ticket";
  core::AccountId account;
  std::string external_id, subject, category;
  core::ContactId requester;
  std::string requester_name;
  TicketStatus status = TicketStatus::open;
  TicketPriority priority = TicketPriority::normal;
  core::Instant opened_at;
  std::optional<core::Instant> closed_at;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("subject", self.subject);
    visit("category", self.category);
    visit("requester_id", self.requester);
    visit("requester", self.requester_name);
    visit("status", self.status);
    visit("priority", self.priority);
    visit("opened_at_us", self.opened_at);
    visit("closed_at_us", self.closed_at);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = self.match_key();
    visit("match_key", key);
  }
  std::string match_key() const;
  bool operator==(const Ticket&) const = default;
};

struct Interaction : versioned::Recorded {
  static constexpr std::string_view entity = "interaction", table = "interaction";
  core::AccountId account;
  std::string external_id;
  InteractionKind kind = InteractionKind::note;
  core::Instant occurred_at;
  std::string subject, body;
  std::vector<core::ContactId> contacts;
  std::vector<std::string> other_participants;
  std::string author;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("kind", self.kind);
    visit("occurred_at_us", self.occurred_at);
    visit("subject", self.subject);
    visit("body", self.body);
    visit("contact_ids", self.contacts);
    visit("other_participants", self.other_participants);
    visit("author", self.author);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = self.match_key();
    visit("match_key", key);
  }
  std::string match_key() const;
  bool operator==(const Interaction&) const = default;
};

struct SurveyAnswer : versioned::Recorded {
  static constexpr std::string_view entity = "survey_answer", table = "survey_answer";
  core::AccountId account;
  std::string external_id;
  SurveyKind kind = SurveyKind::other;
  double score = 0, scale_max = 10;
  std::string comment;
  core::ContactId contact;
  std::string contact_name;  // as it was given, where no such contact is known
  core::Instant answered_at;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("kind", self.kind);
    visit("score", self.score);
    visit("scale_max", self.scale_max);
    visit("comment", self.comment);
    visit("contact_id", self.contact);
    visit("contact_name", self.contact_name);
    visit("answered_at_us", self.answered_at);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = self.match_key();
    visit("match_key", key);
  }
  std::string match_key() const;
  bool operator==(const SurveyAnswer&) const = default;
};

struct Attendance : versioned::Recorded {
  static constexpr std::string_view entity = "attendance", table = "attendance";
  core::AccountId account;
  std::string external_id;
  AttendanceKind kind = AttendanceKind::content;
  std::string title;
  core::ContactId contact;
  std::string contact_name;
  core::Day day;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("kind", self.kind);
    visit("title", self.title);
    visit("contact_id", self.contact);
    visit("contact_name", self.contact_name);
    visit("attended_day", self.day);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = self.match_key();
    visit("match_key", key);
  }
  std::string match_key() const;
  bool operator==(const Attendance&) const = default;
};

struct DefinedAttribute : versioned::Recorded {
  static constexpr std::string_view entity = "attribute_definition", table = "attribute_definition";
  core::AccountId account;  // none: a definition belongs to the workspace
  std::string key, name_en, name_ja;
  AttributeType type = AttributeType::text;
  versioned::JsonText choices{"[]"};
  std::string currency, managed_by;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("attribute_key", self.key);
    visit("name_en", self.name_en);
    visit("name_ja", self.name_ja);
    visit("type", self.type);
    visit("choices", self.choices);
    visit("currency", self.currency);
    visit("managed_by", self.managed_by);
  }
  bool operator==(const DefinedAttribute&) const = default;
};

// What one module keeps of one account.
struct ManagedRow : versioned::Recorded {
  static constexpr std::string_view entity = "managed_values", table = "managed_values";
  core::AccountId account;
  std::string module;
  versioned::JsonText attributes;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("module", self.module);
    visit("attributes", self.attributes);
  }
  bool operator==(const ManagedRow&) const = default;
};

}  // namespace banso::customers
