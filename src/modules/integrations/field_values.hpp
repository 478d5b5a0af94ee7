// The texts of a mapped row, read as what their fields are. What cannot be read is reported with column, value and
// remedy; the row is then not used.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cell_types.hpp"
#include "core/batch.hpp"
#include "core/money.hpp"
#include "fields.hpp"
#include "mapping.hpp"
#include "row_mapper.hpp"

namespace banso::integrations {

// How texts are to be read, for a whole file.
struct ReadingRules {
  Kind kind = Kind::accounts;
  std::optional<DateOrder> date_order;
  const Clock* clock = &utc_clock();
  std::string currency;  // of amounts that say none
  bool clear_blanks = false;
};

class FieldValues {
 public:
  FieldValues(const RowMapper& mapper, const ReadingRules& rules, MappedRow& row)
      : mapper_(mapper), rules_(rules), row_(row) {}

  bool ok() const { return row_.errors.empty(); }

  // The text of a field; blank where nothing was said. A required field that is blank is reported.
  const std::string& text(std::string_view field);

  core::Patch<std::string> text_patch(std::string_view field);
  core::Patch<std::string> email_patch(std::string_view field);
  core::Patch<std::vector<std::string>> list_patch(std::string_view field);
  core::Patch<std::int64_t> integer_patch(std::string_view field);
  core::Patch<double> number_patch(std::string_view field);
  core::Patch<core::Day> day_patch(std::string_view field);
  core::Patch<core::Instant> instant_patch(std::string_view field);
  core::Patch<bool> yes_no_patch(std::string_view field);
  core::Patch<core::Money> money_patch(std::string_view field, const std::string& currency);

  std::optional<core::Day> day(std::string_view field);
  std::optional<core::Instant> instant(std::string_view field);

  // One of few values, by the words that people use for them; `read` gives nothing for other words.
  template <class T, class Read>
  core::Patch<T> choice_patch(std::string_view field, Read read) {
    return patch<T>(field, [&](const std::string& written) -> std::optional<T> {
      auto value = read(written);
      if (!value) unknown_choice(field, written);
      return value;
    });
  }

  void fail(std::string_view field, const std::string& value, core::Text reason);
  void fail_cells(std::vector<CellError> errors) {
    row_.errors.insert(row_.errors.end(), std::make_move_iterator(errors.begin()),
                       std::make_move_iterator(errors.end()));
  }

 private:
  std::size_t index_of(std::string_view field) const;
  void unknown_choice(std::string_view field, const std::string& value);
  void not_a_day(std::string_view field, const std::string& value);

  // Blank leaves the field alone, or clears it where the mapping says so.
  template <class T, class Read>
  core::Patch<T> patch(std::string_view field, Read read) {
    const std::string& written = text(field);
    if (written.empty()) {
      return rules_.clear_blanks && mapper_.fills(index_of(field)) ? core::Patch<T>::clear() : core::Patch<T>();
    }
    return core::Patch<T>::if_present(read(written));
  }

  const RowMapper& mapper_;
  const ReadingRules& rules_;
  MappedRow& row_;
};

}  // namespace banso::integrations
