// What keeps an installation from starting, said to whoever starts it: both languages, and what to do.
#pragma once

#include <stdexcept>

#include "core/result.hpp"

namespace banso::app {

class OperatorError : public std::runtime_error {
 public:
  explicit OperatorError(core::Error error) : std::runtime_error(error.message.en), error_(std::move(error)) {}
  const core::Error& error() const { return error_; }

 private:
  core::Error error_;
};

}  // namespace banso::app
