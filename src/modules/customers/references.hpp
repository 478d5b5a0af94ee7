// What the rows of one batch point at: accounts by external id, people by e-mail, external id or name, users by e-mail
// or name. Looked up in a few statements for the whole batch, then answered from memory.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "modules/customers/customers.hpp"
#include "platform/versioned/upsert.hpp"
#include "rows.hpp"

namespace banso::customers {

// Those of the ids that are accounts.
std::unordered_set<std::int64_t> existing_accounts(Session& session, std::span<const core::AccountId> ids);
// Those of the ids that are contacts, of whichever account.
std::unordered_set<std::int64_t> existing_contacts(Session& session, std::span<const core::ContactId> ids);

class AccountReferences {
 public:
  // Rows have `account_id` and `account`.
  template <class Input>
  AccountReferences(Session& session, std::span<const Input> inputs) {
    std::vector<core::AccountId> ids;
    std::vector<std::string> external_ids;
    for (const auto& input : inputs) {
      if (input.account_id) ids.push_back(input.account_id);
      if (!input.account.empty()) external_ids.push_back(input.account);
    }
    load(session, std::move(ids), std::move(external_ids));
  }

  // None with an error in `check` where there is no such account; none without an error where none is named and
  // `required` is false.
  core::AccountId find(core::AccountId id, const std::string& external_id, RowCheck& check, bool required = true) const;

 private:
  void load(Session& session, std::vector<core::AccountId> ids, std::vector<std::string> external_ids);

  std::unordered_set<std::int64_t> ids_;
  std::unordered_map<std::string, core::AccountId> by_external_id_;
};

// A contact, or the bare name where no contact fits.
struct Person {
  core::ContactId contact;
  std::string name;
};

class PersonReferences {
 public:
  PersonReferences(Session& session, std::vector<std::string> texts);

  Person find(core::AccountId account, const std::string& text) const;

 private:
  void add(const Contact& contact);

  std::unordered_map<std::string, core::ContactId> by_email_, by_external_id_;
  std::unordered_map<std::string, std::vector<core::ContactId>> by_name_;
  std::unordered_map<std::int64_t, std::unordered_set<std::int64_t>> accounts_of_;  // of the people found by name
};

class UserReferences {
 public:
  explicit UserReferences(const Surroundings& surroundings) : surroundings_(surroundings) {}
  std::optional<core::UserId> find(const std::string& email_or_name);

 private:
  const Surroundings& surroundings_;
  std::unordered_map<std::string, std::optional<core::UserId>> known_;
};

using versioned::keep_distinct;

}  // namespace banso::customers
