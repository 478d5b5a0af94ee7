#include "handover_calls.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::app {
namespace {

constexpr int due_business_days = 5;

const core::Caller& handovers() {
  static const core::Caller caller = core::Caller::system("Handovers");
  return caller;
}

std::string reason_of(const org::Handover& handover) {
  return fmt::format("handover:{}", handover.id);
}

work::NewCall taken_over(core::AccountId account, const org::Handover& handover, const std::string& from) {
  work::NewCall call;
  call.account = account;
  call.kind = work::CallKind::lifecycle;
  call.severity = work::Severity::medium;
  call.reason = reason_of(handover);
  call.unique_key = fmt::format("handover:{}:{}", handover.id, account.value);
  call.title = {"Take over the account", "顧客の引き継ぎ"};
  call.explanation = {
      fmt::format(
          "{} hands the account over to you. Go through the checklist of the handover, and make yourself known.", from),
      fmt::format("{}さんからの引き継ぎです。チェックリストを確認し、顧客にご挨拶しましょう。", from)};
  if (!handover.note.empty()) {
    call.explanation.en += " " + handover.note;
    call.explanation.ja += " " + handover.note;
  }
  call.role = handover.role;
  call.assignee = handover.to;
  call.due_business_days = due_business_days;
  call.due = handover.due_day;
  call.source = "handover";
  return call;
}

void warn(std::string_view what, const core::Error& error) {
  platform::log::warning(fmt::format("{}: {}", what, error.message.en));
}

void follow(Application& application, const org::Handover& handover) {
  if (handover.state == org::HandoverState::open) {
    const auto from = application.user_directory->name_of(handover.from).value_or("");
    std::vector<work::NewCall> calls;
    for (const auto account : handover.accounts) calls.push_back(taken_over(account, handover, from));
    const auto opened = application.work->open(handovers(), calls);
    if (!opened) warn("the calls of a handover could not be opened", opened.error());
    return;
  }
  std::vector<std::pair<core::AccountId, std::string>> open;
  for (const auto account : handover.accounts) open.emplace_back(account, reason_of(handover));
  const bool is_completed = handover.state == org::HandoverState::completed;
  const auto closed = application.work->close_open(
      handovers(), open, is_completed ? work::Outcome::success : work::Outcome::not_needed,
      is_completed ? core::Text{"The handover was completed.", "引き継ぎが完了しました。"}
                   : core::Text{"The handover was cancelled.", "引き継ぎが取り消されました。"});
  if (!closed) warn("the calls of a handover could not be closed", closed.error());
}

// Another of us answers for the stage: the customer is asked how the change felt.
std::optional<work::NewCall> review_of(const journeys::StageChange& change) {
  const auto role = org::account_role_from(change.our_role);
  if (!change.is_handover || !role) return std::nullopt;
  work::NewCall call;
  call.account = change.account;
  call.kind = work::CallKind::lifecycle;
  call.severity = work::Severity::medium;
  call.reason = fmt::format("journey:{}:{}", change.journey, change.to);
  call.title = {fmt::format("Review the handover into \"{}\"", change.to_name.en),
                fmt::format("「{}」への引き継ぎレビュー", change.to_name.ja)};
  call.explanation = {
      fmt::format("The account came from \"{}\" into \"{}\", for which another role answers. See with the customer "
                  "whether nothing was lost on the way.",
                  change.from_name.en, change.to_name.en),
      fmt::format("「{}」から「{}」へ進み、担当の役割が替わりました。引き継ぎに漏れがないか、顧客と確認しましょう。",
                  change.from_name.ja, change.to_name.ja)};
  call.role = *role;
  call.due_business_days = due_business_days;
  call.source = "handover";
  return call;
}

}  // namespace

void connect_handovers(Application& application) {
  application.org->on_handover([&application](const org::Handover& handover) { follow(application, handover); });
  application.journeys->on_stage_changed([&application](std::span<const journeys::StageChange> changes) {
    std::vector<work::NewCall> calls;
    for (const auto& change : changes) {
      if (auto call = review_of(change)) calls.push_back(std::move(*call));
    }
    if (calls.empty()) return;
    const auto opened = application.work->open(handovers(), calls);
    if (!opened) warn("the reviews of handovers could not be opened", opened.error());
  });
}

}  // namespace banso::app
