// How documents change: operations of one person on top of what others did meanwhile, what differs between two
// versions in words, and what a newer template offers to a plan that came from an older one. Pure.
#pragma once

#include <span>

#include "document.hpp"

namespace banso::engine::plans {

enum class ItemKind { goal, milestone, action, risk };
std::string_view word_of(ItemKind kind);
std::optional<ItemKind> item_kind_from(std::string_view word);

struct Operation {
  enum class What { put, remove, set_head };
  What what = What::put;
  ItemKind kind = ItemKind::goal;
  std::string key;        // of remove
  std::string body_json;  // of put: the item or some of its fields, with its key; of set_head: fields of the head
};
// A JSON list of {"op": "put", "kind", "item"}, {"op": "remove", "kind", "key"}, {"op": "set_head", "head"}; at most
// 200.
core::Result<std::vector<Operation>> operations_from_json(std::string_view json);

// `newest` with the operations of somebody who saw `base`. Field by field: one that is given as it was in `base` is no
// change of theirs. Conflict (naming the fields) where the same field was changed to something else meanwhile, or an
// item that they change or remove was removed or changed. Whoever refers to a removed item no longer does.
core::Result<Document> apply(const Document& base, const Document& newest, std::span<const Operation> operations);

struct Difference {
  enum class What { added, changed, removed };
  std::optional<ItemKind> kind;  // nothing: the head
  std::string key;
  What what = What::changed;
  core::Text words;  // "Goal "Fewer calls": target 80 → 90"
};
std::string_view word_of(Difference::What what);
// In the order of the document.
std::vector<Difference> differences(const Document& before, const Document& after);

struct Improvement {
  ItemKind kind = ItemKind::goal;
  std::string key;
  core::Text name;
  bool is_new = false;
  core::Text words;
  std::string item_json;  // as it would be in the plan
};
// What `newest` has that `taken` (both a template's document on the plan's first day) did not have or had otherwise;
// fields that the plan changed by itself, and items that it removed, are left alone.
std::vector<Improvement> improvements(const Document& taken, const Document& newest, const Document& plan);
// The plan with those items. A reference to something that the plan does not have is left out.
core::Result<Document> with_improvements(const Document& plan, std::span<const Improvement> chosen);

}  // namespace banso::engine::plans
