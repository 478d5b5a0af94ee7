// Reading the version log in bulk: every version of a kind of record, and which records an import touched.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::platform::records {

struct ScannedVersion {
  std::int64_t entity_id = 0;
  core::AccountId account;
  core::Instant known_at;
  std::optional<std::string> body;  // nothing = deleted
};

// The versions of all records of a kind, on the given accounts or on all: record by record, oldest knowledge first.
// A handful of statements however many accounts; holds one row at a time.
void each_version(Session& session, std::string_view entity, std::optional<std::span<const core::AccountId>> accounts,
                  const std::function<void(const ScannedVersion&)>& visit);

// The records an import wrote, of the given kinds, in no particular order.
std::vector<std::pair<std::string, std::int64_t>> records_of_import(Session& session, core::ImportId import,
                                                                    std::span<const std::string_view> entities);

// How many changes on the account count as known by then.
std::int64_t count_changes_on_account(Session& session, core::AccountId account, core::Instant until);

// ":1, :2, ... :count", starting after `first - 1` parameters.
std::string placeholders(std::size_t first, std::size_t count);

// The size to which a list of `size` values (at most `largest_list`) is padded, by repeating its last, so that
// statements with lists come in few texts and stay prepared.
inline constexpr std::size_t largest_list = 500;
std::size_t padded_list_size(std::size_t size);

}  // namespace banso::platform::records
