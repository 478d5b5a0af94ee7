#include "people.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include <fmt/format.h>

namespace banso::simulation {
namespace {

using core::Day;

constexpr int days_per_week = 7;

struct Words {
  const char* ja;
  const char* en;
};

struct Desk {
  Words title, department;
};

constexpr Desk champion_desks[] = {{{"課長", "Head of IT Services"}, {"情報システム部", "IT"}},
                                   {{"室長", "Digital Workplace Lead"}, {"業務改革推進室", "Digital Workplace"}},
                                   {{"主任", "Operations Manager"}, {"総務部", "Administration"}},
                                   {{"リーダー", "Transformation Lead"}, {"DX推進部", "Transformation"}}};
constexpr Desk sponsor_desks[] = {{{"取締役", "Chief Operating Officer"}, {"", ""}},
                                  {{"執行役員 管理本部長", "VP Operations"}, {"管理本部", "Operations"}},
                                  {{"常務取締役", "Chief Information Officer"}, {"", ""}}};
constexpr Desk decider_desks[] = {{{"部長", "Finance Director"}, {"管理部", "Finance"}},
                                  {{"部長", "Director of Procurement"}, {"経営企画部", "Procurement"}},
                                  {{"部長", "Head of Administration"}, {"総務部", "Administration"}}};
constexpr Desk administrator_desks[] = {{{"システム担当", "IT Administrator"}, {"情報システム部", "IT"}},
                                        {{"社内IT担当", "Systems Engineer"}, {"情報システム部", "IT"}},
                                        {{"IT担当", "Workplace Engineer"}, {"総務部", "Administration"}}};
constexpr Desk user_desks[] = {{{"主任", "Account Executive"}, {"営業部", "Sales"}},
                               {{"係長", "Production Planner"}, {"製造部", "Production"}},
                               {{"主任", "People Partner"}, {"人事部", "People Team"}},
                               {{"マネージャー", "Campaign Manager"}, {"マーケティング部", "Marketing"}},
                               {{"リーダー", "Team Lead"}, {"カスタマーサポート部", "Customer Support"}}};
constexpr Words consent_proofs[] = {
    {"契約申込書の同意欄", "Consent box on the order form"},
    {"ウェビナー申込フォーム", "Webinar registration form"},
    {"展示会での名刺交換時に口頭で同意", "Verbal consent when exchanging cards at a trade fair"},
    {"管理画面のメール受信設定", "Mail preference in the admin console"}};

struct Post {
  ContactRole role;
  double propensity;
};

// Which contacts an account of this size has beside its champion.
std::vector<Post> posts_of(int seats) {
  std::vector<Post> posts;
  if (seats >= 4) posts.push_back({ContactRole::decision_maker, 0.4});
  if (seats >= 12) posts.push_back({ContactRole::administrator, 1.2});
  if (seats >= 25) posts.push_back({ContactRole::user, 1.0});
  if (seats >= 40) posts.push_back({ContactRole::executive_sponsor, 0.2});
  if (seats >= 80) posts.insert(posts.end(), 2, {ContactRole::user, 0.9});
  return posts;
}

class Staff {
 public:
  Staff(const Options& options, const Profile& profile, const Course& course)
      : profile_(profile), course_(course), random_(stream(options, profile.index, Subject::people)) {}

  People run() {
    hire_first_contacts();
    for (std::size_t week = 0; week < course_.weeks.size(); ++week) {
      const Day day = profile_.start + static_cast<int>(week) * days_per_week;
      change_champion(day);
      let_go(day);
      adjust(day, course_.weeks[week].people);
    }
    return std::move(people_);
  }

 private:
  bool is_japanese() const { return profile_.language == core::Language::ja; }

  PersonName draw_name() {
    PersonName name = is_japanese() ? japanese_person(random_) : person_abroad(random_, profile_.country);
    std::string mailbox = name.mailbox;
    for (int number = 2; !mailboxes_.insert(mailbox).second; ++number) mailbox = name.mailbox + std::to_string(number);
    name.mailbox = mailbox + "@" + profile_.company.domain;
    return name;
  }

  double draw_propensity() {
    const double dice = random_.uniform();
    if (dice < 0.2) return random_.uniform(1.15, 1.5);
    if (dice < 0.7) return random_.uniform(0.7, 1.1);
    return random_.uniform(0.1, 0.5);
  }

  int hire(Day day, double propensity, bool is_administrator) {
    const PersonName name = draw_name();
    people_.persons.push_back({name.mailbox, name.full, day, std::nullopt});
    readings_.push_back(name.reading);
    Habit habit{propensity, {}, is_administrator, random_.chance(0.2)};
    for (double& liking : habit.modules) liking = random_.uniform(0.4, 1.6);
    people_.habits.push_back(habit);
    const int person = static_cast<int>(people_.persons.size()) - 1;
    active_.push_back(person);
    is_contact_.push_back(false);
    return person;
  }

  const Desk& draw_desk(ContactRole role) {
    switch (role) {
      case ContactRole::champion:
        return random_.pick(champion_desks);
      case ContactRole::executive_sponsor:
        return random_.pick(sponsor_desks);
      case ContactRole::decision_maker:
        return random_.pick(decider_desks);
      case ContactRole::administrator:
        return random_.pick(administrator_desks);
      case ContactRole::user:
        break;
    }
    return random_.pick(user_desks);
  }

  std::string own(const Words& words) const { return is_japanese() ? words.ja : words.en; }

  std::optional<Consent> draw_consent(Day day) {
    if (!random_.chance(0.72)) return std::nullopt;
    return Consent{day, own(random_.pick(consent_proofs))};
  }

  void introduce(int person, ContactRole role, Day day) {
    const auto index = static_cast<std::size_t>(person);
    const Person& who = people_.persons[index];
    const Desk& desk = draw_desk(role);
    people_.contacts.push_back({fmt::format("{}-C{:02}", profile_.external_id, people_.contacts.size() + 1), person,
                                who.email, who.name, readings_[index], own(desk.title), own(desk.department), role,
                                profile_.language, day, std::nullopt, draw_consent(day)});
    is_contact_[index] = true;
    if (role == ContactRole::champion) champion_contact_ = people_.contacts.size() - 1;
  }

  void hire_first_contacts() {
    introduce(hire(profile_.start, 1.5, profile_.seats < 12), ContactRole::champion, profile_.start);
    for (const Post& post : posts_of(profile_.seats)) {
      const bool is_administrator = post.role == ContactRole::administrator;
      introduce(hire(profile_.start, post.propensity, is_administrator), post.role, profile_.start);
    }
  }

  void leave(int person, Day day) {
    people_.persons[static_cast<std::size_t>(person)].left_on = day;
    std::erase(active_, person);
  }

  void change_champion(Day week) {
    if (tenure_ >= course_.champions.size()) return;
    const auto& to = course_.champions[tenure_].to;
    if (!to || *to >= week + days_per_week) return;
    if (champion_contact_) {
      Contact& champion = people_.contacts[*champion_contact_];
      champion.left_on = *to;
      leave(champion.person, *to);
      champion_contact_.reset();
    }
    if (tenure_ + 1 >= course_.champions.size() || course_.champions[tenure_ + 1].from >= week + days_per_week) return;
    ++tenure_;
    promote(course_.champions[tenure_].from);
  }

  void promote(Day day) {
    for (const int person : active_) {
      const auto index = static_cast<std::size_t>(person);
      if (is_contact_[index] || people_.habits[index].propensity < 0.9 || people_.persons[index].first_day > day)
        continue;
      people_.habits[index].propensity = std::max(people_.habits[index].propensity, 1.2);
      introduce(person, ContactRole::champion, day);
      return;
    }
    introduce(hire(day, 1.3, false), ContactRole::champion, day);
  }

  // Ordinary turnover: about six in a hundred a year.
  void let_go(Day day) {
    std::vector<int> leaving;
    for (const int person : active_) {
      const bool is_settled = people_.persons[static_cast<std::size_t>(person)].first_day + 30 < day;
      if (is_settled && !is_contact_[static_cast<std::size_t>(person)] && random_.chance(0.0012))
        leaving.push_back(person);
    }
    for (const int person : leaving) leave(person, day);
  }

  void adjust(Day day, int wanted) {
    while (static_cast<int>(active_.size()) < wanted) {
      const int spread_days = static_cast<int>(active_.size()) % 5;  // a week's newcomers do not all begin on one day
      // Each throw of the dice in a statement of its own: the order of arguments is the compiler's to choose.
      const double propensity = draw_propensity();
      const bool is_administrator = random_.chance(0.01);
      hire(std::min(day + spread_days, course_.end - 1), propensity, is_administrator);
    }
    for (int attempts = 0; static_cast<int>(active_.size()) > wanted && attempts < 60; ++attempts) {
      const int person = random_.pick(active_);
      const bool is_settled = people_.persons[static_cast<std::size_t>(person)].first_day + 14 < day;
      if (is_settled && !is_contact_[static_cast<std::size_t>(person)]) leave(person, day);
    }
  }

  const Profile& profile_;
  const Course& course_;
  Random random_;
  People people_;
  std::vector<std::string> readings_;
  std::vector<bool> is_contact_;
  std::vector<int> active_;
  std::unordered_set<std::string> mailboxes_;
  std::optional<std::size_t> champion_contact_;
  std::size_t tenure_ = 0;
};

}  // namespace

People make_people(const Options& options, const Profile& profile, const Course& course) {
  return Staff(options, profile, course).run();
}

}  // namespace banso::simulation
