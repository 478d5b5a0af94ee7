#include "intake_parser.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "event_time.hpp"

namespace banso::usage {
namespace {

using platform::events::EventKind;

std::vector<std::string> complaints(std::string_view body, std::optional<EventKind> kind) {
  const auto parsed = parse_calls(body, kind);
  std::vector<std::string> fields;
  if (!parsed) {
    fields.push_back("whole body");
    for (const auto& error : parsed.error().fields) fields.push_back(error.field);
    return fields;
  }
  for (const auto& item : parsed->items) {
    for (const auto& error : item.errors) {
      EXPECT_FALSE(error.message.en.empty());
      EXPECT_FALSE(error.message.ja.empty());
      fields.push_back(error.field);
    }
  }
  return fields;
}

TEST(IntakeParser, ReadsACallWhole) {
  const auto parsed =
      parse_calls(R"({"type":"track","userId":12345678901234,"anonymousId":"a-1","event":"書き出し","messageId":"m1",
      "timestamp":"2026-11-22T09:30:00+09:00","sentAt":"2026-11-22T00:30:05Z","writeKey":"bw_x",
      "properties":{"rows": 3,"deep":{"list":[1, 2.50,null]}},"context":{"groupId":"acme","traits":{"email":"Taro@Example.CO.JP"}}})",
                  EventKind::track);
  ASSERT_TRUE(parsed);
  const auto& call = parsed->items.at(0).call;
  EXPECT_TRUE(parsed->items.at(0).errors.empty());
  EXPECT_EQ(parsed->write_key, "bw_x");
  EXPECT_EQ(parsed->sent_at, core::parse_instant("2026-11-22T00:30:05Z"));
  EXPECT_EQ(call.user_id, "12345678901234");
  EXPECT_EQ(call.anonymous_id, "a-1");
  EXPECT_EQ(call.name, "書き出し");
  EXPECT_EQ(call.message_id, "m1");
  EXPECT_EQ(call.timestamp, core::parse_instant("2026-11-22T00:30:00Z"));
  EXPECT_EQ(call.group_id, "acme");
  EXPECT_EQ(call.email, "taro@example.co.jp");
  EXPECT_TRUE(is_json_object(call.properties));
}

TEST(IntakeParser, ABatchMergesItsContextIntoItems) {
  const auto parsed = parse_calls(
      R"({"context":{"groupId":"all"},"batch":[{"type":"page","userId":"a","name":"Home"},
      {"type":"screen","userId":"a","category":"Docs","context":{"groupId":"own"}},
      {"type":"group","userId":"a","groupId":"told","context":{"groupId":"ignored"}}]})",
      std::nullopt);
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->items.size(), 3u);
  EXPECT_EQ(parsed->items[0].call.group_id, "all");
  EXPECT_EQ(parsed->items[0].call.name, "Home");
  EXPECT_EQ(parsed->items[1].call.group_id, "own");
  EXPECT_EQ(parsed->items[1].call.name, "Docs");
  EXPECT_EQ(parsed->items[2].call.group_id, "told");
}

struct Malformed {
  const char* body;
  std::optional<EventKind> kind;
  std::vector<std::string> fields;
};

TEST(IntakeParser, NamesWhatIsWrong) {
  const auto track = EventKind::track;
  const Malformed table[] = {
      {"", track, {"whole body"}},
      {"{", track, {"whole body"}},
      {"null", track, {"whole body"}},
      {"[]", track, {"whole body"}},
      {"{\"userId\":\"\xff\xfe\"}", track, {"whole body"}},
      {"{}", track, {"event", "userId"}},
      {R"({"userId":"a"})", track, {"event"}},
      {R"({"userId":null,"event":"x"})", track, {"userId"}},
      {R"({"userId":"","anonymousId":"","event":"x"})", track, {"userId"}},
      {R"({"userId":{"id":1},"event":"x"})", track, {"userId"}},
      {R"({"userId":1.5,"event":"x"})", track, {"userId"}},
      {R"({"userId":"a\u0000b","event":"x"})", track, {"userId"}},
      {R"({"userId":"a","event":["x"]})", track, {"event"}},
      {R"({"userId":"a","event":"x","properties":[]})", track, {"properties"}},
      {R"({"userId":"a","event":"x","properties":"{}"})", track, {"properties"}},
      {R"({"userId":"a","event":"x","timestamp":"yesterday"})", track, {"timestamp"}},
      {R"({"userId":"a","event":"x","timestamp":1763800000})", track, {"timestamp"}},
      {R"({"userId":"a","event":"x","context":{"groupId":[]}})", track, {"context.groupId"}},
      {R"({"userId":"a"})", EventKind::group, {"groupId"}},
      {R"({"userId":"a"})", EventKind::alias, {"previousId"}},
      {R"({"previousId":"a"})", EventKind::alias, {"userId"}},
      {R"({"userId":"a","traits":7})", EventKind::identify, {"traits"}},
      {R"({"traits":{"email":"a@b.c"}})", EventKind::identify, {"userId"}},
      {R"({"userId":"a"})", EventKind::page, {}},
      {R"({})", std::nullopt, {"whole body", "batch"}},
      {R"({"batch":{}})", std::nullopt, {"whole body", "batch"}},
      {R"({"batch":[]})", std::nullopt, {}},
      {R"({"batch":[1,{"type":"walk"},{"type":"track","userId":"a"},{"type":"track","userId":"a","event":"ok"}]})",
       std::nullopt,
       {"batch[0]", "batch[1].type", "batch[2].event"}},
  };
  for (const auto& row : table) EXPECT_EQ(complaints(row.body, row.kind), row.fields) << row.body;
}

TEST(IntakeParser, KeepsTheLimits) {
  const std::string long_id(256, 'x');
  EXPECT_EQ(complaints(R"({"event":"x","userId":")" + long_id + "\"}", EventKind::track),
            std::vector<std::string>{"userId"});
  const std::string filler(longest_call_bytes, ' ');
  EXPECT_EQ(parse_calls(R"({"event":"x","userId":"a"})" + filler, EventKind::track).error().code,
            core::ErrorCode::too_large);
  const std::string large = R"({"type":"track","event":"x","userId":"a","properties":{"text":")" +
                            std::string(longest_call_bytes, 'y') + "\"}}";
  const std::string small = R"({"type":"track","event":"x","userId":"a"})";
  EXPECT_EQ(complaints("{\"batch\":[" + small + "," + large + "]}", std::nullopt),
            std::vector<std::string>{"batch[1]"});
  EXPECT_EQ(parse_calls("{\"batch\":[]}" + std::string(longest_batch_bytes, ' '), std::nullopt).error().code,
            core::ErrorCode::too_large);
  std::string deep = R"({"userId":"a","event":"x","properties":)";
  for (int level = 0; level < 5000; ++level) deep += "{\"a\":";
  EXPECT_EQ(complaints(deep, EventKind::track), std::vector<std::string>{"whole body"});
}

TEST(IntakeParser, TakesTheCallsOfTheGoClient) {
  const char* shared = std::getenv("BANSO_SHARED_DATA");
  const auto folder =
      (shared ? std::filesystem::path(shared) : std::filesystem::path(BANSO_SOURCE_DIR) / "../shared/data") /
      "segment/calls";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    const std::string body((std::istreambuf_iterator<char>(file)), {});
    const auto parsed = parse_calls(body, std::nullopt);
    ASSERT_TRUE(parsed) << entry.path();
    ASSERT_FALSE(parsed->items.empty());
    for (const auto& item : parsed->items) {
      EXPECT_TRUE(item.errors.empty()) << entry.path();
      EXPECT_EQ(item.call.message_id, entry.path().filename() == "test-messageid-track.json" ? "abc" : "I'm unique");
      EXPECT_EQ(event_time({core::now(), core::now()}, parsed->sent_at, item.call.timestamp).refused, "")
          << entry.path();
    }
    ++files;
  }
  EXPECT_EQ(files, 12);
}

TEST(EventTime, CorrectsTheSendersClock) {
  const auto instant = [](const char* text) { return *core::parse_instant(text); };
  const auto received = instant("2026-11-22T12:00:00Z");
  // The sender's clock is two hours behind; the event happened ten seconds before it was sent.
  EXPECT_EQ(event_time({received, received}, instant("2026-11-22T10:00:00Z"), instant("2026-11-22T09:59:50Z")).at,
            instant("2026-11-22T11:59:50Z"));
  EXPECT_EQ(event_time({received, received}, std::nullopt, std::nullopt).at, received);
  EXPECT_EQ(event_time({received, received}, std::nullopt, instant("2026-11-20T00:00:00Z")).at,
            instant("2026-11-20T00:00:00Z"));
  EXPECT_EQ(event_time({received, received}, instant("2026-11-22T10:00:00Z"), instant("2026-11-22T11:00:00Z")).at,
            received);
  EXPECT_EQ(event_time({received, received}, std::nullopt, instant("2026-11-22T18:00:00Z")).at, received);
  EXPECT_EQ(event_time({received, received}, std::nullopt, instant("2026-11-24T00:00:00Z")).refused,
            reason::in_the_future);
  EXPECT_EQ(event_time({received, received}, std::nullopt, instant("2025-01-01T00:00:00Z")).refused, reason::too_old);
  // Tried again two days later, it is no longer in the future; the clock is still corrected by when it came.
  const auto later = instant("2026-11-24T12:00:00Z");
  EXPECT_EQ(event_time({received, later}, std::nullopt, instant("2026-11-24T00:00:00Z")).at,
            instant("2026-11-24T00:00:00Z"));
  EXPECT_EQ(event_time({received, later}, instant("2026-11-22T10:00:00Z"), instant("2026-11-22T09:59:50Z")).at,
            instant("2026-11-22T11:59:50Z"));
}

}  // namespace
}  // namespace banso::usage
