// The line that a benchmark prints for each figure it measured.
#pragma once

#include <iostream>
#include <optional>
#include <string>

#include <fmt/format.h>

namespace banso::bench {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::string peer;  // empty: none
  double peer_value = 0;
  double ratio = 0;  // of value to the peer's
  double target = 0;
  std::optional<bool> met;  // nothing: not measured at the size that the target is for
};

inline void print(const Figure& figure) {
  const bool has_peer = !figure.peer.empty();
  std::cout
      << fmt::format(
             R"({{"name":"{}","value":{:.6g},"unit":"{}","peer":{},"peer_value":{},"ratio":{},"target":{:g},"met":{}}})",
             figure.name, figure.value, figure.unit, has_peer ? '"' + figure.peer + '"' : "null",
             has_peer ? fmt::format("{:.6g}", figure.peer_value) : "null",
             has_peer ? fmt::format("{:.4f}", figure.ratio) : "null", figure.target,
             figure.met ? (*figure.met ? "true" : "false") : "null")
      << std::endl;
}

}  // namespace banso::bench
