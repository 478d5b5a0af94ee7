// The last step of an import: rows become records or events, in batches, and each row learns its fate.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/batch.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "field_values.hpp"
#include "modules/customers/customers.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/records/version_log.hpp"
#include "profile.hpp"
#include "rejects.hpp"
#include "row_mapper.hpp"

namespace banso::integrations {

// The modules that an import feeds.
struct Targets {
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  std::function<int()> utc_offset_minutes;  // of the workspace's clock
};

struct Counts {
  std::int64_t rows = 0;  // of data in the file that were read
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t rejected = 0;
  std::int64_t skipped = 0;  // left out by only_where

  bool operator==(const Counts&) const = default;
};

struct WriteContext {
  const Targets& targets;
  const Mapping& mapping;
  const RowMapper& mapper;
  const FileProfile& profile;
  ReadingRules rules;
  platform::records::Provenance provenance;
  bool dry_run = false;
  std::string message_id_prefix;  // of events without an id of their own: prefix and line make one
};

class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  // Takes a row over; writes when enough have come. Rows that carry errors are rejected here, too.
  virtual core::Result<> add(MappedRow row, const Row& original) = 0;
  virtual core::Result<> flush() = 0;
};

// `counts` and `reject` are told of every row exactly once, in the order of the file within a batch.
std::unique_ptr<RecordWriter> make_writer(Kind kind, const WriteContext& context, Counts& counts,
                                          std::function<void(RejectedRow)> reject);

}  // namespace banso::integrations
