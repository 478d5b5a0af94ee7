// The published rules, ready to be tested, with where accounts stand in them. Internal to the module.
#pragma once

#include "kind.hpp"
#include "store.hpp"

namespace banso::signals {

struct LiveRule {
  std::string key;
  std::int64_t version = 0;
  RuleBody body;

  // ---- as compiled for the fields of a book
  engine::Condition scope, condition, leave;
  std::optional<core::Error> fault;  // why it cannot be tested
  std::vector<std::string> fields;   // that the condition speaks of, in order of mention

  // ---- as recorded
  bool is_loaded = false;
  bool is_new = true;               // nobody was looked at yet with this condition
  std::vector<Standing> standings;  // ascending by account; only of those who are or were in it
  std::int64_t changes = 0;         // of the standings recorded, up to which all are seen
  bool is_behind = false;           // another node recorded changes that were not seen

  // The texts that decide who is in it: where they change, standings are found anew.
  std::string fingerprint() const;
  void compile(const engine::FieldCatalogue& fields);
  Standing* find(core::AccountId account);
  // Of these accounts, each once, in any order; what was known of them counts no more.
  void put(std::vector<Standing> news);
};

// Enabled ones, by key.
std::vector<LiveRule> read_rules(definitions::Service& definitions);

// Tests the rule on all rows, or on these: one bit for each.
struct Tested {
  engine::Selection concerned, enters, leaves;
};
Tested test(const LiveRule& rule, const health::BookView& book);
Tested test(const LiveRule& rule, const health::BookView& book, std::span<const std::uint32_t> rows);

}  // namespace banso::signals
