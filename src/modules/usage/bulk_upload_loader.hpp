// From the rows of an upload to the store: through the same checks, matching and counting as calls over HTTP, in
// bounded batches, remembering how far it is so that a stop or a crash loses and doubles nothing.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "bulk_upload.hpp"
#include "bulk_upload_rows.hpp"
#include "intake_parser.hpp"
#include "intake_queue.hpp"
#include "statistics.hpp"

namespace banso::usage {

// Older history than calls over HTTP may bring.
inline constexpr int oldest_uploaded_days = 3653;

struct LoaderParts {
  UploadStore* uploads = nullptr;
  std::shared_ptr<IntakeQueue> queue;
  IntakeStatistics* statistics = nullptr;
  std::function<bool()> stopping;               // asked often
  std::function<void(double progress)> report;  // likewise
};

// A row without a message id gets "<upload key>#<row>". Those are the upload's own, which tells apart, after a crash, a
// row that was stored just before from one that somebody sent earlier. A row with an id of its own cannot be told
// apart: of the few thousand rows that were under way in a crash, such count as duplicates.
class UploadLoader {
 public:
  UploadLoader(LoaderParts parts, Upload& upload);

  enum class End { done, stopped, store_failed };
  // `upload` says how far it is, in any case. An error: the file is at fault.
  core::Result<End> load(UploadRows& rows);

 private:
  struct Batch {
    std::int64_t last_row = 0;
    std::vector<ParsedItem> own;    // with ids made of the row
    std::vector<ParsedItem> given;  // with ids of their own
    std::vector<RefusedRow> refused;
    std::map<std::string, std::int64_t, std::less<>> refused_by_reason;
    std::int64_t refused_rows = 0;
    std::size_t bytes = 0;
    std::size_t rows() const { return own.size() + given.size(); }
  };
  struct UnderWay {
    Batch batch;
    std::shared_ptr<Acknowledgement> own;
    std::shared_ptr<Acknowledgement> given;
  };

  void take(const UploadRow& row);
  void refuse(std::int64_t row, std::string_view reason, core::FieldError error);
  bool check_time(std::int64_t row, Call& call);
  End flush();
  End settle_oldest();
  std::shared_ptr<Acknowledgement> push(std::vector<ParsedItem> items, std::size_t bytes);

  const LoaderParts parts_;
  Upload& upload_;
  const std::int64_t sent_before_;  // rows up to this one may have been stored by an earlier run
  const core::Instant now_;
  Batch batch_;
  std::deque<UnderWay> under_way_;
};

}  // namespace banso::usage
