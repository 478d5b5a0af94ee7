// Tickets, interactions, survey answers and attendance: what happened with a customer.
#include "batch_writer.hpp"
#include "words.hpp"
#include "writers.hpp"

namespace banso::integrations {
namespace {

class TicketWriter : public BatchWriter<customers::TicketInput> {
 public:
  TicketWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch) {}

 protected:
  std::vector<customers::TicketInput> convert(FieldValues& values, const MappedRow&) override {
    customers::TicketInput ticket;
    ticket.external_id = values.text("external_id");
    ticket.account = values.text("account");
    ticket.subject = values.text_patch("subject");
    ticket.category = values.text_patch("category");
    ticket.requester = values.text_patch("requester");
    ticket.status = values.choice_patch<customers::TicketStatus>("status", ticket_status_from);
    ticket.priority = values.choice_patch<customers::TicketPriority>("priority", ticket_priority_from);
    ticket.opened_at = values.instant_patch("opened_at");
    ticket.closed_at = values.instant_patch("closed_at");
    return {std::move(ticket)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::TicketInput>& inputs) override {
    return context_.targets.customers->upsert_tickets(context_.provenance, inputs, options());
  }
};

class InteractionWriter : public BatchWriter<customers::InteractionInput> {
 public:
  InteractionWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch) {}

 protected:
  std::vector<customers::InteractionInput> convert(FieldValues& values, const MappedRow&) override {
    customers::InteractionInput interaction;
    interaction.external_id = values.text("external_id");
    interaction.account = values.text("account");
    interaction.kind = values.choice_patch<customers::InteractionKind>("kind", interaction_kind_from);
    interaction.occurred_at = values.instant_patch("occurred_at");
    interaction.subject = values.text_patch("subject");
    interaction.body = values.text_patch("body");
    interaction.participants = values.list_patch("participants");
    interaction.author = values.text_patch("author");
    return {std::move(interaction)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::InteractionInput>& inputs) override {
    return context_.targets.customers->upsert_interactions(context_.provenance, inputs, options());
  }
};

class SurveyWriter : public BatchWriter<customers::SurveyAnswerInput> {
 public:
  SurveyWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch) {}

 protected:
  std::vector<customers::SurveyAnswerInput> convert(FieldValues& values, const MappedRow&) override {
    customers::SurveyAnswerInput answer;
    answer.external_id = values.text("external_id");
    answer.account = values.text("account");
    answer.kind = values.choice_patch<customers::SurveyKind>("kind", survey_kind_from);
    answer.score = values.number_patch("score");
    answer.scale_max = values.number_patch("scale_max");
    answer.comment = values.text_patch("comment");
    answer.contact = values.text_patch("contact");
    answer.answered_at = values.instant_patch("answered_at");
    return {std::move(answer)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::SurveyAnswerInput>& inputs) override {
    return context_.targets.customers->upsert_survey_answers(context_.provenance, inputs, options());
  }
};

class AttendanceWriter : public BatchWriter<customers::AttendanceInput> {
 public:
  AttendanceWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch) {}

 protected:
  std::vector<customers::AttendanceInput> convert(FieldValues& values, const MappedRow&) override {
    customers::AttendanceInput attendance;
    attendance.external_id = values.text("external_id");
    attendance.account = values.text("account");
    attendance.kind = values.choice_patch<customers::AttendanceKind>("kind", attendance_kind_from);
    attendance.title = values.text_patch("title");
    attendance.contact = values.text_patch("contact");
    attendance.day = values.day_patch("day");
    return {std::move(attendance)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::AttendanceInput>& inputs) override {
    return context_.targets.customers->upsert_attendance(context_.provenance, inputs, options());
  }
};

}  // namespace

std::unique_ptr<RecordWriter> make_ticket_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<TicketWriter>(context, counts, std::move(reject));
}
std::unique_ptr<RecordWriter> make_interaction_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<InteractionWriter>(context, counts, std::move(reject));
}
std::unique_ptr<RecordWriter> make_survey_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<SurveyWriter>(context, counts, std::move(reject));
}
std::unique_ptr<RecordWriter> make_attendance_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<AttendanceWriter>(context, counts, std::move(reject));
}

}  // namespace banso::integrations
