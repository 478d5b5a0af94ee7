#include "ledgers.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::retention {
namespace {

constexpr auto first_load_within = std::chrono::seconds(20);
// Changes come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(100);
// Another node may have changed rates or published rules, and a day may have begun, unheard.
constexpr auto look_every = std::chrono::seconds(5);
// So many changed accounts are taken in by whoever reads next; more by the background alone.
constexpr std::size_t most_inline = 500;
// So many contracts are read anew while somebody waits, in well under a second.
constexpr std::size_t most_loaded_inline = 20'000;
// From so many on, reading everything is faster than reading them one by one.
constexpr std::size_t most_replaced = 5'000;
constexpr std::size_t most_entries = 6;

// Runs the parts on threads of their own; an exception of a part is thrown again.
void run_parts(int threads, std::size_t count, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        failure = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads && static_cast<std::size_t>(i) < count; ++i) others.emplace_back(work);
  work();
  for (auto& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

Ledgers::Ledgers(const Dependencies& from) : from_(from), rules_(from.definitions), contracts_(from) {}

Ledgers::~Ledgers() {
  stop();
}

ledger::ParallelFor Ledgers::parallel_for() const {
  return [threads = from_.threads](std::size_t count, const std::function<void(std::size_t)>& body) {
    run_parts(threads, count, body);
  };
}

void Ledgers::start(std::function<void(const FiguresChange&)> tell) {
  tell_ = std::move(tell);
  is_stopping_ = false;
  thread_ = std::thread([this] { follow(); });
}

void Ledgers::stop() {
  {
    const std::lock_guard lock(marks_mutex_);
    is_stopping_ = true;
  }
  awake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Ledgers::mark(std::span<const core::AccountId> accounts) {
  {
    const std::lock_guard lock(marks_mutex_);
    marked_.insert(accounts.begin(), accounts.end());
    if (marked_.size() > most_replaced) is_all_marked_ = true;
  }
  awake_.notify_all();
}

void Ledgers::mark_all() {
  {
    const std::lock_guard lock(marks_mutex_);
    is_all_marked_ = true;
  }
  awake_.notify_all();
}

void Ledgers::mark_segments() {
  {
    const std::lock_guard lock(marks_mutex_);
    are_segments_marked_ = true;
  }
  awake_.notify_all();
}

// Of rates set on another node nobody tells.
void Ledgers::look_at_rates() {
  if (!is_ready_) return;
  const auto now = load_rates(*from_.revenue);
  const std::shared_lock lock(mutex_);
  const auto& known = contracts_.rates();
  bool is_same = now.reporting_currency() == known.reporting_currency();
  const auto months = contracts_.months(book_day_);
  for (ledger::CurrencyIndex i = 0; is_same && i < now.codes().size(); ++i) {
    const auto& codes = known.codes();
    const auto found = std::find(codes.begin(), codes.end(), now.codes()[i]);
    is_same = found != codes.end();
    const auto other = static_cast<ledger::CurrencyIndex>(found - codes.begin());
    for (auto month = months.first; is_same && month <= months.last; month = month + 1) {
      is_same = now.of(i, month) == known.of(other, month);
    }
  }
  if (!is_same) mark_all();
}

void Ledgers::follow() {
  while (true) {
    {
      std::unique_lock lock(marks_mutex_);
      awake_.wait_for(lock, look_every,
                      [this] { return is_stopping_ || is_all_marked_ || are_segments_marked_ || !marked_.empty(); });
      if (is_ready_) awake_.wait_for(lock, gathering, [this] { return is_stopping_; });
      if (is_stopping_) return;
    }
    try {
      look_at_rates();
      settle(true);
    } catch (const std::exception& failure) {
      platform::log::error(
          fmt::format("revenue could not be brought up to date, it is tried again: {}", failure.what()));
      std::unique_lock lock(marks_mutex_);
      awake_.wait_for(lock, look_every, [this] { return is_stopping_; });
    }
  }
}

void Ledgers::settle(bool takes_much) {
  const std::lock_guard settling(settling_);
  std::vector<core::AccountId> accounts;
  bool is_all = false, with_segments = false;
  {
    const std::lock_guard lock(marks_mutex_);
    is_all = is_all_marked_ || from_.surroundings.book_day() != book_day_;
    const bool is_much = is_all ? contracts_.size() > most_loaded_inline : marked_.size() > most_inline;
    if (!takes_much && is_much) return;
    accounts.assign(marked_.begin(), marked_.end());
    marked_.clear();
    is_all_marked_ = false;
    with_segments = takes_much && are_segments_marked_;
    if (takes_much) are_segments_marked_ = false;
  }
  try {
    if (is_all) {
      load();
    } else if (!accounts.empty() || with_segments) {
      replace(accounts, with_segments);
    } else {
      return;
    }
  } catch (...) {
    const std::lock_guard lock(marks_mutex_);
    marked_.insert(accounts.begin(), accounts.end());
    is_all_marked_ = is_all_marked_ || is_all;
    are_segments_marked_ = are_segments_marked_ || with_segments;
    throw;
  }
  if (tell_) tell_({is_all ? std::vector<core::AccountId>{} : std::move(accounts)});
}

// Reads beside what is shown, and then takes its place.
void Ledgers::load() {
  const auto day = from_.surroundings.book_day();
  Contracts fresh(from_);
  fresh.load();
  const std::unique_lock lock(mutex_);
  contracts_ = std::move(fresh);
  book_day_ = day;
  entries_.clear();
  is_ready_ = true;
}

void Ledgers::replace(const std::vector<core::AccountId>& accounts, bool with_segments) {
  const std::unique_lock lock(mutex_);
  const auto& roster = contracts_.roster();
  const std::size_t segments = roster.find_dimension("segment").value_or(roster.dimensions.size());
  with_segments = with_segments && segments < roster.dimensions.size();
  std::vector<std::vector<ledger::Membership>> in_segments;
  if (with_segments) in_segments = roster.memberships[segments];
  const auto currencies = contracts_.rates().codes().size();
  if (!accounts.empty()) contracts_.reload(accounts);
  if (with_segments) contracts_.reload_segments();
  // A ledger of an earlier day is soon built again, and one does not know a currency that it has not seen.
  const bool is_new_currency = contracts_.rates().codes().size() != currencies;
  std::erase_if(entries_, [&](const auto& entry) { return is_new_currency || !entry.second.is_present; });
  for (auto& [key, entry] : entries_) {
    for (const auto id : accounts) {
      const auto account = roster.find(id);
      if (!account) continue;
      entry.ledger->replace_account(*account, contracts_.believed(*account, view_of({}), entry.ledger->rules()));
      for (std::size_t i = 0; i < roster.dimensions.size(); ++i) {
        entry.ledger->replace_memberships(*account, i, roster.memberships[i][*account]);
      }
    }
    for (ledger::AccountIndex account = 0; with_segments && account < roster.ids.size(); ++account) {
      const auto& now = roster.memberships[segments][account];
      const bool is_same = account < in_segments.size() && in_segments[account] == now;
      if (!is_same) entry.ledger->replace_memberships(account, segments, now);
    }
  }
}

core::Result<> Ledgers::wait_until_ready() {
  if (is_ready_) return {};
  const auto until = std::chrono::steady_clock::now() + first_load_within;
  while (!is_ready_ && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (is_ready_) return {};
  return core::Error::unavailable({"The contracts are still being read. Try again in a minute.",
                                   "契約データを読み込んでいます。1分ほどたってからもう一度お試しください。"});
}

Contracts::View Ledgers::view_of(const LedgerQuery& query) const {
  Contracts::View view;
  view.day = book_day_;
  if (query.as_of && *query.as_of < book_day_) view.day = *query.as_of;
  view.as_of = query.as_of;
  for (const auto& name : query.without) {
    if (const auto product = contracts_.roster().products.find(name)) view.without.insert(*product);
  }
  return view;
}

std::shared_ptr<ledger::Ledger> Ledgers::find_or_build(const LedgerQuery& query, const RuleSet& rules) {
  Key key{engine::revenue::to_json(rules.rules), query.as_of, query.without};
  const auto found = entries_.find(key);
  if (found != entries_.end()) return found->second.ledger;
  const bool is_present = !query.as_of && query.without.empty();
  auto built = std::make_shared<ledger::Ledger>(
      ledger::Ledger::build(contracts_.input(view_of(query), rules.rules), parallel_for(), from_.threads));
  entries_[std::move(key)] = {built, std::make_shared<std::atomic<std::int64_t>>(++uses_), is_present};
  forget_oldest();
  return built;
}

// The one that was just built is the newest, so it stays.
void Ledgers::forget_oldest() {
  while (entries_.size() > most_entries) {
    const auto oldest = std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
      return a.second.used_at->load() < b.second.used_at->load();
    });
    entries_.erase(oldest);
  }
}

core::Result<Reading> Ledgers::read(const LedgerQuery& query) {
  BANSO_TRY(wait_until_ready());
  BANSO_TRY_ASSIGN(auto rules, rules_.find(query.rules));
  settle(false);
  const Key key{engine::revenue::to_json(rules.rules), query.as_of, query.without};
  Reading reading;
  while (true) {
    {
      std::shared_lock lock(mutex_);
      const auto found = entries_.find(key);
      if (found != entries_.end()) {
        found->second.used_at->store(++uses_);
        reading.ledger_ = found->second.ledger;
        reading.lock_ = std::move(lock);
        break;
      }
    }
    const std::unique_lock lock(mutex_);
    find_or_build(query, rules);
  }
  reading.contracts_ = &contracts_;
  reading.rules_ = std::move(rules);
  reading.book_day_ = book_day_;
  reading.day_ = view_of(query).day;
  reading.as_of_ = query.as_of;
  return reading;
}

core::Result<std::pair<Reading, std::shared_ptr<const ledger::Ledger>>> Ledgers::read_two(const LedgerQuery& left,
                                                                                          const std::string& right) {
  BANSO_TRY_ASSIGN(const auto other, rules_.find(right, "right"));
  auto with_other = left;
  with_other.rules = right;
  while (true) {
    BANSO_TRY_ASSIGN(auto reading, read(left));
    const auto found = entries_.find(Key{engine::revenue::to_json(other.rules), left.as_of, left.without});
    if (found != entries_.end()) {
      std::shared_ptr<const ledger::Ledger> second = found->second.ledger;
      return std::pair(std::move(reading), std::move(second));
    }
    reading = {};
    const std::unique_lock lock(mutex_);
    find_or_build(with_other, other);
  }
}

}  // namespace banso::retention
