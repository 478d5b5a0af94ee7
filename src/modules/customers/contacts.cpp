// Writing contacts: a row is a person and, where it names an account, the person's place on it.
#include <unordered_map>

#include "batch.hpp"
#include "core/ascii.hpp"

namespace banso::customers {
namespace {

class ContactBatch {
 public:
  ContactBatch(BatchContext& batch, std::span<const ContactInput> inputs)
      : batch_(batch), inputs_(inputs), accounts_(batch.session(), inputs) {
    load_people();
    load_places();
  }

  Outcomes run() {
    Outcomes outcomes;
    outcomes.reserve(inputs_.size());
    for (const auto& input : inputs_) outcomes.push_back(write(input));
    return outcomes;
  }

 private:
  static std::string place_key(core::ContactId contact, core::AccountId account) {
    return std::to_string(contact.value) + '@' + std::to_string(account.value);
  }

  void load_people() {
    std::vector<std::int64_t> ids;
    std::vector<std::string> external_ids, emails, names;
    for (const auto& input : inputs_) {
      if (input.id) ids.push_back(input.id.value);
      if (!input.external_id.empty()) external_ids.push_back(input.external_id);
      const auto* email = input.email.value();
      if (email) emails.push_back(core::lower_case(trimmed(*email)));
      if (!email && input.external_id.empty() && !input.id && input.name.value()) {
        names.push_back(trimmed(*input.name.value()));
      }
    }
    const auto load = [&](std::string_view column, auto& keys) {
      keep_distinct(keys);
      using Key = typename std::decay_t<decltype(keys)>::value_type;
      versioned::each_row_with<Contact>(batch_.session(), column, std::span<const Key>(keys),
                                        [&](Contact&& contact) { keep(std::move(contact)); });
    };
    load("id", ids);
    load("external_id", external_ids);
    load("email", emails);
    load("name", names);
  }

  void load_places() {
    std::vector<std::int64_t> ids;
    for (const auto& [id, contact] : people_) ids.push_back(id);
    versioned::each_row_with<Membership>(
        batch_.session(), "contact_id", std::span<const std::int64_t>(ids), [&](Membership&& place) {
          places_.insert_or_assign(place_key(place.contact, place.account), std::move(place));
        });
  }

  void keep(Contact contact) {
    if (!contact.external_id.empty()) by_external_id_[contact.external_id] = contact.id;
    if (!contact.email.empty()) by_email_.try_emplace(contact.email, contact.id);
    by_name_[contact.name].push_back(contact.id);
    const auto id = contact.id;
    people_[id] = std::move(contact);
  }

  const Contact* find(const ContactInput& input, core::AccountId account) const {
    const auto by = [&](const auto& map, const std::string& key) -> const Contact* {
      const auto found = map.find(key);
      return found == map.end() ? nullptr : &people_.at(found->second);
    };
    if (input.id) {
      const auto found = people_.find(input.id.value);
      return found == people_.end() ? nullptr : &found->second;
    }
    if (!input.external_id.empty()) {
      if (const auto* contact = by(by_external_id_, input.external_id)) return contact;
    }
    if (const auto* email = input.email.value()) {
      const auto* contact = by(by_email_, core::lower_case(trimmed(*email)));
      // Two people of different external ids may share a mailbox: they stay two people.
      if (contact && (input.external_id.empty() || contact->external_id.empty())) return contact;
      return nullptr;
    }
    if (!input.external_id.empty() || !input.name.value()) return nullptr;
    const auto named = by_name_.find(trimmed(*input.name.value()));
    if (named == by_name_.end()) return nullptr;
    for (const auto id : named->second) {
      if (places_.contains(place_key({id}, account))) return &people_.at(id);
    }
    return nullptr;
  }

  core::RowOutcome write(const ContactInput& input) {
    RowCheck check;
    const auto account = accounts_.find(input.account_id, input.account, check, false);
    const auto* found = find(input, account);
    if (input.id && !found) check.fail("id", {"There is no such contact.", "この担当者はいません。"});
    if (!found && !account && check.ok()) {
      check.fail("account", {"A new contact needs an account.", "新しい担当者には顧客企業の指定が必要です。"});
    }
    Contact contact = found ? *found : Contact{};
    if (!contact.account) contact.account = account;
    apply(input, contact, check);
    const auto* place = found && account ? find_place({found->id}, account) : nullptr;
    Membership membership = place ? *place : Membership{};
    apply(input, membership, check);
    if (!check.ok()) return rejected(check);

    const auto happened = membership.first_day ? std::optional(batch_.start_of(*membership.first_day)) : std::nullopt;
    const auto known_at = batch_.writer.known_at(input.known_at, happened);
    const std::optional<Contact> present = found ? std::optional(*found) : std::nullopt;
    auto outcome = write_record(batch_, present ? &*present : nullptr, contact, known_at);
    if (outcome.result != core::RowResult::unchanged) keep(contact);
    if (!account) return outcome;

    membership.account = account;
    membership.contact = {contact.id};
    const auto placed = write_record(batch_, place, membership, known_at);
    if (placed.result != core::RowResult::unchanged) {
      places_.insert_or_assign(place_key(membership.contact, account), membership);
      if (outcome.result == core::RowResult::unchanged) outcome.result = core::RowResult::updated;
    }
    return outcome;
  }

  const Membership* find_place(core::ContactId contact, core::AccountId account) const {
    const auto found = places_.find(place_key(contact, account));
    return found == places_.end() ? nullptr : &found->second;
  }

  static void apply(const ContactInput& input, Contact& contact, RowCheck& check) {
    if (!input.external_id.empty() && check.text_is_sound("external_id", input.external_id, short_text_bytes)) {
      contact.external_id = trimmed(input.external_id);
    }
    check.text("name", input.name, contact.name);
    check.text("reading", input.reading, contact.reading);
    check.text("email", input.email, contact.email);
    contact.email = core::lower_case(contact.email);
    if (!contact.email.empty() && !is_email(contact.email)) {
      check.fail("email", {"This is not an e-mail address.", "メールアドレスとして読めません。"});
    }
    if (contact.name.empty()) contact.name = contact.email;
    if (contact.name.empty()) check.required("name");
    check.text("language", input.language, contact.language);
    RowCheck::defaulted(input.consent, contact.consent, Consent::unknown);
    check.text("consent_proof", input.consent_proof, contact.consent_proof, 2000);
    RowCheck::maybe(input.consent_at, contact.consent_at);
  }

  static void apply(const ContactInput& input, Membership& place, RowCheck& check) {
    check.text("title", input.title, place.title);
    check.text("department", input.department, place.department, department_bytes);
    if (input.roles.given()) place.roles = role_list(input.roles.value() ? *input.roles.value() : ContactRoles{0});
    RowCheck::maybe(input.first_day, place.first_day);
    RowCheck::maybe(input.left_day, place.left_day);
    if (place.first_day && place.left_day && *place.left_day < *place.first_day) {
      check.fail("left_day", {"The last day lies before the first.", "離任日が着任日より前になっています。"});
    }
  }

  BatchContext& batch_;
  std::span<const ContactInput> inputs_;
  AccountReferences accounts_;
  std::unordered_map<std::int64_t, Contact> people_;
  std::unordered_map<std::string, std::int64_t> by_external_id_, by_email_;
  std::unordered_map<std::string, std::vector<std::int64_t>> by_name_;
  std::unordered_map<std::string, Membership> places_;
};

}  // namespace

Outcomes upsert_contacts(BatchContext& batch, std::span<const ContactInput> inputs) {
  return ContactBatch(batch, inputs).run();
}

}  // namespace banso::customers
