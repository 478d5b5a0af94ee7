// Journeys: where every account stands on the way to the outcome it bought the product for. A journey map is a
// definition of the kind "journey" (engine/journeys); each account follows the one of lowest rank whose condition it
// meets. Milestones are proven by data as the book changes, or confirmed by the customer. The module's only public
// header.
//
//   book changes ──► conditions of milestones ──► engine::journeys::advance ──► records ──► listeners
//   people: assume, confirm, feelings ───────────────┘                            └──► attributes of the account
//
// What the rest of the product asks for are attributes of the account that this module keeps (managed_by "journeys"):
// journey, journey_stage, journey_stage_since, journey_confirmed_stage, journey_stuck, journey_regressing. So they are
// fields of conditions, columns of the book, values for measures, and readable as known on any day.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm and above assume, confirm and note feelings; leader and above define.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::journeys {

inline constexpr std::string_view journey_kind = "journey";
inline constexpr std::string_view arrived = "$arrived";  // in place of a stage: the last one was passed

// An account came into a stage, arrived, or left its journey.
struct StageChange {
  core::AccountId account;
  std::string journey;  // key
  std::string from;     // a stage's key; empty where the account was not on this journey before
  std::string to;       // a stage's key, `arrived`, or empty: it left the journey
  core::Text from_name, to_name;
  core::Day day;
  bool is_handover = false;  // somebody else of us answers for the new stage: to be reviewed
  std::string our_role;      // who of us answers for the new stage, by the roles on an account
};
// Told after the change was recorded, by the node that recorded it; a crash in between may cost the telling, never the
// record: who needs every change reads the attributes. A listener must be quick and must not call back.
using StageListener = std::function<void(std::span<const StageChange>)>;

// What a customer may see of their own journey: nothing of what we assume, and no words of ours.
struct SharedMilestone {
  std::string key;
  core::Text name;
  bool is_required = true;
  bool is_confirmed_by_customer = false;  // the customer is asked
  std::optional<core::Day> reached_on;    // by data, and not lapsed
  std::optional<core::Day> confirmed_on;
};
struct SharedStage {
  std::string key;
  core::Text name, outcome;
  std::vector<SharedMilestone> milestones;
};
struct SharedFeeling {
  int feeling = 0;
  std::string words;
  core::Day day;
};
struct SharedJourney {
  core::Text name;
  std::vector<SharedStage> stages;
  // Numbers of stages; as many as there are: arrived. `current` may rest on an assumption of ours.
  std::size_t current = 0, proven = 0, confirmed = 0;
  core::Day since;                       // in the current one
  int expected_days = 0;                 // for the current one; 0: arrived
  std::optional<SharedFeeling> feeling;  // the newest that this contact told of
};

struct PastTaken {
  std::int64_t accounts = 0;                 // that have a past now
  std::vector<std::string> without_history;  // milestones whose condition asks for what has none
};

struct Surroundings {
  std::function<core::Day()> book_day;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kind and listens to releases and to the book.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_stage_changed(StageListener listener) = 0;  // before start()
  virtual void start() = 0;                                   // follows the book in a thread
  virtual void stop() = 0;
  // Compares the book with what is recorded now, on this thread; what the thread does by itself.
  virtual void refresh() = 0;

  // Reads how the accounts of a journey went through it before it was published, from what was known in each week.
  // A second time there are none left to be given one. leader.
  virtual core::Result<PastTaken> take_past(const core::Caller& caller, const std::string& journey,
                                            const health::PanelView& panel) = 0;

  // Where one of us puts the account by hand; nothing takes the assumption away.
  virtual core::Result<> assume(const core::Caller& caller, core::AccountId account,
                                const std::optional<std::string>& stage, const std::string& why) = 0;
  // The customer confirmed a milestone (`contact`: who of them, 0: not told), or took it back.
  virtual core::Result<> confirm(const core::Caller& caller, core::AccountId account, const std::string& milestone,
                                 core::ContactId contact, bool is_confirmed, const std::string& words) = 0;
  // What somebody of the customer said they felt in the present stage: 1 (bad) to 5 (delighted), and their words.
  virtual core::Result<> note_feeling(const core::Caller& caller, core::AccountId account, core::ContactId contact,
                                      int feeling, const std::string& words) = 0;

  // For the customer's own view. Nothing: the account is on no journey.
  virtual std::optional<SharedJourney> shared(core::AccountId account, core::ContactId contact) = 0;

  // /api/journeys..., /api/accounts/{id}/journey...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::journeys
