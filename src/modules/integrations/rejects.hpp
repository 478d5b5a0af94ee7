// Rows that could not be taken in, kept in full: to be looked at, downloaded, mended and imported again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "platform/http/http.hpp"

namespace banso::integrations {

struct CellError {
  std::string column;  // heading; empty: the row as a whole
  std::string value;   // shortened
  core::Text reason;
};

// A value as it is shown in a list of errors: cut between characters.
std::string shortened(std::string_view value);

struct RejectedRow {
  std::int64_t line = 0;
  std::vector<std::string> cells;
  std::vector<CellError> errors;
};

// One JSON line per row, appended. `bytes()` is a place to return to when work is taken up again after a crash.
class RejectWriter {
 public:
  RejectWriter(const std::filesystem::path& file, std::int64_t keep_bytes);
  void add(const RejectedRow& row);
  std::int64_t flush();  // bytes so far, on the disk

 private:
  std::filesystem::path path_;
  std::ofstream out_;
};

// Visits rows in order until `visit` returns false. A missing file has no rows.
void each_reject(const std::filesystem::path& file, const std::function<bool(const RejectedRow&)>& visit);

// The rejected rows as CSV for a spreadsheet: the original columns, and the reasons. Mended, it can be imported as it
// is.
platform::http::BodyStream rejects_as_csv(std::filesystem::path file, std::vector<std::string> headings,
                                          core::Language language);

// The heading of the column that rejects_as_csv() adds; such a column is never imported.
std::string_view reason_heading(core::Language language);
bool is_reason_heading(std::string_view heading);

}  // namespace banso::integrations
