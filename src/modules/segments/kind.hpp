// The kind "segment": what its bodies mean. Internal to the module.
#pragma once

#include "segments.hpp"

namespace banso::segments {

struct SegmentBody {
  core::Text name;
  std::string description;
  std::string condition_json;
};
// Of a body that was checked.
SegmentBody read_body(std::string_view body);

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

// The published segments as the book wants them, by key.
std::vector<health::SegmentRule> published_segments(definitions::Service& definitions);

// Refused with the way where `key`, with this condition, would lead back to itself through the published segments.
core::Result<> check_references(const std::string& key, const std::string& condition_json,
                                const std::map<std::string, std::string>& others);

}  // namespace banso::segments
