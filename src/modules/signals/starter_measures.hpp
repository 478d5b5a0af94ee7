// Measures that starter rules speak of. Internal to the module.
#pragma once

#include <string>
#include <string_view>

namespace banso::signals {

// The body of the definition under that key; nullptr where no starter knows it. May hold "$feature".
const char* starter_measure(std::string_view key);

}  // namespace banso::signals
