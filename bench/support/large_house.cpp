#include "large_house.hpp"

#include <map>
#include <random>
#include <string>

#include <fmt/format.h>

#include "modules/segments/segments.hpp"
#include "platform/events/event_store.hpp"

namespace banso::bench {
namespace {

namespace duckdb = platform::duckdb;

class NoDirectory final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return true; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

}  // namespace

const core::Caller& LargeHouse::owner() {
  static const core::Caller caller{core::UserId{1}, "bench", core::Role::admin, core::Language::ja};
  return caller;
}

LargeHouse::LargeHouse(const std::filesystem::path& folder) {
  records = platform::records::Database::open("sqlite:" + (folder / "records.db").string());
  for (const auto& migrations : {platform::records::migrations(), customers::migrations(), revenue::migrations(),
                                 usage::migrations(), definitions::migrations(), segments::migrations()}) {
    records->migrate(migrations);
  }
  customers::Surroundings around;
  around.user_name = [](core::UserId) { return std::optional<std::string>(); };
  around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
  around.book_day = [this] { return present_day; };
  customers = customers::Service::make(records, around);
  revenue = revenue::Service::make(records, customers, around);
  mart = duckdb::Database::open(folder / "mart.duckdb", {.memory_limit = "4GB", .threads = 4});
  usage::Dependencies for_usage;
  for_usage.records = records;
  for_usage.events = platform::events::duckdb_store_in_memory();
  for_usage.mart = mart;
  for_usage.accounts = std::make_shared<NoDirectory>();
  for_usage.book_day = around.book_day;
  usage = usage::Service::make(for_usage);
  definitions = definitions::Service::make(records);
  health::Dependencies for_health{customers, revenue, usage, definitions, mart, {}, 4};
  for_health.surroundings.book_day = around.book_day;
  health = health::Service::make(for_health);
}

void LargeHouse::write_accounts() {
  const auto by = platform::records::Provenance::by(owner());
  const core::BatchOptions happening{core::KnownBy::happening, false};
  const char* phases[] = {"onboarding", "adoption", "optimisation", "renewal"};
  const char* industries[] = {"製造", "情報通信", "小売", "医療", "教育", "金融"};
  const char* plans[] = {"light", "standard", "premium"};
  std::mt19937 random(1);
  constexpr int at_once = 1000;
  for (int first = 0; first < account_count; first += at_once) {
    std::vector<customers::AccountInput> accounts;
    std::vector<revenue::SubscriptionInput> contracts;
    std::vector<customers::InteractionInput> meetings;
    for (int i = first; i < first + at_once; ++i) {
      const auto key = fmt::format("A-{:06}", i);
      const core::Day since = book_day - 30 - static_cast<int>(random() % 180);
      customers::AccountInput account;
      account.external_id = key;
      account.name = fmt::format("株式会社{}{}", industries[random() % 6], i);
      account.phase = std::string(phases[random() % 4]);
      account.industry = std::string(industries[random() % 6]);
      account.plan = std::string(plans[random() % 3]);
      account.created_day = since;
      accounts.push_back(std::move(account));
      revenue::SubscriptionInput contract;
      contract.account = key;
      contract.external_id = key + "-1";
      contract.product = std::string("Suite");
      contract.seats = static_cast<std::int64_t>(5 + random() % 500);
      contract.mrr = core::Money{static_cast<std::int64_t>(random() % 900) * 1000, "JPY"};
      contract.start = since;
      contract.end = since + 365;
      contracts.push_back(std::move(contract));
      customers::InteractionInput meeting;
      meeting.account = key;
      meeting.external_id = key + "-M";
      meeting.kind = customers::InteractionKind::meeting;
      meeting.occurred_at = core::start_of(book_day - static_cast<int>(random() % 29));
      meeting.subject = std::string("Review");
      meetings.push_back(std::move(meeting));
    }
    must(customers->upsert_accounts(by, accounts, happening));
    must(revenue->upsert_subscriptions(by, contracts, happening));
    must(customers->upsert_interactions(by, meetings, happening));
  }
}

}  // namespace banso::bench
