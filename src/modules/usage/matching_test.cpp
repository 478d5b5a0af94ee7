// Whose events they are follows from what was said and assigned, never from the order in which it arrived; and what was
// acknowledged on the journal is in the store once, whatever happens in between.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

#include "erasure.hpp"
#include "platform/records/testing/databases.hpp"
#include "test_home.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace testing = platform::records::testing;

const core::AccountId acme{11}, globex{12}, initech{13};

struct Said {
  std::string kind;
  std::string body;  // without the write key
};

// Where each event ended up: by message id, its account and its person.
using Outcome = std::map<std::string, std::tuple<std::int64_t, int, std::string>>;

class House {
 public:
  House() {
    home_.accounts->by_id = {{"acme", acme}, {"globex", globex}, {"initech", initech}};
    home_.accounts->by_domain = {{"globex.example", globex}};
    home_.accounts->contacts = {{{501}, acme, "山田 太郎", "taro@mail.example"}};
    source_ = home_.service->create_source("Product", home_.admin).value();
  }

  void say(const Said& said) {
    auto body = said.body;
    body.insert(1, "\"writeKey\":\"" + source_.write_key + "\",");
    platform::http::Request request;
    request.body = body;
    for (const auto& route : home_.service->routes()) {
      if (route.pattern != "/v1/" + said.kind) continue;
      ASSERT_EQ(route.handler(request)->status, 200) << said.body;
    }
  }
  void assign(const MatchSubject& subject, core::AccountId account) {
    ASSERT_TRUE(
        home_.service->assign({source_.source.id, subject.group_key, subject.person_key}, account, home_.admin));
  }
  void undo(const MatchSubject& subject) {
    ASSERT_TRUE(home_.service->undo_match({source_.source.id, subject.group_key, subject.person_key}, home_.admin));
  }
  void forget() {
    const auto alone = home_.service->settle(std::chrono::seconds(10));
    ASSERT_TRUE(alone);
    home_.open();
  }
  Outcome outcome() {
    EXPECT_TRUE(home_.service->settle(std::chrono::seconds(10)));
    Outcome outcome;
    for (const auto& stored : home_.dependencies.events->latest({}, 10'000)) {
      const auto& event = stored.event;
      outcome[event.message_id] = {event.account.value, static_cast<int>(event.matched_by), event.person_key};
    }
    return outcome;
  }

 private:
  TestHome home_;
  SourceWithKey source_;
};

std::string quoted(const std::string& name, const std::string& value) {
  return ",\"" + name + "\":\"" + value + "\"";
}

class Stories {
 public:
  explicit Stories(unsigned seed) : random_(seed) {}

  // Who did what, when: no two calls at the same time, as "first" and "last" must have an answer.
  std::vector<Said> calls(int count) {
    std::vector<Said> all;
    for (int number = 0; number < count; ++number) {
      const core::Instant at{core::now().microseconds - (1 + number) * 3'600 * core::microseconds_per_second};
      std::string body =
          "{\"messageId\":\"m" + std::to_string(number) + "\"" + quoted("timestamp", core::to_string(at));
      const auto user = one_of({"u1", "u2", "u3", "taro@mail.example"}), visitor = one_of({"c1", "c2", "c3"});
      const auto kind = one_of({"track", "track", "track", "identify", "group", "alias"});
      if (kind == "alias") {
        body += quoted("userId", user) + quoted("previousId", one_of({"c1", "c2", "u1", "u2"}));
      } else {
        const int who = pick(3);
        if (who != 1) body += quoted("userId", user);
        if (who != 0) body += quoted("anonymousId", visitor);
      }
      if (kind == "track") {
        body += quoted("event", "x");
        if (pick(4) == 0) body += ",\"context\":{\"groupId\":\"" + one_of({"acme", "unknown"}) + "\"}";
      } else if (kind == "group") {
        body += quoted("groupId", one_of({"acme", "globex", "unknown"}));
      } else if (kind == "identify") {
        body += ",\"traits\":{\"email\":\"" + one_of({"taro@mail.example", "a@globex.example", "b@nowhere.example"}) +
                "\"}";
      }
      all.push_back({kind, body + "}"});
    }
    return all;
  }

  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  std::string one_of(std::initializer_list<const char*> words) {
    return words.begin()[pick(static_cast<int>(words.size()))];
  }
  void shuffle(std::vector<Said>& calls) { std::ranges::shuffle(calls, random_); }

 private:
  std::mt19937 random_;
};

TEST(Matching, AnyOrderOfCallsAndAssignmentsEndsInTheSameState) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    Stories stories(seed);
    auto calls = stories.calls(40);
    const MatchSubject unknown{{}, "unknown", {}}, person{{}, {}, "u3"};

    House in_order;
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) in_order.say(*call);
    in_order.assign(unknown, initech);
    in_order.assign(person, globex);
    const auto expected = in_order.outcome();
    ASSERT_EQ(expected.size(), calls.size());

    House mixed;
    stories.shuffle(calls);
    const auto third = calls.size() / 3;
    for (std::size_t index = 0; index < calls.size(); ++index) {
      if (index == third) {
        mixed.assign(unknown, acme);
        mixed.assign(person, {});
      }
      if (index == 2 * third) {
        mixed.undo(unknown);
        mixed.undo(person);
        mixed.assign(unknown, initech);
        mixed.forget();  // what was in memory is gone
      }
      mixed.say(calls[index]);
      if (stories.pick(10) == 0) mixed.say(calls[index]);  // sent twice
    }
    mixed.assign(person, globex);
    EXPECT_EQ(mixed.outcome(), expected) << "seed " << seed;
  }
}

TEST(Matching, WhatWasAssignedToNobodyIsListedAndCanBeUndone) {
  namespace json = platform::json;
  using platform::http::Method;
  TestHome home;
  home.accounts->by_id = {{"acme", acme}};
  const auto first = home.service->create_source("First", home.admin).value();
  const auto second = home.service->create_source("Second", home.admin).value();
  for (const auto* source : {&first, &second}) {
    const auto call = R"({"writeKey":")" + source->write_key + R"(","event":"x","userId":"u")";
    ASSERT_EQ(home.post("/v1/track", call + R"(,"context":{"groupId":"test"}})").status, 200);
    ASSERT_EQ(home.post("/v1/track", call + "}").status, 200);
  }
  const auto items = [&](const std::string& path, std::map<std::string, std::string> query) {
    platform::http::Request request;
    request.query = std::move(query);
    const auto answer = json::parse_object(home.ask(Method::get, path, request).body).value();
    EXPECT_EQ(answer.at("total").as_int64(), static_cast<std::int64_t>(answer.at("items").as_array().size()));
    return answer.at("items").as_array();
  };
  const auto first_id = std::to_string(first.source.id.value), second_id = std::to_string(second.source.id.value);
  EXPECT_EQ(items("/api/unmatched-events", {}).size(), 4u);
  EXPECT_EQ(items("/api/unmatched-events", {{"source_id", first_id}}).size(), 2u);
  EXPECT_TRUE(items("/api/event-matches", {}).empty());

  const MatchSubject group{first.source.id, "test", {}}, person{first.source.id, {}, "u"};
  ASSERT_TRUE(home.service->assign(group, {}, home.admin));
  ASSERT_TRUE(home.service->assign(person, acme, home.admin));
  const auto waiting = items("/api/unmatched-events", {{"source_id", first_id}});
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_TRUE(waiting.at(0).at("assigned_to_nobody").as_bool());
  for (const auto& item : items("/api/unmatched-events", {{"source_id", second_id}})) {
    EXPECT_FALSE(item.at("assigned_to_nobody").as_bool());
  }
  EXPECT_TRUE(items("/api/event-matches", {{"source_id", second_id}}).empty());
  const auto by_hand = items("/api/event-matches", {{"source_id", first_id}});
  ASSERT_EQ(by_hand.size(), 2u);
  EXPECT_EQ(by_hand.at(0).at("account_id").as_int64(), acme.value);
  EXPECT_EQ(by_hand.at(1).at("group_key").as_string(), "test");
  EXPECT_TRUE(by_hand.at(1).at("account_id").is_null());
  EXPECT_EQ(by_hand.at(1).at("events").as_int64(), 1);

  ASSERT_TRUE(home.service->undo_match(group, home.admin));
  EXPECT_EQ(items("/api/event-matches", {}).size(), 1u);
  EXPECT_FALSE(items("/api/unmatched-events", {{"source_id", first_id}}).at(0).at("assigned_to_nobody").as_bool());
}

// ------------------------------------------------------------------------------------------------------- the journal

TEST(Pipeline, WhatTheJournalHoldsIsStoredOnceAfterARestart) {
  TestHome home;
  const auto source = home.service->create_source("Product", home.admin).value();
  const auto folder = std::filesystem::temp_directory_path() / ("banso-journal-" + std::to_string(::getpid()));
  const auto now = core::now();
  const auto body = R"({"batch":[{"type":"track","userId":"a","event":"one"},{"type":"track","userId":"a","event":"two",
      "messageId":"m"},{"type":"track","userId":"a"}]})";
  const IntakeRecord record{source.source.id, {now, now}, 77, std::nullopt, body};
  {  // acknowledged, and then the process died
    auto journal = platform::journal::Journal::open(folder, {.disk_reserve_bytes = 0});
    ASSERT_TRUE(journal->append(encode(record)));
    ASSERT_TRUE(journal->append("a record that nobody can read"));
  }
  for (int restart = 0; restart < 3; ++restart) {
    home.dependencies.journal = platform::journal::Journal::open(folder, {.disk_reserve_bytes = 0});
    home.open();
    const auto sent = home.post(
        "/v1/track", R"({"writeKey":")" + source.write_key + R"(","userId":"a","event":"two","messageId":"m"})");
    EXPECT_EQ(sent.status, 200) << sent.body;
    const auto stored = home.dependencies.events->latest({}, 100);
    ASSERT_EQ(stored.size(), 2u);
    EXPECT_EQ(stored.back().event.message_id, "banso-77-0");
    EXPECT_EQ(home.service->quarantine().list({}, {0, 10}).total, 1);
    EXPECT_EQ(home.dependencies.journal->waiting_bytes(), 0);
    home.service.reset();
    home.dependencies.journal.reset();
  }
  std::filesystem::remove_all(folder);
}

// ----------------------------------------------------------------------------------------------------- on both records

class Refusals : public testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (database()) database()->migrate(migrations());
  }
};

TEST_P(Refusals, AreKeptOnceAndFound) {
  Quarantine quarantine(database());
  const auto now = core::now();
  const RefusedCall call{{1}, now, std::nullopt, "missing", "event", {"Required.", "必須です。"}, "{}", "{}", now};
  const RefusedCall other{{2}, now, events::EventKind::track, "too_old", "timestamp", {"Old.", "古い。"}, "{}", "", {}};
  EXPECT_EQ(quarantine.keep(std::vector{call, other}).size(), 2u);
  EXPECT_TRUE(quarantine.keep(std::vector{call}).empty());
  EXPECT_EQ(quarantine.list({}, {0, 10}).total, 2);
  EXPECT_EQ(quarantine.reasons(core::SourceId{2}).at(0).reason, "too_old");
  QuarantineFilter filter;
  filter.reason = "missing";
  const auto found = quarantine.list(filter, {0, 10}).items.at(0);
  EXPECT_EQ(found.call.message.ja, "必須です。");
  EXPECT_EQ(found.call.sent_at, now);
  quarantine.update_reason(found.id, "invalid", {"type", {"Bad.", "不正。"}});
  EXPECT_EQ(quarantine.remove(filter), 0);
  filter.reason = "invalid";
  EXPECT_EQ(quarantine.remove(filter), 1);
  EXPECT_EQ(quarantine.waiting(), (std::map<core::SourceId, std::int64_t>{{{2}, 1}}));
}

TEST_P(Refusals, WhatIsSaidOfKeysIsKept) {
  const SenderKey from{{1}, "anonymous:c"}, to{{1}, "u"};
  const core::Instant at{1'000};
  database()->write([&](platform::records::Session& session) {
    store::put_alias(session, from, {"u", at});
    store::insert_group_statement(session, to, {at, "acme", false});
    store::put_sayings(session, to, {"a@b.example", at, at}, {"A", at, at});
    store::put_filed_person(session, to, acme, {"a@b.example", "A"}, at);
    store::put_person_assignment(session, to, {globex, {7}, at});
    store::insert_corrections(session, {{Subject::person, to}}, 0);
  });
  std::vector<std::string> keys;
  for (int number = 0; number < 250; ++number) keys.push_back("nobody-" + std::to_string(number));
  keys.push_back("u");
  keys.push_back("anonymous:c");
  const auto loaded =
      database()->read([&](platform::records::Session& session) { return store::load_senders(session, {1}, keys); });
  const auto& person = loaded[250];
  EXPECT_EQ(person.followers, std::vector<std::string>{"anonymous:c"});
  EXPECT_EQ(person.groups.at(0).group_key, "acme");
  EXPECT_EQ(person.email.text, "a@b.example");
  EXPECT_EQ(person.filed.at(acme).name, "A");
  EXPECT_EQ(person.assigned->account, globex);
  EXPECT_EQ(loaded[251].alias->to_key, "u");
  EXPECT_FALSE(loaded[0].alias);
}

TEST_P(Refusals, AndWhatIsSaidOfAPersonGoesWithThem) {
  const core::SourceId source{1}, other{2};
  const core::Instant at{1'000};
  const auto say_all = [&](platform::records::Session& session, core::SourceId of, const std::string& person) {
    store::put_alias(session, {of, "anonymous:" + person}, {person, at});
    store::put_alias(session, {of, "older-" + person}, {"anonymous:" + person, at});
    for (const auto& key : {person, "anonymous:" + person, "older-" + person}) {
      store::insert_group_statement(session, {of, key}, {at, "acme", false});
      store::put_sayings(session, {of, key}, {"a@b.example", at, at}, {"A", at, at});
    }
    store::put_filed_person(session, {of, person}, acme, {"a@b.example", "A"}, at);
    store::put_person_assignment(session, {of, person}, {globex, {7}, at});
  };
  database()->write([&](platform::records::Session& session) {
    say_all(session, source, "u");
    say_all(session, source, "v");
    say_all(session, other, "u");
  });
  Quarantine quarantine(database());
  const auto refused = [&](core::SourceId of, const std::string& call) {
    return RefusedCall{of, core::now(), std::nullopt, "missing", "event", {"Required.", "必須です。"}, call, "", {}};
  };
  quarantine.keep(std::vector{
      refused(source, R"({"type":"track","userId":"u"})"), refused(source, R"({"type":"track","anonymousId":"u"})"),
      refused(source, R"({"type":"track","userId":"older-u"})"), refused(source, R"({"userId":"u", broken)"),
      refused(source, R"({"type":"track","userId":"v","name":"u"})"), refused(other, R"({"userId":"u"})")});

  const auto events = events::duckdb_store_in_memory();
  EXPECT_EQ(sources_of_person(*events, *database(), acme, "u"), (std::set<core::SourceId>{source, other}));
  erase_traces_of_person(*database(), {source}, acme, "u");
  EXPECT_EQ(quarantine.waiting(), (std::map<core::SourceId, std::int64_t>{{source, 1}, {other, 1}}));
  std::set<std::string> left, left_of_other;
  database()->read([&](platform::records::Session& session) {
    store::each_sender_key(session, [&](SenderKeyView key) {
      (key.source == source ? left : left_of_other).insert(std::string(key.key));
    });
  });
  EXPECT_EQ(left, (std::set<std::string>{"v", "anonymous:v", "older-v"}));
  EXPECT_EQ(left_of_other, (std::set<std::string>{"u", "anonymous:u", "older-u"}));
}

INSTANTIATE_TEST_SUITE_P(Backends, Refusals, testing::every_backend(), testing::backend_name);

}  // namespace
}  // namespace banso::usage
