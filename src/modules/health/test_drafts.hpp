// Changes of the published scorecard, for tests.
#pragma once

#include "test_house.hpp"

namespace banso::health {

inline const core::Caller test_leader{core::UserId{77}, "Leader", core::Role::leader, core::Language::en};
inline const definitions::Name common_scorecard{"scorecard", "health"};

// The published scorecard with all weight but a little on one of its groups.
inline std::string with_heavy_group(TestHouse& house, std::size_t heavy) {
  auto body = boost::json::parse(*house.definitions->get(common_scorecard).value().body);
  auto& groups = body.at("groups").as_array();
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].as_object()["weight"] = i == heavy ? 100 : 1;
  return boost::json::serialize(body);
}

inline void draft_heavy_group(TestHouse& house, std::size_t heavy) {
  house.definitions->put_draft(test_leader, common_scorecard, with_heavy_group(house, heavy)).value();
}

inline void publish_heavy_group(TestHouse& house, std::size_t heavy) {
  draft_heavy_group(house, heavy);
  house.definitions->publish(test_leader, common_scorecard, "another weight").value();
}

}  // namespace banso::health
