// What a benchmark of events was asked for: figures by the beginnings of their names, and how much of everything.
// `./dev bench --full` asks for the sizes that the documentation quotes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace banso::bench {

struct Options {
  bool full = std::getenv("BANSO_BENCH_FULL") != nullptr;
  double seconds = full ? 60 : 6;
  std::int64_t prefill_events = full ? 100'000'000 : 1'000'000;
  std::vector<std::string> names;  // empty: all

  bool wants(std::string_view figure) const {
    return names.empty() ||
           std::any_of(names.begin(), names.end(), [&](const std::string& name) { return figure.starts_with(name); });
  }
};

// Answers --list itself and then ends the program.
inline Options read_options(int argc, char** argv, const std::vector<std::string>& figures) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--list") {
      for (const auto& figure : figures) std::cout << figure << "\n";
      std::exit(0);
    } else if (word == "--seconds" && i + 1 < argc) {
      options.seconds = std::stod(argv[++i]);
    } else if (word == "--prefill-events" && i + 1 < argc) {
      options.prefill_events = std::stoll(argv[++i]);
    } else {
      options.names.push_back(word);
    }
  }
  return options;
}

}  // namespace banso::bench
