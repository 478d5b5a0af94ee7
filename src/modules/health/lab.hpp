// The Health Lab: scorecards tried on the history of all accounts and judged by what became of them. The panel of
// measure values is built by a job and held in memory, on this node; engine/lab computes.
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

#include "engine/lab/judgement.hpp"
#include "engine/lab/suggestion.hpp"
#include "lab_outcomes.hpp"
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
  std::optional<bool> is_good{};  // of an attribute's choice; that of a contract is known
  int lead_days = 90;
  std::optional<std::string> at_level;
  std::optional<std::string> segment_by;
};
// Reads a request of judge, compare or suggest.
core::Result<LabRequest> read_lab_request(std::string_view body);

struct LabPeriod {
  std::optional<core::Day> from, to;
};

// A scorecard ready to be tried.
struct TriedScorecard {
  std::shared_ptr<const engine::Definitions> definitions;
  std::size_t index = 0;
  const engine::Scorecard& card() const { return definitions->scorecards[index]; }
};

// The published scorecard as judged: it does not move under the sliders.
struct PublishedJudgement {
  struct Key {
    std::string scorecard;
    std::int64_t release = 0;
    std::string outcome;
    bool is_good = false;
    int lead_days = 0;
    std::optional<std::string> at_level, segment_by;
    bool operator==(const Key&) const = default;
  };
  Key key;
  lab::ScoredPanel scored;
  lab::Judgement judgement;
};
using PublishedJudgementPtr = std::shared_ptr<const PublishedJudgement>;

// One panel with what was computed on it. Shared by the requests that use it; the next one takes its place.
struct LabState {
  std::shared_ptr<const lab::LabPanel> panel;
  DefinitionSetPtr set;  // as published when it was built
  core::Day known_on;
  core::Instant built_at;
  core::Instant evaluated_at;  // the full evaluation that it shows the history of
  std::string currency;
  std::vector<NamedOutcome> outcomes;
  std::unique_ptr<lab::Rescorer> rescorer;
  std::unique_ptr<lab::Judge> judge;

  std::mutex mutex;  // of what follows
  std::map<std::tuple<std::string, bool, int>, std::shared_ptr<const lab::JudgedOutcome>> judged;
  std::list<PublishedJudgementPtr> published;  // most recently used first; of the newest release only
  PanelViewPtr view;                           // with these segments and scorecards
  SegmentSetPtr view_segments;
  std::int64_t view_release = 0;
};

// Threading: all members may be called from any thread.
class Lab {
 public:
  Lab(const Dependencies& from, LiveBook& live);

  json::object status();
  PanelStatus panel();
  // Refuses periods that end before they begin, or that would take more memory than the lab may have.
  core::Result<LabPeriod> check(const LabPeriod& wanted);
  void note_requested();
  // What the job does.
  core::Result<std::string> build(const LabPeriod& period, const ShowProgress& show);
  // Whether a panel was kept over the restart.
  bool has_kept() const;
  // What the job does after a restart: takes the kept panel, or builds it again where it no longer fits.
  core::Result<std::string> restore(const ShowProgress& show);

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
  core::Result<StatePtr> read_state() const;
  void keep(const LabState& state) const;
  void make_ready(LabState& state) const;
  core::Result<std::string> run(const std::function<core::Result<StatePtr>()>& make);
  core::Result<StatePtr> build_state(const LabPeriod& period, const ShowProgress& show);
  std::vector<engine::Scorecard> drafts() const;
  core::Result<std::shared_ptr<const lab::JudgedOutcome>> outcome(LabState& state, const LabRequest& request);
  core::Result<TriedScorecard> tried(const LabState& state, const LabRequest& request, TriedBody use) const;
  core::Result<engine::Scorecard> body_of(const LabRequest& request, TriedBody use) const;
  core::Result<lab::JudgeOptions> options(const LabState& state, const TriedScorecard& tried,
                                          const LabRequest& request) const;
  core::Result<PublishedJudgementPtr> published(LabState& state, const LabRequest& request,
                                                const std::shared_ptr<const lab::JudgedOutcome>& outcome);
  PanelViewPtr view_of(LabState& state);
  json::array moved(const LabState& state, const lab::ScoredPanel& before, const lab::ScoredPanel& after,
                    std::size_t& total);
};

}  // namespace banso::health
