// The module over real records and a real mail server, with a clock that the tests move.
#include "outreach.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "context.hpp"
#include "inbox_reader.hpp"
#include "platform/events/event_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/mail/received.hpp"
#include "platform/mail_testing/mail_server.hpp"

namespace banso::outreach {
namespace {

using platform::mail::testing::MailServer;
using platform::records::Provenance;
using ::testing::HasSubstr;

const auto by = Provenance::by(core::Caller::system("test"));
const core::Caller csm{core::UserId{7}, "Hanako", core::Role::csm, core::Language::ja};
const core::Caller leader{core::UserId{8}, "Leader", core::Role::leader, core::Language::en};

class NoEvents final : public usage::AccountDirectory {
 public:
  std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string>) override { return {}; }
  std::optional<core::AccountId> by_email_domain(std::string_view) override { return std::nullopt; }
  std::optional<core::AccountId> by_contact_email(std::string_view) override { return std::nullopt; }
  bool exists(core::AccountId) override { return false; }
  void each_contact(const std::vector<core::AccountId>&,
                    const std::function<void(const usage::ContactReference&)>&) override {}
};

std::string template_body(const std::string& purpose, const std::string& text = "{{contact.addressee}}\\n本文") {
  return R"({"name":{"en":"Hello","ja":"ご案内"},"purpose":")" + purpose +
         R"(","subject":{"en":"Hello","ja":"{{account.name}}様へのご案内"},"body":{"en":")" + text + R"(","ja":")" +
         text + R"("}})";
}

const std::string survey_body =
    R"({"name":{"en":"S","ja":"満足度"},"kind":"csat","subject":{"en":"S","ja":"アンケート"},)"
    R"("body":{"en":"{{survey.link}}","ja":"{{survey.link}}"},"question":{"en":"Q","ja":"質問"},"thanks":{"en":"T","ja":"感謝"}})";

// Ten o'clock on a Tuesday in Tokyo.
const core::Instant morning = *core::parse_instant("2026-06-02T01:00:00Z");

class Outreach : public ::testing::Test {
 protected:
  void SetUp() override {
    server = MailServer::start();
    if (!server) GTEST_SKIP() << "Exim and Dovecot are needed, and root";
    folder = std::filesystem::temp_directory_path() / ("banso-outreach-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    open();
    define(template_kind, "hello", template_body("service"));
    define(template_kind, "news", template_body("promotion"));
    define(template_kind, "missing", template_body("service", "{{contact.title}}"));
    define(survey_kind, "csat", survey_body);
  }
  void TearDown() override {
    outreach.reset();
    std::filesystem::remove_all(folder);
  }

  // The services of one process over the folder.
  void open() {
    records = platform::records::Database::open("sqlite:" + (folder / "records.db").string());
    for (const auto& migrations :
         {platform::records::migrations(), platform::jobs::migrations(), customers::migrations(), revenue::migrations(),
          usage::migrations(), definitions::migrations(), outreach::migrations()}) {
      records->migrate(migrations);
    }
    customers::Surroundings around;
    around.user_name = [](core::UserId) { return std::optional<std::string>(); };
    around.find_user = [](std::string_view) { return std::optional<core::UserId>(); };
    around.book_day = [this] { return core::day_of(now, 540); };
    customers = customers::Service::make(records, around);
    usage::Dependencies for_usage;
    for_usage.records = records;
    for_usage.events = platform::events::duckdb_store_in_memory();
    for_usage.mart = platform::duckdb::Database::in_memory();
    for_usage.accounts = std::make_shared<NoEvents>();
    for_usage.book_day = around.book_day;
    definitions = definitions::Service::make(records);
    health::Dependencies for_health;
    for_health.customers = customers;
    for_health.revenue = revenue::Service::make(records, customers, around);
    for_health.usage = usage::Service::make(for_usage);
    for_health.definitions = definitions;
    for_health.mart = for_usage.mart;
    for_health.surroundings.book_day = around.book_day;
    for_health.threads = 1;
    health = health::Service::make(for_health);
    outreach = Service::make(dependencies());
    outreach->on_mail_changed([this](std::span<const MailChange> changes) {
      for (const auto& change : changes)
        told.push_back(std::string(word_of(change.happening)) + " " + change.unique_key);
    });
  }

  Dependencies dependencies() {
    Dependencies made;
    made.records = records;
    made.customers = customers;
    made.definitions = definitions;
    made.health = health;
    made.mailer = platform::mail::Mailer::make({.url = server->smtp_url(), .user = {}, .password = {}});
    made.inbox =
        platform::mail::Inbox::make({.url = server->inbox_url(), .user = "inbox@vendor.test", .password = "secret"});
    made.from_address = "inbox@vendor.test";
    made.public_url = "https://cs.vendor.test";
    made.node = "node0";
    made.surroundings.now = [this] { return now; };
    made.surroundings.workspace_name = [] { return std::string("株式会社伴走"); };
    made.surroundings.sender = [](core::UserId) { return Surroundings::Sender{"鈴木 花子", "hanako@vendor.test"}; };
    made.surroundings.book_day = [this] { return core::day_of(now, 540); };
    return made;
  }

  void define(std::string_view kind, const std::string& key, const std::string& body) {
    const definitions::Name name{std::string(kind), key};
    if (definitions->get(name)) return;
    const auto draft = definitions->put_draft(leader, name, body);
    ASSERT_TRUE(draft.has_value()) << draft.error().message.en;
    ASSERT_TRUE(definitions->publish(leader, name, "test").has_value());
  }

  struct Person {
    core::AccountId account;
    core::ContactId contact;
  };
  Person person(const std::string& email, customers::Consent consent = customers::Consent::unknown) {
    customers::AccountInput account;
    account.external_id = "A-" + email;
    account.name = "株式会社" + email.substr(0, email.find('@'));
    const auto accounts = customers->upsert_accounts(by, std::span(&account, 1)).value();
    customers::ContactInput contact;
    contact.account_id = core::AccountId{accounts[0].id};
    contact.name = std::string("山田 太郎");
    contact.email = email;
    contact.consent = consent;
    const auto contacts = customers->upsert_contacts(by, std::span(&contact, 1)).value();
    EXPECT_NE(contacts[0].result, core::RowResult::rejected) << contacts[0].errors.front().message.en;
    return {core::AccountId{accounts[0].id}, core::ContactId{contacts[0].id}};
  }

  Ordered order(const std::string& key, const Person& to, const std::string& with = "hello") {
    MailOrder order;
    order.unique_key = key;
    order.account = to.account;
    order.contact = to.contact;
    order.template_key = with;
    order.sender = csm.user;
    order.source = "run:1:step:" + key;
    return outreach->order(csm, order).value();
  }
  State state(MailId id) { return outreach->find(id)->state; }
  void pass(std::int64_t minutes) { now.microseconds += minutes * 60 * core::microseconds_per_second; }
  std::size_t timeline_length(core::AccountId account) {
    std::size_t length = 0;
    customers->each_interaction(customers::Selection::of({account}), [&](const auto& fact) {
      if (fact.known.until == customers::KnownSpan::still) ++length;
    });
    return length;
  }
  std::string header_of(const std::string& message, const std::string& name) {
    const auto at = message.find("\n" + name + ": ");
    return at == std::string::npos
               ? ""
               : message.substr(at + name.size() + 3, message.find('\n', at + 1) - at - name.size() - 3);
  }

  core::Instant now = morning;
  std::unique_ptr<MailServer> server;
  std::filesystem::path folder;
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<Service> outreach;
  std::vector<std::string> told;
};

TEST_F(Outreach, SendsAnOrderOnceAndPutsItOnTheTimeline) {
  const auto to = person("taro@customer.test");
  const auto first = order("k1", to);
  EXPECT_EQ(first.state, State::queued);
  EXPECT_FALSE(first.held_until.has_value());
  const auto again = order("k1", to);
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(outreach->send_due(), 1);
  EXPECT_EQ(outreach->send_due(), 0);
  const auto mails = server->await_customers(1);
  ASSERT_EQ(mails.size(), 1u);
  const auto read = platform::mail::parse(mails[0]);
  EXPECT_EQ(read.subject, "株式会社taro様へのご案内");
  EXPECT_EQ(read.from_name, "鈴木 花子(株式会社伴走)");
  EXPECT_THAT(read.text, HasSubstr("山田 太郎 様\n本文"));
  EXPECT_THAT(mails[0], HasSubstr("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
  EXPECT_EQ(state(first.id), State::sent);
  EXPECT_EQ(timeline_length(to.account), 1u);
  outreach->tell_left_over();
  EXPECT_THAT(told, ::testing::ElementsAre("sent k1"));
}

TEST_F(Outreach, SaysWhatARecipientWouldReadBeforeItIsSent) {
  now = *core::parse_instant("2026-06-05T12:00:00Z");  // Friday, nine in the evening
  const auto held = order("k1", person("taro@customer.test"));
  ASSERT_TRUE(held.held_until);
  std::string subject;
  records->read([&](platform::records::Session& session) {
    subject = session.query_one("SELECT subject FROM mail WHERE id = :1", {held.id})->text(0);
  });
  EXPECT_EQ(subject, "株式会社taro様へのご案内");
}

TEST_F(Outreach, KnowsMailsOfThePast) {
  const auto to = person("taro@customer.test");
  const auto leaderless = person("missing@customer.test");
  PastMail answered{{"past1", to.account, to.contact, "hello", 0, csm.user, "run:1:step:hello:1", {}, {}}, now, 3600};
  answered.order.not_before.reset();
  answered.ordered_at = *core::parse_instant("2026-05-08T12:00:00Z");  // Friday, nine in the evening
  auto silent = answered;
  silent.order.unique_key = "past2";
  silent.replied_after_s.reset();
  auto impossible = answered;
  impossible.order.unique_key = "past3";
  impossible.order.contact = leaderless.contact;
  impossible.order.account = leaderless.account;
  impossible.order.template_key = "missing";
  const std::vector<PastMail> past{answered, silent, impossible};
  EXPECT_FALSE(outreach->record_history(leader, past)) << "only an administrator writes the past";
  const auto admin = core::Caller::system("Move");
  EXPECT_EQ(outreach->record_history(admin, past).value(), 2);
  EXPECT_EQ(outreach->record_history(admin, past).value(), 0) << "once";
  std::vector<Mail> known;
  outreach->each_mail({}, [&](const Mail& mail) { known.push_back(mail); });
  ASSERT_EQ(known.size(), 2u);
  for (const auto& mail : known) {
    EXPECT_EQ(mail.state, State::sent);
    EXPECT_EQ(core::to_string(*mail.sent_at), "2026-05-11T00:00:00.000Z") << "in working hours";
    EXPECT_EQ(mail.replied_at.has_value(), mail.unique_key == "past1");
  }
  EXPECT_EQ(outreach->send_due(), 0);
  outreach->tell_left_over();
  EXPECT_TRUE(told.empty());
  EXPECT_EQ(timeline_length(to.account), 0u);
  EXPECT_TRUE(server->await_customers(0).empty());
}

TEST_F(Outreach, RefusesWithReasons) {
  EXPECT_EQ(order("k1", person("a@customer.test"), "news").reason, "no_consent");
  EXPECT_EQ(order("k2", person("b@customer.test", customers::Consent::given), "news").reason, "no_sender_identity");
  EXPECT_EQ(order("k3", person("c@customer.test"), "missing").reason, "missing_value:contact.title");
  EXPECT_EQ(outreach->send_due(), 0);
}

TEST_F(Outreach, HoldsForNightAndForTheCap) {
  const auto to = person("taro@customer.test");
  now = *core::parse_instant("2026-06-05T12:00:00Z");  // Friday, nine in the evening
  const auto held = order("k1", to);
  EXPECT_EQ(held.reason, "working_hours");
  EXPECT_EQ(core::to_string(*held.held_until), "2026-06-08T00:00:00.000Z");
  EXPECT_EQ(outreach->send_due(), 0);
  now = *held.held_until;
  EXPECT_EQ(outreach->send_due(), 1);
  EXPECT_EQ(order("k2", to).reason, "");
  EXPECT_EQ(outreach->send_due(), 1);
  const auto third = order("k3", to);
  EXPECT_EQ(third.reason, "frequency_cap");
  EXPECT_EQ(core::to_string(*third.held_until), "2026-06-15T00:00:00.000Z");
  EXPECT_EQ(order("k4", to).reason, "frequency_cap");
}

TEST_F(Outreach, LosesNothingWhileTheMailServerIsDownForAnHour) {
  std::vector<MailId> mails;
  mails.reserve(5);
  for (int i = 0; i < 5; ++i) {
    mails.push_back(order("k" + std::to_string(i), person("c" + std::to_string(i) + "@customer.test")).id);
  }
  const auto busy = order("busy", person("busy@customer.test")).id;
  server->stop_smtp();
  for (int minute = 0; minute < 60; minute += 5) {
    EXPECT_EQ(outreach->send_due(), 0);
    pass(5);
  }
  server->start_smtp();
  for (int i = 0; i < 10; ++i) {
    outreach->send_due();
    pass(7);
  }
  EXPECT_EQ(server->await_customers(5).size(), 5u);
  for (const auto id : mails) EXPECT_EQ(state(id), State::sent);
  EXPECT_EQ(state(busy), State::queued);
  pass(60 * 24 * 6);
  outreach->send_due();
  EXPECT_EQ(state(busy), State::failed) << "given up after three days";
}

TEST_F(Outreach, SuppressesAddressesThatDoNotExist) {
  const auto gone = person("gone@customer.test");
  const auto refused = order("k1", gone);
  outreach->send_due();
  EXPECT_EQ(state(refused.id), State::failed);
  EXPECT_EQ(order("k2", gone).reason, "bounced");
  // This one is taken first, and comes back as a delivery report.
  const auto vanished = person("vanished@customer.test");
  const auto returned = order("k3", vanished);
  outreach->send_due();
  EXPECT_EQ(state(returned.id), State::sent);
  server->await_vendor(1);
  ASSERT_TRUE(outreach->read_inbox().has_value());
  ASSERT_TRUE(outreach->read_inbox().has_value());
  EXPECT_TRUE(outreach->find(returned.id)->bounced_at.has_value());
  EXPECT_EQ(order("k4", vanished).reason, "bounced");
  outreach->tell_left_over();
  EXPECT_EQ(std::count(told.begin(), told.end(), "bounced k3"), 1);
}

TEST_F(Outreach, PutsAReplyOnTheTimelineOnce) {
  const auto to = person("taro@customer.test");
  const auto sent = order("k1", to);
  outreach->send_due();
  const auto mails = server->await_customers(1);
  ASSERT_EQ(mails.size(), 1u);
  platform::mail::Message reply;
  reply.from = {"山田 太郎", "taro@customer.test"};
  reply.to = {{"", "inbox@vendor.test"}};
  reply.subject = "Re: ご案内";
  reply.text = "承知しました。\n\n2026年6月2日(火) 10:00 鈴木 <inbox@vendor.test>:\n> 本文";
  reply.in_reply_to = platform::mail::parse(mails[0]).message_id;
  const auto client = platform::mail::Mailer::make({.url = server->smtp_url(), .user = {}, .password = {}});
  ASSERT_TRUE(client->send(reply).has_value());
  server->await_vendor(1);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(outreach->read_inbox().has_value());
  EXPECT_EQ(timeline_length(to.account), 2u);
  EXPECT_TRUE(outreach->find(sent.id)->replied_at.has_value());
  // The same message again, as after a mailbox was made anew.
  Context context(dependencies());
  InboxReader reader(context);
  reader.take(server->received_by_vendor()[0]);
  EXPECT_EQ(timeline_length(to.account), 2u);
  outreach->tell_left_over();
  EXPECT_EQ(std::count(told.begin(), told.end(), "replied k1"), 1);
}

platform::http::Response call(Service& service, platform::http::Method method, const std::string& pattern,
                              const std::string& token, const std::string& body = {}) {
  for (const auto& route : service.routes()) {
    if (route.method != method || route.pattern != pattern) continue;
    platform::http::Request request;
    request.path = pattern.substr(0, pattern.find('{')) + token;
    request.parameters["token"] = token;
    request.body = body;
    auto answer = route.handler(request);
    return answer ? *answer : platform::http::problem(answer.error(), core::Language::en);
  }
  ADD_FAILURE() << pattern;
  return {};
}

TEST_F(Outreach, UnsubscribesByOneClick) {
  using platform::http::Method;
  const auto to = person("taro@customer.test");
  const auto sent = order("k1", to);
  outreach->send_due();
  const auto mail = server->await_customers(1).at(0);
  const auto link = header_of(mail, "List-Unsubscribe");
  const auto start = link.rfind('/') + 1;
  const auto token = link.substr(start, link.find('>') - start);
  EXPECT_EQ(call(*outreach, Method::get, "/unsubscribe/{token}", token).status, 200);
  EXPECT_EQ(order("k2", to).reason, "") << "opening the page changes nothing";
  EXPECT_EQ(call(*outreach, Method::post, "/unsubscribe/{token}", token, "List-Unsubscribe=One-Click").status, 200);
  EXPECT_EQ(order("k3", to).reason, "unsubscribed");
  EXPECT_TRUE(outreach->find(sent.id)->was_unsubscribed);
  EXPECT_EQ(outreach->send_due(), 0) << "what was queued is refused when its time comes";
  EXPECT_EQ(call(*outreach, Method::post, "/unsubscribe/{token}", token + "x", "all=1").status, 404);
  EXPECT_EQ(call(*outreach, Method::get, "/survey/{token}", token).status, 404) << "a link is for one use";
}

TEST_F(Outreach, AsksAndTakesAnswersWithinTheLimits) {
  using platform::http::Method;
  const auto to = person("taro@customer.test");
  SurveyOrder survey{"s1", to.account, to.contact, "csat", 0, {}, "run:2:", {}};
  ASSERT_EQ(outreach->order_survey(csm, survey)->state, State::queued);
  outreach->send_due();
  const auto text = platform::mail::parse(server->await_customers(1).at(0)).text;
  const auto start = text.find("/survey/") + 8;
  const auto token = text.substr(start, text.find_first_of(" \n>", start) - start);
  EXPECT_THAT(call(*outreach, Method::get, "/survey/{token}", token).body, HasSubstr("質問"));
  pass(60 * 24 * 6);  // the third day and what follows are a weekend
  EXPECT_EQ(outreach->send_due(), 1) << "a reminder";
  EXPECT_EQ(call(*outreach, Method::post, "/survey/{token}", token, "score=9").status, 400);
  EXPECT_EQ(call(*outreach, Method::post, "/survey/{token}", token, "score=4&comment=%E8%89%AF%E3%81%84").status, 200);
  EXPECT_EQ(call(*outreach, Method::post, "/survey/{token}", token, "score=5&comment=").status, 200);
  pass(60 * 24 * 8);
  EXPECT_EQ(outreach->send_due(), 0) << "no reminder of what is answered";
  std::vector<double> scores;
  customers->each_survey_answer(customers::Selection::of({to.account}), [&](const auto& fact) {
    if (fact.known.until == customers::KnownSpan::still) scores.push_back(fact.score);
  });
  EXPECT_THAT(scores, ::testing::ElementsAre(5));
  survey.unique_key = "s2";
  EXPECT_EQ(outreach->order_survey(csm, survey)->reason, "survey_cap");
  pass(60 * 24 * 30);
  EXPECT_THAT(call(*outreach, Method::post, "/survey/{token}", token, "score=1").body, HasSubstr("受付を終了"));
  pass(60 * 24 * 30);
  survey.unique_key = "s3";
  EXPECT_EQ(outreach->order_survey(csm, survey)->state, State::queued) << "after eight weeks";
}

TEST_F(Outreach, AnswersItsRoutes) {
  using platform::http::Method;
  const auto to = person("taro@customer.test");
  const auto sent = order("k1", to);
  outreach->send_due();
  const auto ask = [&](Method method, const std::string& pattern, const std::string& body,
                       std::map<std::string, std::string> parameters = {}) {
    for (const auto& route : outreach->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      platform::http::Request request;
      request.path = pattern;
      request.parameters = std::move(parameters);
      request.query["account"] = std::to_string(to.account.value);
      request.body = body;
      request.caller = {core::UserId{9}, "Admin", core::Role::admin, core::Language::en};
      auto answer = route.handler(request);
      return answer ? *answer : platform::http::problem(answer.error(), core::Language::en);
    }
    ADD_FAILURE() << pattern;
    return platform::http::Response{};
  };
  const auto id = std::to_string(sent.id.value);
  for (const auto* pattern :
       {"/api/outreach/fields", "/api/outreach/templates", "/api/outreach/mails", "/api/outreach/suppressions",
        "/api/outreach/consents", "/api/outreach/surveys", "/api/outreach/inbox", "/api/outreach/settings"}) {
    const auto answer = ask(Method::get, pattern, "");
    EXPECT_EQ(answer.status, 200) << pattern << answer.body;
  }
  EXPECT_THAT(ask(Method::get, "/api/outreach/mails/{id}", "", {{"id", id}}).body, HasSubstr("\"state\":\"sent\""));
  EXPECT_EQ(ask(Method::post, "/api/outreach/mails/{id}/cancel", "", {{"id", id}}).status, 409);
  EXPECT_THAT(ask(Method::post, "/api/outreach/starters", "").body, HasSubstr("\"added\":10"));
  EXPECT_THAT(ask(Method::post, "/api/outreach/starters", "").body, HasSubstr("\"added\":0"));
  const auto person_id = std::to_string(to.contact.value);
  const auto consent = ask(Method::post, "/api/contacts/{id}/consent",
                           R"({"account_id":)" + std::to_string(to.account.value) + R"(,"allowed":true,"how":"form"})",
                           {{"id", person_id}});
  EXPECT_THAT(consent.body, HasSubstr("\"consent\":\"given\""));
  EXPECT_EQ(order("k2", to, "news").reason, "no_sender_identity");
  const auto preview = ask(Method::post, "/api/outreach/preview", R"({"kind":"survey","body":)" + survey_body + "}");
  EXPECT_EQ(preview.status, 200) << preview.body;
  auto settings = platform::json::parse_object(ask(Method::get, "/api/outreach/settings", "").body).value();
  settings["work_until_hour"] = 3;
  EXPECT_EQ(ask(Method::put, "/api/outreach/settings", platform::json::serialize(settings)).status, 400);
  settings["work_until_hour"] = 20;
  EXPECT_EQ(ask(Method::put, "/api/outreach/settings", platform::json::serialize(settings)).status, 200);
}

TEST_F(Outreach, DeliversEachMailOnceOrCallsItUnclearWhenKilledInMidSend) {
  constexpr int mails = 200;
  now = core::now();
  // At night nothing goes: from here on any hour will do.
  Context(dependencies())
      .set_settings(
          [] {
            Settings settings;
            settings.hours = {0, 24};
            return settings;
          }(),
          "test");
  while (core::weekday(core::day_of(now, 540)) > 4 || !core::BusinessCalendar().is_business_day(core::day_of(now, 540)))
    pass(60 * 24);
  std::map<std::string, MailId> ids;
  for (int i = 0; i < mails; ++i) {
    const auto address = "k" + std::to_string(i) + "@customer.test";
    ids[address] = order("k" + std::to_string(i), person(address)).id;
  }
  // No open database crosses the fork.
  outreach.reset();
  health.reset();
  definitions.reset();
  customers.reset();
  records.reset();
  int kills = 0;
  for (; kills < 12; ++kills) {
    const pid_t child = ::fork();
    if (child == 0) {
      open();
      while (true) outreach->send_due();
    }
    // In the midst of its work: some milliseconds after the first mail of this life arrived.
    const auto arrived = server->received_by_customers().size();
    for (int i = 0; i < 2000 && server->received_by_customers().size() == arrived; ++i) ::usleep(2000);
    ::usleep(static_cast<useconds_t>(kills * 1700));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  const auto before_the_last_life = server->received_by_customers().size();
  EXPECT_LT(before_the_last_life, static_cast<std::size_t>(mails)) << "the kills came too late to mean anything";
  open();
  while (outreach->send_due() > 0) {
  }
  std::set<std::string> unclear;
  int sent = 0;
  for (const auto& [address, id] : ids) {
    if (state(id) == State::unclear) unclear.insert(address);
    if (state(id) == State::sent) ++sent;
  }
  EXPECT_EQ(sent + static_cast<int>(unclear.size()), mails);
  EXPECT_LE(unclear.size(), static_cast<std::size_t>(kills));
  std::map<std::string, int> received;
  for (const auto& mail : server->await_customers(static_cast<std::size_t>(sent))) {
    ++received[platform::mail::parse(mail).to_emails.at(0)];
  }
  for (const auto& [address, id] : ids) {
    const int copies = received[address];
    EXPECT_LE(copies, 1) << address;
    if (!unclear.contains(address)) {
      EXPECT_EQ(copies, 1) << address;
    }
  }
  RecordProperty("unclear", static_cast<int>(unclear.size()));
  std::cout << "killed " << kills << " times: " << sent << " sent, " << unclear.size() << " unclear\n";
}

}  // namespace
}  // namespace banso::outreach
