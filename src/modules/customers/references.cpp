#include "references.hpp"

#include <algorithm>
#include "core/ascii.hpp"

namespace banso::customers {
namespace {

template <class Key>
void each_with(Session& session, const std::string& select, std::string_view column, std::span<const Key> keys,
               const std::function<void(const records::Row&)>& visit) {
  for (std::size_t begin = 0; begin < keys.size(); begin += records::largest_list) {
    const auto count = std::min(records::largest_list, keys.size() - begin);
    const auto size = records::padded_list_size(count);
    records::Values parameters;
    for (std::size_t i = 0; i < size; ++i) parameters.emplace_back(keys[begin + std::min(i, count - 1)]);
    session.each(select + " WHERE " + std::string(column) + " IN (" + records::placeholders(1, size) + ")", parameters,
                 visit);
  }
}

}  // namespace

std::unordered_set<std::int64_t> existing_accounts(Session& session, std::span<const core::AccountId> ids) {
  std::unordered_set<std::int64_t> found;
  each_with(session, "SELECT id FROM account", "id", ids,
            [&](const records::Row& row) { found.insert(row.integer(0)); });
  return found;
}

std::unordered_set<std::int64_t> existing_contacts(Session& session, std::span<const core::ContactId> ids) {
  std::unordered_set<std::int64_t> found;
  each_with(session, "SELECT id FROM contact", "id", ids,
            [&](const records::Row& row) { found.insert(row.integer(0)); });
  return found;
}

void AccountReferences::load(Session& session, std::vector<core::AccountId> ids,
                             std::vector<std::string> external_ids) {
  keep_distinct(ids);
  keep_distinct(external_ids);
  ids_ = existing_accounts(session, ids);
  each_with(session, "SELECT id, external_id FROM account", "external_id", std::span<const std::string>(external_ids),
            [&](const records::Row& row) { by_external_id_.emplace(row.text(1), row.id<core::AccountId>(0)); });
}

core::AccountId AccountReferences::find(core::AccountId id, const std::string& external_id, RowCheck& check,
                                        bool required) const {
  if (id) {
    if (ids_.contains(id.value)) return id;
    check.fail("account", {"There is no such account.", "この顧客企業はありません。"});
    return {};
  }
  if (external_id.empty()) {
    if (required)
      check.fail("account", {"Name the account by its external id.", "顧客企業を外部IDで指定してください。"});
    return {};
  }
  const auto found = by_external_id_.find(external_id);
  if (found != by_external_id_.end()) return found->second;
  check.fail("account", {"There is no account with the external id \"" + external_id + "\". Import the accounts first.",
                         "外部ID「" + external_id + "」の顧客企業がありません。先に顧客企業を取り込んでください。"});
  return {};
}

PersonReferences::PersonReferences(Session& session, std::vector<std::string> texts) {
  std::vector<std::string> emails, others;
  keep_distinct(texts);
  for (const auto& text : texts) {
    if (text.empty()) continue;
    if (is_email(text)) emails.push_back(core::lower_case(text));
    others.push_back(text);
  }
  const auto load = [&](std::string_view column, const std::vector<std::string>& keys, auto&& visit) {
    versioned::each_row_with<Contact>(session, column, std::span<const std::string>(keys), visit);
  };
  load("email", emails, [&](const Contact& contact) { by_email_.emplace(contact.email, core::ContactId{contact.id}); });
  load("external_id", others,
       [&](const Contact& contact) { by_external_id_.emplace(contact.external_id, core::ContactId{contact.id}); });
  std::vector<std::int64_t> named;
  load("name", others, [&](const Contact& contact) {
    by_name_[contact.name].push_back({contact.id});
    named.push_back(contact.id);
  });
  each_with(session, "SELECT contact_id, account_id FROM contact_role", "contact_id",
            std::span<const std::int64_t>(named),
            [&](const auto& row) { accounts_of_[row.integer(0)].insert(row.integer(1)); });
}

Person PersonReferences::find(core::AccountId account, const std::string& text) const {
  const auto contact_in = [](const auto& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? core::ContactId{} : found->second;
  };
  if (const auto contact = contact_in(by_email_, core::lower_case(text))) return {contact, ""};
  if (const auto contact = contact_in(by_external_id_, text)) return {contact, ""};
  if (const auto named = by_name_.find(text); named != by_name_.end()) {
    for (const auto contact : named->second) {
      const auto accounts = accounts_of_.find(contact.value);
      if (accounts != accounts_of_.end() && accounts->second.contains(account.value)) return {contact, ""};
    }
  }
  return {{}, text};
}

std::optional<core::UserId> UserReferences::find(const std::string& email_or_name) {
  if (!surroundings_.find_user) return std::nullopt;
  const auto [place, is_new] = known_.try_emplace(email_or_name);
  if (is_new) place->second = surroundings_.find_user(email_or_name);
  return place->second;
}

}  // namespace banso::customers
