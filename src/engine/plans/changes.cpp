#include "changes.hpp"

#include <map>

#include "difference_words.hpp"
#include "reader.hpp"

namespace banso::engine::plans {
namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 4> kind_words{"goal", "milestone", "action", "risk"};
constexpr std::array<std::string_view, 3> head_fields{"name", "purpose", "internal_note"};
constexpr std::array<std::string_view, 3> difference_words_of{"added", "changed", "removed"};

const core::Text changed_meanwhile{"Somebody else has changed this meanwhile. Look at it again, then change it.",
                                   "ほかの人が先に変更しました。最新の内容を確認してから、もう一度変更してください。"};

json::object* find_item(json::object& document, ItemKind kind, std::string_view key) {
  for (auto& item : document.at(list_of(kind)).as_array()) {
    if (std::string_view(item.as_object().at("key").as_string()) == key) return &item.as_object();
  }
  return nullptr;
}
const json::object* find_item(const json::object& document, ItemKind kind, std::string_view key) {
  return find_item(const_cast<json::object&>(document), kind, key);
}

// Lays the fields of `given` over `under`, where there is one.
json::object laid_over(const json::object* under, const json::object& given) {
  json::object whole = under ? *under : json::object{};
  for (const auto& [key, value] : given) whole[key] = value;
  return whole;
}

class Merge {
 public:
  Merge(const Document& base, const Document& newest) : base_(to_object(base)), merged_(to_object(newest)) {}

  void run(const Operation& operation, std::size_t index) {
    path_ = fmt::format("operations[{}]", index);
    switch (operation.what) {
      case Operation::What::put:
        put(operation);
        break;
      case Operation::What::remove:
        remove(operation);
        break;
      case Operation::What::set_head:
        set_head(operation);
        break;
    }
  }

  core::Result<Document> finish() {
    if (!faults_.empty()) return error_of("The change", "変更内容", std::move(faults_));
    if (!conflicts_.empty()) {
      core::Error error = core::Error::conflict(changed_meanwhile);
      error.fields = std::move(conflicts_);
      return error;
    }
    auto document = read_document(merged_, "", faults_);
    if (!faults_.empty()) return error_of("The change", "変更内容", as_sent(std::move(faults_)));
    return document;
  }

 private:
  void conflict(const std::string& path) { conflicts_.push_back({path, changed_meanwhile}); }

  // Field by field: what they changed of what they saw goes onto what there is now.
  void merge_fields(json::object& now, const json::object& seen, const json::object& wanted, const std::string& path) {
    for (const auto& [key, value] : wanted) {
      const auto& before = seen.at(key);
      auto& current = now.at(key);
      if (value == before || value == current) continue;
      if (current != before) {
        conflict(fmt::format("{}.{}", path, std::string_view(key)));
      } else {
        current = value;
      }
    }
  }

  void put(const Operation& operation) {
    const auto path = path_ + ".item";
    const auto given = json::parse(operation.body_json).as_object();
    const auto* key_value = given.if_contains("key");
    const std::string key = key_value && key_value->is_string() ? std::string(key_value->get_string()) : "";
    const auto* seen = find_item(base_, operation.kind, key);
    const auto faults_before = faults_.size();
    const auto wanted = canonical_item(operation.kind, laid_over(seen, given), path, faults_);
    if (faults_.size() > faults_before) return;
    put_paths_[{operation.kind, key}] = path;
    auto* now = find_item(merged_, operation.kind, key);
    if (now == nullptr && seen != nullptr) {
      if (wanted != *seen) conflict(path);  // it was removed meanwhile
    } else if (now == nullptr) {
      merged_.at(list_of(operation.kind)).as_array().push_back(wanted);
    } else if (seen != nullptr) {
      merge_fields(*now, *seen, wanted, path);
    } else if (wanted != *now) {
      conflict(path + ".key");  // two people made an item of that key
    }
  }

  void remove(const Operation& operation) {
    const auto* now = find_item(merged_, operation.kind, operation.key);
    const auto* seen = find_item(base_, operation.kind, operation.key);
    if (now == nullptr) {
      if (seen != nullptr) return;  // somebody removed it already
      faults_.push_back({path_ + ".key", {"The plan has no such item.", "プランに該当する項目はありません。"}});
      return;
    }
    if (seen == nullptr || *now != *seen) {
      conflict(path_ + ".key");
      return;
    }
    auto& list = merged_.at(list_of(operation.kind)).as_array();
    list.erase(std::find_if(list.begin(), list.end(), [&](const json::value& item) {
      return std::string_view(item.as_object().at("key").as_string()) == operation.key;
    }));
    forget_references(operation);
  }

  void forget_references(const Operation& removed) {
    if (removed.kind == ItemKind::goal) {
      for (const auto kind : {ItemKind::milestone, ItemKind::action}) {
        for (auto& item : merged_.at(list_of(kind)).as_array()) {
          auto& goal = item.as_object().at("goal");
          if (goal.is_string() && std::string_view(goal.get_string()) == removed.key) goal = nullptr;
        }
      }
    }
    if (removed.kind == ItemKind::action) {
      for (auto& item : merged_.at("actions").as_array()) {
        auto& before = item.as_object().at("depends_on").as_array();
        before.erase(
            std::remove_if(before.begin(), before.end(),
                           [&](const json::value& key) { return std::string_view(key.as_string()) == removed.key; }),
            before.end());
      }
    }
  }

  void set_head(const Operation& operation) {
    const auto path = path_ + ".head";
    json::object seen;
    for (const auto field : head_fields) seen[field] = base_.at(field);
    const auto faults_before = faults_.size();
    const auto wanted = canonical_head(laid_over(&seen, json::parse(operation.body_json).as_object()), path, faults_);
    if (faults_.size() == faults_before) merge_fields(merged_, seen, wanted, path);
  }

  // Faults of the whole document, by the operation that brought the item.
  Faults as_sent(Faults faults) const {
    for (auto& fault : faults) {
      for (std::size_t kind = 0; kind < item_lists.size(); ++kind) {
        const auto prefix = fmt::format("{}[", item_lists[kind]);
        if (!fault.field.starts_with(prefix)) continue;
        const auto close = fault.field.find(']');
        const auto index = static_cast<std::size_t>(std::stoul(fault.field.substr(prefix.size())));
        const auto& list = merged_.at(item_lists[kind]).as_array();
        if (index >= list.size()) continue;
        const std::string key(list[index].as_object().at("key").as_string());
        const auto sent = put_paths_.find({static_cast<ItemKind>(kind), key});
        if (sent != put_paths_.end()) fault.field = sent->second + fault.field.substr(close + 1);
        break;
      }
    }
    return faults;
  }

  const json::object base_;
  json::object merged_;
  std::string path_;
  Faults faults_, conflicts_;
  std::map<std::pair<ItemKind, std::string>, std::string> put_paths_;
};

Operation read_operation(Reader& from, Faults& faults) {
  constexpr std::array<std::string_view, 3> words{"put", "remove", "set_head"};
  Operation operation;
  const auto what = from.one_of("op", words, words.size());
  if (what == words.size()) {
    from.fail("op", {"Give put, remove or set_head.", "put、remove、set_head のいずれかを指定してください。"});
    return operation;
  }
  operation.what = static_cast<Operation::What>(what);
  const bool is_head = operation.what == Operation::What::set_head;
  if (!is_head) {
    const auto kind = from.one_of("kind", kind_words, kind_words.size());
    if (kind == kind_words.size()) {
      from.fail("kind", {"Give goal, milestone, action or risk.",
                         "goal、milestone、action、risk のいずれかを指定してください。"});
      return operation;
    }
    operation.kind = static_cast<ItemKind>(kind);
  }
  if (operation.what == Operation::What::remove) {
    operation.key = from.key();
  } else {
    const auto* field = is_head ? "head" : "item";
    const auto faults_before = faults.size();
    if (const auto* body = from.child(field)) {
      operation.body_json = json::serialize(*body);
    } else if (faults.size() == faults_before) {
      from.fail(field, {"Give the fields to change.", "変更する項目を指定してください。"});
    }
  }
  from.refuse_unknown();
  return operation;
}

}  // namespace

std::string_view word_of(ItemKind kind) {
  return kind_words[static_cast<std::size_t>(kind)];
}
std::optional<ItemKind> item_kind_from(std::string_view word) {
  const auto found = std::find(kind_words.begin(), kind_words.end(), word);
  if (found == kind_words.end()) return std::nullopt;
  return static_cast<ItemKind>(found - kind_words.begin());
}
std::string_view word_of(Difference::What what) {
  return difference_words_of[static_cast<std::size_t>(what)];
}

core::Result<std::vector<Operation>> operations_from_json(std::string_view text) {
  constexpr std::size_t most_operations = 200;
  boost::system::error_code failed;
  const auto parsed = json::parse(text, failed);
  const auto* list = failed ? nullptr : parsed.if_array();
  if (list == nullptr || list->empty() || list->size() > most_operations) {
    return core::Error::invalid_field("operations",
                                      {fmt::format("Give a list of 1 to {} operations.", most_operations),
                                       fmt::format("1〜{}件の操作のリストを指定してください。", most_operations)});
  }
  Faults faults;
  std::vector<Operation> operations;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto path = fmt::format("operations[{}]", i);
    if (const auto* object = (*list)[i].if_object()) {
      Reader from(*object, path, faults);
      operations.push_back(read_operation(from, faults));
    } else {
      faults.push_back({path, {"This must be an object.", "オブジェクトで指定してください。"}});
    }
  }
  if (!faults.empty()) return error_of("The change", "変更内容", std::move(faults));
  return operations;
}

core::Result<Document> apply(const Document& base, const Document& newest, std::span<const Operation> operations) {
  Merge merge(base, newest);
  for (std::size_t i = 0; i < operations.size(); ++i) merge.run(operations[i], i);
  return merge.finish();
}

std::vector<Difference> differences(const Document& before, const Document& after) {
  const auto old_object = to_object(before), new_object = to_object(after);
  std::vector<Difference> found;
  json::object old_head, new_head;
  for (const auto field : head_fields) {
    old_head[field] = old_object.at(field);
    new_head[field] = new_object.at(field);
  }
  if (old_head != new_head) {
    found.push_back({std::nullopt, "", Difference::What::changed, words_of_change(std::nullopt, old_head, new_head)});
  }
  for (const auto kind : {ItemKind::goal, ItemKind::milestone, ItemKind::action, ItemKind::risk}) {
    for (const auto& value : new_object.at(list_of(kind)).as_array()) {
      const auto& item = value.as_object();
      const std::string key(item.at("key").as_string());
      const auto* old_item = find_item(old_object, kind, key);
      if (old_item == nullptr) {
        found.push_back({kind, key, Difference::What::added, words_of_added(kind, item)});
      } else if (*old_item != item) {
        found.push_back({kind, key, Difference::What::changed, words_of_change(kind, *old_item, item)});
      }
    }
    for (const auto& value : old_object.at(list_of(kind)).as_array()) {
      const auto& item = value.as_object();
      const std::string key(item.at("key").as_string());
      if (find_item(new_object, kind, key) == nullptr) {
        found.push_back({kind, key, Difference::What::removed, words_of_removed(kind, item)});
      }
    }
  }
  return found;
}

std::vector<Improvement> improvements(const Document& taken, const Document& newest, const Document& plan) {
  const auto old_object = to_object(taken), new_object = to_object(newest), plan_object = to_object(plan);
  std::vector<Improvement> found;
  for (const auto kind : {ItemKind::goal, ItemKind::milestone, ItemKind::action, ItemKind::risk}) {
    for (const auto& value : new_object.at(list_of(kind)).as_array()) {
      const auto& item = value.as_object();
      const std::string key(item.at("key").as_string());
      const auto* old_item = find_item(old_object, kind, key);
      const auto* own_item = find_item(plan_object, kind, key);
      Improvement improvement{kind, key, name_of_item(item), false, {}, {}};
      if (old_item == nullptr && own_item == nullptr) {
        improvement.is_new = true;
        improvement.words = words_of_added(kind, item);
        improvement.item_json = json::serialize(item);
      } else if (old_item != nullptr && own_item != nullptr && item != *old_item) {
        auto better = *own_item;
        for (const auto& [field, wanted] : item) {
          const bool is_untouched = own_item->at(field) == old_item->at(field);
          if (wanted != old_item->at(field) && is_untouched) better[field] = wanted;
        }
        if (better == *own_item) continue;
        improvement.words = words_of_change(kind, *own_item, better);
        improvement.item_json = json::serialize(better);
      } else {
        continue;
      }
      found.push_back(std::move(improvement));
    }
  }
  return found;
}

core::Result<Document> with_improvements(const Document& plan, std::span<const Improvement> chosen) {
  auto object = to_object(plan);
  for (const auto& improvement : chosen) {
    const auto item = json::parse(improvement.item_json).as_object();
    if (auto* own = find_item(object, improvement.kind, improvement.key)) {
      *own = item;
    } else {
      object.at(list_of(improvement.kind)).as_array().push_back(item);
    }
  }
  for (const auto kind : {ItemKind::milestone, ItemKind::action}) {
    for (auto& value : object.at(list_of(kind)).as_array()) {
      auto& goal = value.as_object().at("goal");
      if (goal.is_string() && find_item(object, ItemKind::goal, goal.get_string()) == nullptr) goal = nullptr;
    }
  }
  for (auto& value : object.at("actions").as_array()) {
    auto& before = value.as_object().at("depends_on").as_array();
    before.erase(std::remove_if(before.begin(), before.end(),
                                [&](const json::value& key) {
                                  return find_item(object, ItemKind::action, key.as_string()) == nullptr;
                                }),
                 before.end());
  }
  Faults faults;
  auto document = read_document(object, "", faults);
  if (!faults.empty()) return error_of("The plan", "プラン", std::move(faults));
  return document;
}

}  // namespace banso::engine::plans
