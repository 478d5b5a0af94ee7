// Structured lines on standard error for the operator. Never secrets, never a customer's personal data.
#pragma once

#include <string_view>

namespace banso::platform::log {

void debug(std::string_view message);
void info(std::string_view message);
void warning(std::string_view message);
void error(std::string_view message);

enum class Level { debug, info, warning, error };
void set_level(Level level);

}  // namespace banso::platform::log
