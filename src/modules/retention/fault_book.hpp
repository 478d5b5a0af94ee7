// What is odd in the contracts, kept up to date account by account. Internal to the module.
#pragma once

#include <mutex>
#include <string>

#include "engine/revenue/faults.hpp"
#include "ledgers.hpp"

namespace banso::retention {

struct FoundFault {
  std::string id;  // the same as long as code, account, day and contracts are the same
  ledger::Fault fault;
};

// Threading: shared by all threads.
class FaultBook {
 public:
  // All but those of closed months, by account, then day. Looks again only at accounts that were read again since.
  std::vector<FoundFault> find(const Reading& reading);

 private:
  void look_at(const Reading& reading, ledger::AccountIndex account);

  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::size_t looked_at_ = 0;  // of Contracts::reloaded()
  std::vector<std::vector<ledger::Fault>> by_account_;
};

std::string id_of(const Reading& reading, const ledger::Fault& fault);

}  // namespace banso::retention
