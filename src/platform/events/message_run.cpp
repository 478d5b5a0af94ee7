#include "message_run.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace banso::platform::events {
namespace {

constexpr std::size_t page_hashes = 256;  // 4 KiB
constexpr std::size_t pages_at_once = 64;

struct Header {
  std::array<char, 8> magic{'b', 'a', 'n', 's', 'o', 'r', 'u', 'n'};
  std::int64_t count = 0;
  std::int64_t most_messages = 0;  // what the filter was made for
  std::int64_t sealed_at_us = 0;
  std::array<unsigned char, 32> digest{};  // of index and filter
};

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& file) {
  throw std::runtime_error(what + " " + file.string() + ": " + std::strerror(errno));
}

void read_all(int handle, void* into, std::size_t size, std::int64_t offset, const std::filesystem::path& file) {
  auto* place = static_cast<char*>(into);
  while (size > 0) {
    const auto got = ::pread(handle, place, size, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read", file);
    if (got == 0) throw std::runtime_error(file.string() + " is shorter than it should be");
    place += got;
    offset += got;
    size -= static_cast<std::size_t>(got);
  }
}

template <class T>
std::span<const unsigned char> bytes_of(const std::vector<T>& items) {
  return {reinterpret_cast<const unsigned char*>(items.data()), items.size() * sizeof(T)};
}

std::array<unsigned char, 32> digest_of(std::span<const unsigned char> index, std::span<const unsigned char> filter) {
  crypto_generichash_state state;
  std::array<unsigned char, 32> digest;
  crypto_generichash_init(&state, nullptr, 0, digest.size());
  crypto_generichash_update(&state, index.data(), index.size());
  crypto_generichash_update(&state, filter.data(), filter.size());
  crypto_generichash_final(&state, digest.data(), digest.size());
  return digest;
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------------- run

std::shared_ptr<MessageRun> MessageRun::open(const std::filesystem::path& file, bool cold) {
  std::shared_ptr<MessageRun> run(new MessageRun);
  run->file_ = file;
  run->cold_ = cold;
  run->handle_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (run->handle_ < 0) fail("cannot open", file);
  run->load();
  return run;
}

MessageRun::~MessageRun() {
  if (handle_ >= 0) ::close(handle_);
}

void MessageRun::load() {
  Header header;
  read_all(handle_, &header, sizeof header, 0, file_);
  if (header.magic != Header{}.magic || header.count < 0 || header.most_messages < header.count) {
    throw std::runtime_error(file_.string() + " is no run of the message ledger");
  }
  count_ = header.count;
  sealed_at_ = {header.sealed_at_us};
  index_.resize((static_cast<std::size_t>(count_) + page_hashes - 1) / page_hashes);
  filter_ = MessageFilter(static_cast<std::size_t>(header.most_messages));
  const auto index_at = static_cast<std::int64_t>(sizeof header + count_ * sizeof(MessageHash));
  read_all(handle_, index_.data(), index_.size() * sizeof index_[0], index_at, file_);
  const auto filter_at = index_at + static_cast<std::int64_t>(index_.size() * sizeof index_[0]);
  read_all(handle_, filter_.bytes().data(), filter_.bytes().size(), filter_at, file_);
  if (digest_of(bytes_of(index_), filter_.bytes()) != header.digest) {
    throw std::runtime_error(file_.string() + " is damaged");
  }
  if (cold_) filter_ = {};
}

std::size_t MessageRun::read_page(std::size_t page, std::span<MessageHash> into) const {
  const auto first = page * page_hashes;
  const auto count = std::min(into.size(), static_cast<std::size_t>(count_) - first);
  read_all(handle_, into.data(), count * sizeof(MessageHash),
           static_cast<std::int64_t>(sizeof(Header) + first * sizeof(MessageHash)), file_);
  return count;
}

bool MessageRun::contains(MessageHash hash) const {
  const auto after = std::ranges::upper_bound(index_, hash.high);
  if (after == index_.begin()) return false;
  std::array<MessageHash, page_hashes> page;
  const auto count = read_page(static_cast<std::size_t>(after - index_.begin()) - 1, page);
  return std::binary_search(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(count), hash);
}

// ------------------------------------------------------------------------------------------------------------- reader

MessageRunReader::MessageRunReader(std::shared_ptr<const MessageRun> run) : run_(std::move(run)) {
  fill();
}

void MessageRunReader::advance() {
  if (++place_ == piece_.size()) fill();
}

void MessageRunReader::fill() {
  place_ = 0;
  piece_.clear();
  if (next_page_ >= run_->index_.size()) return;
  piece_.resize(pages_at_once * page_hashes);
  piece_.resize(run_->read_page(next_page_, piece_));
  next_page_ += pages_at_once;
}

// ------------------------------------------------------------------------------------------------------------- writer

MessageRunWriter::MessageRunWriter(std::filesystem::path file, std::int64_t most_messages)
    : file_(std::move(file)), most_messages_(most_messages), filter_(static_cast<std::size_t>(most_messages)) {
  handle_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (handle_ < 0) fail("cannot write", file_);
  offset_ = sizeof(Header);  // written last
  buffer_.reserve(pages_at_once * page_hashes);
}

MessageRunWriter::~MessageRunWriter() {
  ::close(handle_);
  if (!finished_) ::unlink(file_.c_str());
}

void MessageRunWriter::add(MessageHash hash) {
  if (static_cast<std::size_t>(count_) % page_hashes == 0) index_.push_back(hash.high);
  filter_.insert(hash);
  buffer_.push_back(hash);
  ++count_;
  if (buffer_.size() == buffer_.capacity()) flush();
}

void MessageRunWriter::flush() {
  write(buffer_.data(), buffer_.size() * sizeof buffer_[0]);
  buffer_.clear();
}

void MessageRunWriter::write(const void* bytes, std::size_t size) {
  const auto* place = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto written = ::pwrite(handle_, place, size, offset_);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write", file_);
    place += written;
    offset_ += written;
    size -= static_cast<std::size_t>(written);
  }
}

void MessageRunWriter::finish(core::Instant sealed_at) {
  flush();
  write(index_.data(), index_.size() * sizeof index_[0]);
  write(filter_.bytes().data(), filter_.bytes().size());
  Header header;
  header.count = count_;
  header.sealed_at_us = sealed_at.microseconds;
  header.digest = digest_of(bytes_of(index_), filter_.bytes());
  header.most_messages = most_messages_;
  offset_ = 0;
  write(&header, sizeof header);
  if (::fsync(handle_) != 0) fail("cannot flush", file_);
  finished_ = true;
}

}  // namespace banso::platform::events
