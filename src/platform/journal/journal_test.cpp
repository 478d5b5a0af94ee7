#include "platform/journal/journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crc32c.hpp"
#include "segment.hpp"

namespace banso::platform::journal {
namespace {

using Records = std::map<std::int64_t, std::string>;

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() {
    folder_ = std::filesystem::temp_directory_path() / ("banso-journal-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
  }
  ~JournalTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Journal> open(Settings settings = {}) const {
    settings.disk_reserve_bytes = 0;
    return Journal::open(folder_, settings);
  }
  std::vector<std::filesystem::path> segments() const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (segment_number(entry.path()) > 0) found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
  }

  std::filesystem::path folder_;
};

Records replayed(Journal& journal) {
  Records records;
  std::int64_t last = 0;
  journal.replay([&](std::int64_t number, std::string_view record) {
    EXPECT_GT(number, last) << "not in order";
    last = number;
    records.emplace(number, record);
  });
  return records;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::string random_record(std::mt19937& random, std::size_t longest) {
  std::string record(random() % longest, '\0');
  for (auto& byte : record) byte = static_cast<char>(random());
  return record;
}

TEST(Crc32c, IsTheStandardOneHoweverItIsMade) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c_by_table("123456789"), 0xE3069283u);
  std::mt19937 random(1);
  const auto bytes = random_record(random, 5000) + "end";
  EXPECT_EQ(crc32c(bytes), crc32c_by_table(bytes));
  EXPECT_EQ(crc32c(bytes.substr(2), crc32c(bytes.substr(0, 2))), crc32c(bytes));
  EXPECT_EQ(crc32c_by_table(bytes.substr(2), crc32c_by_table(bytes.substr(0, 2))), crc32c(bytes));
}

TEST_F(JournalTest, NumbersFromOneAndKeepsBytes) {
  auto journal = open();
  EXPECT_EQ(journal->last_number(), 0);
  const std::string odd("\0\n\xff", 3);
  EXPECT_EQ(*journal->append("one"), 1);
  EXPECT_EQ(*journal->append(""), 2);
  EXPECT_EQ(*journal->append(odd), 3);
  EXPECT_EQ(journal->waiting_bytes(), 6);
  journal.reset();
  journal = open();
  EXPECT_EQ(replayed(*journal), (Records{{1, "one"}, {2, ""}, {3, odd}}));
  EXPECT_EQ(*journal->append("four"), 4);
  EXPECT_EQ(journal->waiting_bytes(), 10);
}

TEST_F(JournalTest, ManyThreadsReopeningAndReleasingKeepEveryRecordOnce) {
  std::mt19937 seeds(20261122);
  Records expected;
  std::int64_t released = 0;
  for (int round = 0; round < 5; ++round) {
    const auto journal = open({.segment_bytes = 20'000});
    auto found = replayed(*journal);
    std::erase_if(found, [&](const auto& record) { return record.first <= released; });  // may come again
    ASSERT_EQ(found, expected);
    EXPECT_EQ(journal->damaged_bytes(), 0);
    std::mutex mutex;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, seed = seeds()] {
        std::mt19937 random(seed);
        for (int count = 0; count < 60; ++count) {
          const auto record = random_record(random, count % 20 == 0 ? 30'000 : 600);
          const auto number = journal->append(record);
          ASSERT_TRUE(number.has_value());
          const std::lock_guard lock(mutex);
          EXPECT_TRUE(expected.emplace(*number, record).second) << "a number was given twice";
        }
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(journal->last_number(), 480 * (round + 1));
    released = journal->last_number() - static_cast<std::int64_t>(seeds() % 300);
    journal->release(released);
    std::erase_if(expected, [&](const auto& record) { return record.first <= released; });
    std::int64_t bytes = 0;
    for (const auto& [number, record] : expected) bytes += static_cast<std::int64_t>(record.size());
    EXPECT_EQ(journal->waiting_bytes(), bytes);
  }
}

TEST_F(JournalTest, ReleasedSegmentsAreRemovedAndNumbersNeverComeAgain) {
  {
    const auto journal = open({.segment_bytes = 1000});
    for (int count = 1; count <= 100; ++count) ASSERT_EQ(*journal->append(std::string(200, 'x')), count);
    EXPECT_GT(segments().size(), 20u);
    journal->release(50);
    EXPECT_EQ(replayed(*journal).begin()->first, 51);
    EXPECT_LT(segments().size(), 16u);
    journal->release(1000);  // more than there is
    EXPECT_EQ(segments().size(), 1u);
    EXPECT_EQ(journal->waiting_bytes(), 0);
  }
  std::filesystem::remove(folder_ / "released");
  const auto journal = open();
  EXPECT_EQ(*journal->append("next"), 101);
}

TEST_F(JournalTest, ATornEndIsCutOffWhereverItIsTorn) {
  {
    const auto journal = open();
    for (const auto* record : {"first", "second, a bit longer", "third"}) ASSERT_TRUE(journal->append(record));
  }
  const auto path = segments().at(0);
  const auto whole = read(path);
  const std::size_t ends[] = {16 + 5, 16 + 5 + 16 + 20, whole.size()};
  EXPECT_EQ(whole.size(), 3u * 16 + 5 + 20 + 5);
  for (const bool zeros : {false, true}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directories(folder_);
      auto torn = whole.substr(0, size);
      if (zeros) torn.resize(whole.size() + 4096, '\0');  // the space claimed ahead
      write(path, torn);
      const auto journal = open({.segment_bytes = 4096});
      auto expected = std::ranges::count_if(ends, [&](std::size_t end) { return end <= size; });
      ASSERT_EQ(replayed(*journal).size(), static_cast<std::size_t>(expected)) << size;
      ASSERT_EQ(journal->damaged_bytes(), 0);
      ASSERT_EQ(*journal->append("after"), expected + 1);
      ASSERT_EQ(replayed(*journal).rbegin()->second, "after");
    }
  }
}

TEST_F(JournalTest, ADamagedByteCostsOneRecordOnly) {
  {
    const auto journal = open();
    for (const auto* record : {"first", "second", "third"}) ASSERT_TRUE(journal->append(record));
  }
  const auto path = segments().at(0);
  const auto whole = read(path);
  for (std::size_t offset = 0; offset < whole.size(); ++offset) {
    auto damaged = whole;
    damaged[offset] = static_cast<char>(damaged[offset] ^ 0x10);
    write(path, damaged);
    const auto journal = open();
    const auto records = replayed(*journal);
    ASSERT_EQ(records.size(), 2u) << offset;
    const bool last = offset >= 16 + 5 + 16 + 6;
    ASSERT_EQ(journal->last_number(), last ? 2 : 3);
    ASSERT_EQ(journal->damaged_bytes() > 0, !last);
    if (!last) write(path, whole);
  }
}

TEST_F(JournalTest, RefusesMoreThanMayWait) {
  const auto journal = open({.limit_bytes = 1000});
  EXPECT_TRUE(journal->append(std::string(600, 'x')));
  const auto refused = journal->append(std::string(600, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::ErrorCode::unavailable);
  journal->release(1);
  EXPECT_EQ(*journal->append(std::string(600, 'x')), 2);
}

TEST_F(JournalTest, RefusesWhereTheDiskIsNearlyFull) {
  const auto journal = Journal::open(folder_, {.disk_reserve_bytes = std::int64_t{1} << 60});
  EXPECT_EQ(journal->append("x").error().code, core::ErrorCode::unavailable);
  EXPECT_EQ(journal->last_number(), 0);
}

TEST_F(JournalTest, BelongsToOneProcess) {
  const auto journal = open();
  EXPECT_THROW(open(), std::runtime_error);
}

// Appends until it is killed, telling each acknowledged number and record through the pipe.
[[noreturn]] void append_until_killed(Journal& journal, int pipe) {
  std::vector<std::thread> threads;
  std::mutex mutex;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int count = 0;; ++count) {
        const auto text = std::to_string(thread) + "/" + std::to_string(count);
        const auto number = journal.append(text);
        if (!number) std::abort();
        const auto line = std::to_string(*number) + " " + text + "\n";
        const std::lock_guard lock(mutex);
        if (::write(pipe, line.data(), line.size()) < 0) std::abort();
      }
    });
  }
  threads.front().join();
  std::abort();
}

TEST_F(JournalTest, AKilledProcessLosesNothingAcknowledged) {
  Records acknowledged;
  for (int round = 0; round < 10; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const auto child = ::fork();
    if (child == 0) append_until_killed(*open({.segment_bytes = 3000}), ends[1]);
    ::close(ends[1]);
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20 + 7 * round));
      ::kill(child, SIGKILL);
    });
    std::string told;
    char buffer[4096];
    for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
      told.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    killer.join();
    ::waitpid(child, nullptr, 0);
    std::istringstream lines(told);
    std::int64_t number = 0;
    for (std::string text; lines >> number >> text;) {
      if (lines.peek() != '\n') break;  // killed while it told
      ASSERT_TRUE(acknowledged.emplace(number, text).second) << "a number was given twice";
    }
    const auto journal = open();
    const auto found = replayed(*journal);
    for (const auto& [known, text] : acknowledged) ASSERT_EQ(found.at(known), text);
    EXPECT_EQ(journal->damaged_bytes(), 0);
  }
  EXPECT_GT(acknowledged.size(), 100u);
}

TEST_F(JournalTest, AFullDiskRefusesAndRecovers) {
  std::filesystem::create_directories(folder_);
  if (::mount("banso-test", folder_.c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "cannot mount a small disk: " << std::strerror(errno);
  }
  const auto inside = folder_ / "journal";
  std::int64_t last = 0;
  {
    const auto journal = Journal::open(inside, {.segment_bytes = 100'000, .disk_reserve_bytes = 0});
    const std::string record(30'000, 'x');
    auto result = journal->append(record);
    for (; result; result = journal->append(record)) last = *result;
    EXPECT_EQ(result.error().code, core::ErrorCode::unavailable);
    EXPECT_GT(last, 20);
    EXPECT_FALSE(journal->append(record));
    journal->release(last / 2);
    for (int count = 0; count < 5; ++count) EXPECT_EQ(*journal->append("small again"), ++last);
  }
  {
    const auto journal = Journal::open(inside, {.disk_reserve_bytes = 0});
    EXPECT_EQ(journal->last_number(), last);
    EXPECT_EQ(journal->damaged_bytes(), 0);
    EXPECT_EQ(replayed(*journal).rbegin()->second, "small again");
  }
  ::umount(folder_.c_str());
}

}  // namespace
}  // namespace banso::platform::journal
