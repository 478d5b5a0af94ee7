// The plain reading of HTML mail: good enough to quote on a timeline. Internal.
#pragma once

#include <string>
#include <string_view>

namespace banso::platform::mail {

// Lines of quoted blocks begin with "> ". Scripts, styles and comments are left out.
std::string html_to_text(std::string_view html);

}  // namespace banso::platform::mail
