#include "report.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

#include "commands.hpp"

namespace banso::app {

int report(const core::Error& error, core::Language language) {
  fmt::print(stderr, "banso: {}\n", error.message.in(language));
  for (const auto& field : error.fields) fmt::print(stderr, "  {}: {}\n", field.field, field.message.in(language));
  return error.code == core::ErrorCode::unavailable ? exit_failed : exit_bad_input;
}

ProgressBar::ProgressBar(core::Language language) : language_(language), on_terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (drawn_width_ > 0) fmt::print(stderr, "\n");
}

void ProgressBar::show(double progress, const core::Text& message) {
  constexpr int width = 32;
  const int percent = static_cast<int>(std::clamp(progress, 0.0, 1.0) * 100);
  if (on_terminal_) {
    if (percent == shown_percent_ && drawn_width_ > 0) return;
    const int filled = percent * width / 100;
    const std::string line =
        fmt::format("\r[{}{}] {:3} %  {}", std::string(static_cast<std::size_t>(filled), '='),
                    std::string(static_cast<std::size_t>(width - filled), ' '), percent, message.in(language_));
    fmt::print(stderr, "{:<{}}", line, drawn_width_);
    std::fflush(stderr);
    drawn_width_ = std::max(drawn_width_, line.size());
  } else if (percent / 10 != shown_percent_ / 10) {
    fmt::print(stderr, "{:3} %  {}\n", percent, message.in(language_));
  }
  shown_percent_ = percent;
}

}  // namespace banso::app
