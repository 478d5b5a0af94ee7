// Reading facts in bulk, for scoring: versions with the days on which they were known.
#include "readers.hpp"

#include "attributes.hpp"
#include "managed.hpp"
#include "rows.hpp"

namespace banso::customers {
namespace {

std::optional<std::span<const core::AccountId>> listed(const Selection& selection) {
  if (!selection.accounts) return std::nullopt;
  return std::span<const core::AccountId>(*selection.accounts);
}

// Visits the versions that the end of some day knew.
template <class Record, class Visit>
void each_known(Session& session, const Selection& selection, int offset_minutes, Visit&& visit) {
  versioned::each_span<Record>(session, listed(selection), [&](const versioned::Span<Record>& span) {
    KnownSpan known{core::day_of(span.from, offset_minutes)};
    if (span.until) known.until = core::day_of(*span.until, offset_minutes);
    if (known.from < known.until) visit(span.record, known);
  });
}

}  // namespace

void each_account(Session& session, const Selection& selection, int offset_minutes, const UserNames& user_names,
                  const std::function<void(const AccountFact&)>& visit) {
  const auto definitions = load_definitions(session);
  const ManagedHistory managed(session, listed(selection), definitions, offset_minutes);
  each_known<Account>(session, selection, offset_minutes, [&](const Account& account, KnownSpan known) {
    AccountFact fact{{account.id},
                     known,
                     account.external_id,
                     account.name,
                     account.phase,
                     user_names.shown(account.owner, account.owner_name),
                     account.industry,
                     account.size,
                     account.region,
                     account.country,
                     account.plan,
                     account.owner,
                     account.parent,
                     account.created_day,
                     {}};
    const auto own = attributes_from(account.attributes.text, definitions);
    managed.each_part(fact.account, known, own, [&](KnownSpan part, Attributes attributes) {
      fact.known = part;
      fact.attributes = std::move(attributes);
      visit(fact);
    });
  });
}

void each_contact(Session& session, const Selection& selection, int offset_minutes,
                  const std::function<void(const ContactFact&)>& visit) {
  // The places on accounts have history; the people themselves are only needed as they are today.
  std::unordered_map<std::int64_t, Contact> people;
  const auto keep = [&](Contact&& person) { people.insert_or_assign(person.id, std::move(person)); };
  if (!selection.accounts) {
    versioned::each_row<Contact>(session, "", {}, keep);
  } else {
    const auto& accounts = *selection.accounts;
    for (std::size_t begin = 0; begin < accounts.size(); begin += records::largest_list) {
      const auto count = std::min(records::largest_list, accounts.size() - begin);
      const auto size = records::padded_list_size(count);
      records::Values ids;
      for (std::size_t i = 0; i < size; ++i) ids.emplace_back(accounts[begin + std::min(i, count - 1)]);
      versioned::each_row<Contact>(session,
                                   " WHERE id IN (SELECT contact_id FROM contact_role WHERE account_id IN (" +
                                       records::placeholders(1, size) + "))",
                                   ids, keep);
    }
  }
  each_known<Membership>(session, selection, offset_minutes, [&](const Membership& place, KnownSpan known) {
    const auto found = people.find(place.contact.value);
    static const Contact gone;
    const auto& person = found == people.end() ? gone : found->second;
    visit({place.contact, place.account, known, person.name, person.email, role_bits(place.roles), place.first_day,
           place.left_day, place.title, place.department, person.reading, person.language, person.consent,
           person.consent_at, person.consent_proof});
  });
}

void each_ticket(Session& session, const Selection& selection, int offset_minutes,
                 const std::function<void(const TicketFact&)>& visit) {
  each_known<Ticket>(session, selection, offset_minutes, [&](const Ticket& ticket, KnownSpan known) {
    visit({{ticket.id},
           ticket.account,
           known,
           core::day_of(ticket.opened_at, offset_minutes),
           ticket.closed_at ? std::optional(core::day_of(*ticket.closed_at, offset_minutes)) : std::nullopt,
           ticket.status,
           ticket.priority,
           ticket.category,
           ticket.external_id,
           ticket.subject,
           ticket.requester,
           ticket.requester_name});
  });
}

void each_interaction(Session& session, const Selection& selection, int offset_minutes,
                      const std::function<void(const InteractionFact&)>& visit) {
  each_known<Interaction>(session, selection, offset_minutes, [&](const Interaction& interaction, KnownSpan known) {
    visit({{interaction.id},
           interaction.account,
           known,
           interaction.kind,
           core::day_of(interaction.occurred_at, offset_minutes),
           interaction.contacts,
           interaction.external_id,
           interaction.subject,
           interaction.body,
           interaction.other_participants,
           interaction.author});
  });
}

void each_survey_answer(Session& session, const Selection& selection, int offset_minutes,
                        const std::function<void(const SurveyFact&)>& visit) {
  each_known<SurveyAnswer>(session, selection, offset_minutes, [&](const SurveyAnswer& answer, KnownSpan known) {
    visit({{answer.id},
           answer.account,
           known,
           answer.kind,
           answer.score,
           answer.scale_max,
           answer.contact,
           core::day_of(answer.answered_at, offset_minutes),
           answer.external_id,
           answer.comment,
           answer.contact_name});
  });
}

void each_attendance(Session& session, const Selection& selection, int offset_minutes,
                     const std::function<void(const AttendanceFact&)>& visit) {
  each_known<Attendance>(session, selection, offset_minutes, [&](const Attendance& attendance, KnownSpan known) {
    visit({{attendance.id},
           attendance.account,
           known,
           attendance.kind,
           attendance.title,
           attendance.contact,
           attendance.day,
           attendance.external_id,
           attendance.contact_name});
  });
}

std::vector<std::pair<core::AccountId, core::UserId>> read_owners(Session& session, const Selection& selection) {
  std::vector<std::pair<core::AccountId, core::UserId>> owners;
  const auto keep = [&](const records::Row& row) {
    owners.emplace_back(row.id<core::AccountId>(0), row.id<core::UserId>(1));
  };
  const std::string columns = "SELECT id, owner_id FROM account WHERE owner_id <> 0";
  if (!selection.accounts) {
    session.each(columns, {}, keep);
    return owners;
  }
  const auto& accounts = *selection.accounts;
  for (std::size_t begin = 0; begin < accounts.size(); begin += records::largest_list) {
    const auto count = std::min(records::largest_list, accounts.size() - begin);
    const auto size = records::padded_list_size(count);
    records::Values ids;
    for (std::size_t i = 0; i < size; ++i) ids.emplace_back(accounts[begin + std::min(i, count - 1)]);
    session.each(columns + " AND id IN (" + records::placeholders(1, size) + ")", ids, keep);
  }
  return owners;
}

void each_book_row(Session& session, const Selection& selection, const UserNames& user_names,
                   const std::function<void(const BookRow&)>& visit) {
  const auto definitions = load_definitions(session);
  const ManagedToday managed(session, listed(selection), definitions);
  const auto render = [&](Account&& account, const records::Row& row) {
    BookRow book_row;
    book_row.id = {account.id};
    book_row.search_key = row.text(row.size() - 2);
    book_row.sort_key = row.text(row.size() - 1);
    book_row.owner_name = user_names.shown(account.owner, account.owner_name);
    book_row.owner = account.owner;
    book_row.parent = account.parent;
    book_row.created_day = account.created_day;
    book_row.attributes = attributes_from(account.attributes.text, definitions);
    managed.add_to(book_row.id, book_row.attributes);
    book_row.domains = std::move(account.domains);
    book_row.external_id = std::move(account.external_id);
    book_row.name = std::move(account.name);
    book_row.reading = std::move(account.reading);
    book_row.phase = std::move(account.phase);
    book_row.industry = std::move(account.industry);
    book_row.size = std::move(account.size);
    book_row.region = std::move(account.region);
    book_row.country = std::move(account.country);
    book_row.plan = std::move(account.plan);
    visit(book_row);
  };
  if (!selection.accounts) {
    versioned::each_row<Account>(session, "", {}, render);
  } else {
    versioned::each_row_with<Account>(session, "id", std::span<const core::AccountId>(*selection.accounts), render);
  }
}

const std::string& UserNames::shown(core::UserId user, const std::string& otherwise) const {
  if (!user) return otherwise;
  const auto [place, is_new] = names_.try_emplace(user.value);
  if (is_new && surroundings_.user_name) place->second = surroundings_.user_name(user).value_or("");
  return place->second;
}

}  // namespace banso::customers
