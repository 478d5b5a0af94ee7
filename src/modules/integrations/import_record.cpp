#include "import_record.hpp"

#include <array>
#include <utility>

namespace banso::integrations {

using platform::text::encoding_from;
namespace {

namespace json = platform::json;

constexpr std::array<std::pair<ImportState, std::string_view>, 7> state_names{{{ImportState::mapping, "mapping"},
                                                                               {ImportState::dry_run, "dry_run"},
                                                                               {ImportState::importing, "importing"},
                                                                               {ImportState::done, "done"},
                                                                               {ImportState::failed, "failed"},
                                                                               {ImportState::cancelled, "cancelled"},
                                                                               {ImportState::undone, "undone"}}};

constexpr std::array<std::pair<FileFormat, std::string_view>, 3> format_names{
    {{FileFormat::delimited, "delimited"}, {FileFormat::workbook, "workbook"}, {FileFormat::json_lines, "json_lines"}}};

CellType cell_type_from(std::string_view name) {
  for (const CellType type : {CellType::empty, CellType::integer, CellType::decimal, CellType::date,
                              CellType::date_time, CellType::yes_no, CellType::money, CellType::email}) {
    if (name_of(type) == name) return type;
  }
  return CellType::text;
}

json::array strings(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

std::vector<std::string> strings_from(const json::value& list) {
  std::vector<std::string> out;
  for (const auto& item : list.as_array()) out.emplace_back(item.as_string());
  return out;
}

json::value order_to_json(const std::optional<DateOrder>& order) {
  if (!order) return nullptr;
  return *order == DateOrder::month_first ? "m/d/y" : "d/m/y";
}

std::optional<DateOrder> order_from_json(const json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return value.as_string() == "m/d/y" ? DateOrder::month_first : DateOrder::day_first;
}

json::object column_to_json(const ColumnProfile& column) {
  return {{"heading", column.heading},
          {"type", name_of(column.type)},
          {"blank", column.blank},
          {"samples", strings(column.samples)},
          {"choices", strings(column.choices)},
          {"currency", column.currency},
          {"date_order", order_to_json(column.date_order)},
          {"ambiguous_dates", column.ambiguous_dates}};
}

ColumnProfile column_from_json(const json::object& body) {
  return {std::string(body.at("heading").as_string()),
          cell_type_from(body.at("type").as_string()),
          body.at("blank").as_int64(),
          strings_from(body.at("samples")),
          strings_from(body.at("choices")),
          std::string(body.at("currency").as_string()),
          order_from_json(body.at("date_order")),
          body.at("ambiguous_dates").as_bool()};
}

}  // namespace

std::string_view name_of(ImportState state) {
  for (const auto& [value, name] : state_names) {
    if (value == state) return name;
  }
  return "failed";
}

ImportState import_state_from(std::string_view name) {
  for (const auto& [value, known] : state_names) {
    if (known == name) return value;
  }
  return ImportState::failed;
}

json::object to_json(const Counts& counts) {
  return {{"rows", counts.rows},           {"created", counts.created},   {"updated", counts.updated},
          {"unchanged", counts.unchanged}, {"rejected", counts.rejected}, {"skipped", counts.skipped}};
}

Counts counts_from_json(const json::object& body) {
  return {body.at("rows").as_int64(),      body.at("created").as_int64(),  body.at("updated").as_int64(),
          body.at("unchanged").as_int64(), body.at("rejected").as_int64(), body.at("skipped").as_int64()};
}

json::object to_json(const FileProfile& profile) {
  std::string_view format = "delimited";
  for (const auto& [value, name] : format_names) {
    if (value == profile.shape.format) format = name;
  }
  json::array columns;
  for (const ColumnProfile& column : profile.columns) columns.push_back(column_to_json(column));
  json::array preview;
  for (const auto& row : profile.preview) preview.push_back(strings(row));
  return {{"format", format},
          {"encoding", name_of(profile.shape.encoding)},
          {"delimiter", std::string(1, profile.shape.delimiter)},
          {"header", profile.shape.header},
          {"sheet", profile.shape.sheet},
          {"sheets", strings(profile.shape.sheets)},
          {"columns", std::move(columns)},
          {"preview", std::move(preview)},
          {"rows_looked_at", profile.rows_looked_at},
          {"complete", profile.complete}};
}

FileProfile profile_from_json(const json::object& body) {
  FileProfile profile;
  for (const auto& [value, name] : format_names) {
    if (body.at("format").as_string() == name) profile.shape.format = value;
  }
  profile.shape.encoding = encoding_from(body.at("encoding").as_string()).value_or(Encoding::utf8);
  profile.shape.delimiter = body.at("delimiter").as_string().front();
  profile.shape.header = body.at("header").as_bool();
  profile.shape.sheet = body.at("sheet").as_string();
  profile.shape.sheets = strings_from(body.at("sheets"));
  for (const auto& column : body.at("columns").as_array())
    profile.columns.push_back(column_from_json(column.as_object()));
  for (const auto& row : body.at("preview").as_array()) profile.preview.push_back(strings_from(row));
  profile.rows_looked_at = body.at("rows_looked_at").as_int64();
  profile.complete = body.at("complete").as_bool();
  return profile;
}

}  // namespace banso::integrations
