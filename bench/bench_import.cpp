// import.rows_per_s: a spreadsheet of customers into a fresh installation, through the shell, with validation, history
// and search keys. Peer: SQLite's own shell importing the same file into one plain table, in the same run.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <fmt/format.h>

namespace {

constexpr int rows = 200'000;
constexpr double target_rows_per_s = 10'000;

double seconds_of(const std::string& command) {
  const auto started = std::chrono::steady_clock::now();
  if (std::system(command.c_str()) != 0) {
    std::cerr << "failed: " << command << "\n";
    std::exit(1);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

void write_spreadsheet(const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "顧客ID,会社名,フリガナ,ドメイン,フェーズ,業種,従業員規模,地域,プラン,契約チャネル,拠点数\n";
  for (int i = 0; i < rows; ++i) {
    out << fmt::format(
        "B-{:06},株式会社ベンチ{},カブシキガイシャベンチ{},bench-{}.example,adoption,製造,50-249,東京都,standard,直販,{"
        "}\n",
        i, i, i, i, i % 9 + 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "import.rows_per_s\n";
    return 0;
  }
  const char* banso = std::getenv("BANSO_BINARY");
  if (banso == nullptr) {
    std::cerr << "BANSO_BINARY must name the binary to measure\n";
    return 2;
  }
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-import";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto file = folder / "accounts.csv";
  write_spreadsheet(file);
  const double ours =
      rows / seconds_of(fmt::format("cd {0} && {1} --data {0}/data import {2} --as accounts >{0}/log 2>&1",
                                    folder.string(), banso, file.string()));
  const double peer =
      rows / seconds_of(fmt::format(
                 "sqlite3 {}/plain.db 'PRAGMA synchronous=FULL' '.mode csv' '.import {} accounts' >/dev/null",
                 folder.string(), file.string()));
  fmt::print(
      "{{\"name\":\"import.rows_per_s\",\"value\":{:.0f},\"unit\":\"rows/s\",\"peer\":\"sqlite3 .import into a plain "
      "table\",\"peer_value\":{:.0f},\"ratio\":{:.4f},\"target\":{:.0f},\"met\":{}}}\n",
      ours, peer, ours / peer, target_rows_per_s, ours >= target_rows_per_s);
  std::filesystem::remove_all(folder);
  return 0;
}
