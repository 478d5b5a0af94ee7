// The catalogue: what can be filled for each kind of record, and the headings under which people keep it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cell_types.hpp"
#include "core/text.hpp"
#include "kinds.hpp"

namespace banso::integrations {

enum class FieldType { text, list, integer, number, day, instant, yes_no, money, choice, email, json };

std::string_view name_of(FieldType type);

struct Field {
  std::string key;  // "external_id"
  core::Text name;
  FieldType type = FieldType::text;
  bool required = false;             // every row must have it (or a constant)
  std::vector<std::string> choices;  // for type choice
  // Headings that mean this field, lower case without blanks and punctuation: see folded_heading().
  std::vector<std::string> headings;
};

std::span<const Field> fields_of(Kind kind);
const Field* find_field(Kind kind, std::string_view key);

// "Contract Start-Date", "contractStartDate" and "CONTRACT_START_DATE" are one heading, as are "契約 開始日" and
// "契約開始日": NFKC, lower case, no blanks, no punctuation.
std::string folded_heading(std::string_view heading);
bool is_known_heading(std::string_view heading);

struct Guess {
  std::string field;      // empty: no field is likely
  double confidence = 0;  // 1 certain .. 0
};

// The likely field of each column; no field is given to two columns.
std::vector<Guess> guess_fields(Kind kind, const std::vector<std::string>& headings,
                                const std::vector<CellType>& types);

}  // namespace banso::integrations
