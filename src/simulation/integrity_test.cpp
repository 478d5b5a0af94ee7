// Whatever the chance, the rows must fit together.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include <gtest/gtest.h>

#include "simulation.hpp"
#include "test_text.hpp"

namespace banso::simulation {
namespace {

const core::Day until = core::day_from(2026, 11, 22);

class Integrity : public testing::Test {
 protected:
  // Every account is made once for all checks.
  static void SetUpTestSuite() {
    const Simulation simulation = Simulation::create({250, 18, 11, until}).value();
    first_day_ = simulation.first_day();
    for (int i = 0; i < simulation.account_count(); ++i) histories_.push_back(simulation.account(i));
  }
  static void TearDownTestSuite() { histories_.clear(); }

  static core::Day end_of_service(const AccountHistory& history) {
    core::Day end = history.account.customer_since;
    for (const Subscription& row : history.subscriptions) end = std::max(end, row.end);
    return std::min(end, until);
  }

  static inline std::vector<AccountHistory> histories_;
  static inline core::Day first_day_;
};

TEST_F(Integrity, ExternalIdsAndAddressesAreUnique) {
  std::unordered_set<std::string> ids, emails, domains, names;
  const auto add = [&ids](const auto& rows) {
    for (const auto& row : rows) EXPECT_TRUE(ids.insert(row.external_id).second) << row.external_id;
  };
  for (const AccountHistory& history : histories_) {
    EXPECT_TRUE(ids.insert(history.account.external_id).second);
    EXPECT_TRUE(domains.insert(history.account.domain).second) << history.account.domain;
    EXPECT_TRUE(names.insert(history.account.name).second) << history.account.name;
    add(history.contacts);
    add(history.subscriptions);
    add(history.tickets);
    add(history.interactions);
    add(history.survey_answers);
    add(history.attendances);
    for (const Person& person : history.persons) EXPECT_TRUE(emails.insert(person.email).second) << person.email;
  }
}

TEST_F(Integrity, ParentsComeFirst) {
  std::set<std::string> seen;
  int subsidiaries = 0;
  for (const AccountHistory& history : histories_) {
    if (!history.account.parent_external_id.empty()) {
      ++subsidiaries;
      EXPECT_TRUE(seen.contains(history.account.parent_external_id));
    }
    seen.insert(history.account.external_id);
  }
  EXPECT_GT(subsidiaries, 3);
}

TEST_F(Integrity, ReadingsAreKanaWhereTheLanguageIsJapanese) {
  for (const AccountHistory& history : histories_) {
    const bool is_japanese = history.account.language == core::Language::ja;
    EXPECT_EQ(is_japanese, history.account.country == "JP");
    EXPECT_EQ(is_japanese, is_katakana(history.account.reading)) << history.account.reading;
    for (const Contact& contact : history.contacts) EXPECT_EQ(is_japanese, is_katakana(contact.reading));
  }
}

TEST_F(Integrity, PhasesFollowEachOther) {
  for (const AccountHistory& history : histories_) {
    const auto& phases = history.account.phases;
    ASSERT_FALSE(phases.empty());
    EXPECT_EQ(phases.front().day, history.account.customer_since);
    for (std::size_t i = 1; i < phases.size(); ++i) {
      EXPECT_LE(phases[i - 1].day, phases[i].day) << history.account.external_id;
      EXPECT_LT(phases[i - 1].phase, phases[i].phase) << history.account.external_id;
    }
  }
}

TEST_F(Integrity, ContactsArePersonsOfTheAccount) {
  for (const AccountHistory& history : histories_) {
    ASSERT_FALSE(history.contacts.empty());
    for (const Contact& contact : history.contacts) {
      const Person& person = history.persons.at(static_cast<std::size_t>(contact.person));
      EXPECT_EQ(contact.email, person.email);
      EXPECT_TRUE(!contact.department.empty() || contact.role == ContactRole::executive_sponsor);
      EXPECT_TRUE(contact.email.ends_with("@" + history.account.domain));
      EXPECT_GE(contact.first_day, person.first_day);
      EXPECT_EQ(contact.left_on, person.left_on);
      if (contact.left_on) {
        EXPECT_GT(*contact.left_on, contact.first_day);
      }
    }
    for (const Person& person : history.persons) {
      EXPECT_GE(person.first_day, history.account.customer_since);
      EXPECT_LT(person.first_day, until);
      if (person.left_on) {
        EXPECT_GE(*person.left_on, person.first_day);
        EXPECT_LT(*person.left_on, until);
      }
    }
  }
}

TEST_F(Integrity, TermsOfAProductFollowEachOtherWithoutGapOrOverlap) {
  for (const AccountHistory& history : histories_) {
    std::map<std::string, const Subscription*> last;
    for (const Subscription& row : history.subscriptions) {
      EXPECT_LT(row.start, row.end) << row.external_id;
      EXPECT_LE(row.end, row.agreed_end) << row.external_id;
      EXPECT_EQ(row.end < row.agreed_end, row.amended_on.has_value()) << row.external_id;
      EXPECT_LE(row.signed_on, row.start) << row.external_id;
      EXPECT_LT(row.signed_on, until) << row.external_id;
      EXPECT_GE(row.seats, 1);
      EXPECT_LE(row.seats, 1500);
      EXPECT_GT(row.amount.amount_minor, 0);
      if (last[row.product] != nullptr) {
        EXPECT_EQ(last[row.product]->end, row.start) << row.external_id;
      }
      last[row.product] = &row;
    }
    EXPECT_EQ(history.subscriptions.front().start, history.account.customer_since);
    const Subscription& base = *last["tsudoi-base"];
    EXPECT_EQ(base.cancelled_on.has_value(), history.truth.churned);
    const bool is_over = base.end < until;
    EXPECT_EQ(is_over, history.account.phases.back().phase == Phase::churned) << history.account.external_id;
    if (is_over) {
      EXPECT_TRUE(history.truth.churned);
    }
  }
}

TEST_F(Integrity, NoMorePeopleHaveAccessThanSeatsArePaidFor) {
  for (const AccountHistory& history : histories_) {
    for (core::Day day = first_day_; day < end_of_service(history); day = day + 7) {
      int seats = 0;
      for (const Subscription& row : history.subscriptions) {
        if (row.product == "tsudoi-base" && row.start <= day && day < row.end) seats = row.seats;
      }
      const auto people = std::count_if(history.persons.begin(), history.persons.end(), [&](const Person& person) {
        return person.first_day <= day && (!person.left_on || day < *person.left_on);
      });
      // A successor may arrive a little before a seat is freed.
      if (day >= history.account.customer_since) {
        EXPECT_LE(people, seats + 1 + seats / 10) << history.account.external_id << " " << core::to_string(day);
      }
    }
  }
}

TEST_F(Integrity, UsageLiesWithinServiceAndPresence) {
  for (const AccountHistory& history : histories_) {
    const core::Day end = end_of_service(history);
    const UsageCount* before = nullptr;
    for (const UsageCount& row : history.usage) {
      const Person& person = history.persons.at(row.person);
      ASSERT_GE(row.day, std::max(first_day_, history.account.customer_since));
      ASSERT_LT(row.day, end) << history.account.external_id;
      ASSERT_GE(row.day, person.first_day);
      ASSERT_TRUE(!person.left_on || row.day < *person.left_on);
      ASSERT_GE(row.count, 1u);
      ASSERT_LT(row.feature, vendor().features.size());
      if (before != nullptr) {
        ASSERT_LT(std::tie(before->day, before->person, before->feature), std::tie(row.day, row.person, row.feature));
      }
      before = &row;
    }
  }
}

TEST_F(Integrity, RecordsLieWithinServiceAndPointToPeople) {
  for (const AccountHistory& history : histories_) {
    std::set<std::string> contacts, emails;
    for (const Contact& contact : history.contacts) contacts.insert(contact.external_id);
    for (const Person& person : history.persons) emails.insert(person.email);
    const core::Instant first = core::start_of(first_day_, history.account.utc_offset_minutes);
    const core::Instant end = core::start_of(end_of_service(history), history.account.utc_offset_minutes);
    for (const Ticket& ticket : history.tickets) {
      EXPECT_TRUE(ticket.opened_at >= first && ticket.opened_at < end) << ticket.external_id;
      EXPECT_EQ(ticket.closed_at.has_value(), ticket.status == TicketStatus::closed);
      if (ticket.first_response_at) {
        EXPECT_GE(*ticket.first_response_at, ticket.opened_at);
      }
      if (ticket.closed_at) {
        EXPECT_GE(*ticket.closed_at, *ticket.first_response_at);
      }
      EXPECT_TRUE(emails.contains(ticket.requester));
    }
    for (const Interaction& talk : history.interactions) {
      EXPECT_TRUE(talk.at >= first && talk.at < end) << talk.external_id;
      EXPECT_EQ(talk.text.find('{'), std::string::npos) << talk.text;
      for (const std::string& email : talk.participants) EXPECT_TRUE(emails.contains(email));
    }
    for (const SurveyAnswer& answer : history.survey_answers) {
      EXPECT_TRUE(contacts.contains(answer.contact));
      EXPECT_GE(answer.score, answer.kind == SurveyKind::nps ? 0 : 1);
      EXPECT_LE(answer.score, answer.scale_max);
    }
    for (const Attendance& attendance : history.attendances) {
      EXPECT_TRUE(contacts.contains(attendance.contact));
      EXPECT_TRUE(attendance.day >= first_day_ && attendance.day < until);
    }
  }
}

TEST_F(Integrity, SpreadEventsAreDistinctAndOnTheirDay) {
  for (const AccountHistory& history : histories_) {
    for (std::size_t i = 0; i < history.usage.size(); i += 97) {
      const UsageCount& row = history.usage[i];
      std::vector<core::Instant> instants, again;
      spread(history, row, [&](core::Instant instant) { instants.push_back(instant); });
      spread(history, row, [&](core::Instant instant) { again.push_back(instant); });
      ASSERT_EQ(instants.size(), row.count);
      ASSERT_EQ(instants, again);
      for (std::size_t k = 0; k < instants.size(); ++k) {
        ASSERT_EQ(core::day_of(instants[k], history.account.utc_offset_minutes), row.day);
        if (k > 0) {
          ASSERT_LT(instants[k - 1], instants[k]);
        }
      }
    }
  }
}

TEST(Options, OutOfRangeIsRefusedByField) {
  const auto field = [](Options options) { return Simulation::create(options).error().fields.at(0).field; };
  EXPECT_EQ(field({0, 24, 1, until}), "accounts");
  EXPECT_EQ(field({400, 1, 1, until}), "months");
  EXPECT_EQ(field({400, 24, 1, core::day_from(1900, 1, 1)}), "until");
}

}  // namespace
}  // namespace banso::simulation
