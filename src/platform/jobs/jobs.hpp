// Background work that survives a restart: rows in the records database, claimed with a lease by one of the nodes.
// A job's handler must be idempotent: after a crash it runs again from the start, with the same payload.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::platform::jobs {

enum class State { waiting, running, done, failed, cancelled };

struct Job {
  std::int64_t id = 0;
  std::string kind;
  std::string payload;  // JSON, the handler's own
  State state = State::waiting;
  double progress = 0;                      // 0..1
  std::optional<std::int64_t> eta_seconds;  // from the progress so far; nothing while unknown
  core::Text message;                       // what it is doing or what went wrong
  std::string result;                       // JSON, the handler's own, once done
  core::UserId owner;
  core::Instant created_at;
  std::optional<core::Instant> finished_at;
};

// What a handler sees of its job while it runs.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual const Job& job() const = 0;
  // Cheap to call often: written to the database at most a few times a second.
  virtual void report(double progress, const core::Text& message) = 0;
  virtual bool cancelled() = 0;  // the handler stops at the next good place and undoes or leaves a whole state
};

using Handler = std::function<core::Result<std::string>(Progress&)>;  // the result as JSON

// Which of the nodes may do a job.
enum class Where {
  anywhere,
  this_node,  // it needs what only this node has: a file that was uploaded to it, its mart
};

class Jobs {
 public:
  // `node_number`: see records/node_registry.hpp. What a killed process of the same node left running is taken up again
  // at start(), at once.
  static std::unique_ptr<Jobs> make(std::shared_ptr<records::Database> database, int threads = 2, int node_number = 0);
  virtual ~Jobs() = default;

  virtual void handle(std::string kind, Handler handler) = 0;  // before start()
  // Told when a job of this process was added, moved on or ended; on the thread that did it, so be quick. Before
  // start().
  virtual void on_changed(std::function<void(std::int64_t id)> listener) = 0;
  virtual void start() = 0;
  virtual void stop() = 0;  // waits for running handlers; they go on after the next start

  virtual std::int64_t submit(std::string_view kind, std::string payload, const core::Caller& owner,
                              Where where = Where::anywhere) = 0;
  virtual core::Result<Job> get(std::int64_t id) = 0;
  virtual core::Result<> cancel(std::int64_t id) = 0;
  // Runs a handler in the calling thread (the shell), showing progress through `show`.
  virtual core::Result<std::string> run_now(std::string_view kind, std::string payload, const core::Caller& owner,
                                            const std::function<void(double, const core::Text&)>& show) = 0;
};

std::span<const records::Migration> migrations();

}  // namespace banso::platform::jobs
