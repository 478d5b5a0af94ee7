// Finds the route of a request in a time that does not grow with the number of routes.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/http/http.hpp"

namespace banso::platform::http {

std::optional<Method> method_from(std::string_view name);  // HEAD counts as GET
std::string_view name_of(Method method);                   // as on the wire

class RouteTable {
 public:
  explicit RouteTable(Routes routes);
  RouteTable(const RouteTable&) = delete;  // matches point into it
  RouteTable(RouteTable&&) = default;

  // What answers at one address.
  struct Match {
    std::array<const Route*, 5> by_method{};  // by the number of the Method
    std::map<std::string, std::string> parameters;

    const Route* of(Method method) const { return by_method[static_cast<std::size_t>(method)]; }
    bool known() const;
    bool takes_write_key() const;  // any of its methods
    std::string methods() const;   // "GET, POST, OPTIONS", for the header Allow
  };
  // Fixed words win over parameters ("/api/users/choices" over "/api/users/{id}"), method by method.
  Match find(std::string_view path) const;

  const Routes& routes() const { return routes_; }

 private:
  struct Pattern {
    std::vector<std::string> segments;
    std::array<const Route*, 5> by_method{};
  };
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Routes routes_;
  std::unordered_map<std::string, std::array<const Route*, 5>, TextHash, std::equal_to<>> fixed_;
  std::map<std::size_t, std::vector<Pattern>> with_parameters_;  // by number of segments; fewer parameters first
};

}  // namespace banso::platform::http
