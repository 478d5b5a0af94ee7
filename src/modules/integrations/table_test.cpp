#include "table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/text/test_folder.hpp"
#include "profile.hpp"
#include "rejects.hpp"

namespace banso::integrations {

using platform::text::TestFolder;
using platform::text::to_cp932;
namespace {

using testing::ElementsAre;
using Cells = std::vector<std::string>;

struct Contents {
  Cells headings;
  std::vector<Cells> rows;
  std::vector<std::int64_t> bad_lines;
};

Contents read(const std::filesystem::path& path, std::string_view name, const ReadOptions& options = {}) {
  Contents contents;
  const auto shape = detect_shape(path, name, options);
  EXPECT_TRUE(shape) << (shape ? "" : shape.error().message.en);
  if (!shape) return contents;
  const auto table = open_table(path, *shape);
  EXPECT_TRUE(table) << (table ? "" : table.error().message.en);
  if (!table) return contents;
  contents.headings = (*table)->headings();
  Row row;
  while (*(*table)->next(row)) {
    if (row.problem) {
      contents.bad_lines.push_back(row.line);
    } else {
      contents.rows.emplace_back(row.cells.begin(), row.cells.end());
    }
  }
  return contents;
}

TEST(Table, FitsRowsToTheHeadings) {
  const TestFolder folder;
  const auto contents = read(folder.write("t.csv", "id,name,name\n1,a,b\n2,c\n3,d,e,\n4,f,g,h\n"), "t.csv");
  EXPECT_THAT(contents.headings, ElementsAre("id", "name", "name (2)"));
  EXPECT_THAT(contents.rows, ElementsAre(Cells{"1", "a", "b"}, Cells{"2", "c", ""}, Cells{"3", "d", "e"}));
  EXPECT_THAT(contents.bad_lines, ElementsAre(5));
}

TEST(Table, SeesAFileThatBrokeOff) {
  const TestFolder folder;
  const auto contents = read(folder.write("t.csv", "id,name,size\n1,a,b\n2,Acm"), "t.csv");
  EXPECT_THAT(contents.rows, ElementsAre(Cells{"1", "a", "b"}));
  EXPECT_THAT(contents.bad_lines, ElementsAre(3));
}

TEST(Table, WorksWithoutAHeader) {
  const TestFolder folder;
  const auto path = folder.write("t.csv", "1,2024-01-31\n2,2024-02-01\n");
  const auto contents = read(path, "t.csv");
  EXPECT_THAT(contents.headings, ElementsAre("1", "2"));
  EXPECT_EQ(contents.rows.size(), 2u);
  ReadOptions options;
  options.header = true;
  EXPECT_EQ(read(path, "t.csv", options).rows.size(), 1u);
}

TEST(Table, IsReadFromJapaneseExcel) {
  const TestFolder folder;
  const auto contents =
      read(folder.write("顧客.csv", *to_cp932("顧客ID,会社名\r\n1,㈱山田～商店\r\n2,\"改行\nあり\"\r\n")), "顧客.csv");
  EXPECT_THAT(contents.headings, ElementsAre("顧客ID", "会社名"));
  EXPECT_THAT(contents.rows, ElementsAre(Cells{"1", "㈱山田～商店"}, Cells{"2", "改行\nあり"}));
}

TEST(Table, IsReadFromJsonLines) {
  const TestFolder folder;
  const auto contents =
      read(folder.write("events.jsonl",
                        "{\"event\":\"a\",\"userId\":7,\"context\":{\"groupId\":\"g\"},\"properties\":{\"x\":1}}\n"
                        "\nnot json\n{\"event\":\"b\",\"late\":true}\n"),
           "events.jsonl");
  EXPECT_THAT(contents.headings, ElementsAre("event", "userId", "context.groupId", "properties", "late"));
  EXPECT_THAT(contents.rows, ElementsAre(Cells{"a", "7", "g", "{\"x\":1}", ""}, Cells{"b", "", "", "", "true"}));
  EXPECT_THAT(contents.bad_lines, ElementsAre(3));
}

TEST(Table, IsReadFromAWorkbook) {
  const std::filesystem::path path =
      std::filesystem::path(BANSO_SOURCE_DIR) / "src/modules/integrations/testdata/customers.xlsx";
  const auto shape = detect_shape(path, "customers.xlsx", {});
  ASSERT_TRUE(shape);
  EXPECT_THAT(shape->sheets, ElementsAre("顧客一覧", "Second"));
  const auto contents = read(path, "customers.xlsx");
  EXPECT_THAT(contents.headings, ElementsAre("顧客ID", "会社名", "フリガナ", "契約開始日", "席数", "月額", "有効",
                                             "最終訪問", "更新日", "合計"));
  ASSERT_EQ(contents.rows.size(), 2u);
  EXPECT_THAT(contents.rows[0], ElementsAre("C-001", "㈱山田商店", "ヤマダショウテン", "2024-01-31", "25", "12500",
                                            "TRUE", "2024-02-01 09:30:00", "2025-01-31", "312500"));
  EXPECT_EQ(contents.rows[1][1], "Acme \"Tools\", Inc.\n2nd line");
  EXPECT_EQ(contents.rows[1][4], "0.1");
  ReadOptions second;
  second.sheet = "Second";
  EXPECT_THAT(read(path, "customers.xlsx", second).rows, ElementsAre(Cells{"1", "one"}));
}

TEST(Table, RefusesWhatIsNoTableAndSaysWhatToDo) {
  const TestFolder folder;
  const std::vector<std::pair<std::string, std::string>> files{
      {"empty.csv", ""},       {"old.xls", std::string("\xD0\xCF\x11\xE0 rest")},
      {"doc.pdf", "%PDF-1.4"}, {"cut.xlsx", std::string("PK\x03\x04") + "broken"},
      {"lines.jsonl", "[]\n"}, {"quote.csv", "\"open,b\n"}};
  for (const auto& [name, bytes] : files) {
    const auto path = folder.write(name, bytes);
    const auto profile = profile_file(path, name, {});
    ASSERT_FALSE(profile) << name;
    EXPECT_FALSE(profile.error().message.en.empty()) << name;
    EXPECT_FALSE(profile.error().message.ja.empty()) << name;
  }
  EXPECT_FALSE(profile_file(folder.path() / "missing.csv", "missing.csv", {}));
  EXPECT_FALSE(profile_file(folder.path(), "folder", {}));
}

TEST(Profile, ShowsWhatIsInTheColumns) {
  const TestFolder folder;
  std::string text = "id,joined,plan,fee,note\n";
  for (int i = 1; i <= 40; ++i) {
    text += std::to_string(i) + ",1/" + std::to_string(i % 28 + 1) + "/2024," + (i % 2 ? "gold" : "silver") +
            ",\"¥1,250\",\n";
  }
  const auto profile = profile_file(folder.write("t.csv", text), "t.csv", {});
  ASSERT_TRUE(profile);
  EXPECT_TRUE(profile->complete);
  EXPECT_EQ(profile->rows_looked_at, 40);
  EXPECT_EQ(profile->preview.size(), 20u);
  EXPECT_EQ(profile->columns[0].type, CellType::integer);
  EXPECT_EQ(profile->columns[1].type, CellType::date);
  EXPECT_EQ(profile->date_order(), DateOrder::month_first);
  EXPECT_THAT(profile->columns[2].choices, ElementsAre("gold", "silver"));
  EXPECT_EQ(profile->columns[3].type, CellType::money);
  EXPECT_EQ(profile->columns[3].currency, "JPY");
  EXPECT_EQ(profile->columns[4].type, CellType::empty);
  EXPECT_EQ(profile->columns[4].blank, 40);
}

TEST(Rejects, ComeBackAsATableToMend) {
  const TestFolder folder;
  const auto file = folder.path() / "rejected.jsonl";
  {
    RejectWriter writer(file, 0);
    writer.add({3, {"1", "=bad\n\"x\""}, {{"name", "=bad", {"Wrong.", "誤りです。"}}}});
    const std::int64_t kept = writer.flush();
    writer.add({4, {"2"}, {{"", "", {"Lost.", "失われます。"}}}});
    writer.flush();
    RejectWriter again(file, kept);  // after a crash: the second row is written anew
    again.add({5, {"3", "y"}, {}});
    again.flush();
  }
  const auto stream = rejects_as_csv(file, {"id", "name"}, core::Language::ja);
  std::string csv;
  while (stream(csv)) {
  }
  const auto contents = read(folder.write("rejected.csv", csv), "rejected.csv");
  EXPECT_THAT(contents.headings, ElementsAre("id", "name", "取り込めない理由 (Banso)"));
  EXPECT_THAT(contents.rows, ElementsAre(Cells{"1", "'=bad\n\"x\"", "name: 誤りです。"}, Cells{"3", "y", ""}));
}

}  // namespace
}  // namespace banso::integrations
