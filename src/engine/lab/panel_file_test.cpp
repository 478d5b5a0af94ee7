// What is kept is what was built; what is damaged, cut short or of other measures is refused.
#include "panel_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

#include "engine/random_book.hpp"
#include "rescore.hpp"
#include "test_rows.hpp"

namespace banso::engine::lab {
namespace {

class PanelOnDisk : public testing::Test {
 protected:
  RandomFacts random = Generator(4).make();
  Book book = book_of(random.facts);
  Definitions definitions = definitions_for(book);
  LabPanel panel = [this] {
    PanelBuilder builder(definitions, all_days());
    builder.add(book, evaluate_history(book, definitions, all_days()));
    return std::move(builder).build();
  }();
  std::filesystem::path file = std::filesystem::temp_directory_path() / ("panel-" + std::to_string(::getpid()));

  void SetUp() override { ASSERT_TRUE(write_panel(file, panel, "about it")); }
  void TearDown() override { std::filesystem::remove(file); }

  static ScoredPanel scored(const LabPanel& panel, const Definitions& definitions, std::size_t card) {
    Rescorer rescorer(std::make_shared<const LabPanel>(panel));
    return rescorer.score(std::make_shared<const Definitions>(definitions), card, threads());
  }
};

TEST_F(PanelOnDisk, ComesBackAsItWas) {
  const auto read = read_panel(file, definitions);
  ASSERT_TRUE(read) << read.error().message.en;
  EXPECT_EQ(read->about, "about it");
  EXPECT_EQ(*read_about(file), "about it");
  const auto& back = read->panel;
  ASSERT_EQ(back.rows(), panel.rows());
  EXPECT_TRUE(std::equal(back.days().begin(), back.days().end(), panel.days().begin(), panel.days().end()));
  EXPECT_TRUE(std::equal(back.arr_minor().begin(), back.arr_minor().end(), panel.arr_minor().begin()));
  EXPECT_EQ(back.book().subscriptions().rows, panel.book().subscriptions().rows);
  for (std::size_t card = 0; card < definitions.scorecards.size(); ++card) {
    EXPECT_EQ(scored(back, definitions, card).scores, scored(panel, definitions, card).scores);
  }
}

TEST_F(PanelOnDisk, IsRefusedForOtherMeasures) {
  definitions.measures[0].stale_after_days += 5;
  const auto read = read_panel(file, definitions);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.en.find("other measures"), std::string::npos);
}

TEST_F(PanelOnDisk, IsRefusedWhereItIsCutShort) {
  const auto size = std::filesystem::file_size(file);
  for (const auto left : {std::uintmax_t{0}, std::uintmax_t{9}, size / 3, size - 1}) {
    ASSERT_TRUE(write_panel(file, panel, ""));
    std::filesystem::resize_file(file, left);
    EXPECT_FALSE(read_panel(file, definitions)) << left;
  }
}

TEST_F(PanelOnDisk, IsRefusedWhereAByteIsAnother) {
  const auto size = std::filesystem::file_size(file);
  for (std::uintmax_t at = 3; at < size; at += size / 50) {
    ASSERT_TRUE(write_panel(file, panel, ""));
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(static_cast<std::streamoff>(at));
    const int was = bytes.get();
    bytes.seekp(static_cast<std::streamoff>(at));
    bytes.put(static_cast<char>(was ^ 0x10));
    bytes.close();
    EXPECT_FALSE(read_panel(file, definitions)) << at;
  }
}

}  // namespace
}  // namespace banso::engine::lab
