// Which engagement model an account has, and what it asks of those who look after it. Pure over a book. Internal.
#pragma once

#include <limits>
#include <unordered_map>

#include "kinds.hpp"

namespace banso::org {

inline constexpr std::size_t no_model = std::numeric_limits<std::size_t>::max();

// By row of the book, or by position in `rows`: the first model whose condition holds (its position in `models`), or
// no_model.
std::vector<std::size_t> models_of(const health::BookView& book, std::span<const CompiledModel> models);
std::vector<std::size_t> models_of(const health::BookView& book, std::span<const CompiledModel> models,
                                   std::span<const std::uint32_t> rows);

struct Count {
  std::int64_t accounts = 0, arr_minor = 0;
};
// By position in the models; what has none comes last.
std::vector<Count> count_models(const health::BookView& book, std::span<const std::size_t> model_by_row,
                                std::size_t models);

// The key that the attribute has in the book; empty: none.
std::string text_value(const health::BookView& book, std::size_t row, std::string_view attribute);

// Points of effort by the model that accounts have now; without a model, or with one that is retired, `otherwise`.
class EffortWeights {
 public:
  explicit EffortWeights(std::span<const EngagementModel> models);
  double of(const std::string& model) const;

  static constexpr double otherwise = 1;

 private:
  std::unordered_map<std::string, double> weights_;
};

// Models that the data suggests, by key, as bodies of definitions: thresholds from the amounts there are, so that high
// touch is for about the tenth of the accounts with the largest contracts. Empty where there is no book.
std::vector<std::pair<std::string, std::string>> suggest_models(const health::BookView& book);

}  // namespace banso::org
