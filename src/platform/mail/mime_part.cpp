#include "mime_part.hpp"

#include <algorithm>
#include <cctype>

#include "encoding.hpp"

namespace banso::platform::mail {
namespace {

constexpr std::size_t most_headers = 500;
constexpr std::size_t most_header_bytes = 64 << 10;
constexpr int most_depth = 8;
constexpr int most_leaves = 100;

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](unsigned char sign) { return static_cast<char>(std::tolower(sign)); });
  return small;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Takes the next line off `rest`, without its end.
std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

void each_leaf_below(const Part& part, std::string_view parent_type, int depth, int& left,
                     const std::function<void(const Part&, std::string_view)>& visit) {
  const auto found = part.content.parameters.find("boundary");
  const bool has_parts = part.content.type.starts_with("multipart/") && found != part.content.parameters.end() &&
                         !found->second.empty() && depth < most_depth;
  if (!has_parts) {
    if (left-- > 0) visit(part, parent_type);
    return;
  }
  const std::string mark = "--" + found->second;
  std::string_view rest = part.body;
  const char* start = nullptr;
  while (!rest.empty() && left > 0) {
    const char* const line_start = rest.data();
    const auto line = next_line(rest);
    const bool is_mark =
        line.starts_with(mark) && trimmed(line.substr(mark.size())).find_first_not_of('-') == std::string_view::npos;
    if (!is_mark) continue;
    if (start != nullptr) {
      each_leaf_below(read_part({start, static_cast<std::size_t>(line_start - start)}), part.content.type, depth + 1,
                      left, visit);
    }
    if (line.substr(mark.size()).starts_with("--")) return;
    start = rest.data();
  }
  // The last part of a message that was cut off.
  if (start != nullptr && left > 0 && start < part.body.data() + part.body.size()) {
    each_leaf_below(read_part({start, static_cast<std::size_t>(part.body.data() + part.body.size() - start)}),
                    part.content.type, depth + 1, left, visit);
  }
}

}  // namespace

std::string Part::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::string Part::decoded() const {
  const auto encoding = lower(trimmed(header("content-transfer-encoding")));
  if (encoding == "base64") return from_base64(body);
  if (encoding == "quoted-printable") return from_quoted_printable(body);
  return std::string(body);
}

std::string Part::text() const {
  const auto charset = content.parameters.find("charset");
  std::string utf8 = to_utf8(decoded(), charset == content.parameters.end() ? std::string() : charset->second);
  std::erase(utf8, '\r');
  std::erase(utf8, '\0');
  return utf8;
}

bool Part::is_attachment() const {
  return lower(trimmed(header("content-disposition"))).starts_with("attachment");
}

ContentType read_content_type(std::string_view value) {
  ContentType content;
  auto semicolon = value.find(';');
  if (const auto type = lower(trimmed(value.substr(0, semicolon))); type.find('/') != std::string::npos) {
    content.type = type;
  }
  while (semicolon != std::string_view::npos && content.parameters.size() < 20) {
    value = value.substr(semicolon + 1);
    const auto equals = value.find('=');
    if (equals == std::string_view::npos) break;
    const auto name = lower(trimmed(value.substr(0, equals)));
    value = value.substr(equals + 1);
    const auto content_start = value.find_first_not_of(" \t");
    if (content_start == std::string_view::npos) break;
    value = value.substr(content_start);
    std::string text;
    if (value.front() == '"') {
      std::size_t at = 1;
      for (; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        text += value[at];
      }
      semicolon = value.find(';', std::min(at, value.size()));
    } else {
      semicolon = value.find(';');
      text = std::string(trimmed(value.substr(0, semicolon)));
    }
    content.parameters.emplace(name, std::move(text));
  }
  return content;
}

Part read_part(std::string_view bytes) {
  Part part;
  std::size_t taken = 0;
  while (!bytes.empty() && part.headers.size() < most_headers && taken < most_header_bytes) {
    const auto line = next_line(bytes);
    taken += line.size();
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !part.headers.empty()) {
      part.headers.back().second += ' ';
      part.headers.back().second += trimmed(line);
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    part.headers.emplace_back(lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
  }
  part.body = bytes;
  if (const auto type = part.header("content-type"); !type.empty()) part.content = read_content_type(type);
  return part;
}

void each_leaf(const Part& part, const std::function<void(const Part&, std::string_view)>& visit) {
  int left = most_leaves;
  each_leaf_below(part, {}, 0, left, visit);
}

}  // namespace banso::platform::mail
