// Calls that could not be used, kept with the reason, so that a person can mend what was wrong and try them again.
// Bounded: the newest of each source, for some days.
//
// Threading: every function may be called from any thread. Failures of the records database are exceptions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/paging.hpp"
#include "intake_work.hpp"
#include "platform/records/records.hpp"

namespace banso::usage {

struct QuarantinedCall {
  std::int64_t id = 0;
  RefusedCall call;
};

struct QuarantineFilter {  // all that are set must hold
  std::optional<core::SourceId> source;
  std::optional<std::string> reason;
  std::vector<std::int64_t> ids;
};

struct ReasonCount {
  std::string reason;
  std::int64_t count = 0;
};

class Quarantine {
 public:
  static constexpr std::int64_t most_calls_of_source = 10'000;
  static constexpr int days_kept = 30;

  explicit Quarantine(std::shared_ptr<platform::records::Database> records) : records_(std::move(records)) {}

  // How many were kept, per source. The same call of the same receipt is kept once, however often it is handed in.
  std::map<core::SourceId, std::int64_t> keep(std::span<const RefusedCall> calls);

  core::Page<QuarantinedCall> list(const QuarantineFilter& filter, core::PageRequest page);  // newest first
  std::vector<ReasonCount> reasons(const std::optional<core::SourceId>& source);             // most first
  std::map<core::SourceId, std::int64_t> waiting();

  std::int64_t remove(const QuarantineFilter& filter);  // rows removed
  // Tried again, and refused for another reason.
  void update_reason(std::int64_t id, const std::string& reason, const core::FieldError& error);

 private:
  std::shared_ptr<platform::records::Database> records_;
};

}  // namespace banso::usage
