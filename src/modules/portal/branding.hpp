// How the portal looks: the vendor's name, colour, words and picture. Internal to the module.
#pragma once

#include <boost/json/object.hpp>

#include "portal.hpp"

namespace banso::portal {

inline constexpr std::size_t logo_limit_bytes = 200 << 10;

struct Branding {
  core::Text name;  // empty: the workspace's
  std::string accent = "#0b6e6e";
  core::Text welcome;
};

core::Result<Branding> read_branding(const boost::json::object& body);
Branding branding_from_text(const std::string& kept);
std::string to_text(const Branding& branding);

struct Logo {
  std::string content_type, bytes, name;  // name: another picture, another name
};
// By what the bytes are, not by what somebody calls them: PNG and JPEG only, since an SVG may carry scripts.
core::Result<std::string> logo_type(std::string_view bytes);

// Contrast of a colour "#rrggbb" with white, 1 to 21 (WCAG).
double contrast_with_white(std::string_view colour);

}  // namespace banso::portal
