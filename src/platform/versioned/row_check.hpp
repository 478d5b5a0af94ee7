// Checks the fields of one row and applies what it says to a record; collects what is wrong, field by field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/batch.hpp"
#include "core/result.hpp"

namespace banso::platform::versioned {

inline constexpr std::size_t short_text_bytes = 500;
inline constexpr std::size_t long_text_bytes = 100'000;

std::string trimmed(std::string_view text);
// One @, something before it, a dot after it, no blanks. Whether mail arrives is another matter.
bool is_email(std::string_view text);
bool is_domain(std::string_view text);

class RowCheck {
 public:
  void fail(std::string field, core::Text message) { errors_.push_back({std::move(field), std::move(message)}); }
  void required(std::string field) { fail(std::move(field), {"A value is needed here.", "値を入力してください。"}); }
  bool ok() const { return errors_.empty(); }
  std::vector<core::FieldError>& errors() { return errors_; }

  // False when the text is too long or holds characters that cannot be stored.
  bool text_is_sound(std::string_view field, std::string_view text, std::size_t most_bytes);

  void text(std::string_view field, const core::Patch<std::string>& patch, std::string& target,
            std::size_t most_bytes = short_text_bytes);

  // For fields that always have a value: clearing is refused, so is leaving it out of a new record.
  template <class T>
  void needed(std::string_view field, const core::Patch<T>& patch, T& target, bool is_new) {
    if (patch.value()) {
      target = *patch.value();
    } else if (is_new || patch.clears()) {
      required(std::string(field));
    }
  }

  template <class T>
  static void maybe(const core::Patch<T>& patch, std::optional<T>& target) {
    if (patch.clears()) target.reset();
    if (patch.value()) target = *patch.value();
  }

  // Clearing goes back to `otherwise`.
  template <class T>
  static void defaulted(const core::Patch<T>& patch, T& target, T otherwise) {
    if (patch.clears()) target = otherwise;
    if (patch.value()) target = *patch.value();
  }

 private:
  std::vector<core::FieldError> errors_;
};

}  // namespace banso::platform::versioned
