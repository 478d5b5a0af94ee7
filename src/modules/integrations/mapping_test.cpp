#include "mapping.hpp"

#include <gtest/gtest.h>

#include "fields.hpp"
#include "platform/text/test_folder.hpp"
#include "row_mapper.hpp"

namespace banso::integrations {

using platform::text::TestFolder;
namespace {

namespace json = platform::json;

core::Result<Mapping> mapping_of(std::string_view text, Kind kind = Kind::accounts, bool files_allowed = true) {
  return parse_mapping(*json::parse_object(text), kind, files_allowed);
}

std::string error_of(std::string_view text, Kind kind = Kind::accounts, bool files_allowed = true) {
  const auto mapping = mapping_of(text, kind, files_allowed);
  if (mapping) return "";
  EXPECT_FALSE(mapping.error().message.ja.empty());
  return mapping.error().fields.empty() ? mapping.error().message.en : mapping.error().fields.front().field;
}

TEST(Mapping, NamesThePlaceOfEveryMistake) {
  EXPECT_EQ(error_of(R"({"colums": {}})"), "colums");
  EXPECT_EQ(error_of(R"({"columns": {"nmae": {"column": "x"}}})"), "columns.nmae");
  EXPECT_EQ(error_of(R"({"columns": {"name": "x"}})"), "columns.name");
  EXPECT_EQ(error_of(R"({"columns": {"name": {}}})"), "columns.name");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"column": "x", "constant": "y"}}})"), "columns.name");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"column": 1.5, "colum": "y"}}})"), "columns.name.colum");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"column": true}}})"), "columns.name.column");
  EXPECT_EQ(error_of(R"({"columns": {"created_day": {"months_before": {"column": "t", "from": "1/1/2024"}}}})"),
            "columns.created_day.months_before.from");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"concat": ["a", {"colum": "b"}]}}})"), "columns.name.concat[1].colum");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"column": "a", "only_where": {"column": "b"}}}})"),
            "columns.name.only_where");
  EXPECT_EQ(error_of(R"({"only_where": {"column": "a", "is": "b", "is_not": "c"}})"), "only_where");
  EXPECT_EQ(error_of(R"({"date_format": "mdy"})"), "date_format");
  EXPECT_EQ(error_of(R"({"currency": "yen"})"), "currency");
  EXPECT_EQ(error_of(R"({"time_zone": "Tokyo"})"), "time_zone");
  EXPECT_EQ(error_of(R"({"kind": "contacts"})"), "kind");
  EXPECT_EQ(error_of(R"({"file": {"encoding": "ebcdic"}})"), "file.encoding");
  EXPECT_EQ(error_of(R"({"attributes": {"x": {"type": "colour"}}})"), "attributes.x.type");
  EXPECT_EQ(error_of(R"({"attributes": {"x": true}})", Kind::tickets), "attributes");
  EXPECT_EQ(
      error_of(R"({"columns": {"name": {"column": "a", "lookup": {"file": "/etc/passwd", "key": "a", "value": "b"}}}})",
               Kind::accounts, false),
      "columns.name.lookup");
  EXPECT_EQ(error_of(R"({"columns": {"name": {"column": "a"}}, "attributes": {"*": true, "b": false}})"), "");
}

// One row through a mapping: the texts of the fields that are not blank, and of the attributes.
struct Mapped {
  std::map<std::string, std::string> fields;
  std::map<std::string, std::string> attributes;
  std::vector<CellError> errors;
  bool wanted = true;
};

Mapped map_row(std::string_view mapping, std::vector<std::string> headings, std::vector<std::string_view> cells,
               Kind kind = Kind::accounts, const std::filesystem::path& folder = {}) {
  const auto parsed = mapping_of(mapping, kind);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message.en);
  const auto mapper = RowMapper::compile(*parsed, kind, headings, {folder});
  EXPECT_TRUE(mapper) << (mapper ? "" : mapper.error().message.en);
  Row row;
  row.cells = std::move(cells);
  MappedRow out;
  Mapped mapped;
  mapped.wanted = mapper->map(row, out);
  if (!mapped.wanted) return mapped;
  for (std::size_t i = 0; i < out.fields.size(); ++i) {
    if (!out.fields[i].empty()) mapped.fields[fields_of(kind)[i].key] = out.fields[i];
  }
  for (std::size_t i = 0; i < out.attributes.size(); ++i)
    mapped.attributes[mapper->attributes()[i].heading] = out.attributes[i];
  mapped.errors = out.errors;
  return mapped;
}

TEST(RowMapper, FillsFieldsFromColumnsConstantsAndComputations) {
  const auto mapped = map_row(R"({"columns": {
      "external_id": {"concat": [{"column": "id"}, "-", {"column": "product"}]},
      "account": {"column": "id"},
      "product": {"column": "product", "values": {"a": "Alpha"}, "otherwise": "Other"},
      "seats": {"column": "n", "only_where": {"column": "unit", "is": ["users", "seats"]}},
      "amount": {"multiply": [{"column": "price"}, {"column": "n"}]},
      "currency": {"constant": "JPY"},
      "start": {"months_before": {"column": "tenure", "from": "2024-03-31"}},
      "end": {"days_after": {"column": "last", "days": 1}}}})",
                              {"id", "product", "n", "unit", "price", "tenure", "last"},
                              {" 7 ", "a", "3", "users", "29.85", "1", "2024-02-28"}, Kind::subscriptions);
  EXPECT_TRUE(mapped.errors.empty());
  const std::map<std::string, std::string> expected{{"external_id", "7-a"},  {"account", "7"},     {"product", "Alpha"},
                                                    {"seats", "3"},          {"amount", "89.55"},  {"currency", "JPY"},
                                                    {"start", "2024-02-29"}, {"end", "2024-02-29"}};
  EXPECT_EQ(mapped.fields, expected);
}

TEST(RowMapper, LeavesOutWhatItsConditionsDoNotWant) {
  const auto mapping = R"({"only_where": {"column": "active", "is_not": "no"},
      "columns": {"external_id": {"column": "id"}, "name": {"column": "n", "only_where": {"column": "m", "blank": false}}}})";
  EXPECT_FALSE(map_row(mapping, {"id", "n", "m", "active"}, {"1", "x", "", "no"}).wanted);
  EXPECT_FALSE(map_row(mapping, {"id", "n", "m", "active"}, {"1", "x", "", "yes"}).fields.contains("name"));
  EXPECT_TRUE(map_row(mapping, {"id", "n", "m", "active"}, {"1", "x", "y", "yes"}).fields.contains("name"));
}

TEST(RowMapper, ReportsWhatCannotBeComputed) {
  const auto mapped = map_row(R"({"columns": {"external_id": {"column": "id"},
      "created_day": {"months_before": {"column": "tenure", "from": "2024-01-01"}}}})",
                              {"id", "tenure"}, {"1", "long"});
  ASSERT_EQ(mapped.errors.size(), 1u);
  EXPECT_EQ(mapped.errors[0].column, "tenure");
  EXPECT_EQ(mapped.errors[0].value, "long");
}

TEST(RowMapper, LooksUpInOtherFiles) {
  const TestFolder folder;
  folder.write("types.csv", "id,name\n0,search\n10,create\n");
  const auto mapping = R"({"columns": {"account": {"column": "a"}, "occurred_at": {"column": "t"},
      "event": {"column": "e", "lookup": {"file": "types.csv", "key": "id", "value": "name"}}}})";
  EXPECT_EQ(
      map_row(mapping, {"a", "t", "e"}, {"1", "2024-01-01", "10"}, Kind::events, folder.path()).fields.at("event"),
      "create");
  const auto missing = map_row(mapping, {"a", "t", "e"}, {"1", "2024-01-01", "99"}, Kind::events, folder.path());
  ASSERT_EQ(missing.errors.size(), 1u);
  EXPECT_EQ(missing.errors[0].column, "e");
}

TEST(RowMapper, MakesAttributesOfTheRest) {
  const auto mapped = map_row(R"({"columns": {"external_id": {"column": "id"}},
      "attributes": {"*": true, "secret": false, "Colour": {"column": "c", "values": {"r": "red"}}}})",
                              {"id", "c", "secret", "size", "rejected because (Banso)"}, {"1", "r", "s", "'=big", "x"});
  const std::map<std::string, std::string> expected{{"Colour", "red"}, {"c", "r"}, {"size", "=big"}};
  EXPECT_EQ(mapped.attributes, expected);
}

TEST(RowMapper, RefusesColumnsThatAreNotThereAndFieldsThatAreMissing) {
  const auto mapper = [](std::string_view mapping) {
    return RowMapper::compile(*mapping_of(mapping), Kind::accounts, {"id", "name"}, {});
  };
  const auto unknown = mapper(R"({"columns": {"external_id": {"column": "ID"}}})");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.en.find("id, name"), std::string::npos);
  const auto missing = mapper(R"({"columns": {"name": {"column": "name"}}})");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().fields.at(0).field, "columns.external_id");
}

TEST(RowMapper, RejectsCellsThatCouldNotBeDecoded) {
  const auto mapped = map_row(R"({"columns": {"external_id": {"column": "id"}, "name": {"column": "n"}}})", {"id", "n"},
                              {"1", "Acm\xEF\xBF\xBD"});
  ASSERT_EQ(mapped.errors.size(), 1u);
  EXPECT_EQ(mapped.errors[0].column, "n");
}

TEST(Multiplied, IsExact) {
  EXPECT_EQ(multiplied("29.85", "6"), "179.1");
  EXPECT_EQ(multiplied("0.1", "0.2"), "0.02");
  EXPECT_EQ(multiplied("-1.5", "2"), "-3");
  EXPECT_EQ(multiplied("¥1,250", "12"), "15000");
  EXPECT_EQ(multiplied("0.05", "0.5"), "0.025");
  EXPECT_FALSE(multiplied("99999999999", "99999999999"));
  EXPECT_FALSE(multiplied("x", "1"));
}

}  // namespace
}  // namespace banso::integrations
