#include "platform/journal/journal.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>

#include "crc32c.hpp"
#include "segment.hpp"

namespace banso::platform::journal {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto disk_checked_every = std::chrono::milliseconds(100);
constexpr auto position_kept_every = std::chrono::seconds(1);
constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();

core::Error too_much_waits() {
  return core::Error::unavailable({"More events are waiting to be processed than the server may hold. Try again soon.",
                                   "処理を待っているイベントが上限に達しています。しばらくしてから再送してください。"});
}
core::Error disk_nearly_full() {
  return core::Error::unavailable({"The server's disk is nearly full. Try again later.",
                                   "サーバーのディスクの空きが不足しています。後ほど再送してください。"});
}
core::Error disk_failing() {
  return core::Error::unavailable({"The server could not write to its disk. Try again later.",
                                   "サーバーがディスクに書き込めませんでした。後ほど再送してください。"});
}

class FileJournal final : public Journal {
 public:
  FileJournal(std::filesystem::path folder, const Settings& settings);
  ~FileJournal() override;

  core::Result<std::int64_t> append(std::string_view record) override;
  void replay(const std::function<void(std::int64_t, std::string_view)>& visit) override;
  void release(std::int64_t number) override;
  std::int64_t last_number() const override;
  std::int64_t waiting_bytes() const override;
  std::int64_t damaged_bytes() const override { return damaged_bytes_; }

 private:
  struct Segment {
    std::int64_t first = 0;
    std::int64_t last = 0;  // first - 1: no record
  };
  // A caller of append() until its record is dealt with.
  struct Waiting {
    Piece piece;
    bool done = false;
    bool failed = false;
  };

  void take_stock();
  std::optional<core::Error> refusal(std::int64_t record_bytes);
  bool disk_has_room();
  void write_group(std::unique_lock<std::mutex>& lock);
  std::vector<Waiting*> take_group();
  bool write(std::span<const Piece> pieces);
  void keep_position(std::int64_t released);

  const std::filesystem::path folder_;
  const Settings settings_;
  File lock_;
  std::int64_t damaged_bytes_ = 0;

  mutable std::mutex mutex_;  // guards all up to the next comment
  std::condition_variable group_written_;
  std::deque<Waiting*> queue_;
  bool writing_ = false;            // one of the callers writes for all
  std::vector<Segment> segments_;   // oldest first
  std::deque<std::uint32_t> held_;  // bytes of each record after released_, 0 for one that is damaged
  std::int64_t held_bytes_ = 0;
  std::int64_t queued_bytes_ = 0;
  std::int64_t last_number_ = 0;
  std::int64_t released_ = 0;
  Clock::time_point disk_checked_at_{};
  bool disk_has_room_ = true;

  std::optional<SegmentWriter> writer_;  // belongs to the caller that writes
  bool writer_is_full_ = false;

  std::mutex position_mutex_;  // guards the file of the position
  Clock::time_point position_kept_at_{};
};

FileJournal::FileJournal(std::filesystem::path folder, const Settings& settings)
    : folder_(std::move(folder)), settings_(settings), lock_(folder_ / "lock", O_RDWR | O_CREAT) {
  if (::flock(lock_.handle(), LOCK_EX | LOCK_NB) != 0) {
    throw std::runtime_error("the journal " + folder_.string() + " is used by another process");
  }
  std::ifstream(folder_ / "released") >> released_;
  released_ = std::max<std::int64_t>(released_, 0);  // missing or torn: all is handed out again
  take_stock();
}

FileJournal::~FileJournal() {
  if (writer_) writer_->cut_off();
  keep_position(released_);
}

// Finds what the segments hold. The newest segment is never removed before there is a newer one: its name keeps numbers
// from being given twice, even when the position is lost.
void FileJournal::take_stock() {
  std::vector<std::int64_t> firsts;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (const auto first = segment_number(entry.path()); first > 0) firsts.push_back(first);
  }
  std::ranges::sort(firsts);
  last_number_ = std::max(released_, firsts.empty() ? 0 : firsts.back() - 1);
  for (std::size_t index = 0; index < firsts.size(); ++index) {
    // A later segment takes its numbers from where the last good record was: beyond that nothing was acknowledged.
    const auto bound = index + 1 < firsts.size() ? firsts[index + 1] : no_bound;
    const auto path = segment_path(folder_, firsts[index]);
    if (bound <= released_ + 1) {
      std::filesystem::remove(path);
      continue;
    }
    const auto scan = scan_segment(path, firsts[index], bound, [&](std::int64_t number, std::string_view bytes) {
      if (number <= released_) return;
      held_.resize(static_cast<std::size_t>(number - released_ - 1), 0);
      held_.push_back(static_cast<std::uint32_t>(bytes.size()));
      held_bytes_ += static_cast<std::int64_t>(bytes.size());
    });
    damaged_bytes_ += scan.skipped_bytes;
    if (bound == no_bound) std::filesystem::resize_file(path, static_cast<std::uintmax_t>(scan.end));
    last_number_ = std::max(last_number_, scan.last_number);
    segments_.push_back({firsts[index], std::max(scan.last_number, firsts[index] - 1)});
  }
  held_.resize(static_cast<std::size_t>(last_number_ - released_), 0);
}

void FileJournal::replay(const std::function<void(std::int64_t, std::string_view)>& visit) {
  std::unique_lock lock(mutex_);
  const auto segments = segments_;
  const auto released = released_;
  lock.unlock();
  for (const auto& segment : segments) {
    scan_segment(segment_path(folder_, segment.first), segment.first, segment.last + 1,
                 [&](std::int64_t number, std::string_view bytes) {
                   if (number > released) visit(number, bytes);
                 });
  }
}

// ------------------------------------------------------------------------------------------------------------- append

core::Result<std::int64_t> FileJournal::append(std::string_view record) {
  if (record.size() > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a journal record over 4 GiB");
  Waiting self{{0, record, crc32c(record)}};
  std::unique_lock lock(mutex_);
  if (auto error = refusal(static_cast<std::int64_t>(record.size()))) return std::move(*error);
  queue_.push_back(&self);
  queued_bytes_ += static_cast<std::int64_t>(record.size());
  while (!self.done) {
    if (writing_) {
      group_written_.wait(lock);
    } else {
      write_group(lock);
    }
  }
  if (self.failed) return disk_failing();
  return self.piece.number;
}

std::optional<core::Error> FileJournal::refusal(std::int64_t record_bytes) {
  if (held_bytes_ + queued_bytes_ + record_bytes > settings_.limit_bytes) return too_much_waits();
  if (!disk_has_room()) return disk_nearly_full();
  return std::nullopt;
}

bool FileJournal::disk_has_room() {
  const auto now = Clock::now();
  if (now - disk_checked_at_ < disk_checked_every) return disk_has_room_;
  disk_checked_at_ = now;
  struct statvfs status {};
  disk_has_room_ = ::statvfs(folder_.c_str(), &status) != 0 ||
                   static_cast<std::int64_t>(status.f_bavail * status.f_frsize) >= settings_.disk_reserve_bytes;
  return disk_has_room_;
}

// Writes what waits, for everybody who waits. While it does, the next group gathers.
void FileJournal::write_group(std::unique_lock<std::mutex>& lock) {
  writing_ = true;
  const auto group = take_group();
  std::vector<Piece> pieces;
  pieces.reserve(group.size());
  for (const auto* waiting : group) pieces.push_back(waiting->piece);
  lock.unlock();
  const bool written = write(pieces);
  lock.lock();
  for (auto* waiting : group) {
    const auto bytes = static_cast<std::int64_t>(waiting->piece.bytes.size());
    queued_bytes_ -= bytes;
    waiting->failed = !written;
    waiting->done = true;
    if (!written) continue;
    held_.push_back(static_cast<std::uint32_t>(bytes));
    held_bytes_ += bytes;
    last_number_ = waiting->piece.number;
    segments_.back().last = last_number_;
  }
  writing_ = false;
  group_written_.notify_all();
}

// The oldest in the queue, as many as the segment takes, and at least one.
std::vector<FileJournal::Waiting*> FileJournal::take_group() {
  std::vector<Waiting*> group;
  auto number = last_number_;
  std::int64_t bytes = 0;
  while (!queue_.empty()) {
    auto* waiting = queue_.front();
    const auto next_bytes = bytes + header_bytes + static_cast<std::int64_t>(waiting->piece.bytes.size());
    const bool fits = writer_ && writer_->fits(next_bytes - header_bytes);
    if (!group.empty() && !fits) break;
    if (group.empty()) writer_is_full_ = !fits;
    waiting->piece.number = ++number;
    group.push_back(waiting);
    bytes = next_bytes;
    queue_.pop_front();
    if (!fits) break;  // begins a new segment; the others follow in the next group
  }
  return group;
}

// False: nothing of it counts, and the next group begins a new segment.
bool FileJournal::write(std::span<const Piece> pieces) try {
  const auto first = pieces.front().number;
  if (writer_is_full_) {
    if (writer_) writer_->cut_off();
    writer_.reset();
    const auto needed = header_bytes + static_cast<std::int64_t>(pieces.front().bytes.size());
    writer_.emplace(folder_, first, std::max(settings_.segment_bytes, needed));
    const std::lock_guard lock(mutex_);
    // A segment that a failure left without a record had the same name, and was replaced.
    if (!segments_.empty() && segments_.back().first == first) segments_.pop_back();
    segments_.push_back({first, first - 1});
  }
  writer_->append(pieces);
  return true;
} catch (const std::system_error&) {
  if (writer_) writer_->cut_off();
  writer_.reset();
  return false;
}

// ------------------------------------------------------------------------------------------------------------ release

void FileJournal::release(std::int64_t number) {
  std::vector<Segment> finished;
  std::unique_lock lock(mutex_);
  number = std::min(number, last_number_);
  for (; released_ < number; ++released_) {
    held_bytes_ -= held_.front();
    held_.pop_front();
  }
  const auto released = released_;
  while (segments_.size() > 1 && segments_.front().last <= released_) {
    finished.push_back(segments_.front());
    segments_.erase(segments_.begin());
  }
  lock.unlock();

  const std::lock_guard position_lock(position_mutex_);
  if (const auto now = Clock::now(); now - position_kept_at_ >= position_kept_every) {
    position_kept_at_ = now;
    keep_position(released);
  }
  for (const auto& segment : finished) {
    std::error_code ignored;  // what stays is removed at the next opening
    std::filesystem::remove(segment_path(folder_, segment.first), ignored);
  }
}

// Not flushed: an older position, or none, only means that more is handed out again.
void FileJournal::keep_position(std::int64_t released) {
  const auto path = folder_ / "released";
  const auto fresh = folder_ / "released.new";
  std::ofstream out(fresh, std::ios::trunc);
  out << released << "\n";
  out.close();
  std::error_code ignored;
  if (out) std::filesystem::rename(fresh, path, ignored);
}

std::int64_t FileJournal::last_number() const {
  const std::lock_guard lock(mutex_);
  return last_number_;
}

std::int64_t FileJournal::waiting_bytes() const {
  const std::lock_guard lock(mutex_);
  return held_bytes_;
}

}  // namespace

std::unique_ptr<Journal> Journal::open(const std::filesystem::path& folder, const Settings& settings) {
  std::filesystem::create_directories(folder);
  return std::make_unique<FileJournal>(folder, settings);
}

}  // namespace banso::platform::journal
