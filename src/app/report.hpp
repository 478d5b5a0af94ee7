// Sentences on the terminal: errors with their fields, and a progress bar where somebody is watching.
#pragma once

#include "core/result.hpp"

namespace banso::app {

// Prints an error with its fields to standard error; returns the exit code for it.
int report(const core::Error& error, core::Language language);

// "[=====>    ] 52 %  1,234 rows" redrawn in place on a terminal; a line at every tenth part otherwise.
class ProgressBar {
 public:
  explicit ProgressBar(core::Language language);
  ~ProgressBar();
  void show(double progress, const core::Text& message);

 private:
  core::Language language_;
  bool on_terminal_;
  int shown_percent_ = -1;
  std::size_t drawn_width_ = 0;
};

}  // namespace banso::app
