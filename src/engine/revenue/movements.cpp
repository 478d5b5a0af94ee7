#include "movements.hpp"

#include <algorithm>
#include <array>

namespace banso::engine::revenue {

namespace {

struct KindName {
  std::string_view key;
  core::Text name;
};

const std::array<KindName, movement_kind_count>& kind_names() {
  static const std::array<KindName, movement_kind_count> names = {{
      {"new", {"New", "新規"}},
      {"reactivation", {"Reactivation", "復活"}},
      {"expansion", {"Expansion", "拡大"}},
      {"contraction", {"Contraction", "縮小"}},
      {"churn", {"Churn", "解約"}},
      {"transfer_in", {"Transferred in", "移管(受入)"}},
      {"transfer_out", {"Transferred out", "移管(転出)"}},
      {"currency", {"Exchange rates", "為替影響"}},
  }};
  return names;
}

}  // namespace

std::string_view key_of(MovementKind kind) {
  return kind_names()[static_cast<std::size_t>(kind)].key;
}

const core::Text& name_of(MovementKind kind) {
  return kind_names()[static_cast<std::size_t>(kind)].name;
}

std::optional<MovementKind> movement_kind(std::string_view key) {
  const auto& names = kind_names();
  const auto found = std::find_if(names.begin(), names.end(), [&](const KindName& each) { return each.key == key; });
  if (found == names.end()) return std::nullopt;
  return static_cast<MovementKind>(found - names.begin());
}

}  // namespace banso::engine::revenue
