// The digest: what one person should know this morning, as a mail. Composing is pure; when it is due as well. Internal
// to the module.
#pragma once

#include "list.hpp"

namespace banso::work {

enum class Cadence { off, daily, weekly };
std::string_view word_of(Cadence cadence);
std::optional<Cadence> cadence_from(std::string_view word);

struct DigestSetting {
  Cadence cadence = Cadence::off;
  int hour = 8;  // of the person's clock
};
// Of people who never chose: those who work on calls get it daily.
DigestSetting usual_setting(const Person& person);

// The local day for which a digest is due now; nothing: none is. Business days only; weekly on the first of the week.
// Due from its hour to the end of the day: what could not be sent at its hour is sent later.
std::optional<core::Day> due_digest(const DigestSetting& setting, core::Instant now, int offset_minutes,
                                    const core::BusinessCalendar& calendar);
// When the next one is due after now.
std::optional<core::Instant> next_digest(const DigestSetting& setting, core::Instant now,
                                         const std::function<int(core::Instant)>& offset_minutes_at,
                                         const core::BusinessCalendar& calendar);

struct DigestContent {
  Person person;
  core::Day day;  // of the person's clock
  RankingPtr ranking;
  ListSummary summary;
  std::vector<ListedCall> top_calls;
  TaskCounts task_counts;
  std::vector<Task> tasks;  // overdue and due today
  std::map<core::AccountId, std::string> account_names;
  std::int64_t unread_notices = 0;
  std::vector<Notice> notices;
  std::vector<DigestPart> parts;
  std::string public_url;
  bool is_empty() const;
};
DigestMail compose(const DigestContent& content);

}  // namespace banso::work
