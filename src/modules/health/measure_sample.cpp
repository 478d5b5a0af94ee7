#include "measure_sample.hpp"

#include <algorithm>
#include <cmath>

#include "engine/explanation.hpp"
#include "engine/lab/quantile.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

constexpr std::size_t accounts_named = 12;
constexpr std::size_t bins = 20;

bool holds_words(const engine::Book& book, const engine::MeasureDefinition& measure) {
  if (measure.source != engine::Source::attribute || measure.is_percentile()) return false;
  const auto* attribute = book.attribute(measure.attribute);
  return attribute && (attribute->description.type == engine::AttributeType::text ||
                       attribute->description.type == engine::AttributeType::choice);
}

// Bins of equal width from the smallest to the largest value; a single one where all are the same.
json::array histogram(const std::vector<double>& values) {
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  const double from = *smallest, width = (*largest - from) / static_cast<double>(bins);
  std::vector<std::size_t> counts(width > 0 ? bins : 1, 0);
  for (const double value : values) {
    const auto at = width > 0 ? static_cast<std::size_t>((value - from) / width) : 0;
    ++counts[std::min(at, counts.size() - 1)];
  }
  json::array drawn;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto edge = static_cast<double>(i);
    drawn.push_back(json::object{{"from", render_number(from + width * edge)},
                                 {"to", render_number(from + width * (edge + 1))},
                                 {"accounts", counts[i]}});
  }
  return drawn;
}

}  // namespace

// Among peers: the value that was ranked, and its rank.
core::Text MeasureSample::value_text(const engine::Book& book, const engine::Assessments& day,
                                     std::size_t account) const {
  const auto& column = day.measures[index_];
  auto text = engine::format_value(book, *measure_, column.states[account], column.values[account]);
  if (!measure_->is_percentile()) return text;
  const auto underlying = engine::format_underlying(book, *measure_, column.underlying[account]);
  return {underlying.en + " (" + text.en + ")", underlying.ja + "(" + text.ja + ")"};
}

void MeasureSample::add(const AssessedChunk& chunk) {
  const auto& day = chunk.weeks.back();
  const auto& column = day.measures[index_];
  const auto& book = chunk.loaded.book;
  if (holds_words(book, *measure_)) is_number_ = false;
  for (std::size_t i = 0; i < day.account_ids.size(); ++i) {
    const auto row = table_->find(day.account_ids[i]);
    if (!row) continue;
    const auto state = column.states[i];
    const bool has_value = engine::is_number(state);
    if (has_value) {
      values_.push_back(column.values[i]);
    } else {
      auto& [why, count] = without_[std::string(engine::key_of(state))];
      why = engine::describe(state);
      ++count;
    }
    const auto is_smaller = [](const Account& a, const Account& b) { return a.row->arr_minor > b.row->arr_minor; };
    if (largest_.size() == accounts_named && largest_.back().row->arr_minor >= row->arr_minor) continue;
    Account account{row.get(), has_value, has_value ? value_text(book, day, i) : engine::describe(state)};
    largest_.insert(std::upper_bound(largest_.begin(), largest_.end(), account, is_smaller), std::move(account));
    if (largest_.size() > accounts_named) largest_.pop_back();
  }
}

json::object MeasureSample::render() {
  json::array without, accounts;
  for (const auto& [state, reason] : without_) {
    without.push_back(
        json::object{{"state", state}, {"reason", health::render(reason.first)}, {"accounts", reason.second}});
  }
  for (const auto& account : largest_) {
    accounts.push_back(json::object{{"id", account.row->id().value},
                                    {"name", account.row->record.name},
                                    {"has_value", account.has_value},
                                    {"value_text", health::render(account.text)}});
  }
  json::object sample{{"key", measure_->key},
                      {"with_value", values_.size()},
                      {"without_value", std::move(without)},
                      {"accounts", std::move(accounts)},
                      {"spread", nullptr},
                      {"histogram", json::array{}}};
  if (!is_number_ || values_.empty()) return sample;
  constexpr double quartiles[] = {0.25, 0.5, 0.75};
  const auto found = engine::lab::quantiles(values_, quartiles);
  const auto [smallest, largest] = std::minmax_element(values_.begin(), values_.end());
  sample["spread"] = json::object{{"smallest", render_number(*smallest)},
                                  {"p25", render_number(found[0])},
                                  {"median", render_number(found[1])},
                                  {"p75", render_number(found[2])},
                                  {"largest", render_number(*largest)}};
  sample["histogram"] = histogram(values_);
  return sample;
}

}  // namespace banso::health
