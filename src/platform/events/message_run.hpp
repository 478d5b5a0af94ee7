// A sealed part of the message ledger: sorted hashes in a file, beside them a sparse index (one in 256) and a filter.
// Index and filter are in memory; the hashes are read from the file, 4 KiB at a time, where the filter says "perhaps".
//
// File: header | hashes | index | filter. Written once, whole, then never changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/time.hpp"
#include "message_filter.hpp"
#include "message_hash.hpp"

namespace banso::platform::events {

class MessageRun {
 public:
  // Throws std::runtime_error if the file is missing or damaged. A cold run has no filter in memory: every look reads.
  static std::shared_ptr<MessageRun> open(const std::filesystem::path& file, bool cold);
  ~MessageRun();
  MessageRun(const MessageRun&) = delete;
  MessageRun& operator=(const MessageRun&) = delete;

  bool may_contain(MessageHash hash) const { return cold_ || filter_.may_contain(hash); }
  void prefetch(MessageHash hash) const {
    if (!cold_) filter_.prefetch(hash);
  }
  bool contains(MessageHash hash) const;  // reads the file; throws std::runtime_error if it cannot

  std::int64_t count() const { return count_; }
  core::Instant sealed_at() const { return sealed_at_; }
  bool is_cold() const { return cold_; }
  const std::filesystem::path& file() const { return file_; }

 private:
  friend class MessageRunReader;
  MessageRun() = default;
  void load();
  std::size_t read_page(std::size_t page, std::span<MessageHash> into) const;

  std::filesystem::path file_;
  int handle_ = -1;
  bool cold_ = false;
  std::int64_t count_ = 0;
  core::Instant sealed_at_;
  std::vector<std::uint64_t> index_;  // MessageHash::high of the first hash of each page
  MessageFilter filter_;
};

// Reads a run from its beginning to its end, a piece at a time.
class MessageRunReader {
 public:
  explicit MessageRunReader(std::shared_ptr<const MessageRun> run);
  bool at_end() const { return place_ == piece_.size(); }
  MessageHash current() const { return piece_[place_]; }
  void advance();

 private:
  void fill();
  std::shared_ptr<const MessageRun> run_;
  std::vector<MessageHash> piece_;
  std::size_t place_ = 0;
  std::size_t next_page_ = 0;
};

// Writes a run: hashes in ascending order, then finish(). A file that was not finished is removed. Throws
// std::runtime_error if the disk does not take it.
class MessageRunWriter {
 public:
  MessageRunWriter(std::filesystem::path file, std::int64_t most_messages);
  ~MessageRunWriter();
  MessageRunWriter(const MessageRunWriter&) = delete;
  MessageRunWriter& operator=(const MessageRunWriter&) = delete;
  void add(MessageHash hash);
  std::int64_t count() const { return count_; }
  void finish(core::Instant sealed_at);  // durable when it returns

 private:
  void write(const void* bytes, std::size_t size);
  void flush();

  std::filesystem::path file_;
  std::int64_t most_messages_;
  int handle_ = -1;
  bool finished_ = false;
  std::int64_t offset_ = 0;
  std::int64_t count_ = 0;
  std::vector<MessageHash> buffer_;
  std::vector<std::uint64_t> index_;
  MessageFilter filter_;
};

}  // namespace banso::platform::events
