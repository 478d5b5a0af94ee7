#include "freshness.hpp"

#include <algorithm>

namespace banso::health {
namespace {

using engine::Day;

void note(SourceFreshness& fresh, Day happened, Day known, Day as_of) {
  if (known > as_of || happened > as_of) return;
  ++fresh.rows;
  fresh.newest_day = std::max(fresh.newest_day, happened);
  fresh.newest_known_day = std::max(fresh.newest_known_day, known);
}

SourceFreshness of_usage(const engine::UsageColumns& usage, Day as_of) {
  SourceFreshness fresh;
  for (std::size_t i = 0; i < usage.days.size(); ++i) {
    const Day day{usage.days[i]};
    note(fresh, day, day + usage.delay_days[i], as_of);
  }
  return fresh;
}

// Superseded versions are left out: a corrected ticket is one ticket.
template <class Row>
SourceFreshness of_rows(const engine::PerAccount<Row>& facts, Day Row::*happened, Day as_of) {
  SourceFreshness fresh;
  for (const Row& row : facts.rows) {
    if (row.known.at(as_of)) note(fresh, row.*happened, row.known.from, as_of);
  }
  return fresh;
}

}  // namespace

std::string_view word_of(FactSource source) {
  static constexpr std::string_view words[] = {"usage",   "contracts",    "tickets",
                                               "surveys", "interactions", "attendance"};
  return words[static_cast<std::size_t>(source)];
}

core::Text name_of(FactSource source) {
  static const core::Text names[] = {{"Product usage", "製品の利用"}, {"Contracts", "契約"},
                                     {"Tickets", "問い合わせ"},       {"Surveys", "アンケート"},
                                     {"Interactions", "活動記録"},    {"Content and events", "コンテンツ・イベント"}};
  return names[static_cast<std::size_t>(source)];
}

void SourceFreshness::add(const SourceFreshness& other) {
  rows += other.rows;
  newest_day = std::max(newest_day, other.newest_day);
  newest_known_day = std::max(newest_known_day, other.newest_known_day);
}

Freshness freshness_of(const engine::Book& book, Day as_of) {
  return {of_usage(book.usage(), as_of),
          of_rows(book.subscriptions(), &engine::Subscription::start, as_of),
          of_rows(book.tickets(), &engine::Ticket::opened, as_of),
          of_rows(book.surveys(), &engine::SurveyAnswer::day, as_of),
          of_rows(book.interactions(), &engine::Interaction::day, as_of),
          of_rows(book.attendance(), &engine::Attendance::day, as_of)};
}

void add(Freshness& to, const Freshness& other) {
  for (std::size_t i = 0; i < fact_source_count; ++i) to[i].add(other[i]);
}

}  // namespace banso::health
