// A past for an installation: events of many months, written straight into its event store before the server starts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace banso::bench {

struct PrefillSettings {
  std::int64_t events = 1'000'000;
  int days = 400;  // up to yesterday
  int persons_of_account = 40;
  std::int64_t source_id = 0;
};

// On every day some people are active, each with about fifteen events of a few kinds; rows lie in the order of time, as
// they would have come. Every row has a message id. `accounts`: ids.
void prefill(const std::filesystem::path& events_file, const std::vector<std::int64_t>& accounts,
             const PrefillSettings& settings);

}  // namespace banso::bench
