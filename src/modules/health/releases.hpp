// The versions of the scores: every release of the definitions that measures or scorecards took part in, what is kept
// of the history that it gave, and the history of an account or of the whole book under any of them.
//
// Under the present release a history follows everything that is learned. Under an earlier one it stays as the last
// evaluation left it ("kept"), until somebody has it evaluated again; of an account whose release is not kept it is
// computed when asked for.
#pragma once

#include <mutex>

#include "account_health.hpp"

namespace banso::health {

// Threading: all members may be called from any thread.
class Releases {
 public:
  Releases(const Dependencies& dependencies, LiveBook& live) : from_(dependencies), live_(live) {}

  // Newest first, with what is kept of each and of how many releases something is kept at all.
  json::object list() const;
  // How many accounts each level had, week by week, under a release that is kept; of the present one without a number.
  core::Result<json::object> level_weeks(std::optional<std::int64_t> release) const;
  // By administrators. What is beyond the number is deleted at once; the answer names it.
  core::Result<json::object> choose_kept(const core::Caller& caller, std::int64_t releases);

  // Whether a release can be evaluated again.
  core::Result<> check(std::int64_t release) const;
  // All accounts, all weeks, under that release, beside what the book shows. The present release is refused: its
  // evaluation is the book's.
  core::Result<EvaluationReport> recompute(std::int64_t release, const ShowProgress& show);

 private:
  core::Result<Evaluation> kept(std::int64_t release) const;

  const Dependencies& from_;
  LiveBook& live_;
  std::mutex recomputing_;
};

// When each release was published, for the marks of a trend and the label of a score; newest first.
json::array render_publications(definitions::Service& service, int utc_offset_minutes);
// One of them; null for none (0).
json::value render_publication(definitions::Service& service, std::int64_t release, int utc_offset_minutes);

}  // namespace banso::health
