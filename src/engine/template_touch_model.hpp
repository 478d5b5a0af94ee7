// The template "touch_model" as text. Internal to the engine: see templates.hpp.
#pragma once

#include <string_view>

namespace banso::engine {

extern const std::string_view touch_model_json;

}  // namespace banso::engine
