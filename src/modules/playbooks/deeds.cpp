// Setting fields, starting other playbooks.
#include "deeds.hpp"

#include <fmt/format.h>

namespace banso::playbooks {
namespace {

constexpr std::string_view attribute_prefix = "attribute.";

DeedResult set_field(Context& context, const Deed& deed) {
  customers::AccountInput input;
  input.id = deed.run.account;
  const auto& step = deed.step;
  if (step.field == "phase") {
    input.phase = step.value.empty() ? core::Patch<std::string>::clear() : core::Patch<std::string>(step.value);
  } else if (step.field == "owner") {
    input.owner = step.value.empty() ? core::Patch<std::string>::clear() : core::Patch<std::string>(step.value);
  } else if (step.field.starts_with(attribute_prefix)) {
    const auto key = step.field.substr(attribute_prefix.size());
    input.attributes.push_back(step.value.empty() ? customers::AttributeInput::clear(key)
                                                  : customers::AttributeInput::raw(key, step.value));
  }
  const auto caller = caller_of(deed);
  const auto why = fmt::format("{} / {}", deed.playbook.name.in(core::Language::ja), deed.key);
  const auto changed = context.from.customers->change_account(platform::records::Provenance::by(caller, why), input);
  if (!changed) return DeedResult::refused(changed.error());
  return DeedResult::done({fmt::format("Set {} to \"{}\".", step.field, step.value),
                           fmt::format("{}を「{}」に設定しました。", step.field, step.value)});
}

DeedResult start_other(Context& context, Runner& runner, const Deed& deed) {
  const auto other = context.library.find(deed.step.playbook);
  if (!other) {
    return DeedResult::not_done("no_playbook",
                                {fmt::format("The playbook \"{}\" is not published.", deed.step.playbook),
                                 fmt::format("プレイブック「{}」は公開されていません。", deed.step.playbook)});
  }
  StartRequest request;
  request.account = deed.run.account;
  request.start_key = fmt::format("playbook:{}:{}", deed.run.id.value, deed.effect.visit);
  request.started_by = "playbook";
  request.why = {fmt::format("Started by the playbook \"{}\".", deed.playbook.name.en),
                 fmt::format("プレイブック「{}」から開始しました。", deed.playbook.name.ja)};
  request.call_id = deed.run.call_id;
  request.parent = deed.run.id;
  request.parent_visit = deed.effect.visit;
  request.level = deed.run.level + 1;
  const auto outcomes = runner.start(*other, std::span(&request, 1));
  if (outcomes.empty() || (!outcomes[0].run && outcomes[0].code.empty())) {
    return {DeedResult::Kind::temporary, "", {"The book is not read yet.", "顧客一覧を読み込み中です。"}, 0};
  }
  if (!outcomes[0].run) return DeedResult::not_done(outcomes[0].code, outcomes[0].words);
  return DeedResult::done({fmt::format("Started the playbook \"{}\".", other->playbook->name.en),
                           fmt::format("プレイブック「{}」を開始しました。", other->playbook->name.ja)},
                          outcomes[0].run.value);
}

}  // namespace

DeedResult DeedResult::refused(const core::Error& error) {
  const bool may_pass = error.code == core::ErrorCode::unavailable || error.code == core::ErrorCode::limited;
  core::Text words = error.message;
  if (!error.fields.empty()) {
    words.en += fmt::format(" ({}: {})", error.fields[0].field, error.fields[0].message.en);
    words.ja += fmt::format("({}: {})", error.fields[0].field, error.fields[0].message.ja);
  }
  return {may_pass ? Kind::temporary : Kind::impossible, "", std::move(words), 0};
}

core::Caller caller_of(const Deed& deed) {
  return core::Caller::system(fmt::format("{} ({})", deed.playbook.name.en, deed.run.playbook));
}

void add_field_deeds(Deeds& deeds, Context& context) {
  deeds["set_field"] = [&context](const Deed& deed) { return set_field(context, deed); };
}

void add_playbook_deeds(Deeds& deeds, Context& context, Runner& runner) {
  deeds["playbook"] = [&context, &runner](const Deed& deed) { return start_other(context, runner, deed); };
}

}  // namespace banso::playbooks
