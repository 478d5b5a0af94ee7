// What evaluations must know of all accounts: collected in passes of their own, before the accounts are scored.
#include <algorithm>
#include <chrono>

#include "evaluator.hpp"

namespace banso::health {
namespace {

static_assert(customers::KnownSpan::still == engine::forever);

// Many days of an account take more memory than few; a chunk of this many account-days takes about 100 MiB.
constexpr std::size_t account_days_at_once = 104'000;
constexpr std::size_t fewest_at_once = 20, most_at_once = 1000;
constexpr auto longest_wait_for_peers = std::chrono::seconds(20);

bool go_on(double, const core::Text&) {
  return true;
}

}  // namespace

void Evaluator::keep_peers(std::int64_t release, PeersPtr peers) {
  {
    const std::lock_guard lock(mutex_);
    peers_release_ = release;
    peers_ = std::move(peers);
    is_expecting_peers_ = false;
  }
  peers_came_.notify_all();
}

void Evaluator::expect_peers(bool is_expected) {
  {
    const std::lock_guard lock(mutex_);
    is_expecting_peers_ = is_expected;
  }
  peers_came_.notify_all();
}

// Drafts are of no release: their measures may mean something else under the same key.
PeersPtr Evaluator::peers_of(const DefinitionSet& set) const {
  if (!set.definitions.needs_peers() || set.release == 0) return nullptr;
  const std::lock_guard lock(mutex_);
  return peers_release_ == set.release ? peers_ : nullptr;
}

std::vector<core::AccountId> Evaluator::with_ancestors(std::vector<core::AccountId> accounts,
                                                       const DefinitionSet& set) {
  if (!set.definitions.rolls_up()) return accounts;
  const auto above = family_links_.tree()->ancestors(accounts);
  accounts.insert(accounts.end(), above.begin(), above.end());
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  return accounts;
}

std::vector<engine::FamilyLink> Evaluator::links_around(std::span<const core::AccountId> accounts) {
  const auto source = loader();
  auto links = family_links_.tree()->links_around(accounts);
  for (auto& link : links) {
    const auto known = source.by_book_clock({link.known.from, link.known.until});
    link.known = {known.from, known.until};
  }
  return links;
}

PeersPtr Evaluator::collect_peers(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                                  std::span<const core::Day> days, const ShowProgress& show) {
  bool stopped = false;
  auto peers = std::make_shared<engine::PeerDistributions>(days);
  each_book(accounts, [&](LoadedBook& loaded, std::size_t done) {
    peers->merge(engine::collect_peers(loaded.book, set.definitions, days, pool_.parallel_for()));
    stopped = !show(static_cast<double>(done) / static_cast<double>(accounts.size()),
                    {"Comparing accounts with their peers", "顧客群ごとの分布を集計しています"});
    return !stopped;
  });
  if (stopped) return nullptr;
  peers->settle();
  return peers;
}

FamiliesPtr Evaluator::collect_families(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                                        std::span<const core::Day> days, const PeersPtr& peers,
                                        const ShowProgress& show) {
  bool stopped = false;
  auto families = std::make_shared<engine::FamilyScores>(days);
  const auto members = family_links_.tree()->families_below(accounts);
  const auto links = links_around(members);
  const engine::WholeBook whole{peers, nullptr};
  const auto at_once =
      std::clamp(account_days_at_once / std::max<std::size_t>(1, days.size()), fewest_at_once, most_at_once);
  each_book(members, at_once, [&](LoadedBook& loaded, std::size_t done) {
    const auto own = engine::evaluate_history(loaded.book, set.definitions, days, pool_.parallel_for(), whole);
    families->merge(engine::collect_families(loaded.book, own, links));
    stopped = !show(static_cast<double>(done) / static_cast<double>(members.size()),
                    {"Gathering the scores of child accounts", "配下の顧客のスコアを集計しています"});
    return !stopped;
  });
  if (stopped) return nullptr;
  families->settle();
  return families;
}

std::optional<engine::WholeBook> Evaluator::collect(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                                                    std::span<const core::Day> days, const ShowProgress& show) {
  engine::WholeBook whole;
  if (set.definitions.needs_peers()) {
    whole.peers = collect_peers(accounts, set, days, show);
    if (!whole.peers) return std::nullopt;
  }
  if (set.definitions.rolls_up()) {
    family_links_.note_all_changed();
    whole.families = collect_families(accounts, set, days, whole.peers, show);
    if (!whole.families) return std::nullopt;
  }
  return whole;
}

AssessedChunk Evaluator::assess(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                                std::span<const core::Day> days) {
  engine::WholeBook whole;
  if (set.definitions.needs_peers() && set.release != 0) {
    std::unique_lock lock(mutex_);
    peers_came_.wait_for(lock, longest_wait_for_peers, [&] { return !is_expecting_peers_; });
    if (peers_release_ == set.release) whole.peers = peers_;
  }
  if (set.definitions.rolls_up()) {
    whole.families = collect_families(accounts, set, days, whole.peers, go_on);
  }
  return evaluate(loader().load(accounts), accounts, set, days, whole);
}

void Evaluator::each_chunk(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                           std::span<const core::Day> days, const Visit& visit) {
  engine::WholeBook whole;
  whole.peers = peers_of(set);
  if (!whole.peers && set.definitions.needs_peers()) {
    whole.peers = collect_peers(accounts, set, days, go_on);
  }
  if (set.definitions.rolls_up()) {
    whole.families = collect_families(accounts, set, days, whole.peers, go_on);
  }
  each_chunk(accounts, set, days, whole, visit);
}

}  // namespace banso::health
