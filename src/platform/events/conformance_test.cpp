// What every event store must do, written against the port. A new adapter adds one line to `adapters`.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <tuple>

#include "conformance_adapters.hpp"
#include "conformance_follower.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {
namespace {

class EventStoreConformance : public ::testing::TestWithParam<Adapter> {
 protected:
  void SetUp() override {
    if (!store_) GTEST_SKIP() << "ClickHouse is not installed (Debian package clickhouse-server)";
  }

  std::unique_ptr<StoreHome> home_ = GetParam().home();
  std::shared_ptr<EventStore> store_ = home_->open({});
};

INSTANTIATE_TEST_SUITE_P(Adapters, EventStoreConformance, ::testing::ValuesIn(adapters),
                         [](const auto& adapter) { return adapter.param.name; });

const core::Day first_day = core::day_from(2026, 3, 1);

core::Instant at(int day, int hour, int second = 0) {
  return {core::start_of(first_day + day).microseconds + (hour * 3600 + second) * core::microseconds_per_second};
}

Event event_of(std::int64_t account, const std::string& person, const std::string& name, core::Instant when) {
  Event event;
  event.source = {7};
  event.occurred_at = when;
  event.received_at = when;
  event.account = {account};
  event.matched_by = account ? MatchedBy::given : MatchedBy::nothing;
  event.person_key = person;
  event.name = name;
  return event;
}

UserDayTable read_user_days(EventStore& store, const Selection& selection) {
  UserDayTable table;
  std::pair<std::int64_t, std::int32_t> last{0, 0};
  store.user_days(selection, [&](const UserDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      const std::pair place{piece.account_ids[row], piece.days[row]};
      EXPECT_LE(last, place) << "not ordered by account and day";
      last = place;
      const bool fresh =
          table
              .emplace(UserDayKey{piece.account_ids[row], piece.days[row], std::string(piece.person_keys[row]),
                                  piece.kinds[row], std::string(piece.names[row]), piece.known_days[row]},
                       piece.events[row])
              .second;
      EXPECT_TRUE(fresh) << "a user-day came twice";
    }
  });
  return table;
}

std::vector<Event> random_events(std::mt19937& random, int count) {
  const auto pick = [&](int bound) { return static_cast<int>(random() % bound); };
  std::vector<Event> events;
  for (int index = 0; index < count; ++index) {
    auto event = event_of(pick(5), pick(10) ? std::to_string(pick(6)) : "", "event " + std::to_string(pick(4)),
                          at(pick(20), pick(24), pick(3600)));
    event.kind = static_cast<EventKind>(pick(6));
    event.received_at.microseconds += pick(3) * core::microseconds_per_day;
    event.source = {1 + pick(2)};
    if (pick(2)) event.message_id = "message " + std::to_string(pick(count));
    if (event.account.value == 0) event.matched_by = MatchedBy::nothing;
    event.import = {pick(3)};
    events.push_back(event);
  }
  return events;
}

// What a store must hold after appending those in this order: duplicates left out.
std::vector<Event> first_of_each_message(const std::vector<Event>& events) {
  std::set<std::pair<std::int64_t, std::string>> seen;
  std::vector<Event> kept;
  for (const auto& event : events) {
    if (event.message_id.empty() || seen.emplace(event.source.value, event.message_id).second) kept.push_back(event);
  }
  return kept;
}

bool selected(const Event& event, const Selection& selection, int offset_minutes) {
  const auto day = core::day_of(event.occurred_at, offset_minutes);
  if (!is_usage(event.kind)) return false;
  if (selection.accounts.empty() && !event.account) return false;
  if (!selection.accounts.empty() && std::ranges::find(selection.accounts, event.account) == selection.accounts.end())
    return false;
  if (selection.from && day < *selection.from) return false;
  if (selection.to && day > *selection.to) return false;
  return !selection.known_until || event.received_at <= *selection.known_until;
}

UserDayTable expected_user_days(const std::vector<Event>& events, const Selection& selection, int offset_minutes) {
  UserDayTable table;
  for (const auto& event : events) {
    if (!selected(event, selection, offset_minutes)) continue;
    ++table[{event.account.value, core::day_of(event.occurred_at, offset_minutes).days, event.person_key, event.kind,
             event.name, core::day_of(event.received_at, offset_minutes).days}];
  }
  return table;
}

// The account-days that a follower hears of after a position.
std::vector<AccountDay> changed_pairs(EventStore& store, std::int64_t since) {
  const auto changes = store.changes_since(since);
  std::set<AccountDay> pairs(changes.rewritten.begin(), changes.rewritten.end());
  if (changes.has_added) {
    store.user_days_added(since, changes.until, [&](const UserDays& piece) {
      for (std::size_t row = 0; row < piece.size(); ++row)
        pairs.insert(AccountDay{{piece.account_ids[row]}, {piece.days[row]}});
    });
  }
  return {pairs.begin(), pairs.end()};
}

TEST_P(EventStoreConformance, AnEmptyStoreAnswersEverything) {
  EXPECT_TRUE(changed_pairs(*store_, 0).empty());
  EXPECT_FALSE(store_->changes_since(0).has_added);
  EXPECT_TRUE(read_user_days(*store_, {}).empty());
  EXPECT_TRUE(store_->daily_counts({}).empty());
  EXPECT_EQ(store_->totals({}).events, 0);
  EXPECT_EQ(store_->totals({}).last_occurred_at, std::nullopt);
  EXPECT_EQ(
      store_
          ->timeline(
              {.account = {1}, .person_key = {}, .types = {}, .from = {}, .to = {}, .known_until = {}, .page = {}})
          .total,
      0);
  EXPECT_EQ(store_->unmatched({}).total, 0);
  EXPECT_TRUE(store_->latest({}, 10).empty());
  EXPECT_EQ(store_->append({}).stored, 0);
}

TEST_P(EventStoreConformance, GivesBackWhatWasStored) {
  Event event;
  event.source = {3};
  event.message_id = "ajs-1234 'quoted' \"twice\"";
  event.occurred_at = {1'772'000'000'123'456};
  event.received_at = {1'772'000'001'654'321};
  event.account = {(std::int64_t{1} << 53) - 1};
  event.matched_by = MatchedBy::email_domain;
  event.group_key = "会社-1";
  event.person_key = "山田 太郎 🙂";
  event.user_id = "u-1";
  event.anonymous_id = "anonymous";
  event.kind = EventKind::page;
  event.name = "料金ページ";
  event.properties = R"({"path":"/pricing","text":"a\u0000b"})";
  event.import = {99};
  store_->append(std::vector{event});
  const auto stored = store_->latest({}, 1).at(0).event;
  EXPECT_EQ(stored.source, event.source);
  EXPECT_EQ(stored.message_id, event.message_id);
  EXPECT_EQ(stored.occurred_at, event.occurred_at);
  EXPECT_EQ(stored.received_at, event.received_at);
  EXPECT_EQ(stored.account, event.account);
  EXPECT_EQ(stored.matched_by, event.matched_by);
  EXPECT_EQ(stored.group_key, event.group_key);
  EXPECT_EQ(stored.person_key, event.person_key);
  EXPECT_EQ(stored.user_id, event.user_id);
  EXPECT_EQ(stored.anonymous_id, event.anonymous_id);
  EXPECT_EQ(stored.kind, event.kind);
  EXPECT_EQ(stored.name, event.name);
  EXPECT_EQ(stored.properties, event.properties);
  EXPECT_EQ(stored.import, event.import);
}

TEST_P(EventStoreConformance, CountsAMessageOncePerSource) {
  auto event = event_of(1, "a", "x", at(0, 1));
  event.message_id = "m1";
  EXPECT_EQ(store_->append(std::vector{event, event}).duplicates, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(store_->append(std::vector{event}).stored, 0);
  auto other_source = event;
  other_source.source = {8};
  auto no_id = event;
  no_id.message_id.clear();
  const auto outcome = store_->append(std::vector{other_source, event, no_id, no_id});
  EXPECT_EQ(outcome.stored, 3);
  EXPECT_EQ(outcome.duplicates, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(store_->totals({}).events, 4);
}

TEST_P(EventStoreConformance, RemembersMessagesAfterReopening) {
  if (!home_->survives_closing()) GTEST_SKIP() << "in memory";
  std::vector<Event> events;
  for (int index = 0; index < 3000; ++index) {
    events.push_back(event_of(1, "a", "x", at(index % 30, 1)));
    events.back().message_id = "m" + std::to_string(index);
  }
  EXPECT_EQ(store_->append(events).stored, 3000);
  const auto position = store_->changes_since(0).until;
  store_.reset();
  store_ = home_->open({});
  EXPECT_EQ(store_->append(events).stored, 0);
  EXPECT_EQ(store_->changes_since(0).until, position);
  events.front().message_id = "another";
  EXPECT_EQ(store_->append(events).stored, 1);
  EXPECT_EQ(changed_pairs(*store_, position).size(), 1u);
}

TEST_P(EventStoreConformance, RollUpsEqualBruteForce) {
  std::mt19937 random(20261122);
  for (const int offset_minutes : {0, 540, -300}) {
    const auto home = GetParam().home();
    const auto store = home->open({.day_offset_minutes = offset_minutes});
    const auto events = random_events(random, 5000);
    std::int64_t stored = 0;
    for (std::size_t begin = 0; begin < events.size();) {
      const auto length = std::min<std::size_t>(1 + random() % 700, events.size() - begin);
      stored += store->append(std::span(events).subspan(begin, length)).stored;
      begin += length;
    }
    const auto kept = first_of_each_message(events);
    EXPECT_EQ(stored, static_cast<std::int64_t>(kept.size()));
    EXPECT_EQ(store->totals({}).events, stored);

    const Selection selections[] = {
        {},
        {.accounts = {{2}}, .from = {}, .to = {}, .known_until = {}},
        {.accounts = {{1}, {4}}, .from = first_day + 3, .to = first_day + 9, .known_until = {}},
        {.accounts = {}, .from = {}, .to = first_day + 12, .known_until = at(8, 5)},
    };
    for (const auto& selection : selections) {
      const auto expected = expected_user_days(kept, selection, offset_minutes);
      EXPECT_EQ(read_user_days(*store, selection), expected);

      std::map<std::tuple<std::int64_t, std::int32_t, EventKind, std::string>,
               std::pair<std::int64_t, std::set<std::string>>>
          daily;
      for (const auto& [key, count] : expected) {
        const auto& [account, day, person, kind, name, known] = key;
        auto& cell = daily[{account, day, kind, name}];
        cell.first += count;
        if (!person.empty()) cell.second.insert(person);
      }
      const auto counts = store->daily_counts(selection);
      ASSERT_EQ(counts.size(), daily.size());
      auto cell = daily.begin();
      for (const auto& count : counts) {
        EXPECT_EQ((std::tuple{count.account.value, count.day.days, count.type.kind, count.type.name}), cell->first);
        EXPECT_EQ(count.events, cell->second.first);
        EXPECT_EQ(count.users, static_cast<std::int64_t>(cell->second.second.size()));
        ++cell;
      }
    }
  }
}

TEST_P(EventStoreConformance, OrderOfArrivalDoesNotMatter) {
  std::mt19937 random(7);
  auto events = random_events(random, 2000);
  for (std::size_t index = 0; index < events.size(); ++index) events[index].message_id = std::to_string(index);
  store_->append(events);
  const auto expected = read_user_days(*store_, {});
  EXPECT_EQ(expected, expected_user_days(events, {}, 0));
  for (int round = 0; round < 3; ++round) {
    std::ranges::shuffle(events, random);
    const auto home = GetParam().home();
    const auto store = home->open({});
    for (std::size_t begin = 0; begin < events.size(); begin += 300) {
      const auto part = std::span(events).subspan(begin, std::min<std::size_t>(300, events.size() - begin));
      store->append(part);
      store->append(part.first(part.size() / 2));  // a client that repeats itself
    }
    EXPECT_EQ(read_user_days(*store, {}), expected);
  }
}

TEST_P(EventStoreConformance, ChangesNameWhatChangedAndNothingElse) {
  store_->append(
      std::vector{event_of(1, "a", "x", at(0, 1)), event_of(1, "b", "x", at(0, 2)), event_of(2, "a", "x", at(1, 1))});
  const auto first = store_->position();
  EXPECT_EQ(changed_pairs(*store_, 0), (std::vector<AccountDay>{{{1}, first_day}, {{2}, first_day + 1}}));
  EXPECT_EQ(store_->changes_since(0).until, first);
  EXPECT_TRUE(changed_pairs(*store_, first).empty());
  store_->append(std::vector{event_of(2, "a", "x", at(4, 1))});
  const auto second = store_->position();
  EXPECT_EQ(changed_pairs(*store_, first), (std::vector<AccountDay>{{{2}, first_day + 4}}));
  store_->erase_person({1}, "b");
  EXPECT_EQ(changed_pairs(*store_, second), (std::vector<AccountDay>{{{1}, first_day}}));
}

TEST_P(EventStoreConformance, UserDaysOfPairsAreThoseOfTheSelection) {
  std::mt19937 random(11);
  store_->append(random_events(random, 3000));
  const auto all = read_user_days(*store_, {});
  std::vector<AccountDay> pairs;
  for (int account = 1; account < 5; ++account) {
    for (int day = account; day < 20; day += 3) pairs.push_back({{account}, first_day + day});
  }
  UserDayTable expected;
  for (const auto& [key, count] : all) {
    if (std::ranges::find(pairs, AccountDay{{std::get<0>(key)}, {std::get<1>(key)}}) != pairs.end())
      expected[key] = count;
  }
  UserDayTable reached;
  store_->user_days_of(pairs, store_->position(), [&](const UserDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      reached[{piece.account_ids[row], piece.days[row], std::string(piece.person_keys[row]), piece.kinds[row],
               std::string(piece.names[row]), piece.known_days[row]}] += piece.events[row];
    }
  });
  EXPECT_EQ(reached, expected);
}

TEST_P(EventStoreConformance, TimelineFiltersAndPagesNewestFirst) {
  std::vector<Event> events;
  for (int index = 0; index < 100; ++index) {
    events.push_back(event_of(1, index % 2 ? "odd" : "even", index % 3 ? "x" : "y", at(index / 10, index % 10)));
  }
  events.push_back(event_of(2, "odd", "x", at(3, 3)));  // another account's "odd" is another person
  events.back().received_at = at(50, 0);
  store_->append(events);
  TimelineQuery query{.account = {1},
                      .person_key = "odd",
                      .types = {{EventKind::track, "x"}},
                      .from = first_day + 2,
                      .to = first_day + 7,
                      .known_until = {},
                      .page = {0, 5}};
  std::vector<std::int64_t> times;
  for (; query.page.offset < 50; query.page.offset += 5) {
    const auto page = store_->timeline(query);
    EXPECT_EQ(page.total, 20);
    for (const auto& stored : page.items) {
      EXPECT_EQ(stored.event.person_key, "odd");
      EXPECT_EQ(stored.event.name, "x");
      times.push_back(stored.event.occurred_at.microseconds);
    }
  }
  EXPECT_EQ(times.size(), 20u);
  EXPECT_TRUE(std::ranges::is_sorted(times, std::greater<>{}));
  EXPECT_EQ(store_
                ->timeline({.account = {2},
                            .person_key = {},
                            .types = {},
                            .from = {},
                            .to = {},
                            .known_until = at(49, 0),
                            .page = {}})
                .total,
            0);
}

TEST_P(EventStoreConformance, PeopleOfAnAccount) {
  auto identify = event_of(1, "a", "", at(9, 23));
  identify.kind = EventKind::identify;
  store_->append(std::vector{event_of(1, "a", "x", at(0, 1)), event_of(1, "a", "x", at(5, 1)),
                             event_of(1, "a", "y", at(5, 2)), event_of(1, "b", "x", at(1, 1)),
                             event_of(1, "", "x", at(5, 1)), event_of(2, "a", "x", at(6, 1)),
                             event_of(1, "c", "noise", at(6, 1)), event_of(1, "d", "x", at(30, 1)), identify});
  const auto page = store_->people({.account = {1},
                                    .window_from = first_day + 4,
                                    .window_to = first_day + 10,
                                    .ignored = {{EventKind::track, "noise"}},
                                    .known_until = {},
                                    .page = {}});
  ASSERT_EQ(page.total, 2);
  EXPECT_EQ(page.items[0].person_key, "a");
  EXPECT_EQ(page.items[0].events_in_window, 2);
  EXPECT_EQ(page.items[0].days_active_in_window, 1);
  EXPECT_EQ(page.items[0].types_in_window, 2);
  EXPECT_EQ(page.items[0].first_seen_at, at(0, 1));
  EXPECT_EQ(page.items[0].last_seen_at, at(5, 2));
  EXPECT_EQ(page.items[1].person_key, "b");
  EXPECT_EQ(page.items[1].events_in_window, 0);
}

TEST_P(EventStoreConformance, RematchesAndShowsWhatItTouched) {
  auto waiting = event_of(0, "a", "x", at(0, 1));
  waiting.group_key = "acme";
  auto later = waiting;
  later.occurred_at = at(3, 1);
  auto other = event_of(0, "b", "x", at(0, 1));
  store_->append(std::vector{waiting, later, other});
  const auto unmatched = store_->unmatched({});
  ASSERT_EQ(unmatched.total, 2);
  EXPECT_EQ(unmatched.items[0].group_key, "acme");
  EXPECT_EQ(unmatched.items[0].events, 2);
  EXPECT_EQ(unmatched.items[1].person_key, "b");
  const auto before = store_->position();

  Rematch rematch;
  rematch.group_key = "acme";
  rematch.account = core::AccountId{0};
  rematch.occurred_before = at(2, 0);
  rematch.to_account = core::AccountId{5};
  rematch.to_matched_by = MatchedBy::hand;
  EXPECT_EQ(store_->rematch(rematch), 1);
  EXPECT_EQ(store_->changes_since(before).rewritten, (std::vector<AccountDay>{{{0}, first_day}, {{5}, first_day}}));
  EXPECT_EQ(
      store_
          ->timeline(
              {.account = {5}, .person_key = {}, .types = {}, .from = {}, .to = {}, .known_until = {}, .page = {}})
          .items.at(0)
          .event.matched_by,
      MatchedBy::hand);

  Rematch back;  // every match can be undone
  back.matched_by = {MatchedBy::hand};
  back.to_account = core::AccountId{0};
  back.to_person_key = "somebody";
  EXPECT_EQ(store_->rematch(back), 1);
  EXPECT_EQ(store_->totals({}).unmatched, 3);
  EXPECT_EQ(store_->rematch(back), 0);
}

// Many at once, of several forms: visitors become users, and then the users' events find their account.
TEST_P(EventStoreConformance, RematchesManyAtOnceAsOneAfterTheOther) {
  constexpr int visitors = 450;
  std::vector<Event> events;
  std::vector<Rematch> rematches;
  for (int number = 0; number < visitors; ++number) {
    const auto text = std::to_string(number);
    auto visit = event_of(0, "anonymous:c?'" + text, "x", at(number % 3, 1));
    visit.anonymous_id = "c?'" + text;
    visit.user_id.clear();
    events.push_back(visit);
    visit.occurred_at = at(5, 2);
    events.push_back(visit);
    Rematch becomes;
    becomes.source = visit.source;
    becomes.user_id = "";
    becomes.anonymous_id = visit.anonymous_id;
    becomes.to_person_key = "u" + text;
    rematches.push_back(becomes);
  }
  events.push_back(event_of(0, "anonymous:other", "x", at(0, 1)));
  store_->append(events);
  for (int number = 0; number < visitors; ++number) {
    Rematch finds;  // the later one of the two events
    finds.source = events.front().source;
    finds.person_key = "u" + std::to_string(number);
    finds.occurred_from = at(5, 0);
    finds.to_account = core::AccountId{1 + number % 7};
    finds.to_matched_by = MatchedBy::group_call;
    rematches.push_back(finds);
  }
  const auto before = store_->position();
  EXPECT_EQ(store_->rematch_all(rematches), 3 * visitors);
  EXPECT_EQ(store_->rematch_all(rematches), 0);
  EXPECT_EQ(store_->totals({}).unmatched, visitors + 1);
  std::set<AccountDay> touched{{{0}, first_day + 5}};
  for (int day = 0; day < 3; ++day) touched.insert({{0}, first_day + day});
  for (int account = 1; account <= 7; ++account) touched.insert({{account}, first_day + 5});
  EXPECT_EQ(store_->changes_since(before).rewritten, std::vector<AccountDay>(touched.begin(), touched.end()));
  int persons = 0;
  store_->export_events({}, [&](const StoredEvent& stored) {
    const auto& event = stored.event;
    if (event.anonymous_id.empty()) return;
    const auto text = event.anonymous_id.substr(3);
    EXPECT_EQ(event.person_key, "u" + text);
    EXPECT_EQ(event.account.value, event.occurred_at < at(5, 0) ? 0 : 1 + std::stoi(text) % 7);
    ++persons;
  });
  EXPECT_EQ(persons, 2 * visitors);
}

TEST_P(EventStoreConformance, RemovesAnImportAndErasesAPerson) {
  std::mt19937 random(5);
  const auto events = random_events(random, 1000);
  store_->append(events);
  const auto kept = first_of_each_message(events);
  const auto of_import = std::ranges::count(kept, core::ImportId{2}, &Event::import);
  EXPECT_EQ(store_->remove_import({2}), of_import);
  EXPECT_EQ(store_->remove_import({2}), 0);
  std::vector<Event> rest;
  std::ranges::copy_if(kept, std::back_inserter(rest),
                       [](const Event& event) { return event.import != core::ImportId{2}; });
  EXPECT_EQ(read_user_days(*store_, {}), expected_user_days(rest, {}, 0));
  const auto of_person = std::ranges::count_if(
      rest, [](const Event& event) { return event.account.value == 3 && event.person_key == "4"; });
  EXPECT_GT(of_person, 0);
  EXPECT_EQ(store_->erase_person({3}, "4"), of_person);
  std::erase_if(rest, [](const Event& event) { return event.account.value == 3 && event.person_key == "4"; });
  EXPECT_EQ(read_user_days(*store_, {}), expected_user_days(rest, {}, 0));
  // What was removed can be brought in again.
  std::vector<Event> again;
  std::ranges::copy_if(kept, std::back_inserter(again),
                       [](const Event& event) { return event.import == core::ImportId{2}; });
  EXPECT_EQ(store_->append(again).stored, of_import);
}

TEST_P(EventStoreConformance, VolumesAndExportAgree) {
  std::mt19937 random(3);
  store_->append(random_events(random, 2000));
  std::map<std::pair<EventKind, std::string>, std::int64_t> by_type;
  std::map<std::int64_t, std::int64_t> by_source;
  std::int64_t last_no = 0, unmatched = 0;
  store_->export_events({}, [&](const StoredEvent& stored) {
    EXPECT_GT(stored.event_no, last_no);
    last_no = stored.event_no;
    ++by_type[{stored.event.kind, stored.event.name}];
    ++by_source[stored.event.source.value];
    unmatched += !stored.event.account;
  });
  const auto volumes = store_->type_volumes();
  ASSERT_EQ(volumes.size(), by_type.size());
  for (const auto& volume : volumes) EXPECT_EQ(volume.events, (by_type[{volume.type.kind, volume.type.name}]));
  const auto sources = store_->source_volumes();
  ASSERT_EQ(sources.size(), by_source.size());
  for (const auto& volume : sources) EXPECT_EQ(volume.events, by_source[volume.source.value]);
  EXPECT_EQ(store_->totals({}).unmatched, unmatched);
  EXPECT_EQ(store_->latest({}, 3).at(0).event_no, last_no);
  for (const auto& stored : store_->latest(core::SourceId{2}, 20)) EXPECT_EQ(stored.event.source.value, 2);
}

TEST_P(EventStoreConformance, AFollowerBesideWritersNeitherMissesNorDoubles) {
  std::atomic<bool> done = false;
  std::thread writer([&] {
    std::mt19937 random(99);
    Rematch rematch;
    rematch.account = core::AccountId{2};
    rematch.to_account = core::AccountId{4};
    rematch.to_matched_by = MatchedBy::hand;
    for (int round = 0; round < 40; ++round) {
      store_->append(random_events(random, 60));
      rematch.person_key = std::to_string(round % 6);
      if (round % 8 == 5) store_->rematch(rematch);
      if (round == 20) store_->remove_import({2});
    }
    done = true;
  });
  Follower follower(*store_);
  do {
    follower.follow();
  } while (!done);
  writer.join();
  follower.follow();
  EXPECT_EQ(follower.table(), read_user_days(*store_, {}));
  EXPECT_EQ(follower.position(), store_->position());
}

TEST_P(EventStoreConformance, WritersAndReadersWorkAtTheSameTime) {
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 3; ++writer) {
    threads.emplace_back([this, writer] {
      for (int round = 0; round < 20; ++round) {
        std::vector<Event> batch;
        for (int index = 0; index < 50; ++index) {
          batch.push_back(event_of(1 + writer, "p", "x", at(round, 1)));
          batch.back().message_id = std::to_string(round) + "/" + std::to_string(index);  // the same from every writer
        }
        store_->append(batch);
      }
    });
  }
  std::thread reader([&] {
    while (!done) EXPECT_EQ(store_->totals({}).events % 50, 0) << "a read saw half a batch";
  });
  for (auto& thread : threads) thread.join();
  done = true;
  reader.join();
  EXPECT_EQ(store_->totals({}).events, 20 * 50);
}

}  // namespace
}  // namespace banso::platform::events
