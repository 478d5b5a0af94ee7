// What a caller must expect is a Result; what nobody can handle locally is an exception.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "core/text.hpp"

namespace banso::core {

// What went wrong, by what the caller can do about it. One table in platform/http maps these to HTTP status.
enum class ErrorCode {
  invalid,          // the request itself is wrong: mend it and send it again
  unauthenticated,  // log in
  forbidden,        // logged in, but not allowed
  not_found,
  conflict,     // somebody was faster, or it exists already
  too_large,    // over a size limit
  limited,      // too many requests: wait
  unavailable,  // try again later
};

// Points at one field of the request, with the remedy in the message.
struct FieldError {
  std::string field;  // JSON path or column name, e.g. "contacts[2].email"
  Text message;
};

struct Error {
  ErrorCode code = ErrorCode::invalid;
  Text message;                    // what happened and what to do, one or two sentences
  std::vector<FieldError> fields;  // may be empty

  static Error invalid(Text message) { return {ErrorCode::invalid, std::move(message), {}}; }
  static Error invalid_field(std::string field, Text message) {
    return {ErrorCode::invalid, message, {{std::move(field), message}}};
  }
  static Error unauthenticated(Text message) { return {ErrorCode::unauthenticated, std::move(message), {}}; }
  static Error forbidden(Text message) { return {ErrorCode::forbidden, std::move(message), {}}; }
  static Error not_found(Text message) { return {ErrorCode::not_found, std::move(message), {}}; }
  static Error conflict(Text message) { return {ErrorCode::conflict, std::move(message), {}}; }
  static Error too_large(Text message) { return {ErrorCode::too_large, std::move(message), {}}; }
  static Error limited(Text message) { return {ErrorCode::limited, std::move(message), {}}; }
  static Error unavailable(Text message) { return {ErrorCode::unavailable, std::move(message), {}}; }
};

template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(Error error) : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using tl::expected<void, Error>::expected;
  Result() = default;
  Result(Error error) : tl::expected<void, Error>(tl::unexpect, std::move(error)) {}
};

}  // namespace banso::core

// Returns early with the error of EXPRESSION, or goes on.
#define BANSO_TRY(expression)                                           \
  do {                                                                  \
    if (auto banso_try_result = (expression); !banso_try_result) {      \
      return ::banso::core::Error(std::move(banso_try_result).error()); \
    }                                                                   \
  } while (false)

// Declares VARIABLE with the value of EXPRESSION, or returns early with its error.
#define BANSO_CONCAT_INNER(a, b) a##b
#define BANSO_CONCAT(a, b) BANSO_CONCAT_INNER(a, b)
#define BANSO_TRY_ASSIGN(variable, expression)                                             \
  auto BANSO_CONCAT(banso_result_, __LINE__) = (expression);                               \
  if (!BANSO_CONCAT(banso_result_, __LINE__)) {                                            \
    return ::banso::core::Error(std::move(BANSO_CONCAT(banso_result_, __LINE__)).error()); \
  }                                                                                        \
  variable = std::move(*BANSO_CONCAT(banso_result_, __LINE__))
