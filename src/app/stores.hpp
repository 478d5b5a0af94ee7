// Opens what an installation keeps: records, events and the mart. Each throws OperatorError where the operator can do
// something about it.
#pragma once

#include <memory>

#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"
#include "settings.hpp"

namespace banso::app {

// Makes the data folder and brings the tables of all modules up to date.
std::shared_ptr<platform::records::Database> open_records(const Settings& settings);
// DuckDB in the data folder, or the cluster that the settings name.
std::shared_ptr<platform::events::EventStore> open_events(const Settings& settings, int day_offset_minutes);
std::shared_ptr<platform::duckdb::Database> open_mart(const Settings& settings);

}  // namespace banso::app
