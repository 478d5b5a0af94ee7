// Of a reply, what its writer wrote.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "received.hpp"

namespace banso::platform::mail {
namespace {

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

bool has(std::string_view line, std::string_view part) {
  return line.find(part) != std::string_view::npos;
}

// "On Mon, 2 Nov 2026 at 10:00, Taro wrote:", "2026年11月2日(月) 10:00 山田太郎 <taro@...>:", "-----Original
// Message-----"
bool introduces_quote(std::string_view line) {
  if (line.size() > 300) return false;
  if (line.starts_with("-----") &&
      (has(line, "Original Message") || has(line, "元のメッセージ") || has(line, "Forwarded")))
    return true;
  if (line.starts_with("On ") && line.ends_with("wrote:")) return true;
  const bool ends_open = line.ends_with(":") || line.ends_with("：");
  if (ends_open && has(line, "年") && has(line, "月") && has(line, "日")) return true;
  if (ends_open && (has(line, "wrote") || has(line, "のメール") || has(line, "さんは書きました"))) return true;
  return false;
}

// A block of headers as Outlook puts before what it quotes, without a mark.
bool starts_header_block(const std::vector<std::string_view>& lines, std::size_t at) {
  const auto starts = [&](std::size_t i, std::initializer_list<std::string_view> words) {
    return i < lines.size() &&
           std::any_of(words.begin(), words.end(), [&](auto word) { return lines[i].starts_with(word); });
  };
  return starts(at, {"From:", "差出人:", "送信者:"}) &&
         (starts(at + 1, {"Sent:", "Date:", "送信日時:", "日時:", "To:", "宛先:"}));
}

}  // namespace

std::string without_quotes(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < 20'000) {
    const auto end = text.find('\n');
    lines.push_back(trimmed(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  std::string kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto line = lines[i];
    // "-- " loses its blank on the way often enough.
    if (line == "--" || line == "____" || starts_header_block(lines, i)) break;
    if (line.starts_with("-----") && introduces_quote(line)) break;
    const bool wrapped = line.starts_with("On ") && i + 1 < lines.size() && lines[i + 1].ends_with("wrote:");
    if (introduces_quote(line) || wrapped) {
      // Only what stands before quoted lines introduces them; somebody may just write "On Monday she wrote:".
      auto next = i + (wrapped ? 2 : 1);
      while (next < lines.size() && lines[next].empty()) ++next;
      if (next >= lines.size() || lines[next].starts_with(">")) {
        i = next - 1;
        continue;
      }
    }
    if (line.starts_with(">")) continue;
    kept += line;
    kept += '\n';
  }
  const auto first = kept.find_first_not_of("\n ");
  if (first == std::string::npos) return {};
  return kept.substr(first, kept.find_last_not_of("\n ") - first + 1);
}

}  // namespace banso::platform::mail
