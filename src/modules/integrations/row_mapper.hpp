// A mapping tied to the columns of one file: turns rows of cells into texts per field and per attribute.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.hpp"
#include "mapping.hpp"
#include "rejects.hpp"
#include "table.hpp"

namespace banso::integrations {

// The texts of one row, in the order of fields_of(kind) and of RowMapper::attributes(). Blank: nothing is said.
struct MappedRow {
  std::int64_t line = 0;
  std::vector<std::string> fields;
  std::vector<std::string> attributes;
  std::vector<CellError> errors;
};

class RowMapper {
 public:
  struct Attribute {
    std::string heading;
    AttributeRule rule;
    std::optional<std::size_t> column;  // where it comes from one column unchanged
  };

  // `files` are the folders in which look-up files are searched.
  static core::Result<RowMapper> compile(const Mapping& mapping, Kind kind, const std::vector<std::string>& headings,
                                         const std::vector<std::filesystem::path>& files);
  RowMapper(RowMapper&&) noexcept;
  ~RowMapper();

  // False if the row is none of those the mapping wants.
  bool map(const Row& row, MappedRow& out) const;

  const std::vector<Attribute>& attributes() const { return attributes_; }
  // Whether anything fills the field at all.
  bool fills(std::size_t field) const;
  // The heading to name when the value of a field is wrong.
  const std::string& column_of(std::size_t field) const;

 private:
  struct Compiled;
  class Compiler;
  RowMapper();

  std::vector<std::unique_ptr<Compiled>> fields_;  // none where the field is not filled
  std::vector<Attribute> attributes_;
  std::vector<std::unique_ptr<Compiled>> attribute_sources_;
  std::unique_ptr<Compiled> row_condition_;
  std::vector<std::string> column_names_;  // by field
};

// "29.85" times "6" is "179.10": exact. Nothing where one is no decimal number or the product does not fit.
std::optional<std::string> multiplied(std::string_view a, std::string_view b);

}  // namespace banso::integrations
