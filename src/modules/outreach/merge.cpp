#include "merge.hpp"

#include <kainjow/mustache.hpp>

#include <cctype>
#include <optional>

#include <fmt/format.h>

namespace banso::outreach {
namespace {

using core::Result;
namespace mustache = kainjow::mustache;

constexpr std::size_t most_tags = 200;
constexpr std::size_t longest_field = 100;

enum class TagKind { variable, section, inverted, end };

struct Tag {
  TagKind kind = TagKind::variable;
  std::string field;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

core::Error bad_tag(std::string_view tag, core::Text why) {
  return core::Error::invalid({fmt::format("\"{{{{{}}}}}\" cannot be read: {}", tag, why.en),
                               fmt::format("「{{{{{}}}}}」を読み取れません。{}", tag, why.ja)});
}

bool is_field(std::string_view name) {
  if (name.empty() || name.size() > longest_field || name.front() == '.' || name.back() == '.') return false;
  for (const unsigned char sign : name) {
    if (!std::isalnum(sign) && sign != '_' && sign != '.') return false;
  }
  return name.find("..") == std::string_view::npos;
}

Result<Tag> read_tag(std::string_view inner) {
  Tag tag;
  auto name = inner;
  if (!name.empty() && (name.front() == '#' || name.front() == '^' || name.front() == '/')) {
    tag.kind = name.front() == '#' ? TagKind::section : name.front() == '^' ? TagKind::inverted : TagKind::end;
    name.remove_prefix(1);
  }
  tag.field = trimmed(name);
  if (!is_field(tag.field)) {
    return bad_tag(inner.substr(0, 60), {"write a field from the list, as {{contact.name}}.",
                                         "一覧にある項目を {{contact.name}} のように指定してください。"});
  }
  return tag;
}

Result<std::vector<Tag>> read_tags(std::string_view text) {
  std::vector<Tag> tags;
  std::vector<std::string> open;
  for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const auto end = text.find("}}", at);
    if (end == std::string_view::npos) {
      return core::Error::invalid(
          {"A merge field that begins with {{ lacks its }}.", "{{ で始まる差し込み項目に }} がありません。"});
    }
    BANSO_TRY_ASSIGN(auto tag, read_tag(text.substr(at + 2, end - at - 2)));
    at = end + 2;
    if (tag.kind == TagKind::section || tag.kind == TagKind::inverted) open.push_back(tag.field);
    if (tag.kind == TagKind::end) {
      if (open.empty() || open.back() != tag.field) {
        return bad_tag("/" + tag.field,
                       {"it ends a section that is not open here.", "対応する開始タグがここにはありません。"});
      }
      open.pop_back();
    }
    tags.push_back(std::move(tag));
    if (tags.size() > most_tags) {
      return core::Error::invalid({fmt::format("There are more than {} merge fields.", most_tags),
                                   fmt::format("差し込み項目が{}個を超えています。", most_tags)});
    }
  }
  if (!open.empty()) {
    return bad_tag("#" + open.back(), {"its section is not ended.", "終了タグがありません。"});
  }
  return tags;
}

const std::string* value_of(const Values& values, const std::string& field) {
  const auto found = values.find(field);
  return found == values.end() || found->second.empty() ? nullptr : &found->second;
}

// Dots in a field are its name, not a way through objects: tags and data get names without them.
std::string flat(std::string field) {
  for (auto& sign : field) {
    if (sign == '.') sign = '-';
  }
  return field;
}

std::string with_flat_tags(std::string_view text) {
  std::string flattened;
  bool in_tag = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("{{")) in_tag = true;
    if (text.substr(at).starts_with("}}")) in_tag = false;
    flattened += in_tag && text[at] == '.' ? '-' : text[at];
  }
  return flattened;
}

std::set<std::string> missing_fields(const std::vector<Tag>& tags, const Values& values) {
  std::set<std::string> missing;
  std::vector<bool> shown{true};
  for (const auto& tag : tags) {
    const bool has_value = value_of(values, tag.field) != nullptr;
    switch (tag.kind) {
      case TagKind::section:
        shown.push_back(shown.back() && has_value);
        break;
      case TagKind::inverted:
        shown.push_back(shown.back() && !has_value);
        break;
      case TagKind::end:
        shown.pop_back();
        break;
      case TagKind::variable:
        if (shown.back() && !has_value) missing.insert(tag.field);
    }
  }
  return missing;
}

}  // namespace

Result<std::set<std::string>> fields_of(std::string_view text) {
  BANSO_TRY_ASSIGN(const auto tags, read_tags(text));
  std::set<std::string> fields;
  for (const auto& tag : tags) fields.insert(tag.field);
  return fields;
}

Merged merge(std::string_view text, const Values& values,
             const std::function<std::string(const std::string&)>& escape) {
  const auto tags = read_tags(text);
  if (!tags) return {};
  mustache::data data{mustache::data::type::object};
  for (const auto& tag : *tags) {
    if (const auto* value = value_of(values, tag.field)) data.set(flat(tag.field), *value);
  }
  mustache::mustache filled(with_flat_tags(text));
  filled.set_custom_escape(escape);
  return {filled.render(data), missing_fields(*tags, values)};
}

std::string one_line(const std::string& value) {
  std::string line = value;
  for (auto& sign : line) {
    if (static_cast<unsigned char>(sign) < 32) sign = ' ';
  }
  return line;
}

std::string escape_markdown(const std::string& value) {
  std::string escaped;
  for (const char sign : one_line(value)) {
    if (static_cast<unsigned char>(sign) < 128 && std::ispunct(static_cast<unsigned char>(sign))) escaped += '\\';
    escaped += sign;
  }
  return escaped;
}

}  // namespace banso::outreach
