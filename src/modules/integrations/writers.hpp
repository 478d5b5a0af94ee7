// One writer per kind; see record_writer.hpp.
#pragma once

#include "record_writer.hpp"

namespace banso::integrations {

using OnReject = std::function<void(RejectedRow)>;

std::unique_ptr<RecordWriter> make_account_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_contact_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_subscription_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_ticket_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_interaction_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_survey_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_attendance_writer(const WriteContext& context, Counts& counts, OnReject reject);
std::unique_ptr<RecordWriter> make_event_writer(const WriteContext& context, Counts& counts, OnReject reject);

inline constexpr std::size_t records_per_batch = 1000;
inline constexpr std::size_t events_per_batch = 10'000;

}  // namespace banso::integrations
