// fresh.accounts_per_s: accounts that received events, scored again from facts in memory and published to the book, per
// second on two threads; of 10,000 accounts (and, on stderr, of 2,000) with 18 months of facts, all of which changed.
// Peer: what a change of unknown reach costs, in the same run: the whole past of the account loaded and every week of
// it evaluated.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>

#include <fmt/format.h>

#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"

namespace {

using namespace banso;
namespace duckdb = platform::duckdb;
using Clock = std::chrono::steady_clock;

constexpr int months = 18;
constexpr int peer_accounts = 100;
constexpr double target_accounts_per_s = 5000;
const core::Caller operator_{core::UserId{1}, "bench", core::Role::admin, core::Language::en};
const auto by = platform::records::Provenance::by(operator_);

class Directory final : public usage::AccountDirectory {
 public:
  explicit Directory(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> ids) override {
    return customers_->accounts_by_external_id(ids);
  }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return true; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}

 private:
  std::shared_ptr<customers::Service> customers_;
};

core::Day today() {
  return core::day_of(core::now());
}

template <class T>
void must(const core::Result<T>& result) {
  if (!result) throw std::runtime_error(result.error().message.en);
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// A vendor with accounts, contracts and 18 months of usage, evaluated once.
class House {
 public:
  House(const std::filesystem::path& folder, int accounts) : accounts_(accounts) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    records_ = platform::records::Database::open("sqlite:" + (folder / "records.db").string());
    for (const auto& migrations : {platform::records::migrations(), customers::migrations(), revenue::migrations(),
                                   usage::migrations(), definitions::migrations()}) {
      records_->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = today;
    customers_ = customers::Service::make(records_, around);
    revenue_ = revenue::Service::make(records_, customers_, around);
    const auto mart = duckdb::Database::open(folder / "mart.duckdb", {.memory_limit = "1GB", .threads = 2});
    usage::Dependencies for_usage;
    for_usage.records = records_;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = mart;
    for_usage.accounts = std::make_shared<Directory>(customers_);
    for_usage.book_day = today;
    usage = usage::Service::make(for_usage);
    health::Dependencies for_health{customers_, revenue_, usage, definitions::Service::make(records_), mart, {}, 2};
    for_health.surroundings.book_day = today;
    health = health::Service::make(for_health);
    write_accounts();
    write_past();
    const auto report = health->evaluate_all([](double, const core::Text&) { return true; });
    must(report);
    std::cerr << fmt::format("{} accounts, {} weeks: everything evaluated in {:.1f} s\n", accounts, report->weeks,
                             report->seconds);
  }

  // One event now for every account.
  void send_to_all(std::mt19937& random) {
    std::vector<usage::EventInput> events;
    for (int account = 0; account < accounts_; ++account) events.push_back(event(account, random, core::now()));
    must(usage->append_events(by, events));
  }

  std::vector<core::AccountId> some_accounts(int count) const {
    std::vector<core::AccountId> found;
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i) keys.push_back(key(i * 7 % accounts_));
    for (const auto& [external_id, id] : customers_->accounts_by_external_id(keys)) found.push_back(id);
    return found;
  }

  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<health::Service> health;

 private:
  static std::string key(int account) { return fmt::format("A-{:06}", account); }

  usage::EventInput event(int account, std::mt19937& random, core::Instant at) const {
    static const char* const names[] = {"message_posted", "file_shared", "report_exported", "channel_created"};
    usage::EventInput event;
    event.account = key(account);
    event.user = fmt::format("u{}", random() % 12);
    event.name = names[random() % 4];
    event.occurred_at = at;
    event.known_at = at;
    return event;
  }

  void write_accounts() {
    const core::BatchOptions happening{core::KnownBy::happening, false};
    constexpr int at_once = 1000;
    for (int first = 0; first < accounts_; first += at_once) {
      std::vector<customers::AccountInput> accounts;
      std::vector<revenue::SubscriptionInput> contracts;
      for (int i = first; i < std::min(accounts_, first + at_once); ++i) {
        customers::AccountInput account;
        account.external_id = key(i);
        account.name = fmt::format("Company {}", i);
        account.created_day = today() - months * 30;
        accounts.push_back(std::move(account));
        revenue::SubscriptionInput contract;
        contract.account = key(i);
        contract.external_id = key(i) + "-1";
        contract.product = std::string("Suite");
        contract.seats = 12;
        contract.mrr = core::Money{50'000, "JPY"};
        contract.start = today() - months * 30;
        contracts.push_back(std::move(contract));
      }
      must(customers_->upsert_accounts(by, accounts, happening));
      must(revenue_->upsert_subscriptions(by, contracts, happening));
    }
  }

  void write_past() {
    std::mt19937 random(1);
    std::vector<usage::EventInput> events;
    constexpr std::size_t at_once = 50'000;
    for (int account = 0; account < accounts_; ++account) {
      for (int day = 1; day < months * 30; day += 2) {
        const auto noon =
            core::Instant{core::start_of(today() - day).microseconds + 43'200 * core::microseconds_per_second};
        events.push_back(event(account, random, noon));
      }
      if (events.size() < at_once && account + 1 < accounts_) continue;
      must(usage->append_events(by, events));
      events.clear();
    }
    usage->refresh();
  }

  const int accounts_;
  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<customers::Service> customers_;
  std::shared_ptr<revenue::Service> revenue_;
};

// Accounts a second, from taking the marks to the last publication; the facts are in memory, as after some minutes.
double accounts_per_s(House& house, int accounts) {
  Clock::time_point published;
  house.health->on_book_changed([&](const health::BookChange&) { published = Clock::now(); });
  std::mt19937 random(3);
  double best = 0;
  for (int round = 0; round < 4; ++round) {
    house.send_to_all(random);
    house.usage->refresh();
    const auto begin = Clock::now();
    house.health->refresh_dirty();
    const double took_s = std::chrono::duration<double>(published - begin).count();
    std::cerr << fmt::format("{} of {} accounts in {:.0f} ms{}\n", accounts, accounts, took_s * 1000,
                             round == 0 ? " (facts read for the first time)" : "");
    if (round > 0) best = std::max(best, accounts / took_s);
  }
  return best;
}

double peer_accounts_per_s(House& house) {
  const auto accounts = house.some_accounts(peer_accounts);
  const auto begin = Clock::now();
  house.health->mark_dirty(accounts);  // whatever of them may have changed: all weeks are scored again
  house.health->refresh_dirty();
  return peer_accounts / seconds_since(begin);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "fresh.accounts_per_s\n";
    return 0;
  }
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("banso-bench-fresh-{}", today().days);
  for (const int accounts : {2000, 10'000}) {
    House house(folder, accounts);
    const double ours = accounts_per_s(house, accounts);
    if (accounts == 2000) {
      std::cerr << fmt::format("{:.0f} accounts/s of {}\n", ours, accounts);
      continue;
    }
    const double theirs = peer_accounts_per_s(house);
    fmt::print(
        "{{\"name\":\"fresh.accounts_per_s\",\"value\":{:.0f},\"unit\":\"accounts/s\",\"peer\":\"the whole past of "
        "each, "
        "every week\",\"peer_value\":{:.0f},\"ratio\":{:.1f},\"target\":{:.0f},\"met\":{}}}\n",
        ours, theirs, ours / theirs, target_accounts_per_s, ours >= target_accounts_per_s);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
