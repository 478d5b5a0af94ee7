// The book: everything known about a set of accounts, in columns. A value: built once, never changed, safe to read from
// any number of threads. It spans any period and can be evaluated at every day inside it, because each fact carries two
// times: the day it happened and the day it became known. Corrections are further versions, never overwritten rows.
//
// Accounts are numbered 0..size()-1 in ascending order of their id; a book may hold a chunk of all accounts, and chunks
// are evaluated independently of each other.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::engine {

using core::Day;

// "No such day" in optional day fields, and "still so" at the end of a period.
inline constexpr Day no_day{std::numeric_limits<std::int32_t>::min()};
inline constexpr Day forever{std::numeric_limits<std::int32_t>::max()};

// During which days a fact was what we believed: from the day we learned of it until the day a correction replaced it.
struct Known {
  Day from;
  Day until = forever;  // exclusive

  bool at(Day as_of) const { return from <= as_of && as_of < until; }
  auto operator<=>(const Known&) const = default;
};

// ---- what the columns speak of ----

enum class AttributeType { text, number, day, yes_no, choice, money };

// Attributes every account may have; the vendor's own are keyed by their own names.
namespace attribute_keys {
inline constexpr std::string_view phase = "phase", industry = "industry", size = "size", region = "region",
                                  plan = "plan", owner = "owner", country = "country", created = "created",
                                  parent = "parent";
}

struct AttributeDescription {
  std::string key;
  core::Text name;
  AttributeType type = AttributeType::text;
};

struct Feature {
  std::string key;     // the event name as sent, e.g. "message_posted"
  std::string name;    // as shown
  std::string module;  // part of the product it belongs to; empty for none
  bool is_active =
      true;  // false for events that do not show that a person uses the product (mail delivered, billing ran)
};

// Roles of a contact, as a set of bits.
using ContactRoles = std::uint8_t;
enum class ContactRole : ContactRoles {
  champion = 1,
  executive_sponsor = 2,
  decision_maker = 4,
  admin = 8,
  user = 16,
};
constexpr ContactRoles bit(ContactRole role) {
  return static_cast<ContactRoles>(role);
}

enum class SurveyKind : std::uint8_t { nps, csat, ces, other };
enum class InteractionKind : std::uint8_t { meeting, call, mail, note };
enum class AttendanceKind : std::uint8_t { content, event, community };

// ---- facts ----

// Empty for "cleared". Text and choices are codes into the attribute's dictionary, days are days since 1970, yes is 1,
// no is 0, money is in minor units of the reporting currency.
struct AttributeVersion {
  Day known_from;
  double value = 0;  // not a number: cleared

  auto operator<=>(const AttributeVersion&) const = default;
};

struct Subscription {
  std::uint16_t product = 0;  // index into Book::products()
  Day start;
  Day end = forever;  // exclusive; forever for open-ended
  std::int32_t seats = 0;
  std::int64_t mrr_minor = 0;  // monthly recurring revenue in the reporting currency
  std::int32_t notice_days = 0;
  bool auto_renews = false;
  Known known;

  bool active_on(Day day) const { return start <= day && day < end; }
  auto operator<=>(const Subscription&) const = default;
};

// A ticket whose closing is already noted counts as open on the days before it was closed.
struct Ticket {
  Day opened;
  Day closed = forever;
  bool is_urgent = false;
  Known known;

  auto operator<=>(const Ticket&) const = default;
};

struct SurveyAnswer {
  Day day;
  SurveyKind kind = SurveyKind::other;
  float score = 0;
  float scale_max = 10;
  Known known;

  auto operator<=>(const SurveyAnswer&) const = default;
};

struct Interaction {
  Day day;
  InteractionKind kind = InteractionKind::note;
  ContactRoles attended = 0;  // roles of the contacts who took part, as far as noted
  Known known;

  auto operator<=>(const Interaction&) const = default;
};

struct Attendance {
  Day day;
  AttendanceKind kind = AttendanceKind::content;
  Known known;

  auto operator<=>(const Attendance&) const = default;
};

inline constexpr std::uint32_t no_person = std::numeric_limits<std::uint32_t>::max();

struct Contact {
  Day first_day;
  Day left_day = forever;  // the first day on which the person was gone
  ContactRoles roles = 0;
  std::uint32_t person = no_person;  // who this is in the usage rows of the same account
  Known known;

  bool present_on(Day day) const { return first_day <= day && day < left_day; }
  auto operator<=>(const Contact&) const = default;
};

// A level that a person set by hand, whatever the score says. Lifting it is a correction: a version that ends earlier.
struct LevelOverride {
  std::uint16_t level = 0;  // index into Book::levels()
  Day from;
  Day until = forever;  // the first day on which it no longer holds
  Known known;

  auto operator<=>(const LevelOverride&) const = default;
};

// ---- columns ----

// Rows of every account in one array; account i owns rows[offsets[i]..offsets[i+1]).
template <class Row>
struct PerAccount {
  std::vector<std::uint64_t> offsets;
  std::vector<Row> rows;

  std::span<const Row> of(std::size_t account) const {
    return {rows.data() + offsets[account], rows.data() + offsets[account + 1]};
  }
};

// One row per account, day, person, feature (and day of learning, where events came late). Sorted by day within an
// account. Structure of arrays: this is where nearly all bytes of a book are, and most measures need only some columns.
struct UsageColumns {
  std::vector<std::uint64_t> offsets;        // per account, size() + 1
  std::vector<std::uint32_t> person_counts;  // per account: persons are numbered 0..count-1 within their account
  std::vector<std::int32_t> days;
  std::vector<std::uint32_t> persons;
  std::vector<std::uint16_t> features;  // index into Book::features()
  std::vector<std::uint32_t> events;
  std::vector<std::uint16_t> delay_days;  // known day minus day; capped at 65,535 (179 years)
};

struct AttributeColumn {
  AttributeDescription description;
  std::vector<std::string> dictionary;    // of text and choice attributes, sorted
  PerAccount<AttributeVersion> versions;  // ascending by known_from

  // As known on that day; nothing where it was not set.
  std::optional<double> value_at(std::size_t account, Day as_of) const;
  std::optional<std::string_view> text_at(std::size_t account, Day as_of) const;
};

class Book {
 public:
  std::size_t size() const { return account_ids_.size(); }
  std::span<const core::AccountId> account_ids() const { return account_ids_; }
  // The day each account became known; before it the account does not exist for evaluate().
  std::span<const Day> known_from() const { return known_from_; }
  std::optional<std::size_t> index_of(core::AccountId id) const;

  std::span<const Feature> features() const { return features_; }
  std::span<const std::string> products() const { return products_; }
  std::span<const AttributeColumn> attributes() const { return attributes_; }
  const AttributeColumn* attribute(std::string_view key) const;  // null where the book has no such attribute

  const UsageColumns& usage() const { return usage_; }
  const PerAccount<Subscription>& subscriptions() const { return subscriptions_; }  // by start
  const PerAccount<Ticket>& tickets() const { return tickets_; }                    // by opened
  const PerAccount<SurveyAnswer>& surveys() const { return surveys_; }              // by day
  const PerAccount<Interaction>& interactions() const { return interactions_; }     // by day
  const PerAccount<Attendance>& attendance() const { return attendance_; }          // by day
  const PerAccount<Contact>& contacts() const { return contacts_; }                 // by first day

  std::span<const std::string> levels() const { return levels_; }  // keys of the levels that people set by hand
  const PerAccount<LevelOverride>& level_overrides() const { return level_overrides_; }  // by first day
  // The one that held on that day, as known on it; the later one where two did. Null where none did.
  const LevelOverride* level_override(std::size_t account, Day as_of) const;

  // Bytes held by the columns, for those who cut a large book into chunks.
  std::size_t memory_bytes() const;

 private:
  friend class BookBuilder;
  friend class BookAssembler;
  std::vector<core::AccountId> account_ids_;
  std::vector<Day> known_from_;
  std::vector<Feature> features_;
  std::vector<std::string> products_;
  std::vector<AttributeColumn> attributes_;
  UsageColumns usage_;
  PerAccount<Subscription> subscriptions_;
  PerAccount<Ticket> tickets_;
  PerAccount<SurveyAnswer> surveys_;
  PerAccount<Interaction> interactions_;
  PerAccount<Attendance> attendance_;
  PerAccount<Contact> contacts_;
  std::vector<std::string> levels_;
  PerAccount<LevelOverride> level_overrides_;
};

}  // namespace banso::engine
