#include "statistics_routes.hpp"

#include <charconv>

#include <fmt/format.h>

namespace banso::retention {
namespace {

core::Error out_of_bounds(const std::string& name, double least, double most) {
  return core::Error::invalid_field(name, {fmt::format("Give a number from {} to {}.", least, most),
                                           fmt::format("{}から{}までの数値を指定してください。", least, most)});
}

json::object render_reason(statistics::CannotSay reason) {
  return json::object{{"code", std::string(statistics::name_of(reason))},
                      {"text", render(statistics::explain(reason))}};
}

}  // namespace

http::Routes statistics_routes(const ContextPtr& context) {
  http::Routes all;
  for (auto make : {cohort_routes, survival_routes, unit_economics_routes, acquisition_cost_routes}) {
    auto routes = make(context);
    std::move(routes.begin(), routes.end(), std::back_inserter(all));
  }
  return all;
}

core::Result<CustomerHistories> histories_of(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  return customer_histories(reading, request.query_text("by").value_or(std::string(no_dimension)));
}

core::Result<int> bounded_integer(const http::Request& request, const std::string& name, int least, int most,
                                  int otherwise) {
  BANSO_TRY_ASSIGN(const auto given, request.query_integer(name));
  if (!given) return otherwise;
  if (*given < least || *given > most) return out_of_bounds(name, least, most);
  return static_cast<int>(*given);
}

core::Result<double> bounded_number(const http::Request& request, const std::string& name, double least, double most,
                                    double otherwise) {
  const auto text = request.query_text(name);
  if (!text) return otherwise;
  double number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || !(number >= least && number <= most))
    return out_of_bounds(name, least, most);
  return number;
}

json::object render_head(const CustomerHistories& histories) {
  json::array dimensions;
  for (const auto& dimension : histories.dimensions)
    dimensions.push_back(json::object{{"key", dimension.key}, {"name", render(dimension.name)}});
  return {{"as_of", json::from(histories.as_of)}, {"book_day", json::from(histories.book_day)},
          {"currency", histories.currency},       {"rules", render_rules(histories.rules)},
          {"by", histories.groups.key},           {"overlapping", histories.groups.is_overlapping},
          {"dimensions", std::move(dimensions)}};
}

json::object render(const statistics::Estimate& estimate) {
  return {{"value", estimate.value},
          {"low", json::from(estimate.low)},
          {"high", json::from(estimate.high)},
          {"cannot_say", nullptr}};
}

json::object render(const statistics::Said<statistics::Estimate>& said) {
  if (said) return render(*said);
  return {{"value", nullptr}, {"low", nullptr}, {"high", nullptr}, {"cannot_say", render_reason(said.error())}};
}

json::object render_said(const statistics::Said<double>& said) {
  if (said) return render(statistics::Estimate{*said, {}, {}});
  return render(statistics::Said<statistics::Estimate>(tl::unexpected(said.error())));
}

}  // namespace banso::retention
