#include "platform/records/change_follower.hpp"

#include <set>

namespace banso::platform::records {

ChangeFollower::ChangeFollower(std::shared_ptr<Database> database) : database_(std::move(database)) {
  poll(core::now());
}

// Versions do not become visible in the order of their ids: each round looks back over what may still have been open,
// and passes over what it saw.
std::vector<core::AccountId> ChangeFollower::poll(core::Instant now) {
  const auto from = first_id_at({now.microseconds - longest_transaction_us});
  std::set<core::AccountId> accounts;
  std::unordered_set<std::int64_t> within;
  database_->read([&](Session& session) {
    session.each("SELECT version_id, account_id FROM record_version WHERE version_id >= :1", {from},
                 [&](const Row& row) {
                   within.insert(row.integer(0));
                   if (seen_.contains(row.integer(0))) return;
                   if (const auto account = row.id<core::AccountId>(1)) accounts.insert(account);
                 });
  });
  seen_ = std::move(within);
  return {accounts.begin(), accounts.end()};
}

}  // namespace banso::platform::records
