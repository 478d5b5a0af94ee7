// Custom attributes of an import: defined where they are new, and their cells read by the attribute's type.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record_writer.hpp"

namespace banso::integrations {

class AccountAttributes {
 public:
  explicit AccountAttributes(const WriteContext& context) : context_(context) {}

  // Finds or defines the attributes (a dry run defines nothing), but for choices of which no value is known yet. Once,
  // before the first row.
  core::Result<> prepare();

  // What a row says: `early` counts as known with the account, `late` from the day its rule names. Cells that are not
  // of the attribute's type are reported in `errors`.
  struct Given {
    std::vector<customers::AttributeInput> early;
    std::vector<std::pair<core::Day, customers::AttributeInput>> late;
  };
  Given read(const MappedRow& row, std::vector<CellError>& errors);

  // Choices that appeared since; call before writing the rows that have them.
  core::Result<> define_new_choices();

  // The heading of "attributes.<key>", or nothing.
  std::optional<std::string> heading_of(std::string_view field) const;

 private:
  struct Attribute {
    std::string heading;
    std::string key;  // empty: not defined yet, since a dry run defines nothing and a choice needs its first value
    customers::AttributeType type = customers::AttributeType::text;
    std::string currency;
    std::set<std::string, std::less<>> choices;
    std::set<std::string, std::less<>> new_choices;
    std::optional<core::Day> known_at;
  };

  customers::AttributeType wanted_type(const RowMapper::Attribute& attribute, std::vector<std::string>& choices) const;
  static void adopt(const customers::AttributeDefinition& definition, Attribute& attribute);
  // A column whose values do not repeat tells its choices only as its rows come.
  core::Result<> define_by_first_choice(Attribute& attribute, const std::string& choice) const;
  std::optional<customers::AttributeValue> read_value(Attribute& attribute, const std::string& text,
                                                      core::Text& reason) const;

  const WriteContext& context_;
  std::vector<Attribute> attributes_;
};

}  // namespace banso::integrations
