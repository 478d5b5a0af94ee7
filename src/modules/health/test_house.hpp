// What the tests of this module stand on: all the real services over a real records database and real stores, and a
// small vendor whose facts can be written up to any day.
#pragma once

#include <atomic>
#include <filesystem>
#include <random>

#include <unistd.h>

#include "health.hpp"
#include "live_book.hpp"
#include "platform/json/json.hpp"

namespace banso::health {

class TestDirectory final : public usage::AccountDirectory {
 public:
  explicit TestDirectory(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> external_ids) override {
    return customers_->accounts_by_external_id(external_ids);
  }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId account) override { return customers_->exists(account); }
  void each_contact(const std::vector<core::AccountId>& accounts,
                    const std::function<void(const usage::ContactReference&)>& visit) override {
    const auto selection = accounts.empty() ? customers::Selection::all() : customers::Selection::of(accounts);
    customers_->each_contact(selection, [&](const customers::ContactFact& fact) {
      if (fact.known.until == customers::KnownSpan::still) visit({fact.contact, fact.account, fact.name, fact.email});
    });
  }

 private:
  std::shared_ptr<customers::Service> customers_;
};

inline const core::Day first_day = core::day_from(2025, 1, 6);

struct Shape {
  bool usage = true, contracts = true, records = true, attributes = false;
};

class TestHouse {
 public:
  explicit TestHouse(core::Day day) : book_day(std::make_shared<core::Day>(day)) {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-health-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    records_ = platform::records::Database::open("sqlite:" + (folder_ / "records.db").string());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), health::migrations()}) {
      records_->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.utc_offset_minutes = [] { return 0; };
    around.book_day = [day_now = book_day] { return *day_now; };
    customers = customers::Service::make(records_, around);
    revenue = revenue::Service::make(records_, customers, around);
    usage::Dependencies for_usage;
    for_usage.records = records_;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = mart_ = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<TestDirectory>(customers);
    for_usage.book_day = around.book_day;
    usage = usage::Service::make(for_usage);
    definitions = definitions::Service::make(records_);
    dependencies = {customers, revenue, usage, definitions, mart_, {}, 2};
    dependencies.surroundings.book_day = around.book_day;
    dependencies.surroundings.utc_offset_minutes = around.utc_offset_minutes;
    dependencies.records = records_;
    health = Service::make(dependencies);
  }
  ~TestHouse() {
    health.reset();
    dependencies = {};
    std::filesystem::remove_all(folder_);
  }

  static core::Instant noon(core::Day day) {
    return {core::start_of(day).microseconds + 12 * 3'600 * core::microseconds_per_second};
  }
  static std::string account_key(int account) { return "A" + std::to_string(1000 + account); }

  // Everything that happens to `accounts` customers from first_day until `until`, each fact known when it happened.
  void write_vendor(int accounts, core::Day until, Shape shape = {}) {
    const auto by = platform::records::Provenance::by(core::Caller::system("test"));
    const core::BatchOptions happening{core::KnownBy::happening, false};
    if (shape.attributes) {
      customers
          ->define_attribute(
              by, {"seats_wanted", {"Seats wanted", "希望席数"}, customers::AttributeType::number, {}, "", 0})
          .value();
      customers
          ->define_attribute(by, {"contract",
                                  {"Contract", "契約形態"},
                                  customers::AttributeType::choice,
                                  {{"monthly", {"Monthly", "月次"}}, {"yearly", {"Yearly", "年次"}}},
                                  "",
                                  0})
          .value();
    }
    for (int account = 0; account < accounts; ++account) write_account(account, until, shape, by, happening);
    usage->refresh();
  }

  // The whole answer of a route, as JSON; the problem where it is refused.
  platform::json::value ask(platform::http::Method method, const std::string& pattern,
                            std::map<std::string, std::string> query = {},
                            std::map<std::string, std::string> parameters = {}, std::string body = {}) {
    const auto answer = ask_raw(method, pattern, std::move(query), std::move(parameters), std::move(body));
    return boost::json::parse(answer.body);
  }
  platform::http::Response ask_raw(platform::http::Method method, const std::string& pattern,
                                   std::map<std::string, std::string> query = {},
                                   std::map<std::string, std::string> parameters = {}, std::string body = {}) {
    platform::http::Request request;
    request.method = method;
    request.query = std::move(query);
    request.parameters = std::move(parameters);
    request.body = std::move(body);
    request.caller = {core::UserId{77}, "test", core::Role::admin, core::Language::en};
    for (const auto& route : health->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      auto answer = route.handler(request);
      return answer ? *answer : platform::http::problem(answer.error(), core::Language::en);
    }
    throw std::runtime_error("no route " + pattern);
  }
  platform::json::value get(const std::string& pattern, std::map<std::string, std::string> query = {},
                            std::map<std::string, std::string> parameters = {}) {
    return ask(platform::http::Method::get, pattern, std::move(query), std::move(parameters));
  }
  // The book without what differs between two runs: ids and clocks.
  platform::json::array book_items(std::map<std::string, std::string> query = {}) {
    query["limit"] = "1000";
    if (!query.contains("sort")) query["sort"] = "external_id";
    auto book = get("/api/book", query);
    platform::json::array items = book.at("items").as_array();
    for (auto& item : items) item.as_object().erase("id");
    return items;
  }
  EvaluationReport evaluate() {
    return health->evaluate_all([](double, const core::Text&) { return true; }).value();
  }
  core::AccountId id_of(int account) {
    const std::string wanted[] = {account_key(account)};
    return customers->accounts_by_external_id(wanted).at(wanted[0]);
  }

  std::shared_ptr<platform::records::Database> records() const { return records_; }

  std::shared_ptr<core::Day> book_day;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<definitions::Service> definitions;
  Dependencies dependencies;
  std::shared_ptr<Service> health;

 private:
  void write_account(int account, core::Day until, const Shape& shape, const platform::records::Provenance& by,
                     const core::BatchOptions& happening) {
    std::mt19937 random(static_cast<unsigned>(account) * 7919u + 17u);
    const auto key = account_key(account);
    const core::Day begin = first_day + static_cast<int>(random() % 60);
    if (begin > until) return;
    customers::AccountInput input;
    input.external_id = key;
    input.name = (account % 3 == 0 ? "株式会社" : "Company ") + std::to_string(account * 37 % 101);
    input.phase = std::string(account % 4 == 0 ? "onboarding" : "adoption");
    input.industry = std::string(account % 5 == 0 ? "製造" : "software");
    input.created_day = begin;
    input.known_at = core::start_of(begin);
    if (shape.attributes) {
      input.attributes.push_back(customers::AttributeInput::raw("seats_wanted", std::to_string(random() % 500)));
      input.attributes.push_back(customers::AttributeInput::raw("contract", random() % 3 == 0 ? "monthly" : "yearly"));
    }
    expect_good(customers->upsert_accounts(by, {{input}}, happening));
    const int seats = 5 + static_cast<int>(random() % 20);
    if (shape.contracts) {
      revenue::SubscriptionInput contract;
      contract.account = key;
      contract.external_id = key + "-1";
      contract.product = std::string("Suite");
      contract.seats = seats;
      contract.mrr = core::Money{1000 * seats, "JPY"};
      contract.start = begin;
      contract.end = begin + 365;
      contract.known_at = core::start_of(begin);
      expect_good(revenue->upsert_subscriptions(by, {{contract}}, happening));
    }
    // Each part from a seed of its own, so that what one day holds does not depend on how far the others go.
    std::mt19937 for_records(random()), for_usage(random());
    if (shape.records) write_records(key, begin, until, for_records, by, happening);
    if (shape.usage) write_usage(key, begin, until, seats, for_usage, by);
  }

  void write_records(const std::string& key, core::Day begin, core::Day until, std::mt19937& random,
                     const platform::records::Provenance& by, const core::BatchOptions& happening) {
    std::vector<customers::TicketInput> tickets;
    std::vector<customers::InteractionInput> meetings;
    std::vector<customers::SurveyAnswerInput> answers;
    int number = 0;
    for (core::Day day = begin; day <= until; day = day + 1) {
      const auto chance = random() % 200;
      if (chance < 3) {
        customers::TicketInput ticket;
        ticket.account = key;
        ticket.external_id = key + "-T" + std::to_string(number++);
        ticket.opened_at = noon(day);
        ticket.subject = std::string("Help");
        // Closed later, and only known to be closed then.
        const core::Day closed = day + 5;
        if (closed <= until) ticket.closed_at = noon(closed);
        tickets.push_back(ticket);
      } else if (chance < 8) {
        customers::InteractionInput meeting;
        meeting.account = key;
        meeting.kind = customers::InteractionKind::meeting;
        meeting.occurred_at = noon(day);
        meeting.subject = std::string("Review");
        meetings.push_back(meeting);
      } else if (chance < 10) {
        customers::SurveyAnswerInput answer;
        answer.account = key;
        answer.kind = customers::SurveyKind::csat;
        answer.score = static_cast<double>(1 + random() % 5);
        answer.answered_at = noon(day);
        answers.push_back(answer);
      }
    }
    expect_good(customers->upsert_tickets(by, tickets, happening));
    expect_good(customers->upsert_interactions(by, meetings, happening));
    expect_good(customers->upsert_survey_answers(by, answers, happening));
  }

  void write_usage(const std::string& key, core::Day begin, core::Day until, int seats, std::mt19937& random,
                   const platform::records::Provenance& by) {
    std::vector<usage::EventInput> events;
    static constexpr const char* names[] = {"message_posted", "file_shared", "report_exported"};
    const bool declines = random() % 3 == 0;
    for (core::Day day = begin; day <= until; day = day + 1) {
      const int age = day - begin;
      for (int person = 0; person < seats; ++person) {
        const auto chance = random() % 100;
        if (chance >= (declines ? 60u - static_cast<unsigned>(std::min(age / 4, 58)) : 45u)) continue;
        usage::EventInput event;
        event.account = key;
        event.user = chance % 11 == 0 ? "" : "u" + std::to_string(person);  // some come from nobody in particular
        event.name = names[chance % 3];
        event.occurred_at = noon(day);
        event.known_at = noon(day);
        events.push_back(event);
      }
    }
    expect_good(usage->append_events(by, events));
  }

  static void expect_good(const core::Result<std::vector<core::RowOutcome>>& outcomes) {
    for (const auto& outcome : outcomes.value()) {
      if (outcome.result == core::RowResult::rejected) throw std::runtime_error(outcome.errors.front().message.en);
    }
  }

  std::filesystem::path folder_;
  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<platform::duckdb::Database> mart_;
};

}  // namespace banso::health
