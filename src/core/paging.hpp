// One page of a list: offset paging over an immutable result (the book), so that a virtual table can jump anywhere.
#pragma once

#include <cstdint>
#include <vector>

namespace banso::core {

struct PageRequest {
  std::int64_t offset = 0;
  std::int64_t limit = 50;  // callers bound it; never more than 1000
};

template <class T>
struct Page {
  std::vector<T> items;
  std::int64_t total = 0;  // of the whole list, not of the page
};

}  // namespace banso::core
