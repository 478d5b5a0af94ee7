// Starter definitions chosen from the data at hand, so that the first scored book appears without configuring anything.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "book.hpp"
#include "definitions.hpp"

namespace banso::engine {

// What a book holds, small enough to merge over chunks and to choose from.
struct BookSummary {
  struct AttributeSummary {
    AttributeDescription description;
    std::size_t accounts = 0;                    // with a value
    std::vector<double> numbers;                 // all values of number and money attributes
    std::map<std::string, std::size_t> choices;  // accounts per text, of text and choice attributes
    // Of accounts whose outcome is known (see outcome_attribute): value or choice -> accounts, and those that left.
    std::vector<std::pair<double, bool>> numbers_by_outcome;
    std::map<std::string, std::pair<std::size_t, std::size_t>> choices_by_outcome;
  };
  struct FeatureSummary {
    Feature feature;
    std::size_t accounts = 0;  // that used it in the last 28 days
  };

  Day as_of;
  std::size_t accounts = 0;
  std::size_t with_usage = 0, with_recent_usage = 0, with_seats = 0, with_subscriptions = 0, with_renewal = 0;
  std::size_t with_tickets = 0, with_meetings = 0, with_champions = 0, with_champion_usage = 0;
  std::size_t with_content = 0, with_events = 0;
  std::map<SurveyKind, std::size_t> with_surveys;
  std::vector<FeatureSummary> features;
  std::vector<AttributeSummary> attributes;
  // Values of the candidate measures over the accounts that have one, for calibration. Key: measure key.
  std::map<std::string, std::vector<double>> distributions;
};

// Reads the book as known on as_of.
BookSummary summarise(const Book& book, Day as_of);
// The summary of two chunks of accounts together (same as_of and catalogue).
BookSummary merge(BookSummary first, const BookSummary& second);

// Whether so many of the accounts have a kind of fact that it is worth scoring by.
bool is_common(std::size_t with_fact, std::size_t accounts, double share = 0.3);

// Five axes (adoption, maturity, sentiment, support, relationship), each only where there is data; a sixth ("contract")
// from attributes where there is little else. Curves follow the distribution over the book where absolute values mean
// nothing (events, users), and stated practice where they do (utilisation, days since a meeting). Valid by
// construction.
Definitions starter_definitions(const BookSummary& summary);

// The sources of the measures in the scorecards.
std::set<Source> weighed_sources(const Definitions& definitions);

}  // namespace banso::engine
