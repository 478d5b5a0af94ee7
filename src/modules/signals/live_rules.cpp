#include "live_rules.hpp"

#include <algorithm>

namespace banso::signals {
namespace {

// `run(condition)` gives a selection of `size` rows.
template <class Run>
Tested tested(const LiveRule& rule, std::size_t size, const Run& run) {
  Tested result;
  result.enters = run(rule.condition);
  result.concerned = rule.body.scope_json.empty() ? engine::Selection(size, true) : run(rule.scope);
  if (rule.body.leave_json.empty()) {
    result.leaves = result.enters;
    result.leaves.flip();
  } else {
    result.leaves = run(rule.leave);
  }
  return result;
}

bool by_account(const Standing& standing, core::AccountId account) {
  return standing.account < account;
}

}  // namespace

std::string LiveRule::fingerprint() const {
  return body.scope_json + "\n" + body.condition_json + "\n" + body.leave_json;
}

void LiveRule::compile(const engine::FieldCatalogue& catalogue) {
  fault.reset();
  const auto one = [&](const std::string& json, engine::Condition& into) {
    if (json.empty()) return;
    auto compiled = engine::compile_condition(json, catalogue);
    if (compiled) {
      into = std::move(*compiled);
    } else if (!fault) {
      fault = compiled.error();
    }
  };
  one(body.scope_json, scope);
  one(body.condition_json, condition);
  one(body.leave_json, leave);
  fields = condition.fields();
}

Standing* LiveRule::find(core::AccountId account) {
  const auto found = std::lower_bound(standings.begin(), standings.end(), account, by_account);
  return found != standings.end() && found->account == account ? &*found : nullptr;
}

void LiveRule::put(std::vector<Standing> news) {
  std::erase_if(news, [&](const Standing& standing) {
    auto* known = find(standing.account);
    if (known) *known = standing;
    return known != nullptr;
  });
  const auto less = [](const Standing& a, const Standing& b) { return a.account < b.account; };
  std::sort(news.begin(), news.end(), less);
  const auto middle = static_cast<std::ptrdiff_t>(standings.size());
  standings.insert(standings.end(), news.begin(), news.end());
  std::inplace_merge(standings.begin(), standings.begin() + middle, standings.end(), less);
}

std::vector<LiveRule> read_rules(definitions::Service& definitions) {
  std::vector<LiveRule> rules;
  for (const auto& summary : definitions.list(std::string(signal_kind))) {
    if (summary.version == 0 || summary.retired) continue;
    const auto definition = definitions.get(summary.name);
    if (!definition || !definition->body) continue;
    LiveRule rule;
    rule.key = summary.name.key;
    rule.version = summary.version;
    rule.body = read_body(*definition->body);
    if (rule.body.is_enabled) rules.push_back(std::move(rule));
  }
  std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return rules;
}

Tested test(const LiveRule& rule, const health::BookView& book) {
  return tested(rule, book.size(), [&](const engine::Condition& condition) { return book.run(condition); });
}

Tested test(const LiveRule& rule, const health::BookView& book, std::span<const std::uint32_t> rows) {
  return tested(rule, rows.size(), [&](const engine::Condition& condition) { return book.run(condition, rows); });
}

}  // namespace banso::signals
