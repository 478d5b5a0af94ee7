// The service's part that takes events in and says whose they are.
#include <algorithm>
#include <chrono>

#include "service_impl.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

using platform::records::Session;

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  });
  return text;
}

}  // namespace

core::Result<IntakeAnswer> ServiceImpl::take(const std::string& write_key, const ParsedBody& body) {
  BANSO_TRY_ASSIGN(const auto source, sources_.of_key(write_key));
  auto answer = intake_.accept(source, body, core::now());
  if (answer && answer->accepted > 0) wake();
  return answer;
}

core::Result<std::vector<core::RowOutcome>> ServiceImpl::append_events(const platform::records::Provenance& provenance,
                                                                       std::span<const EventInput> batch,
                                                                       core::BatchOptions options) {
  if (!provenance.caller.at_least(core::Role::csm)) {
    return core::Error::forbidden({"Your role does not allow importing events. Ask an administrator.",
                                   "イベントを取り込む権限がありません。管理者にご相談ください。"});
  }
  auto outcomes = bulk_append_.append(provenance, batch, options);
  if (!options.dry_run) {
    {
      const std::lock_guard lock(working_);
      last_bulk_ = std::chrono::steady_clock::now();
    }
    wake();
  }
  return outcomes;
}

void ServiceImpl::upsert_people(std::span<const PersonInput> people) {
  const auto now = core::now();
  dependencies_.records->write([&](Session& session) {
    for (const auto& person : people) {
      store::put_person(session, {{}, person.account_id, person.user, lower_case(person.email), person.name, now});
    }
  });
}

std::int64_t ServiceImpl::remove_import(core::ImportId import) {
  if (!import) return 0;  // "no import" is what comes over HTTP
  const auto removed = dependencies_.events->remove_import(import);
  if (removed > 0) wake();
  return removed;
}

std::int64_t ServiceImpl::erase_person(core::AccountId account, const std::string& user_key) {
  dependencies_.records->write([&](Session& session) { store::erase_person(session, account, user_key); });
  const auto removed = dependencies_.events->erase_person(account, user_key);
  refresh();
  facts_.forget_person(account, user_key);
  return removed;
}

std::int64_t ServiceImpl::rematch_unmatched() {
  const auto alone = intake_.correcting();
  const auto found = knowledge_->rematch_unmatched();
  if (found > 0) wake();
  return found;
}

core::Result<std::int64_t> ServiceImpl::assign_group(core::SourceId source, const std::string& group_key,
                                                     core::AccountId account, const core::Caller& caller) {
  if (!caller.at_least(core::Role::leader)) {
    return core::Error::forbidden({"Only leaders and administrators assign events to accounts.",
                                   "イベントを顧客企業に割り当てられるのは、リーダーと管理者のみです。"});
  }
  if (group_key.empty()) {
    return core::Error::invalid_field("group_key",
                                      {"Say which group to assign.", "割り当てるグループを指定してください。"});
  }
  BANSO_TRY(check_account(account));
  const auto alone = intake_.correcting();
  const auto found = knowledge_->assign_group(source, group_key, account, caller.user);
  if (found > 0) wake();
  return found;
}

}  // namespace banso::usage
