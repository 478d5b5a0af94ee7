#include "render.hpp"

#include <cmath>

namespace banso::signals {

namespace json = platform::json;

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(double amount_minor, const std::string& currency) {
  return {{"amount_minor", static_cast<std::int64_t>(std::llround(amount_minor))}, {"currency", currency}};
}

platform::http::Response answer(const json::value& body, int status) {
  return platform::http::Response::json(json::serialize(body), status);
}

FiringRenderer::FiringRenderer(definitions::Service& definitions, const health::BookView* book) : book_(book) {
  for (const auto& summary : definitions.list(std::string(signal_kind))) names_[summary.name.key] = summary.title;
}

core::Text FiringRenderer::name_of(const std::string& rule) const {
  const auto found = names_.find(rule);
  return found == names_.end() ? core::Text{rule, rule} : found->second;
}

json::object FiringRenderer::firing(const FiringRow& firing) const {
  const auto row = book_ ? book_->find(firing.account) : std::nullopt;
  const auto evidence = json::parse(firing.evidence_json);
  return {{"id", firing.id},
          {"rule", firing.rule},
          {"rule_name", render(name_of(firing.rule))},
          {"rule_version", firing.rule_version},
          {"account_id", firing.account.value},
          {"account_name", row ? json::value(book_->name(*row)) : json::value(nullptr)},
          {"day", json::from(firing.day)},
          {"at", json::from(firing.at)},
          {"state", word_of(firing.state)},
          {"call", firing.call == 0 ? json::value(nullptr) : json::value(firing.call)},
          {"explanation", render(firing.explanation)},
          {"evidence", evidence ? *evidence : json::value(json::array())},
          {"left", json::from(firing.left)}};
}

json::object FiringRenderer::page(const core::Page<FiringRow>& page) const {
  json::array items;
  for (const auto& each : page.items) items.push_back(firing(each));
  return {{"items", std::move(items)}, {"total", page.total}};
}

}  // namespace banso::signals
