#include "body_text.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace banso::definitions {
namespace {

namespace json = platform::json;

bool is_plain(const json::value& item) {
  return !item.is_object() && !item.is_array();
}

class Writer {
 public:
  std::string take() && { return std::move(text_); }

  void write(const json::value& item, int depth) {
    if (const auto* object = item.if_object(); object && !object->empty()) return write_object(*object, depth);
    if (const auto* array = item.if_array(); array && !std::all_of(array->begin(), array->end(), is_plain)) {
      return write_array(*array, depth);
    }
    if (item.is_double()) return void(text_ += fmt::format("{}", item.get_double()));  // 12.5, not 1.25E1
    text_ += json::serialize(item);
  }

 private:
  void line(int depth) { text_.append("\n").append(static_cast<std::size_t>(depth) * 2, ' '); }

  void write_object(const json::object& object, int depth) {
    text_ += '{';
    bool first = true;
    for (const auto& [key, member] : object) {
      if (!first) text_ += ',';
      first = false;
      line(depth + 1);
      text_ += json::serialize(json::value(key)) + ": ";
      write(member, depth + 1);
    }
    line(depth);
    text_ += '}';
  }

  void write_array(const json::array& array, int depth) {
    text_ += '[';
    bool first = true;
    for (const auto& item : array) {
      if (!first) text_ += ',';
      first = false;
      line(depth + 1);
      write(item, depth + 1);
    }
    line(depth);
    text_ += ']';
  }

  std::string text_;
};

// What tells an element of an array from its neighbours; its position where nothing does.
std::string label_of(const json::value& item, std::size_t position) {
  if (const auto* object = item.if_object()) {
    for (const char* name : {"key", "measure", "choice"}) {
      const auto* label = object->if_contains(name);
      if (label && label->is_string()) return std::string(label->as_string());
    }
  }
  return std::to_string(position);
}

class Comparison {
 public:
  std::vector<Difference> take() && { return std::move(found_); }

  void compare(const std::string& path, const json::value* before, const json::value* after) {
    if (before && after) {
      if (*before == *after) return;
      if (before->is_object() && after->is_object()) return compare(path, before->as_object(), after->as_object());
      if (before->is_array() && after->is_array() && has_labels(before->as_array()) && has_labels(after->as_array())) {
        return compare(path, before->as_array(), after->as_array());
      }
    }
    found_.push_back({path, text_of(before), text_of(after)});
  }

 private:
  static std::optional<std::string> text_of(const json::value* item) {
    return item ? std::optional(json::serialize(*item)) : std::nullopt;
  }
  static bool has_labels(const json::array& array) { return std::none_of(array.begin(), array.end(), is_plain); }

  void compare(const std::string& path, const json::object& before, const json::object& after) {
    const auto child = [&](std::string_view key) {
      return path.empty() ? std::string(key) : path + "." + std::string(key);
    };
    for (const auto& [key, member] : before) compare(child(key), &member, after.if_contains(key));
    for (const auto& [key, member] : after) {
      if (!before.contains(key)) compare(child(key), nullptr, &member);
    }
  }

  void compare(const std::string& path, const json::array& before, const json::array& after) {
    std::map<std::string, std::pair<const json::value*, const json::value*>> by_label;
    std::vector<std::string> order;
    const auto note = [&](const json::array& items, auto member) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        const auto label = label_of(items[i], i);
        const auto [entry, is_new] = by_label.try_emplace(label);
        if (is_new) order.push_back(label);
        entry->second.*member = &items[i];
      }
    };
    using Pair = std::pair<const json::value*, const json::value*>;
    note(before, &Pair::first);
    note(after, &Pair::second);
    for (const auto& label : order) {
      const auto& [old_item, new_item] = by_label[label];
      compare(path + "[" + label + "]", old_item, new_item);
    }
  }

  std::vector<Difference> found_;
};

}  // namespace

std::string indented(const json::value& item) {
  Writer writer;
  writer.write(item, 0);
  return std::move(writer).take();
}

std::vector<Difference> differences(const json::value& before, const json::value& after) {
  Comparison comparison;
  comparison.compare("", &before, &after);
  return std::move(comparison).take();
}

}  // namespace banso::definitions
