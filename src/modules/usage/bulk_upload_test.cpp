#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bulk_upload_columns.hpp"
#include "bulk_upload_rows.hpp"
#include "intake_parser.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/text/test_folder.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;
using ::testing::HasSubstr;

json::object call_of(const std::vector<std::string>& headings, std::vector<json::value> cells,
                     const std::map<std::string, std::string>& mapping = {}, bool cells_are_text = true) {
  return json::parse_object(UploadColumns::of(headings, mapping, cells_are_text)->call_of(cells)).value();
}

TEST(UploadColumns, MakeCallsThatTheParserTakes) {
  const auto call = call_of({"Event", "Customer", "user_id", "timestamp", "properties.seats", "email", "notes"},
                            {"opened", "acme", "0042", "2026-01-31 10:00:00+09", "12", "A@example.com", "x"},
                            {{"Customer", "group_id"}, {"notes", "ignore"}});
  const auto parsed = parse_calls("{\"batch\":[" + json::serialize(call) + "]}", std::nullopt);
  ASSERT_TRUE(parsed);
  const Call& read = parsed->items.at(0).call;
  EXPECT_TRUE(parsed->items.at(0).errors.empty());
  EXPECT_EQ(read.name, "opened");
  EXPECT_EQ(read.group_id, "acme");
  EXPECT_EQ(read.user_id, "0042");
  EXPECT_EQ(read.email, "a@example.com");
  EXPECT_EQ(read.properties, "{\"seats\":12}");
  EXPECT_EQ(core::to_string(*read.timestamp), "2026-01-31T01:00:00.000Z");
}

TEST(UploadColumns, PutTraitsWhereIdentifyAndGroupExpectThem) {
  const auto identify =
      call_of({"type", "user_id", "email", "properties.plan"}, {"identify", "u1", "a@example.com", "pro"});
  EXPECT_EQ(json::serialize(identify.at("traits")), R"({"plan":"pro","email":"a@example.com"})");
  const auto group = call_of({"type", "user_id", "group_id", "properties.plan"}, {"group", "u1", "g1", "pro"});
  EXPECT_EQ(group.at("groupId"), "g1");
  EXPECT_EQ(json::serialize(group.at("traits")), R"({"plan":"pro"})");
  EXPECT_EQ(call_of({"type", "event", "user_id"}, {"page", "Pricing", "u1"}).at("name"), "Pricing");
}

TEST(UploadColumns, NameWhatTheyDoNotKnow) {
  const auto error = [](std::vector<std::string> headings, const std::map<std::string, std::string>& mapping = {}) {
    return UploadColumns::of(headings, mapping, true).error().message.en;
  };
  EXPECT_THAT(error({"event", "user_id", "colour"}), HasSubstr("\"colour\""));
  EXPECT_THAT(error({"event", "user_id", "colour"}, {{"colour", "paint"}}), HasSubstr("\"paint\""));
  EXPECT_THAT(error({"event", "email"}), HasSubstr("user_id"));
  EXPECT_THAT(error({"user_id", "properties."}), HasSubstr("properties."));
}

TEST(PropertyValue, LeavesCodesAlone) {
  EXPECT_EQ(property_value("12"), json::value(12));
  EXPECT_EQ(property_value("-1.5"), json::value(-1.5));
  EXPECT_EQ(property_value("true"), json::value(true));
  for (const char* text :
       {"0042", "1e5x", "12345678901234567890", "+1", "1.", ".5", "-", "TRUE", "2026-01-31", "NaN"}) {
    EXPECT_EQ(property_value(text), json::value(text)) << text;
  }
}

TEST(UploadRows, ReadTheSameRowsEachTimeFromParquet) {
  const platform::text::TestFolder folder;
  const auto file = folder.path() / "it's rows.parquet";
  auto database = platform::duckdb::Database::in_memory();
  database->connect().execute(
      "COPY (SELECT 'e' AS event, i::VARCHAR AS user_id, {'a': i} AS \"properties.nested\", NULL AS email "
      "FROM range(5000) AS t(i)) TO '" +
      (folder.path() / "it''s rows.parquet").string() + "' (FORMAT parquet)");
  Upload upload;
  upload.format = UploadFormat::parquet;
  for (int time = 0; time < 2; ++time) {
    auto rows = open_rows(file, upload);
    ASSERT_TRUE(rows) << rows.error().message.en;
    UploadRow row;
    std::int64_t count = 0;
    while (*(*rows)->next(row, true)) {
      ASSERT_EQ(row.number, ++count);
      ASSERT_FALSE(row.problem);
      if (count != 4000) continue;
      EXPECT_EQ(row.call, R"({"event":"e","userId":"3999","type":"track","properties":{"nested":{"a":3999}}})");
    }
    EXPECT_EQ(count, 5000);
    EXPECT_EQ((*rows)->progress(), 1);
  }
}

TEST(UploadRows, SayWhatIsWrongWithAFile) {
  const platform::text::TestFolder folder;
  Upload upload;
  upload.format = UploadFormat::parquet;
  const auto no_parquet = open_rows(folder.write("a", "event,user_id\n"), upload);
  ASSERT_FALSE(no_parquet);
  EXPECT_THAT(no_parquet.error().message.en, ::testing::Not(HasSubstr(folder.path().string())));
  upload.format = UploadFormat::csv;
  EXPECT_THAT(open_rows(folder.write("b", ""), upload).error().message.en, HasSubstr("headings"));
  upload.compression = UploadCompression::gzip;
  EXPECT_THAT(open_rows(folder.write("c", "event,user_id\n"), upload).error().message.en, HasSubstr("compression"));
}

}  // namespace
}  // namespace banso::usage
