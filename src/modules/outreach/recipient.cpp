#include "recipient.hpp"

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>

#include "working_hours.hpp"

namespace banso::outreach {
namespace {

bool has_japanese(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 point = 0;
    U8_NEXT(text.data(), at, length, point);
    if (point < 0) continue;
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(point, &status);
    if (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) return true;
  }
  return false;
}

// What the record says, else what the names are written in, else the country.
core::Language language_of(const std::string& tag, const Recipient& recipient) {
  if (!tag.empty()) return core::language_from_tag(tag);
  if (has_japanese(recipient.name) || has_japanese(recipient.account_name)) return core::Language::ja;
  const auto& country = recipient.country;
  const bool in_japan = country.empty() || country == "JP" || country == "Japan" || country == "日本";
  return in_japan ? core::Language::ja : core::Language::en;
}

bool is_current(const customers::ContactFact& fact) {
  return fact.known.until == customers::KnownSpan::still;
}

bool left_by(const customers::ContactFact& fact, core::Day today) {
  return fact.left_day && *fact.left_day <= today;
}

}  // namespace

std::optional<Recipient> find_recipient(customers::Service& customers, core::AccountId account, core::ContactId contact,
                                        core::Day today) {
  std::optional<Recipient> found;
  std::string language;
  customers.each_contact(customers::Selection::of({account}), [&](const customers::ContactFact& fact) {
    if (fact.contact != contact || !is_current(fact)) return;
    Recipient recipient;
    recipient.account = account;
    recipient.contact = contact;
    recipient.name = fact.name;
    recipient.title = fact.title;
    recipient.department = fact.department;
    recipient.email = fact.email;
    recipient.has_left = left_by(fact, today);
    recipient.consent = fact.consent;
    recipient.consent_at = fact.consent_at;
    recipient.consent_proof = fact.consent_proof;
    language = fact.language;
    found = std::move(recipient);
  });
  if (!found) return std::nullopt;
  customers.each_book_row(customers::Selection::of({account}), [&](const customers::BookRow& row) {
    found->account_name = row.name;
    found->plan = row.plan;
    found->country = row.country;
    found->owner = row.owner;
    found->owner_name = row.owner_name;
    for (const auto& [key, value] : row.attributes) {
      if (key == "timezone" && std::holds_alternative<std::string>(value))
        found->timezone = std::get<std::string>(value);
    }
  });
  found->language = language_of(language, *found);
  return found;
}

std::vector<ContactChoice> find_recipients(customers::Service& customers, core::AccountId account,
                                           customers::ContactRoles roles, core::Day today) {
  std::vector<ContactChoice> choices;
  customers.each_contact(customers::Selection::of({account}), [&](const customers::ContactFact& fact) {
    const bool has_role = roles == 0 || (fact.roles & roles) != 0;
    if (is_current(fact) && has_role && !fact.email.empty() && !left_by(fact, today)) {
      choices.push_back({fact.contact, fact.name, fact.roles});
    }
  });
  // Who has most of the roles asked for, then in a fixed order.
  std::sort(choices.begin(), choices.end(), [&](const auto& one, const auto& other) {
    const auto matches = [&](const ContactChoice& choice) {
      return std::popcount(static_cast<unsigned>(roles == 0 ? choice.roles : choice.roles & roles));
    };
    return std::pair(-matches(one), one.contact) < std::pair(-matches(other), other.contact);
  });
  return choices;
}

std::string zone_of(const Recipient& recipient, const std::string& workspace_zone) {
  if (is_zone(recipient.timezone)) return recipient.timezone;
  return zone_of_country(recipient.country).value_or(workspace_zone);
}

}  // namespace banso::outreach
