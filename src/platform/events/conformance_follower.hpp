// A table of user-days that follows a store by its changes alone, as daily facts do.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "event_store.hpp"

namespace banso::platform::events {

using UserDayKey = std::tuple<std::int64_t, std::int32_t, std::string, EventKind, std::string, std::int32_t>;
using UserDayTable = std::map<UserDayKey, std::int64_t>;

// Who adds what was added, and reads anew what was rewritten, has what the store has.
class Follower {
 public:
  explicit Follower(EventStore& store) : store_(store) {}
  std::int64_t position() const { return position_; }
  const UserDayTable& table() const { return table_; }

  void follow() {
    const auto changes = store_.changes_since(position_);
    const auto rewritten = [&](const AccountDay& pair) { return std::ranges::binary_search(changes.rewritten, pair); };
    std::erase_if(table_, [&](const auto& entry) {
      return rewritten({{std::get<0>(entry.first)}, {std::get<1>(entry.first)}});
    });
    store_.user_days_of(changes.rewritten, changes.until, [&](const UserDays& piece) {
      for (std::size_t row = 0; row < piece.size(); ++row) add(piece, row);
    });
    if (changes.has_added) {
      store_.user_days_added(position_, changes.until, [&](const UserDays& piece) {
        for (std::size_t row = 0; row < piece.size(); ++row) {
          if (!rewritten({{piece.account_ids[row]}, {piece.days[row]}})) add(piece, row);
        }
      });
    }
    position_ = changes.until;
  }

 private:
  void add(const UserDays& piece, std::size_t row) {
    table_[{piece.account_ids[row], piece.days[row], std::string(piece.person_keys[row]), piece.kinds[row],
            std::string(piece.names[row]), piece.known_days[row]}] += piece.events[row];
  }

  EventStore& store_;
  std::int64_t position_ = 0;
  UserDayTable table_;
};

}  // namespace banso::platform::events
