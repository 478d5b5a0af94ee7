// Keeps the managed attributes of accounts, engagement model and team, in step with the book, the models and the teams.
// Internal to the module.
#pragma once

#include <mutex>
#include <unordered_map>

#include "engagement.hpp"
#include "store.hpp"

namespace banso::org {

// Threading: look() one at a time (it locks).
class AttributeKeeper {
 public:
  AttributeKeeper(const Dependencies& from, Store& store) : from_(from), store_(store) {}

  // Writes what differs between the book and the last look; after a change of models or teams, and at first, compares
  // all accounts. The same twice changes nothing. Where it throws, the next look compares everything.
  void look(const health::BookViewPtr& book);

 private:
  struct Kept {
    std::string model, team;
    bool operator==(const Kept&) const = default;
  };
  // What models and teams there are; another text, another meaning.
  struct Rules {
    std::vector<EngagementModel> models;
    std::vector<Team> teams;
    std::string fingerprint;
  };

  Rules read_rules();
  void define(const Rules& rules);
  void look_at_all(const health::BookView& book, const Rules& rules);
  void look_at(const health::BookView& book, const Rules& rules, std::span<const std::uint32_t> rows);
  // `model_of` by position in `rows`.
  void keep(const health::BookView& book, std::span<const std::uint32_t> rows, std::span<const CompiledModel> models,
            std::span<const std::size_t> model_of, const std::unordered_map<core::AccountId, core::UserId>& owners,
            const std::vector<Team>& teams);
  void write(std::vector<std::pair<core::AccountId, Kept>> changes);

  const Dependencies& from_;
  Store& store_;
  std::mutex mutex_;
  health::BookViewPtr previous_;
  std::string fingerprint_;
  std::unordered_map<core::AccountId, Kept> kept_;
};

// By user the key of the team that their accounts count for: by size before by function, then the eldest.
std::unordered_map<core::UserId, std::string> team_of_users(std::span<const Team> teams);

}  // namespace banso::org
