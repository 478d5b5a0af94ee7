#include "bulk_upload_columns.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include "core/ascii.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;

constexpr std::string_view property_prefix = "properties.";
constexpr std::string_view ignore = "ignore";
constexpr std::string_view fields[] = {"event",     "type",       "user_id", "anonymous_id", "group_id",
                                       "timestamp", "message_id", "email",   "name"};

core::Error unknown_column(const std::string& heading, const std::string& asked) {
  if (!asked.empty()) {
    return core::Error::invalid_field(
        "mapping",
        {fmt::format("The column \"{}\" cannot mean \"{}\". Choose one of {}, properties.<name> or ignore.", heading,
                     asked, fmt::join(fields, ", ")),
         fmt::format("列「{}」に「{}」は指定できません。{}、properties.<名前>、ignore のいずれかを指定してください。",
                     heading, asked, fmt::join(fields, "・"))});
  }
  return core::Error::invalid_field(
      "mapping",
      {fmt::format("Nothing is known of the column \"{}\". Call it one of {} or properties.<name>, or map it.", heading,
                   fmt::join(fields, ", ")),
       fmt::format(
           "列「{}」の意味が分かりません。列名を {} または properties.<名前> とするか、mapping で指定してください。",
           heading, fmt::join(fields, "・"))});
}

bool is_number(std::string_view cell) {
  const std::string_view digits = cell.starts_with('-') ? cell.substr(1) : cell;
  if (digits.empty() || digits.size() > 17 || digits.front() < '0' || digits.front() > '9') return false;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return false;  // a code such as 0042
  double number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc() && end == cell.data() + cell.size() && cell.back() != '.';
}

std::string text_of(const json::value& cell) {
  if (const auto* text = cell.if_string()) return std::string(*text);
  return json::serialize(cell);
}

// DuckDB writes the offset of a time as "+09", which ISO 8601 in its common form does not.
std::string time_of(const json::value& cell) {
  std::string text = text_of(cell);
  const auto sign = text.find_last_of("+-");
  if (text.size() > 10 && sign != std::string::npos && sign > 10 && text.size() - sign == 3) text += ":00";
  return text;
}

}  // namespace

json::value property_value(std::string_view cell) {
  if (cell == "true") return true;
  if (cell == "false") return false;
  if (is_number(cell)) {
    if (auto number = json::parse(cell)) return std::move(*number);
  }
  return json::value(cell);
}

core::Result<UploadColumns> UploadColumns::of(std::span<const std::string> headings,
                                              const std::map<std::string, std::string>& mapping, bool cells_are_text) {
  UploadColumns columns;
  columns.cells_are_text_ = cells_are_text;
  bool names_person = false;
  bool names_event = false;
  for (const auto& heading : headings) {
    const auto mapped = mapping.find(heading);
    const std::string field = mapped == mapping.end() ? heading : mapped->second;
    const std::string word = core::lower_case(field);
    Column column;
    if (word.starts_with(property_prefix) && field.size() > property_prefix.size()) {
      column = {std::string(property_prefix), field.substr(property_prefix.size())};
    } else if (std::ranges::find(fields, word) != std::end(fields)) {
      column.field = word;
    } else if (mapped == mapping.end() || word != ignore) {
      return unknown_column(heading, mapped == mapping.end() ? "" : field);
    }
    names_person = names_person || column.field == "user_id" || column.field == "anonymous_id";
    names_event = names_event || column.field == "event" || column.field == "type";
    columns.columns_.push_back(std::move(column));
  }
  if (!names_person || !names_event) {
    return core::Error::invalid_field(
        "mapping",
        {fmt::format("There must be a column \"event\" or \"type\", and a column \"user_id\" or \"anonymous_id\". The "
                     "file has: {}.",
                     fmt::join(headings, ", ")),
         fmt::format("「event」または「type」と、「user_id」または「anonymous_id」の列が必要です。ファイルの列: {}",
                     fmt::join(headings, "・"))});
  }
  return columns;
}

std::string UploadColumns::call_of(std::span<json::value> cells) const {
  json::object call, properties, traits;
  std::string group;
  for (std::size_t i = 0; i < columns_.size() && i < cells.size(); ++i) {
    const Column& column = columns_[i];
    if (cells[i].is_null() || column.field.empty()) continue;
    if (column.field == property_prefix) {
      properties[column.property] = cells_are_text_ ? property_value(cells[i].as_string()) : std::move(cells[i]);
    } else if (column.field == "email" || column.field == "name") {
      traits[column.field] = text_of(cells[i]);
    } else if (column.field == "group_id") {
      group = text_of(cells[i]);
    } else if (column.field == "user_id") {
      call["userId"] = text_of(cells[i]);
    } else if (column.field == "anonymous_id") {
      call["anonymousId"] = text_of(cells[i]);
    } else if (column.field == "message_id") {
      call["messageId"] = text_of(cells[i]);
    } else if (column.field == "timestamp") {
      call["timestamp"] = time_of(cells[i]);
    } else {
      call[column.field] = text_of(cells[i]);
    }
  }
  if (!call.contains("type")) call["type"] = "track";
  const std::string type(call["type"].as_string());
  if ((type == "page" || type == "screen") && call.contains("event")) call["name"] = call["event"];
  json::object context;
  if (!traits.empty()) context["traits"] = traits;
  if (!group.empty()) (type == "group" ? call : context)["groupId"] = group;
  if (!context.empty()) call["context"] = std::move(context);
  const bool says_who = type == "identify" || type == "group";
  if (type == "identify") properties.insert(traits.begin(), traits.end());
  if (!properties.empty()) call[says_who ? "traits" : "properties"] = std::move(properties);
  return json::serialize(call);
}

}  // namespace banso::usage
