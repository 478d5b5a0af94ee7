#include "mapping.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "fields.hpp"
#include "rejects.hpp"
#include "strict_json.hpp"

namespace banso::integrations {

using platform::text::encoding_from;
namespace {

namespace json = platform::json;

constexpr int nesting_max = 8;

class MappingReader {
 public:
  MappingReader(Kind kind, bool files_allowed) : kind_(kind), files_allowed_(files_allowed) {}

  core::Result<Mapping> read(const json::object& body) {
    StrictObject top(body, "", errors_);
    top.allow({"kind", "file", "columns", "attributes", "only_where", "date_format", "currency", "time_zone",
               "known_at", "end_known", "blank", "about"});
    read_kind(top);
    if (const auto* file = top.object("file")) read_file(*file);
    if (const auto* columns = top.object("columns")) read_columns(*columns);
    if (const auto* attributes = top.object("attributes")) read_attributes(*attributes);
    if (const auto* where = top.object("only_where")) mapping_.only_where = read_condition(*where, "only_where");
    if (const auto format = top.choice("date_format", {"m/d/y", "d/m/y", "y-m-d"}); format && *format != "y-m-d") {
      mapping_.date_order = *format == "m/d/y" ? DateOrder::month_first : DateOrder::day_first;
    }
    read_currency(top);
    if (const auto zone = top.text("time_zone")) {
      mapping_.time_zone = *zone;
      if (!clock_of(*zone))
        top.fail("time_zone", {"There is no such time zone. Write it like Asia/Tokyo.",
                               "その時間帯はありません。Asia/Tokyo のように指定してください。"});
    }
    if (top.choice("known_at", {"happened", "now"}) == "now") mapping_.known_at = KnownAt::now;
    mapping_.end_known_when_it_comes = top.choice("end_known", {"from_start", "when_it_comes"}) == "when_it_comes";
    mapping_.clear_blanks = top.choice("blank", {"leave", "clear"}) == "clear";
    BANSO_TRY(finish(std::move(errors_)));
    return std::move(mapping_);
  }

 private:
  void read_kind(StrictObject& top) {
    const auto word = top.text("kind");
    if (!word) return;
    mapping_.kind = kind_from(*word);
    if (mapping_.kind == kind_) return;
    top.fail("kind", {fmt::format("This mapping is for {}, not for {}.", *word, name_of(kind_)),
                      fmt::format("このマッピングは {} 用です({} ではありません)。", *word, name_of(kind_))});
  }

  void read_file(const json::object& body) {
    StrictObject file(body, "file", errors_);
    file.allow({"encoding", "delimiter", "header", "sheet"});
    if (const auto name = file.text("encoding")) {
      mapping_.file.encoding = encoding_from(*name);
      if (!mapping_.file.encoding)
        file.fail("encoding", {"Known encodings: utf-8, utf-16le, utf-16be, cp932, windows-1252.",
                               "使える文字コード: utf-8, utf-16le, utf-16be, cp932, windows-1252"});
    }
    if (const auto delimiter = file.choice("delimiter", {",", "\t", ";", "|", "tab"})) {
      mapping_.file.delimiter = *delimiter == "tab" ? '\t' : delimiter->front();
    }
    mapping_.file.header = file.yes_no("header");
    mapping_.file.sheet = file.text("sheet");
  }

  void read_columns(const json::object& body) {
    for (const auto& member : body) {
      const std::string key(member.key());
      const std::string path = "columns." + key;
      if (!find_field(kind_, key)) {
        unknown_field(path);
        continue;
      }
      if (member.value().is_null()) continue;  // not mapped, said aloud
      if (auto source = read_expression(member.value(), path, 0))
        mapping_.columns.emplace_back(key, std::move(*source));
    }
  }

  void unknown_field(const std::string& path) {
    std::string known;
    for (const Field& field : fields_of(kind_)) known += (known.empty() ? "" : ", ") + field.key;
    errors_.push_back({path,
                       {fmt::format("There is no such field. Fields of {}: {}.", name_of(kind_), known),
                        fmt::format("その項目はありません。{} の項目: {}", name_of(kind_), known)}});
  }

  void read_attributes(const json::object& body) {
    if (kind_ != Kind::accounts && !body.empty()) {
      errors_.push_back(
          {"attributes", {"Only accounts have custom attributes.", "カスタム属性を持つのは顧客企業だけです。"}});
      return;
    }
    for (const auto& member : body) {
      const std::string heading(member.key());
      const json::value& value = member.value();
      if (heading == "*" && value.is_bool()) {
        mapping_.all_attributes = value.as_bool();
      } else if (value.is_bool() && !value.as_bool()) {
        mapping_.not_attributes.push_back(heading);
      } else if (value.is_bool()) {
        mapping_.attributes.emplace_back(heading, AttributeRule{Expression::of_column(heading), {}, {}});
      } else {
        read_attribute(heading, value);
      }
    }
  }

  void read_attribute(const std::string& heading, const json::value& value) {
    const std::string path = "attributes." + heading;
    if (!value.is_object()) {
      errors_.push_back(
          {path, {"This must be true, false or an object.", "true、false またはオブジェクトで指定してください。"}});
      return;
    }
    // The same object holds the source and what is said about the attribute.
    json::object source = value.as_object();
    source.erase("type");
    source.erase("known_at");
    AttributeRule rule;
    StrictObject about(value.as_object(), path, errors_);
    rule.type = about.choice("type", {"text", "number", "date", "yes_no", "choice", "money"});
    rule.known_at = about.day("known_at");
    if (source.empty()) source["column"] = heading;
    auto expression = read_expression(source, path, 0);
    if (!expression) return;
    rule.source = std::move(*expression);
    mapping_.attributes.emplace_back(heading, std::move(rule));
  }

  std::optional<Condition> read_condition(const json::object& body, const std::string& path) {
    StrictObject where(body, path, errors_);
    where.allow({"column", "is", "is_not", "blank"});
    Condition condition;
    condition.column = where.text("column", true).value_or("");
    const int tests = where.has("is") + where.has("is_not") + where.has("blank");
    if (tests != 1) {
      errors_.push_back({path,
                         {"A condition needs exactly one of: is, is_not, blank.",
                          "条件には is、is_not、blank のいずれか 1 つが必要です。"}});
      return std::nullopt;
    }
    if (where.has("blank")) {
      condition.test = where.yes_no("blank").value_or(true) ? Condition::Test::blank : Condition::Test::not_blank;
      return condition;
    }
    const std::string_view key = where.has("is") ? "is" : "is_not";
    condition.test = where.has("is") ? Condition::Test::is : Condition::Test::is_not;
    if (body.at(key).is_array()) {
      for (const json::value& word : body.at(key).as_array()) {
        condition.values.push_back(word.is_string() ? std::string(word.as_string()) : json::serialize(word));
      }
    } else if (const auto word = where.text(key)) {
      condition.values.push_back(*word);
    }
    return condition;
  }

  std::optional<Expression> read_expression(const json::value& value, const std::string& path, int depth) {
    if (!value.is_object()) {
      errors_.push_back({path,
                         {"This must be an object such as {\"column\": \"Company\"}.",
                          "{\"column\": \"会社名\"} のようなオブジェクトで指定してください。"}});
      return std::nullopt;
    }
    if (depth > nesting_max) {
      errors_.push_back({path, {"This is nested too deeply.", "入れ子が深すぎます。"}});
      return std::nullopt;
    }
    StrictObject body(value.as_object(), path, errors_);
    body.allow({"column", "constant", "concat", "multiply", "months_before", "days_after", "only_where", "values",
                "otherwise", "lookup"});
    Expression expression;
    if (!read_origin(body, expression, depth)) return std::nullopt;
    read_changes(body, expression);
    return expression;
  }

  bool read_origin(StrictObject& body, Expression& expression, int depth) {
    using Origin = Expression::Origin;
    int origins = 0;
    if (const auto column = body.text("column")) {
      ++origins;
      expression.origin = Origin::column;
      expression.text = *column;
    }
    if (const auto constant = body.text("constant")) {
      ++origins;
      expression.origin = Origin::constant;
      expression.text = *constant;
    }
    for (const auto& [key, origin] : {std::pair{"concat", Origin::concat}, std::pair{"multiply", Origin::multiply}}) {
      const auto* list = body.list(key);
      if (!list) continue;
      ++origins;
      expression.origin = origin;
      for (std::size_t i = 0; i < list->size(); ++i)
        read_part(list->at(i), fmt::format("{}[{}]", body.path_of(key), i), expression, depth);
    }
    if (const auto* before = body.object("months_before")) {
      ++origins;
      StrictObject inner(*before, body.path_of("months_before"), errors_);
      inner.allow({"column", "from"});
      expression.origin = Origin::months_before;
      expression.text = inner.text("column", true).value_or("");
      expression.from = inner.day("from", true).value_or(core::Day{});
    }
    if (const auto* after = body.object("days_after")) {
      ++origins;
      StrictObject inner(*after, body.path_of("days_after"), errors_);
      inner.allow({"column", "days"});
      expression.origin = Origin::days_after;
      expression.text = inner.text("column", true).value_or("");
      expression.days = static_cast<int>(std::clamp<std::int64_t>(inner.integer("days").value_or(0), -36500, 36500));
    }
    if (origins == 1) return true;
    errors_.push_back(
        {body.path(),
         {"Exactly one of these is needed: column, constant, concat, multiply, months_before, days_after.",
          "column、constant、concat、multiply、months_before、days_after のいずれか 1 つが必要です。"}});
    return false;
  }

  // Inside a list a bare text is itself, an object is a source.
  void read_part(const json::value& value, const std::string& path, Expression& whole, int depth) {
    if (value.is_string() || value.is_number()) {
      Expression part;
      part.origin = Expression::Origin::constant;
      part.text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
      whole.parts.push_back(std::move(part));
    } else if (auto part = read_expression(value, path, depth + 1)) {
      whole.parts.push_back(std::move(*part));
    }
  }

  void read_changes(StrictObject& body, Expression& expression) {
    if (const auto* where = body.object("only_where"))
      expression.only_where = read_condition(*where, body.path_of("only_where"));
    if (const auto* values = body.object("values")) {
      StrictObject pairs(*values, body.path_of("values"), errors_);
      for (const auto& member : *values) {
        if (const auto to = pairs.text(member.key())) expression.values.emplace(std::string(member.key()), *to);
      }
    }
    expression.otherwise = body.text("otherwise");
    if (const auto* lookup = body.object("lookup")) {
      StrictObject inner(*lookup, body.path_of("lookup"), errors_);
      inner.allow({"file", "key", "value"});
      expression.lookup = Lookup{inner.text("file", true).value_or(""), inner.text("key", true).value_or(""),
                                 inner.text("value", true).value_or("")};
      if (!files_allowed_)
        body.fail("lookup", {"Look-ups in other files work on the shell only (banso import --map).",
                             "別ファイルの参照は、コマンドライン(banso import --map)でのみ使えます。"});
    }
  }

  void read_currency(StrictObject& top) {
    const auto code = top.text("currency");
    if (!code) return;
    const bool fits =
        code->size() == 3 && std::all_of(code->begin(), code->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (fits) {
      mapping_.currency = *code;
    } else {
      top.fail("currency", {"Write the currency as a code such as JPY or USD.",
                            "通貨は JPY や USD のようなコードで指定してください。"});
    }
  }

  Kind kind_;
  bool files_allowed_;
  Mapping mapping_;
  std::vector<core::FieldError> errors_;
};

}  // namespace

Expression Expression::of_column(std::string column) {
  Expression expression;
  expression.text = std::move(column);
  return expression;
}

const Expression* Mapping::source_of(std::string_view field) const {
  for (const auto& [key, expression] : columns) {
    if (key == field) return &expression;
  }
  return nullptr;
}

core::Result<Mapping> parse_mapping(const json::object& body, Kind kind, bool files_allowed) {
  return MappingReader(kind, files_allowed).read(body);
}

json::object suggested_mapping(Kind kind, const std::vector<std::string>& headings, const std::vector<CellType>& types,
                               std::optional<DateOrder> date_order) {
  json::object columns;
  const auto guesses = guess_fields(kind, headings, types);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (!guesses[i].field.empty() && !is_reason_heading(headings[i])) {
      columns[guesses[i].field] = json::object{{"column", headings[i]}};
    }
  }
  json::object mapping{{"columns", std::move(columns)}};
  if (date_order) mapping["date_format"] = *date_order == DateOrder::month_first ? "m/d/y" : "d/m/y";
  return mapping;
}

}  // namespace banso::integrations
