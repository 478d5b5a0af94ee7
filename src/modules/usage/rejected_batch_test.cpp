// One event that the store never takes must not hold up the others; a store that takes nothing must cost nobody
// anything.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "test_home.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;
namespace events = platform::events;
namespace fs = std::filesystem;

// A real store before which a switch stands: it rejects events of one name, or everything.
class RejectingStore : public events::EventStore {
 public:
  std::atomic<bool> is_down = false;
  std::atomic<bool> takes_all = false;
  std::atomic<int> failures = 0;

  events::AppendOutcome append(std::span<const events::Event> batch) override {
    const bool has_bad = std::ranges::any_of(batch, [](const events::Event& event) { return event.name == "bad"; });
    if (is_down || (has_bad && !takes_all)) {
      ++failures;
      throw std::runtime_error("rejected");
    }
    return store_->append(batch);
  }
  int day_offset_minutes() const override { return store_->day_offset_minutes(); }
  void set_day_offset_minutes(int minutes) override { store_->set_day_offset_minutes(minutes); }
  std::int64_t rematch_all(std::span<const events::Rematch> rematches) override {
    return store_->rematch_all(rematches);
  }
  std::int64_t remove_import(core::ImportId import) override { return store_->remove_import(import); }
  std::int64_t erase_person(core::AccountId account, const std::string& person) override {
    return store_->erase_person(account, person);
  }
  std::int64_t position() override { return store_->position(); }
  events::Changes changes_since(std::int64_t position) override { return store_->changes_since(position); }
  void user_days_added(std::int64_t since, std::int64_t until, const events::UserDayVisitor& visit) override {
    store_->user_days_added(since, until, visit);
  }
  void user_days_of(std::span<const events::AccountDay> pairs, std::int64_t until,
                    const events::UserDayVisitor& visit) override {
    store_->user_days_of(pairs, until, visit);
  }
  void user_days(const events::Selection& selection, const events::UserDayVisitor& visit) override {
    store_->user_days(selection, visit);
  }
  std::vector<events::DailyCount> daily_counts(const events::Selection& selection) override {
    return store_->daily_counts(selection);
  }
  core::Page<events::StoredEvent> timeline(const events::TimelineQuery& query) override {
    return store_->timeline(query);
  }
  core::Page<events::Person> people(const events::PeopleQuery& query) override { return store_->people(query); }
  std::vector<events::StoredEvent> latest(std::optional<core::SourceId> source, int limit) override {
    return store_->latest(source, limit);
  }
  core::Page<events::Unmatched> unmatched(core::PageRequest page) override { return store_->unmatched(page); }
  std::vector<events::TypeVolume> type_volumes() override { return store_->type_volumes(); }
  std::vector<events::SourceVolume> source_volumes() override { return store_->source_volumes(); }
  events::Totals totals(const events::Selection& selection) override { return store_->totals(selection); }
  void export_events(const events::Selection& selection,
                     const std::function<void(const events::StoredEvent&)>& visit) override {
    store_->export_events(selection, visit);
  }

 private:
  std::shared_ptr<events::EventStore> store_ = events::duckdb_store_in_memory();
};

class RejectedBatches : public ::testing::Test {
 protected:
  RejectedBatches() {
    home_.dependencies.events = store_;
    open_journal();
    home_.open();
    source_ = home_.service->create_source("Product", home_.admin).value();
  }
  ~RejectedBatches() override {
    home_.service.reset();
    home_.dependencies.journal.reset();
    fs::remove_all(folder_);
  }
  void open_journal() {
    home_.dependencies.journal = platform::journal::Journal::open(folder_, {.disk_reserve_bytes = 0});
  }
  // Does not wait for the store. Whether it was taken: a server that has its hands full refuses for the moment.
  bool is_taken(const std::string& batch) {
    platform::http::Request request;
    request.body = R"({"writeKey":")" + source_.write_key + R"(","batch":[)" + batch + "]}";
    for (const auto& route : home_.service->routes()) {
      if (route.pattern != "/v1/batch") continue;
      const auto answer = route.handler(request);
      return answer && answer->status == 200;
    }
    return false;
  }
  void send(const std::string& batch) { ASSERT_TRUE(is_taken(batch)); }
  static std::string call(const std::string& name, const std::string& id) {
    return R"({"type":"track","userId":"u","event":")" + name + R"(","messageId":")" + id + R"("})";
  }
  std::size_t stored() { return store_->latest({}, 10'000).size(); }
  core::Page<QuarantinedCall> quarantined() { return home_.service->quarantine().list({}, {0, 100}); }

  fs::path folder_ = fs::temp_directory_path() / ("banso-rejected-" + std::to_string(::getpid()));
  std::shared_ptr<RejectingStore> store_ = std::make_shared<RejectingStore>();
  TestHome home_;
  SourceWithKey source_;
};

TEST_F(RejectedBatches, TheEventToBlameGoesIntoQuarantineAndTheOthersIntoTheStore) {
  std::string calls;
  for (int number = 0; number < 200; ++number) calls += call("good", "g" + std::to_string(number)) + ",";
  send(calls + call("bad", "b1"));
  send(call("bad", "b2") + "," + call("good", "g1000"));
  ASSERT_TRUE(home_.service->settle(20s));
  EXPECT_EQ(stored(), 201u);
  ASSERT_EQ(quarantined().total, 2);
  const auto kept = quarantined().items.front().call;
  EXPECT_EQ(kept.reason, "not_storable");
  EXPECT_NE(kept.call.find(R"("event":"bad")"), std::string::npos) << kept.call;
  EXPECT_EQ(home_.dependencies.journal->waiting_bytes(), 0);

  // Tried again: refused again, and kept; when the store takes it, it leaves.
  std::thread traffic([&] {
    std::this_thread::sleep_for(200ms);
    send(call("good", "witness"));
  });
  const auto again = home_.service->replay_quarantine({}, home_.admin).value();
  traffic.join();
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(again.still_refused, 2);
  EXPECT_EQ(quarantined().total, 2);
  store_->takes_all = true;
  EXPECT_EQ(home_.service->replay_quarantine({}, home_.admin).value().accepted, 2);
  EXPECT_EQ(quarantined().total, 0);
  EXPECT_EQ(stored(), 204u);
}

TEST_F(RejectedBatches, ABadEventAloneWaitsForAWitness) {
  send(call("bad", "b"));
  EXPECT_FALSE(home_.service->settle(1s));
  EXPECT_EQ(quarantined().total, 0);
  send(call("good", "g"));
  ASSERT_TRUE(home_.service->settle(20s));
  EXPECT_EQ(stored(), 1u);
  EXPECT_EQ(quarantined().total, 1);
}

TEST_F(RejectedBatches, AStoreThatIsDownBlamesNobody) {
  store_->is_down = true;
  std::string calls = call("good", "g");
  for (int number = 0; number < 50; ++number) calls += "," + call("good", "g" + std::to_string(number));
  send(calls);
  while (store_->failures < 12) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(quarantined().total, 0);
  EXPECT_GT(home_.dependencies.journal->waiting_bytes(), 0);
  store_->is_down = false;
  ASSERT_TRUE(home_.service->settle(20s));
  EXPECT_EQ(stored(), 51u);
  EXPECT_EQ(quarantined().total, 0);
}

TEST_F(RejectedBatches, ABadEventInTheJournalDoesNotKeepTheServerFromStarting) {
  send(call("bad", "b"));
  home_.service.reset();
  home_.dependencies.journal.reset();
  open_journal();
  home_.open();
  send(call("good", "g"));
  ASSERT_TRUE(home_.service->settle(20s));
  EXPECT_EQ(stored(), 1u);
  EXPECT_EQ(quarantined().total, 1);
  EXPECT_EQ(home_.dependencies.journal->waiting_bytes(), 0);
}

// More than are read from the journal at once, and all of them bad: nobody in the batch can show that the store works.
TEST_F(RejectedBatches, ABatchOfBadEventsInTheMiddleOfTheJournalKeepsNobodyWaiting) {
  store_->is_down = true;
  send(call("good", "first"));
  constexpr int of_body = 2000;
  for (int body = 0; body < 12; ++body) {
    std::string calls;
    for (int number = 0; number < of_body; ++number) {
      calls += (number ? "," : "") + call("bad", std::to_string(body) + "-" + std::to_string(number));
    }
    send(calls);
  }
  send(call("good", "last"));
  home_.service.reset();
  home_.dependencies.journal.reset();
  store_->is_down = false;
  open_journal();
  home_.open();
  int sent = 0;
  for (int attempt = 0; attempt < 100 && home_.dependencies.journal->waiting_bytes() > 0; ++attempt) {
    if (is_taken(call("good", "new" + std::to_string(sent)))) ++sent;
    std::this_thread::sleep_for(500ms);
  }
  ASSERT_TRUE(home_.service->settle(20s));
  EXPECT_EQ(home_.dependencies.journal->waiting_bytes(), 0);
  EXPECT_EQ(stored(), 2u + static_cast<std::size_t>(sent));
  EXPECT_EQ(quarantined().total, Quarantine::most_calls_of_source);
}

TEST_F(RejectedBatches, ALoneCulpritThatIsTriedAgainIsNotWaitedForLong) {
  send(call("bad", "b"));
  send(call("good", "g"));
  ASSERT_TRUE(home_.service->settle(20s));
  ASSERT_EQ(quarantined().total, 1);
  const auto begun = std::chrono::steady_clock::now();
  const auto again = home_.service->replay_quarantine({}, home_.admin).value();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(quarantined().total, 1);
  send(call("good", "witness"));
  ASSERT_TRUE(home_.service->settle(20s));
}

}  // namespace
}  // namespace banso::usage
