#include "prefill.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>

#include <fmt/format.h>

#include "event_mix.hpp"
#include "platform/events/event_store.hpp"

namespace banso::bench {
namespace {

namespace events = platform::events;

constexpr std::int64_t events_of_active_day = 15;
constexpr int kinds_of_person = 5;
constexpr std::size_t rows_of_append = 20'000;

// One event, small enough to sort a day of them.
struct Moment {
  std::int64_t occurred_at_us;
  std::int32_t account;
  std::int16_t person;
  std::int16_t name;
};

std::vector<Moment> moments_of_day(std::mt19937_64& random, std::int64_t start_us, std::int64_t count, int accounts,
                                   int persons) {
  std::vector<Moment> moments;
  moments.reserve(static_cast<std::size_t>(count));
  while (static_cast<std::int64_t>(moments.size()) < count) {
    const auto account = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(accounts));
    const auto person = static_cast<std::int16_t>(random() % static_cast<std::uint64_t>(persons));
    for (std::int64_t i = 0; i < events_of_active_day; ++i) {
      const auto favourite = person * 7 + static_cast<int>(random() % kinds_of_person);
      const auto name = favourite % static_cast<int>(event_names().size());
      const auto of_day_us = static_cast<std::int64_t>(random() % (10ULL * 3600 * 1'000'000)) + 8LL * 3600 * 1'000'000;
      moments.push_back({start_us + of_day_us, account, person, static_cast<std::int16_t>(name)});
    }
  }
  moments.resize(static_cast<std::size_t>(count));
  std::ranges::sort(moments, {}, &Moment::occurred_at_us);
  return moments;
}

events::Event event_of(const Moment& moment, std::int64_t account_id, std::int64_t number,
                       const PrefillSettings& settings) {
  events::Event event;
  event.source = {settings.source_id};
  event.message_id = fmt::format("p-{:016x}", number);
  event.occurred_at = event.received_at = {moment.occurred_at_us};
  event.account = {account_id};
  event.matched_by = events::MatchedBy::group_id;
  event.group_key = account_key(moment.account);
  event.person_key = event.user_id = fmt::format("u-{:06}-{:03}", moment.account, moment.person);
  event.name = event_names()[static_cast<std::size_t>(moment.name)];
  event.properties = fmt::format(R"({{"rows":{},"format":"csv"}})", number % 1000);
  return event;
}

}  // namespace

void prefill(const std::filesystem::path& events_file, const std::vector<std::int64_t>& accounts,
             const PrefillSettings& settings) {
  using Clock = std::chrono::steady_clock;
  const auto started = Clock::now();
  const auto store = events::open_duckdb_store(events_file, {.memory_limit = "1GB", .threads = 4});
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  std::mt19937_64 random(1122);
  std::vector<events::Event> batch;
  std::int64_t number = 0;
  const auto append = [&] {
    store->append(batch);
    batch.clear();
  };
  for (int day = settings.days; day >= 1; --day) {
    const auto start_us =
        std::chrono::duration_cast<std::chrono::microseconds>((today - std::chrono::days(day)).time_since_epoch())
            .count();
    const auto until = settings.events * (settings.days - day + 1) / settings.days;
    for (const auto& moment : moments_of_day(random, start_us, until - number, static_cast<int>(accounts.size()),
                                             settings.persons_of_account)) {
      batch.push_back(event_of(moment, accounts[static_cast<std::size_t>(moment.account)], number++, settings));
      if (batch.size() == rows_of_append) append();
    }
  }
  append();
  const std::chrono::duration<double> took = Clock::now() - started;
  std::cerr << fmt::format("{} events of {} days prefilled in {:.0f} s\n", number, settings.days, took.count());
}

}  // namespace banso::bench
