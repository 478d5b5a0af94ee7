#include "record_writer.hpp"

#include "writers.hpp"

namespace banso::integrations {

std::unique_ptr<RecordWriter> make_writer(Kind kind, const WriteContext& context, Counts& counts, OnReject reject) {
  switch (kind) {
    case Kind::accounts:
      return make_account_writer(context, counts, std::move(reject));
    case Kind::contacts:
      return make_contact_writer(context, counts, std::move(reject));
    case Kind::subscriptions:
      return make_subscription_writer(context, counts, std::move(reject));
    case Kind::tickets:
      return make_ticket_writer(context, counts, std::move(reject));
    case Kind::interactions:
      return make_interaction_writer(context, counts, std::move(reject));
    case Kind::surveys:
      return make_survey_writer(context, counts, std::move(reject));
    case Kind::attendance:
      return make_attendance_writer(context, counts, std::move(reject));
    case Kind::events:
      return make_event_writer(context, counts, std::move(reject));
  }
  return nullptr;
}

}  // namespace banso::integrations
