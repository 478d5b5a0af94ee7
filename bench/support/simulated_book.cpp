#include "simulated_book.hpp"

#include <algorithm>
#include <vector>

#include "engine/book_builder.hpp"
#include "parallel.hpp"

namespace banso::bench {
namespace {

constexpr int made_at_once = 500;

void add_account(engine::BookBuilder& builder, const std::vector<std::uint16_t>& features, int index,
                 const simulation::AccountHistory& history, core::Day first_day) {
  const auto account = builder.add_account({index + 1}, first_day);
  for (const auto& row : history.usage) {
    builder.add_usage(account, {row.day, row.person, features[row.feature], row.count, row.day});
  }
  const auto suite = builder.add_product("suite");
  for (const auto& term : history.subscriptions) {
    engine::Subscription row;
    row.product = suite;
    row.start = term.start;
    row.end = term.end;
    row.seats = term.seats;
    row.mrr_minor = 1000 * term.seats;
    row.known = {term.start};
    builder.add(account, row);
  }
  for (const auto& ticket : history.tickets) {
    engine::Ticket row;
    row.opened = core::day_of(ticket.opened_at);
    if (ticket.closed_at) row.closed = core::day_of(*ticket.closed_at);
    row.known = {row.opened};
    builder.add(account, row);
  }
}

}  // namespace

engine::Book simulated_book(const simulation::Simulation& simulated, int first, int count, int threads) {
  engine::BookBuilder builder;
  std::vector<std::uint16_t> features;
  for (const auto& feature : simulation::vendor().features) {
    features.push_back(builder.add_feature({feature.event_name, feature.name.en, "", feature.is_active}));
  }
  for (int done = 0; done < count; done += made_at_once) {
    const int part = std::min(made_at_once, count - done);
    std::vector<simulation::AccountHistory> histories(static_cast<std::size_t>(part));
    parallel_for(threads, histories.size(),
                 [&](std::size_t i) { histories[i] = simulated.account(first + done + static_cast<int>(i)); });
    for (int i = 0; i < part; ++i) {
      add_account(builder, features, first + done + i, histories[static_cast<std::size_t>(i)], simulated.first_day());
    }
  }
  return std::move(builder).build();
}

}  // namespace banso::bench
