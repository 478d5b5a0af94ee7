#include "in_app.hpp"

#include <gtest/gtest.h>

#include "message.hpp"
#include "store.hpp"
#include "user_token.hpp"

namespace banso::in_app {
namespace {

const core::Instant noon{1'800'000'000'000'000};
const core::Instant later{noon.microseconds + 1};
const User hanako{core::AccountId{17}, "hanako tanaka@example.co.jp", core::Language::ja};

TEST(UserToken, SpeaksForOneUserForAWhile) {
  const auto key = new_signing_key();
  const auto token = sign(key, hanako, {noon.microseconds + 60 * core::microseconds_per_second});
  EXPECT_EQ(verify(key, token, noon), hanako);
  EXPECT_FALSE(verify(key, token, {noon.microseconds + 60 * core::microseconds_per_second}));
  EXPECT_FALSE(verify(new_signing_key(), token, noon));
}

TEST(UserToken, CannotBeChanged) {
  const auto key = new_signing_key();
  const auto token = sign(key, hanako, {noon.microseconds + core::microseconds_per_day});
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == token) continue;
    EXPECT_FALSE(verify(key, changed, noon)) << i;
  }
  for (const auto* word : {"", ".", "a.b", "....", "AAAA"}) EXPECT_FALSE(verify(key, word, noon)) << word;
  EXPECT_NE(new_secret(), new_secret());
  EXPECT_EQ(hash_of("a"), hash_of("a"));
  EXPECT_NE(hash_of("a"), hash_of("b"));
}

std::vector<std::string> faults_of(const std::string& body) {
  const auto message = message_from_json(body);
  std::vector<std::string> fields;
  if (!message) {
    for (const auto& fault : message.error().fields) fields.push_back(fault.field);
  }
  return fields;
}

TEST(MessageText, IsCanonical) {
  const auto message = message_from_json(R"({"name": {"en": "Hello", "ja": "こんにちは"}, "form": "checklist",
    "title": {"en": "First steps", "ja": "最初の手順"}, "first_day": "2026-11-01",
    "items": [{"key": "invite", "label": {"en": "Invite", "ja": "招待する"}, "url": "/invite"},
              {"key": "import", "label": {"en": "Import", "ja": "取り込む"},
               "done_when": {"combinator": "and", "rules": []}}]})");
  ASSERT_TRUE(message);
  const auto text = to_json(*message);
  const auto again = message_from_json(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(*again), text);
}

TEST(MessageText, NamesEveryFault) {
  const std::string head = R"({"name": {"en": "A", "ja": "あ"}, "title": {"en": "A", "ja": "あ"}, )";
  EXPECT_EQ(faults_of(head + R"("form": "poster"})"), (std::vector<std::string>{"form"}));
  EXPECT_EQ(faults_of(head + R"("form": "checklist"})"), (std::vector<std::string>{"items"}));
  EXPECT_EQ(faults_of(head + R"("form": "banner", "first_day": "2026-02-01", "last_day": "2026-01-01"})"),
            (std::vector<std::string>{"last_day"}));
  for (const auto* url :
       {"javascript:alert(1)", "//evil.example", "http://example.com", "data:text/html,x", "/\\evil"}) {
    const auto body = head + R"("form": "banner", "link": {"label": {"en": "Go", "ja": "開く"}, "url": ")" +
                      (std::string(url) == "/\\evil" ? "/\\\\evil" : url) + R"("}})";
    EXPECT_EQ(faults_of(body), (std::vector<std::string>{"link.url"})) << url;
  }
}

TEST(Receipts, CountTheFirstTime) {
  const auto records = platform::records::Database::open("sqlite::memory:", 1);
  records->migrate(migrations());
  Store store(records);
  store.note("hello", hanako, Deed::seen, noon);
  store.note("hello", hanako, Deed::seen, later);
  store.note("hello", {core::AccountId{17}, "taro", core::Language::ja}, Deed::seen, noon);
  store.note("hello", hanako, Deed::dismissed, later);
  store.tick("steps", hanako, "invite", true, noon);
  store.tick("steps", hanako, "invite", true, later);
  EXPECT_EQ(store.counts().at("hello").seen, 2);
  EXPECT_EQ(store.counts().at("hello").dismissed, 1);
  EXPECT_TRUE(store.receipts(hanako).at("hello").is_dismissed);
  EXPECT_EQ(store.receipts(hanako).at("steps").items, (std::set<std::string>{"invite"}));
  store.tick("steps", hanako, "invite", false, later);
  EXPECT_FALSE(store.receipts(hanako).contains("steps"));
  EXPECT_TRUE(store.receipts({core::AccountId{18}, hanako.id, core::Language::ja}).empty());
  EXPECT_EQ(store.signing_key(), store.signing_key());
}

TEST(Keys, CanBeTakenAway) {
  const auto records = platform::records::Database::open("sqlite::memory:", 1);
  records->migrate(migrations());
  Store store(records);
  const auto secret = new_secret();
  const auto key = store.add_key("Product", hash_of(secret), core::Caller::system("test"));
  EXPECT_TRUE(store.use_key(hash_of(secret), core::Day{20'000}));
  EXPECT_EQ(store.keys().at(0).last_used_day, core::Day{20'000});
  EXPECT_FALSE(store.use_key(hash_of("bia_guess"), core::Day{20'000}));
  EXPECT_TRUE(store.remove_key(key.id));
  EXPECT_FALSE(store.remove_key(key.id));
  EXPECT_FALSE(store.use_key(hash_of(secret), core::Day{20'000}));
}

}  // namespace
}  // namespace banso::in_app
