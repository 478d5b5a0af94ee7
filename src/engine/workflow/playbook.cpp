#include "playbook.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace banso::engine::workflow {
namespace {

struct KindWords {
  std::string_view word;
  const char* en;
  const char* ja;
};
// In the order of StepKind.
constexpr std::array<KindWords, 14> kinds{{
    {"task", "Task", "タスク"},
    {"approval", "Approval", "承認"},
    {"email", "E-mail", "メール"},
    {"survey", "Survey", "アンケート"},
    {"wait", "Wait", "待機"},
    {"branch", "Branch", "分岐"},
    {"set_field", "Set a field", "項目の設定"},
    {"webhook", "Webhook", "Webhook"},
    {"message", "Chat message", "チャット通知"},
    {"open_call", "Open a call to action", "アクションの起票"},
    {"plan", "Make a success plan", "サクセスプランの作成"},
    {"confirm_plan", "Send the plan for confirmation", "プランの確認依頼"},
    {"playbook", "Another playbook", "別のプレイブック"},
    {"end", "End", "終了"},
}};

}  // namespace

std::string_view word_of(StepKind kind) {
  return kinds[static_cast<std::size_t>(kind)].word;
}

std::optional<StepKind> step_kind_from(std::string_view word) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& each) { return each.word == word; });
  if (found == kinds.end()) return std::nullopt;
  return static_cast<StepKind>(found - kinds.begin());
}

core::Text name_of(StepKind kind) {
  const auto& words = kinds[static_cast<std::size_t>(kind)];
  return {words.en, words.ja};
}

std::optional<std::size_t> Playbook::position(std::string_view key) const {
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const auto& step) { return step.key == key; });
  if (found == steps.end()) return std::nullopt;
  return static_cast<std::size_t>(found - steps.begin());
}

const Step* Playbook::find(std::string_view key) const {
  const auto at = position(key);
  return at ? &steps[*at] : nullptr;
}

std::vector<Exit> exits_of(const Step& step) {
  std::vector<Exit> exits;
  if (step.kind == StepKind::end) return exits;
  if (step.kind == StepKind::branch) {
    for (std::size_t i = 0; i < step.cases.size(); ++i) {
      exits.push_back({fmt::format("case:{}", i), step.cases[i].next, step.cases[i].name});
    }
    exits.push_back({"otherwise", step.otherwise, {"Otherwise", "それ以外"}});
    return exits;
  }
  const core::Text plain = step.kind == StepKind::approval ? core::Text{"Approved", "承認"} : core::Text{};
  exits.push_back({"next", step.next, plain});
  if (step.kind == StepKind::approval) exits.push_back({"rejected", step.rejected, {"Rejected", "却下"}});
  if (step.kind == StepKind::task && step.waits && !step.skipped.empty()) {
    exits.push_back({"skipped", step.skipped, {"Skipped", "スキップ"}});
  }
  const bool can_lack_its_day =
      step.kind == StepKind::wait && step.wait_for == WaitFor::until_field && !step.on_timeout.empty();
  if (can_lack_its_day) exits.push_back({"timeout", step.on_timeout, {"No such day", "日付なし"}});
  if (step.timeout_days > 0) {
    exits.push_back({"timeout", step.on_timeout.empty() ? step.next : step.on_timeout, {"Timed out", "期限切れ"}});
  }
  return exits;
}

}  // namespace banso::engine::workflow
