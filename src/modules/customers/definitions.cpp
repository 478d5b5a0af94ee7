// Defining attributes: what the vendor wants to know of accounts beyond the usual.
#include "attributes.hpp"
#include "core/currency.hpp"
#include "managed.hpp"
#include "service.hpp"

namespace banso::customers {
namespace {

constexpr std::size_t most_definitions = 300;
constexpr std::size_t most_choices = 500;

using Definitions = std::map<std::string, AttributeDefinition, std::less<>>;

core::Error no_attribute() {
  return core::Error::not_found({"There is no such attribute.", "この項目はありません。"});
}

core::Result<> check_definition(const AttributeDefinition& definition) {
  core::Error error = core::Error::invalid({"Some fields are wrong.", "入力内容に誤りがあります。"});
  const auto fail = [&](const char* field, core::Text message) { error.fields.push_back({field, std::move(message)}); };
  if (!is_attribute_key(definition.key)) {
    fail("key", {"Use 1 to 60 lower-case letters, digits and _, beginning with a letter.",
                 "英小文字・数字・_ で60文字以内、先頭は英字にしてください。"});
  }
  const auto name_is_wrong = [](const std::string& name) { return name.empty() || name.size() > short_text_bytes; };
  if (name_is_wrong(definition.name.en))
    fail("name.en", {"Give it an English name.", "英語の名称を入力してください。"});
  if (name_is_wrong(definition.name.ja))
    fail("name.ja", {"Give it a Japanese name.", "日本語の名称を入力してください。"});
  if (definition.choices.size() > most_choices) fail("choices", {"At most 500 choices.", "選択肢は500個までです。"});
  for (const auto& choice : definition.choices) {
    if (name_is_wrong(choice.value)) fail("choices", {"A choice needs a value.", "選択肢の値を入力してください。"});
  }
  if (definition.type == AttributeType::choice && definition.choices.empty()) {
    fail("choices", {"List at least one choice.", "選択肢を1つ以上入力してください。"});
  }
  if (!definition.currency.empty() && core::currency_code(definition.currency) != definition.currency) {
    fail("currency", {"There is no such currency. Write its three capital letters, like JPY.",
                      "この通貨はありません。JPY のような大文字3文字の通貨コードにしてください。"});
  }
  if (error.fields.empty()) return {};
  return error;
}

// Labels default to the value, so that a choice can always be shown.
void complete(AttributeDefinition& definition) {
  for (auto& choice : definition.choices) {
    if (choice.label.en.empty()) choice.label.en = choice.value;
    if (choice.label.ja.empty()) choice.label.ja = choice.value;
  }
  if (definition.name.ja.empty()) definition.name.ja = definition.name.en;
  if (definition.name.en.empty()) definition.name.en = definition.name.ja;
}

std::optional<DefinedAttribute> find_row(Session& session, std::string_view key) {
  if (!is_attribute_key(key)) return std::nullopt;
  auto rows = versioned::load<DefinedAttribute>(session, " WHERE attribute_key = :1", {key});
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

core::Result<AttributeDefinition> insert(BatchContext& batch, AttributeDefinition definition) {
  complete(definition);
  BANSO_TRY(check_definition(definition));
  const auto row = batch.session().query_one("SELECT COUNT(*) FROM attribute_definition");
  if (row->integer(0) >= static_cast<std::int64_t>(most_definitions)) {
    return core::Error::invalid({"There are 300 attributes already. Delete one that nobody uses.",
                                 "項目は300個までです。使っていない項目を削除してください。"});
  }
  auto record = row_from(definition);
  batch.writer.create(record, batch.writer.now());
  return definition;
}

core::Result<AttributeDefinition> update(BatchContext& batch, const DefinedAttribute& present,
                                         AttributeDefinition definition) {
  complete(definition);
  BANSO_TRY(check_definition(definition));
  auto record = row_from(definition);
  record.id = present.id;
  record.known_at = present.known_at;
  if (record != present) batch.writer.change(present, record, batch.writer.now());
  return definition;
}

const AttributeDefinition* find_by_heading(const Definitions& definitions, std::string_view heading) {
  const auto wanted = search_key(heading);
  for (const auto& [key, definition] : definitions) {
    if (wanted == key || wanted == search_key(definition.name.en) || wanted == search_key(definition.name.ja)) {
      return &definition;
    }
  }
  return nullptr;
}

std::string free_key(const Definitions& definitions, std::string_view heading) {
  const auto wished = key_from_heading(heading);
  if (wished && !definitions.contains(*wished)) return *wished;
  const std::string stem = wished ? wished->substr(0, 50) : "attribute";
  for (std::size_t number = wished ? 2 : 1;; ++number) {
    auto key = stem + "_" + std::to_string(number);
    if (!definitions.contains(key)) return key;
  }
}

// The definition with the choices that it does not know yet.
AttributeDefinition with_choices(AttributeDefinition definition, const std::vector<std::string>& choices) {
  for (const auto& value : choices) {
    if (definition.choices.size() >= most_choices) break;
    const bool known = parse_attribute(definition, value, "").has_value();
    if (!known && !trimmed(value).empty())
      definition.choices.push_back({trimmed(value), {trimmed(value), trimmed(value)}});
  }
  return definition;
}

core::Error not_allowed() {
  return core::Error::forbidden(
      {"Only leaders and administrators define attributes.", "項目を定義できるのはリーダーと管理者です。"});
}

core::Error managed(const std::string& key) {
  auto error = core::Error::invalid_field("attributes." + key, kept_by_the_product(key));
  error.message = error.fields.front().message;
  return error;
}

template <class Work>
core::Result<AttributeDefinition> defining(records::Database& database, const Surroundings& surroundings,
                                           const Provenance& provenance, core::Role needed, Work&& work) {
  if (!provenance.caller.at_least(needed)) return not_allowed();
  return database.write([&](Session& session) -> core::Result<AttributeDefinition> {
    versioned::Writer writer(session, provenance, {});
    BatchContext batch{writer, surroundings};
    return work(batch);
  });
}

}  // namespace

std::vector<AttributeDefinition> CustomersService::attributes() {
  return database_->read([&](Session& session) {
    auto definitions = load_definitions(session);
    for (const std::string table : {"account", "managed_values"}) {
      session.each("SELECT attributes FROM " + table + " WHERE attributes <> '{}'", {}, [&](const records::Row& row) {
        const auto values = boost::json::parse(row.text(0));
        for (const auto& [name, value] : values.as_object()) {
          const auto found = definitions.find(std::string_view(name));
          if (found != definitions.end()) ++found->second.used_by;
        }
      });
    }
    std::vector<AttributeDefinition> list;
    list.reserve(definitions.size());
    for (auto& [key, definition] : definitions) list.push_back(std::move(definition));
    return list;
  });
}

std::vector<AttributeDefinition> CustomersService::attribute_definitions() {
  return database_->read([&](Session& session) {
    std::vector<AttributeDefinition> list;
    for (auto& [key, definition] : load_definitions(session)) list.push_back(std::move(definition));
    return list;
  });
}

core::Result<AttributeDefinition> CustomersService::define_attribute(const Provenance& provenance,
                                                                     AttributeDefinition definition) {
  return defining(*database_, surroundings_, provenance, core::Role::leader,
                  [&](BatchContext& batch) -> core::Result<AttributeDefinition> {
                    definition.managed_by.clear();  // only define_managed() says whose it is
                    if (definition.key.empty()) {
                      definition.key = free_key(load_definitions(batch.session()), definition.name.en);
                    }
                    if (find_row(batch.session(), definition.key)) {
                      core::Error error = core::Error::conflict(
                          {"There is an attribute with this key already.", "このキーの項目がすでにあります。"});
                      error.fields.push_back({"key", error.message});
                      return error;
                    }
                    return insert(batch, std::move(definition));
                  });
}

core::Result<AttributeDefinition> CustomersService::change_attribute(const Provenance& provenance,
                                                                     AttributeDefinition definition) {
  return defining(*database_, surroundings_, provenance, core::Role::leader,
                  [&](BatchContext& batch) -> core::Result<AttributeDefinition> {
                    const auto present = find_row(batch.session(), definition.key);
                    if (!present) return no_attribute();
                    if (!present->managed_by.empty()) return managed(definition.key);
                    definition.type = present->type;  // stored values depend on it
                    definition.managed_by.clear();
                    return update(batch, *present, std::move(definition));
                  });
}

core::Result<> CustomersService::delete_attribute(const Provenance& provenance, std::string_view key) {
  BANSO_TRY(defining(*database_, surroundings_, provenance, core::Role::leader,
                     [&](BatchContext& batch) -> core::Result<AttributeDefinition> {
                       const auto present = find_row(batch.session(), key);
                       if (!present) return no_attribute();
                       if (!present->managed_by.empty()) return managed(present->key);
                       batch.writer.remove(*present);
                       return definition_from(*present);
                     }));
  return {};
}

core::Result<AttributeDefinition> CustomersService::ensure_attribute(const Provenance& provenance,
                                                                     std::string_view heading, AttributeType type,
                                                                     std::vector<std::string> choices) {
  return defining(*database_, surroundings_, provenance, core::Role::csm,
                  [&](BatchContext& batch) -> core::Result<AttributeDefinition> {
                    const auto definitions = load_definitions(batch.session());
                    if (const auto* known = find_by_heading(definitions, heading)) {
                      if (!known->managed_by.empty()) return managed(known->key);
                      if (known->type != AttributeType::choice) return *known;
                      return update(batch, *find_row(batch.session(), known->key), with_choices(*known, choices));
                    }
                    const auto name = trimmed(heading);
                    AttributeDefinition definition{free_key(definitions, heading), {name, name}, type, {}, "", 0, ""};
                    return insert(batch, with_choices(std::move(definition), choices));
                  });
}

core::Result<AttributeDefinition> CustomersService::define_managed(const Provenance& provenance,
                                                                   AttributeDefinition definition) {
  return defining(*database_, surroundings_, provenance, core::Role::leader,
                  [&](BatchContext& batch) -> core::Result<AttributeDefinition> {
                    const auto present = find_row(batch.session(), definition.key);
                    if (!present) return insert(batch, std::move(definition));
                    if (present->managed_by != definition.managed_by) {
                      return core::Error::conflict(
                          {"There is an attribute with this key already.", "このキーの項目がすでにあります。"});
                    }
                    definition.type = present->type;  // stored values depend on it
                    return update(batch, *present, std::move(definition));
                  });
}

}  // namespace banso::customers
