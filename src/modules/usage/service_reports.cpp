// The service's part that tells how things stand: the intake, and how features are used.
#include <malloc.h>

#include <algorithm>
#include <map>

#include "platform/log/log.hpp"
#include "service_impl.hpp"
#include "statistics_store.hpp"

namespace banso::usage {
namespace {

using platform::records::Session;
using namespace std::chrono_literals;

constexpr int most_days = 400;
constexpr std::size_t most_accounts = 20;

core::Result<Feature> find(Catalogue& catalogue, FeatureId id) {
  for (auto& feature : catalogue.features()) {
    if (feature.id == id) return std::move(feature);
  }
  return core::Error::not_found({"There is no such feature any more.", "この機能は見つかりません。"});
}

// After a flood the allocator holds what the queue held then.
void give_memory_back(const IntakeQueue& queue) {
  if (!queue.is_behind()) malloc_trim(0);
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- every while

std::vector<Keeper::Duty> ServiceImpl::duties() {
  return {{"daily usage facts could not be compacted", 1s,
           [this] { facts_.compact([this] { return catalogue_.grouping(); }); }},
          {"what came in could not be counted", 3s, [this] { statistics_.flush(); }},
          {"properties of events could not be written", 5s, [this] { properties_.flush(); }},
          {"silent sources could not be looked for", 60s, [this] { reports_.watch(); }},
          {"memory could not be given back", 30s, [this] { give_memory_back(*queue_); }}};
}

void ServiceImpl::write_what_is_kept() {
  try {
    statistics_.flush();
    properties_.flush(core::now(), true);
    facts_.compact_recent([this] { return catalogue_.grouping(); });
  } catch (const std::exception& error) {
    platform::log::error(std::string("what usage counted could not be written: ") + error.what());
  }
}

// ------------------------------------------------------------------------------------------------------------ features

core::Result<FeatureProperties> ServiceImpl::feature_properties(FeatureId id) {
  BANSO_TRY_ASSIGN(const auto feature, find(catalogue_, id));
  return properties_.of(feature.types);
}

core::Result<FeatureUsageReport> ServiceImpl::feature_usage(FeatureId id, core::Day from, core::Day to) {
  if (from > to || to - from >= most_days) {
    return core::Error::invalid_field("from", {"Ask for 1 to 400 days.", "1日から400日の範囲で指定してください。"});
  }
  BANSO_TRY_ASSIGN(const auto feature, find(catalogue_, id));
  const auto count = static_cast<std::size_t>(to - from) + 1;
  FeatureUsageReport report;
  for (auto day = from; day <= to; day = day + 1) report.days.push_back(day);
  report.events.resize(count);
  report.users.resize(count);
  std::map<core::AccountId, std::int64_t> by_account;
  for (const auto& row : facts_.feature_days(id, feature.types, from, to)) {
    const auto index = static_cast<std::size_t>(row.day - from);
    report.events[index] += row.events;
    report.users[index] += row.users;  // a person belongs to one account: nobody is counted twice
    by_account[row.account] += row.events;
  }
  for (const auto& [account, events] : by_account) report.accounts.push_back({account, {}, events, 0});
  std::ranges::stable_sort(report.accounts, std::greater<>{}, &FeatureAccount::events);
  if (report.accounts.size() > most_accounts) report.accounts.resize(most_accounts);

  std::vector<core::AccountId> top;
  for (const auto& account : report.accounts) top.push_back(account.account);
  auto names = dependencies_.accounts->names(top);
  const auto users = facts_.feature_users(feature.types, from, to, top);
  for (auto& account : report.accounts) {
    account.name = std::move(names[account.account]);
    if (const auto found = users.find(account.account); found != users.end()) account.users = found->second;
  }
  return report;
}

// ------------------------------------------------------------------------------------------------------------- silence

}  // namespace banso::usage
