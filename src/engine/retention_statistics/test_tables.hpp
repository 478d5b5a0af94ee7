// Reading the tables that tests of this folder use.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace banso::engine::retention_statistics {

inline std::string data_folder() {
  const char* given = std::getenv("BANSO_SHARED_DATA");
  return given != nullptr ? given : BANSO_SOURCE_DIR "/../shared/data";
}

inline std::vector<std::string> cells_of(const std::string& line, char delimiter) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == delimiter && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

// A file with a header line; .gz files are unpacked on the way.
class Table {
 public:
  explicit Table(const std::string& name, char delimiter = ',') {
    const std::string path = data_folder() + "/" + name;
    const std::string command = (name.ends_with(".gz") ? "zcat '" : "cat '") + path + "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::array<char, 8192> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) {
      std::string line(buffer.data());
      line.erase(line.find_last_not_of("\r\n") + 1);
      if (columns_.empty())
        for (std::size_t i = 0; const std::string& column : cells_of(line, delimiter)) columns_[column] = i++;
      else
        rows_.push_back(cells_of(line, delimiter));
    }
  }

  std::size_t size() const { return rows_.size(); }
  const std::string& text(std::size_t row, const std::string& column) const { return rows_[row][columns_.at(column)]; }
  double number(std::size_t row, const std::string& column) const { return std::stod(text(row, column)); }

 private:
  std::map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace banso::engine::retention_statistics

#define BANSO_NEEDS(file)                                                       \
  if (!std::filesystem::exists(data_folder() + "/" + (file))) {                 \
    GTEST_SKIP() << (file) << " is not here: set BANSO_SHARED_DATA to test it"; \
  }
