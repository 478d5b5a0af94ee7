// Who and what the ledger's numbers stand for: accounts, products, plans, and the values of every way to part them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "engine/revenue/ledger.hpp"

namespace banso::retention {

namespace ledger = engine::revenue;

// Numbers texts from 0, in the order in which they come.
class Names {
 public:
  std::uint32_t number_of(std::string_view name);
  std::optional<std::uint32_t> find(std::string_view name) const;
  const std::string& at(std::uint32_t number) const { return names_.at(number); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// A way to part accounts whose values come from outside of the contracts.
struct Dimension {
  std::string key;  // "owner", "segment", "attribute:tier"
  core::Text name;
  Names values;  // "" stands for accounts without one, and has a number like the others
  std::unordered_map<std::string, core::Text> value_names;  // where a value is not its own name
  bool is_overlapping = false;                              // an account may have several values at once

  core::Text name_of(std::uint32_t value) const;
};

struct Roster {
  std::vector<core::AccountId> ids;  // by AccountIndex
  std::vector<std::string> names;
  std::vector<core::Day> deleted_from;  // forever: it is there
  std::unordered_map<core::AccountId, ledger::AccountIndex> index;
  Names products, plans;
  std::vector<Dimension> dimensions;                                      // positions as in LedgerInput::dimensions
  std::vector<std::vector<std::vector<ledger::Membership>>> memberships;  // by dimension, by account

  ledger::AccountIndex add(core::AccountId account);
  std::optional<ledger::AccountIndex> find(core::AccountId account) const;
  std::optional<std::size_t> find_dimension(std::string_view key) const;
};

}  // namespace banso::retention
