#include "account_directory.hpp"

namespace banso::app {
namespace {

class CustomersDirectory final : public usage::AccountDirectory {
 public:
  explicit CustomersDirectory(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}

  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> external_ids) override {
    return customers_->accounts_by_external_id(external_ids);
  }

  std::optional<core::AccountId> by_email_domain(std::string_view domain) override {
    return customers_->account_of_domain(domain);
  }

  // Somebody who is a contact of several accounts says nothing about where an event belongs.
  std::optional<core::AccountId> by_contact_email(std::string_view email) override {
    const auto found = customers_->contacts_by_email(email);
    return found.size() == 1 ? std::optional(found.front().first) : std::nullopt;
  }

  bool exists(core::AccountId account) override { return customers_->exists(account); }

  std::map<core::AccountId, std::string> names(std::span<const core::AccountId> accounts) override {
    std::map<core::AccountId, std::string> names;
    if (accounts.empty()) return names;
    const auto selection = customers::Selection::of({accounts.begin(), accounts.end()});
    customers_->each_book_row(selection, [&](const customers::BookRow& row) { names.emplace(row.id, row.name); });
    return names;
  }

  void each_contact(const std::vector<core::AccountId>& accounts,
                    const std::function<void(const usage::ContactReference&)>& visit) override {
    const auto selection = accounts.empty() ? customers::Selection::all() : customers::Selection::of(accounts);
    customers_->each_contact(selection, [&](const customers::ContactFact& fact) {
      if (fact.known.until == customers::KnownSpan::still) visit({fact.contact, fact.account, fact.name, fact.email});
    });
  }

 private:
  std::shared_ptr<customers::Service> customers_;
};

}  // namespace

std::shared_ptr<usage::AccountDirectory> make_account_directory(std::shared_ptr<customers::Service> customers) {
  return std::make_shared<CustomersDirectory>(std::move(customers));
}

}  // namespace banso::app
