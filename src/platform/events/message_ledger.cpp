#include "message_ledger.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <queue>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace banso::platform::events {
namespace {

constexpr const char* manifest_name = "manifest";
constexpr const char* manifest_version = "banso-message-ledger-1";
constexpr std::size_t looked_ahead = 16;  // hashes whose memory is fetched while others are looked up

void sync(const std::filesystem::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) throw std::runtime_error("cannot open " + path.string());
  const bool synced = ::fsync(handle) == 0;
  ::close(handle);
  if (!synced) throw std::runtime_error("cannot flush " + path.string());
}

// Calls look(i) for all that are not known yet, with the memory it needs on its way.
template <class Set, class Look>
void look_up(const Set& set, std::span<const MessageHash> hashes, std::span<bool> known, Look look) {
  for (std::size_t index = 0; index < hashes.size(); ++index) {
    if (index + looked_ahead < hashes.size()) set.prefetch(hashes[index + looked_ahead]);
    if (!known[index] && !hashes[index].is_none()) known[index] = look(hashes[index]);
  }
}

}  // namespace

MessageLedger::MessageLedger(std::optional<std::filesystem::path> folder, std::uint64_t identity,
                             std::int64_t newest_event_no, const Settings& settings)
    : folder_(std::move(folder)), identity_(identity), settings_(settings) {
  if (!folder_) return;
  std::filesystem::create_directories(*folder_);
  if (!load_manifest(newest_event_no)) begin_anew();
  recent_until_ = sealed_until_;
}

// -------------------------------------------------------------------------------------------------------- the manifest

// "banso-message-ledger-1 <identity> <sealed_until>", then "<file> <cold>" for each run.
bool MessageLedger::load_manifest(std::int64_t newest_event_no) try {
  std::ifstream in(*folder_ / manifest_name);
  std::string version, name;
  std::uint64_t identity = 0;
  std::int64_t sealed_until = 0;
  std::size_t count = 0;
  if (!(in >> version >> identity >> sealed_until >> count)) return false;
  if (version != manifest_version || identity != identity_ || sealed_until > newest_event_no) return false;
  bool cold = false;
  while (runs_.size() < count) {
    if (!(in >> name >> cold)) return false;
    runs_.push_back(MessageRun::open(*folder_ / name, cold));
    next_file_ = std::max<std::int64_t>(next_file_, std::stoll(name) + 1);
  }
  sealed_until_ = sealed_until;
  for (const auto& entry : std::filesystem::directory_iterator(*folder_)) {
    const bool listed = std::ranges::any_of(runs_, [&](const Run& run) { return run->file() == entry.path(); });
    if (!listed && entry.path().filename() != manifest_name) std::filesystem::remove(entry.path());
  }
  return true;
} catch (const std::exception&) {
  return false;  // damaged: it is derived, and made anew
}

void MessageLedger::begin_anew() {
  runs_.clear();
  for (const auto& entry : std::filesystem::directory_iterator(*folder_)) std::filesystem::remove(entry.path());
  sealed_until_ = 0;
}

void MessageLedger::write_manifest(const Runs& runs, std::int64_t sealed_until) const {
  const auto fresh = *folder_ / "manifest.new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << manifest_version << " " << identity_ << " " << sealed_until << " " << runs.size() << "\n";
    for (const auto& run : runs) out << run->file().filename().string() << " " << run->is_cold() << "\n";
    out.close();
    if (!out) throw std::runtime_error("cannot write " + fresh.string());
  }
  sync(fresh);
  std::filesystem::rename(fresh, *folder_ / manifest_name);
  sync(*folder_);
}

std::filesystem::path MessageLedger::new_file() {
  return *folder_ / (std::to_string(next_file_++) + ".run");
}

// -------------------------------------------------------------------------------------------------- finding, inserting

MessageLedger::Runs MessageLedger::runs() const {
  const std::lock_guard lock(mutex_);
  return runs_;
}

void MessageLedger::find(std::span<const MessageHash> hashes, std::span<bool> known, bool also_cold) const {
  std::unique_lock lock(mutex_);
  const auto sealing = sealing_;
  const auto runs = runs_;
  lock.unlock();
  look_up(recent_, hashes, known, [&](MessageHash hash) { return recent_.contains(hash); });
  if (sealing) look_up(*sealing, hashes, known, [&](MessageHash hash) { return sealing->contains(hash); });
  for (const auto& run : runs) {
    if (run->is_cold() && !also_cold) continue;
    look_up(*run, hashes, known, [&](MessageHash hash) { return run->may_contain(hash) && run->contains(hash); });
  }
}

void MessageLedger::insert(std::span<const MessageHash> hashes, std::int64_t until_event_no) {
  for (std::size_t index = 0; index < hashes.size(); ++index) {
    if (index + looked_ahead < hashes.size()) recent_.prefetch(hashes[index + looked_ahead]);
    if (!hashes[index].is_none()) recent_.insert(hashes[index]);
  }
  recent_until_ = until_event_no;
  if (!folder_ || recent_.size() < settings_.seal_at) return;
  const std::lock_guard lock(mutex_);
  if (sealing_) return;  // the last one is still being written: the table grows
  sealing_ = std::make_shared<const MessageTable>(std::exchange(recent_, {}));
  sealing_until_ = until_event_no;
}

void MessageLedger::complete(std::int64_t until_event_no) {
  recent_until_ = until_event_no;
  if (!folder_ || !sealed_while_reading_) return;
  {
    const std::lock_guard lock(mutex_);
    sealing_ = std::make_shared<const MessageTable>(std::exchange(recent_, {}));
    sealing_until_ = until_event_no;
  }
  maintain();
  sealed_while_reading_ = false;
}

// --------------------------------------------------------------------------------------------------------- maintenance

bool MessageLedger::needs_maintenance() const {
  const std::lock_guard lock(mutex_);
  return sealing_ != nullptr;
}

bool MessageLedger::maintain() {
  if (!folder_) return false;
  const std::lock_guard lock(maintaining_);
  return seal() || merge() || age();
}

bool MessageLedger::seal() {
  std::unique_lock lock(mutex_);
  const auto sealing = sealing_;
  const auto until = sealing_until_;
  lock.unlock();
  if (!sealing) return false;
  auto run = sealing->size() > 0 ? write_run(sealing->sorted(), core::now()) : nullptr;
  auto runs = this->runs();
  if (run) runs.push_back(run);
  write_manifest(runs, until);
  lock.lock();
  runs_ = std::move(runs);
  sealing_.reset();
  if (until == sealed_until_) sealed_while_reading_ = true;  // insert() was told not to go further yet
  sealed_until_ = until;
  return true;
}

MessageLedger::Run MessageLedger::write_run(const std::vector<MessageHash>& sorted, core::Instant sealed_at) {
  const auto file = new_file();
  MessageRunWriter writer(file, static_cast<std::int64_t>(sorted.size()));
  for (const auto hash : sorted) writer.add(hash);
  writer.finish(sealed_at);
  return MessageRun::open(file, false);
}

// Neighbours of about one size become one run, as long as that does not become too large: its filter would be in
// memory twice meanwhile.
bool MessageLedger::merge() {
  const auto runs = this->runs();
  for (std::size_t first = 0; first + settings_.merge_at <= runs.size(); ++first) {
    const Runs group(runs.begin() + static_cast<std::ptrdiff_t>(first),
                     runs.begin() + static_cast<std::ptrdiff_t>(first + settings_.merge_at));
    const auto [least, most] = std::ranges::minmax(group, {}, &MessageRun::count);
    std::int64_t total = 0;
    for (const auto& run : group) total += run->count();
    const bool mixed =
        std::ranges::any_of(group, &MessageRun::is_cold) && !std::ranges::all_of(group, &MessageRun::is_cold);
    if (mixed || most->count() > 4 * least->count() + 1 || total > settings_.run_limit) continue;
    replace(group, merged(group), sealed_until_);
    return true;
  }
  return false;
}

MessageLedger::Run MessageLedger::merged(const Runs& group) {
  std::int64_t total = 0;
  core::Instant sealed_at;
  bool cold = true;
  std::vector<MessageRunReader> readers;
  for (const auto& run : group) {
    total += run->count();
    sealed_at = std::max(sealed_at, run->sealed_at());
    cold = cold && run->is_cold();
    readers.emplace_back(run);
  }
  const auto later = [](const MessageRunReader* one, const MessageRunReader* other) {
    return other->current() < one->current();
  };
  std::priority_queue<MessageRunReader*, std::vector<MessageRunReader*>, decltype(later)> next(later);
  for (auto& reader : readers) {
    if (!reader.at_end()) next.push(&reader);
  }
  const auto file = new_file();
  MessageRunWriter writer(file, total);
  while (!next.empty()) {
    auto* reader = next.top();
    next.pop();
    writer.add(reader->current());
    reader->advance();
    if (!reader->at_end()) next.push(reader);
  }
  writer.finish(sealed_at);
  return MessageRun::open(file, cold);
}

bool MessageLedger::age() {
  const auto runs = this->runs();
  std::int64_t warm = 0;
  for (const auto& run : runs) warm += run->is_cold() ? 0 : run->count();
  if (warm <= settings_.warm_limit) return false;
  const auto oldest = std::ranges::find_if(runs, [](const Run& run) { return !run->is_cold(); });
  if ((*oldest)->sealed_at().microseconds > core::now().microseconds - settings_.warm_for_us) return false;
  replace({*oldest}, MessageRun::open((*oldest)->file(), true), sealed_until_);
  return true;
}

// Puts a run into the place of others; their files go unless it is the same one.
void MessageLedger::replace(const Runs& old, Run fresh, std::int64_t sealed_until) {
  auto runs = this->runs();
  const auto place = std::ranges::find(runs, old.front());
  const auto after = runs.erase(place, place + static_cast<std::ptrdiff_t>(old.size()));
  runs.insert(after, fresh);
  write_manifest(runs, sealed_until);
  {
    const std::lock_guard lock(mutex_);
    runs_ = std::move(runs);
  }
  for (const auto& run : old) {
    if (run->file() != fresh->file()) std::filesystem::remove(run->file());
  }
}

std::size_t MessageLedger::run_count() const {
  return runs().size();
}

// ---------------------------------------------------------------------------------------------------------- forgetting

void MessageLedger::prepare_to_forget() {
  if (!folder_) return;
  const std::lock_guard lock(maintaining_);
  std::filesystem::remove(*folder_ / manifest_name);
  sync(*folder_);
}

void MessageLedger::forget(std::vector<MessageHash> hashes) {
  std::ranges::sort(hashes);
  const auto forgotten = [&](MessageHash hash) { return std::ranges::binary_search(hashes, hash); };
  const auto without = [&](const MessageTable& table) {
    MessageTable rest;
    for (const auto hash : table.sorted()) {
      if (!forgotten(hash)) rest.insert(hash);
    }
    return rest;
  };
  const std::lock_guard lock(maintaining_);
  if (!hashes.empty()) recent_ = without(recent_);
  if (!folder_) return;
  Runs kept;
  for (const auto& run : runs()) {
    const bool concerned = std::ranges::any_of(
        hashes, [&](MessageHash hash) { return !hash.is_none() && run->may_contain(hash) && run->contains(hash); });
    if (!concerned) {
      kept.push_back(run);
      continue;
    }
    const auto file = new_file();
    MessageRunWriter writer(file, run->count());
    for (MessageRunReader reader(run); !reader.at_end(); reader.advance()) {
      if (!forgotten(reader.current())) writer.add(reader.current());
    }
    writer.finish(run->sealed_at());
    kept.push_back(MessageRun::open(file, run->is_cold()));
  }
  write_manifest(kept, sealed_until_);
  std::unique_lock state(mutex_);
  const auto old = std::exchange(runs_, kept);
  if (sealing_ && !hashes.empty()) sealing_ = std::make_shared<const MessageTable>(without(*sealing_));
  state.unlock();
  for (const auto& run : old) {
    if (std::ranges::find(kept, run) == kept.end()) std::filesystem::remove(run->file());
  }
}

}  // namespace banso::platform::events
