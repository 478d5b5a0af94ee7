// Files that are shared with customers: which ones, and how they are handed out. Internal to the module.
#pragma once

#include "store.hpp"

namespace banso::portal {

inline constexpr std::size_t document_limit_bytes = 10 << 20;

// The content type of a file by the ending of its name, where the bytes are of that kind. Refuses everything that a
// browser or an office programme might run.
core::Result<std::string> document_type(std::string_view name, std::string_view bytes);
// The name as it is kept: without folders and control characters. Refuses empty and overlong ones.
core::Result<std::string> document_name(std::string_view name);

// Always as an attachment; that it is not to be taken for something else is said on every answer of the server.
platform::http::Response attachment(const Document& document, std::string content);

}  // namespace banso::portal
