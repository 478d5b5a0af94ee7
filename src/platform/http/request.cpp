#include <charconv>

#include <fmt/format.h>

#include "platform/http/http.hpp"

namespace banso::platform::http {
namespace {

constexpr std::int64_t page_limit_default = 50;
constexpr std::int64_t page_limit_most = 1000;

std::optional<std::int64_t> parse_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

const std::string& Request::header(std::string_view name) const {
  static const std::string absent;
  const std::string* value = headers.find(name);
  return value == nullptr ? absent : *value;
}

std::string Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') {
      return std::string(one.substr(name.size() + 1));
    }
  }
  return {};
}

core::Result<std::int64_t> Request::path_id(const std::string& name) const {
  const auto found = parameters.find(name);
  const auto id = found == parameters.end() ? std::nullopt : parse_integer(found->second);
  if (!id || *id <= 0) {
    return core::Error::not_found({"There is nothing with this id.", "指定されたIDのデータはありません。"});
  }
  return *id;
}

std::optional<std::string> Request::query_text(const std::string& name) const {
  const auto found = query.find(name);
  if (found == query.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

core::Result<std::optional<std::int64_t>> Request::query_integer(const std::string& name) const {
  const auto text = query_text(name);
  if (!text) return std::optional<std::int64_t>();
  const auto number = parse_integer(*text);
  if (!number) {
    return core::Error::invalid_field(name, {fmt::format("\"{}\" must be a whole number.", name),
                                             fmt::format("「{}」は整数で指定してください。", name)});
  }
  return number;
}

core::Result<std::optional<core::Day>> Request::query_day(const std::string& name) const {
  const auto text = query_text(name);
  if (!text) return std::optional<core::Day>();
  const auto day = core::parse_day(*text);
  if (!day) {
    return core::Error::invalid_field(name, {fmt::format("\"{}\" must be a date such as 2026-11-22.", name),
                                             fmt::format("「{}」は2026-11-22の形式の日付で指定してください。", name)});
  }
  return day;
}

core::Result<core::PageRequest> Request::page() const {
  BANSO_TRY_ASSIGN(const auto offset, query_integer("offset"));
  BANSO_TRY_ASSIGN(const auto limit, query_integer("limit"));
  const core::PageRequest page{offset.value_or(0), limit.value_or(page_limit_default)};
  if (page.offset < 0) {
    return core::Error::invalid_field("offset",
                                      {"\"offset\" must not be negative.", "「offset」は0以上で指定してください。"});
  }
  if (page.limit < 1 || page.limit > page_limit_most) {
    return core::Error::invalid_field("limit", {fmt::format("\"limit\" must be from 1 to {}.", page_limit_most),
                                                fmt::format("「limit」は1〜{}で指定してください。", page_limit_most)});
  }
  return page;
}

}  // namespace banso::platform::http
