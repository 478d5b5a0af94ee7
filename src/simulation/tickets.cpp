#include "tickets.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "calendar.hpp"
#include "moments.hpp"
#include "texts.hpp"

namespace banso::simulation {
namespace {

using core::Day;
using core::Instant;

constexpr const char* category_keys[] = {"question", "bug", "performance", "billing", "request"};

// Tickets a week. Those who fall silent also stop asking.
double weekly_rate(const Profile& profile, const Course& course, Day day) {
  const Week& week = course.at(profile, day);
  const double trouble = 1.0 + 3.0 * clamp(0.75 - week.quality, 0.0, 1.0);
  const double newness = day < profile.start + 90 ? 1.6 : 1.0;
  return 0.04 * std::sqrt(week.people) * trouble * newness * (0.25 + 1.1 * week.engagement);
}

TicketCategory draw_category(const Week& week, Random& random) {
  const double trouble = clamp(0.8 - week.quality, 0.0, 1.0);
  const double weights[] = {0.45, 0.18 + trouble, 0.10 + 1.5 * trouble, 0.10, 0.14};
  return static_cast<TicketCategory>(random.weighted(weights));
}

TicketPriority draw_priority(TicketCategory category, Random& random) {
  const bool is_trouble = category == TicketCategory::bug || category == TicketCategory::performance;
  const double calm[] = {0.35, 0.55, 0.09, 0.01};
  const double troubled[] = {0.08, 0.47, 0.33, 0.12};
  return static_cast<TicketPriority>(random.weighted(is_trouble ? troubled : calm));
}

// Urgent matters are answered about six times as fast as small ones.
double hurry(TicketPriority priority) {
  static constexpr double factors[] = {1.6, 1.0, 0.5, 0.25};
  return factors[static_cast<int>(priority)];
}

Instant hours_later(Instant from, double hours) {
  return {from.microseconds + static_cast<std::int64_t>(hours * 3600.0) * core::microseconds_per_second};
}

std::optional<int> draw_csat(const Week& week, double answer_hours, Random& random) {
  if (!random.chance(0.35)) return std::nullopt;
  const double felt = 2.2 + 2.9 * week.quality - (answer_hours > 24.0 ? 0.8 : 0.0) + 0.8 * random.normal();
  return static_cast<int>(clamp(felt + 0.5, 1.0, 5.0));
}

}  // namespace

std::vector<Ticket> make_tickets(const Options& options, const Profile& profile, const Course& course,
                                 const People& people) {
  Random random = stream(options, profile.index, Subject::tickets);
  const Phrasebook& texts = phrasebook(profile.language);
  const Instant end = core::start_of(options.until, profile.utc_offset_minutes);
  std::vector<Ticket> tickets;
  for (Day day = std::max(profile.start, first_day_of(options)); day < course.end; day = day + 1) {
    const double daily_rate = weekly_rate(profile, course, day) / 5.0 * share_at_work(day, profile.country);
    for (int left = random.poisson(daily_rate); left > 0; --left) {
      const Week& week = course.at(profile, day);
      const auto requester = draw_person(people, day, random);
      if (!requester) continue;
      const TicketCategory category = draw_category(week, random);
      Ticket ticket{};
      ticket.external_id = fmt::format("{}-T{:04}", profile.external_id, tickets.size() + 1);
      ticket.subject = pick(texts.ticket_subjects[static_cast<int>(category)], random);
      ticket.category = category_keys[static_cast<int>(category)];
      ticket.priority = draw_priority(category, random);
      ticket.opened_at = working_moment(day, profile, random);
      ticket.requester = people.persons[static_cast<std::size_t>(*requester)].email;
      const double slowness = hurry(ticket.priority) / clamp(week.quality * week.quality, 0.05, 1.0);
      const double answer_hours = random.log_normal(2.5, 0.8) * slowness;
      const Instant answered = hours_later(ticket.opened_at, answer_hours);
      const Instant closed = hours_later(answered, random.log_normal(24.0, 1.0) * slowness);
      const std::optional<int> csat = draw_csat(week, answer_hours, random);
      if (answered < end) ticket.first_response_at = answered;
      if (closed < end) ticket.closed_at = closed;
      if (closed < end) ticket.csat = csat;
      ticket.status = ticket.closed_at           ? TicketStatus::closed
                      : ticket.first_response_at ? TicketStatus::pending
                                                 : TicketStatus::open;
      tickets.push_back(std::move(ticket));
    }
  }
  return tickets;
}

}  // namespace banso::simulation
