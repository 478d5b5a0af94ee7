#include <fmt/format.h>

#include "batch_writer.hpp"
#include "words.hpp"
#include "writers.hpp"

namespace banso::integrations {
namespace {

class ContactWriter : public BatchWriter<customers::ContactInput> {
 public:
  ContactWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch) {}

 protected:
  std::vector<customers::ContactInput> convert(FieldValues& values, const MappedRow&) override {
    customers::ContactInput contact;
    contact.external_id = values.text("external_id");
    contact.account = values.text("account");
    contact.name = values.text_patch("name");
    contact.reading = values.text_patch("reading");
    contact.email = values.email_patch("email");
    contact.title = values.text_patch("title");
    contact.department = values.text_patch("department");
    contact.language = values.text_patch("language");
    contact.roles = roles(values);
    contact.first_day = values.day_patch("first_day");
    contact.left_day = values.day_patch("left_day");
    contact.consent = values.choice_patch<customers::Consent>("consent", consent_from);
    contact.consent_proof = values.text_patch("consent_proof");
    contact.consent_at = values.instant_patch("consent_at");
    return {std::move(contact)};
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::ContactInput>& inputs) override {
    return context_.targets.customers->upsert_contacts(context_.provenance, inputs, options());
  }

 private:
  static core::Patch<customers::ContactRoles> roles(FieldValues& values) {
    const auto written = values.list_patch("roles");
    if (written.clears()) return core::Patch<customers::ContactRoles>::clear();
    if (!written.value()) return {};
    customers::ContactRoles roles = 0;
    for (const std::string& word : *written.value()) {
      const auto role = customers::contact_role_from(word);
      if (role) {
        roles = static_cast<customers::ContactRoles>(roles | static_cast<customers::ContactRoles>(*role));
      } else {
        values.fail(
            "roles", word,
            {"Unknown role. Use champion, executive_sponsor, decision_maker, admin or user.",
             "不明な役割です。推進者、役員スポンサー、意思決定者、管理者、利用者のいずれかで指定してください。"});
      }
    }
    return roles;
  }
};

}  // namespace

std::unique_ptr<RecordWriter> make_contact_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<ContactWriter>(context, counts, std::move(reject));
}

}  // namespace banso::integrations
