// Values of attributes that a module of the product keeps: read beside what people wrote, written by that module alone.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attributes.hpp"
#include "batch.hpp"
#include "pages.hpp"
#include "rows.hpp"

namespace banso::customers {

using DefinitionsByKey = std::map<std::string, AttributeDefinition, std::less<>>;

// What modules keep of the selected accounts, with the days on which it was known. Loaded in one statement, and not at
// all while no attribute is managed.
class ManagedHistory {
 public:
  ManagedHistory(Session& session, std::optional<std::span<const core::AccountId>> accounts,
                 const DefinitionsByKey& definitions, int offset_minutes);

  // Calls visit(KnownSpan, Attributes) for each part of `known` in which the kept values stay the same, oldest first;
  // `own` are the attributes that people wrote.
  void each_part(core::AccountId account, KnownSpan known, const Attributes& own,
                 const std::function<void(KnownSpan, Attributes)>& visit) const;

 private:
  struct Part {
    KnownSpan known;
    Attributes values;
  };
  std::unordered_map<std::int64_t, std::vector<Part>> parts_;
};

// What modules keep of accounts today.
class ManagedToday {
 public:
  ManagedToday(Session& session, std::optional<std::span<const core::AccountId>> accounts,
               const DefinitionsByKey& definitions);
  void add_to(core::AccountId account, Attributes& attributes) const;

 private:
  std::unordered_map<std::int64_t, Attributes> values_;
};

// The stored attributes of an account with what modules keep of it in that view: one JSON object, keys sorted.
std::string with_managed(Session& session, core::AccountId account, const Moment& moment,
                         const std::string& attributes);

// Writes what differs; the values of accounts that are gone are passed over. How many accounts changed.
core::Result<std::int64_t> write_managed(BatchContext& batch, std::string_view module,
                                         std::span<const ManagedValue> values);

// The refusal of a person's or an import's change; names whose it is in words.
core::Text kept_by_the_product(std::string_view key);

}  // namespace banso::customers
