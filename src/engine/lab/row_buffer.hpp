// Columns with one number per row of the panel, lent and given back: a move of a slider writes tens of megabytes, and
// fresh memory would cost more than the numbers that go into it.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace banso::engine::lab {

// Lent to whoever holds it or a copy of it; goes back with the last of them. Reads as a vector does.
template <class T>
class RowBuffer {
 public:
  using value_type = T;
  RowBuffer() : rows_(std::make_shared<std::vector<T>>()) {}
  explicit RowBuffer(std::shared_ptr<std::vector<T>> rows) : rows_(std::move(rows)) {}

  std::size_t size() const { return rows_->size(); }
  T* data() { return rows_->data(); }
  const T* data() const { return rows_->data(); }
  T* begin() { return data(); }
  T* end() { return data() + size(); }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size(); }
  T& operator[](std::size_t row) { return (*rows_)[row]; }
  const T& operator[](std::size_t row) const { return (*rows_)[row]; }
  bool operator==(const RowBuffer& other) const { return *rows_ == *other.rows_; }

 private:
  std::shared_ptr<std::vector<T>> rows_;
};

// Lends buffers; may be gone before they come back. Safe to use from several threads.
template <class T>
class RowBuffers {
 public:
  // `size` rows with any content: the borrower writes them all.
  RowBuffer<T> lend(std::size_t size) {
    auto rows = shelf_->take();
    rows->resize(size);
    return RowBuffer<T>(std::shared_ptr<std::vector<T>>(
        rows.release(), [shelf = shelf_](std::vector<T>* done) { shelf->put(std::unique_ptr<std::vector<T>>(done)); }));
  }

 private:
  static constexpr std::size_t most_kept = 12;
  struct Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<std::vector<T>>> free;

    std::unique_ptr<std::vector<T>> take() {
      const std::lock_guard lock(mutex);
      if (free.empty()) return std::make_unique<std::vector<T>>();
      auto rows = std::move(free.back());
      free.pop_back();
      return rows;
    }
    void put(std::unique_ptr<std::vector<T>> rows) {
      const std::lock_guard lock(mutex);
      if (free.size() < most_kept) free.push_back(std::move(rows));
    }
  };
  const std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

}  // namespace banso::engine::lab
