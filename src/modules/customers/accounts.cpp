// Writing accounts: matching, owners, attributes, and the hierarchy (parents may come after their children).
#include <optional>
#include <unordered_map>

#include "attributes.hpp"
#include "batch.hpp"
#include "core/ascii.hpp"

namespace banso::customers {
namespace {

constexpr int deepest_hierarchy = 20;
constexpr std::size_t most_domains = 50;

class AccountBatch {
 public:
  AccountBatch(BatchContext& batch, std::span<const AccountInput> inputs)
      : batch_(batch),
        inputs_(inputs),
        users_(batch.surroundings),
        definitions_(load_definitions(batch.session())),
        reporting_currency_(batch.surroundings.reporting_currency()) {
    load_accounts();
  }

  Outcomes run() {
    Outcomes outcomes;
    outcomes.reserve(inputs_.size());
    for (const auto& input : inputs_) outcomes.push_back(write(input));
    link_waiting_children();
    return outcomes;
  }

 private:
  void load_accounts() {
    std::vector<std::int64_t> ids;
    std::vector<std::string> external_ids;
    for (const auto& input : inputs_) {
      if (input.id) ids.push_back(input.id.value);
      if (!input.external_id.empty()) external_ids.push_back(input.external_id);
      if (input.parent.value()) external_ids.push_back(*input.parent.value());
      if (input.parent_id.value()) ids.push_back(input.parent_id.value()->value);
    }
    keep_distinct(ids);
    keep_distinct(external_ids);
    const auto keep_account = [&](Account&& account) { keep(std::move(account)); };
    versioned::each_row_with<Account>(batch_.session(), "id", std::span<const std::int64_t>(ids), keep_account);
    versioned::each_row_with<Account>(batch_.session(), "external_id", std::span<const std::string>(external_ids),
                                      keep_account);
  }

  const Account* keep(Account account) {
    if (!account.external_id.empty()) by_external_id_[account.external_id] = account.id;
    const auto id = account.id;
    return &(by_id_[id] = std::move(account));
  }

  const Account* find(core::AccountId id) const {
    const auto found = by_id_.find(id.value);
    return found == by_id_.end() ? nullptr : &found->second;
  }
  const Account* find(const std::string& external_id) const {
    const auto found = by_external_id_.find(external_id);
    return found == by_external_id_.end() ? nullptr : &by_id_.at(found->second);
  }

  core::RowOutcome write(const AccountInput& input) {
    RowCheck check;
    const auto* present = input.id ? find(input.id) : find(input.external_id);
    if (input.id && !present) check.fail("id", {"There is no such account.", "この顧客企業はありません。"});
    if (!input.id && input.external_id.empty()) {
      check.fail("external_id", {"Every row needs the account's external id.", "各行に顧客企業の外部IDが必要です。"});
    }
    Account account = present ? *present : Account{};
    apply(input, present == nullptr, account, check);
    if (!check.ok()) return rejected(check);
    const auto known_at = batch_.writer.known_at(
        input.known_at, account.created_day ? std::optional(batch_.start_of(*account.created_day)) : std::nullopt);
    auto outcome = write_record(batch_, present, account, known_at);
    if (outcome.result == core::RowResult::created) created_.push_back(account.external_id);
    if (outcome.result != core::RowResult::unchanged) keep(std::move(account));
    return outcome;
  }

  void apply(const AccountInput& input, bool is_new, Account& account, RowCheck& check) {
    if (is_new && check.text_is_sound("external_id", input.external_id, short_text_bytes)) {
      account.external_id = trimmed(input.external_id);
    }
    check.text("name", input.name, account.name);
    if (account.name.empty()) check.required("name");
    check.text("reading", input.reading, account.reading);
    check.text("phase", input.phase, account.phase);
    check.text("industry", input.industry, account.industry);
    check.text("size", input.size, account.size);
    check.text("region", input.region, account.region);
    check.text("country", input.country, account.country);
    check.text("plan", input.plan, account.plan);
    RowCheck::maybe(input.created_day, account.created_day);
    apply_domains(input, account, check);
    apply_owner(input, account, check);
    apply_parent(input, account, check);
    apply_attributes(input.attributes, definitions_, reporting_currency_, account.attributes, check);
  }

  static void apply_domains(const AccountInput& input, Account& account, RowCheck& check) {
    if (!input.domains.given()) return;
    account.domains.clear();
    if (!input.domains.value()) return;
    for (const auto& given : *input.domains.value()) {
      auto domain = core::lower_case(trimmed(given));
      if (domain.starts_with('@')) domain.erase(0, 1);
      if (domain.empty()) continue;
      if (!is_domain(domain)) {
        check.fail("domains", {"\"" + domain + "\" is not a domain: write it like example.co.jp.",
                               "「" + domain + "」はドメインではありません。example.co.jp のように入力してください。"});
        continue;
      }
      account.domains.push_back(std::move(domain));
    }
    keep_distinct(account.domains);
    if (account.domains.size() > most_domains) {
      check.fail("domains", {"At most 50 domains.", "ドメインは50件までです。"});
    }
  }

  void apply_owner(const AccountInput& input, Account& account, RowCheck& check) {
    if (input.owner_id.given()) {
      account.owner = input.owner_id.value() ? *input.owner_id.value() : core::UserId{};
      account.owner_name.clear();
      if (account.owner && batch_.surroundings.user_name && !batch_.surroundings.user_name(account.owner)) {
        check.fail("owner_id", {"There is no such user.", "このユーザーはいません。"});
      }
      return;
    }
    if (!input.owner.given()) return;
    std::string text;
    check.text("owner", input.owner, text);
    const auto user = text.empty() ? std::nullopt : users_.find(text);
    account.owner = user.value_or(core::UserId{});
    account.owner_name = user ? std::string() : text;
  }

  void apply_parent(const AccountInput& input, Account& account, RowCheck& check) {
    if (input.parent_id.given()) {
      if (!input.parent_id.value() || !*input.parent_id.value()) return set_parent(account, nullptr);
      const auto* parent = find(*input.parent_id.value());
      if (!parent) return check.fail("parent_id", {"There is no such account.", "この顧客企業はありません。"});
      if (would_circle(account, *parent)) return fail_circle("parent_id", check);
      return set_parent(account, parent);
    }
    if (!input.parent.given()) return;
    std::string external_id;
    check.text("parent", input.parent, external_id);
    if (external_id.empty()) return set_parent(account, nullptr);
    if (external_id == account.external_id) return fail_circle("parent", check);
    const auto* parent = find(external_id);
    if (!parent) {
      account.parent = {};
      account.pending_parent = external_id;
      return;
    }
    if (would_circle(account, *parent)) return fail_circle("parent", check);
    set_parent(account, parent);
  }

  static void set_parent(Account& account, const Account* parent) {
    account.parent = {parent ? parent->id : 0};
    account.pending_parent.clear();
  }

  static void fail_circle(const char* field, RowCheck& check) {
    check.fail(field,
               {"An account cannot be above itself in the hierarchy.", "自社の上位に自社を置くことはできません。"});
  }

  bool would_circle(const Account& account, const Account& parent) {
    if (account.id == 0) return false;  // nothing can be below a new account
    auto above = parent.id;
    for (int depth = 0; above != 0 && depth < deepest_hierarchy; ++depth) {
      if (above == account.id) return true;
      if (const auto* known = find(core::AccountId{above})) {
        above = known->parent.value;
      } else {
        const auto row = versioned::get<Account>(batch_.session(), above);
        above = row ? row->parent.value : 0;
      }
    }
    return above != 0;
  }

  // Accounts of this batch and of earlier ones that named a parent which has now come.
  void link_waiting_children() {
    if (batch_.writer.dry_run() || created_.empty()) return;
    versioned::each_row_with<Account>(batch_.session(), "pending_parent", std::span<const std::string>(created_),
                                      [&](Account&& child) { waiting_.push_back(std::move(child)); });
    for (const auto& child : waiting_) {
      const auto* parent = find(child.pending_parent);
      if (!parent || would_circle(child, *parent)) continue;
      Account linked = child;
      set_parent(linked, parent);
      // The link was part of what the child's row said, so it is known since then; the parent may be known later.
      write_record(batch_, &child, linked, std::max(child.known_at, parent->known_at));
      keep(std::move(linked));
    }
  }

  BatchContext& batch_;
  std::span<const AccountInput> inputs_;
  UserReferences users_;
  std::map<std::string, AttributeDefinition, std::less<>> definitions_;
  std::string reporting_currency_;
  std::unordered_map<std::int64_t, Account> by_id_;
  std::unordered_map<std::string, std::int64_t> by_external_id_;
  std::vector<std::string> created_;  // external ids
  std::vector<Account> waiting_;
};

}  // namespace

Outcomes upsert_accounts(BatchContext& batch, std::span<const AccountInput> inputs) {
  return AccountBatch(batch, inputs).run();
}

}  // namespace banso::customers
