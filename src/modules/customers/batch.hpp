// The frame of every upsert: find the record a row means, apply the row to it, write what changed.
#pragma once

#include <span>
#include <vector>

#include "modules/customers/customers.hpp"
#include "platform/versioned/upsert.hpp"
#include "references.hpp"
#include "rows.hpp"

namespace banso::customers {

// What every batch works with.
struct BatchContext {
  versioned::Writer& writer;
  const Surroundings& surroundings;
  int utc_offset_minutes = surroundings.utc_offset_minutes();  // asked once: it may be read from the database
  std::vector<core::AccountId> touched = {};                   // accounts with a changed record

  Session& session() const { return writer.session(); }
  core::Instant start_of(core::Day day) const { return core::start_of(day, utc_offset_minutes); }
};

using versioned::Matches;
using versioned::only;
using versioned::rejected;

template <class R>
core::RowOutcome write_record(BatchContext& batch, const R* present, R& record, core::Instant known_at) {
  return versioned::write_record(batch.writer, present, record, known_at, batch.touched);
}

using Outcomes = std::vector<core::RowOutcome>;

Outcomes upsert_accounts(BatchContext& batch, std::span<const AccountInput> inputs);
Outcomes upsert_contacts(BatchContext& batch, std::span<const ContactInput> inputs);
Outcomes upsert_tickets(BatchContext& batch, std::span<const TicketInput> inputs);
Outcomes upsert_interactions(BatchContext& batch, std::span<const InteractionInput> inputs);
Outcomes upsert_survey_answers(BatchContext& batch, std::span<const SurveyAnswerInput> inputs);
Outcomes upsert_attendance(BatchContext& batch, std::span<const AttendanceInput> inputs);

}  // namespace banso::customers
