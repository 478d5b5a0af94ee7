// The Health Lab: scorecards tried on the history of all accounts and judged by what became of them. The panel of
// measure values is built by a job and held in memory, on this node; engine/lab computes.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/lab/judgement.hpp"
#include "engine/lab/suggestion.hpp"
#include "live_book.hpp"
#include "platform/json/json.hpp"
#include "worker_pool.hpp"

namespace banso::health {

namespace json = platform::json;
namespace lab = engine::lab;

// Whose weights and levels are tried.
enum class TriedBody { published, draft, given };

struct LabRequest {
  std::string scorecard;
  TriedBody use = TriedBody::published;
  std::optional<json::object> body;  // where it is given
  std::string outcome;
  int lead_days = 90;
  std::optional<std::string> at_level;
  std::optional<std::string> segment_by;
};
// Reads a request of judge, compare or suggest.
core::Result<LabRequest> read_lab_request(std::string_view body);

struct LabPeriod {
  std::optional<core::Day> from, to;
};

// Outcomes by key: "churned", "contracted", "expanded", "attribute.<key>=<choice>".
struct NamedOutcome {
  std::string key;
  core::Text name;
  std::size_t accounts = 0;
};

// One panel with what was computed on it. Shared by the requests that use it; the next one takes its place.
struct LabState {
  std::shared_ptr<const lab::LabPanel> panel;
  DefinitionSetPtr set;
  core::Day known_on;
  core::Instant built_at;
  core::Instant evaluated_at;  // the full evaluation that it shows the history of
  std::string currency;
  std::vector<NamedOutcome> outcomes;
  std::unique_ptr<lab::Rescorer> rescorer;
  std::unique_ptr<lab::Judge> judge;

  std::mutex mutex;  // of what follows
  std::map<std::pair<std::string, int>, std::shared_ptr<const lab::JudgedOutcome>> judged;
};

// A scorecard ready to be tried.
struct TriedScorecard {
  std::shared_ptr<const engine::Definitions> definitions;
  std::size_t index = 0;
  const engine::Scorecard& card() const { return definitions->scorecards[index]; }
};

// Threading: all members may be called from any thread.
class Lab {
 public:
  Lab(const Dependencies& from, LiveBook& live);

  json::object status();
  // Refuses periods that end before they begin, or that would take more memory than the lab may have.
  core::Result<LabPeriod> check(const LabPeriod& wanted);
  void note_requested();
  // What the job does.
  core::Result<std::string> build(const LabPeriod& period, const ShowProgress& show);

  core::Result<json::object> judge(const LabRequest& request);
  core::Result<json::object> compare(const LabRequest& request);
  core::Result<json::object> suggest(const LabRequest& request);

 private:
  using StatePtr = std::shared_ptr<LabState>;
  const Dependencies& from_;
  LiveBook& live_;
  WorkerPool pool_;
  std::mutex building_;
  mutable std::mutex mutex_;  // of what follows
  StatePtr state_;
  bool is_building_ = false;
  std::optional<core::Text> failure_;
  std::atomic<double> progress_{0};

  core::Result<StatePtr> ready() const;
  core::Result<StatePtr> build_state(const LabPeriod& period, const ShowProgress& show);
  std::vector<engine::Scorecard> drafts() const;
  std::vector<NamedOutcome> outcomes_of(const LabState& state) const;
  core::Result<std::shared_ptr<const lab::JudgedOutcome>> outcome(LabState& state, const LabRequest& request);
  core::Result<TriedScorecard> tried(const LabState& state, const LabRequest& request, TriedBody use) const;
  core::Result<lab::JudgeOptions> options(const LabState& state, const TriedScorecard& tried,
                                          const LabRequest& request) const;
  json::array moved(const LabState& state, const lab::ScoredPanel& before, const lab::ScoredPanel& after,
                    std::size_t& total);
};

}  // namespace banso::health
