#include <gtest/gtest.h>

#include "platform/records/change_follower.hpp"
#include "platform/records/node_registry.hpp"
#include "platform/records/version_log.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::platform::records {
namespace {

constexpr core::Instant start{1'700'000'000'000'000};
constexpr core::Instant after(std::int64_t seconds) {
  return {start.microseconds + seconds * core::microseconds_per_second};
}

class Nodes : public testing::OnEveryBackend {
 protected:
  void change(core::AccountId account) {
    database()->write([&](Session& session) {
      append_version(session, "account", account.value, account, Provenance::by(core::Caller::system("test")), "{}");
    });
  }
};

TEST_P(Nodes, ANumberBelongsToOneNode) {
  NodeRegistry first(database(), 1, "a:/data"), second(database(), 1, "b:/data"), other(database(), 2, "b:/data");
  EXPECT_TRUE(first.claim(start));
  EXPECT_TRUE(other.claim(start));
  const auto refused = second.claim(after(5));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.en.find("a:/data"), std::string::npos);
  EXPECT_TRUE(first.claim(after(6))) << "killed, and started again at home";
}

TEST_P(Nodes, ANumberIsFreeWhenItsNodeLeftOrFellSilent) {
  NodeRegistry first(database(), 1, "a:/data"), second(database(), 1, "b:/data");
  EXPECT_TRUE(first.claim(start));
  first.beat(after(20));
  EXPECT_FALSE(second.claim(after(40)));
  EXPECT_TRUE(second.claim(after(51)));
  first.beat(after(52));  // came back too late: it changes nothing
  EXPECT_FALSE(first.claim(after(53)));
  second.leave();
  EXPECT_TRUE(first.claim(after(54)));
}

TEST_P(Nodes, TheFollowerTellsEachChangeOnce) {
  change({7});
  ChangeFollower follower(database());
  EXPECT_TRUE(follower.poll(core::now()).empty());
  change({8});
  change({9});
  change({8});
  EXPECT_EQ(follower.poll(core::now()), (std::vector<core::AccountId>{{8}, {9}}));
  EXPECT_TRUE(follower.poll(core::now()).empty());
  change({8});
  EXPECT_EQ(follower.poll(core::now()), (std::vector<core::AccountId>{{8}}));
}

TEST(Ids, AreNotSmallerThanTheFirstOfTheirTime) {
  const auto before = core::now();
  EXPECT_GE(new_id(), first_id_at(before));
  EXPECT_GT(first_id_at({before.microseconds + 3'600'000'000}), new_id());
}

INSTANTIATE_TEST_SUITE_P(Backends, Nodes, ::testing::Values(testing::Backend::sqlite, testing::Backend::postgresql),
                         testing::backend_name);

}  // namespace
}  // namespace banso::platform::records
