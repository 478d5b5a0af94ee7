#include <fmt/format.h>

#include "batch_writer.hpp"
#include "writers.hpp"

namespace banso::integrations {
namespace {

class EventWriter : public BatchWriter<usage::EventInput> {
 public:
  EventWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), events_per_batch) {}

 protected:
  std::vector<usage::EventInput> convert(FieldValues& values, const MappedRow& row) override {
    usage::EventInput event;
    event.account = values.text("account");
    event.user = values.text("user");
    event.name = values.text("event");
    event.occurred_at = values.instant("occurred_at").value_or(core::Instant{});
    event.properties = values.text("properties");
    event.message_id = values.text("message_id");
    // Line and file make an id, so that the same file, read again, adds nothing.
    if (event.message_id.empty()) event.message_id = fmt::format("{}:{}", context_.message_id_prefix, row.line);
    return {std::move(event)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<usage::EventInput>& inputs) override {
    return context_.targets.usage->append_events(context_.provenance, inputs, options());
  }

  std::string column_of(const std::string& field) const override {
    return BatchWriter::column_of(field == "name" ? "event" : field);
  }
};

}  // namespace

std::unique_ptr<RecordWriter> make_event_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<EventWriter>(context, counts, std::move(reject));
}

}  // namespace banso::integrations
