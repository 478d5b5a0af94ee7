#include "level_overrides.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "core/day_in_words.hpp"
#include "platform/versioned/versioned.hpp"

namespace banso::health {
namespace {

namespace records = platform::records;
namespace versioned = platform::versioned;

struct Override : versioned::Recorded {
  static constexpr std::string_view entity = "level_override", table = "level_override";
  core::AccountId account;
  std::string level, reason;
  core::Day from;
  std::optional<core::Day> until;
  core::UserId author;
  std::string author_name;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("level", self.level);
    visit("reason", self.reason);
    visit("from_day", self.from);
    visit("until_day", self.until);
    visit("author_user_id", self.author);
    visit("author_name", self.author_name);
  }
  bool operator==(const Override&) const = default;
};

std::optional<Override> present(records::Session& session, core::AccountId account) {
  auto found = versioned::load<Override>(session, " WHERE account_id = :1", {account.value});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// What is done on a book day that lies behind the clock was known on that day, not later.
core::Instant known_on(core::Day book_day, core::Instant now) {
  const core::Instant noon{core::start_of(book_day).microseconds + 12 * 3'600 * core::microseconds_per_second};
  return std::min(noon, now);
}

// A change that only brings the end forward.
bool is_lifted(const std::optional<Override>& before, const Override& after) {
  return before && after.until && before->from == after.from && before->level == after.level &&
         before->reason == after.reason && (!before->until || *after.until < *before->until);
}

core::Text told(const std::optional<Override>& before, const Override& after,
                const std::function<core::Text(std::string_view)>& level_name) {
  const auto level = level_name(after.level);
  if (is_lifted(before, after)) {
    return {"Level set by hand was lifted: " + level.en, "レベルの手動設定を解除: " + level.ja};
  }
  if (!after.until) return {"Level set by hand: " + level.en, "レベルを手動で設定: " + level.ja};
  const auto last = core::day_in_words(*after.until + -1);
  return {"Level set by hand until " + last.en + ": " + level.en,
          "レベルを手動で設定(" + last.ja + "まで): " + level.ja};
}

core::Error forbidden() {
  return {core::ErrorCode::forbidden,
          {"Setting a level takes the role CSM or above.", "レベルの手動設定には担当者(CSM)以上の権限が必要です。"},
          {}};
}

}  // namespace

core::Result<> LevelOverrides::set(const core::Caller& caller, const LevelOverride& value) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  database_->write([&](records::Session& session) {
    versioned::Writer writer(session, records::Provenance::by(caller, value.reason), {});
    const auto before = present(session, value.account);
    Override after = before.value_or(Override{});
    after.account = value.account;
    after.level = value.level;
    after.reason = value.reason;
    after.from = value.from;
    after.until = value.until;
    after.author = caller.user;
    after.author_name = caller.name;
    if (before) {
      writer.change(*before, after, known_on(value.from, writer.now()));
    } else {
      writer.create(after, known_on(value.from, writer.now()));
    }
  });
  return {};
}

core::Result<> LevelOverrides::lift(const core::Caller& caller, core::AccountId account, core::Day today) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  return database_->write([&](records::Session& session) -> core::Result<> {
    const auto before = present(session, account);
    if (!before || (before->until && *before->until <= today)) {
      return core::Error::not_found(
          {"No level is set by hand on this account.", "この顧客のレベルは手動で設定されていません。"});
    }
    versioned::Writer writer(session, records::Provenance::by(caller), {});
    Override after = *before;
    after.until = today;
    writer.change(*before, after, known_on(today, writer.now()));
    return {};
  });
}

void LevelOverrides::each(std::span<const core::AccountId> accounts, int utc_offset_minutes,
                          const std::function<void(const LevelOverride&)>& visit) const {
  if (!database_ || accounts.empty()) return;
  database_->read([&](records::Session& session) {
    versioned::each_span<Override>(session, accounts, [&](const versioned::Span<Override>& span) {
      customers::KnownSpan known{core::day_of(span.from, utc_offset_minutes)};
      if (span.until) known.until = core::day_of(*span.until, utc_offset_minutes);
      if (known.from >= known.until) return;
      const auto& record = span.record;
      visit({record.account, known, record.level, record.reason, record.from, record.until, record.author,
             record.author_name});
    });
  });
}

std::vector<customers::TimelineEntry> LevelOverrides::timeline(
    core::AccountId account, core::Instant known_at,
    const std::function<core::Text(std::string_view)>& level_name) const {
  std::vector<customers::TimelineEntry> entries;
  if (!database_) return entries;
  database_->read([&](records::Session& session) {
    std::optional<Override> before;
    std::map<core::Instant, std::string> actors;
    versioned::each_span<Override>(session, std::span(&account, 1), [&](const versioned::Span<Override>& span) {
      if (span.from > known_at) return;
      const auto& after = span.record;
      if (!before) {
        for (const auto& version : records::versions_of(session, Override::entity, after.id)) {
          actors[version.known_at] = version.actor_name;
        }
      }
      entries.push_back({"level", after.id, span.from, false, told(before, after, level_name),
                         is_lifted(before, after) ? "" : after.reason, actors[span.from], "{}"});
      before = after;
    });
  });
  return entries;
}

}  // namespace banso::health
