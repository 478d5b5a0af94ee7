// Calls, tasks and notices as JSON (api/work.yaml). Internal to the module.
#pragma once

#include "list.hpp"

namespace banso::work {

json::object render(const core::Text& text);
json::object render_money(std::int64_t amount_minor, const std::string& currency);

// Names people and accounts, currency and days of one answer.
class Renderer {
 public:
  Renderer(Desk& desk, RankingPtr ranking);

  json::array calls(std::span<const ListedCall> calls);
  json::object detail(const ListedCall& call, core::UserId reader);
  json::object context(const ListedCall& call);
  json::object summary(const ListSummary& summary) const;
  static json::object counts(const ListCounts& counts);
  json::array tasks(std::span<const Task> tasks);
  json::object task(const Task& task);
  json::array notices(std::span<const Notice> notices);
  json::object comment(const Comment& comment) const;
  json::object account(core::AccountId id, const AccountFacts& facts);

 private:
  json::value person(core::UserId user) const;  // or null
  json::array people(std::span<const core::UserId> users) const;
  json::object item(const ListedCall& call, const CallFigures& figures);
  json::array history(CallId call) const;
  json::array runs(CallId call) const;
  std::string account_name(core::AccountId account);
  json::value brief_account(core::AccountId account);
  json::value call_of_task(CallId call);
  void know_calls_of(std::span<const Task> tasks);

  Desk& desk_;
  RankingPtr ranking_;
  std::shared_ptr<const People::ById> people_;
  health::BookViewPtr book_;
  std::map<core::AccountId, std::string> names_;
  std::map<CallId, core::Text> titles_;
};

json::array render_outcomes(CallKind kind);

}  // namespace banso::work
