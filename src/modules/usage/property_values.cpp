#include "property_values.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>
#include "core/ascii.hpp"

namespace banso::usage {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t longest_example = 80;  // bytes
// A telephone number or more.
constexpr std::ptrdiff_t most_digits = 10;

constexpr std::array<std::pair<JsonType, std::string_view>, 5> type_names = {{{JsonType::boolean, "boolean"},
                                                                              {JsonType::number, "number"},
                                                                              {JsonType::text, "string"},
                                                                              {JsonType::array, "array"},
                                                                              {JsonType::object, "object"}}};

// Parts of names whose values are nobody's business.
constexpr std::array<std::string_view, 16> private_words = {
    "mail",   "password",      "passwd", "secret", "token",  "phone", "address", "api_key",
    "apikey", "authorization", "cookie", "birth",  "メール", "電話",  "住所",    "パスワード"};

JsonType type_of(const dom::element& value) {
  switch (value.type()) {
    case dom::element_type::OBJECT:
      return JsonType::object;
    case dom::element_type::ARRAY:
      return JsonType::array;
    case dom::element_type::STRING:
      return JsonType::text;
    case dom::element_type::BOOL:
      return JsonType::boolean;
    case dom::element_type::NULL_VALUE:
      return JsonType::null;
    default:
      return JsonType::number;
  }
}

std::string shortened(std::string_view value) {
  if (value.size() <= longest_example) return std::string(value);
  auto end = longest_example;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;  // not within a character
  return std::string(value.substr(0, end)) + "…";
}

std::string example_of_element(const dom::element& value, JsonType type) {
  switch (type) {
    case JsonType::text:
      return example_of(std::string_view(value));
    case JsonType::number:  // a quantity, however many digits it has
    case JsonType::boolean:
      return simdjson::minify(value);
    case JsonType::array:
      return example_of(simdjson::minify(value));
    default:
      return {};
  }
}

void visit_object(const dom::object& object, std::string& path, int depth,
                  const std::function<void(const PropertyValue&)>& visit) {
  const auto path_size = path.size();
  for (const auto [key, value] : object) {
    if (path_size > 0) path += '.';
    path += key;
    const auto type = type_of(value);
    if (type == JsonType::object && depth < PropertyReader::deepest && dom::object(value).size() > 0) {
      visit_object(dom::object(value), path, depth + 1, visit);
    } else {
      visit({path, type, may_have_examples(path) ? example_of_element(value, type) : std::string()});
    }
    path.resize(path_size);
  }
}

}  // namespace

std::string_view name_of_types(std::uint8_t bits) {
  std::string_view found = "null";
  int count = 0;
  for (const auto& [type, name] : type_names) {
    if ((bits & static_cast<std::uint8_t>(type)) == 0) continue;
    found = name;
    ++count;
  }
  return count > 1 ? "mixed" : found;
}

bool may_have_examples(std::string_view property_name) {
  const auto lower = core::lower_case(property_name);
  return std::ranges::none_of(private_words,
                              [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string example_of(std::string_view value) {
  const auto at_sign = value.find('@');
  const bool is_address = at_sign != std::string_view::npos && at_sign > 0 && at_sign + 1 < value.size();
  const auto digits = std::ranges::count_if(value, [](char character) { return character >= '0' && character <= '9'; });
  const auto letters = std::ranges::count_if(value, [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character & 0x80) != 0;
  });
  if (is_address || (digits >= most_digits && letters == 0)) return {};
  return shortened(value);
}

struct PropertyReader::Parser {
  dom::parser parser;
  std::string path;
};

PropertyReader::PropertyReader() : parser_(std::make_unique<Parser>()) {}
PropertyReader::~PropertyReader() = default;

void PropertyReader::read(std::string_view properties, const std::function<void(const PropertyValue&)>& visit) {
  if (properties.empty()) return;
  dom::object object;
  if (parser_->parser.parse(properties.data(), properties.size()).get(object) != simdjson::SUCCESS) return;
  parser_->path.clear();
  visit_object(object, parser_->path, 1, visit);
}

}  // namespace banso::usage
