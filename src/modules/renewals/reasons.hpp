// Why renewals are lost or become smaller: a list of definitions, kept clean. Internal to the module.
//
//   {"name": {"en": "Lack of adoption", "ja": "定着不足"}, "description": "...", "applies_to": ["churn",
//   "contraction"]}
#pragma once

#include "modules/renewals/renewals.hpp"

namespace banso::renewals {

definitions::Kind make_reason_kind();

struct Reason {
  std::string key;
  core::Text name;
  std::string description;
  bool of_churn = true, of_contraction = true;
  bool is_retired = false;
  std::int64_t version = 0;
};
// Published ones and, readable for ever, those that were retired; by key.
std::vector<Reason> all_reasons(definitions::Service& definitions);
core::Text reason_name(std::span<const Reason> reasons, const std::string& key);

// Publishes the list to start with, where no reason was ever defined.
void publish_starter_reasons(definitions::Service& definitions);

}  // namespace banso::renewals
