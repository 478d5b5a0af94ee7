#include "engagement.hpp"

#include <algorithm>

namespace banso::org {
namespace {

// `place` says which position of the answer a bit stands for.
template <class Run>
std::vector<std::size_t> first_that_holds(std::size_t size, std::span<const CompiledModel> models, Run&& run) {
  std::vector<std::size_t> chosen(size, no_model);
  for (std::size_t model = 0; model < models.size(); ++model) {
    for (const auto row : run(models[model].condition).rows()) {
      if (chosen[row] == no_model) chosen[row] = model;
    }
  }
  return chosen;
}

}  // namespace

std::vector<std::size_t> models_of(const health::BookView& book, std::span<const CompiledModel> models) {
  return first_that_holds(book.size(), models, [&](const engine::Condition& condition) { return book.run(condition); });
}

std::vector<std::size_t> models_of(const health::BookView& book, std::span<const CompiledModel> models,
                                   std::span<const std::uint32_t> rows) {
  return first_that_holds(rows.size(), models,
                          [&](const engine::Condition& condition) { return book.run(condition, rows); });
}

std::vector<Count> count_models(const health::BookView& book, std::span<const std::size_t> model_by_row,
                                std::size_t models) {
  std::vector<Count> counts(models + 1);
  for (std::size_t row = 0; row < model_by_row.size(); ++row) {
    auto& count = counts[std::min(model_by_row[row], models)];
    ++count.accounts;
    count.arr_minor += book.arr_minor(row);
  }
  return counts;
}

std::string text_value(const health::BookView& book, std::size_t row, std::string_view attribute) {
  const auto value = book.value(row, "attribute." + std::string(attribute));
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

EffortWeights::EffortWeights(std::span<const EngagementModel> models) {
  for (const auto& model : models) weights_.emplace(model.key, model.effort_weight);
}

double EffortWeights::of(const std::string& model) const {
  const auto found = weights_.find(model);
  return found == weights_.end() ? otherwise : found->second;
}

}  // namespace banso::org
