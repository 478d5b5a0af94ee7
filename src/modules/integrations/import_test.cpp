// Imports from end to end: real records in SQLite and PostgreSQL, real events in DuckDB, real jobs.
#include <fstream>

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace banso::integrations {

using platform::text::to_cp932;
namespace {

TEST_P(Import, BringsAJapaneseSpreadsheetInWithoutAMap) {
  const auto told = import_text(*to_cp932("顧客ID,会社名,フリガナ,業種,契約開始日\r\n"
                                          "C1,㈱山田商店,ヤマダショウテン,小売,令和5年4月1日\r\n"
                                          "C2,東京～物産,,卸売,2024/1/31\r\n"),
                                "accounts");
  EXPECT_EQ(told.code, 0) << told.error;
  EXPECT_EQ(told.answer.at("encoding").as_string(), "cp932");
  EXPECT_EQ(told.counts(), (Counts{2, 2, 0, 0, 0, 0}));
  EXPECT_EQ(accounts().at("C1").name, "㈱山田商店");
  EXPECT_EQ(accounts().at("C1").created_day, core::day_from(2023, 4, 1));
  EXPECT_EQ(accounts().at("C2").industry, "卸売");
}

TEST_P(Import, MakesAChoiceOfAColumnWhoseValuesDoNotRepeat) {
  const std::string map = R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "name"}},
                              "attributes": {"rank": {"type": "choice"}}})";
  const std::string file = "id,name,rank\n1,Acme,\n2,Beta,gold\n3,Gamma,silver\n";
  EXPECT_EQ(import_text(file, "accounts", map, true).counts(), (Counts{3, 3, 0, 0, 0, 0}));
  EXPECT_EQ(import_text(file, "accounts", map).counts(), (Counts{3, 3, 0, 0, 0, 0}));
  EXPECT_EQ(import_text(file, "accounts", map).counts(), (Counts{3, 0, 0, 3, 0, 0}));
}

TEST_P(Import, OfTheSameFileChangesNothing) {
  const std::string file = "id,name,plan\n1,Acme,gold\n2,Beta,silver\n";
  EXPECT_EQ(import_text(file, "accounts").counts(), (Counts{2, 2, 0, 0, 0, 0}));
  EXPECT_EQ(import_text(file, "accounts").counts(), (Counts{2, 0, 0, 2, 0, 0}));
  EXPECT_EQ(import_text("id,name,plan\n1,Acme,gold\n2,Beta,platinum\n3,New,gold\n", "accounts").counts(),
            (Counts{3, 1, 1, 1, 0, 0}));
}

TEST_P(Import, ReportsBadRowsAndTakesTheGoodOnes) {
  const auto told = import_text(
      "id,name,created_day\n1,Acme,2024-01-31\n,Nameless,2024-01-31\n3,Bad,2024-02-30\n\"4,Open,x\n5,Good,2024-02-29\n",
      "accounts");
  EXPECT_EQ(told.code, 0);
  EXPECT_EQ(told.counts(), (Counts{5, 2, 0, 0, 3, 0}));
  const auto errors = service_->errors({told.answer.at("import_id").as_int64()}, {0, 100});
  ASSERT_TRUE(errors);
  ASSERT_EQ(errors->items.size(), 3u);
  EXPECT_EQ(errors->items[0].line, 3);
  EXPECT_EQ(errors->items[0].error.column, "id");
  EXPECT_EQ(errors->items[1].line, 4);
  EXPECT_EQ(errors->items[1].error.column, "created_day");
  EXPECT_EQ(errors->items[1].error.value, "2024-02-30");
  EXPECT_EQ(errors->items[2].line, 5);

  // Mended, the rejected rows can be brought in as they came back.
  std::ifstream in(folder_.path() / "rejects.csv");
  std::string csv{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  csv.replace(csv.find("2024-02-30"), 10, "2024-02-28");
  EXPECT_EQ(import_text(csv, "accounts").counts().created, 1);
}

TEST_P(Import, DryRunWritesNothingAndFindsTheSameFaults) {
  const auto told = import_text("id,name,created_day\n1,Acme,2024-01-31\n2,Bad,soon\n", "accounts", "", true);
  EXPECT_EQ(told.counts(), (Counts{2, 1, 0, 0, 1, 0}));
  EXPECT_TRUE(accounts().empty());
}

TEST_P(Import, UndoTakesEverythingBack) {
  ASSERT_EQ(import_text("id,name,plan\n1,Acme,gold\n", "accounts").code, 0);
  const auto second = import_text("id,name,plan\n1,Acme,silver\n2,Beta,gold\n", "accounts");
  ASSERT_EQ(accounts().size(), 2u);
  undo(second);
  EXPECT_EQ(accounts().size(), 1u);
  EXPECT_EQ(accounts().at("1").plan, "gold");
  undo(second);  // again: nothing changes
  EXPECT_EQ(accounts().size(), 1u);
}

TEST_P(Import, BadInputIsASentenceAndNothingIsWritten) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{\"columns\": {\"nmae\": {\"column\": \"x\"}}}", "columns.nmae"},
      {"{\"columns\": {\"external_id\": {\"column\": \"nowhere\"}}}", "nowhere"},
      {"not json", "JSON"},
      {"{\"columns\": {}}", "external_id"}};
  for (const auto& [map, named] : cases) {
    const auto told = import_text("id,name\n1,Acme\n", "accounts", map);
    EXPECT_EQ(told.code, 2) << map;
    EXPECT_NE(told.error.find(named), std::string::npos) << told.error;
  }
  EXPECT_EQ(import_text("id,name\n1,Acme\n", "customers").code, 2);
  EXPECT_EQ(import_text("", "accounts").code, 2);
  EXPECT_EQ(import_file(folder_.path() / "missing.csv", "accounts").code, 2);
  EXPECT_TRUE(accounts().empty());
}

TEST_P(Import, UnknownColumnsBecomeTypedAttributes) {
  std::string file = "id,name,seats used,joined the club,tier,vip\n";
  for (int i = 0; i < 30; ++i) {
    file += std::to_string(i) + ",A" + std::to_string(i) + "," + std::to_string(i * 10) + ",2024-01-31," +
            (i % 2 ? "a" : "b") + ",yes\n";
  }
  const auto map =
      R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "name"}}, "attributes": {"*": true}})";
  ASSERT_EQ(import_text(file, "accounts", map).code, 0);
  std::map<std::string, customers::AttributeType> types;
  for (const auto& definition : customers_->attributes()) types[definition.name.en] = definition.type;
  EXPECT_EQ(types.at("seats used"), customers::AttributeType::number);
  EXPECT_EQ(types.at("joined the club"), customers::AttributeType::date);
  EXPECT_EQ(types.at("tier"), customers::AttributeType::choice);
  EXPECT_EQ(types.at("vip"), customers::AttributeType::yes_no);
  // A later file brings a choice that was not there before.
  EXPECT_EQ(import_text("id,tier\n1,c\n", "accounts",
                        R"({"columns": {"external_id": {"column": "id"}}, "attributes": {"tier": true}})")
                .counts()
                .updated,
            1);
}

TEST_P(Import, WhatTheProductKeepsIsNeitherImportedNorExported) {
  const auto map =
      R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "id"}}, "attributes": {"*": true}})";
  const auto provenance = customers::Provenance::by(core::Caller::system("test"));
  ASSERT_TRUE(customers_->define_managed(
      provenance, {"touch", {"Touch", "タッチ"}, customers::AttributeType::text, {}, "", 0, "org"}));
  for (const std::string heading : {"touch", "タッチ"}) {
    EXPECT_NE(import_text("id," + heading + "\nx,high\n", "accounts", map).code, 0) << heading;
  }
  EXPECT_TRUE(accounts().empty());
  ASSERT_EQ(import_text("id,tier\nx,a\n", "accounts", map).code, 0);
  ExportCommand command;
  command.kind = "accounts";
  std::ostringstream out, err;
  ASSERT_EQ(service_->export_records(command, out, err), 0) << err.str();
  EXPECT_EQ(out.str().find("touch"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("tier"), std::string::npos) << out.str();
}

TEST_P(Import, KnowsOutcomesOnlyFromTheirDay) {
  const auto map =
      R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "id"}, "created_day": {"column": "since"}},
                       "attributes": {"Churn": {"type": "yes_no", "known_at": "2024-01-01"}, "Contract": true}})";
  ASSERT_EQ(import_text("id,since,Contract,Churn\nx,2023-01-01,monthly,Yes\n", "accounts", map).code, 0);
  std::vector<std::pair<core::Day, std::size_t>> versions;
  customers_->each_account(Selection::all(), [&](const customers::AccountFact& fact) {
    versions.emplace_back(fact.known.from, fact.attributes.size());
  });
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0], std::make_pair(core::day_from(2023, 1, 1), std::size_t{1}));
  EXPECT_EQ(versions[1], std::make_pair(core::day_from(2024, 1, 1), std::size_t{2}));
}

TEST_P(Import, FillsEveryKind) {
  ASSERT_EQ(import_text("id,name\nA,Acme\n", "accounts").code, 0);
  const auto check = [&](const std::string& kind, const std::string& text, Counts expected) {
    const auto told = import_text(text, kind);
    EXPECT_EQ(told.code, 0) << kind << ": " << told.error;
    EXPECT_EQ(told.counts(), expected) << kind << json::serialize(told.answer);
    EXPECT_EQ(import_text(text, kind).counts().unchanged, expected.created) << kind;
  };
  check(
      "contacts",
      "会社ID,氏名,メールアドレス,部署,役職,役割,メルマガ配信\nA,山田太郎,taro@example.co.jp,営業部,課長,推進者,はい\n"
      "A,鈴木,bad,,,,\n",
      {2, 1, 0, 0, 1, 0});
  std::vector<std::string> places;
  customers_->each_contact(customers::Selection::all(),
                           [&](const auto& fact) { places.push_back(fact.department + "/" + fact.title); });
  EXPECT_EQ(places, std::vector<std::string>{"営業部/課長"});
  check("subscriptions",
        "契約番号,会社ID,商品名,席数,月額,契約開始日,契約終了日\n1,A,Suite,20,\"$1,250.00\",2024/1/1,2025/1/"
        "1\n2,A,Suite,x,1,2024/1/1,\n",
        {2, 1, 0, 0, 1, 0});
  check("tickets",
        "チケット番号,会社ID,件名,状態,優先度,受付日時,完了日時\n7,A,困った,完了,高,2024/1/5 9:00,2024/1/6 10:00\n",
        {1, 1, 0, 0, 0, 0});
  check("interactions", "会社ID,種別,日付,件名,内容,参加者\nA,訪問,2024/2/1,定例,\"順調\nです\",taro@example.co.jp\n",
        {1, 1, 0, 0, 0, 0});
  check("surveys", "会社ID,種別,スコア,コメント,回答日\nA,NPS,9,よい,2024-03-01\n", {1, 1, 0, 0, 0, 0});
  check("attendance", "会社ID,イベント名,開催日,種別\nA,春のユーザー会,2024-04-01,イベント\n", {1, 1, 0, 0, 0, 0});
  check("events",
        "会社ID,ユーザーID,操作,日時\nA,u1,open,2024-01-05 10:00:00\nA,u1,open,2024-01-05 "
        "10:00:00\nB,u1,open,2024-01-05 10:00\n",
        {3, 2, 0, 0, 1, 0});
  EXPECT_EQ(events_->totals({}).events, 2);
}

TEST_P(Import, OfEventsCanBeUndoneAndDoneAgain) {
  ASSERT_EQ(import_text("id,name\nA,Acme\n", "accounts").code, 0);
  const std::string log =
      "{\"type\":\"track\",\"event\":\"open\",\"userId\":\"u\",\"timestamp\":\"2024-01-05T10:00:00Z\",\"context\":{"
      "\"groupId\":\"A\"},\"properties\":{\"x\":1}}\n";
  const auto file = folder_.write("events.jsonl", log);
  const auto told = import_file(file, "events");
  ASSERT_EQ(told.counts().created, 1) << told.error << json::serialize(told.answer);
  undo(told);
  EXPECT_EQ(events_->totals({}).events, 0);
  EXPECT_EQ(import_file(file, "events").counts().created, 1);
}

TEST_P(Import, GoesOnWhereItWasInterrupted) {
  std::string text = "id,name\n";
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ",Account " + std::to_string(i) + "\n";
  text += ",no id\n";
  const core::Caller caller{core::UserId{1}, "Aoki", core::Role::csm, core::Language::ja};
  const auto upload = service_->create_upload(caller, "accounts.csv", static_cast<std::int64_t>(text.size()));
  ASSERT_TRUE(upload);
  ASSERT_TRUE(service_->put_part(caller, upload->id, 0, text));
  const auto record = service_->create_import(caller, upload->id, Kind::accounts, {});
  ASSERT_TRUE(record) << record.error().message.en;
  const auto payload = json::serialize(json::object{{"import_id", record->id.value}});

  // The first attempt is stopped after some batches, as a stopping server does it; the second one finishes.
  class Stopping : public platform::jobs::Progress {
   public:
    Stopping(std::string payload, int steps) : steps_(steps) { job_.payload = std::move(payload); }
    const platform::jobs::Job& job() const override { return job_; }
    void report(double, const core::Text&) override {}
    bool cancelled() override { return --steps_ < 0; }

   private:
    platform::jobs::Job job_;
    int steps_;
  };
  Stopping stopping(payload, 7);
  EXPECT_FALSE(service_->run_job(stopping, false));
  const auto halfway = service_->get(record->id);
  EXPECT_EQ(halfway->state, ImportState::cancelled);
  EXPECT_EQ(halfway->counts.created, 8000);
  make_service();  // a new process
  ASSERT_TRUE(jobs_->run_now("import.run", payload, caller, [](double, const core::Text&) {}));
  const auto done = service_->get(record->id);
  EXPECT_EQ(done->state, ImportState::done);
  EXPECT_EQ(done->counts, (Counts{20'001, 20'000, 0, 0, 1, 0}));
  EXPECT_FALSE(std::filesystem::exists(done->file));
  EXPECT_EQ(service_->errors(record->id, {0, 10})->total, 1);
}

TEST_P(Import, OfAnUploadChecksItsParts) {
  const core::Caller caller{core::UserId{1}, "Aoki", core::Role::csm, core::Language::ja};
  const core::Caller other{core::UserId{2}, "Baba", core::Role::csm, core::Language::ja};
  const core::Caller reader{core::UserId{3}, "Chiba", core::Role::read_only, core::Language::ja};
  EXPECT_FALSE(service_->create_upload(reader, "x.csv", 10));
  EXPECT_FALSE(service_->create_upload(caller, "x.csv", 0));
  EXPECT_FALSE(service_->create_upload(caller, "x.csv", upload_bytes_max + 1));
  const std::string text = "id,name\n" + std::string(upload_part_bytes, 'x');
  const auto upload = service_->create_upload(caller, "x.csv", static_cast<std::int64_t>(text.size()));
  ASSERT_TRUE(upload);
  EXPECT_FALSE(service_->put_part(other, upload->id, 0, text.substr(0, upload_part_bytes)));
  EXPECT_FALSE(service_->put_part(caller, upload->id, 0, "too short"));
  EXPECT_FALSE(service_->put_part(caller, upload->id, 2, text));
  EXPECT_TRUE(service_->put_part(caller, upload->id, 1, text.substr(upload_part_bytes)));
  EXPECT_FALSE(service_->create_import(caller, upload->id, Kind::accounts, {}));
  EXPECT_TRUE(service_->put_part(caller, upload->id, 0, text.substr(0, upload_part_bytes)));
  EXPECT_TRUE(service_->put_part(caller, upload->id, 0, text.substr(0, upload_part_bytes)));
  EXPECT_FALSE(service_->create_import(other, upload->id, Kind::accounts, {}));
  EXPECT_TRUE(service_->create_import(caller, upload->id, Kind::accounts, {}));
}

TEST_P(Import, ExportComesBackUnchanged) {
  ASSERT_EQ(
      import_text(
          "id,name,country,Motto\n1,Acme,JP,=1+1\n2,\"Be,ta\",,x\n", "accounts",
          R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "name"}, "country": {"column": "country"}}, "attributes": {"Motto": {"type": "text"}}})")
          .code,
      0);
  ExportCommand command;
  command.kind = "accounts";
  command.byte_order_mark = true;
  std::ostringstream out;
  std::ostringstream err;
  ASSERT_EQ(service_->export_records(command, out, err), 0) << err.str();
  EXPECT_NE(out.str().find("'=1+1"), std::string::npos);
  const auto told = import_text(
      out.str(), "accounts",
      R"({"columns": {"external_id": {"column": "external_id"}, "name": {"column": "name"}, "country": {"column": "country"}}, "attributes": {"motto": true}})");
  EXPECT_EQ(told.counts(), (Counts{2, 0, 0, 2, 0, 0})) << out.str();
}

INSTANTIATE_TEST_SUITE_P(Backends, Import, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::integrations
