// Writing many rows at once (imports, the demo, the API's bulk changes): what a field may say about a record that
// exists already, and what became of each row.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace banso::core {

// One field of a change. Three things can be said about it, and "nothing" is not the same as "empty it":
//   Patch<T>{}          leave it as it is
//   Patch<T>::clear()   make it empty
//   Patch<T>{value}     set it
template <class T>
class Patch {
 public:
  Patch() = default;
  Patch(T value) : given_(true), value_(std::move(value)) {}
  static Patch clear() {
    Patch patch;
    patch.given_ = true;
    return patch;
  }
  // Sets where there is something, and leaves alone where there is not.
  static Patch if_present(std::optional<T> maybe) { return maybe ? Patch(std::move(*maybe)) : Patch(); }

  bool given() const { return given_; }
  bool clears() const { return given_ && !value_; }
  const T* value() const { return value_ ? &*value_ : nullptr; }

 private:
  bool given_ = false;
  std::optional<T> value_;
};

enum class RowResult { created, updated, unchanged, rejected };

// The fate of one row of a batch; a rejected row says which fields are wrong and how to mend them.
struct RowOutcome {
  RowResult result = RowResult::rejected;
  std::int64_t id = 0;             // of the record; 0 if rejected, and for created rows of a dry run
  std::vector<FieldError> errors;  // field = name of the input's member, "attributes.<key>" for custom attributes
};

// Since when the facts of a row count as known, where the row does not say so itself.
enum class KnownBy {
  recording,  // now (or the provenance's known_at): day-to-day work
  happening,  // when they happened: history that is brought in later, so that the past can be read and scored
};

struct BatchOptions {
  KnownBy known_by = KnownBy::recording;
  bool dry_run = false;  // everything is checked and counted, nothing is written
};

}  // namespace banso::core
