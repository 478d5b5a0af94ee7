// The properties of one event as names and values.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace banso::usage {

// One bit each, so that a property's types fit into a number. Stored: never renumber.
enum class JsonType : std::uint8_t { null = 1, boolean = 2, number = 4, text = 8, array = 16, object = 32 };

// "string", "number", ...; "mixed" where several occur. Null beside another type is left out.
std::string_view name_of_types(std::uint8_t bits);

struct PropertyValue {
  std::string_view name;  // a path with dots for objects within objects
  JsonType type = JsonType::null;
  std::string example;  // empty: none that may be kept
};

// Whether values of a property with this name may be shown as examples.
bool may_have_examples(std::string_view property_name);
// The value as people read it, shortened; empty if it looks like an e-mail address, a card or a telephone number.
std::string example_of(std::string_view value);

// Not thread-safe: keeps its memory from one event to the next.
class PropertyReader {
 public:
  static constexpr int deepest = 3;  // objects within objects; what lies deeper is one value

  PropertyReader();
  ~PropertyReader();
  // `properties` is a JSON object or empty; what cannot be read has no values. Views are valid during the visit.
  void read(std::string_view properties, const std::function<void(const PropertyValue&)>& visit);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace banso::usage
