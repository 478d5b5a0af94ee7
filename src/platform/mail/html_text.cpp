#include "html_text.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace banso::platform::mail {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> named = {{{"amp", "&"},
                                                                                 {"lt", "<"},
                                                                                 {"gt", ">"},
                                                                                 {"quot", "\""},
                                                                                 {"apos", "'"},
                                                                                 {"nbsp", " "},
                                                                                 {"yen", "¥"},
                                                                                 {"hellip", "…"}}};

std::string character(long point) {
  if (point <= 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return {};
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(point));
  return {bytes, static_cast<std::size_t>(length)};
}

// The character of "&...;" at `at`, and moves `at` to its last sign; "&" itself where it is no entity.
std::string entity(std::string_view html, std::size_t& at) {
  const auto end = html.find(';', at);
  if (end == std::string_view::npos || end - at > 10) return "&";
  const auto name = html.substr(at + 1, end - at - 1);
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    auto made = character(std::strtol(std::string(name.substr(hex ? 2 : 1)).c_str(), nullptr, hex ? 16 : 10));
    if (made.empty()) return "&";
    at = end;
    return made;
  }
  for (const auto& [word, sign] : named) {
    if (word != name) continue;
    at = end;
    return std::string(sign);
  }
  return "&";
}

std::string tag_name(std::string_view tag) {
  std::string name;
  for (const unsigned char sign : tag) {
    if (!std::isalnum(sign) && !(sign == '/' && name.empty())) break;
    name += static_cast<char>(std::tolower(sign));
  }
  return name;
}

// Collects lines; quoted ones are marked.
class Lines {
 public:
  void text(std::string_view piece) {
    if (line_.empty() && quote_depth_ > 0) line_ = "> ";
    line_ += piece;
  }
  void blank() {
    if (!line_.empty() && line_.back() != ' ') line_ += ' ';
  }
  void new_line() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    // At most one empty line in a row.
    if (!line_.empty() || !all_.ends_with("\n\n")) all_ += line_ + '\n';
    line_.clear();
  }
  void end_line() {
    if (!line_.empty()) new_line();
  }
  void quote(int by) {
    end_line();
    quote_depth_ = std::max(0, quote_depth_ + by);
  }
  std::string take() {
    end_line();
    const auto first = all_.find_first_not_of('\n');
    if (first == std::string::npos) return {};
    return all_.substr(first, all_.find_last_not_of('\n') - first + 1) + '\n';
  }

 private:
  std::string all_, line_;
  int quote_depth_ = 0;
};

void apply_tag(const std::string& name, Lines& lines) {
  if (name == "br") lines.new_line();
  if (name == "blockquote") lines.quote(1);
  if (name == "/blockquote") lines.quote(-1);
  if (name == "p" || name == "/p" || name == "div" || name == "/div" || name == "tr" || name == "li" || name == "/h1" ||
      name == "/h2" || name == "/h3" || name == "/table" || name == "/ul") {
    lines.end_line();
  }
  if (name == "/p") lines.new_line();
}

// Past the end of <script>...</script> and the like.
std::size_t skip_block(std::string_view html, std::size_t at, const std::string& name) {
  const auto end = html.find("</" + name, at);
  return end == std::string_view::npos ? html.size() : end;
}

}  // namespace

std::string html_to_text(std::string_view html) {
  Lines lines;
  for (std::size_t at = 0; at < html.size(); ++at) {
    const char sign = html[at];
    if (sign == '<') {
      if (html.substr(at).starts_with("<!--")) {
        const auto end = html.find("-->", at);
        if (end == std::string_view::npos) break;
        at = end + 2;
        continue;
      }
      const auto end = html.find('>', at);
      if (end == std::string_view::npos) break;
      const auto name = tag_name(html.substr(at + 1, end - at - 1));
      apply_tag(name, lines);
      at = name == "script" || name == "style" || name == "title" ? skip_block(html, end, name) - 1 : end;
    } else if (sign == '&') {
      lines.text(entity(html, at));
    } else if (sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t') {
      lines.blank();
    } else {
      lines.text({&html[at], 1});
    }
  }
  return lines.take();
}

}  // namespace banso::platform::mail
