#include "demo_work.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;

using work::CallKind;
using work::Outcome;
using work::PastCall;
using work::Severity;

constexpr int weeks_back = 30;
constexpr std::size_t most_accounts = 2000;  // a larger book gets calls for its first accounts
constexpr std::size_t calls_at_once = 500;
constexpr int still_open_within_days = 24;
constexpr int renewal_ahead_days = 120, renewals_back_days = 200;
constexpr double nearly_all_seats_percent = 90;

// An even number from two others, the same in every run.
std::uint64_t mixed(std::int64_t a, std::int64_t b) {
  std::uint64_t value = static_cast<std::uint64_t>(a) * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(b);
  value ^= value >> 31;
  value *= 0xBF58476D1CE4E5B9ULL;
  return value ^ (value >> 29);
}

// What one person writes, and how it ends.
struct Story {
  core::Text task;
  core::Text comment;
};
const std::array<Story, 5> risk_stories{{
    {{"Call the champion and ask what changed", "推進担当者に電話し、変化の背景を確認"},
     {"Their project lead moved to another department. The successor starts next week.",
      "プロジェクト責任者が異動されたとのこと。後任の方は来週着任予定です。"}},
    {{"Look through usage by team", "部署別の利用状況を確認"},
     {"Only the head office logs in. The branches were never trained.",
      "本社のみ利用されており、支店への展開研修が未実施でした。"}},
    {{"Offer a training session", "活用研修をご提案"},
     {"They accepted a session for new staff on Thursday.", "新任の方向けの研修を木曜に実施することになりました。"}},
    {{"Review open tickets with support", "未解決の問い合わせをサポートと確認"},
     {"Two tickets about imports were the reason. Support has a fix.",
      "取り込みに関する問い合わせ2件が原因でした。サポートで対応済みです。"}},
    {{"Agree on a recovery plan with the sponsor", "決裁者と改善計画を合意"},
     {"The sponsor wants to see numbers before the budget round.",
      "予算策定の前に効果を数字で示してほしいとのご要望です。"}},
}};
const std::array<Outcome, 5> ends_without_recovery{Outcome::lack_of_engagement, Outcome::lost, Outcome::already_solved,
                                                   Outcome::not_relevant, Outcome::lack_of_engagement};

class Diary {
 public:
  Diary(Application& application, core::Language language)
      : application_(application),
        language_(language),
        today_(application.identity->workspace().book_day()),
        calendar_(application.renewals->calendar()) {}

  core::Result<> write() {
    BANSO_TRY_ASSIGN(book_, application_.health->book());
    const std::size_t count = std::min(book_->size(), most_accounts);
    for (std::size_t row = 0; row < count; ++row) accounts_.push_back(book_->id(row));
    responsible_ = application_.org->responsible(accounts_, org::AccountRole::csm, today_);
    add_falls();
    BANSO_TRY(add_renewals());
    add_full_seats();
    for (std::size_t begin = 0; begin < calls_.size(); begin += calls_at_once) {
      const auto part = std::span(calls_).subspan(begin, std::min(calls_at_once, calls_.size() - begin));
      BANSO_TRY(application_.work->record_history(core::Caller::system("Demo"), part));
    }
    return {};
  }

 private:
  // Within the working day of the vendor, in Tokyo.
  core::Instant at_work(core::Day day, std::uint64_t chance) const {
    const auto minutes = static_cast<std::int64_t>(chance % 420);  // 9:30 to 16:30
    return {core::start_of(calendar_.on_or_after(day), 540).microseconds +
            (570 + minutes) * 60 * core::microseconds_per_second};
  }
  core::Text said(const core::Text& words) const { return {words.in(language_), words.in(language_)}; }

  PastCall begin(core::AccountId account, core::UserId person, CallKind kind, std::string reason, core::Day opened,
                 int due_business_days) const {
    PastCall past;
    past.call.account = account;
    past.call.kind = kind;
    past.call.reason = std::move(reason);
    past.call.source = "signal";
    past.call.source_version = 1;
    past.call.due = calendar_.plus(opened, due_business_days);
    past.opened_at = {core::start_of(opened, 540).microseconds + 2 * 3'600 * core::microseconds_per_second};
    past.responsible = person;
    return past;
  }

  void take_up(PastCall& past, core::Day opened, std::uint64_t chance, const Story& story) const {
    past.started_at = at_work(opened + 1, chance);
    if (chance % 3 != 0)
      past.comments.push_back({past.responsible, at_work(opened + 2, chance / 3), story.comment.in(language_)});
  }

  // A task, done on the way (some late), or still open.
  void add_task(PastCall& past, const core::Text& title, core::Day created, int due_business_days,
                std::optional<core::Day> done, bool required, std::uint64_t chance) const {
    work::PastTask task;
    task.task.title = title;
    task.task.source = "person";
    task.task.required = required;
    task.task.due = calendar_.plus(created, due_business_days);
    task.created_at = at_work(created, chance);
    if (done && *done < today_) {
      const bool is_skipped = !required && chance % 11 == 0;
      task.state = is_skipped ? work::TaskState::skipped : work::TaskState::done;
      task.finished_at = at_work(*done, chance / 5);
      task.finished_by = past.responsible;
      if (is_skipped) task.why = said({"Not needed after the call", "電話で解決したため不要"}).en;
    }
    past.tasks.push_back(std::move(task));
  }

  void close(PastCall& past, core::Day day, Outcome outcome, const core::Text& why, std::uint64_t chance) const {
    past.closed_at = std::max(at_work(day, chance), core::Instant{past.opened_at.microseconds + 1});
    past.outcome = outcome;
    past.why = said(why);
    past.closed_by = past.responsible;
    if (chance % 4 == 0) {
      const bool is_useful = outcome != Outcome::not_relevant && outcome != Outcome::already_solved;
      past.feedback = is_useful ? work::Verdict::useful : work::Verdict::not_useful;
      if (!is_useful) past.feedback_why = said({"We knew already", "すでに把握していた"}).en;
    }
  }

  std::size_t index_of_level(const std::string& level) const {
    const auto& levels = book_->fields().find("level")->best_first;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (levels[i] == level) return i;
    }
    return 0;
  }

  // Each time an account came down to a level that asks for help.
  void add_falls() {
    const auto* field = book_->fields().find("level");
    if (!field || field->best_first.size() < 3) return;
    std::vector<health::AccountDay> questions;
    for (const auto account : accounts_) {
      for (int week = weeks_back; week >= 0; --week) questions.push_back({account, today_ - 7 * week});
    }
    const auto levels = application_.health->past_levels(questions);
    const std::size_t weeks = weeks_back + 1;
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      const auto history = std::span(levels).subspan(i * weeks, weeks);
      std::size_t free_from = 0;  // no second call while one was open
      for (std::size_t week = 1; week < weeks; ++week) {
        if (!history[week - 1] || !history[week] || week < free_from) continue;
        const auto before = index_of_level(*history[week - 1]), after = index_of_level(*history[week]);
        if (after > before && after >= 2) free_from = add_fall(i, history, week);
      }
    }
  }

  // Returns the week from which on the next one may be opened.
  std::size_t add_fall(std::size_t account, std::span<const std::optional<std::string>> history, std::size_t week) {
    const auto fell_to = index_of_level(*history[week]);
    const auto day_of_week = [&](std::size_t each) { return today_ - 7 * (weeks_back - static_cast<int>(each)); };
    const core::Day opened = day_of_week(week);
    const auto chance = mixed(accounts_[account].value, opened.days);
    const auto& levels = book_->fields().find("level")->best_first;
    const auto from = book_->choice_name("level", *history[week - 1]), to = book_->choice_name("level", *history[week]);
    auto past = begin(accounts_[account], responsible_[account].user, CallKind::risk, "signal:level_fall", opened, 10);
    past.call.severity = fell_to + 1 == levels.size()   ? Severity::critical
                         : fell_to + 2 == levels.size() ? Severity::high
                                                        : Severity::medium;
    past.call.title = {fmt::format("Health fell to “{}”", to.en), fmt::format("ヘルスが「{}」に低下", to.ja)};
    past.call.explanation = {
        fmt::format("The health level went from “{}” to “{}” within a week. Find out what changed before it settles.",
                    from.en, to.en),
        fmt::format("ヘルスのレベルが1週間で「{}」から「{}」に下がりました。定着する前に、変化の背景をご確認ください。",
                    from.ja, to.ja)};
    past.call.evidence_json = evidence("level", to, from);
    past.call.hours_estimate = 2;
    std::size_t recovered = week + 1;
    while (recovered < history.size() && history[recovered] && index_of_level(*history[recovered]) >= fell_to)
      ++recovered;
    const bool has_recovered = recovered < history.size();
    const auto& story = risk_stories[chance % risk_stories.size()];
    const int age_days = today_ - opened;
    const bool stays_open = age_days <= still_open_within_days && !has_recovered;
    if (!stays_open || chance % 3 == 0) take_up(past, opened, chance, story);
    const int late_days = chance % 4 == 0 ? 9 : 0;
    const core::Day handled = calendar_.plus(opened, 3) + late_days;
    add_task(past, story.task, opened + 1, 3, handled, true, chance);
    if (chance % 2 == 0) {
      add_task(past, risk_stories[(chance / 7) % risk_stories.size()].task, opened + 3, 5, handled + 4, false,
               chance / 2);
    }
    std::size_t closed_week = history.size();
    if (stays_open) {
      if (chance % 7 == 1) past.snoozed_until = calendar_.plus(today_, 6);
    } else if (has_recovered) {
      closed_week = recovered;
      const core::Day day = std::min(std::max(day_of_week(recovered), handled + 5), today_ - 1);
      close(past, day, chance % 9 == 0 ? Outcome::already_solved : Outcome::success,
            {"The health level is back up", "ヘルスのレベルが回復しました"}, chance);
    } else {
      const core::Day day = std::min(opened + 24 + static_cast<int>(chance % 12), today_ - 1);
      closed_week = week + 4;
      close(past, day, ends_without_recovery[(chance / 3) % ends_without_recovery.size()],
            {"Tried by phone and mail", "電話とメールで対応"}, chance);
    }
    calls_.push_back(std::move(past));
    return stays_open ? history.size() : closed_week + 2;
  }

  core::Result<> add_renewals() {
    BANSO_TRY_ASSIGN(const auto all,
                     application_.renewals->due_between(today_ - renewals_back_days, today_ + renewal_ahead_days));
    std::map<core::AccountId, std::size_t> place;
    for (std::size_t i = 0; i < accounts_.size(); ++i) place[accounts_[i]] = i;
    for (const auto& due : all) {
      const auto found = place.find(due.key.account);
      if (found == place.end()) continue;
      const core::Day opened = due.key.due - renewal_ahead_days;
      const auto chance = mixed(due.key.account.value, due.key.due.days);
      auto past = begin(due.key.account, responsible_[found->second].user, CallKind::renewal,
                        "signal:renewal_due:" + core::to_string(due.key.due), opened, 60);
      past.call.role = org::AccountRole::csm;
      past.call.severity = due.key.due - today_ <= 45 ? Severity::high : Severity::medium;
      past.call.title = {"Ask the renewal question", "更新の意向を確認"};
      past.call.explanation = {
          fmt::format("The contract is due on {}. Ask now, while there is time to change something.",
                      core::to_string(due.key.due)),
          fmt::format("契約の更新日は{}です。改善の余地があるうちに、意向をご確認ください。",
                      core::to_string(due.key.due))};
      past.call.value_at_stake_minor = due.amount_minor;
      past.call.hours_estimate = 3;
      const auto& story = risk_stories[(chance / 5) % risk_stories.size()];
      const bool is_decided = due.outcome != renewals::Outcome::open && due.key.due < today_;
      if (is_decided || chance % 2 == 0) take_up(past, opened + 10, chance, story);
      add_task(past, {"Talk about goals for the next term", "次期の目標をすり合わせ"}, opened + 5, 15,
               opened + 20 + static_cast<int>(chance % 14), true, chance);
      add_task(past, {"Send the quote", "見積書を送付"}, opened + 40, 20, opened + 62 + static_cast<int>(chance % 12),
               true, chance / 3);
      if (is_decided) {
        const bool is_lost = due.outcome == renewals::Outcome::churned;
        const core::Day day = std::min(due.key.due - static_cast<int>(chance % 20), today_ - 1);
        close(past, day, is_lost ? Outcome::lost : Outcome::success,
              is_lost ? core::Text{"They did not renew", "更新に至りませんでした"}
                      : core::Text{"Renewed", "更新いただきました"},
              chance);
      } else if (due.outcome != renewals::Outcome::open) {
        continue;
      }
      calls_.push_back(std::move(past));
    }
    return {};
  }

  void add_full_seats() {
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      const auto row = book_->find(accounts_[i]);
      const auto value = book_->value(*row, "utilisation");
      const auto* share = std::get_if<double>(&value);
      if (!share || *share < nearly_all_seats_percent) continue;
      const auto chance = mixed(accounts_[i].value, 3);
      auto past = begin(accounts_[i], responsible_[i].user, CallKind::opportunity, "signal:seats_nearly_used",
                        today_ - static_cast<int>(chance % 12), 10);
      past.call.severity = Severity::medium;
      past.call.title = {"Seats are nearly used up", "契約席数がほぼ上限"};
      past.call.explanation = {
          fmt::format("{:.0f}% of the seats are in use. Talk about more of them before somebody is locked out.",
                      *share),
          fmt::format("契約席数の{:.0f}%が利用されています。不足する前に、席数の追加をご提案ください。", *share)};
      past.call.evidence_json = evidence("utilisation", health::value_with_unit(*book_, "utilisation", value));
      past.call.value_at_stake_minor = book_->arr_minor(*row) / 5;
      past.call.hours_estimate = 1;
      calls_.push_back(std::move(past));
    }
  }

  std::string evidence(std::string_view field, const core::Text& value,
                       const std::optional<core::Text>& before = {}) const {
    return json::serialize(json::array{json::object{{"field", field},
                                                    {"name", json::from(book_->fields().find(field)->label)},
                                                    {"value", json::from(value)},
                                                    {"before", json::from(before)}}});
  }

  Application& application_;
  const core::Language language_;
  const core::Day today_;
  const core::BusinessCalendar calendar_;
  health::BookViewPtr book_;
  std::vector<core::AccountId> accounts_;
  std::vector<org::Responsible> responsible_;
  std::vector<PastCall> calls_;
};

}  // namespace

core::Result<> add_demo_work(Application& application, core::Language language) {
  return Diary(application, language).write();
}

}  // namespace banso::app
