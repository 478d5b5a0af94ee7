#include "digest.hpp"

#include <array>

#include <fmt/format.h>

#include "core/money_in_words.hpp"

namespace banso::work {
namespace {

using core::Text;

constexpr std::int64_t microseconds_per_hour = 3'600 * core::microseconds_per_second;
constexpr int looks_ahead_days = 30;

int local_hour(core::Instant now, int offset_minutes) {
  const auto local = now.microseconds + std::int64_t{offset_minutes} * 60 * core::microseconds_per_second;
  const auto of_day = (local % core::microseconds_per_day + core::microseconds_per_day) % core::microseconds_per_day;
  return static_cast<int>(of_day / microseconds_per_hour);
}

bool is_digest_day(Cadence cadence, core::Day day, const core::BusinessCalendar& calendar) {
  if (cadence == Cadence::off || !calendar.is_business_day(day)) return false;
  return cadence == Cadence::daily || calendar.on_or_after(day - core::weekday(day)) == day;
}

std::string escaped(const std::string& text) {
  std::string html;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += letter;
    }
  }
  return html;
}

Text day_with_weekday(core::Day day) {
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  static constexpr std::array weekdays_en{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array weekdays_ja{"月", "火", "水", "木", "金", "土", "日"};
  const auto date = core::year_month_day(day);
  const auto weekday = static_cast<std::size_t>(core::weekday(day));
  return {fmt::format("{}, {} {}", weekdays_en[weekday], months[static_cast<std::size_t>(date.month - 1)], date.day),
          fmt::format("{}月{}日({})", date.month, date.day, weekdays_ja[weekday])};
}

// Writes text and HTML side by side, so that neither says more than the other.
class Page {
 public:
  Page(core::Language language, std::string public_url) : language_(language), public_url_(std::move(public_url)) {}

  void heading(const Text& words) {
    text_ += "\n■ " + words.in(language_) + "\n";
    html_ += "<h2 style=\"font-size:16px;margin:24px 0 8px\">" + escaped(words.in(language_)) + "</h2>";
  }
  void paragraph(const Text& words) {
    text_ += words.in(language_) + "\n";
    html_ += "<p style=\"margin:0 0 8px\">" + escaped(words.in(language_)) + "</p>";
  }
  // One line of a list with what is said about it below.
  void line(const std::string& words, const std::string& detail, const std::string& path) {
    const bool has_link = !public_url_.empty() && !path.empty();
    text_ += "・" + words + "\n";
    if (!detail.empty()) text_ += "  " + detail + "\n";
    if (has_link) text_ += "  " + public_url_ + path + "\n";
    html_ += "<p style=\"margin:0 0 10px\">";
    html_ += has_link ? fmt::format("<a href=\"{}\" style=\"color:#0b6b5d\">{}</a>", escaped(public_url_ + path),
                                    escaped(words))
                      : escaped(words);
    if (!detail.empty()) html_ += "<br><span style=\"color:#555\">" + escaped(detail) + "</span>";
    html_ += "</p>";
  }
  std::string text() const { return text_; }
  std::string html() const {
    return fmt::format(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif;"
        "font-size:14px;line-height:1.6;color:#222;max-width:640px\">{}</body></html>",
        core::language_tag(language_), html_);
  }

 private:
  const core::Language language_;
  const std::string public_url_;
  std::string text_, html_;
};

void write_calls(Page& page, const DigestContent& content) {
  if (content.top_calls.empty()) return;
  const auto language = content.person.language;
  page.heading({"Calls to action that matter most", "優先度の高いアクション"});
  for (const auto& listed : content.top_calls) {
    const auto why = ranked_because(content.ranking->input_of(listed.ranked), content.ranking->currency);
    page.line(
        listed.ranked.account->name + (language == core::Language::ja ? ":" : ": ") + listed.call.title.in(language),
        why.in(language), fmt::format("/cockpit?scope=all&panel={}", listed.call.id.value));
  }
}

void write_tasks(Page& page, const DigestContent& content) {
  if (content.tasks.empty()) return;
  const auto language = content.person.language;
  page.heading({"Tasks due", "期限を迎えるタスク"});
  for (const auto& task : content.tasks) {
    const auto due = day_with_weekday(task.due);
    const Text when = task.due < content.ranking->today() ? Text{"overdue since " + due.en, due.ja + "が期限(超過)"}
                                                          : Text{"due today", "本日が期限"};
    const auto name = content.account_names.find(task.account);
    page.line(task.title.in(language) + (name == content.account_names.end() ? "" : " — " + name->second),
              when.in(language),
              task.call ? fmt::format("/cockpit?scope=all&panel={}", task.call.value) : std::string("/cockpit"));
  }
}

void write_notices(Page& page, const DigestContent& content) {
  if (content.notices.empty()) return;
  page.heading({fmt::format("Unread notices ({})", content.unread_notices),
                fmt::format("未読のお知らせ({}件)", content.unread_notices)});
  for (const auto& notice : content.notices) {
    page.line(notice.text.in(content.person.language), "",
              notice.call ? fmt::format("/cockpit?scope=all&panel={}", notice.call.value) : std::string());
  }
}

}  // namespace

std::string_view word_of(Cadence cadence) {
  return cadence == Cadence::daily ? "daily" : cadence == Cadence::weekly ? "weekly" : "off";
}

std::optional<Cadence> cadence_from(std::string_view word) {
  for (const auto cadence : {Cadence::off, Cadence::daily, Cadence::weekly}) {
    if (word_of(cadence) == word) return cadence;
  }
  return std::nullopt;
}

DigestSetting usual_setting(const Person& person) {
  return {person.role == core::Role::csm ? Cadence::daily : Cadence::off};
}

std::optional<core::Day> due_digest(const DigestSetting& setting, core::Instant now, int offset_minutes,
                                    const core::BusinessCalendar& calendar) {
  const auto day = core::day_of(now, offset_minutes);
  if (!is_digest_day(setting.cadence, day, calendar)) return std::nullopt;
  return local_hour(now, offset_minutes) >= setting.hour ? std::optional(day) : std::nullopt;
}

std::optional<core::Instant> next_digest(const DigestSetting& setting, core::Instant now,
                                         const std::function<int(core::Instant)>& offset_minutes_at,
                                         const core::BusinessCalendar& calendar) {
  const auto today = core::day_of(now, offset_minutes_at(now));
  for (int ahead = 0; ahead <= looks_ahead_days; ++ahead) {
    const auto day = today + ahead;
    if (!is_digest_day(setting.cadence, day, calendar)) continue;
    const auto at_hour = [&](int offset) {
      return core::Instant{core::start_of(day, offset).microseconds + setting.hour * microseconds_per_hour};
    };
    // The clock may be put forward or back before then.
    const auto at = at_hour(offset_minutes_at(at_hour(offset_minutes_at(now))));
    if (at > now) return at;
  }
  return std::nullopt;
}

bool DigestContent::is_empty() const {
  return top_calls.empty() && tasks.empty() && notices.empty() && parts.empty();
}

DigestMail compose(const DigestContent& content) {
  const auto language = content.person.language;
  const auto day = day_with_weekday(content.day);
  const auto& summary = content.summary;
  const std::string overdue_en = summary.overdue ? fmt::format(", {} overdue", summary.overdue) : "";
  const std::string overdue_ja = summary.overdue ? fmt::format("(期限超過{}件)", summary.overdue) : "";
  const Text subject{fmt::format("Banso: {} call{} to action{} — {}", summary.calls, summary.calls == 1 ? "" : "s",
                                 overdue_en, day.en),
                     fmt::format("【Banso】本日のアクション{}件{} {}", summary.calls, overdue_ja, day.ja)};
  Page page(language, content.public_url);
  page.paragraph({fmt::format("Good morning, {}.", content.person.name),
                  fmt::format("{}さん、おはようございます。", content.person.name)});
  const auto money = core::money_in_words({summary.arr_minor, content.ranking->currency});
  page.paragraph(
      {fmt::format("You have {} open call{} to action ({} due today{}), at accounts with an ARR of {}. Tasks: {} "
                   "overdue, {} due today.",
                   summary.calls, summary.calls == 1 ? "" : "s", summary.due_today, overdue_en, money.en,
                   content.task_counts.overdue, content.task_counts.due_today),
       fmt::format("対応中のアクションは{}件(本日期限{}件、期限超過{}件)、対象顧客のARRは{}です。タスクは期限超過"
                   "{}件、本日期限{}件です。",
                   summary.calls, summary.due_today, summary.overdue, money.ja, content.task_counts.overdue,
                   content.task_counts.due_today)});
  write_calls(page, content);
  write_tasks(page, content);
  write_notices(page, content);
  for (const auto& part : content.parts) {
    page.heading(part.heading);
    for (const auto& line : part.lines) page.line(line.text.in(language), "", line.path);
  }
  page.paragraph({"You can change when this mail comes, or turn it off, in the cockpit's settings.",
                  "このメールの配信頻度と停止は、コックピットの設定から変更できます。"});
  DigestMail mail;
  mail.unique_key = fmt::format("digest:{}:{}", content.person.id.value, core::to_string(content.day));
  mail.user = content.person.id;
  mail.to_name = content.person.name;
  mail.to_address = content.person.email;
  mail.language = language;
  mail.subject = subject.in(language);
  mail.text = page.text();
  mail.html = page.html();
  return mail;
}

}  // namespace banso::work
