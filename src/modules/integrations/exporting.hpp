// What an installation knows, as it is now, as rows whose headings are the fields of the import: what comes out can be
// brought in again.
#pragma once

#include "export_writer.hpp"
#include "kinds.hpp"
#include "record_writer.hpp"

namespace banso::integrations {

// Everything but events, which leave through the event store's own export.
std::vector<std::string> export_headings(Kind kind, const Targets& targets);
void export_rows(Kind kind, const Targets& targets, ExportWriter& writer);

}  // namespace banso::integrations
