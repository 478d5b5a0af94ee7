// What a template may speak of, and its values for a recipient. Internal to the module.
#pragma once

#include "merge.hpp"
#include "outreach.hpp"
#include "recipient.hpp"

namespace banso::outreach {

struct MergeField {
  std::string field;
  core::Text label;
  std::string group;  // contact, account, owner, vendor, book, survey
  core::Text sample;
};
std::vector<MergeField> merge_fields(const engine::FieldCatalogue& catalogue);
bool is_merge_field(std::string_view field, const engine::FieldCatalogue& catalogue, bool is_survey);
core::Text label_of(std::string_view field, const engine::FieldCatalogue& catalogue);

struct ValueSources {
  const Recipient* recipient = nullptr;
  core::Language language = core::Language::ja;
  std::string vendor_name;
  std::string sender_name, sender_email;
  std::string owner_name, owner_email;
  std::string survey_link;
  const std::map<std::string, core::Text>* values = nullptr;
  health::BookViewPtr book;  // may be null
};
// Of the fields named.
Values values_for(const std::set<std::string>& fields, const ValueSources& sources);
Values sample_values(const std::set<std::string>& fields, const engine::FieldCatalogue& catalogue,
                     core::Language language);

}  // namespace banso::outreach
