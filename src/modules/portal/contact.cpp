#include "contact.hpp"

namespace banso::portal {

std::optional<ContactCard> find_contact(const Dependencies& from, core::AccountId account, core::ContactId contact) {
  const auto today = core::day_of(from.surroundings.now(), from.surroundings.utc_offset_minutes());
  std::optional<ContactCard> found;
  from.customers->each_contact(customers::Selection::of({account}), [&](const customers::ContactFact& fact) {
    if (fact.contact != contact || fact.known.until != customers::KnownSpan::still) return;
    if (fact.left_day && *fact.left_day <= today) return;
    // Who wrote no language down is taken for one who reads Japanese, as in mails.
    const auto language = fact.language.empty() ? core::Language::ja : core::language_from_tag(fact.language);
    found = ContactCard{fact.name, fact.email, language};
  });
  return found;
}

std::string account_name(const Dependencies& from, core::AccountId account) {
  std::string name;
  from.customers->each_book_row(customers::Selection::of({account}),
                                [&](const customers::BookRow& row) { name = row.name; });
  return name;
}

}  // namespace banso::portal
