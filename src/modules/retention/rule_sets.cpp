#include "rule_sets.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::retention {
namespace {

namespace rules = engine::revenue;

const std::vector<std::string> kinds{std::string(rules_kind)};

}  // namespace

definitions::Kind make_rules_kind() {
  definitions::Kind kind;
  kind.word = std::string(rules_kind);
  kind.name = {"Revenue rules", "売上の集計ルール"};
  kind.check = [](const definitions::Name& name, const definitions::Bodies& bodies) -> core::Result<std::string> {
    BANSO_TRY_ASSIGN(const auto read, rules::rules_from_json(bodies.at(name)));
    return rules::to_json(read);
  };
  kind.uses = [](std::string_view) { return std::vector<definitions::Name>{}; };
  kind.title = [](std::string_view body) {
    const auto read = rules::rules_from_json(body);
    return read ? read->name : core::Text{"?", "?"};
  };
  kind.checked_with = kinds;
  return kind;
}

void RuleSets::look() {
  const auto newest = definitions_->releases(kinds, 1);
  const std::int64_t release = newest.empty() ? 0 : newest.front().number;
  const std::lock_guard lock(mutex_);
  if (release == release_) return;
  std::vector<RuleSet> all;
  for (const auto& shipped : rules::shipped_rules()) all.push_back({std::string(shipped.key), 0, shipped.rules});
  for (const auto& summary : definitions_->list(kinds.front())) {
    if (summary.retired || summary.version == 0) continue;
    const auto definition = definitions_->get(summary.name);
    if (!definition || !definition->body) continue;
    auto read = rules::rules_from_json(*definition->body);
    if (!read) continue;  // what an older version of the product accepted
    RuleSet set{summary.name.key, summary.version, std::move(*read)};
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.key == set.key; });
    if (found == all.end()) {
      all.push_back(std::move(set));
    } else {
      *found = std::move(set);
    }
  }
  all_ = std::move(all);
  release_ = release;
}

std::vector<RuleSet> RuleSets::all() {
  look();
  const std::lock_guard lock(mutex_);
  return all_;
}

core::Result<RuleSet> RuleSets::find(std::string_view key, std::string_view field) {
  for (auto& set : all()) {
    if (set.key == key) return std::move(set);
  }
  return core::Error::invalid_field(
      std::string(field),
      {fmt::format("There are no revenue rules \"{}\". GET /api/revenue/rules lists them.", key),
       fmt::format("集計ルール「{}」はありません。GET /api/revenue/rules で一覧を確認してください。", key)});
}

}  // namespace banso::retention
