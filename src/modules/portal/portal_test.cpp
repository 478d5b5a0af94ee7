// The portal over real records and services, asked as the dispatcher asks, with a clock that the tests move.
#include "portal.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "branding.hpp"
#include "core/ascii.hpp"
#include "documents.hpp"
#include "platform/events/event_store.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/testing/databases.hpp"
#include "sharing.hpp"

namespace banso::portal {
namespace {

namespace http = platform::http;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const auto by = platform::records::Provenance::by(core::Caller::system("test"));
const core::Caller csm{core::UserId{5}, "Aoki", core::Role::csm, core::Language::en};
const core::Caller leader{core::UserId{7}, "Leader", core::Role::leader, core::Language::en};
constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

struct Browser {
  std::string session, csrf;
};

class Portal : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    records = database();
    if (!records) return;
    for (const auto& migrations :
         {platform::jobs::migrations(), customers::migrations(), revenue::migrations(), usage::migrations(),
          definitions::migrations(), health::migrations(), org::migrations(), work::migrations(),
          journeys::migrations(), outreach::migrations(), plans::migrations(), portal::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId id) { return std::optional("User " + std::to_string(id.value)); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.book_day = [this] { return core::day_of(now); };
    around.utc_offset_minutes = [] { return 0; };
    auto& needed = dependencies;
    needed.records = records;
    needed.customers = customers::Service::make(records, around);
    needed.definitions = definitions::Service::make(records);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    needed.usage = usage::Service::make(for_usage);
    revenue = revenue::Service::make(records, needed.customers, around);
    health::Dependencies for_health;
    for_health.customers = needed.customers;
    for_health.revenue = revenue;
    for_health.usage = needed.usage;
    for_health.definitions = needed.definitions;
    for_health.mart = for_usage.mart;
    for_health.records = records;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    needed.health = health::Service::make(for_health);
    org::Dependencies for_org;
    for_org.records = records;
    for_org.customers = needed.customers;
    for_org.definitions = needed.definitions;
    for_org.health = needed.health;
    for_org.surroundings.book_day = around.book_day;
    for_org.surroundings.user_name = around.user_name;
    needed.org = org::Service::make(for_org);
    work::Dependencies for_work;
    for_work.records = records;
    for_work.customers = needed.customers;
    for_work.health = needed.health;
    for_work.org = needed.org;
    for_work.surroundings.book_day = around.book_day;
    for_work.surroundings.utc_offset_minutes = [] { return 0; };
    for_work.surroundings.calendar = [] { return core::BusinessCalendar(core::HolidayCalendar::weekends_only); };
    for_work.surroundings.people = [] { return std::vector<work::Person>(); };
    needed.journeys =
        journeys::Service::make({records, needed.customers, needed.definitions, needed.health, {around.book_day}});
    outreach::Dependencies for_outreach;
    for_outreach.records = records;
    for_outreach.customers = needed.customers;
    for_outreach.definitions = needed.definitions;
    for_outreach.health = needed.health;
    for_outreach.mailer = platform::mail::Mailer::make({.url = "smtp://127.0.0.1:1", .user = {}, .password = {}});
    for_outreach.from_address = "inbox@vendor.test";
    for_outreach.public_url = "https://cs.vendor.test";
    for_outreach.node = "node0";
    for_outreach.surroundings.now = [this] { return now; };
    for_outreach.surroundings.book_day = around.book_day;
    needed.outreach = outreach::Service::make(for_outreach);  // not started: mails stay in the queue
    plans::Dependencies for_plans;
    for_plans.records = records;
    for_plans.customers = needed.customers;
    for_plans.revenue = revenue;
    for_plans.definitions = needed.definitions;
    for_plans.health = needed.health;
    for_plans.journeys = needed.journeys;
    for_plans.org = needed.org;
    for_plans.work = work::Service::make(for_work);
    for_plans.surroundings.book_day = around.book_day;
    for_plans.surroundings.now = [this] { return now; };
    needed.plans = plans::Service::make(for_plans);
    needed.public_url = "https://cs.vendor.test";
    needed.surroundings.book_day = around.book_day;
    needed.surroundings.now = [this] { return now; };
    needed.surroundings.utc_offset_minutes = [] { return 0; };
    needed.surroundings.workspace_name = [] { return std::string("Vendor"); };
    needed.surroundings.user = [this](core::UserId id) -> std::optional<Surroundings::User> {
      if (id != csm.user) return std::nullopt;
      auto one = csm;
      one.role = role;
      return Surroundings::User{one, "aoki@vendor.test"};
    };
    service = Service::make(needed);
    auto routes = service->routes();
    for (auto& route : needed.plans->routes()) routes.push_back(std::move(route));
    dispatcher = std::make_unique<http::Dispatcher>(
        std::move(routes), [this](const http::Request&) { return caller; }, nullptr,
        [this](const http::Request& request) { return service->customer_of(request); });
  }

  struct Person {
    core::AccountId account;
    core::ContactId contact;
    std::string address;
  };
  Person person(const std::string& name) {
    customers::AccountInput account;
    account.external_id = name;
    account.name = name + " Inc";
    const auto accounts = needed_accounts(account);
    return contact_on(accounts, name + "@customer.test", name);
  }
  core::AccountId needed_accounts(const customers::AccountInput& account) {
    return core::AccountId{dependencies.customers->upsert_accounts(by, std::span(&account, 1)).value()[0].id};
  }
  Person contact_on(core::AccountId account, const std::string& address, const std::string& name) {
    customers::ContactInput contact;
    contact.account_id = account;
    contact.name = name;
    contact.email = address;
    const auto added = dependencies.customers->upsert_contacts(by, std::span(&contact, 1)).value();
    EXPECT_NE(added[0].result, core::RowResult::rejected);
    return {account, core::ContactId{added[0].id}, core::lower_case(address)};
  }

  void ticket(const Person& who, const std::string& number) {
    customers::TicketInput ticket;
    ticket.account_id = who.account;
    ticket.external_id = number;
    ticket.subject = "Subject of " + number;
    ticket.requester = who.address;
    ticket.opened_at = now;
    const auto written = dependencies.customers->upsert_tickets(by, std::span(&ticket, 1)).value();
    EXPECT_NE(written[0].result, core::RowResult::rejected);
  }
  void contract(const Person& who, core::Day start, std::int64_t mrr_minor) {
    revenue::SubscriptionInput input;
    input.account_id = who.account;
    input.external_id = "S-" + who.address;
    input.product = std::string("Product");
    input.mrr = core::Money{mrr_minor, "JPY"};
    input.start = start;
    const auto written = revenue->upsert_subscriptions(by, std::span(&input, 1), {core::KnownBy::happening}).value();
    EXPECT_NE(written[0].result, core::RowResult::rejected);
  }

  void share(const std::string& key, const std::string& shows, int rank = 100, const std::string& condition = "{}") {
    const definitions::Name name{std::string(sharing_kind), key};
    const auto body = R"({"name":{"en":"Rule","ja":"ルール"},"rank":)" + std::to_string(rank) + R"(,"shows":)" + shows +
                      (condition == "{}" ? "" : R"(,"condition":)" + condition) + "}";
    const auto draft = dependencies.definitions->put_draft(leader, name, body);
    ASSERT_TRUE(draft.has_value()) << draft.error().message.en;
    ASSERT_TRUE(dependencies.definitions->publish(leader, name, "test").has_value());
  }
  void share_all() {
    share("all", R"({"journey":true,"plan":true,"adoption":true,"value":true,"people":true,"documents":true,)"
                 R"("tickets":true,"surveys":true,"health":true,"paid":true,"company_tickets":true})");
  }

  http::Response ask(const std::string& method, const std::string& path, const std::string& body = {},
                     const Browser& browser = {}) {
    http::Request request;
    request.path = path.substr(0, path.find('?'));
    if (const auto at = path.find('?'); at != std::string::npos) {
      request.query["name"] = path.substr(at + 6);
    }
    request.body = body;
    request.remote_address = "192.0.2.1";
    request.headers.add("content-type", "application/json");
    request.headers.add(
        "cookie", "banso_portal=" + browser.session + "; banso_portal_csrf=" + browser.csrf + "; banso_csrf=ours");
    request.headers.add("x-csrf-token", browser.csrf.empty() ? "ours" : browser.csrf);
    return dispatcher->answer(method, std::move(request));
  }
  static Browser browser_of(const http::Response& response) {
    Browser browser;
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      const auto end = value.find(';');
      if (value.starts_with("banso_portal=")) browser.session = value.substr(13, end - 13);
      if (value.starts_with("banso_portal_csrf=")) browser.csrf = value.substr(18, end - 18);
    }
    return browser;
  }

  std::string people_path(const Person& who) {
    return "/api/accounts/" + std::to_string(who.account.value) + "/portal/people";
  }
  http::Response as_us(const std::string& method, const std::string& path, const std::string& body = "{}") {
    caller = csm;
    auto response = ask(method, path, body);
    caller.reset();
    return response;
  }
  void invite(const Person& who) {
    const auto invited = as_us("POST", people_path(who), R"({"contact_id":)" + std::to_string(who.contact.value) + "}");
    ASSERT_EQ(invited.status, 201) << invited.body;
  }
  // Words of links in the queue for an address, oldest first.
  std::vector<std::string> tokens(const std::string& address) {
    std::vector<std::string> found;
    const auto rows = records->read([&](platform::records::Session& session) {
      return session.query("SELECT ordered_values FROM mail WHERE address = :1 ORDER BY id", {address});
    });
    for (const auto& row : rows) {
      const auto text = row.text(0);
      const auto at = text.find("#token=");
      if (at != std::string::npos) found.push_back(text.substr(at + 7, 43));
    }
    return found;
  }
  http::Response open(const std::string& token) {
    return ask("POST", "/portal/api/session", R"({"token":")" + token + R"("})");
  }
  Browser come(const Person& who) {
    invite(who);
    const auto opened = open(tokens(who.address).back());
    EXPECT_EQ(opened.status, 204) << opened.body;
    return browser_of(opened);
  }
  int status(const Browser& browser, const std::string& path = "/portal/api/me") {
    return ask("GET", path, "", browser).status;
  }
  void pass(std::int64_t microseconds) { now.microseconds += microseconds; }

  core::Instant now = *core::parse_instant("2026-06-02T01:00:00Z");
  core::Role role = core::Role::csm;
  std::optional<core::Caller> caller;
  std::shared_ptr<platform::records::Database> records;
  Dependencies dependencies;
  std::shared_ptr<Service> service;
  std::shared_ptr<revenue::Service> revenue;
  std::unique_ptr<http::Dispatcher> dispatcher;
};

INSTANTIATE_TEST_SUITE_P(Backends, Portal, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

TEST_P(Portal, ALinkOpensOnceThoughManyUseItAtTheSameMoment) {
  const auto who = person("taro");
  invite(who);
  const auto token = tokens(who.address).back();
  std::atomic<int> opened = 0, refused = 0;
  std::vector<std::thread> crowd;
  crowd.reserve(4);
  for (int i = 0; i < 4; ++i) {
    crowd.emplace_back([&] {
      const auto status = open(token).status;
      if (status == 204) ++opened;
      if (status == 401) ++refused;
    });
  }
  for (auto& each : crowd) each.join();
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(refused, 3);
}

TEST_P(Portal, LinksEndByTimeAndByTheNextInvitation) {
  const auto who = person("taro");
  invite(who);
  invite(who);
  const auto words = tokens(who.address);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(open(words[0]).status, 401);
  pass(7 * core::microseconds_per_day + 1);
  EXPECT_EQ(open(words[1]).status, 401);
}

TEST_P(Portal, AskingForALinkAnswersTheSameForEverybodyAndWritesToWhoIsInvited) {
  const auto who = person("taro");
  come(who);
  const auto known = ask("POST", "/portal/api/log-in", R"({"email":" Taro@Customer.test "})");
  const auto unknown = ask("POST", "/portal/api/log-in", R"({"email":"nobody@customer.test"})");
  EXPECT_EQ(known.status, 202);
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(known.headers, unknown.headers);
  EXPECT_EQ(service->send_links(), 1);
  EXPECT_EQ(service->send_links(), 0);
  const auto words = tokens(who.address);
  ASSERT_EQ(words.size(), 2u);
  pass(15 * minute_us + 1);
  EXPECT_EQ(open(words[1]).status, 401);
}

TEST_P(Portal, AnAddressGetsFiveLinksInAQuarterOfAnHour) {
  const auto who = person("taro");
  come(who);
  for (int i = 0; i < 9; ++i)
    EXPECT_EQ(ask("POST", "/portal/api/log-in", R"({"email":"taro@customer.test"})").status, 202);
  EXPECT_EQ(service->send_links(), 5);
  pass(15 * minute_us + 1);
  EXPECT_EQ(ask("POST", "/portal/api/log-in", R"({"email":"taro@customer.test"})").status, 202);
  EXPECT_EQ(service->send_links(), 1);
}

TEST_P(Portal, WordsThatAreNoLinkAreLimited) {
  int last = 0;
  for (int i = 0; i < 101; ++i) last = open("guess" + std::to_string(i)).status;
  EXPECT_EQ(last, 429);
  pass(15 * minute_us + 1);
  EXPECT_EQ(open("guess").status, 401);
}

TEST_P(Portal, AVisitEndsWithItsTimeWithThePersonAndWithTheAddress) {
  const auto who = person("taro");
  auto browser = come(who);
  EXPECT_EQ(status(browser), 200);
  const auto path = people_path(who) + "/" + std::to_string(who.contact.value);
  EXPECT_EQ(as_us("PATCH", path, R"({"disabled":true})").status, 200);
  EXPECT_EQ(status(browser), 401);
  EXPECT_EQ(as_us("POST", path + "/resend").status, 409);
  EXPECT_EQ(as_us("PATCH", path, R"({"disabled":false})").status, 200);
  EXPECT_EQ(status(browser), 401);

  browser = come(who);
  customers::ContactInput change;
  change.id = who.contact;
  change.email = std::string("other@customer.test");
  ASSERT_TRUE(dependencies.customers->upsert_contacts(by, std::span(&change, 1)).has_value());
  EXPECT_EQ(status(browser), 401);

  const auto other = person("jiro");
  browser = come(other);
  pass(14 * core::microseconds_per_day + 1);
  EXPECT_EQ(status(browser), 401);
}

TEST_P(Portal, TellsTheWorkspacesDayAndThatThereIsNoJourney) {
  share_all();
  const auto browser = come(person("taro"));
  EXPECT_THAT(ask("GET", "/portal/api/me", "", browser).body,
              HasSubstr(R"("today":")" + core::to_string(core::day_of(now)) + R"(")"));
  const auto journey = ask("GET", "/portal/api/journey", "", browser);
  EXPECT_EQ(journey.status, 200);
  EXPECT_EQ(journey.body, "null");
}

TEST_P(Portal, WritesOnlyWithItsOwnTokenAndNotByOurLogIn) {
  share_all();
  const auto browser = come(person("taro"));
  EXPECT_EQ(ask("PATCH", "/portal/api/me", R"({"language":"en"})", browser).status, 200);
  EXPECT_EQ(ask("PATCH", "/portal/api/me", R"({"language":"en"})", {browser.session, ""}).status, 403);
  EXPECT_EQ(as_us("GET", "/portal/api/me").status, 401);
}

TEST_P(Portal, ShowsWhatTheRuleOfLowestRankSaysAndNothingWithoutOne) {
  const auto browser = come(person("taro"));
  EXPECT_EQ(status(browser, "/portal/api/people"), 404);
  share("wide", R"({"people":true,"tickets":true})", 50);
  EXPECT_EQ(status(browser, "/portal/api/people"), 200);
  EXPECT_EQ(status(browser, "/portal/api/documents"), 404);
  share("narrow", R"({"documents":true})", 10);
  EXPECT_EQ(status(browser, "/portal/api/people"), 404);
  EXPECT_EQ(status(browser, "/portal/api/documents"), 200);
}

TEST_P(Portal, ARuleThatCannotBeTestedAnyMoreHidesWhatComesAfterIt) {
  const auto browser = come(person("taro"));
  ASSERT_TRUE(dependencies.customers
                  ->define_attribute(by, {"vip", {"VIP", "重要"}, customers::AttributeType::text, {}, "", 0, ""})
                  .has_value());
  share("secret", R"({})", 1,
        R"({"combinator":"and","rules":[{"field":"attribute.vip","operator":"=","value":"yes"}]})");
  share("wide", R"({"people":true})", 50);
  ASSERT_TRUE(dependencies.customers->delete_attribute(by, "vip").has_value());
  EXPECT_EQ(status(browser, "/portal/api/people"), 404);
}

TEST_P(Portal, OneOfUsLooksAndChangesNothing) {
  share_all();
  const auto who = person("taro");
  const auto looked = as_us("POST", "/api/accounts/" + std::to_string(who.account.value) + "/portal/view",
                            R"({"contact_id":)" + std::to_string(who.contact.value) + "}");
  ASSERT_EQ(looked.status, 200) << looked.body;
  const auto browser = browser_of(looked);
  EXPECT_THAT(ask("GET", "/portal/api/me", "", browser).body, HasSubstr(R"("viewed_by":"Aoki")"));
  for (const auto& route : dispatcher->routes()) {
    if (route.permission != http::Permission::customer || route.method == http::Method::get) continue;
    const auto* method = route.method == http::Method::put     ? "PUT"
                         : route.method == http::Method::patch ? "PATCH"
                                                               : "POST";
    auto path = route.pattern;
    for (const auto* place : {"{id}", "{key}"}) {
      if (const auto at = path.find(place); at != std::string::npos) path.replace(at, std::string(place).size(), "1");
    }
    EXPECT_EQ(ask(method, path, "{}", browser).status, 403) << path;
  }
  EXPECT_THAT(as_us("GET", "/api/accounts/" + std::to_string(who.account.value) + "/portal/audit").body,
              HasSubstr(R"("event":"viewed_as","by":"Aoki")"));
  role = core::Role::read_only;
  EXPECT_EQ(status(browser), 401);
  role = core::Role::csm;
  EXPECT_EQ(status(browser), 200);
  pass(30 * minute_us + 1);
  EXPECT_EQ(status(browser), 401);
}

TEST_P(Portal, FilesGoToThoseTheyAreFor) {
  share_all();
  const auto [one, other] = std::pair(person("taro"), person("jiro"));
  const auto [theirs, stranger] = std::pair(come(one), come(other));
  const Document document{
      platform::records::new_id(), one.account, "guide.pdf", "application/pdf", 400'000, now, "Aoki", 0};
  const std::string content = "%PDF-1.7" + std::string(400'000 - 8, '\x07');
  records->write([&](platform::records::Session& session) { store::insert(session, document, content); });
  const auto path = "/portal/api/documents/" + std::to_string(document.id);
  const auto got = ask("GET", path, "", theirs);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, content);
  EXPECT_EQ(status(stranger, path), 404);
  EXPECT_THAT(ask("GET", "/portal/api/documents", "", stranger).body, Not(HasSubstr("guide")));
}

TEST_P(Portal, GoesToAnotherCompanyOfTheSameAddressAndToNoOther) {
  const auto who = person("taro");
  const auto browser = come(who);
  customers::AccountInput account;
  account.external_id = "second";
  account.name = std::string("Second Inc");
  const auto there = contact_on(needed_accounts(account), who.address, "taro");
  invite(there);
  const auto stranger = person("jiro");
  come(stranger);
  const auto person_id = [&](const Person& of) {
    return records->read(
        [&](platform::records::Session& session) { return store::find_person(session, of.account, of.contact)->id; });
  };
  const auto go = [&](const Person& to) {
    return ask("POST", "/portal/api/account", R"({"person":)" + std::to_string(person_id(to)) + "}", browser);
  };
  EXPECT_EQ(go(stranger).status, 404);
  EXPECT_THAT(go(there).body, HasSubstr(R"("company":{"name":"Second Inc"})"));
}

TEST_P(Portal, TellsHowThingsGoOnlyWithConsent) {
  share("all", R"({"health":true})");
  const auto browser = come(person("taro"));
  EXPECT_EQ(ask("GET", "/portal/api/health", "", browser).body,
            R"({"consent_needed":true,"consent_given":false,"words":null,"as_of":null})");
}

TEST_P(Portal, ShowsTheTicketsOfTheCompanyOnlyWhereTheRuleSaysSo) {
  const auto taro = person("taro");
  const auto hanako = contact_on(taro.account, "hanako@customer.test", "hanako");
  ticket(taro, "T-1");
  ticket(hanako, "T-2");
  ticket(person("jiro"), "T-3");
  const auto browser = come(taro);
  share("all", R"({"company_tickets":true})");
  EXPECT_EQ(status(browser, "/portal/api/tickets"), 404) << "it widens the tickets, it does not show them";
  share("all", R"({"tickets":true})");
  const auto own = ask("GET", "/portal/api/tickets", "", browser).body;
  EXPECT_THAT(own, AllOf(HasSubstr("T-1"), Not(HasSubstr("T-2")), HasSubstr(R"("of_company":false)")));
  share("all", R"({"tickets":true,"company_tickets":true})");
  const auto all = ask("GET", "/portal/api/tickets", "", browser).body;
  EXPECT_THAT(all, AllOf(HasSubstr("T-1"), HasSubstr("T-2"), Not(HasSubstr("T-3")), HasSubstr(R"("of_company":true)")));
}

TEST_P(Portal, PutsWhatTheyPayNextToTheValueOnlyWhereTheRuleSaysSo) {
  const auto taro = person("taro");
  const auto browser = come(taro);
  share("all", R"({"value":true})");
  EXPECT_THAT(ask("GET", "/portal/api/value", "", browser).body, HasSubstr(R"("paid":null)"));
  share("all", R"({"value":true,"paid":true})");
  EXPECT_THAT(ask("GET", "/portal/api/value", "", browser).body, HasSubstr(R"("paid":null)")) << "no contract yet";
  contract(taro, core::day_of(now) - 72, 36'500);  // 73 days with today: a fifth of a year
  contract(person("jiro"), core::day_of(now) - 300, 99'000);
  EXPECT_THAT(ask("GET", "/portal/api/value", "", browser).body,
              HasSubstr(R"("paid":{"since":")" + core::to_string(core::day_of(now) - 72) +
                        R"(","amount":{"amount_minor":87600,"currency":"JPY"},"delivered":[]})"));
  share("all", R"({"value":true})");
  EXPECT_THAT(ask("GET", "/portal/api/value", "", browser).body, Not(HasSubstr("87600")));
}

TEST_P(Portal, WritesOnceToThoseWhoAreAskedToConfirmAPlan) {
  share_all();
  const auto who = person("taro");
  const auto plan = dependencies.plans->create(csm, {who.account, "", core::Text{"Plan", "プラン"}});
  ASSERT_TRUE(plan.has_value()) << plan.error().message.en;
  const auto changed = as_us("POST", "/api/plans/" + std::to_string(plan->value) + "/changes",
                             R"({"base_version":1,"operations":[{"op":"put","kind":"goal","item":{"key":"goal",)"
                             R"("name":{"en":"Goal","ja":"ゴール"},"criterion":{"en":"Done","ja":"完了"},)"
                             R"("kind":"figure","baseline":0,"target":10,"due":"2027-01-01"}}]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  const auto sent = dependencies.plans->send(csm, *plan, {who.contact});
  ASSERT_TRUE(sent.has_value()) << sent.error().message.en;
  dependencies.plans->refresh();  // tells what happened
  const auto words = tokens(who.address);
  ASSERT_EQ(words.size(), 1u);
  const auto browser = browser_of(open(words[0]));
  const auto plans_path = "/portal/api/plans/" + std::to_string(plan->value);
  EXPECT_THAT(ask("GET", "/portal/api/plans", "", browser).body, HasSubstr(R"("confirmation":"asked")"));
  const auto confirmed = ask("POST", plans_path + "/goals/goal/confirm", "{}", browser);
  EXPECT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_THAT(confirmed.body, HasSubstr(R"("confirmation":"confirmed")"));
  EXPECT_EQ(ask("POST", plans_path + "/figures", R"({"goal":"goal","value":4})", browser).status, 200);
  // Somebody else's plan is not there.
  const auto stranger = come(person("jiro"));
  EXPECT_THAT(ask("GET", "/portal/api/plans", "", stranger).body, HasSubstr(R"("items":[])"));
  EXPECT_EQ(ask("POST", plans_path + "/goals/goal/confirm", "{}", stranger).status, 404);
  EXPECT_EQ(ask("POST", plans_path + "/comments", R"({"item":"goal","words":"x"})", stranger).status, 404);
  EXPECT_EQ(ask("POST", plans_path + "/figures", R"({"goal":"goal","value":4})", stranger).status, 404);
}

TEST(PortalRules, NameEveryFaultByItsPath) {
  const auto faulty = sharing_from_json(R"({"name":{"en":"x"},"shows":{"secrets":true,"plan":1},"rank":1})");
  ASSERT_FALSE(faulty.has_value());
  std::vector<std::string> fields;
  for (const auto& field : faulty.error().fields) fields.push_back(field.field);
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("name.ja", "shows.secrets", "shows.plan"));
}

TEST(PortalLook, KeepsWordsReadable) {
  EXPECT_NEAR(contrast_with_white("#000000"), 21, 0.01);
  EXPECT_NEAR(contrast_with_white("#ffffff"), 1, 0.01);
  EXPECT_NEAR(contrast_with_white("#767676"), 4.54, 0.01);
  EXPECT_EQ(logo_type("\x89PNG\r\n\x1a\n...").value(), "image/png");
  EXPECT_FALSE(logo_type("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").has_value());
}

TEST(PortalFiles, AreOfAFewKinds) {
  EXPECT_EQ(document_type("Guide.PDF", "%PDF-1.7").value(), "application/pdf");
  EXPECT_EQ(document_type("list.csv", "a,b\n").value(), "text/csv");
  EXPECT_FALSE(document_type("x.pdf", "<html>").has_value());
  EXPECT_FALSE(document_type("x.html", "<html>").has_value());
  EXPECT_FALSE(document_type("x.svg", "<svg>").has_value());
  EXPECT_FALSE(document_type("x.docm", "PK\x03\x04").has_value());
  EXPECT_FALSE(document_type("x.docx", "PK\x03\x04 word/vbaProject.bin").has_value());
  EXPECT_FALSE(document_type("x.txt", std::string_view("a\0b", 3)).has_value());
  EXPECT_EQ(document_name("../../etc/a\nb.txt").value(), "ab.txt");
  EXPECT_FALSE(document_name(".htaccess").has_value());
}

}  // namespace
}  // namespace banso::portal
