#include "parse.hpp"

#include "attributes.hpp"
#include "words.hpp"

namespace banso::customers {
namespace {

constexpr std::size_t most_list_items = 20'000;

// Reads a field with `read` (which returns an optional) into a patch.
template <class T, class Read>
core::Patch<T> patch(json::Fields& fields, std::string_view name, Read&& read) {
  if (!fields.has(name)) return {};
  if (fields.is_null(name)) return core::Patch<T>::clear();
  return core::Patch<T>::if_present(read());
}

core::Patch<std::string> text(json::Fields& fields, std::string_view name, std::size_t most = short_text_bytes) {
  return patch<std::string>(
      fields, name, [&] { return fields.text(name, {.required = false, .max_length = most, .allow_empty = true}); });
}
core::Patch<core::Day> day(json::Fields& fields, std::string_view name) {
  return patch<core::Day>(fields, name, [&] { return fields.day(name); });
}
core::Patch<core::Instant> instant(json::Fields& fields, std::string_view name) {
  return patch<core::Instant>(fields, name, [&] { return fields.instant(name); });
}
template <class Id>
core::Patch<Id> id(json::Fields& fields, std::string_view name) {
  return patch<Id>(fields, name, [&]() -> std::optional<Id> {
    const auto number = fields.integer(name);
    return number ? std::optional(Id{*number}) : std::nullopt;
  });
}

std::optional<std::vector<std::string>> texts(json::Fields& fields, std::string_view name) {
  const auto* list = fields.list(name);
  if (!list) return std::nullopt;
  std::vector<std::string> all;
  for (const auto& item : *list) {
    if (!item.is_string()) {
      fields.fail(name, {"This must be a list of texts.", "文字列の一覧にしてください。"});
      return std::nullopt;
    }
    all.emplace_back(item.as_string());
  }
  return all;
}

template <class Id>
std::optional<std::vector<Id>> ids(json::Fields& fields, std::string_view name) {
  const auto* list = fields.list(name);
  if (!list) return std::nullopt;
  std::vector<Id> all;
  for (const auto& item : *list) {
    if (!item.is_int64() || item.as_int64() <= 0 || all.size() >= most_list_items) {
      fields.fail(name, {"This must be a list of at most 20,000 ids.", "20,000件以内のIDの一覧にしてください。"});
      return std::nullopt;
    }
    all.push_back({item.as_int64()});
  }
  return all;
}

template <class Enumeration>
core::Patch<Enumeration> word(json::Fields& fields, std::string_view name) {
  return patch<Enumeration>(fields, name, [&]() -> std::optional<Enumeration> {
    const auto given = fields.text(name);
    Enumeration value{};
    if (!given) return std::nullopt;
    if (from_word(*given, value)) return value;
    fields.fail(name, {"\"" + *given + "\" is not one of the possible words.", "「" + *given + "」は指定できません。"});
    return std::nullopt;
  });
}

// The shape says the type; the definition decides whether it fits. Text is read as people write it. Nothing for shapes
// that no type has.
std::optional<AttributeInput> attribute(const std::string& key, const json::value& value) {
  if (value.is_null()) return AttributeInput::clear(key);
  if (value.is_bool()) return AttributeInput::typed(key, value.as_bool());
  if (value.is_number()) return AttributeInput::raw(key, json::serialize(value));
  if (value.is_string()) return AttributeInput::raw(key, std::string(value.as_string()));
  if (const auto* object = value.if_object()) {
    const auto* amount = object->if_contains("amount_minor");
    const auto* currency = object->if_contains("currency");
    if (amount && amount->is_int64() && currency && currency->is_string()) {
      return AttributeInput::typed(key, core::Money{amount->as_int64(), std::string(currency->as_string())});
    }
  }
  return std::nullopt;
}

std::vector<AttributeInput> attributes(json::Fields& fields) {
  std::vector<AttributeInput> inputs;
  if (const auto* values = fields.child("attributes")) {
    for (const auto& [key, value] : *values) {
      if (auto input = attribute(std::string(key), value)) {
        inputs.push_back(std::move(*input));
        continue;
      }
      fields.fail(
          "attributes." + std::string(key),
          {"Write a text, a number, true, false, or an amount like {\"amount_minor\":1250,\"currency\":\"JPY\"}.",
           "文字列、数値、true、false、または {\"amount_minor\":1250,\"currency\":\"JPY\"} "
           "の形式の金額にしてください。"});
    }
  }
  return inputs;
}

}  // namespace

AccountInput parse_account(json::Fields& fields) {
  AccountInput input;
  input.external_id =
      fields.text("external_id", {.required = false, .max_length = short_text_bytes, .allow_empty = true}).value_or("");
  input.name = text(fields, "name");
  input.reading = text(fields, "reading");
  input.domains = patch<std::vector<std::string>>(fields, "domains", [&] { return texts(fields, "domains"); });
  input.parent_id = id<core::AccountId>(fields, "parent_id");
  input.phase = text(fields, "phase");
  input.owner_id = id<core::UserId>(fields, "owner_id");
  input.industry = text(fields, "industry");
  input.size = text(fields, "size");
  input.region = text(fields, "region");
  input.country = text(fields, "country");
  input.plan = text(fields, "plan");
  input.created_day = day(fields, "created_day");
  input.attributes = attributes(fields);
  return input;
}

ContactInput parse_contact(json::Fields& fields) {
  ContactInput input;
  input.external_id =
      fields.text("external_id", {.required = false, .max_length = short_text_bytes, .allow_empty = true}).value_or("");
  input.name = text(fields, "name");
  input.reading = text(fields, "reading");
  input.email = text(fields, "email");
  input.language = text(fields, "language");
  input.title = text(fields, "title");
  input.department = text(fields, "department", department_bytes);
  input.first_day = day(fields, "first_day");
  input.left_day = day(fields, "left_day");
  input.roles = patch<ContactRoles>(fields, "roles", [&]() -> std::optional<ContactRoles> {
    const auto words = texts(fields, "roles");
    if (!words) return std::nullopt;
    ContactRoles roles = 0;
    for (const auto& given : *words) {
      const auto role = contact_role_from(given);
      if (role) {
        roles |= static_cast<ContactRoles>(*role);
      } else {
        fields.fail("roles",
                    {"\"" + given + "\" is not a role: champion, executive_sponsor, decision_maker, admin, user.",
                     "「" + given + "」という役割はありません。"});
      }
    }
    return roles;
  });
  if (const auto* consent = fields.child("consent")) {
    json::Fields inner(*consent, "consent.");
    input.consent = word<Consent>(inner, "state");
    input.consent_proof = text(inner, "proof", 2000);
    input.consent_at = instant(inner, "at");
    if (auto checked = inner.finish(); !checked) {
      for (auto& error : checked.error().fields) fields.fail(error.field, std::move(error.message));
    }
  }
  return input;
}

InteractionInput parse_interaction(json::Fields& fields) {
  InteractionInput input;
  input.kind = word<InteractionKind>(fields, "kind");
  input.occurred_at = instant(fields, "occurred_at");
  input.subject = text(fields, "subject", 2000);
  input.body = text(fields, "body", long_text_bytes);
  input.contact_ids = patch<std::vector<core::ContactId>>(fields, "contact_ids",
                                                          [&] { return ids<core::ContactId>(fields, "contact_ids"); });
  return input;
}

AttributeDefinition parse_definition(json::Fields& fields, AttributeDefinition present) {
  AttributeDefinition definition = std::move(present);
  if (const auto key = fields.text("key")) definition.key = *key;
  if (const auto* name = fields.child("name")) {
    json::Fields inner(*name, "name.");
    if (const auto en = inner.text("en")) definition.name.en = *en;
    if (const auto ja = inner.text("ja")) definition.name.ja = *ja;
  }
  if (const auto type = word<AttributeType>(fields, "type"); type.value()) definition.type = *type.value();
  if (const auto currency = text(fields, "currency"); currency.given()) {
    definition.currency = currency.value() ? *currency.value() : "";
  }
  const auto* choices = fields.has("choices") && !fields.is_null("choices") ? fields.list("choices") : nullptr;
  if (choices) {
    definition.choices.clear();
    for (const auto& item : *choices) {
      Choice choice;
      if (item.is_string()) choice.value = std::string(item.as_string());
      if (const auto* object = item.if_object()) {
        json::Fields inner(*object);
        choice.value = inner.text("value").value_or("");
        if (const auto* label = inner.child("label")) {
          json::Fields words(*label);
          choice.label = {words.text("en").value_or(""), words.text("ja").value_or("")};
        }
      }
      definition.choices.push_back(std::move(choice));
    }
  }
  return definition;
}

BulkSet parse_bulk_set(json::Fields& fields) {
  BulkSet set;
  set.ids = ids<core::AccountId>(fields, "ids").value_or(std::vector<core::AccountId>{});
  if (set.ids.empty()) fields.fail("ids", {"List the accounts to change.", "変更する顧客企業を選んでください。"});
  const auto* values = fields.child("set");
  if (!values) {
    fields.fail("set", {"Say what to set.", "変更内容を指定してください。"});
    return set;
  }
  json::Fields inner(*values, "set.");
  set.owner_id = id<core::UserId>(inner, "owner_id");
  set.phase = text(inner, "phase");
  set.attributes = attributes(inner);
  if (auto checked = inner.finish(); !checked) {
    for (auto& error : checked.error().fields) fields.fail(error.field, std::move(error.message));
  }
  return set;
}

core::Result<Provenance> provenance_of(const platform::http::Request& request) {
  constexpr std::size_t most_bytes = 2000;
  auto why = request.query_text("why").value_or("");
  if (!request.body.empty()) {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    if (auto given = fields.text("why", {.max_length = most_bytes})) why = std::move(*given);
    BANSO_TRY(fields.finish());
  }
  RowCheck check;
  check.text_is_sound("why", why, most_bytes);
  if (check.ok()) return Provenance::by(request.caller, trimmed(why));
  core::Error error = core::Error::invalid({"The reason cannot be kept as it is.", "理由の内容を確認してください。"});
  error.fields = std::move(check.errors());
  return error;
}

}  // namespace banso::customers
