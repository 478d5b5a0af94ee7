#include "win_finder.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "core/day_in_words.hpp"
#include "core/money_in_words.hpp"
#include "measuring.hpp"

namespace banso::proof {
namespace {

constexpr int days_per_week = 7;
constexpr int worst_levels = 2;  // an account on one of these is at risk

struct Evidence {
  core::Text words;
  std::optional<std::int64_t> call;
  std::string renewal;
};

std::string evidence_text(std::span<const Evidence> all) {
  boost::json::array items;
  for (const auto& each : all) {
    boost::json::object item{{"words", {{"en", each.words.en}, {"ja", each.words.ja}}}};
    if (each.call) item["call"] = *each.call;
    if (!each.renewal.empty()) item["renewal"] = each.renewal;
    items.emplace_back(std::move(item));
  }
  return boost::json::serialize(items);
}

std::vector<core::UserId> people_of(std::initializer_list<core::UserId> users) {
  std::vector<core::UserId> people;
  for (const auto user : users) {
    if (user && std::find(people.begin(), people.end(), user) == people.end()) people.push_back(user);
  }
  return people;
}

class Finder {
 public:
  Finder(const Dependencies& from, const WinRules& rules)
      : from_(from),
        rules_(rules),
        today_(from.surroundings.book_day()),
        since_(today_ - rules.look_back_days),
        book_(from.health->evaluated_book()) {
    if (const auto* field = book_ ? book_->fields().find("level") : nullptr) {
      level_count_ = static_cast<int>(field->best_first.size());
    }
  }

  std::vector<NewWin> run() {
    if (rules_.rescued) find_rescued();
    if (rules_.renewed_after_risk) find_renewed();
    if (rules_.expanded) find_expanded();
    add_owners();
    return std::move(found_);
  }

 private:
  core::Text level_name(const std::string& key) const {
    return book_ ? book_->choice_name("level", key) : core::Text{key, key};
  }
  core::Text money(std::int64_t amount_minor) const {
    return core::money_in_words({amount_minor, from_.surroundings.reporting_currency()});
  }

  // A risk call closed with success, and on some day after it a better level than on the day it was opened.
  void find_rescued() {
    std::vector<work::Call> calls;
    work::CallQuery query;
    query.is_closed = true;
    query.closed_from = core::start_of(since_, from_.surroundings.utc_offset_minutes());
    from_.work->each_call(query, [&](const work::Call& call) {
      if (call.kind != work::CallKind::risk || call.outcome != work::Outcome::success || !call.closed_day) return;
      if (*call.closed_day <= today_) calls.push_back(call);
    });
    std::vector<health::AccountDay> questions;
    std::vector<std::size_t> first;
    for (const auto& call : calls) {
      first.push_back(questions.size());
      questions.push_back({call.account, call.opened_day});
      const auto last = std::min(today_, *call.closed_day + rules_.rescued_within_days);
      for (auto day = *call.closed_day; day <= last; day = day + days_per_week)
        questions.push_back({call.account, day});
    }
    first.push_back(questions.size());
    const auto scores = from_.health->past_scores(questions);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto& before = scores[first[i]];
      if (before.level.empty()) continue;
      for (auto place = first[i] + 1; place < first[i + 1]; ++place) {
        if (scores[place].level.empty() || scores[place].rank >= before.rank) continue;
        add_rescued(calls[i], before, scores[place], questions[place].day);
        break;
      }
    }
  }

  void add_rescued(const work::Call& call, const health::PastScore& before, const health::PastScore& after,
                   core::Day day) {
    const auto was = level_name(before.level);
    const auto is = level_name(after.level);
    NewWin win;
    win.unique_key = fmt::format("rescued:call:{}", call.id.value);
    win.account = call.account;
    win.day = day;
    win.kind = WinKind::rescued;
    win.title = {fmt::format("Out of risk: from {} to {}", was.en, is.en),
                 fmt::format("リスクを解消: {}から{}へ", was.ja, is.ja)};
    win.people = people_of({call.closed_by, call.responsible});
    const auto score = [](const std::optional<double>& value) { return value ? fmt::format("{:.0f}", *value) : "–"; };
    const Evidence evidence[] = {{{fmt::format("Call \"{}\" closed with success", call.title.en),
                                   fmt::format("アクション「{}」が成功で完了", call.title.ja)},
                                  call.id.value,
                                  ""},
                                 {{fmt::format("Health score {} when it was opened, {} on {}", score(before.score),
                                               score(after.score), core::day_in_words(day).en),
                                   fmt::format("ヘルススコアは開始時{}、{}に{}", score(before.score),
                                               core::day_in_words(day).ja, score(after.score))},
                                  {},
                                  ""}};
    win.evidence_json = evidence_text(evidence);
    valued_.push_back({found_.size(), {call.account, day}});
    found_.push_back(std::move(win));
  }

  // Renewed, and on one of the two worst levels within the time before.
  void find_renewed() {
    const auto due = from_.renewals->due_between(since_, today_);
    if (!due || level_count_ <= worst_levels) return;
    std::vector<const renewals::Due*> renewed;
    std::vector<health::AccountDay> questions;
    const int weeks = rules_.risk_within_days / days_per_week;
    for (const auto& each : *due) {
      if (each.outcome != renewals::Outcome::renewed && each.outcome != renewals::Outcome::renewed_up) continue;
      if (each.amount_minor <= 0) continue;
      renewed.push_back(&each);
      for (int week = 1; week <= weeks; ++week) {
        questions.push_back({each.key.account, each.key.due - week * days_per_week});
      }
    }
    const auto scores = from_.health->past_scores(questions);
    for (std::size_t i = 0; i < renewed.size(); ++i) {
      const health::PastScore* worst = nullptr;
      core::Day worst_day;
      for (int week = 0; week < weeks; ++week) {
        const auto place = i * static_cast<std::size_t>(weeks) + static_cast<std::size_t>(week);
        const auto& score = scores[place];
        if (score.level.empty() || score.rank < level_count_ - worst_levels) continue;
        if (worst && score.rank <= worst->rank) continue;
        worst = &score;
        worst_day = questions[place].day;
      }
      if (worst) add_renewed(*renewed[i], *worst, worst_day);
    }
  }

  void add_renewed(const renewals::Due& due, const health::PastScore& worst, core::Day worst_day) {
    const auto key = renewals::to_string(due.key);
    const auto amount = money(due.amount_minor);
    const auto level = level_name(worst.level);
    NewWin win;
    win.unique_key = "renewed:" + key;
    win.account = due.key.account;
    win.day = due.key.due;
    win.kind = WinKind::renewed;
    win.title = {fmt::format("Renewed after risk: {} a year", amount.en),
                 fmt::format("リスクを乗り越えて更新: 年間{}", amount.ja)};
    win.value_minor = due.amount_minor;
    const Evidence evidence[] = {{{fmt::format("Renewed on {}", core::day_in_words(due.key.due).en),
                                   fmt::format("{}に更新", core::day_in_words(due.key.due).ja)},
                                  {},
                                  key},
                                 {{fmt::format("Level {} on {}", level.en, core::day_in_words(worst_day).en),
                                   fmt::format("{}時点のレベルは{}", core::day_in_words(worst_day).ja, level.ja)},
                                  {},
                                  ""}};
    win.evidence_json = evidence_text(evidence);
    found_.push_back(std::move(win));
  }

  // ARR on the day a contract began against the day before, of customers that were customers before.
  void find_expanded() {
    std::set<Start> starts;
    from_.revenue->each_subscription(customers::Selection::all(), [&](const revenue::SubscriptionFact& fact) {
      if (fact.known.until != customers::KnownSpan::still || fact.is_trial) return;
      if (fact.start >= since_ && fact.start <= today_) starts.insert({fact.account, fact.start});
    });
    std::vector<AccountDayArr> arr;
    for (const auto& start : starts) {
      arr.push_back({{start.account, start.day - 1}, 0});
      arr.push_back({start, 0});
    }
    fill_arr(*from_.revenue, arr);
    for (std::size_t i = 0; i + 1 < arr.size(); i += 2) {
      const auto before = arr[i].arr_minor;
      const auto after = arr[i + 1].arr_minor;
      if (before <= 0) continue;
      const double more = static_cast<double>(after - before);
      if (more * 100 < rules_.expanded_percent * static_cast<double>(before)) continue;
      add_expanded(arr[i + 1].at, before, after);
    }
  }

  void add_expanded(const Start& at, std::int64_t before, std::int64_t after) {
    const auto more = money(after - before);
    const auto was = money(before);
    const auto is = money(after);
    NewWin win;
    win.unique_key = fmt::format("expanded:{}-{}", at.account.value, core::to_string(at.day));
    win.account = at.account;
    win.day = at.day;
    win.kind = WinKind::expanded;
    win.title = {fmt::format("Grew by {} a year", more.en), fmt::format("契約拡大: 年間{}増", more.ja)};
    win.value_minor = after - before;
    const Evidence evidence[] = {{{fmt::format("ARR from {} to {} on {}", was.en, is.en, core::day_in_words(at.day).en),
                                   fmt::format("{}にARRが{}から{}へ", core::day_in_words(at.day).ja, was.ja, is.ja)},
                                  {},
                                  ""}};
    win.evidence_json = evidence_text(evidence);
    found_.push_back(std::move(win));
  }

  // Whoever looks after the account took part; and what a rescued one is worth.
  void add_owners() {
    std::vector<AccountDayArr> arr;
    for (const auto& each : valued_) arr.push_back({each.second, 0});
    fill_arr(*from_.revenue, arr);
    for (std::size_t i = 0; i < arr.size(); ++i) {
      if (arr[i].arr_minor > 0) found_[valued_[i].first].value_minor = arr[i].arr_minor;
    }
    std::vector<core::AccountId> accounts;
    for (const auto& win : found_) accounts.push_back(win.account);
    const auto notes = notes_of(*from_.customers, std::move(accounts));
    for (auto& win : found_) {
      const auto note = notes.find(win.account);
      if (note == notes.end() || !note->second.owner) continue;
      if (win.people.empty()) win.people.push_back(note->second.owner);
    }
    std::erase_if(found_, [&](const NewWin& win) { return !notes.contains(win.account); });
  }

  const Dependencies& from_;
  const WinRules& rules_;
  const core::Day today_, since_;
  const health::BookViewPtr book_;
  int level_count_ = 0;
  std::vector<NewWin> found_;
  std::vector<std::pair<std::size_t, Start>> valued_;
};

}  // namespace

std::vector<NewWin> find_wins(const Dependencies& from, const WinRules& rules) {
  return Finder(from, rules).run();
}

std::map<core::AccountId, AccountNote> notes_of(customers::Service& customers, std::vector<core::AccountId> accounts) {
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  std::map<core::AccountId, AccountNote> notes;
  if (accounts.empty()) return notes;
  customers.each_account(customers::Selection::of(std::move(accounts)), [&](const customers::AccountFact& fact) {
    if (fact.known.until == customers::KnownSpan::still) notes[fact.account] = {fact.name, fact.owner};
  });
  return notes;
}

}  // namespace banso::proof
