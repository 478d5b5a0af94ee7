#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/live/live.hpp"

namespace banso::platform::live {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

class MemoryChannel final : public http::Channel {
 public:
  bool send(std::string_view piece) override {
    const std::lock_guard lock(mutex_);
    if (ended_ || text_.size() + piece.size() > limit_bytes) ended_ = true;
    if (!ended_) text_.append(piece);
    return !ended_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  bool closed() const override {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  std::size_t limit_bytes = 1 << 20;

 private:
  mutable std::mutex mutex_;
  std::string text_;
  bool ended_ = false;
};

template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
  return condition();
}

struct Home {
  explicit Home(const Limits& limits = {}) : hub(LiveHub::make(limits)) {
    hub->add_topic("book", union_of("accounts"));
    hub->add_topic("intake");
  }

  std::shared_ptr<MemoryChannel> listen(std::vector<std::string> topics, std::int64_t user = 1) {
    auto response = hub->open({{user}, std::move(topics), [this] { return allowed.load(); }});
    auto channel = std::make_shared<MemoryChannel>();
    response->channel(channel);
    return channel;
  }

  std::atomic<bool> allowed{true};
  std::shared_ptr<LiveHub> hub;
};

json::object book(std::int64_t account) {
  return {{"accounts", json::array{account}}, {"computed_at", account}};
}

TEST(LiveHub, SendsATopicToThoseWhoAskedForIt) {
  Home home;
  home.hub->publish("book", book(1));  // before anybody came
  const auto both = home.listen({"book", "intake"});
  const auto intake = home.listen({"intake"});
  EXPECT_TRUE(home.hub->wanted("book"));
  home.hub->publish("book", book(2));
  ASSERT_TRUE(comes_true([&] { return both->text().ends_with("}\n\n"); }));
  EXPECT_THAT(both->text(), EndsWith("event: book\ndata: {\"accounts\":[2],\"computed_at\":2}\n\n"));
  EXPECT_THAT(intake->text(), Not(HasSubstr("book")));
}

TEST(LiveHub, MergesWhatComesFasterThanItSends) {
  Home home({.least_gap = 200ms});
  const auto listener = home.listen({"book", "intake"});
  home.hub->publish("book", book(1));
  ASSERT_TRUE(comes_true([&] { return listener->text().find("[1]") != std::string::npos; }));
  for (const int account : {2, 3, 2, 4}) home.hub->publish("book", book(account));
  for (const int round : {1, 2}) home.hub->publish("intake", {{"round", round}});
  EXPECT_THAT(listener->text(), Not(HasSubstr("[2")));
  ASSERT_TRUE(comes_true([&] { return listener->text().find("[2,3,4],\"computed_at\":4") != std::string::npos; }));
}

TEST(LiveHub, EndsWhatIsNoLongerAllowed) {
  Home home({.heartbeat_every = 50ms});
  const auto listener = home.listen({"book"});
  ASSERT_TRUE(comes_true([&] { return listener->text().find(":\n\n") != std::string::npos; }));
  EXPECT_FALSE(listener->closed());
  home.allowed = false;
  EXPECT_TRUE(comes_true([&] { return listener->closed(); }));
  EXPECT_TRUE(comes_true([&] { return home.hub->listeners() == 0 && !home.hub->wanted("book"); }));
}

TEST(LiveHub, LetsGoOfReadersThatDoNotKeepUp) {
  Home home({.least_gap = 1ms});
  const auto slow = home.listen({"book"});
  const auto quick = home.listen({"book"});
  slow->limit_bytes = 30;
  home.hub->publish("book", book(1));
  EXPECT_TRUE(comes_true([&] { return home.hub->listeners() == 1; }));
  EXPECT_FALSE(quick->closed());
  EXPECT_TRUE(home.hub->wanted("book"));
}

TEST(LiveHub, BoundsListenersInAllAndOfAUser) {
  Home home({.listeners = 3, .listeners_of_a_user = 2});
  const auto first = home.listen({"book"});
  {
    const auto second = home.hub->open({{1}, {"book"}, [] { return true; }});
    EXPECT_TRUE(second);
    EXPECT_EQ(home.hub->open({{1}, {"book"}, [] { return true; }}).error().code, core::ErrorCode::limited);
  }
  // The second never connected: its place is free again.
  EXPECT_EQ(home.hub->listeners(), 1);
  home.listen({"book"}, 2);
  home.listen({"book"}, 3);
  EXPECT_FALSE(home.hub->open({{4}, {"book"}, [] { return true; }}));
}

TEST(LiveHub, GivesThePlaceOfAClosedPageAway) {
  Home home({.listeners_of_a_user = 1});
  const auto before = home.listen({"book"});
  before->close();  // reloaded: the next heartbeat is far away
  EXPECT_FALSE(home.listen({"book"})->closed());
}

TEST(LiveHub, AsksWhileSomebodyListens) {
  auto hub = LiveHub::make({.least_gap = 10ms});
  std::atomic<int> asked{0};
  hub->add_topic("intake");
  hub->ask_for("intake", [&]() -> std::optional<json::object> {
    if (++asked % 2 == 0) return std::nullopt;
    if (asked == 3) throw std::runtime_error("the database is away");
    return json::object{{"round", asked.load()}};
  });
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(asked, 0);
  const auto channel = std::make_shared<MemoryChannel>();
  hub->open({{1}, {"intake"}, [] { return true; }})->channel(channel);
  ASSERT_TRUE(comes_true([&] { return channel->text().find("\"round\":5") != std::string::npos; }));
  EXPECT_THAT(channel->text(), Not(HasSubstr("\"round\":2")));
}

TEST(LiveHub, EndsAllWhenItStops) {
  Home home;
  const auto listener = home.listen({"book"});
  auto late = home.hub->open({{2}, {"book"}, [] { return true; }});
  home.hub->stop();
  EXPECT_TRUE(listener->closed());
  const auto channel = std::make_shared<MemoryChannel>();
  late->channel(channel);
  EXPECT_TRUE(channel->closed());
  home.hub->publish("book", book(1));
}

}  // namespace
}  // namespace banso::platform::live
