#include "row_mapper.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "fields.hpp"

namespace banso::integrations {

using platform::text::replacement_character;
namespace {

constexpr std::size_t lookup_rows_max = 1'000'000;

using LookupTable = std::unordered_map<std::string, std::string>;

core::Error unknown_column(const std::string& path, const std::string& column,
                           const std::vector<std::string>& headings) {
  const std::string known = fmt::format("{}", fmt::join(headings, ", "));
  return core::Error::invalid_field(
      path, {fmt::format("{}: the file has no column \"{}\". Its columns: {}.", path, column, known),
             fmt::format("{}: ファイルに列「{}」がありません。列: {}", path, column, known)});
}

core::Result<std::size_t> column_index(const std::string& path, const std::string& column,
                                       const std::vector<std::string>& headings) {
  const auto found = std::find(headings.begin(), headings.end(), column);
  if (found == headings.end()) return unknown_column(path, column, headings);
  return static_cast<std::size_t>(found - headings.begin());
}

core::Result<LookupTable> load_lookup(const Lookup& lookup, const std::string& path,
                                      const std::vector<std::filesystem::path>& folders) {
  for (const auto& folder : folders) {
    const auto file = folder / lookup.file;
    if (!std::filesystem::exists(file)) continue;
    BANSO_TRY_ASSIGN(const FileShape shape, detect_shape(file, lookup.file, {}));
    BANSO_TRY_ASSIGN(const auto table, open_table(file, shape));
    BANSO_TRY_ASSIGN(const std::size_t key, column_index(path + ".key", lookup.key, table->headings()));
    BANSO_TRY_ASSIGN(const std::size_t value, column_index(path + ".value", lookup.value, table->headings()));
    LookupTable entries;
    Row row;
    while (true) {
      BANSO_TRY_ASSIGN(const bool found, table->next(row));
      if (!found) return entries;
      if (row.problem) continue;
      entries.emplace(trimmed(row.cells[key]), trimmed(row.cells[value]));
      if (entries.size() > lookup_rows_max) {
        return core::Error::too_large(
            {fmt::format("{}: the look-up file has more than {} rows.", path, lookup_rows_max),
             fmt::format("{}: 参照ファイルの行数が {} を超えています。", path, lookup_rows_max)});
      }
    }
  }
  return core::Error::invalid_field(
      path + ".file",
      {fmt::format("{}.file: \"{}\" is neither beside the mapping nor beside the data file.", path, lookup.file),
       fmt::format("{}.file: 「{}」がマッピングファイルと同じ場所にもデータファイルと同じ場所にもありません。", path,
                   lookup.file)});
}

struct Decimal {
  std::int64_t digits = 0;
  int scale = 0;
};

std::optional<Decimal> decimal_of(std::string_view text) {
  const auto money = read_money(text);
  if (!money) return std::nullopt;
  std::string digits = money->amount;
  Decimal decimal;
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    decimal.scale = static_cast<int>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), decimal.digits);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return decimal;
}

// Text that a spreadsheet would have taken for a formula carries an apostrophe, from our own export or by hand.
std::string_view without_apostrophe(std::string_view cell) {
  const bool escaped =
      cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@\t\r").find(cell[1]) != std::string_view::npos;
  return escaped ? cell.substr(1) : cell;
}

}  // namespace

std::optional<std::string> multiplied(std::string_view a, std::string_view b) {
  const auto left = decimal_of(a);
  const auto right = decimal_of(b);
  std::int64_t product = 0;
  if (!left || !right || __builtin_mul_overflow(left->digits, right->digits, &product)) return std::nullopt;
  const auto scale = static_cast<std::size_t>(left->scale + right->scale);
  const bool negative = product < 0;
  std::string digits = std::to_string(product);
  if (negative) digits.erase(0, 1);
  if (scale > 0) {
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
    while (digits.ends_with('0')) digits.pop_back();
    if (digits.ends_with('.')) digits.pop_back();
  }
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

struct RowMapper::Compiled {
  struct Test {
    std::size_t column = 0;
    Condition::Test test = Condition::Test::is;
    std::vector<std::string> values;

    bool holds(const Row& row) const {
      const std::string_view cell = trimmed(row.cells[column]);
      const auto listed = [&] { return std::find(values.begin(), values.end(), cell) != values.end(); };
      switch (test) {
        case Condition::Test::is:
          return listed();
        case Condition::Test::is_not:
          return !listed();
        case Condition::Test::blank:
          return cell.empty();
        case Condition::Test::not_blank:
          return !cell.empty();
      }
      return false;
    }
  };

  Expression owned;
  std::size_t column = 0;
  std::vector<std::unique_ptr<Compiled>> parts;
  std::optional<Test> only_where;
  LookupTable lookup;
  std::string column_name;
  std::optional<DateOrder> date_order;

  // The text for a row; complaints go to `errors`.
  std::string evaluate(const Row& row, std::vector<CellError>& errors) const {
    if (only_where && !only_where->holds(row)) return {};
    std::string text = origin(row, errors);
    if (text.empty() && owned.values.empty()) return text;
    if (const auto replaced = owned.values.find(text); replaced != owned.values.end()) {
      text = replaced->second;
    } else if (owned.otherwise) {
      text = *owned.otherwise;
    }
    if (owned.lookup && !text.empty()) {
      const auto found = lookup.find(text);
      if (found == lookup.end()) {
        errors.push_back(
            {column_name,
             text,
             {fmt::format("This is not in the column \"{}\" of {}.", owned.lookup->key, owned.lookup->file),
              fmt::format("{} の列「{}」にない値です。", owned.lookup->file, owned.lookup->key)}});
        return {};
      }
      text = found->second;
    }
    return text;
  }

  std::string origin(const Row& row, std::vector<CellError>& errors) const {
    switch (owned.origin) {
      case Expression::Origin::column:
        return std::string(without_apostrophe(trimmed(row.cells[column])));
      case Expression::Origin::constant:
        return owned.text;
      case Expression::Origin::concat:
        return concatenated(row, errors);
      case Expression::Origin::multiply:
        return product(row, errors);
      case Expression::Origin::months_before:
        return months_before(row, errors);
      case Expression::Origin::days_after:
        return days_after(row, errors);
    }
    return {};
  }

  // Blank where all parts taken from columns are blank: "-" alone is no id.
  std::string concatenated(const Row& row, std::vector<CellError>& errors) const {
    std::string text;
    bool any = false;
    for (const auto& part : parts) {
      const std::string piece = part->evaluate(row, errors);
      any |= part->owned.origin != Expression::Origin::constant && !piece.empty();
      text += piece;
    }
    return any ? text : std::string();
  }

  std::string product(const Row& row, std::vector<CellError>& errors) const {
    std::string result = "1";
    for (const auto& part : parts) {
      const std::string factor = part->evaluate(row, errors);
      if (factor.empty()) return {};
      const auto next = multiplied(result, factor);
      if (!next) {
        errors.push_back({part->column_name,
                          shown(factor),
                          {"A number to multiply with is needed here.", "掛け算に使う数値が必要です。"}});
        return {};
      }
      result = *next;
    }
    return result;
  }

  std::string months_before(const Row& row, std::vector<CellError>& errors) const {
    const std::string_view cell = trimmed(row.cells[column]);
    if (cell.empty()) return {};
    const auto months = read_integer(cell);
    if (!months || *months < 0 || *months > 12'000) {
      errors.push_back({column_name,
                        shown(cell),
                        {"A whole number of months is needed here.", "月数を 0 以上の整数で入力してください。"}});
      return {};
    }
    return core::to_string(core::add_months(owned.from, -static_cast<int>(*months)));
  }

  std::string days_after(const Row& row, std::vector<CellError>& errors) const {
    const std::string_view cell = trimmed(row.cells[column]);
    if (cell.empty()) return {};
    const auto day = read_day(cell, date_order);
    if (!day) {
      errors.push_back({column_name,
                        shown(cell),
                        {"A day is needed here, like 2024-01-31.", "2024-01-31 のような日付が必要です。"}});
      return {};
    }
    return core::to_string(*day + owned.days);
  }

  static std::string shown(std::string_view value) { return shortened(value); }
};

class RowMapper::Compiler {
 public:
  Compiler(const std::vector<std::string>& headings, const std::vector<std::filesystem::path>& folders,
           std::optional<DateOrder> date_order)
      : headings_(headings), folders_(folders), date_order_(date_order) {}

  core::Result<std::unique_ptr<Compiled>> compile(const Expression& expression, const std::string& path) const {
    auto compiled = std::make_unique<Compiled>();
    compiled->owned = expression;
    compiled->date_order = date_order_;
    const bool takes_column = expression.origin == Expression::Origin::column ||
                              expression.origin == Expression::Origin::months_before ||
                              expression.origin == Expression::Origin::days_after;
    if (takes_column) {
      BANSO_TRY_ASSIGN(compiled->column, column_index(path, expression.text, headings_));
      compiled->column_name = expression.text;
    }
    for (std::size_t i = 0; i < expression.parts.size(); ++i) {
      BANSO_TRY_ASSIGN(auto part, compile(expression.parts[i], fmt::format("{}[{}]", path, i)));
      if (compiled->column_name.empty()) compiled->column_name = part->column_name;
      compiled->parts.push_back(std::move(part));
    }
    if (expression.only_where) {
      BANSO_TRY_ASSIGN(compiled->only_where, compile(*expression.only_where, path + ".only_where"));
    }
    if (expression.lookup) {
      BANSO_TRY_ASSIGN(compiled->lookup, load_lookup(*expression.lookup, path + ".lookup", folders_));
    }
    return compiled;
  }

  core::Result<Compiled::Test> compile(const Condition& condition, const std::string& path) const {
    BANSO_TRY_ASSIGN(const std::size_t column, column_index(path + ".column", condition.column, headings_));
    return Compiled::Test{column, condition.test, condition.values};
  }

 private:
  const std::vector<std::string>& headings_;
  const std::vector<std::filesystem::path>& folders_;
  std::optional<DateOrder> date_order_;
};

RowMapper::RowMapper() = default;
RowMapper::RowMapper(RowMapper&&) noexcept = default;
RowMapper::~RowMapper() = default;

core::Result<RowMapper> RowMapper::compile(const Mapping& mapping, Kind kind, const std::vector<std::string>& headings,
                                           const std::vector<std::filesystem::path>& files) {
  const Compiler compiler(headings, files, mapping.date_order);
  RowMapper mapper;
  for (const Field& field : fields_of(kind)) {
    const Expression* source = mapping.source_of(field.key);
    std::unique_ptr<Compiled> compiled;
    if (source) {
      BANSO_TRY_ASSIGN(compiled, compiler.compile(*source, "columns." + field.key));
    } else if (field.required) {
      return core::Error::invalid_field(
          "columns." + field.key,
          {fmt::format("No column is chosen for \"{}\" ({}), which every row needs.", field.name.en, field.key),
           fmt::format("必須項目「{}」({})の列が選ばれていません。", field.name.ja, field.key)});
    }
    mapper.column_names_.push_back(compiled && !compiled->column_name.empty() ? compiled->column_name : field.key);
    mapper.fields_.push_back(std::move(compiled));
  }
  for (const auto& [heading, rule] : mapping.attributes) {
    BANSO_TRY_ASSIGN(auto compiled, compiler.compile(rule.source, "attributes." + heading));
    const bool plain =
        rule.source.origin == Expression::Origin::column && rule.source.values.empty() && !rule.source.lookup;
    mapper.attributes_.push_back({heading, rule, plain ? std::optional(compiled->column) : std::nullopt});
    mapper.attribute_sources_.push_back(std::move(compiled));
  }
  if (mapping.all_attributes) {
    for (std::size_t column = 0; column < headings.size(); ++column) {
      const std::string& heading = headings[column];
      const auto is_it = [&](const auto& named) { return named.first == heading; };
      const bool fills_field = std::any_of(mapping.columns.begin(), mapping.columns.end(), [&](const auto& filled) {
        return filled.second.origin == Expression::Origin::column && filled.second.text == heading;
      });
      const bool excluded = std::find(mapping.not_attributes.begin(), mapping.not_attributes.end(), heading) !=
                            mapping.not_attributes.end();
      const bool named = std::any_of(mapping.attributes.begin(), mapping.attributes.end(), is_it);
      if (fills_field || excluded || named || is_reason_heading(heading)) continue;
      const AttributeRule rule{Expression::of_column(heading), {}, {}};
      BANSO_TRY_ASSIGN(auto compiled, compiler.compile(rule.source, "attributes." + heading));
      mapper.attributes_.push_back({heading, rule, column});
      mapper.attribute_sources_.push_back(std::move(compiled));
    }
  }
  if (mapping.only_where) {
    mapper.row_condition_ = std::make_unique<Compiled>();
    BANSO_TRY_ASSIGN(mapper.row_condition_->only_where, compiler.compile(*mapping.only_where, "only_where"));
  }
  return mapper;
}

bool RowMapper::map(const Row& row, MappedRow& out) const {
  out.line = row.line;
  out.errors.clear();
  out.fields.assign(fields_.size(), {});
  out.attributes.assign(attribute_sources_.size(), {});
  if (row.problem) {
    out.errors.push_back({"", "", *row.problem});
    return true;
  }
  if (row_condition_ && !row_condition_->only_where->holds(row)) return false;
  const auto check_readable = [&](const std::string& text, const std::string& column) {
    if (text.find(replacement_character) != std::string::npos) {
      out.errors.push_back(
          {column,
           Compiled::shown(text),
           {"Some characters cannot be read in the file's encoding. Choose another encoding, or mend the cell.",
            "ファイルの文字コードで読み取れない文字があります。文字コードを選び直すか、セルを修正してください。"}});
    } else if (text.find('\0') != std::string::npos) {
      out.errors.push_back(
          {column, "", {"The cell holds a NUL character. Remove it.", "NUL 文字が含まれています。削除してください。"}});
    }
  };
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!fields_[i]) continue;
    out.fields[i] = fields_[i]->evaluate(row, out.errors);
    check_readable(out.fields[i], column_names_[i]);
  }
  for (std::size_t i = 0; i < attribute_sources_.size(); ++i) {
    out.attributes[i] = attribute_sources_[i]->evaluate(row, out.errors);
    check_readable(out.attributes[i], attributes_[i].heading);
  }
  return true;
}

bool RowMapper::fills(std::size_t field) const {
  return fields_[field] != nullptr;
}
const std::string& RowMapper::column_of(std::size_t field) const {
  return column_names_[field];
}

}  // namespace banso::integrations
