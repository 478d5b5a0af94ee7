// What signals say, as JSON. Names and shapes are those of api/signals.yaml. Internal to the module.
#pragma once

#include "platform/json/json.hpp"
#include "store.hpp"

namespace banso::signals {

platform::json::object render(const core::Text& text);
platform::json::object render_money(double amount_minor, const std::string& currency);
platform::http::Response answer(const platform::json::value& body, int status = 200);

// Names rules and accounts by what they are called today.
class FiringRenderer {
 public:
  FiringRenderer(definitions::Service& definitions, const health::BookView* book);  // null: accounts have no names
  platform::json::object firing(const FiringRow& firing) const;
  platform::json::object page(const core::Page<FiringRow>& page) const;
  core::Text name_of(const std::string& rule) const;

 private:
  std::map<std::string, core::Text> names_;
  const health::BookView* book_;
};

}  // namespace banso::signals
