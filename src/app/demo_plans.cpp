#include "demo_plans.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "make_plans.hpp"
#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;
using platform::http::Method;

constexpr std::size_t most_plans = 60;
constexpr std::size_t plan_one_in = 2;  // accounts
constexpr int reading_every_days = 14, outcome_days = 150, summing_up_days = 20;

struct Purpose {
  core::Text why;
  core::Text goal, criterion, unit;
  double baseline, target;
  core::Text how;
  std::int64_t yearly_minor;
  double quantity;  // a year, in the unit below
  core::Text quantity_unit;
};

const std::array<Purpose, 4>& purposes() {
  static const std::array<Purpose, 4> all{
      {{{"Their support desk spends half of its time on questions that repeat themselves.",
         "サポート窓口の時間の半分が、繰り返し寄せられる問い合わせへの対応に費やされていたため。"},
        {"Fewer repeated questions", "繰り返しの問い合わせを減らす"},
        {"At most 80 repeated questions a month, by their own count.",
         "お客様の集計で、繰り返しの問い合わせが月80件以下。"},
        {"questions a month", "件/月"},
        120,
        80,
        {"40 questions a month at 20 minutes", "月40件 × 1件あたり20分で算出"},
        2'400'000,
        160,
        {"hours", "時間"}},
       {{"Monthly reports were put together by hand from five systems.",
         "月次レポートを5つのシステムから手作業でまとめていたため。"},
        {"Monthly report in two days", "月次レポートを2日で作成"},
        {"The report is ready on the second working day.", "第2営業日までに月次レポートが完成している。"},
        {"days", "日"},
        9,
        2,
        {"7 working days a month of one person", "担当者1名 × 月7営業日の削減で算出"},
        3'360'000,
        672,
        {"hours", "時間"}},
       {{"New branches needed months until they worked as the others do.",
         "新しい拠点が他拠点と同じ水準で業務を行えるまでに、数か月かかっていたため。"},
        {"Branches that work in the standard way", "標準手順で運用している拠点"},
        {"12 branches pass their internal check.", "12拠点が社内チェックに合格している。"},
        {"branches", "拠点"},
        3,
        12,
        {"600,000 yen for each branch opened sooner", "早期立ち上げ1拠点あたり60万円で算出"},
        5'400'000,
        9,
        {"branches", "拠点"}},
       {{"Orders were delayed because nobody saw where they waited.",
         "受注処理の滞留箇所が見えず、納期遅れが発生していたため。"},
        {"Orders delivered on time", "納期遵守率の向上"},
        {"95% of orders are delivered on the agreed day.", "受注の95%が約束した納期どおりに納品されている。"},
        {"%", "%"},
        82,
        95,
        {"Penalties of the past year times the share avoided", "前年の遅延ペナルティ額 × 削減割合で算出"},
        4'100'000,
        156,
        {"orders", "件"}}}};
  return all;
}

// How a plan goes.
struct Course {
  bool is_sent, is_confirmed, is_commented;
  double pace;             // of figures and outcomes; 1: as agreed, 0: nobody has said anything yet
  double done_when_due;    // share of the actions that are due
  bool is_young, goes_on;  // goes on: what remains to be done after the template's actions is written down
};
constexpr std::array<Course, 8> courses{{{true, true, false, 1.05, 1.0, false, true},
                                         {true, true, false, 1.9, 1.0, false, true},
                                         {true, true, true, 0.75, 0.7, false, true},
                                         {true, false, true, 0.0, 1.0, true, true},
                                         {true, true, false, 1.0, 1.0, false, false},
                                         {false, false, false, 0.0, 0.0, true, true},
                                         {true, true, false, 0.35, 0.4, false, true},
                                         {true, true, false, 1.2, 1.0, false, false}}};

struct Customer {
  core::AccountId account;
  core::UserId owner;
  core::Customer person;  // none: nobody is there to confirm
};

// Plans are made as people make them, by a service whose clock goes through the past.
class Writer {
 public:
  explicit Writer(Application& application)
      : application_(application),
        clock_(std::make_shared<core::Day>()),
        service_(make()),
        routes_(service_->routes()) {}

  core::Result<> write(const Customer& customer, std::size_t number) {
    const auto& course = courses[number % courses.size()];
    const auto& purpose = purposes()[number % purposes().size()];
    const auto today = application_.identity->workspace().book_day();
    const int age_days = course.is_young ? 5 + static_cast<int>(number % 12) : 60 + static_cast<int>(number * 37 % 90);
    const auto start = today - age_days;
    const auto by = caller_of(customer);
    *clock_ = start;
    const std::string plan_template = number % 3 == 0 ? "first_value" : number % 3 == 1 ? "wider_use" : "prove_value";
    BANSO_TRY_ASSIGN(const auto plan, service_->create(by, {customer.account, plan_template, std::nullopt}));
    BANSO_TRY(ask(by, plan, "changes",
                  {{"base_version", 1}, {"operations", own_goal(purpose, customer, start, course.goes_on)}}));
    const bool can_be_asked = bool(customer.person.contact);
    if (!course.is_sent || !can_be_asked) return {};
    *clock_ = start + 1;
    BANSO_TRY(service_->send(by, plan, {customer.person.contact}));
    BANSO_TRY(hear(customer, plan, course));
    BANSO_TRY(live_through(by, customer, plan, course, start, today));
    if (course.pace > 1) BANSO_TRY(write_up(by, plan, purpose));
    *clock_ = today;
    return {};
  }

  core::Result<> publish_templates() {
    json::array keys{"first_value", "wider_use", "prove_value"};
    BANSO_TRY(call(core::Caller::system("Demo"), Method::post, "/api/plans/templates", {},
                   {{"keys", keys}, {"publish", true}}));
    return {};
  }

  // What follows from them: attributes, wins, calls. Nobody is told of the past, so that no mail leaves.
  void finish() {
    *clock_ = application_.identity->workspace().book_day();
    service_->set_record_win(wins_of(application_));
    service_->refresh();
  }

 private:
  std::shared_ptr<plans::Service> make() {
    auto dependencies = plans_dependencies(application_);
    dependencies.surroundings.book_day = [clock = clock_] { return *clock; };
    dependencies.surroundings.now = [clock = clock_, second = std::make_shared<std::int64_t>(0)] {
      constexpr std::int64_t morning_seconds = 2 * 3600;  // eleven o'clock in Tokyo
      return core::Instant{core::start_of(*clock).microseconds +
                           (morning_seconds + ++*second % 3600) * core::microseconds_per_second};
    };
    return plans::Service::make(std::move(dependencies));
  }

  core::Caller caller_of(const Customer& customer) const {
    return {customer.owner, application_.user_directory->name_of(customer.owner).value_or("Demo"), core::Role::csm,
            core::Language::ja};
  }

  core::Result<json::object> call(const core::Caller& by, Method method, const std::string& pattern,
                                  std::map<std::string, std::string> parameters, const json::object& body) {
    platform::http::Request request;
    request.method = method;
    request.parameters = std::move(parameters);
    request.body = json::serialize(body);
    request.caller = by;
    for (const auto& route : routes_) {
      if (route.method != method || route.pattern != pattern) continue;
      BANSO_TRY_ASSIGN(const auto answer, route.handler(request));
      return json::parse_object(answer.body);
    }
    return core::Error::not_found({"There is no route " + pattern, pattern + " はありません"});
  }
  core::Result<json::object> ask(const core::Caller& by, plans::PlanId plan, const std::string& what,
                                 const json::object& body) {
    return call(by, Method::post, "/api/plans/{id}/" + what, {{"id", std::to_string(plan.value)}}, body);
  }

  static json::array own_goal(const Purpose& purpose, const Customer& customer, core::Day start, bool goes_on) {
    const json::object value{{"amount_minor", purpose.yearly_minor},
                             {"quantity", purpose.quantity},
                             {"unit", json::from(purpose.quantity_unit)},
                             {"per", "year"},
                             {"how", json::from(purpose.how)}};
    json::object goal{{"key", "outcome"},
                      {"name", json::from(purpose.goal)},
                      {"why", json::from(purpose.why)},
                      {"criterion", json::from(purpose.criterion)},
                      {"kind", "figure"},
                      {"unit", json::from(purpose.unit)},
                      {"direction", purpose.target > purpose.baseline ? "up" : "down"},
                      {"baseline", purpose.baseline},
                      {"target", purpose.target},
                      {"start", core::to_string(start)},
                      {"due", core::to_string(start + outcome_days)},
                      {"value", value}};
    if (customer.owner) goal["ours"] = customer.owner.value;
    if (customer.person.contact) goal["theirs"] = customer.person.contact.value;
    const json::object risk{
        {"key", "budget"},
        {"name", json::from(core::Text{"Budget round in the next quarter", "来四半期の予算見直し"})},
        {"severity", "medium"},
        {"mitigation", json::from(core::Text{"Show the first figures to the sponsor before it.",
                                             "見直し前に、スポンサーへ最初の数値を報告する。"})}};
    json::array operations{
        json::object{{"op", "put"}, {"kind", "goal"}, {"item", goal}},
        json::object{{"op", "put"}, {"kind", "risk"}, {"item", risk}},
        json::object{{"op", "set_head"}, {"head", json::object{{"purpose", json::from(purpose.why)}}}}};
    if (goes_on) {
      const json::object action{
          {"key", "sum_up"},
          {"name", json::from(core::Text{"Sum up the outcome for the sponsor", "成果をまとめ、スポンサーに報告する"})},
          {"goal", "outcome"},
          {"owner", json::object{{"side", "ours"}, {"role", "csm"}}},
          {"start", core::to_string(start + outcome_days)},
          {"due", core::to_string(start + outcome_days + summing_up_days)}};
      operations.push_back(json::object{{"op", "put"}, {"kind", "action"}, {"item", action}});
    }
    return operations;
  }

  core::Result<> hear(const Customer& customer, plans::PlanId plan, const Course& course) {
    for (const auto& shared : service_->shared(customer.person)) {
      if (shared.id != plan) continue;
      bool is_first = true;
      for (const auto& goal : shared.goals) {
        *clock_ = *clock_ + 1;
        if (is_first && course.is_commented) {
          BANSO_TRY(service_->comment(customer.person, plan, goal.key, "期限は四半期末に合わせられますか。"));
        }
        is_first = false;
        if (course.is_confirmed) BANSO_TRY(service_->confirm_goal(customer.person, plan, goal.key, ""));
      }
    }
    return {};
  }

  struct Deed {
    core::Day day;
    std::function<core::Result<>()> run;
  };

  // What both sides did since the plan was agreed, in its order.
  core::Result<> live_through(const core::Caller& by, const Customer& customer, plans::PlanId plan,
                              const Course& course, core::Day start, core::Day today) {
    std::vector<Deed> deeds;
    for (const auto& shared : service_->shared(customer.person)) {
      if (shared.id != plan) continue;
      add_actions(deeds, by, customer, shared, course, today);
      for (const auto& goal : shared.goals) {
        if (goal.takes_figures) {
          add_figures(deeds, customer, plan, goal, course, start, today);
        } else if (goal.kind == "yes_no") {
          add_answer(deeds, by, plan, goal, course, today);
        }
      }
    }
    std::stable_sort(deeds.begin(), deeds.end(), [](const Deed& a, const Deed& b) { return a.day < b.day; });
    for (const auto& deed : deeds) {
      *clock_ = std::max(*clock_, deed.day);
      BANSO_TRY(deed.run());
    }
    return {};
  }

  // A share of what was due, the earlier the sooner, each two days before its day.
  void add_actions(std::vector<Deed>& deeds, const core::Caller& by, const Customer& customer,
                   const plans::SharedPlan& shared, const Course& course, core::Day today) {
    std::vector<const plans::SharedAction*> due;
    for (const auto& action : shared.actions) {
      if (action.due && *action.due <= today) due.push_back(&action);
    }
    std::stable_sort(due.begin(), due.end(), [](const auto* a, const auto* b) { return *a->due < *b->due; });
    due.resize(static_cast<std::size_t>(std::ceil(course.done_when_due * static_cast<double>(due.size()))));
    for (const auto* action : due) {
      deeds.push_back({*action->due - 2,
                       [this, by, customer, plan = shared.id, key = action->key,
                        is_theirs = action->is_theirs]() -> core::Result<> {
                         if (is_theirs) return service_->finish_action(customer.person, plan, key, true);
                         return finish_ours(by, plan, key);
                       }});
    }
  }

  core::Result<> finish_ours(const core::Caller& by, plans::PlanId plan, const std::string& key) {
    const json::object item{{"key", key}, {"done_on", core::to_string(*clock_)}};
    BANSO_TRY_ASSIGN(const auto now,
                     call(by, Method::get, "/api/plans/{id}", {{"id", std::to_string(plan.value)}}, {}));
    BANSO_TRY(ask(by, plan, "changes",
                  {{"base_version", now.at("version")},
                   {"operations", json::array{json::object{{"op", "put"}, {"kind", "action"}, {"item", item}}}}}));
    return {};
  }

  // The customer enters a figure every two weeks until the goal is reached.
  void add_figures(std::vector<Deed>& deeds, const Customer& customer, plans::PlanId plan,
                   const plans::SharedGoal& goal, const Course& course, core::Day start, core::Day today) {
    if (course.pace == 0 || !goal.baseline || !goal.target || !goal.due) return;
    const double rounded_to = std::abs(*goal.target - *goal.baseline) < 20 && goal.key == "outcome" ? 10 : 1;
    double share = 0;
    for (auto day = start + reading_every_days; day <= today && share < 1; day = day + reading_every_days) {
      share = std::min(1.04, course.pace * (day - start) / static_cast<double>(*goal.due - start));
      const double exact = *goal.baseline + share * (*goal.target - *goal.baseline);
      const double value = std::round(exact * rounded_to) / rounded_to;
      deeds.push_back({day, [this, customer, plan, key = goal.key, value, day]() -> core::Result<> {
                         return service_->enter_figure(customer.person, plan, key, value, day);
                       }});
    }
  }

  // Whoever is on their way says yes before the day, whoever is slow says it late, or has not said it yet.
  void add_answer(std::vector<Deed>& deeds, const core::Caller& by, plans::PlanId plan, const plans::SharedGoal& goal,
                  const Course& course, core::Day today) {
    constexpr double slowest_to_get_there = 0.7;
    constexpr int early_days = 3, late_days = 12;
    if (!goal.due || course.pace < slowest_to_get_there) return;
    const auto day = course.pace >= 1 ? *goal.due - early_days : *goal.due + late_days;
    if (day > today) return;
    deeds.push_back(
        {day, [this, by, plan, key = goal.key, day]() -> core::Result<> {
           BANSO_TRY(ask(by, plan, "readings", {{"goal", key}, {"value", 1}, {"day", core::to_string(day)}}));
           return {};
         }});
  }

  core::Result<> write_up(const core::Caller& by, plans::PlanId plan, const Purpose& purpose) {
    service_->refresh();  // finds that it was reached
    const auto written = call(
        by, Method::put, "/api/plans/{id}/values/{goal}", {{"id", std::to_string(plan.value)}, {"goal", "outcome"}},
        {{"story", fmt::format("「{}」を達成されました。{}", purpose.goal.ja, purpose.criterion.ja)},
         {"shared", true}});
    const bool is_not_reached_yet = !written && written.error().code == core::ErrorCode::conflict;
    if (!written && !is_not_reached_yet) return written.error();
    return {};
  }

  Application& application_;
  std::shared_ptr<core::Day> clock_;
  std::shared_ptr<plans::Service> service_;
  platform::http::Routes routes_;
};

std::vector<Customer> customers_of(Application& application, const health::BookView& book) {
  std::map<core::AccountId, core::UserId> owners;
  for (const auto& [account, owner] : application.customers->owners(customers::Selection::all())) {
    owners[account] = owner;
  }
  std::map<core::AccountId, core::Customer> people;
  application.customers->each_contact(customers::Selection::all(), [&](const customers::ContactFact& fact) {
    if (fact.known.until != customers::KnownSpan::still || fact.left_day) return;
    const auto champion = static_cast<customers::ContactRoles>(customers::ContactRole::champion);
    auto& person = people[fact.account];
    if (!person.contact || (fact.roles & champion)) {
      person = {fact.contact, fact.account, fact.name, core::Language::ja, {}};
    }
  });
  std::vector<Customer> chosen;
  for (std::size_t row = 0; row < book.size() && chosen.size() < most_plans; row += plan_one_in) {
    const auto account = book.id(row);
    const auto arr = book.value(row, "arr");
    const auto* paid = std::get_if<double>(&arr);
    if (!owners.contains(account) || !paid || *paid <= 0) continue;
    chosen.push_back({account, owners[account], people[account]});
  }
  return chosen;
}

}  // namespace

core::Result<> add_demo_plans(Application& application) {
  BANSO_TRY_ASSIGN(const auto book, application.health->book());
  Writer writer(application);
  BANSO_TRY(writer.publish_templates());
  std::size_t number = 0;
  for (const auto& customer : customers_of(application, *book)) BANSO_TRY(writer.write(customer, number++));
  writer.finish();
  return {};
}

}  // namespace banso::app
