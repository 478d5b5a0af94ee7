#include "managed.hpp"

#include <algorithm>
#include <set>

namespace banso::customers {
namespace {

namespace json = boost::json;

bool is_any_managed(const DefinitionsByKey& definitions) {
  return std::any_of(definitions.begin(), definitions.end(),
                     [](const auto& one) { return !one.second.managed_by.empty(); });
}

void merge(Attributes& attributes, const Attributes& more) {
  attributes.insert(attributes.end(), more.begin(), more.end());
  std::sort(attributes.begin(), attributes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::map<std::string, json::value, std::less<>> members_of(const std::string& stored) {
  std::map<std::string, json::value, std::less<>> members;
  if (stored.size() <= 2) return members;
  const auto parsed = json::parse(stored);
  for (const auto& [name, value] : parsed.as_object()) members.emplace(std::string(name), value);
  return members;
}

std::string text_of(const std::map<std::string, json::value, std::less<>>& members) {
  json::object sorted;
  for (const auto& [name, value] : members) sorted.emplace(name, value);
  return json::serialize(sorted);
}

core::Error not_yours(const std::string& key) {
  return core::Error::invalid_field("attributes." + key, {"This module does not keep the attribute \"" + key + "\".",
                                                          "この機能は項目「" + key + "」を管理していません。"});
}

// The values as they are to be stored, by account; or the first one that its attribute does not take.
core::Result<std::map<std::int64_t, std::vector<std::pair<std::string, std::optional<json::value>>>>> checked(
    std::span<const ManagedValue> values, std::string_view module, const DefinitionsByKey& definitions) {
  std::map<std::int64_t, std::vector<std::pair<std::string, std::optional<json::value>>>> by_account;
  for (const auto& [account, key, value] : values) {
    const auto definition = definitions.find(key);
    if (definition == definitions.end() || definition->second.managed_by != module) return not_yours(key);
    std::optional<json::value> stored;
    if (value) {
      BANSO_TRY_ASSIGN(const auto fits, checked_attribute(definition->second, *value));
      stored = to_json(fits);
    }
    by_account[account.value].emplace_back(key, std::move(stored));
  }
  return by_account;
}

}  // namespace

core::Text kept_by_the_product(std::string_view key) {
  const std::string name(key);
  return {"\"" + name + "\" is kept up to date by Banso. Leave it out.",
          "「" + name + "」は Banso が自動で更新する項目です。この項目を除いてください。"};
}

ManagedHistory::ManagedHistory(Session& session, std::optional<std::span<const core::AccountId>> accounts,
                               const DefinitionsByKey& definitions, int offset_minutes) {
  if (!is_any_managed(definitions)) return;
  // The parts of several modules overlap; they are laid over each other once an account is asked for.
  versioned::each_span<ManagedRow>(session, accounts, [&](const versioned::Span<ManagedRow>& span) {
    KnownSpan known{core::day_of(span.from, offset_minutes)};
    if (span.until) known.until = core::day_of(*span.until, offset_minutes);
    if (!(known.from < known.until)) return;
    parts_[span.record.account.value].push_back({known, attributes_from(span.record.attributes.text, definitions)});
  });
}

void ManagedHistory::each_part(core::AccountId account, KnownSpan known, const Attributes& own,
                               const std::function<void(KnownSpan, Attributes)>& visit) const {
  const auto found = parts_.find(account.value);
  if (found == parts_.end()) return visit(known, own);
  std::set<core::Day> cuts{known.from};
  for (const auto& part : found->second) {
    if (known.on(part.known.from)) cuts.insert(part.known.from);
    if (known.on(part.known.until)) cuts.insert(part.known.until);
  }
  for (auto cut = cuts.begin(); cut != cuts.end(); ++cut) {
    const auto next = std::next(cut);
    auto attributes = own;
    for (const auto& part : found->second) {
      if (part.known.on(*cut)) merge(attributes, part.values);
    }
    visit({*cut, next == cuts.end() ? known.until : *next}, std::move(attributes));
  }
}

ManagedToday::ManagedToday(Session& session, std::optional<std::span<const core::AccountId>> accounts,
                           const DefinitionsByKey& definitions) {
  if (!is_any_managed(definitions)) return;
  const auto keep = [&](const ManagedRow& row) {
    merge(values_[row.account.value], attributes_from(row.attributes.text, definitions));
  };
  if (accounts) {
    versioned::each_row_with<ManagedRow>(session, "account_id", *accounts, keep);
  } else {
    versioned::each_row<ManagedRow>(session, "", {}, keep);
  }
}

void ManagedToday::add_to(core::AccountId account, Attributes& attributes) const {
  const auto found = values_.find(account.value);
  if (found != values_.end()) merge(attributes, found->second);
}

std::string with_managed(Session& session, core::AccountId account, const Moment& moment,
                         const std::string& attributes) {
  const auto rows = load_in<ManagedRow>(session, account, moment);
  if (rows.empty()) return attributes;
  auto members = members_of(attributes);
  for (const auto& row : rows) members.merge(members_of(row.attributes.text));
  return text_of(members);
}

core::Result<std::int64_t> write_managed(BatchContext& batch, std::string_view module,
                                         std::span<const ManagedValue> values) {
  BANSO_TRY_ASSIGN(const auto by_account, checked(values, module, load_definitions(batch.session())));
  std::vector<core::AccountId> ids;
  for (const auto& [account, changes] : by_account) ids.push_back({account});
  std::unordered_map<std::int64_t, ManagedRow> rows;
  versioned::each_row_with<ManagedRow>(batch.session(), "account_id", std::span<const core::AccountId>(ids),
                                       [&](ManagedRow&& row) {
                                         if (row.module == module) rows.emplace(row.account.value, std::move(row));
                                       });
  std::int64_t changed = 0;
  for (const auto account : existing_accounts(batch.session(), ids)) {
    const auto present = rows.find(account);
    ManagedRow row = present == rows.end() ? ManagedRow{} : present->second;
    auto members = members_of(row.attributes.text);
    for (const auto& [key, value] : by_account.at(account)) {
      if (value) {
        members.insert_or_assign(key, *value);
      } else {
        members.erase(key);
      }
    }
    row.account = {account};
    row.module = module;
    row.attributes.text = text_of(members);
    if (present == rows.end() && members.empty()) continue;
    const auto outcome = write_record(batch, present == rows.end() ? nullptr : &present->second, row,
                                      batch.writer.known_at(std::nullopt, std::nullopt));
    if (outcome.result != core::RowResult::unchanged) ++changed;
  }
  return changed;
}

}  // namespace banso::customers
