#include "segment_references.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace banso::engine {
namespace {

namespace json = boost::json;

constexpr std::string_view segments_field = "segments";

void add(std::string_view text, std::vector<std::string>& keys) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return;
  std::string key(text.substr(first, text.find_last_not_of(" \t") - first + 1));
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

void collect(const json::value& node, std::vector<std::string>& keys) {
  const auto* object = node.if_object();
  if (!object) return;
  if (const auto* rules = object->if_contains("rules"); rules && rules->is_array()) {
    for (const auto& rule : rules->get_array()) collect(rule, keys);
    return;
  }
  const auto* field = object->if_contains("field");
  const auto* value = object->if_contains("value");
  if (!field || !field->is_string() || field->get_string() != segments_field || !value) return;
  if (const auto* list = value->if_array()) {
    for (const auto& item : *list) {
      if (item.is_string()) add({item.get_string().data(), item.get_string().size()}, keys);
    }
  } else if (const auto* text = value->if_string()) {  // lists may be written with commas
    std::string_view rest(text->data(), text->size());
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      add(rest.substr(0, end), keys);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

void collect_fields(const json::value& node, std::vector<std::string>& fields) {
  const auto* object = node.if_object();
  if (!object) return;
  if (const auto* rules = object->if_contains("rules"); rules && rules->is_array()) {
    for (const auto& rule : rules->get_array()) collect_fields(rule, fields);
    return;
  }
  const auto* field = object->if_contains("field");
  if (field && field->is_string()) add({field->get_string().data(), field->get_string().size()}, fields);
}

// Depth first: a segment is done when all it speaks of are.
class Walk {
 public:
  explicit Walk(const std::map<std::string, std::string>& conditions) {
    for (const auto& [key, condition] : conditions) references_[key] = referenced_segments(condition);
  }

  SegmentOrder run() && {
    for (const auto& [key, references] : references_) visit(key);
    return std::move(order_);
  }

  std::vector<std::string> run_from(const std::string& key) && {
    return references_.contains(key) ? visit(key) : std::vector<std::string>();
  }

 private:
  enum class State { open, done };

  // Where the way from here leads back, the rest of it; empty where it does not.
  std::vector<std::string> visit(const std::string& key) {
    if (const auto known = order_.cycles.find(key); known != order_.cycles.end()) return known->second;
    const auto [state, is_new] = states_.try_emplace(key, State::open);
    if (!is_new) return state->second == State::open ? std::vector<std::string>{key} : std::vector<std::string>();
    std::vector<std::string> cycle;
    for (const auto& next : references_.at(key)) {
      if (!references_.contains(next)) continue;
      cycle = visit(next);
      if (!cycle.empty()) break;
    }
    states_[key] = State::done;
    if (cycle.empty()) {
      order_.keys.push_back(key);
      return {};
    }
    cycle.insert(cycle.begin(), key);
    order_.cycles[key] = cycle;
    return cycle;
  }

  std::map<std::string, std::vector<std::string>> references_;
  std::map<std::string, State> states_;
  SegmentOrder order_;
};

}  // namespace

namespace {

// Whatever cannot be read says nothing.
json::value read(std::string_view condition_json) {
  boost::system::error_code problem;
  json::parse_options options;
  options.max_depth = 64;
  auto root = json::parse(condition_json, problem, {}, options);
  return problem ? json::value() : root;
}

}  // namespace

std::vector<std::string> referenced_segments(std::string_view condition_json) {
  std::vector<std::string> keys;
  collect(read(condition_json), keys);
  return keys;
}

std::vector<std::string> referenced_fields(std::string_view condition_json) {
  std::vector<std::string> fields;
  collect_fields(read(condition_json), fields);
  return fields;
}

SegmentOrder order_segments(const std::map<std::string, std::string>& conditions) {
  return Walk(conditions).run();
}

std::vector<std::string> cycle_from(const std::string& key, const std::map<std::string, std::string>& conditions) {
  return Walk(conditions).run_from(key);
}

}  // namespace banso::engine
