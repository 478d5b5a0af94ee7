#include "literal.hpp"

#include <algorithm>
#include <stdexcept>

namespace banso::platform::clickhouse {

std::string literal(std::int64_t value) {
  // A bare literal is of the smallest type that holds it; comparisons with Int64 columns are right for all of them.
  return std::to_string(value);
}

std::string literal(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text = "'";
  text.reserve(bytes.size() + 2);
  for (const char character : bytes) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '\'' || character == '\\') {
      text += '\\';
      text += character;
    } else if (byte < 0x20 || byte == 0x7f) {
      text += "\\x";
      text += digits[byte >> 4];
      text += digits[byte & 15];
    } else {
      text += character;  // also what is no valid UTF-8: ClickHouse's strings are bytes
    }
  }
  text += '\'';
  return text;
}

std::string literal(const std::vector<std::int64_t>& list) {
  if (list.empty()) return "(SELECT toInt64(0) WHERE 0)";
  std::string text = "(";
  for (const auto value : list) {
    if (text.size() > 1) text += ',';
    text += std::to_string(value);
  }
  return text += ')';
}

std::string with_values(std::string_view statement, const std::vector<Value>& values) {
  std::string text;
  auto next = values.begin();
  for (const char character : statement) {
    if (character != '?') {
      text += character;
      continue;
    }
    if (next == values.end()) throw std::logic_error("a statement has more places than values");
    text += std::visit([](const auto& value) { return literal(value); }, *next++);
  }
  if (next != values.end()) throw std::logic_error("a statement has fewer places than values");
  return text;
}

std::string identifier(std::string_view name) {
  const auto allowed = [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
           (character >= '0' && character <= '9');
  };
  if (name.empty() || !std::ranges::all_of(name, allowed) || (name.front() >= '0' && name.front() <= '9')) {
    throw std::invalid_argument("not a name that ClickHouse can take (letters, digits, '_'): " + std::string(name));
  }
  return std::string(name);
}

}  // namespace banso::platform::clickhouse
