#include "platform/jobs/jobs.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::platform::jobs {
namespace {

using records::Row;
using records::Session;
using Listener = std::function<void(std::int64_t id)>;

constexpr std::int64_t lease_microseconds = 60 * core::microseconds_per_second;
constexpr std::int64_t write_every_microseconds = 300'000;  // progress, renewing the lease as well
constexpr auto poll_every = std::chrono::milliseconds(500);

constexpr const char* columns =
    "id, kind, payload, state, progress, message_en, message_ja, result, owner_user_id, created_at_us, started_at_us, "
    "finished_at_us";

constexpr std::pair<State, const char*> state_words[] = {{State::waiting, "waiting"},
                                                         {State::running, "running"},
                                                         {State::done, "done"},
                                                         {State::failed, "failed"},
                                                         {State::cancelled, "cancelled"}};

State state_from(const std::string& word) {
  for (const auto& [state, name] : state_words) {
    if (word == name) return state;
  }
  return State::failed;
}

Job read_job(const Row& row) {
  Job job;
  job.id = row.integer(0);
  job.kind = row.text(1);
  job.payload = row.text(2);
  job.state = state_from(row.text(3));
  job.progress = row.number(4);
  job.message = {row.text(5), row.text(6)};
  job.result = row.text(7);
  job.owner = row.id<core::UserId>(8);
  job.created_at = row.instant(9);
  job.finished_at = row.maybe_instant(11);
  const auto started_at = row.maybe_instant(10);
  if (job.state == State::running && started_at && job.progress > 0.02) {
    const double elapsed_seconds = static_cast<double>(core::now().microseconds - started_at->microseconds) / 1e6;
    job.eta_seconds = static_cast<std::int64_t>(elapsed_seconds * (1 - job.progress) / job.progress + 0.5);
  }
  return job;
}

// A job that runs in a worker thread and writes how far it is.
class StoredProgress final : public Progress {
 public:
  StoredProgress(records::Database& database, Job job, std::string holder, const std::atomic<bool>& stopping,
                 const Listener& changed)
      : database_(database), job_(std::move(job)), holder_(std::move(holder)), stopping_(stopping), changed_(changed) {}

  const Job& job() const override { return job_; }

  void report(double progress, const core::Text& message) override {
    job_.progress = progress;
    job_.message = message;
    write_if_due();
  }

  bool cancelled() override {
    write_if_due();
    return cancel_asked_ || stopping_;
  }

  bool cancel_asked() const { return cancel_asked_; }

 private:
  void write_if_due() {
    const std::int64_t now = core::now().microseconds;
    if (now - written_at_ < write_every_microseconds) return;
    written_at_ = now;
    database_.write([&](Session& session) {
      session.execute(
          "UPDATE job SET progress = :1, message_en = :2, message_ja = :3, lease_until_us = :4 WHERE id = :5 AND "
          "lease_holder = :6",
          {job_.progress, job_.message.en, job_.message.ja, now + lease_microseconds, job_.id, holder_});
      const auto row = session.query_one("SELECT cancel_asked FROM job WHERE id = :1", {job_.id});
      cancel_asked_ = row && row->yes(0);
    });
    changed_(job_.id);
  }

  records::Database& database_;
  Job job_;
  const std::string holder_;
  const std::atomic<bool>& stopping_;
  const Listener& changed_;
  std::int64_t written_at_ = 0;
  bool cancel_asked_ = false;
};

class ShownProgress final : public Progress {
 public:
  ShownProgress(Job job, const std::function<void(double, const core::Text&)>& show)
      : job_(std::move(job)), show_(show) {}

  const Job& job() const override { return job_; }
  void report(double progress, const core::Text& message) override { show_(progress, message); }
  bool cancelled() override { return false; }

 private:
  Job job_;
  const std::function<void(double, const core::Text&)>& show_;
};

class StoredJobs final : public Jobs {
 public:
  StoredJobs(std::shared_ptr<records::Database> database, int threads, int node_number)
      : database_(std::move(database)),
        thread_count_(threads),
        node_number_(node_number),
        holder_(fmt::format("{}{}-{}", node_prefix(), ::getpid(), records::new_id())) {}

  ~StoredJobs() override { stop(); }

  void handle(std::string kind, Handler handler) override { handlers_[std::move(kind)] = std::move(handler); }

  void on_changed(std::function<void(std::int64_t)> listener) override { changed_ = std::move(listener); }

  void start() override {
    stopping_ = false;
    take_back_from_the_dead();
    for (int i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { loop(); });
  }

  void stop() override {
    stopping_ = true;
    wake_.notify_all();
    threads_.clear();
  }

  std::int64_t submit(std::string_view kind, std::string payload, const core::Caller& owner, Where where) override {
    const std::int64_t id = records::new_id();
    database_->write([&](Session& session) {
      session.execute(
          "INSERT INTO job (id, kind, payload, state, progress, message_en, message_ja, result, owner_user_id, "
          "created_at_us, cancel_asked, lease_until_us, lease_holder, node_number) VALUES (:1, :2, :3, 'waiting', 0, "
          "'', "
          "'', '', :4, :5, 0, 0, '', :6)",
          {id, kind, payload, owner.user, core::now(),
           where == Where::this_node ? std::optional<std::int64_t>(node_number_) : std::nullopt});
    });
    wake_.notify_one();
    changed_(id);
    return id;
  }

  core::Result<Job> get(std::int64_t id) override {
    const auto row = database_->read([&](Session& session) {
      return session.query_one(fmt::format("SELECT {} FROM job WHERE id = :1", columns), {id});
    });
    if (!row) return core::Error::not_found({"There is no such job.", "該当する処理はありません。"});
    return read_job(*row);
  }

  core::Result<> cancel(std::int64_t id) override {
    const auto changed = database_->write([&](Session& session) {
      return session.execute(
                 "UPDATE job SET state = 'cancelled', finished_at_us = :1 WHERE id = :2 AND state = 'waiting'",
                 {core::now(), id}) +
             session.execute("UPDATE job SET cancel_asked = 1 WHERE id = :1 AND state = 'running'", {id});
    });
    if (changed == 0) {
      return core::Error::conflict({"This job has already ended.", "この処理はすでに終了しています。"});
    }
    return {};
  }

  core::Result<std::string> run_now(std::string_view kind, std::string payload, const core::Caller& owner,
                                    const std::function<void(double, const core::Text&)>& show) override {
    Job job;
    job.id = records::new_id();
    job.kind = kind;
    job.payload = std::move(payload);
    job.state = State::running;
    job.owner = owner.user;
    job.created_at = core::now();
    ShownProgress progress(std::move(job), show);
    return handlers_.at(std::string(kind))(progress);
  }

 private:
  void loop() {
    while (!stopping_) {
      std::optional<Job> job;
      try {
        job = claim();
      } catch (const std::exception& error) {
        log::error(fmt::format("jobs cannot be read: {}", error.what()));
      }
      if (job) {
        work(std::move(*job));
        continue;
      }
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, poll_every);
    }
  }

  // The oldest waiting job, or one whose holder died and let its lease run out.
  std::optional<Job> claim() {
    const std::int64_t now = core::now().microseconds;
    constexpr const char* free_job =
        "(state = 'waiting' OR (state = 'running' AND lease_until_us < :1)) AND (node_number IS NULL OR node_number = "
        ":2)";
    const bool any = database_->read([&](Session& session) {
      return session.query_one(fmt::format("SELECT id FROM job WHERE {} LIMIT 1", free_job), {now, node_number_})
          .has_value();
    });
    if (!any) return std::nullopt;
    return database_->write([&](Session& session) -> std::optional<Job> {
      const auto oldest = session.query_one(
          fmt::format("SELECT id FROM job WHERE {} ORDER BY created_at_us LIMIT 1", free_job), {now, node_number_});
      if (!oldest) return std::nullopt;
      const auto claimed = session.execute(
          fmt::format("UPDATE job SET state = 'running', started_at_us = :1, lease_until_us = :3, lease_holder = :4 "
                      "WHERE id = :5 AND {}",
                      free_job),
          {now, node_number_, now + lease_microseconds, holder_, oldest->integer(0)});
      if (claimed == 0) return std::nullopt;  // another node was faster
      return read_job(
          *session.query_one(fmt::format("SELECT {} FROM job WHERE id = :1", columns), {oldest->integer(0)}));
    });
  }

  std::string node_prefix() const { return fmt::format("node-{}-", node_number_); }

  // One process holds a node's number, so whoever else has a lease under it is dead.
  void take_back_from_the_dead() {
    database_->write([&](Session& session) {
      session.execute(
          "UPDATE job SET state = 'waiting', lease_until_us = 0 WHERE state = 'running' AND lease_holder LIKE :1 AND "
          "lease_holder <> :2",
          {node_prefix() + "%", holder_});
    });
  }

  void work(Job job) {
    const std::int64_t id = job.id;
    const auto handler = handlers_.find(job.kind);
    if (handler == handlers_.end()) {
      return finish(id, "failed",
                    {"No part of this version handles such a job.", "この処理に対応する機能がありません。"}, "");
    }
    StoredProgress progress(*database_, std::move(job), holder_, stopping_, changed_);
    try {
      auto result = handler->second(progress);
      if (stopping_ && !progress.cancel_asked() && !result) return give_back(id);
      if (result) return finish(id, "done", {"", ""}, *result);
      finish(id, progress.cancel_asked() ? "cancelled" : "failed", result.error().message, "");
    } catch (const std::exception& error) {
      log::error(fmt::format("job {} failed: {}", id, error.what()));
      finish(id, "failed",
             {"Something went wrong on our side. It has been logged; please try again.",
              "サーバー側で問題が発生しました。記録済みですので、もう一度お試しください。"},
             "");
    }
  }

  void finish(std::int64_t id, const char* state, const core::Text& message, const std::string& result) {
    database_->write([&](Session& session) {
      session.execute(
          "UPDATE job SET state = :1, progress = CASE WHEN :1 = 'done' THEN 1 ELSE progress END, message_en = :2, "
          "message_ja = :3, result = :4, finished_at_us = :5 WHERE id = :6 AND lease_holder = :7",
          {state, message.en, message.ja, result, core::now(), id, holder_});
    });
    changed_(id);
  }

  // The server stops: whoever starts next takes the job at once.
  void give_back(std::int64_t id) {
    database_->write([&](Session& session) {
      session.execute("UPDATE job SET state = 'waiting', lease_until_us = 0 WHERE id = :1 AND lease_holder = :2",
                      {id, holder_});
    });
  }

  std::shared_ptr<records::Database> database_;
  const int thread_count_;
  const int node_number_;
  const std::string holder_;
  std::map<std::string, Handler> handlers_;
  Listener changed_ = [](std::int64_t) {};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::jthread> threads_;
};

}  // namespace

std::unique_ptr<Jobs> Jobs::make(std::shared_ptr<records::Database> database, int threads, int node_number) {
  return std::make_unique<StoredJobs>(std::move(database), threads, node_number);
}

}  // namespace banso::platform::jobs
