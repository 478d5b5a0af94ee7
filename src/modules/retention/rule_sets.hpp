// Sets of rules: those shipped, and those published as definitions, which stand before a shipped one of the same key.
#pragma once

#include <mutex>

#include "engine/revenue/rules.hpp"
#include "retention.hpp"

namespace banso::retention {

struct RuleSet {
  std::string key;
  std::int64_t version = 0;  // 0: as shipped
  engine::revenue::RevenueRules rules;
};

// Threading: shared by all threads.
class RuleSets {
 public:
  explicit RuleSets(std::shared_ptr<definitions::Service> definitions) : definitions_(std::move(definitions)) {}

  std::vector<RuleSet> all();  // the shipped ones first
  core::Result<RuleSet> find(std::string_view key, std::string_view field = "rules");
  // Reads the definitions again where something was published since.
  void look();

 private:
  std::shared_ptr<definitions::Service> definitions_;
  std::mutex mutex_;
  std::int64_t release_ = -1;
  std::vector<RuleSet> all_;
};

definitions::Kind make_rules_kind();

}  // namespace banso::retention
