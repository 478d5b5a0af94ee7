#include "platform/records/turn.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "platform/records_testing/databases.hpp"

namespace banso::platform::records {
namespace {

const Migration things[] = {{"test", 1, "0001_seat", "CREATE TABLE seat (id BIGINT PRIMARY KEY, room BIGINT);\n"}};

class Turn : public testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!IsSkipped()) database()->migrate(things);
  }
  static std::int64_t taken(Session& session, std::int64_t room) {
    return session.query_one("SELECT COUNT(*) FROM seat WHERE room = :1", {room})->integer(0);
  }
};

// Two seats a room: without turns several would find the same one free.
TEST_P(Turn, CountsAndDecidesOneAfterTheOther) {
  constexpr std::int64_t rooms = 3;
  std::vector<std::jthread> guests;
  for (std::int64_t guest = 0; guest < 12; ++guest) {
    guests.emplace_back([this, guest] {
      const auto room = guest % rooms;
      database()->write([&](Session& session) {
        take_turn(session, room);
        const auto before = taken(session, room);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (before < 2) session.execute("INSERT INTO seat VALUES (:1, :2)", {guest, room});
      });
    });
  }
  guests.clear();
  for (std::int64_t room = 0; room < rooms; ++room) {
    EXPECT_EQ(database()->read([&](Session& session) { return taken(session, room); }), 2) << room;
  }
}

INSTANTIATE_TEST_SUITE_P(Backends, Turn, testing::every_backend(), testing::backend_name);

}  // namespace
}  // namespace banso::platform::records
