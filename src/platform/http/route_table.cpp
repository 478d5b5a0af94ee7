#include "platform/http/route_table.hpp"

#include <algorithm>

namespace banso::platform::http {
namespace {

constexpr std::pair<const char*, Method> method_names[] = {{"GET", Method::get},
                                                           {"POST", Method::post},
                                                           {"PUT", Method::put},
                                                           {"PATCH", Method::patch},
                                                           {"DELETE", Method::del}};

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  std::size_t begin = 1;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    segments.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_parameter(pattern[i]) && pattern[i] != path[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<Method> method_from(std::string_view name) {
  if (name == "HEAD") return Method::get;
  for (const auto& [word, method] : method_names) {
    if (name == word) return method;
  }
  return std::nullopt;
}

std::string_view name_of(Method method) {
  return method_names[static_cast<std::size_t>(method)].first;
}

bool RouteTable::Match::known() const {
  return std::ranges::any_of(by_method, [](const Route* route) { return route != nullptr; });
}

bool RouteTable::Match::takes_write_key() const {
  return std::ranges::any_of(
      by_method, [](const Route* route) { return route != nullptr && route->permission == Permission::write_key; });
}

std::string RouteTable::Match::methods() const {
  std::string names;
  for (const auto& [name, method] : method_names) {
    if (of(method) != nullptr) names.append(name).append(", ");
  }
  return names + "OPTIONS";
}

RouteTable::RouteTable(Routes routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) {
    const auto method = static_cast<std::size_t>(route.method);
    if (route.pattern.find('{') == std::string::npos) {
      fixed_[route.pattern][method] = &route;
      continue;
    }
    const auto words = split_path(route.pattern);
    const std::vector<std::string> segments(words.begin(), words.end());
    auto& patterns = with_parameters_[segments.size()];
    auto same = std::ranges::find(patterns, segments, &Pattern::segments);
    if (same == patterns.end()) same = patterns.insert(same, Pattern{segments, {}});
    same->by_method[method] = &route;
  }
  const auto parameters = [](const Pattern& pattern) { return std::ranges::count_if(pattern.segments, is_parameter); };
  for (auto& [count, patterns] : with_parameters_) std::ranges::stable_sort(patterns, {}, parameters);
}

RouteTable::Match RouteTable::find(std::string_view path) const {
  Match match;
  if (const auto exact = fixed_.find(path); exact != fixed_.end()) match.by_method = exact->second;
  // A pattern may answer the methods that the fixed address does not.
  const auto words = split_path(path);
  const auto patterns = with_parameters_.find(words.size());
  if (patterns == with_parameters_.end()) return match;
  for (const Pattern& pattern : patterns->second) {
    if (!fits(pattern.segments, words)) continue;
    bool used = false;
    for (std::size_t method = 0; method < match.by_method.size(); ++method) {
      if (match.by_method[method] != nullptr || pattern.by_method[method] == nullptr) continue;
      match.by_method[method] = pattern.by_method[method];
      used = true;
    }
    if (!used) continue;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string& word = pattern.segments[i];
      if (is_parameter(word)) match.parameters.try_emplace(word.substr(1, word.size() - 2), words[i]);
    }
  }
  return match;
}

}  // namespace banso::platform::http
