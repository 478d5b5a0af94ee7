// A win as it is stored. See platform/versioned/fields.hpp. Internal to the module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/versioned/versioned.hpp"
#include "proof.hpp"

namespace banso::proof {

namespace records = platform::records;
namespace versioned = platform::versioned;

// Found by argument-dependent look-up when a record is stored.
inline std::string_view to_word(WinKind kind) {
  return word_of(kind);
}
inline bool from_word(std::string_view word, WinKind& kind) {
  const auto found = win_kind_from(word);
  kind = found.value_or(WinKind::other);
  return found.has_value();
}

struct Win : versioned::Recorded {
  static constexpr std::string_view entity = "win", table = "win";
  std::string unique_key;
  core::AccountId account;
  core::Day day;
  WinKind kind = WinKind::other;
  std::string title_en, title_ja;
  std::string story;
  std::optional<std::int64_t> value_minor;
  std::vector<core::UserId> people;
  std::string evidence = "[]";
  bool is_automatic = false;
  core::UserId recorded_by;
  core::Instant recorded_at;
  bool is_removed = false;  // kept, so that one found from outcomes does not come back

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("unique_key", self.unique_key);
    visit("account_id", self.account);
    visit("win_day", self.day);
    visit("kind", self.kind);
    visit("title_en", self.title_en);
    visit("title_ja", self.title_ja);
    visit("story", self.story);
    visit("value_minor", self.value_minor);
    visit("people", self.people);
    visit("evidence", self.evidence);
    visit("is_automatic", self.is_automatic);
    visit("recorded_by", self.recorded_by);
    visit("recorded_at_us", self.recorded_at);
    visit("is_removed", self.is_removed);
  }
  core::Text title() const { return {title_en, title_ja}; }
  bool operator==(const Win&) const = default;

  // Keeps the list of who took part beside the row, for "the wins of a person".
  static void on_row(records::Session& session, const Win* before, const Win* after) {
    const auto id = before ? before->id : after->id;
    if (before) session.execute("DELETE FROM win_person WHERE win_id = :1", {id});
    if (!after) return;
    for (const auto person : after->people) {
      session.execute(
          "INSERT INTO win_person (win_id, user_id) VALUES (:1, :2) ON CONFLICT (win_id, user_id) DO NOTHING",
          {id, person});
    }
  }
};

}  // namespace banso::proof
