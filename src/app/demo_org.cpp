#include "demo_org.hpp"

#include <array>

#include <fmt/format.h>

#include "simulation/simulation.hpp"

namespace banso::app {
namespace {

using org::AccountRole;

constexpr double usual_effort = 130;
constexpr int onboarding_began_days_ago = 150, onboarding_handed_over_days_ago = 45, handover_takes_days = 9;
constexpr std::size_t accounts_of_a_handover = 4;
constexpr std::size_t one_in_with_support = 5, one_in_with_renewal_sales = 7;

core::Instant noon_of(core::Day day) {
  return {core::start_of(day).microseconds + 3 * 3'600 * core::microseconds_per_second};  // in Tokyo
}

class OrgDemo {
 public:
  OrgDemo(Application& application, core::Language language)
      : application_(application),
        language_(language),
        caller_(core::Caller::system("Demo")),
        today_(application.identity->workspace().book_day()) {}

  core::Result<> add() {
    BANSO_TRY(find_people());
    BANSO_TRY(add_teams());
    BANSO_TRY(publish_models());
    BANSO_TRY(publish_rules());
    BANSO_TRY(add_roles());
    BANSO_TRY(add_absences());
    return add_handovers();
  }

 private:
  core::Result<> find_people() {
    for (const auto& owner : simulation::vendor().owners) {
      const auto user = application_.identity->find_user_by_email(owner.email);
      if (!user) return core::Error::not_found({"A person of the demo is missing.", "デモのユーザーがいません。"});
      people_.push_back(user->id);
    }
    return {};
  }

  core::Result<> add_team(const std::string& key, core::Text name, org::Direction direction,
                          std::initializer_list<std::size_t> members) {
    org::Team team{0, key, std::move(name), direction, 0, {}};
    for (const auto number : members) team.members.push_back({people_.at(number), team.members.empty()});
    BANSO_TRY(application_.org->put_team(caller_, team));
    return {};
  }

  // The first of each leads.
  core::Result<> add_teams() {
    using enum org::Direction;
    BANSO_TRY(add_team("enterprise", {"Enterprise", "エンタープライズ"}, size, {1, 4, 5}));
    BANSO_TRY(add_team("smb", {"SMB", "SMB"}, size, {0, 2, 3}));
    BANSO_TRY(add_team("onboarding", {"Onboarding", "オンボーディング"}, function, {2, 5}));
    BANSO_TRY(add_team("tech_touch", {"Tech touch", "テックタッチ"}, function, {3}));
    return {};
  }

  core::Result<> publish(std::string_view kind) {
    for (const auto& summary : application_.definitions->list(std::string(kind))) {
      if (!summary.has_draft) continue;
      BANSO_TRY(application_.definitions->publish(caller_, summary.name,
                                                  core::Text{"Set up for the demo", "デモ用に設定"}.in(language_)));
    }
    return {};
  }

  core::Result<> publish_models() {
    BANSO_TRY(application_.org->propose_engagement_models(caller_));
    BANSO_TRY(publish(org::engagement_model_kind));
    application_.org->refresh();
    application_.health->refresh_dirty();
    return {};
  }

  core::Result<> publish_rules() {
    const auto put = [&](const std::string& key, const std::string& body) -> core::Result<> {
      BANSO_TRY(application_.definitions->put_draft(caller_, {std::string(org::assignment_rule_kind), key}, body));
      return {};
    };
    BANSO_TRY(put("new_customers", R"({"name":{"en":"New customers by capacity","ja":"新規顧客を余力に応じて割り当て"},
        "condition":{"combinator":"and","rules":[]},"role":"csm","applies_to":"unassigned","method":"capacity",
        "candidates":{"users":[],"teams":["smb","enterprise"]},"capacity":{"effort":140}})"));
    // Small demos may have no account large enough for it.
    if (!application_.definitions->get({std::string(org::engagement_model_kind), "high_touch"})) {
      return publish(org::assignment_rule_kind);
    }
    BANSO_TRY(put("support_in_turn",
                  R"({"name":{"en":"Support for large customers","ja":"大口顧客のサポート担当を順番に割り当て"},
        "condition":{"combinator":"and","rules":[{"field":"attribute.engagement_model","operator":"=","value":"high_touch"}]},
        "role":"support","applies_to":"unassigned","method":"round_robin",
        "candidates":{"users":[],"teams":["onboarding","tech_touch"]},"capacity":{"accounts":30}})"));
    return publish(org::assignment_rule_kind);
  }

  std::vector<core::AccountId> accounts_in(const std::string& phase) {
    std::vector<core::AccountId> found;
    application_.customers->each_book_row({}, [&](const customers::BookRow& row) {
      if (phase.empty() || row.phase == phase) found.push_back(row.id);
    });
    return found;
  }

  core::Result<> set_role(std::span<const core::AccountId> accounts, AccountRole role, std::size_t person,
                          int days_ago) {
    return application_.org->set_role(caller_, accounts, role, people_.at(person), "", today_ - days_ago);
  }

  core::Result<> add_roles() {
    const auto all = accounts_in("");
    std::vector<core::AccountId> supported, sold_to;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i % one_in_with_support == 0) supported.push_back(all[i]);
      if (i % one_in_with_renewal_sales == 0) sold_to.push_back(all[i]);
    }
    BANSO_TRY(set_role(supported, AccountRole::support, 3, 200));
    BANSO_TRY(set_role(sold_to, AccountRole::renewal_sales, 4, 120));
    onboarded_ = accounts_in("onboarding");
    if (onboarded_.empty()) onboarded_ = {all.begin(), all.begin() + std::min<std::ptrdiff_t>(std::ssize(all), 12)};
    return set_role(onboarded_, AccountRole::onboarding, 2, onboarding_began_days_ago);
  }

  core::Result<> add_absences() {
    const core::Text leave{"On leave", "休暇"}, course{"Course", "研修"};
    BANSO_TRY(application_.org->put_absence(
        caller_, {0, people_.at(0), today_ - 1, today_ + 4, people_.at(2), leave.in(language_)}));
    BANSO_TRY(application_.org->put_absence(
        caller_, {0, people_.at(5), today_ + 10, today_ + 12, people_.at(4), course.in(language_)}));
    for (std::size_t i = 0; i < people_.size(); ++i) {
      BANSO_TRY(application_.org->set_capacity(caller_, people_[i], {}, {}, i == 3 ? usual_effort / 2 : usual_effort));
    }
    return {};
  }

  core::Result<> add_handovers() {
    // Of the onboarding role in the past, with the history that the accounts show.
    std::vector<core::AccountId> part(onboarded_.begin(),
                                      onboarded_.begin() + std::min<std::ptrdiff_t>(std::ssize(onboarded_), 4));
    if (!part.empty()) {
      org::NewHandover past;
      past.from = people_.at(2);
      past.to = people_.at(5);
      past.role = AccountRole::onboarding;
      past.accounts = part;
      past.note = core::Text{"Evening out the load", "負荷の平準化のため"}.in(language_);
      const auto completed = today_ - onboarding_handed_over_days_ago;
      BANSO_TRY(application_.org->bring_in_handover(caller_, past, noon_of(completed - handover_takes_days),
                                                    noon_of(completed)));
      BANSO_TRY(set_role(part, AccountRole::onboarding, 5, onboarding_handed_over_days_ago));
    }
    // One of the CSM that is going on.
    org::NewHandover open;
    open.from = people_.at(1);
    open.to = people_.at(4);
    for (const auto& [account, owner] : application_.customers->owners(customers::Selection::all())) {
      if (owner == open.from && open.accounts.size() < accounts_of_a_handover) open.accounts.push_back(account);
    }
    if (open.accounts.empty()) return {};
    open.note =
        core::Text{"English is spoken there from April on", "4月から英語での対応が必要になるため"}.in(language_);
    open.due_day = today_ + 14;
    BANSO_TRY(application_.org->begin_handover(caller_, open));
    return {};
  }

  Application& application_;
  const core::Language language_;
  const core::Caller caller_;
  const core::Day today_;
  std::vector<core::UserId> people_;  // as the simulation lists them
  std::vector<core::AccountId> onboarded_;
};

}  // namespace

core::Result<> add_demo_org(Application& application, core::Language language) {
  return OrgDemo(application, language).add();
}

}  // namespace banso::app
