#include "export_csv.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/money.hpp"

namespace banso::health {
namespace {

constexpr std::size_t rows_per_piece = 500;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string number_text(double value) {
  if (std::isnan(value)) return {};
  if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{}", static_cast<std::int64_t>(value));
  return fmt::format("{}", std::round(value * 10'000) / 10'000);
}

// What a person would read in the table: names instead of ids and keys.
std::string label_of(const BookTable& table, const BookField& field, const std::string& value,
                     core::Language language) {
  if (field.key == "owner") {
    for (const auto& [id, name] : table.head().owner_names) {
      if (std::to_string(id) == value) return name;
    }
    return value;
  }
  const auto choice = std::find_if(field.choices.begin(), field.choices.end(),
                                   [&](const engine::Choice& each) { return each.value == value; });
  return choice == field.choices.end() ? value : choice->name.in(language);
}

std::string cell_text(const BookTable& table, const BookField& field, const AccountRow& row, core::Language language) {
  if (const auto* number = std::get_if<ReadNumber>(&field.read)) {
    const double value = (*number)(row);
    if (field.type != engine::FieldType::money || std::isnan(value)) return number_text(value);
    return fmt::format("{:.{}f}", value, core::minor_digits(field.unit.empty() ? table.head().currency : field.unit));
  }
  if (const auto* day = std::get_if<ReadDay>(&field.read)) {
    const auto value = (*day)(row);
    return value == engine::missing_day ? std::string() : core::to_string(core::Day{value});
  }
  if (const auto* yes_no = std::get_if<ReadYesNo>(&field.read)) {
    static const core::Text yes{"yes", "はい"}, no{"no", "いいえ"};
    const auto value = (*yes_no)(row);
    return value < 0 ? std::string() : (value == 1 ? yes : no).in(language);
  }
  if (std::holds_alternative<ReadSegments>(field.read)) {
    std::string names;
    for (const auto segment : table.segments_of(row.id())) {
      names += (names.empty() ? "" : "; ") + table.segments()[segment].name.in(language);
    }
    return csv_cell(names);
  }
  return csv_cell(label_of(table, field, std::get<ReadText>(field.read)(row), language));
}

std::string heading(const BookField& field, core::Language language) {
  return csv_cell(field.type == engine::FieldType::money && !field.unit.empty()
                      ? fmt::format("{} ({})", field.name.in(language), field.unit)
                      : field.name.in(language));
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell;
  // A spreadsheet takes these for the beginning of a formula, whatever the quotes.
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (is_formula) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

platform::http::BodyStream csv_stream(BookTablePtr table, std::vector<std::uint32_t> rows,
                                      std::vector<std::size_t> fields, core::Language language) {
  struct State {
    BookTablePtr table;
    std::vector<std::uint32_t> rows;
    std::vector<std::size_t> fields;
    std::size_t next = 0;
    bool has_begun = false;
  };
  const auto state = std::make_shared<State>(State{std::move(table), std::move(rows), std::move(fields)});
  return [state, language](std::string& chunk) {
    chunk.clear();
    const auto add_line = [&](const auto& cell_of) {
      for (std::size_t i = 0; i < state->fields.size(); ++i) {
        if (i > 0) chunk += ',';
        chunk += cell_of(state->table->fields()[state->fields[i]]);
      }
      chunk += "\r\n";
    };
    if (!state->has_begun) {
      state->has_begun = true;
      chunk += byte_order_mark;
      add_line([&](const BookField& field) { return heading(field, language); });
    }
    const std::size_t end = std::min(state->next + rows_per_piece, state->rows.size());
    for (; state->next < end; ++state->next) {
      const AccountRow& row = state->table->row(state->rows[state->next]);
      add_line([&](const BookField& field) { return cell_text(*state->table, field, row, language); });
    }
    return state->next < state->rows.size();
  };
}

}  // namespace banso::health
