#include "platform/events/copy.hpp"

#include <gtest/gtest.h>

namespace banso::platform::events {
namespace {

std::vector<Event> some_events(int count, int first) {
  std::vector<Event> events;
  for (int index = first; index < first + count; ++index) {
    Event event;
    event.source = {index % 3};
    if (index % 2 == 0) event.message_id = "m" + std::to_string(index);
    event.occurred_at = {1'700'000'000'000'000 + index * 3'600'000'000LL};
    event.received_at = event.occurred_at;
    event.account = {index % 5};
    event.person_key = "p" + std::to_string(index % 11);
    event.name = "name " + std::to_string(index % 4);
    events.push_back(event);
  }
  return events;
}

TEST(CopyEvents, CarriesEverythingOnceHoweverOftenItIsRepeated) {
  const auto from = duckdb_store_in_memory(), to = duckdb_store_in_memory();
  from->append(some_events(45'000, 0));
  const auto first = copy_events(*from, *to, 0);
  EXPECT_EQ(first.copied, 45'000);
  EXPECT_EQ(contents_of(*from), contents_of(*to));
  EXPECT_EQ(contents_of(*to).unmatched, 9'000);

  from->append(some_events(1'000, 45'000));
  EXPECT_NE(contents_of(*from), contents_of(*to));
  const auto second = copy_events(*from, *to, first.last_event_no);
  EXPECT_EQ(second.copied, 1'000);
  EXPECT_EQ(second.there_before, 0);
  const auto again = copy_events(*from, *to, 0);  // as after a crash that lost the position
  EXPECT_EQ(again.copied, 0);
  EXPECT_EQ(again.there_before, 46'000);
  EXPECT_EQ(contents_of(*from), contents_of(*to));
}

TEST(CopyEvents, ContentsTellAMovedEvent) {
  const auto from = duckdb_store_in_memory(), to = duckdb_store_in_memory();
  from->append(some_events(100, 0));
  copy_events(*from, *to, 0);
  Rematch rematch;
  rematch.account = core::AccountId{2};
  rematch.to_account = core::AccountId{3};
  EXPECT_GT(from->rematch(rematch), 0);
  EXPECT_NE(contents_of(*from), contents_of(*to));
}

}  // namespace
}  // namespace banso::platform::events
