// The records of customers through the API, on every database.
#include "test_fixture.hpp"

namespace banso::customers {
namespace {

class CustomersApi : public CustomersFixture {};

TEST_P(CustomersApi, TicketsClosedInTheFutureAreOpenAsOfThePast) {
  // Known at once, as an import without backdating has it: the closing is still cut at the day asked for.
  auto row = account("A", "A");
  row.known_at = Instant{0};
  write({row});
  TicketInput ticket;
  ticket.account = "A";
  ticket.external_id = "T";
  ticket.opened_at = at(2024, 3, 1);
  ticket.closed_at = at(2024, 3, 10);
  ticket.known_at = at(2024, 3, 1);
  ASSERT_TRUE(service_->upsert_tickets(by(), {&ticket, 1}));
  const auto answer = call(Method::get, "/api/accounts/{id}/tickets", {{"id", std::to_string(id_of("A").value)}}, "",
                           {{"as_of", "2024-03-05"}});
  EXPECT_EQ(answer->at("items").at(0).at("status"), "open");
  EXPECT_TRUE(answer->at("items").at(0).at("closed_at").is_null());
}

TEST_P(CustomersApi, BulkSetsAndTakesBack) {
  write({account("A", "A"), account("B", "B")});
  std::vector<core::AccountId> told;
  service_->add_change_listener([&](std::span<const core::AccountId> ids) { told.assign(ids.begin(), ids.end()); });
  const auto body = "{\"ids\":[" + std::to_string(id_of("A").value) + "," + std::to_string(id_of("B").value) +
                    "],\"set\":{\"owner_id\":5,\"phase\":\"更新\"},\"why\":\"担当替え\"}";
  const auto answer = call(Method::post, "/api/accounts/bulk", {}, body);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("changed"), 2);
  EXPECT_EQ(told.size(), 2u);
  EXPECT_EQ(book()[0].owner_name, "佐藤 花子");
  const auto batch = std::to_string(answer->at("batch_id").as_int64());
  ASSERT_TRUE(call(Method::post, "/api/accounts/bulk/{batch_id}/undo", {{"batch_id", batch}}));
  EXPECT_EQ(book()[0].owner_name, "");

  const auto changes = call(Method::get, "/api/accounts/{id}/changes", {{"id", std::to_string(id_of("A").value)}});
  EXPECT_EQ(changes->at("total"), 3);
  const auto& set = changes->at("items").at(1);
  EXPECT_EQ(set.at("why"), "担当替え");
  bool names_the_owner = false;
  for (const auto& change : set.at("changes").as_array()) {
    if (change.at("field") == "owner")
      names_the_owner = change.at("after") == "佐藤 花子" && change.at("before").is_null();
  }
  EXPECT_TRUE(names_the_owner);
}

TEST_P(CustomersApi, SearchKnowsKanaWidthAndCase) {
  auto row = account("ＡＢＣ-9", "株式会社ＡＢＣ商会");
  row.reading = std::string("エービーシーショウカイ");
  row.domains = std::vector<std::string>{"ABC-Shokai.co.jp"};
  write({row, account("100%", "50_50")});
  ContactInput person;
  person.account = "ＡＢＣ-9";
  person.name = std::string("小林 ﾊﾅｺ");
  ASSERT_TRUE(service_->upsert_contacts(by(), {&person, 1}));
  const auto hits = [&](const char* query) {
    return call(Method::get, "/api/search", {}, "", {{"q", query}})->at("items").as_array().size();
  };
  EXPECT_EQ(hits("abc"), 1u);
  EXPECT_EQ(hits("えーびーしー"), 1u);
  EXPECT_EQ(hits("ｼｮｳｶｲ"), 1u);
  EXPECT_EQ(hits("SHOKAI.co"), 1u);
  EXPECT_EQ(hits("はなこ"), 1u);
  EXPECT_EQ(hits("小林 ハナコ"), 1u);
  EXPECT_EQ(hits("%"), 1u);
  EXPECT_EQ(hits("0%_"), 0u);
  EXPECT_EQ(service_->account_of_domain("abc-shokai.CO.JP"), id_of("ＡＢＣ-9"));
}

TEST_P(CustomersApi, DeletingHidesAndKeepsTheHistory) {
  auto row = account("A", "A");
  row.created_day = on(2024, 1, 1);
  write({row}, {.known_by = KnownBy::happening});
  const auto id = std::to_string(id_of("A").value);
  EXPECT_EQ(call(Method::del, "/api/accounts/{id}", {{"id", id}}, "", {}, core::Role::leader).error().code,
            core::ErrorCode::forbidden);
  ASSERT_TRUE(call(Method::del, "/api/accounts/{id}", {{"id", id}}, "", {{"why", "重複"}}));
  EXPECT_FALSE(call(Method::get, "/api/accounts/{id}", {{"id", id}}));
  EXPECT_TRUE(call(Method::get, "/api/accounts/{id}", {{"id", id}}, "", {{"as_of", "2024-06-01"}}));
  EXPECT_TRUE(book().empty());
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}/changes", {{"id", id}})->at("items").at(0).at("why"), "重複");
}

TEST_P(CustomersApi, TheApiCreatesChangesAndTellsWhichFieldIsWrong) {
  const auto made =
      call(Method::post, "/api/accounts", {},
           R"({"name":"新しい会社","external_id":"N-1","domains":["n.example"],"created_day":"2026-04-01"})");
  ASSERT_TRUE(made);
  const std::map<std::string, std::string> path{{"id", std::to_string(made->at("id").as_int64())}};
  EXPECT_EQ(made->at("created_day"), "2026-04-01");
  EXPECT_EQ(call(Method::post, "/api/accounts", {}, R"({"name":"x","external_id":"N-1"})").error().code,
            core::ErrorCode::conflict);
  const auto changed = call(Method::patch, "/api/accounts/{id}", path, R"({"phase":"導入","domains":null})");
  EXPECT_EQ(changed->at("phase"), "導入");
  EXPECT_TRUE(changed->at("domains").as_array().empty());
  EXPECT_EQ(changed->at("name"), "新しい会社");
  const auto wrong = call(Method::patch, "/api/accounts/{id}", path, R"({"created_day":"soon","attributes":{"x":1}})");
  EXPECT_EQ(wrong.error().fields[0].field, "created_day");
  EXPECT_EQ(call(Method::patch, "/api/accounts/{id}", path, R"({"attributes":{"x":1}})").error().fields[0].field,
            "attributes.x");

  const auto note = call(Method::post, "/api/accounts/{id}/interactions", path,
                         R"({"kind":"note","occurred_at":"2026-05-01T01:00:00Z","subject":"メモ","body":"本文"})");
  ASSERT_TRUE(note);
  const std::map<std::string, std::string> note_path{{"id", std::to_string(note->at("id").as_int64())}};
  ASSERT_TRUE(call(Method::patch, "/api/interactions/{id}", note_path, R"({"body":"直した"})"));
  const auto timeline = call(Method::get, "/api/accounts/{id}/timeline", path, "", {{"kinds", "note"}});
  EXPECT_EQ(timeline->at("items").at(0).at("body"), "直した");
  EXPECT_EQ(timeline->at("items").at(0).at("who"), "試験");
  ASSERT_TRUE(call(Method::del, "/api/interactions/{id}", note_path));
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}/timeline", path, "", {{"kinds", "note"}})->at("total"), 0);
}

TEST_P(CustomersApi, TextThatCannotBeKeptIsRefusedWithItsField) {
  const auto with_nul = call(Method::post, "/api/accounts", {}, R"({"name":"a\u0000b"})");
  EXPECT_EQ(with_nul.error().fields[0].field, "name");
  EXPECT_EQ(call(Method::post, "/api/accounts", {}, R"({"name":")" + std::string(600, 'x') + R"("})").error().code,
            core::ErrorCode::invalid);
  EXPECT_EQ(call(Method::post, "/api/accounts", {}, R"({"name":)").error().code, core::ErrorCode::invalid);
  EXPECT_EQ(call(Method::del, "/api/accounts/{id}", {{"id", "1"}}, "", {{"why", "\xff"}}).error().fields[0].field,
            "why");
  EXPECT_TRUE(call(Method::get, "/api/search", {}, "", {{"q", std::string("\xff\0\x01", 3)}}));
  EXPECT_EQ(call(Method::del, "/api/attributes/{key}", {{"key", "\xff"}}).error().code, core::ErrorCode::not_found);
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}", {{"id", "x"}}).error().code, core::ErrorCode::not_found);
  EXPECT_TRUE(book().empty());
}

TEST_P(CustomersApi, LaterKnowledgeNeverChangesAnEarlierAnswer) {
  std::map<int, std::string> phase_known_on;
  for (int month = 1; month <= 12; ++month) {
    auto row = account("A", "A");
    row.phase = "phase-" + std::to_string(month % 5);
    row.known_at = at(2024, month, 15);
    write({row});
    const auto id = std::to_string(id_of("A").value);
    const auto ask = [&](int asked) {
      const auto day = core::to_string(on(2024, asked, 20));
      return std::string(
          call(Method::get, "/api/accounts/{id}", {{"id", id}}, "", {{"as_of", day}})->at("phase").as_string());
    };
    phase_known_on[month] = ask(month);
    for (const auto& [earlier, phase] : phase_known_on) EXPECT_EQ(ask(earlier), phase) << earlier << " after " << month;
  }
  int visible_on_day = 0;
  for (const auto& fact : account_facts()) visible_on_day += fact.known.on(on(2024, 7, 1)) && fact.phase == "phase-1";
  EXPECT_EQ(visible_on_day, 1);
}

INSTANTIATE_TEST_SUITE_P(Backends, CustomersApi, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::customers
