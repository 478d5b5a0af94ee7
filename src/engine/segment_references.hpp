// Segments that speak of other segments, by rules on the field "segments": which ones, and in what order they can be
// tested.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banso::engine {

// The keys that a condition names, each once, in order of mention. Whatever is not a condition names none.
std::vector<std::string> referenced_segments(std::string_view condition_json);

// The fields that it asks for, each once, in order of mention.
std::vector<std::string> referenced_fields(std::string_view condition_json);

struct SegmentOrder {
  std::vector<std::string> keys;  // each after those it speaks of; without those in `cycles`
  // By key of whoever leads back to itself, or rests on one that does: the way, which ends where it began
  // ("a", "b", "c", "b").
  std::map<std::string, std::vector<std::string>> cycles;
};
// `conditions` by key. Segments that are named and not there have no members and stand in nobody's way.
SegmentOrder order_segments(const std::map<std::string, std::string>& conditions);

// The way from `key` back to a segment on it ("a", "b", "a"); empty where there is none.
std::vector<std::string> cycle_from(const std::string& key, const std::map<std::string, std::string>& conditions);

}  // namespace banso::engine
