#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "platform/jobs/jobs.hpp"

namespace banso::platform::jobs {
namespace {

class JobsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("banso-jobs-" + std::to_string(records::new_id()));
    std::filesystem::create_directories(folder_);
    database_ = records::Database::open("sqlite:" + (folder_ / "records.db").string());
    database_->migrate(migrations());
  }
  void TearDown() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  static Job wait_for_end(Jobs& jobs, std::int64_t id) {
    for (int i = 0; i < 400; ++i) {
      const auto job = jobs.get(id);
      if (job && job->state != State::waiting && job->state != State::running) return *job;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ADD_FAILURE() << "the job did not end";
    return {};
  }

  const core::Caller owner_ = core::Caller::system("test");
  std::filesystem::path folder_;
  std::shared_ptr<records::Database> database_;
};

TEST_F(JobsTest, RunsAndKeepsTheResult) {
  auto jobs = Jobs::make(database_);
  jobs->handle("double", [](Progress& progress) -> core::Result<std::string> {
    progress.report(0.5, {"half way", "半分完了"});
    return progress.job().payload + progress.job().payload;
  });
  jobs->start();
  const Job done = wait_for_end(*jobs, jobs->submit("double", "21", owner_));
  EXPECT_EQ(done.state, State::done);
  EXPECT_EQ(done.result, "2121");
  EXPECT_EQ(done.progress, 1);
}

TEST_F(JobsTest, TellsThatAJobChanged) {
  std::atomic<int> told{0};
  auto jobs = Jobs::make(database_);
  jobs->on_changed([&](std::int64_t id) { told += id > 0 ? 1 : 0; });
  jobs->handle("step", [](Progress& progress) -> core::Result<std::string> {
    progress.report(0.5, {"half way", "半分完了"});
    return std::string("1");
  });
  jobs->start();
  wait_for_end(*jobs, jobs->submit("step", "", owner_));
  jobs->stop();
  EXPECT_EQ(told, 3);  // added, half way, done
}

TEST_F(JobsTest, TellsWhyAJobFailedWithoutInternals) {
  auto jobs = Jobs::make(database_);
  jobs->handle("expected", [](Progress&) -> core::Result<std::string> {
    return core::Error::invalid({"bad file", "不正なファイルです"});
  });
  jobs->handle("unexpected", [](Progress&) -> core::Result<std::string> { throw std::runtime_error("secret"); });
  jobs->start();
  EXPECT_EQ(wait_for_end(*jobs, jobs->submit("expected", "", owner_)).message.ja, "不正なファイルです");
  const Job failed = wait_for_end(*jobs, jobs->submit("unexpected", "", owner_));
  EXPECT_EQ(failed.state, State::failed);
  EXPECT_EQ(failed.message.en.find("secret"), std::string::npos);
  EXPECT_EQ(wait_for_end(*jobs, jobs->submit("unknown", "", owner_)).state, State::failed);
}

TEST_F(JobsTest, CancelsAWaitingAndARunningJob) {
  auto jobs = Jobs::make(database_);
  jobs->handle("endless", [](Progress& progress) -> core::Result<std::string> {
    while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return core::Error::conflict({"cancelled", "中止しました"});
  });
  const auto waiting = jobs->submit("endless", "", owner_);
  EXPECT_TRUE(jobs->cancel(waiting));
  EXPECT_EQ(jobs->get(waiting)->state, State::cancelled);
  jobs->start();
  const auto running = jobs->submit("endless", "", owner_);
  while (jobs->get(running)->state != State::running) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(jobs->cancel(running));
  EXPECT_EQ(wait_for_end(*jobs, running).state, State::cancelled);
  EXPECT_FALSE(jobs->cancel(running));
}

TEST_F(JobsTest, GoesOnAfterARestart) {
  std::int64_t id = 0;
  {
    auto jobs = Jobs::make(database_, 1);
    jobs->handle("long", [](Progress& progress) -> core::Result<std::string> {
      while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return core::Error::unavailable({"stopped", "停止しました"});
    });
    jobs->start();
    id = jobs->submit("long", "", owner_);
    while (jobs->get(id)->state != State::running) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  auto jobs = Jobs::make(database_, 1);
  jobs->handle("long", [](Progress&) -> core::Result<std::string> { return "finished"; });
  jobs->start();
  EXPECT_EQ(wait_for_end(*jobs, id).result, "finished");
}

TEST_F(JobsTest, AJobOfOneNodeIsLeftAloneByTheOthers) {
  auto here = Jobs::make(database_, 1, 1), there = Jobs::make(database_, 1, 2);
  here->handle("local", [](Progress&) -> core::Result<std::string> { return "here"; });
  there->handle("local", [](Progress&) -> core::Result<std::string> { return "there"; });
  const auto pinned = here->submit("local", "", owner_, Where::this_node);
  there->start();
  EXPECT_EQ(wait_for_end(*there, there->submit("local", "", owner_)).result, "there");
  EXPECT_EQ(there->get(pinned)->state, State::waiting);
  here->start();
  EXPECT_EQ(wait_for_end(*here, pinned).result, "here");
}

// A process that was killed still has its lease: its successor on the same node need not wait for the end of it.
TEST_F(JobsTest, TheSameNodeTakesUpWhatItsDeadPredecessorHeld) {
  auto dead = Jobs::make(database_, 1, 3);
  const auto id = dead->submit("any", "", owner_);
  database_->write([&](records::Session& session) {
    session.execute("UPDATE job SET state = 'running', lease_until_us = :1, lease_holder = 'node-3-99-1' WHERE id = :2",
                    {core::Instant{core::now().microseconds + 60'000'000}, id});
  });
  auto successor = Jobs::make(database_, 1, 3);
  successor->handle("any", [](Progress&) -> core::Result<std::string> { return "done again"; });
  successor->start();
  EXPECT_EQ(wait_for_end(*successor, id).result, "done again");
}

}  // namespace
}  // namespace banso::platform::jobs
