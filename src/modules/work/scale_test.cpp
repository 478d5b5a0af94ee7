// How long things take with 100,000 open calls and a million closed ones. Takes minutes, so it runs only where it is
// asked for: BANSO_MEASURE=1 work_test --gtest_filter='Scale*'.
#include <cstdlib>

#include "list.hpp"
#include "routes.hpp"
#include "test_house.hpp"

namespace banso::work {
namespace {

class Scale : public OnEveryBackend {};

template <class Work>
double milliseconds(const char* what, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const auto spent = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%-46s %9.1f ms\n", what, spent);
  return spent;
}

PastCall closed_call(const House& house, std::size_t number) {
  PastCall past;
  past.call = house.call_for(number % house.accounts.size(), "signal:past" + std::to_string(number % 7));
  past.call.due = house.day - 30;
  past.opened_at = {house.now.microseconds - static_cast<std::int64_t>(number % 700 + 40) * core::microseconds_per_day};
  past.closed_at = {past.opened_at.microseconds + 20 * core::microseconds_per_day};
  past.outcome = number % 3 ? Outcome::success : Outcome::lost;
  past.closed_by = past.responsible = number % 2 ? aya.user : ken.user;
  return past;
}

TEST_P(Scale, OfAHundredThousandOpenCalls) {
  if (!std::getenv("BANSO_MEASURE")) GTEST_SKIP() << "set BANSO_MEASURE=1 to measure";
  constexpr std::size_t open_calls = 100'000, closed_calls = 1'000'000;
  house().add_accounts(static_cast<int>(open_calls));
  house().evaluate();
  const auto desk = std::make_shared<Desk>(house().dependencies());
  milliseconds("100,000 calls opened, 5,000 at once", [&] {
    for (std::size_t begin = 0; begin < open_calls; begin += 5000) {
      std::vector<NewCall> wanted;
      for (std::size_t i = begin; i < begin + 5000; ++i) {
        wanted.push_back(house().call_for(i));
        wanted.back().severity = static_cast<Severity>(i % 4);
        wanted.back().due_business_days = static_cast<int>(i % 30);
        wanted.back().value_at_stake_minor = static_cast<std::int64_t>((i * 7919) % 10'000'000);
        if (i % 50 == 0) wanted.back().assignee = ken.user;
      }
      ASSERT_TRUE(desk->open(rules, wanted));
    }
  });
  milliseconds("a million closed calls brought in", [&] {
    for (std::size_t begin = 0; begin < closed_calls; begin += 5000) {
      std::vector<PastCall> past;
      for (std::size_t i = begin; i < begin + 5000; ++i) past.push_back(closed_call(house(), i));
      ASSERT_TRUE(desk->record_history(leader, past));
    }
  });
  Desk fresh(house().dependencies());
  milliseconds("open calls read at start", [&] {
    std::vector<EntryPtr> entries;
    fresh.store().each_open([&](const Call& call) { entries.push_back(entry_of(call)); });
    fresh.open_calls().assign(std::move(entries));
  });
  milliseconds("first ranking", [&] { fresh.open_calls().ranking(); });
  ListQuery everybody, of_ken, closed;
  of_ken.users = std::set{ken.user};
  closed.statuses = {CallStatus::closed};
  closed.users = of_ken.users;
  milliseconds("first page of all, as JSON", [&] {
    const auto page = list_calls(fresh, everybody, 0, 50);
    Renderer(fresh, page.ranking).calls(page.items);
  });
  milliseconds("the same again", [&] {
    const auto page = list_calls(fresh, everybody, 0, 50);
    Renderer(fresh, page.ranking).calls(page.items);
  });
  milliseconds("page of one person's 2,000", [&] { list_calls(fresh, of_ken, 0, 50); });
  milliseconds("sorted by account", [&] {
    auto query = everybody;
    query.sort = Sort::account;
    list_calls(fresh, query, 0, 50);
  });
  milliseconds("searched", [&] {
    auto query = everybody;
    query.search = "company 77";
    list_calls(fresh, query, 0, 50);
  });
  milliseconds("closed ones of one person", [&] { list_calls(fresh, closed, 0, 50); });
  const auto one = list_calls(fresh, everybody, 5000, 1).items.front().call.id;
  milliseconds("one call changed", [&] {
    ASSERT_TRUE(fresh.do_one(aya, one, [](auto context) { return step(context, severity_to(Severity::low)); }));
  });
  milliseconds("ranking after it", [&] { fresh.open_calls().ranking(); });
  milliseconds("who answers for all of them", [&] { fresh.reassign({}); });
  http::Request request;
  request.caller = aya;
  request.query["scope"] = "all";
  const auto shared = std::shared_ptr<Desk>(&fresh, [](Desk*) {});
  DigestSender digests(shared);
  for (const auto& route : cockpit_routes(shared, digests)) {
    if (route.pattern == "/api/cockpit") {
      milliseconds("cockpit of all", [&] { ASSERT_TRUE(route.handler(request)); });
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Backends, Scale, records::testing::every_backend(), records::testing::backend_name);

}  // namespace
}  // namespace banso::work
