// The service's part that says whose events are, by hand and when accounts change.
#include "service_impl.hpp"

namespace banso::usage {
namespace {

constexpr std::int64_t unmatched_page = 1000;

core::Result<> may_match(const core::Caller& caller) {
  if (caller.at_least(core::Role::leader)) return {};
  return core::Error::forbidden({"Only leaders and administrators assign events to accounts.",
                                 "イベントを顧客企業に割り当てられるのは、リーダーと管理者のみです。"});
}

core::Result<> check(const MatchSubject& subject) {
  if (subject.group_key.empty() != subject.person_key.empty()) return {};
  return core::Error::invalid_field(
      "group_key", {"Say either which group or which user is meant (group_key or user_key).",
                    "対象のグループ(group_key)またはユーザー(user_key)のどちらか一方を指定してください。"});
}

}  // namespace

std::int64_t ServiceImpl::rematch_unmatched() {
  std::vector<platform::events::Unmatched> waiting;
  for (core::PageRequest page{0, unmatched_page};; page.offset += unmatched_page) {
    auto items = dependencies_.events->unmatched(page).items;
    waiting.insert(waiting.end(), items.begin(), items.end());
    if (items.size() < static_cast<std::size_t>(unmatched_page)) break;
  }
  CorrectionSet found;
  {
    const auto alone = knowledge_->alone();
    knowledge_->accounts_changed();
    found = knowledge_->corrections_of(waiting);
  }
  return corrections_.run(found);
}

core::Result<std::int64_t> ServiceImpl::assign_group(core::SourceId source, const std::string& group_key,
                                                     core::AccountId account, const core::Caller& caller) {
  return assign({source, group_key, {}}, account, caller);
}

core::Result<std::int64_t> ServiceImpl::assign(const MatchSubject& subject, core::AccountId account,
                                               const core::Caller& caller) {
  BANSO_TRY(may_match(caller));
  BANSO_TRY(check(subject));
  if (account) BANSO_TRY(check_account(account));
  CorrectionSet corrections;
  {
    const auto alone = knowledge_->alone();
    corrections = subject.person_key.empty()
                      ? knowledge_->assign_group({subject.source, subject.group_key}, account, caller.user)
                      : knowledge_->assign_person({subject.source, subject.person_key}, account, caller.user);
  }
  return corrections_.run(corrections);
}

core::Result<std::int64_t> ServiceImpl::undo_match(const MatchSubject& subject, const core::Caller& caller) {
  BANSO_TRY(may_match(caller));
  BANSO_TRY(check(subject));
  CorrectionSet corrections;
  {
    const auto alone = knowledge_->alone();
    corrections = subject.person_key.empty()
                      ? knowledge_->undo_group({subject.source, subject.group_key}, caller.user)
                      : knowledge_->undo_person({subject.source, subject.person_key}, caller.user);
  }
  return corrections_.run(corrections);
}

}  // namespace banso::usage
