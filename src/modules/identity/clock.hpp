// Time zones by their IANA names, through ICU.
#pragma once

#include <string>

namespace banso::identity {

bool is_timezone(const std::string& name);  // "Asia/Tokyo"; false for names nobody knows

}  // namespace banso::identity
