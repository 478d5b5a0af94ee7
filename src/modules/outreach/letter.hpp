// A mail's Markdown as HTML and as plain text (cmark), with the footer that the law asks for. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"

namespace banso::outreach {

// Who sends, and how to leave; empty parts are left out.
struct Footer {
  std::string sender_name, sender_address, sender_contact;
  std::string why;  // why the recipient gets this
  std::string unsubscribe_url;
};

struct Letter {
  std::string html;  // a whole document; raw HTML of the source is left out
  std::string text;
};

// `link` gives the address that a link of the source leads to instead of its own: for counting clicks.
struct LetterOptions {
  core::Language language = core::Language::ja;
  std::string title;  // of the document
  Footer footer;
  std::function<std::string(const std::string& url)> link;
  std::string score_row_html;  // of a survey: placed after the text; already safe
  std::string pixel_url;
};
Letter make_letter(std::string_view markdown, const LetterOptions& options);

std::string escape_html(std::string_view text);

}  // namespace banso::outreach
