#include "attribute_keeper.hpp"

#include <algorithm>

#include "platform/log/log.hpp"

namespace banso::org {
namespace {

constexpr std::size_t accounts_per_transaction = 500;  // two values each
const std::string keeper_name = "Banso";
const std::vector<std::string> model_kinds{std::string(engagement_model_kind)};
constexpr std::string_view module_name = "org";

customers::Provenance by_banso() {
  return customers::Provenance::by(core::Caller::system(keeper_name));
}

customers::AttributeDefinition attribute(std::string_view key, core::Text name) {
  customers::AttributeDefinition definition;
  definition.key = std::string(key);
  definition.name = std::move(name);
  definition.type = customers::AttributeType::choice;
  definition.managed_by = std::string(module_name);
  return definition;
}

std::optional<customers::AttributeValue> value_of(const std::string& key) {
  return key.empty() ? std::nullopt : std::optional<customers::AttributeValue>(key);
}

std::unordered_map<core::AccountId, core::UserId> as_map(
    const std::vector<std::pair<core::AccountId, core::UserId>>& owners) {
  return {owners.begin(), owners.end()};
}

std::vector<core::AccountId> accounts_of(const health::BookView& book, std::span<const std::uint32_t> rows) {
  std::vector<core::AccountId> accounts;
  accounts.reserve(rows.size());
  for (const auto row : rows) accounts.push_back(book.id(row));
  return accounts;
}

}  // namespace

std::unordered_map<core::UserId, std::string> team_of_users(std::span<const Team> teams) {
  std::unordered_map<core::UserId, std::string> found;
  for (const auto direction : {Direction::size, Direction::function}) {
    for (const auto& team : teams) {  // ascending by id within a direction
      if (team.direction != direction) continue;
      for (const auto& member : team.members) found.try_emplace(member.user, team.key);
    }
  }
  return found;
}

AttributeKeeper::Rules AttributeKeeper::read_rules() {
  Rules rules;
  for (const auto& [name, body] : from_.definitions->published(model_kinds).bodies) {
    rules.models.push_back(read_model(name.key, body));
    rules.fingerprint += name.key + body + "\n";
  }
  rules.teams = store_.teams();
  for (const auto& team : rules.teams) {
    rules.fingerprint += team.key + "\t" + team.name.en + "\t" + team.name.ja + "\t";
    for (const auto& member : team.members) rules.fingerprint += std::to_string(member.user.value) + ",";
    rules.fingerprint += "\n";
  }
  return rules;
}

// The choices of both attributes; an attribute without a choice cannot be, so it waits for the first.
void AttributeKeeper::define(const Rules& rules) {
  auto model = attribute(engagement_model_attribute, {"Engagement model", "タッチモデル"});
  for (const auto& each : rules.models) model.choices.push_back({each.key, each.name});
  auto team = attribute(team_attribute, {"Team", "チーム"});
  for (const auto& each : rules.teams) team.choices.push_back({each.key, each.name});
  for (const auto& definition : {model, team}) {
    if (definition.choices.empty()) continue;
    if (const auto defined = from_.customers->define_managed(by_banso(), definition); !defined) {
      platform::log::error("the attribute \"" + definition.key + "\" cannot be kept: " + defined.error().message.en);
    }
  }
}

void AttributeKeeper::look(const health::BookViewPtr& book) {
  const std::lock_guard lock(mutex_);
  try {
    const auto rules = read_rules();
    const bool is_first = !previous_;
    if (is_first || rules.fingerprint != fingerprint_) {
      define(rules);
      look_at_all(*book, rules);
      fingerprint_ = rules.fingerprint;
    } else if (book != previous_) {
      const auto changed = book->changed_since(*previous_);
      changed ? look_at(*book, rules, *changed) : look_at_all(*book, rules);
    }
    previous_ = book;
  } catch (...) {
    previous_.reset();
    kept_.clear();
    throw;
  }
}

void AttributeKeeper::look_at_all(const health::BookView& book, const Rules& rules) {
  std::vector<std::uint32_t> rows(book.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = static_cast<std::uint32_t>(row);
  if (kept_.empty()) {
    for (const auto row : rows) {
      Kept kept{text_value(book, row, engagement_model_attribute), text_value(book, row, team_attribute)};
      if (!(kept == Kept{})) kept_.emplace(book.id(row), std::move(kept));
    }
  }
  const auto models = compile_models(rules.models, book.fields());
  keep(book, rows, models, models_of(book, models), as_map(from_.customers->owners(customers::Selection::all())),
       rules.teams);
}

void AttributeKeeper::look_at(const health::BookView& book, const Rules& rules, std::span<const std::uint32_t> rows) {
  if (rows.empty()) return;
  const auto models = compile_models(rules.models, book.fields());
  keep(book, rows, models, models_of(book, models, rows),
       as_map(from_.customers->owners(customers::Selection::of(accounts_of(book, rows)))), rules.teams);
}

void AttributeKeeper::keep(const health::BookView& book, std::span<const std::uint32_t> rows,
                           std::span<const CompiledModel> models, std::span<const std::size_t> model_of,
                           const std::unordered_map<core::AccountId, core::UserId>& owners,
                           const std::vector<Team>& teams) {
  const auto teams_of_users = team_of_users(teams);
  std::vector<std::pair<core::AccountId, Kept>> changes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto account = book.id(rows[i]);
    Kept wanted;
    if (model_of[i] != no_model) wanted.model = models[model_of[i]].model.key;
    if (const auto owner = owners.find(account); owner != owners.end()) {
      if (const auto team = teams_of_users.find(owner->second); team != teams_of_users.end()) {
        wanted.team = team->second;
      }
    }
    const auto known = kept_.find(account);
    if (wanted == (known == kept_.end() ? Kept{} : known->second)) continue;
    changes.emplace_back(account, std::move(wanted));
  }
  write(std::move(changes));
}

void AttributeKeeper::write(std::vector<std::pair<core::AccountId, Kept>> changes) {
  if (changes.empty()) return;
  // An attribute that nobody could define (its key is somebody's own) is not written.
  std::vector<std::string_view> keys;
  for (const auto& definition : from_.customers->attribute_definitions()) {
    if (definition.managed_by != module_name) continue;
    if (definition.key == engagement_model_attribute) keys.push_back(engagement_model_attribute);
    if (definition.key == team_attribute) keys.push_back(team_attribute);
  }
  for (std::size_t begin = 0; begin < changes.size(); begin += accounts_per_transaction) {
    const auto end = std::min(changes.size(), begin + accounts_per_transaction);
    std::vector<customers::ManagedValue> values;
    for (auto i = begin; i < end; ++i) {
      const auto& [account, wanted] = changes[i];
      for (const auto key : keys) {
        values.push_back(
            {account, std::string(key), value_of(key == engagement_model_attribute ? wanted.model : wanted.team)});
      }
    }
    const auto written = from_.customers->set_managed(by_banso(), module_name, values);
    if (!written) throw std::runtime_error(written.error().message.en);
    for (auto i = begin; i < end; ++i) kept_.insert_or_assign(changes[i].first, changes[i].second);
  }
}

}  // namespace banso::org
