// The module through its own doors, on real stores: calls in, pages and facts out.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "inflate.hpp"
#include "test_home.hpp"
#include "write_key.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace json = platform::json;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;

json::object body_of(const Response& response) {
  return json::parse_object(response.body).value();
}

Request page_of(core::AccountId account, std::map<std::string, std::string> query = {}) {
  Request request;
  request.parameters["id"] = std::to_string(account.value);
  request.query = std::move(query);
  return request;
}

// A vendor's product with a key, and two accounts.
struct Product {
  Product() {
    home.accounts->by_id = {{"acme", acme}, {"globex", globex}};
    home.accounts->by_domain = {{"globex.example", globex}};
    home.accounts->contacts = {{{501}, acme, "山田 太郎", "taro@mail.example"}};
    source = home.service->create_source("Product", home.admin).value();
  }

  // A call with the key put in; returns the status.
  int send(const std::string& kind, std::string call) {
    call.insert(call.find('{') + 1, "\"writeKey\":\"" + source.write_key + "\",");
    last = home.post("/v1/" + kind, call);
    return last.status;
  }

  std::vector<events::StoredEvent> stored() { return home.dependencies.events->latest({}, 1000); }
  core::AccountId account_of(const std::string& event_name) {
    for (const auto& item : stored()) {
      if (item.event.name == event_name) return item.event.account;
    }
    ADD_FAILURE() << "no event " << event_name;
    return {};
  }

  const core::AccountId acme{11}, globex{12};
  TestHome home;
  SourceWithKey source;
  Response last;
};

class Usage : public ::testing::Test, protected Product {};

// ------------------------------------------------------------------------------------------------------- keys and
// bodies

TEST_F(Usage, KeysAreShownOnceCheckedAndRotated) {
  EXPECT_TRUE(source.write_key.starts_with("bw_"));
  EXPECT_EQ(send("track", R"({"userId":"a","event":"x"})"), 200);
  EXPECT_EQ(last.body, R"({"success":true,"accepted":1,"rejected":[]})");
  EXPECT_EQ(home.post("/v1/track", R"({"userId":"a","event":"x"})").status, 401);
  EXPECT_EQ(home.post("/v1/track", R"({"writeKey":"bw_no","userId":"a","event":"x"})").status, 401);

  Request basic;
  basic.body = R"({"userId":"a","event":"y"})";
  std::string encoded;
  {
    const std::string plain = source.write_key + ":";
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t index = 0; index < plain.size(); index += 3) {
      std::uint32_t group = 0;
      for (std::size_t byte = 0; byte < 3; ++byte)
        group = group << 8 | (index + byte < plain.size() ? static_cast<unsigned char>(plain[index + byte]) : 0);
      for (int part = 0; part < 4; ++part) {
        encoded +=
            index + static_cast<std::size_t>(part) > plain.size() ? '=' : alphabet[group >> (18 - 6 * part) & 63];
      }
    }
  }
  basic.headers["authorization"] = "Basic " + encoded;
  EXPECT_EQ(home.ask(Method::post, "/v1/track", basic).status, 200);

  const auto old_key = source.write_key;
  source = home.service->rotate_key(source.source.id, home.admin).value();
  EXPECT_EQ(send("track", R"({"userId":"a","event":"z"})"), 200);
  source.write_key = old_key;
  EXPECT_EQ(send("track", R"({"userId":"a","event":"z"})"), 401);

  EXPECT_EQ(home.ask(Method::post, "/v1/track", basic).status, 401);
  source = home.service->rotate_key(source.source.id, home.admin).value();
  EXPECT_TRUE(home.service->change_source(source.source.id, {{}, true, {}, {}}, home.admin));
  EXPECT_EQ(send("track", R"({"userId":"a","event":"z"})"), 403);
  const auto listed = home.service->sources(home.admin).value().at(0);
  EXPECT_TRUE(listed.disabled);
  EXPECT_EQ(listed.events, 3);
  EXPECT_FALSE(home.service->sources({{1}, "csm", core::Role::csm, core::Language::en}));
}

std::string gzip(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(plain.size() + 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(Usage, OpensGzipWithinLimits) {
  Request request;
  request.headers["content-encoding"] = "gzip";
  request.body =
      gzip(R"({"writeKey":")" + source.write_key + R"(","batch":[{"type":"track","userId":"a","event":"packed"}]})");
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 200);
  EXPECT_EQ(stored().at(0).event.name, "packed");
  request.body = gzip(std::string(50'000'000, ' '));  // a bomb
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 400);
  request.body = "not gzip";
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 400);
  request.body = gzip("{}").substr(0, 10);
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 400);
  const auto refused = [&] { return home.service->intake_report().sources.at(0).counts.refused; };
  const auto refused_before = refused();
  request.headers["authorization"] = "Bearer " + source.write_key;  // now it is known whose it is
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 400);
  EXPECT_EQ(refused(), refused_before + 1);
  request.headers["content-encoding"] = "br";
  EXPECT_EQ(home.ask(Method::post, "/v1/batch", request).status, 400);
}

TEST_F(Usage, ASourceWithALimitIsAskedToComeAgainLater) {
  const auto change = [&](std::optional<std::int64_t> limit) {
    return home.service->change_source(source.source.id, {{}, {}, {}, limit}, home.admin);
  };
  EXPECT_FALSE(change(0));
  ASSERT_EQ(change(1)->most_events_per_second, 1);
  std::string calls;
  for (int number = 0; number < 100; ++number) {
    calls += (number ? "," : "") + std::string(R"({"type":"track","userId":"a","event":"x"})");
  }
  EXPECT_EQ(send("batch", R"({"batch":[)" + calls + "]}"), 200);  // what is in the bucket is enough to begin
  EXPECT_EQ(send("track", R"({"userId":"a","event":"x"})"), 429);
  EXPECT_EQ(home.service->sources(home.admin)->at(0).most_events_per_second, 1);
  ASSERT_EQ(change(std::nullopt)->most_events_per_second, std::nullopt);
  EXPECT_EQ(send("track", R"({"userId":"a","event":"x"})"), 200);
}

TEST(SourceLimits, FillTheBucketWithTime) {
  using namespace std::chrono_literals;
  SourceLimits limits;
  const core::SourceId source{1};
  EXPECT_TRUE(limits.admit(source, 1'000'000));
  limits.set(source, 10);
  const auto now = SourceLimits::Clock::now();
  EXPECT_TRUE(limits.admit(source, 70, now));  // 50 are in it
  EXPECT_FALSE(limits.admit(source, 1, now + 1900ms));
  EXPECT_TRUE(limits.admit(source, 1, now + 2200ms));
  EXPECT_TRUE(limits.admit(source, 40, now + 1h));
  EXPECT_TRUE(limits.admit(source, 20, now + 1h));
  EXPECT_FALSE(limits.admit(source, 1, now + 1h));
}

TEST_F(Usage, ABadCallDoesNotStopGoodOnesAndIsNamed) {
  EXPECT_EQ(send("batch", R"({"batch":[{"type":"track","userId":"a","event":"good"},{"type":"track","userId":"a"}]})"),
            200);
  EXPECT_EQ(body_of(last).at("rejected").at(0).at("field").as_string(), "batch[1].event");
  EXPECT_EQ(stored().size(), 1u);
  EXPECT_EQ(send("batch", R"({"batch":[{"type":"track","userId":"a"}]})"), 400);
  EXPECT_EQ(body_of(last).at("errors").at(0).at("field").as_string(), "batch[0].event");
  EXPECT_EQ(send("track", R"({"userId":"a","event":"x","timestamp":"1999-01-01T00:00:00Z"})"), 400);
  EXPECT_EQ(body_of(last).at("errors").at(0).at("field").as_string(), "timestamp");
  EXPECT_EQ(stored().size(), 1u);
}

TEST_F(Usage, AMessageCountsOnce) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    EXPECT_EQ(send("track", R"({"userId":"a","event":"x","messageId":"m1"})"), 200);
  }
  EXPECT_EQ(stored().size(), 1u);
  send("track", R"({"userId":"a","event":"x"})");
  send("track", R"({"userId":"a","event":"x"})");
  EXPECT_EQ(stored().size(), 3u);
}

// --------------------------------------------------------------------------------------------------------------
// matching

TEST_F(Usage, MatchesByGroupThenContactThenDomain) {
  send("track", R"({"userId":"1","event":"by context","context":{"groupId":"acme"}})");
  EXPECT_EQ(account_of("by context"), acme);
  send("group", R"({"userId":"2","groupId":"globex"})");
  send("track", R"({"userId":"2","event":"by group"})");
  EXPECT_EQ(account_of("by group"), globex);
  send("identify", R"({"userId":"3","traits":{"email":"Taro@mail.example","name":"Taro"}})");
  send("track", R"({"userId":"3","event":"by contact"})");
  EXPECT_EQ(account_of("by contact"), acme);
  send("track", R"({"userId":"someone@globex.example","event":"by domain"})");
  EXPECT_EQ(account_of("by domain"), globex);
  send("track", R"({"userId":"4","event":"by nothing"})");
  EXPECT_FALSE(account_of("by nothing"));
  send("track", R"({"userId":"3","event":"unknown group waits","context":{"groupId":"initech"}})");
  EXPECT_FALSE(account_of("unknown group waits"));
}

TEST_F(Usage, TheSameUserIdInTwoAccountsIsTwoPersons) {
  send("track", R"({"userId":"2","event":"x","context":{"groupId":"acme"}})");
  send("track", R"({"userId":"2","event":"x","context":{"groupId":"globex"}})");
  home.service->refresh();
  EXPECT_EQ(home.service->persons({}).size(), 2u);
}

TEST_F(Usage, WhatIsLearnedLaterCorrectsWhatCameBefore) {
  send("track", R"({"anonymousId":"c-1","event":"before log-in"})");
  send("track", R"({"userId":"9","event":"before group"})");
  EXPECT_FALSE(account_of("before log-in"));
  send("identify", R"({"anonymousId":"c-1","userId":"9"})");
  send("group", R"({"userId":"9","groupId":"acme"})");
  EXPECT_EQ(account_of("before log-in"), acme);
  EXPECT_EQ(account_of("before group"), acme);
  for (const auto& item : stored()) EXPECT_EQ(item.event.person_key, "9");
  send("alias", R"({"previousId":"9","userId":"nine"})");
  for (const auto& item : stored()) EXPECT_EQ(item.event.person_key, "nine") << item.event.name;
  send("track", R"({"anonymousId":"c-1","event":"after alias"})");
  EXPECT_EQ(account_of("after alias"), acme);
}

// Daily facts follow the store; who somebody is must not wait for them.
TEST_F(Usage, APersonIsShownWithWhatIsKnownOfThemAtOnce) {
  send("track", R"({"userId":"5","event":"x","context":{"groupId":"acme"}})");
  send("identify", R"({"userId":"5","traits":{"email":"Taro@mail.example"},"context":{"groupId":"acme"}})");
  const auto people = body_of(home.ask(Method::get, "/api/accounts/{id}/people", page_of(acme)));
  const auto& person = people.at("items").at(0);
  EXPECT_EQ(person.at("user_key").as_string(), "5");
  EXPECT_EQ(person.at("email").as_string(), "taro@mail.example");
  EXPECT_EQ(person.at("name").as_string(), "山田 太郎");
}

TEST_F(Usage, AnUnknownGroupWaitsUntilItsAccountComesOrSomebodyAssignsIt) {
  send("track", R"({"userId":"1","event":"waits","context":{"groupId":"initech"}})");
  send("group", R"({"userId":"2","groupId":"hooli"})");
  send("track", R"({"userId":"2","event":"waits too"})");
  const auto listed = body_of(home.ask(Method::get, "/api/unmatched-events", {}));
  EXPECT_EQ(listed.at("total").as_int64(), 3);
  home.accounts->by_id["initech"] = {13};
  EXPECT_EQ(home.service->rematch_unmatched(), 1);
  EXPECT_EQ(account_of("waits"), core::AccountId{13});
  const auto assigned =
      home.post("/api/unmatched-events/assign", R"({"source_id":)" + std::to_string(source.source.id.value) +
                                                    R"(,"group_key":"hooli","account_id":12})");
  EXPECT_EQ(body_of(assigned).at("events").as_int64(), 2);
  EXPECT_EQ(account_of("waits too"), globex);
  send("track", R"({"userId":"7","event":"later","context":{"groupId":"hooli"}})");
  EXPECT_EQ(account_of("later"), globex);
  home.service->refresh();
  EXPECT_EQ(home.service->persons({globex}).size(), 2u);
}

// Every order of the same calls ends in the same facts.
TEST_F(Usage, OrderOfArrivalDoesNotMatter) {
  const std::string sent = core::to_string(core::now());
  const auto call = [&](const std::string& kind, int minutes_ago, const std::string& rest) {
    const core::Instant when{core::now().microseconds - minutes_ago * 60 * core::microseconds_per_second};
    return std::pair(kind, R"({"sentAt":")" + sent + R"(","timestamp":")" + core::to_string(when) + "\"," + rest + "}");
  };
  std::vector<std::pair<std::string, std::string>> calls = {
      call("track", 90, R"("messageId":"1","anonymousId":"c","event":"t1")"),
      call("identify", 80, R"("messageId":"2","anonymousId":"c","userId":"u","traits":{"email":"x@globex.example"})"),
      call("track", 70, R"("messageId":"3","userId":"u","event":"t3")"),
      call("group", 60, R"("messageId":"4","userId":"u","groupId":"acme")"),
      call("track", 50, R"("messageId":"5","userId":"u","event":"t5")"),
      call("group", 40, R"("messageId":"6","userId":"u","groupId":"globex")"),
      call("track", 30, R"("messageId":"7","anonymousId":"c","event":"t7")"),
      call("track", 20, R"("messageId":"8","userId":"v","event":"t8")"),
      call("identify", 10, R"("messageId":"9","userId":"v","traits":{"email":"taro@mail.example"})"),
  };
  const auto outcome = [&] {
    Product product;
    for (const auto& [kind, body] : calls) EXPECT_EQ(product.send(kind, body), 200) << product.last.body;
    std::map<std::string, std::pair<std::int64_t, std::string>> places;
    for (const auto& item : product.stored())
      places[item.event.message_id] = {item.event.account.value, item.event.person_key};
    return places;
  };
  const auto expected = outcome();
  EXPECT_EQ(expected.at("1"), (std::pair<std::int64_t, std::string>{acme.value, "u"}));
  EXPECT_EQ(expected.at("7"), (std::pair<std::int64_t, std::string>{globex.value, "u"}));
  EXPECT_EQ(expected.at("8"), (std::pair<std::int64_t, std::string>{acme.value, "v"}));
  std::mt19937 random(4);
  for (int round = 0; round < 12; ++round) {
    std::ranges::shuffle(calls, random);
    EXPECT_EQ(outcome(), expected) << "round " << round;
  }
}

// ------------------------------------------------------------------------------------------------- bulk rows and facts

EventInput row_of(const std::string& account, const std::string& user, const std::string& name, core::Instant at) {
  EventInput input;
  input.account = account;
  input.user = user;
  input.name = name;
  input.occurred_at = at;
  return input;
}

core::Instant hours_ago(int hours) {
  return {core::now().microseconds - hours * 3600 * core::microseconds_per_second};
}

TEST_F(Usage, BulkRowsHaveOutcomesAndCanBeUndone) {
  auto provenance = platform::records::Provenance::by(home.admin);
  provenance.import = {77};
  auto twice = row_of("acme", "1", "x", hours_ago(50));
  twice.message_id = "line 3";
  auto broken = row_of("acme", "1", "x", hours_ago(1));
  broken.properties = "{";
  const std::vector<EventInput> rows = {row_of("acme", "1", "x", hours_ago(60)),
                                        twice,
                                        twice,
                                        row_of("nobody", "1", "x", hours_ago(1)),
                                        row_of("acme", "1", "", hours_ago(1)),
                                        row_of("acme", "1", "x", hours_ago(-100)),
                                        broken};
  EXPECT_TRUE(home.service->append_events(provenance, rows, {.known_by = {}, .dry_run = true}));
  EXPECT_TRUE(stored().empty());
  const auto outcomes =
      home.service->append_events(provenance, rows, {.known_by = core::KnownBy::happening, .dry_run = false}).value();
  using core::RowResult;
  const RowResult expected[] = {RowResult::created,  RowResult::created,  RowResult::unchanged, RowResult::rejected,
                                RowResult::rejected, RowResult::rejected, RowResult::rejected};
  for (std::size_t row = 0; row < rows.size(); ++row) EXPECT_EQ(outcomes[row].result, expected[row]) << row;
  EXPECT_EQ(outcomes[3].errors.at(0).field, "account");
  EXPECT_EQ(outcomes[4].errors.at(0).field, "name");
  EXPECT_EQ(outcomes[5].errors.at(0).field, "occurred_at");
  EXPECT_EQ(outcomes[6].errors.at(0).field, "properties");
  for (const auto& item : stored()) EXPECT_EQ(item.event.received_at, item.event.occurred_at);

  EXPECT_EQ(home.service->refresh(), std::vector{acme});
  EXPECT_TRUE(home.service->refresh().empty());
  EXPECT_EQ(home.service->remove_import({77}), 2);
  EXPECT_EQ(home.service->refresh(), std::vector{acme});
  home.service->read_usage_days({}, [](const UsageDays&) { ADD_FAILURE() << "facts of an undone import"; });
  const core::Caller reader{{2}, "reader", core::Role::read_only, core::Language::en};
  EXPECT_FALSE(home.service->append_events(platform::records::Provenance::by(reader), rows));
}

// The outline of what lies before a day says what reading all of it would say.
TEST_F(Usage, OutlinesWhatCameBeforeADay) {
  std::mt19937 random(5);
  std::vector<EventInput> rows;
  for (int index = 0; index < 300; ++index) {
    rows.push_back(row_of(random() % 2 ? "acme" : "globex", std::to_string(random() % 5),
                          "feature " + std::to_string(random() % 4), hours_ago(static_cast<int>(random() % 900))));
  }
  ASSERT_TRUE(home.service->append_events(platform::records::Provenance::by(home.admin), rows));
  home.service->refresh();
  const auto before = core::day_of(hours_ago(200));
  std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::int32_t, std::int32_t>> expected, told;
  home.service->read_usage_days({{}, std::nullopt, before - 1}, [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      const std::pair<std::int64_t, std::int64_t> key{piece.account_ids[row], piece.feature_ids[row]};
      auto& days = expected.try_emplace(key, piece.days[row], piece.days[row]).first->second;
      days.second = std::max(days.second, piece.days[row]);
    }
  });
  for (const auto& use : home.service->usage_outline({acme, globex}, before)) {
    told[{use.account.value, use.feature.value}] = {use.first_day.days, use.last_day.days};
  }
  EXPECT_EQ(told, expected);
  EXPECT_EQ(home.service->usage_outline({acme}, before).size(), 4u);
}

TEST_F(Usage, FactsFollowStepByStepWhatARebuildGives) {
  std::mt19937 random(99);
  const auto provenance = platform::records::Provenance::by(home.admin);
  std::map<FactKey, std::int64_t> expected;
  for (int round = 0; round < 15; ++round) {
    std::vector<EventInput> rows;
    for (int index = 0; index < 200; ++index) {
      auto row = row_of(random() % 2 ? "acme" : "globex", random() % 8 ? std::to_string(random() % 5) : "",
                        "feature " + std::to_string(random() % 4), hours_ago(static_cast<int>(random() % 500)));
      row.known_at = core::Instant{row.occurred_at.microseconds +
                                   static_cast<std::int64_t>(random() % 3) * core::microseconds_per_day};
      ++expected[{(row.account == "acme" ? acme : globex).value, core::day_of(row.occurred_at).days, row.user, row.name,
                  core::day_of(*row.known_at).days}];
      rows.push_back(std::move(row));
    }
    ASSERT_TRUE(home.service->append_events(provenance, rows));
    home.service->refresh();
    ASSERT_EQ(facts_of(*home.service), expected) << "round " << round;
    if (round == 7) home.open();  // a restart in between
  }
  home.service->rebuild_daily_facts();
  EXPECT_EQ(facts_of(*home.service), expected);
  // A mart that was lost comes back from the events alone.
  home.dependencies.mart = platform::duckdb::Database::in_memory();
  home.open();
  home.service->refresh();
  EXPECT_EQ(facts_of(*home.service), expected);
}

TEST_F(Usage, ListenersHearWhoChanged) {
  std::set<std::int64_t> heard;
  home.service->on_usage_changed([&](const UsageChange& change) {
    for (const auto& changed : change.accounts) heard.insert(changed.account.value);
  });
  send("track", R"({"userId":"1","event":"x","context":{"groupId":"acme"}})");
  home.service->refresh();
  EXPECT_EQ(heard, std::set<std::int64_t>{acme.value});
}

TEST_F(Usage, RefreshesByItselfWithinASecond) {
  std::promise<core::AccountId> heard;
  std::once_flag once;
  home.service->on_usage_changed([&](const UsageChange& change) {
    std::call_once(once, [&] { heard.set_value(change.accounts.front().account); });
  });
  home.service->start();
  send("track", R"({"userId":"1","event":"x","context":{"groupId":"globex"}})");
  auto future = heard.get_future();
  ASSERT_EQ(future.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_EQ(future.get(), globex);
  home.service->stop();
}

// -----------------------------------------------------------------------------------------------------------------
// pages

TEST_F(Usage, AccountPageEqualsBruteForce) {
  std::mt19937 random(12);
  const auto provenance = platform::records::Provenance::by(home.admin);
  const auto today = home.book_day;
  std::map<core::Day, std::set<std::string>> users;
  std::map<core::Day, std::int64_t> counts;
  std::vector<EventInput> rows;
  for (int index = 0; index < 600; ++index) {
    const auto day = today - static_cast<int>(random() % 120);
    auto row = row_of("acme", std::to_string(random() % 30), random() % 5 ? "used" : "noise",
                      {core::start_of(day).microseconds});
    ++counts[day];
    if (row.name == "used") users[day].insert(row.user);
    rows.push_back(std::move(row));
  }
  ASSERT_TRUE(home.service->append_events(provenance, rows));
  home.service->refresh();
  FeatureChange passive;
  passive.is_active = false;
  passive.name = core::Text{"Noise", "雑音"};
  ASSERT_TRUE(home.service->define_feature({events::EventKind::track, "noise"}, passive, home.admin));

  const auto page = body_of(
      home.ask(Method::get, "/api/accounts/{id}/usage", page_of(acme, {{"from", core::to_string(today - 59)}})));
  ASSERT_EQ(page.at("days").as_array().size(), 60u);
  for (std::size_t index = 0; index < 60; ++index) {
    const auto day = today - 59 + static_cast<int>(index);
    std::set<std::string> rolling;
    for (int back = 0; back < 28; ++back) rolling.insert(users[day - back].begin(), users[day - back].end());
    EXPECT_EQ(page.at("days").at(index).as_string(), core::to_string(day));
    EXPECT_EQ(page.at("events").at(index).as_int64(), counts[day]);
    EXPECT_EQ(page.at("active_users").at(index).as_int64(), static_cast<std::int64_t>(users[day].size()));
    EXPECT_EQ(page.at("active_users_28d").at(index).as_int64(), static_cast<std::int64_t>(rolling.size())) << index;
  }
  EXPECT_EQ(page.at("features").as_array().size(), 2u);
  EXPECT_EQ(page.at("features").at(1).at("name").at("ja").as_string(), "雑音");
}

TEST_F(Usage, PagesAskedForAnEarlierDayDoNotSeeLaterKnowledge) {
  auto early = row_of("acme", "1", "x", hours_ago(24 * 10));
  early.known_at = early.occurred_at;
  auto late = row_of("acme", "2", "x", hours_ago(24 * 10));  // happened then, learned now
  auto recent = row_of("acme", "1", "x", hours_ago(1));
  ASSERT_TRUE(
      home.service->append_events(platform::records::Provenance::by(home.admin), std::vector{early, late, recent}));
  home.service->refresh();
  const std::string then = core::to_string(home.book_day - 5);
  for (const auto& [as_of, rows, people] : {std::tuple{then, 1, 1}, std::tuple{core::to_string(home.book_day), 3, 2}}) {
    EXPECT_EQ(body_of(home.ask(Method::get, "/api/accounts/{id}/events", page_of(acme, {{"as_of", as_of}})))
                  .at("total")
                  .as_int64(),
              rows);
    EXPECT_EQ(body_of(home.ask(Method::get, "/api/accounts/{id}/people", page_of(acme, {{"as_of", as_of}})))
                  .at("total")
                  .as_int64(),
              people);
    const auto usage = body_of(home.ask(Method::get, "/api/accounts/{id}/usage", page_of(acme, {{"as_of", as_of}})));
    std::int64_t counted = 0;
    for (const auto& count : usage.at("events").as_array()) counted += count.as_int64();
    EXPECT_EQ(counted, rows);
  }
  EXPECT_EQ(home.ask(Method::get, "/api/accounts/{id}/usage", page_of({999})).status, 404);
  EXPECT_EQ(home.ask(Method::get, "/api/accounts/{id}/usage", page_of(acme, {{"from", "2050-01-01"}})).status, 400);
}

TEST_F(Usage, PeopleCarryNamesAndContacts) {
  send(
      "identify",
      R"({"userId":"3","traits":{"email":"Taro@mail.example","firstName":"Taro","lastName":"Yamada"},"context":{"groupId":"acme"}})");
  send("track", R"({"userId":"3","event":"x","context":{"groupId":"acme"}})");
  home.service->upsert_people(std::vector<PersonInput>{{globex, "3", "hanako@globex.example", "Hanako"}});
  send("track", R"({"userId":"3","event":"y","context":{"groupId":"globex"},"properties":{"n":1}})");
  home.service->refresh();
  const auto of_acme = body_of(home.ask(Method::get, "/api/accounts/{id}/people", page_of(acme))).at("items").at(0);
  EXPECT_EQ(of_acme.at("name").as_string(), "山田 太郎");
  EXPECT_EQ(of_acme.at("contact_id").as_int64(), 501);
  EXPECT_EQ(of_acme.at("features_28d").as_int64(), 1);
  const auto of_globex = body_of(home.ask(Method::get, "/api/accounts/{id}/people", page_of(globex))).at("items").at(0);
  EXPECT_EQ(of_globex.at("name").as_string(), "Hanako");
  const auto rows = body_of(
      home.ask(Method::get, "/api/accounts/{id}/events", page_of(globex, {{"user_key", "3"}, {"feature", "y"}})));
  EXPECT_EQ(rows.at("items").at(0).at("properties").at("n").as_int64(), 1);
  EXPECT_EQ(rows.at("items").at(0).at("source").as_string(), "Product");
  send("alias", R"({"userId":"3","previousId":"cookie"})");
  send("track", R"({"userId":"3","timestamp":"not a time"})");
  EXPECT_EQ(home.service->quarantine().list({}, {0, 10}).total, 1);
  EXPECT_EQ(home.service->erase_person(globex, "3"), 1);
  EXPECT_EQ(home.service->quarantine().list({}, {0, 10}).total, 0);
  home.dependencies.records->read([&](platform::records::Session& session) {
    EXPECT_FALSE(store::load_senders(session, source.source.id, std::vector<std::string>{"anonymous:cookie"})[0].alias);
  });
  EXPECT_TRUE(home.service->persons({globex}).empty());
}

TEST_F(Usage, TheCatalogueDiscoversGroupsAndIgnores) {
  send("track", R"({"userId":"1","event":"report_exported","context":{"groupId":"acme"}})");
  send("track", R"({"userId":"1","event":"report_printed","context":{"groupId":"acme"}})");
  send("page", R"({"userId":"1","name":"Pricing","context":{"groupId":"acme"}})");
  send("group", R"({"userId":"1","groupId":"acme"})");
  home.service->refresh();
  auto features = home.service->features();
  ASSERT_EQ(features.size(), 3u);
  std::map<std::string, Feature> by_key;
  for (auto& feature : features) by_key[feature.key] = feature;
  EXPECT_EQ(by_key.at("report_exported").name.en, "Report exported");
  EXPECT_EQ(by_key.at("page:Pricing").name.ja, "ページ閲覧: Pricing");
  EXPECT_EQ(by_key.at("report_exported").events, 1);

  Request patch = page_of({by_key.at("report_exported").id.value});
  patch.body =
      R"({"name":{"en":"Reports","ja":"レポート"},"module":"Analysis","types":[{"kind":"track","name":"report_printed"}]})";
  const auto changed = body_of(home.ask(Method::patch, "/api/features/{id}", patch));
  EXPECT_EQ(changed.at("types").as_array().size(), 2u);
  EXPECT_EQ(changed.at("module").as_string(), "Analysis");
  std::int64_t reports = 0;
  home.service->read_usage_days({}, [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      if (piece.feature_ids[row] == by_key.at("report_exported").id.value) reports += piece.events[row];
    }
  });
  EXPECT_EQ(reports, 2);
  FeatureChange ignore;
  ignore.ignored = true;
  ASSERT_TRUE(home.service->change_feature(by_key.at("report_exported").id, ignore, home.admin));
  std::int64_t rest = 0;
  home.service->read_usage_days({}, [&](const UsageDays& piece) {
    for (const auto count : piece.events) rest += count;
  });
  EXPECT_EQ(rest, 1);
  EXPECT_FALSE(home.service->change_feature({4711}, ignore, home.admin));
  EXPECT_FALSE(home.service->change_feature({1}, ignore, {{1}, "csm", core::Role::csm, core::Language::en}));
}

}  // namespace
}  // namespace banso::usage
