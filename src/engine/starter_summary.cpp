#include <algorithm>
#include <array>
#include <cmath>

#include "evaluate.hpp"
#include "starter.hpp"
#include "starter_parts.hpp"

namespace banso::engine {

namespace {

// A text with more distinct values than this is a name or an id, not a choice.
constexpr std::size_t most_choices = 50;

void count_rows(const Book& book, BookSummary& summary) {
  const auto any = [&](const auto& table, std::size_t account, auto matches) {
    const auto rows = table.of(account);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.known.at(summary.as_of) && matches(row); });
  };
  for (std::size_t account = 0; account < book.size(); ++account) {
    const Day as_of = summary.as_of;
    const auto begin = book.usage().offsets[account];
    const auto end = book.usage().offsets[account + 1];
    if (begin < end && book.usage().days[begin] <= as_of.days) ++summary.with_usage;
    summary.with_subscriptions +=
        any(book.subscriptions(), account, [&](const auto& row) { return row.start <= as_of; });
    summary.with_seats +=
        any(book.subscriptions(), account, [&](const auto& row) { return row.start <= as_of && row.seats > 0; });
    summary.with_renewal +=
        any(book.subscriptions(), account, [&](const auto& row) { return row.active_on(as_of) && row.end != forever; });
    summary.with_tickets += any(book.tickets(), account, [&](const auto& row) { return row.opened <= as_of; });
    summary.with_meetings += any(book.interactions(), account, [&](const auto& row) {
      return row.day <= as_of && (row.kind == InteractionKind::meeting || row.kind == InteractionKind::call);
    });
    const auto is_champion = [&](const Contact& row) {
      return row.first_day <= as_of && (row.roles & bit(ContactRole::champion));
    };
    summary.with_champions += any(book.contacts(), account, is_champion);
    summary.with_champion_usage +=
        any(book.contacts(), account, [&](const auto& row) { return is_champion(row) && row.person != no_person; });
    summary.with_content += any(book.attendance(), account, [&](const auto& row) {
      return row.day <= as_of && row.kind == AttendanceKind::content;
    });
    summary.with_events += any(book.attendance(), account,
                               [&](const auto& row) { return row.day <= as_of && row.kind == AttendanceKind::event; });
    for (const auto kind : {SurveyKind::nps, SurveyKind::csat, SurveyKind::ces, SurveyKind::other}) {
      if (any(book.surveys(), account, [&](const auto& row) { return row.day <= as_of && row.kind == kind; })) {
        ++summary.with_surveys[kind];
      }
    }
  }
}

void count_features(const Book& book, BookSummary& summary) {
  for (const auto& feature : book.features()) summary.features.push_back({feature, 0});
  const auto& usage = book.usage();
  std::vector<std::size_t> counted_for(book.features().size(), 0);  // account + 1
  for (std::size_t account = 0; account < book.size(); ++account) {
    for (auto row = usage.offsets[account + 1]; row > usage.offsets[account]; --row) {
      const auto at = row - 1;
      if (usage.days[at] > summary.as_of.days) continue;
      if (usage.days[at] <= summary.as_of.days - 28) break;
      const auto feature = usage.features[at];
      if (counted_for[feature] == account + 1) continue;
      counted_for[feature] = account + 1;
      ++summary.features[feature].accounts;
    }
  }
}

// Per account: whether it left, where the book has an attribute that tells.
std::vector<std::int8_t> outcomes(const Book& book, Day as_of) {
  std::vector<std::int8_t> left(book.size(), -1);
  for (const auto& column : book.attributes()) {
    if (!is_outcome(column.description)) continue;
    for (std::size_t account = 0; account < book.size(); ++account) {
      const auto value = column.value_at(account, as_of);
      if (!value) continue;
      const auto text = column.text_at(account, as_of);
      left[account] = text ? says_left(*text) : *value == 1;
    }
    return left;
  }
  return left;
}

void read_attribute(const AttributeColumn& column, Day as_of, const std::vector<std::int8_t>& left,
                    BookSummary::AttributeSummary& summary) {
  const bool is_text = !column.dictionary.empty();
  const bool is_yes_no = column.description.type == AttributeType::yes_no;
  if (is_text && column.dictionary.size() > most_choices) return;
  for (std::size_t account = 0; account < left.size(); ++account) {
    const auto value = column.value_at(account, as_of);
    if (!value) continue;
    ++summary.accounts;
    if (is_text || is_yes_no) {
      const std::string text =
          is_text ? column.dictionary[static_cast<std::size_t>(*value)] : (*value != 0 ? "yes" : "no");
      ++summary.choices[text];
      if (left[account] < 0) continue;
      auto& [all, gone] = summary.choices_by_outcome[text];
      ++all;
      gone += static_cast<std::size_t>(left[account]);
    } else if (column.description.type != AttributeType::day) {
      summary.numbers.push_back(*value);
      if (left[account] >= 0) summary.numbers_by_outcome.emplace_back(*value, left[account] == 1);
    }
  }
}

// Accounts that have gone quiet would drag the quantiles down: usage is calibrated on those in use.
void read_distributions(const Book& book, BookSummary& summary) {
  Definitions candidates;
  candidates.measures = general_measures();
  const auto assessments = evaluate(book, candidates, summary.as_of);
  const auto& active = assessments.measures[candidates.measure_index("active_users_28d").value()];
  for (std::size_t account = 0; account < book.size(); ++account) {
    if (active.values[account] > 0) ++summary.with_recent_usage;
  }
  for (std::size_t measure = 0; measure < candidates.measures.size(); ++measure) {
    const auto& definition = candidates.measures[measure];
    auto& values = summary.distributions[definition.key];
    for (std::size_t account = 0; account < book.size(); ++account) {
      if (!is_number(assessments.measures[measure].states[account])) continue;
      if (definition.source == Source::usage && !(active.values[account] > 0)) continue;
      values.push_back(assessments.measures[measure].values[account]);
    }
  }
}

template <class T>
void append(std::vector<T>& first, const std::vector<T>& second) {
  first.insert(first.end(), second.begin(), second.end());
}

void merge_attribute(BookSummary::AttributeSummary& first, const BookSummary::AttributeSummary& second) {
  first.accounts += second.accounts;
  append(first.numbers, second.numbers);
  append(first.numbers_by_outcome, second.numbers_by_outcome);
  for (const auto& [text, accounts] : second.choices) first.choices[text] += accounts;
  for (const auto& [text, counts] : second.choices_by_outcome) {
    first.choices_by_outcome[text].first += counts.first;
    first.choices_by_outcome[text].second += counts.second;
  }
}

}  // namespace

BookSummary summarise(const Book& book, Day as_of) {
  BookSummary summary;
  summary.as_of = as_of;
  summary.accounts = book.size();
  count_rows(book, summary);
  count_features(book, summary);
  const auto left = outcomes(book, as_of);
  for (const auto& column : book.attributes()) {
    summary.attributes.push_back({});
    summary.attributes.back().description = column.description;
    read_attribute(column, as_of, left, summary.attributes.back());
  }
  read_distributions(book, summary);
  return summary;
}

BookSummary merge(BookSummary first, const BookSummary& second) {
  constexpr std::array counts = {&BookSummary::accounts,           &BookSummary::with_usage,
                                 &BookSummary::with_recent_usage,  &BookSummary::with_seats,
                                 &BookSummary::with_subscriptions, &BookSummary::with_renewal,
                                 &BookSummary::with_tickets,       &BookSummary::with_meetings,
                                 &BookSummary::with_champions,     &BookSummary::with_champion_usage,
                                 &BookSummary::with_content,       &BookSummary::with_events};
  for (const auto count : counts) first.*count += second.*count;
  for (const auto& [kind, accounts] : second.with_surveys) first.with_surveys[kind] += accounts;
  for (const auto& [key, values] : second.distributions) append(first.distributions[key], values);
  for (const auto& theirs : second.features) {
    const auto ours = std::find_if(first.features.begin(), first.features.end(),
                                   [&](const auto& each) { return each.feature.key == theirs.feature.key; });
    if (ours == first.features.end()) {
      first.features.push_back(theirs);
    } else {
      ours->accounts += theirs.accounts;
    }
  }
  for (const auto& theirs : second.attributes) {
    const auto ours = std::find_if(first.attributes.begin(), first.attributes.end(),
                                   [&](const auto& each) { return each.description.key == theirs.description.key; });
    if (ours == first.attributes.end()) {
      first.attributes.push_back(theirs);
    } else {
      merge_attribute(*ours, theirs);
    }
  }
  return first;
}

}  // namespace banso::engine
