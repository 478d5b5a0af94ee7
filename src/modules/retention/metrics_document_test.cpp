#include "metrics_document.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace banso::retention {
namespace {

class MetricsDocument : public testing::TestWithParam<core::Language> {};

TEST_P(MetricsDocument, SaysWhatTheProductSays) {
  const std::string path =
      std::string(BANSO_SOURCE_DIR) + (GetParam() == core::Language::ja ? "/docs/metrics.ja.md" : "/docs/metrics.md");
  const auto document = metrics_document(GetParam());
  if (std::getenv("BANSO_WRITE_DOCS") != nullptr) std::ofstream(path) << document;
  std::ifstream file(path);
  const std::string written{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(written, document) << path << " differs from the definitions; write it with BANSO_WRITE_DOCS=1";
}

INSTANTIATE_TEST_SUITE_P(Languages, MetricsDocument, testing::Values(core::Language::en, core::Language::ja),
                         [](const auto& language) { return std::string(core::language_tag(language.param)); });

}  // namespace
}  // namespace banso::retention
