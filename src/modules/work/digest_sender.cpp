#include "digest_sender.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::work {
namespace {

using records::Session;

constexpr std::int64_t lease_us = 10 * 60 * core::microseconds_per_second;
constexpr std::int64_t wait_us = 5 * 60 * core::microseconds_per_second;
constexpr int most_attempts = 200;  // a mail server may be away for most of the day
constexpr std::int64_t most_calls = 5, most_tasks = 10, most_notices = 5;
constexpr int part_days = 7;

}  // namespace

std::map<core::UserId, DigestSetting> DigestSender::all_chosen() {
  return desk_->store().database().read([](Session& session) {
    std::map<core::UserId, DigestSetting> settings;
    for (const auto& row : session.query("SELECT user_id, cadence, hour FROM work_digest_setting")) {
      settings[row.id<core::UserId>(0)] = {cadence_from(row.text(1)).value_or(Cadence::off),
                                           static_cast<int>(row.integer(2))};
    }
    return settings;
  });
}

std::optional<DigestSetting> DigestSender::chosen(core::UserId user) {
  const auto settings = all_chosen();
  const auto found = settings.find(user);
  return found == settings.end() ? std::nullopt : std::optional(found->second);
}

void DigestSender::choose(core::UserId user, const DigestSetting& setting) {
  const auto now = desk_->now();
  desk_->store().database().write([&](Session& session) {
    session.execute(
        "INSERT INTO work_digest_setting (user_id, cadence, hour, changed_at_us) VALUES (:1, :2, :3, :4) ON CONFLICT "
        "(user_id) DO UPDATE SET cadence = excluded.cadence, hour = excluded.hour, changed_at_us = "
        "excluded.changed_at_us",
        {user, word_of(setting.cadence), setting.hour, now});
  });
}

std::optional<core::Instant> DigestSender::last_sent(core::UserId user) {
  return desk_->store().database().read([&](Session& session) {
    const auto row = session.query_one(
        "SELECT MAX(sent_at_us) FROM work_digest_sent WHERE user_id = :1 AND sent_at_us IS NOT NULL", {user});
    return row ? row->maybe_instant(0) : std::nullopt;
  });
}

bool DigestSender::claim(core::UserId user, core::Day day) {
  const auto now = desk_->now();
  const core::Instant lease_until{now.microseconds + lease_us};
  return desk_->store().database().write([&](Session& session) {
    const auto taken = session.execute(
        "INSERT INTO work_digest_sent (user_id, day, state, attempts, claimed_at_us, lease_until_at_us, fault) VALUES "
        "(:1, :2, 'claimed', 1, :3, :4, '') ON CONFLICT (user_id, day) DO NOTHING",
        {user, day, now, lease_until});
    if (taken == 1) return true;
    // Composing was cut short, or the mail server was away. What was being handed over is not touched.
    return session.execute(
               "UPDATE work_digest_sent SET state = 'claimed', attempts = attempts + 1, claimed_at_us = :1, "
               "lease_until_at_us = :2 WHERE user_id = :3 AND day = :4 AND state IN ('claimed', 'waiting') AND "
               "lease_until_at_us <= :5 AND attempts < :6",
               {now, lease_until, user, day, now, most_attempts}) == 1;
  });
}

bool DigestSender::mark(core::UserId user, core::Day day, std::string_view from, std::string_view to,
                        const std::string& fault, std::int64_t again_after_us) {
  const auto now = desk_->now();
  return desk_->store().database().write([&](Session& session) {
    return session.execute(
               "UPDATE work_digest_sent SET state = :1, fault = :2, lease_until_at_us = :3, sent_at_us = :4 WHERE "
               "user_id = :5 AND day = :6 AND state = :7",
               {to, fault, core::Instant{now.microseconds + again_after_us},
                to == "sent" ? records::Value(now) : records::Value(), user, day, from}) == 1;
  });
}

DigestContent DigestSender::content_for(const Person& person) {
  DigestContent content;
  content.person = person;
  const auto now = desk_->now();
  content.day = core::day_of(now, desk_->from().surroundings.offset_minutes_at(person.timezone, now));
  ListQuery mine;
  mine.users = std::set{person.id};
  auto page = list_calls(*desk_, mine, 0, most_calls);
  content.ranking = page.ranking;
  content.summary = page.summary;
  content.top_calls = std::move(page.items);
  TaskFilter tasks;
  tasks.users = mine.users;
  tasks.is_finished = false;
  tasks.due_to = page.ranking->today();
  content.task_counts = desk_->store().count_tasks(tasks, page.ranking->today());
  content.tasks = desk_->store().tasks(tasks, 0, most_tasks);
  std::vector<core::AccountId> accounts;
  for (const auto& task : content.tasks) accounts.push_back(task.account);
  if (!accounts.empty()) {
    desk_->from().customers->each_book_row(customers::Selection::of(accounts), [&](const customers::BookRow& row) {
      content.account_names[row.id] = row.name;
    });
  }
  content.unread_notices = desk_->store().count_notices(person.id, true);
  content.notices = desk_->store().notices(person.id, true, 0, most_notices);
  for (const auto& write : parts_) {
    auto part = write(person.id, content.day - part_days);
    if (!part.lines.empty()) content.parts.push_back(std::move(part));
  }
  content.public_url = desk_->from().surroundings.public_url();
  return content;
}

void DigestSender::send(const Person& person, core::Day day) {
  if (!claim(person.id, day)) return;
  auto content = content_for(person);
  content.day = day;
  if (content.is_empty()) {
    mark(person.id, day, "claimed", "empty");
    return;
  }
  const auto mail = compose(content);
  if (!mark(person.id, day, "claimed", "sending")) return;
  const auto sent = desk_->from().surroundings.send_digest(mail);
  if (sent) {
    mark(person.id, day, "sending", "sent");
    return;
  }
  const auto& error = sent.error();
  const bool may_try_again = error.code == core::ErrorCode::unavailable;
  mark(person.id, day, "sending", may_try_again ? "waiting" : "failed", error.message.en, wait_us);
  platform::log::warning(fmt::format("the digest for user {} could not be sent{}: {}", person.id.value,
                                     may_try_again ? ", it is tried again" : "", error.message.en));
}

std::set<std::pair<core::UserId, core::Day>> DigestSender::settled(core::Instant now) {
  constexpr int looks_back_days = 2;  // clocks of people differ by a day at most
  return desk_->store().database().read([&](Session& session) {
    std::set<std::pair<core::UserId, core::Day>> settled;
    for (const auto& row : session.query(
             "SELECT user_id, day FROM work_digest_sent WHERE day >= :1 AND (state NOT IN ('claimed', 'waiting') OR "
             "lease_until_at_us > :2)",
             {core::day_of(now) - looks_back_days, now})) {
      settled.emplace(row.id<core::UserId>(0), row.day(1));
    }
    return settled;
  });
}

void DigestSender::look() {
  const auto now = desk_->now();
  const auto done = settled(now);
  const auto chosen = all_chosen();
  const auto calendar = desk_->from().surroundings.calendar();
  for (const auto& [id, person] : *desk_->people().all()) {
    if (person.disabled || person.email.empty()) continue;
    const auto found = chosen.find(id);
    const auto setting = found == chosen.end() ? usual_setting(person) : found->second;
    const int offset = desk_->from().surroundings.offset_minutes_at(person.timezone, now);
    const auto day = due_digest(setting, now, offset, calendar);
    if (day && !done.contains({id, *day})) send(person, *day);
  }
}

}  // namespace banso::work
