// What the pages of one account show, read as known at a moment.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "modules/customers/customers.hpp"
#include "rows.hpp"

namespace banso::customers {

// A view made concrete: what was known by then, cut at that day.
struct Moment {
  std::optional<core::Instant> known_at;  // nothing: all that is known, read from the present rows
  core::Day day;
  core::Instant end_of_day;  // last instant of `day` on the workspace's clock

  core::Instant knowledge() const;  // known_at, or the far future
};

// The records of a kind on an account in that view.
template <class R>
std::vector<R> load_in(Session& session, core::AccountId account, const Moment& moment) {
  if (moment.known_at) return versioned::load_known_at<R>(session, account, *moment.known_at);
  return versioned::load<R>(session, " WHERE account_id = :1", {account});
}

struct Named {
  std::int64_t id = 0;
  std::string name;
};

struct AccountPage {
  Account account;
  std::optional<Named> parent;
  std::vector<Named> children;
  std::string owner_name;
  std::optional<core::Instant> known_since;  // nothing: known all along
  std::int64_t version_id = 0;
};
std::optional<AccountPage> read_account_page(Session& session, core::AccountId id, const Moment& moment);

struct ContactLine {
  Contact contact;
  Membership place;
  std::vector<Named> accounts;
};
std::vector<ContactLine> read_contacts(Session& session, core::AccountId account, const Moment& moment);

struct TicketLine {
  Ticket ticket;
  std::string requester;
};
std::vector<TicketLine> read_tickets(Session& session, core::AccountId account, const Moment& moment);

struct SurveyLine {
  SurveyAnswer answer;
  std::string contact;
};
std::vector<SurveyLine> read_surveys(Session& session, core::AccountId account, const Moment& moment);

struct AttendanceLine {
  Attendance attendance;
  std::string contact;
};
std::vector<AttendanceLine> read_attendance(Session& session, core::AccountId account, const Moment& moment);

// Names of people, by id: as they are today, also of people who were removed.
std::map<std::int64_t, std::string> contact_names(Session& session, std::vector<std::int64_t> ids);

struct SearchHit {
  std::string kind;  // account, contact
  std::int64_t id = 0;
  core::AccountId account;
  std::string title, subtitle;
};
std::vector<SearchHit> search_records(Session& session, std::string_view query, int limit);

struct ChangeLine {
  records::Version version;
  struct Field {
    std::string field;
    boost::json::value before, after;
  };
  std::vector<Field> fields;
};

// One page cut out of a whole list.
template <class T>
core::Page<T> cut(std::vector<T> all, core::PageRequest page) {
  core::Page<T> result;
  result.total = static_cast<std::int64_t>(all.size());
  const auto begin = std::min<std::int64_t>(page.offset, result.total);
  const auto end = std::min<std::int64_t>(begin + page.limit, result.total);
  result.items.assign(std::make_move_iterator(all.begin() + begin), std::make_move_iterator(all.begin() + end));
  return result;
}

}  // namespace banso::customers
