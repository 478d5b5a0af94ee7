#include "metrics_document.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/revenue/faults.hpp"
#include "engine/revenue/figure_definitions.hpp"
#include "engine/revenue/rules.hpp"

namespace banso::retention {
namespace {

namespace ledger = engine::revenue;

const core::Text introduction{
    "# Figures of revenue\n\n"
    "Every figure of revenue that Banso shows, what it means, how it is computed and whom it follows. The same texts "
    "stand\n"
    "behind the ⓘ beside each figure. This file is generated from the product's own tables; a test fails where the "
    "two\n"
    "differ (`BANSO_WRITE_DOCS=1 retention_test --gtest_filter='*MetricsDocument.*'` writes it).\n\n"
    "Amounts are whole minor units and rates exact fractions; nothing is computed in floating point until a ratio is "
    "shown.\n"
    "What has not happened by the day of the book is no fact yet: the month in progress shows what happened so far.\n",
    "# 売上指標の定義\n\n"
    "Bansoが表示するすべての売上指標について、意味・計算式・出典をまとめています。画面の各指標にあるⓘと同じ文章です。\n"
    "このファイルは製品内の定義表から生成しており、内容が異なるとテストが失敗します\n"
    "(`BANSO_WRITE_DOCS=1 retention_test --gtest_filter='*MetricsDocument.*'` で書き出します)。\n\n"
    "金額は通貨の最小単位の整数、為替レートは正確な分数で計算し、比率を表示する時点まで浮動小数点数は使いません。\n"
    "基準日までに起きていないことは事実として扱いません。進行中の月には、これまでに起きたことだけが表示されます。\n"};

class Document {
 public:
  explicit Document(core::Language language) : language_(language) {}

  std::string make() {
    text_ = said(introduction);
    add_figures();
    add_switches();
    add_rules();
    add_faults();
    return std::move(text_);
  }

 private:
  const std::string& said(const core::Text& text) const { return text.in(language_); }
  void heading(int level, const std::string& title) {
    text_ += fmt::format("\n{} {}\n\n", std::string(level, '#'), title);
  }
  static std::string cell(std::string text) {
    for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, 1, '\\');
    return text;
  }

  void add_figures() {
    heading(2, said({"Figures", "指標"}));
    for (const auto& figure : ledger::figure_definitions()) {
      heading(3, fmt::format("{} (`{}`)", said(figure.name), figure.key));
      text_ += fmt::format("{}\n\n- {}: {}\n- {}: {}\n", said(figure.definition), said({"Formula", "計算式"}),
                           said(figure.formula), said({"Source", "出典"}), said(figure.source));
    }
  }

  void add_switches() {
    heading(2, said({"Where authorities disagree: the switches", "定義が分かれる点と設定"}));
    for (const auto& each : ledger::switches()) {
      text_ += fmt::format("- **{}** (`{}`): {}\n", said(each.name), each.key, said(each.meaning));
    }
  }

  void add_rules() {
    heading(2, said({"The sets of rules that ship", "標準の集計ルール"}));
    for (const auto& shipped : ledger::shipped_rules()) {
      text_ +=
          fmt::format("- **{}** (`{}`): {}\n", said(shipped.rules.name), shipped.key, said(shipped.rules.explanation));
    }
    text_ += "\n| |";
    for (const auto& shipped : ledger::shipped_rules()) text_ += fmt::format(" {} |", cell(said(shipped.rules.name)));
    text_ += "\n|---|";
    for (std::size_t i = 0; i < ledger::shipped_rules().size(); ++i) text_ += "---|";
    text_ += '\n';
    for (const auto& each : ledger::switches()) {
      text_ += fmt::format("| {} |", cell(said(each.name)));
      for (const auto& shipped : ledger::shipped_rules()) {
        text_ += fmt::format(" {} |", cell(said(each.setting(shipped.rules))));
      }
      text_ += '\n';
    }
  }

  void add_faults() {
    using ledger::FaultCode;
    heading(2, said({"What is wrong in contracts, and how it is treated", "契約データの問題とその扱い"}));
    text_ += said({"| What | Treatment | Remedy |", "| 内容 | 扱い | 対応 |"}) + "\n|---|---|---|\n";
    for (int code = 0; code <= static_cast<int>(FaultCode::backdated); ++code) {
      const auto each = static_cast<FaultCode>(code);
      text_ += fmt::format("| {} | {} | {} |\n", cell(said(ledger::name_of(each))),
                           cell(said(ledger::treatment_of(each))), cell(said(ledger::remedy_of(each))));
    }
  }

  const core::Language language_;
  std::string text_;
};

}  // namespace

std::string metrics_document(core::Language language) {
  return Document(language).make();
}

}  // namespace banso::retention
