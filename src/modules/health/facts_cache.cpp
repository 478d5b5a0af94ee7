#include "facts_cache.hpp"

#include <algorithm>

namespace banso::health {
namespace {

using core::AccountId;
using core::Day;

// Records of accounts that are read together share one book; small ones, so that a few accounts that stay do not hold
// many that left.
constexpr std::size_t accounts_per_book = 64;
// Changes of the last days are read with one query, older ones with another: one very late event must not make all
// accounts of a batch read a year.
constexpr int recent_days = 2;
constexpr std::size_t entry_overhead_bytes = 400;  // of the containers, roughly

bool is_same(const std::vector<engine::Feature>& a, const std::vector<engine::Feature>& b) {
  const auto begins_alike = [](const engine::Feature& x, const engine::Feature& y) {
    return x.key == y.key && x.module == y.module && x.is_active == y.is_active;
  };
  return a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin(), begins_alike);
}

}  // namespace

FactsCache::FactsCache(Dependencies dependencies, std::size_t limit_bytes)
    : from_(std::move(dependencies)), limit_bytes_(limit_bytes) {}

void FactsCache::clear() {
  entries_.clear();
  recent_.clear();
  bytes_ = 0;
}

// Another day cuts other windows and knows more; other definitions may look back further.
void FactsCache::fit(Day as_of, const DefinitionSet& set) {
  const auto& measures = set.definitions.measures;
  ties_contacts_ = std::any_of(measures.begin(), measures.end(), [](const engine::MeasureDefinition& measure) {
    return measure.source == engine::Source::contacts && measure.aggregate == engine::Aggregate::active;
  });
  const auto usage_days = engine::longest_usage_days(set.definitions);
  const bool reaches = !usage_days_ || (usage_days && *usage_days <= *usage_days_);
  if (as_of == as_of_ && reaches) return;
  clear();
  as_of_ = as_of;
  usage_days_ = usage_days;
}

void FactsCache::read_features() {
  auto all = from_.usage->features();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<engine::Feature> features;
  std::unordered_map<std::int32_t, std::uint16_t> index;
  for (const auto& feature : all) {
    if (feature.ignored) continue;
    index.emplace(static_cast<std::int32_t>(feature.id.value), static_cast<std::uint16_t>(features.size()));
    features.push_back({feature.key, feature.name.en, feature.module, feature.is_active});
  }
  if (!is_same(features_, features)) clear();  // numbers of features in the entries would mean others
  features_ = std::move(features);
  index_of_feature_ = std::move(index);
  features_are_known_ = true;
}

// ---- what must be read ----

FactsCache::Plan FactsCache::plan(std::span<const Marked> marked) {
  Plan plan;
  const Day window_first = usage_days_ ? as_of_ - *usage_days_ + 1 : engine::no_day + 1;
  for (const auto& [account, mark] : marked) {
    const bool is_held = entries_.contains(account);
    touch(account);
    if (!is_held || mark.has_records) plan.records.push_back(account);
    if (!is_held || (mark.usage_from && *mark.usage_from < window_first)) {
      plan.whole_usage.push_back(account);
    } else if (!mark.usage_from || *mark.usage_from > as_of_) {
      continue;  // what happens after the day of evaluation does not count yet
    } else if (*mark.usage_from > as_of_ - recent_days) {
      plan.recent_usage.push_back(account);
      plan.recent_from = std::min(plan.recent_from, *mark.usage_from);
    } else {
      plan.older_usage.push_back(account);
      plan.older_from = std::min(plan.older_from, *mark.usage_from);
    }
  }
  return plan;
}

AcquiredFacts FactsCache::acquire(std::span<const Marked> marked, Day as_of, const DefinitionSet& set) {
  trim();
  fit(as_of, set);
  // Nobody's events: the catalogue may have changed.
  const bool is_catalogue = std::any_of(
      marked.begin(), marked.end(), [](const Marked& each) { return each.mark.usage_from && !each.mark.received_at; });
  AcquiredFacts facts;
  try {
    if (!features_are_known_ || is_catalogue) read_features();
    if (!read(marked, facts)) {
      // A feature that is new since. What is held of other accounts stays right, because new ones come last.
      read_features();
      facts = {};
      forget(marked);
      read(marked, facts);
    }
  } catch (...) {
    forget(marked);
    throw;
  }
  facts.features = features_;
  for (const auto& [account, mark] : marked) {
    Entry& entry = entries_.at(account);
    measure(entry);
    if (entry.exists) facts.parts.push_back({entry.records.get(), entry.index, &entry.usage});
  }
  return facts;
}

bool FactsCache::warm(std::span<const AccountId> accounts, Day as_of, const DefinitionSet& set) {
  fit(as_of, set);
  std::vector<Marked> missing;
  for (const auto account : accounts) {
    if (!entries_.contains(account)) missing.push_back({account, {}});
  }
  const std::size_t before = bytes_;
  if (!missing.empty()) acquire(missing, as_of, set);
  // As much again must fit, or reading on would only push out what was just read.
  return bytes_ + (bytes_ - std::min(before, bytes_)) < limit_bytes_;
}

bool FactsCache::read(std::span<const Marked> marked, AcquiredFacts& into) {
  auto plan = this->plan(marked);
  const std::optional<Day> window_first = usage_days_ ? std::optional(as_of_ - *usage_days_ + 1) : std::nullopt;
  Ids with_new_persons;
  bool knows_all = read_usage(plan.whole_usage, window_first, true, with_new_persons);
  knows_all &= read_usage(plan.recent_usage, plan.recent_from, false, with_new_persons);
  knows_all &= read_usage(plan.older_usage, plan.older_from, false, with_new_persons);
  // Somebody new among the users may be one of the contacts.
  if (ties_contacts_) plan.records.insert(plan.records.end(), with_new_persons.begin(), with_new_persons.end());
  read_records(std::move(plan.records), into);
  return knows_all;
}

// Puts the usage from `from` on (nothing: all of it) in place of what the entries hold of it; `is_whole`: in place of
// everything, with an outline of what lies before. False where a feature is not known yet.
bool FactsCache::read_usage(const Ids& accounts, std::optional<Day> from, bool is_whole, Ids& with_new_persons) {
  if (accounts.empty()) return true;
  struct Found {
    Entry* entry = nullptr;
    std::size_t persons_before = 0;
    std::vector<engine::PackedUsage::Row> rows;
  };
  std::unordered_map<AccountId, Found> found;
  for (const auto account : accounts) {
    Entry& entry = entries_.at(account);
    found[account] = {&entry, entry.persons.size(), {}};
  }
  bool knows_all = true;
  const auto feature_of = [&](std::int64_t id) -> std::optional<std::uint16_t> {
    const auto known = index_of_feature_.find(static_cast<std::int32_t>(id));
    if (known != index_of_feature_.end()) return known->second;
    knows_all = false;
    return std::nullopt;
  };
  AccountId current;
  Found* into = nullptr;
  from_.usage->read_usage_days({accounts, from, as_of_}, [&](const usage::UsageDays& piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (!into || piece.account_ids[i] != current.value) into = &found.at(current = {piece.account_ids[i]});
      const auto feature = feature_of(piece.feature_ids[i]);
      if (!feature) continue;
      const Day day{piece.days[i]}, known{std::min(piece.known_days[i], as_of_.days)};
      into->rows.push_back({day, into->entry->persons.of(piece.person_numbers[i]), *feature,
                            static_cast<std::uint32_t>(std::max(0, piece.events[i])), std::max(day, known)});
    }
  });
  if (is_whole && from) {
    std::unordered_map<AccountId, std::vector<engine::UsageOutline>> outlines;
    for (const auto& use : from_.usage->usage_outline(accounts, *from)) {
      if (const auto feature = feature_of(use.feature.value)) {
        outlines[use.account].push_back({*feature, use.first_day, use.last_day});
      }
    }
    for (const auto& [account, outline] : outlines) engine::add_outline(outline, found.at(account).rows);
  }
  const Day replaced_from = is_whole || !from ? engine::no_day : *from;
  for (auto& [account, each] : found) {
    each.entry->usage.replace_from(replaced_from, each.rows);
    if (each.entry->has_contacts && each.entry->persons.size() > each.persons_before) {
      with_new_persons.push_back(account);
    }
  }
  return knows_all;
}

void FactsCache::read_records(Ids accounts, AcquiredFacts& into) {
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  if (accounts.empty()) return;
  std::map<AccountId, PersonNumbers> persons;
  for (const auto account : accounts) persons[account] = entries_.at(account).persons;
  auto loaded = BookLoader(from_, as_of_).load_records(accounts, std::move(persons));
  for (const auto account : accounts) {
    Entry& entry = entries_.at(account);
    entry.exists = false;
    entry.persons = std::move(loaded.persons.at(account));
  }
  for (std::size_t begin = 0; begin < loaded.book.size(); begin += accounts_per_book) {
    std::vector<engine::BookPart> parts;
    for (std::size_t i = begin; i < std::min(loaded.book.size(), begin + accounts_per_book); ++i) {
      parts.push_back({&loaded.book, i, nullptr});
    }
    const auto book = std::make_shared<const engine::Book>(engine::assemble({}, parts));
    for (std::size_t i = 0; i < book->size(); ++i) {
      Entry& entry = entries_.at(book->account_ids()[i]);
      entry.records = book;
      entry.index = i;
      entry.exists = true;
      entry.has_contacts = !book->contacts().of(i).empty();
    }
  }
  into.reloaded.insert(accounts.begin(), accounts.end());
  into.records.accounts = std::move(loaded.accounts);
  into.records.subscriptions = std::move(loaded.subscriptions);
}

// ---- what is held ----

FactsCache::Entry& FactsCache::touch(AccountId account) {
  const auto [found, is_new] = entries_.try_emplace(account);
  if (is_new) {
    recent_.push_front(account);
    found->second.recency = recent_.begin();
  } else {
    recent_.splice(recent_.begin(), recent_, found->second.recency);
  }
  return found->second;
}

void FactsCache::forget(AccountId account) {
  const auto found = entries_.find(account);
  if (found == entries_.end()) return;
  bytes_ -= found->second.bytes;
  recent_.erase(found->second.recency);
  entries_.erase(found);
}

void FactsCache::forget(std::span<const Marked> marked) {
  for (const auto& each : marked) forget(each.account);
}

void FactsCache::measure(Entry& entry) {
  bytes_ -= entry.bytes;
  entry.bytes = entry_overhead_bytes + entry.usage.memory_bytes() + entry.persons.memory_bytes();
  if (entry.records) entry.bytes += entry.records->memory_bytes() / std::max<std::size_t>(entry.records->size(), 1);
  bytes_ += entry.bytes;
}

void FactsCache::trim() {
  while (bytes_ > limit_bytes_ && !recent_.empty()) forget(recent_.back());
}

}  // namespace banso::health
