#include "preview.hpp"

#include <algorithm>

#include "kind.hpp"

namespace banso::segments {
namespace {

namespace json = platform::json;

constexpr std::size_t accounts_shown = 20;

json::array render_sample(const health::BookView& book, const engine::Selection& members) {
  json::array sample;
  for (const auto row : rows_by_arr(book, members, accounts_shown)) sample.push_back(render_account(book, row));
  return sample;
}

engine::Selection both(engine::Selection a, const engine::Selection& b) {
  a &= b;
  return a;
}

engine::Selection without(engine::Selection a, engine::Selection b) {
  b.flip();
  a &= b;
  return a;
}

json::object render_part(const health::BookView& book, const engine::Selection& part) {
  return {{"accounts", part.count()},
          {"arr", render_money(arr_of(book, part), book.currency())},
          {"sample", render_sample(book, part)}};
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

std::int64_t arr_of(const health::BookView& book, const engine::Selection& members) {
  std::int64_t sum_minor = 0;
  for (const auto row : members.rows()) sum_minor += book.arr_minor(row);
  return sum_minor;
}

std::vector<std::uint32_t> rows_by_arr(const health::BookView& book, const engine::Selection& members,
                                       std::size_t most) {
  std::vector<std::pair<std::int64_t, std::uint32_t>> keyed;  // ascending: most ARR, then first row
  for (const auto row : members.rows()) keyed.emplace_back(-book.arr_minor(row), row);
  const auto shown = static_cast<std::ptrdiff_t>(std::min(most, keyed.size()));
  std::partial_sort(keyed.begin(), keyed.begin() + shown, keyed.end());
  std::vector<std::uint32_t> rows;
  for (auto each = keyed.begin(); each != keyed.begin() + shown; ++each) rows.push_back(each->second);
  return rows;
}

json::object render_account(const health::BookView& book, std::size_t row) {
  const auto score = book.value(row, "score");
  const auto level = book.value(row, "level");
  const auto* number = std::get_if<double>(&score);
  const auto* key = std::get_if<std::string>(&level);
  return {{"id", book.id(row).value},
          {"name", book.name(row)},
          {"arr", render_money(book.arr_minor(row), book.currency())},
          {"score", number ? json::value(*number) : json::value(nullptr)},
          {"level", key ? json::value(*key) : json::value(nullptr)}};
}

core::Result<json::object> preview(const health::BookView& book, const std::string& condition_json,
                                   const std::optional<std::string>& key) {
  auto compiled = engine::compile_condition(condition_json, book.fields());
  if (!compiled) {
    core::Error error = std::move(compiled).error();
    for (auto& field : error.fields) field.field = field.field.empty() ? "condition" : "condition." + field.field;
    return error;
  }
  std::map<std::string, std::string> published;
  for (const auto& segment : book.segments()) published.emplace(segment.key, segment.condition_json);
  BANSO_TRY(check_references(key.value_or(""), condition_json, published));
  const auto members = book.run(*compiled);
  const auto count = members.count();
  json::array overlaps;
  json::value entering = nullptr, leaving = nullptr;
  for (std::size_t i = 0; i < book.segments().size(); ++i) {
    const auto& segment = book.segments()[i];
    const auto others = book.members(i);
    if (key == segment.key) {
      entering = render_part(book, without(members, others));
      leaving = render_part(book, without(others, members));
      continue;
    }
    const auto shared = both(members, others).count();
    overlaps.push_back(json::object{{"segment", segment.key},
                                    {"name", render(segment.name)},
                                    {"both", shared},
                                    {"only_this", count - shared},
                                    {"only_other", others.count() - shared}});
  }
  return json::object{{"as_of", json::from(book.as_of())},
                      {"accounts", count},
                      {"arr", render_money(arr_of(book, members), book.currency())},
                      {"total", book.size()},
                      {"total_arr", render_money(arr_of(book, engine::Selection(book.size(), true)), book.currency())},
                      {"sample", render_sample(book, members)},
                      {"overlaps", std::move(overlaps)},
                      {"entering", std::move(entering)},
                      {"leaving", std::move(leaving)}};
}

}  // namespace banso::segments
