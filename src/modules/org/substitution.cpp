#include "substitution.hpp"

#include <algorithm>
#include <vector>

namespace banso::org {

Substitution::Substitution(std::span<const Absence> absences, core::Day day) {
  std::unordered_map<core::UserId, const Absence*> chosen;
  for (const auto& absence : absences) {
    if (day < absence.from_day || !(day < absence.until_day)) continue;
    const auto [place, is_new] = chosen.try_emplace(absence.user, &absence);
    const auto key = [](const Absence& one) { return std::pair(one.from_day, one.id); };
    if (!is_new && key(*place->second) < key(absence)) place->second = &absence;
  }
  for (const auto& [user, absence] : chosen) substitutes_.emplace(user, absence->substitute);
}

core::UserId Substitution::stand_in(core::UserId user) const {
  std::vector<core::UserId> way{user};
  while (true) {
    const auto away = substitutes_.find(way.back());
    if (away == substitutes_.end()) return way.back();
    if (!away->second || std::find(way.begin(), way.end(), away->second) != way.end()) return user;
    way.push_back(away->second);
  }
}

Responsible Substitution::responsible(core::UserId user) const {
  const auto acting = user ? stand_in(user) : user;
  return {acting, acting == user ? core::UserId{} : user};
}

}  // namespace banso::org
