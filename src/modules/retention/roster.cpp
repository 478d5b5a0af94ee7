#include "roster.hpp"

#include <algorithm>

namespace banso::retention {

std::uint32_t Names::number_of(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(name), size());
  if (is_new) names_.emplace_back(name);
  return found->second;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
  const auto found = numbers_.find(std::string(name));
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

core::Text Dimension::name_of(std::uint32_t value) const {
  const std::string& key_of_value = values.at(value);
  if (key_of_value.empty()) return {"(none)", "(なし)"};
  const auto found = value_names.find(key_of_value);
  return found == value_names.end() ? core::Text{key_of_value, key_of_value} : found->second;
}

ledger::AccountIndex Roster::add(core::AccountId account) {
  const auto [found, is_new] = index.try_emplace(account, static_cast<ledger::AccountIndex>(ids.size()));
  if (is_new) {
    ids.push_back(account);
    names.emplace_back();
    deleted_from.push_back(ledger::forever);
    for (auto& of_dimension : memberships) of_dimension.emplace_back();
  }
  return found->second;
}

std::optional<ledger::AccountIndex> Roster::find(core::AccountId account) const {
  const auto found = index.find(account);
  return found == index.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Roster::find_dimension(std::string_view key) const {
  const auto found =
      std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& each) { return each.key == key; });
  if (found == dimensions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - dimensions.begin());
}

}  // namespace banso::retention
