// The routes as a browser would call them, over the real services: what each answers, and what it refuses.
#include <gmock/gmock.h>

#include "routes.hpp"
#include "test_house.hpp"

namespace banso::work {
namespace {

using http::Method;
using ::testing::SizeIs;

class Api : public ::testing::Test {
 protected:
  Api() {
    temporary_ = records::testing::TemporaryDatabase::make(records::testing::Backend::sqlite);
    auto database = records::Database::open(temporary_->url());
    database->migrate(records::migrations());
    house_ = std::make_unique<House>(database);
    house_->add_accounts(3);
    house_->set_sites(house_->accounts[0], 3);
    house_->evaluate();
    desk_ = std::make_shared<Desk>(house_->dependencies());
    digests_ = std::make_unique<DigestSender>(desk_);
    routes_ = make_routes(desk_, *digests_);
  }

  // Finds the route by its pattern: "/api/calls/{id}" with the id.
  json::object call(int expected_status, Method method, const std::string& pattern, std::int64_t id,
                    const json::value& body = {}, std::map<std::string, std::string> query = {},
                    const core::Caller& caller = aya) {
    for (const auto& route : routes_) {
      if (route.method != method || route.pattern != pattern) continue;
      http::Request request;
      request.caller = caller;
      request.language = caller.language;
      request.query = std::move(query);
      request.parameters["id"] = std::to_string(id);
      request.body = json::serialize(body);
      const auto answered = route.handler(request);
      const int status = answered ? answered->status : http::status_of(answered.error().code);
      EXPECT_EQ(status, expected_status) << pattern << " " << (answered ? answered->body : answered.error().message.en);
      if (!answered) return {};
      return json::parse(answered->body).value().as_object();
    }
    ADD_FAILURE() << "no route " << pattern;
    return {};
  }
  json::object get(const std::string& pattern, std::int64_t id = 0, std::map<std::string, std::string> query = {}) {
    return call(200, Method::get, pattern, id, {}, std::move(query));
  }
  json::object open(const json::object& more = {}) {
    json::object body{{"account_id", house_->accounts[0].value}, {"kind", "risk"}, {"title", "Call them"}};
    for (const auto& each : more) body[each.key()] = each.value();
    return call(200, Method::post, "/api/calls", 0, body).at("call").as_object();
  }
  static std::int64_t id_of(const json::object& object) { return object.at("id").to_number<std::int64_t>(); }

  std::unique_ptr<records::testing::TemporaryDatabase> temporary_;
  std::unique_ptr<House> house_;
  std::shared_ptr<Desk> desk_;
  std::unique_ptr<DigestSender> digests_;
  http::Routes routes_;
};

TEST_F(Api, OpensAndShowsACall) {
  const auto opened = open({{"severity", "high"}, {"reason", "person:first"}, {"due_business_days", 3}});
  EXPECT_EQ(opened.at("due_day").as_string(), "2026-11-25");
  EXPECT_EQ(opened.at("business_days_left").to_number<int>(), 3);
  EXPECT_EQ(opened.at("responsible").at("name").as_string(), "Aya");
  EXPECT_FALSE(opened.at("why").at("ja").as_string().empty());
  const auto again = call(
      200, Method::post, "/api/calls", 0,
      json::object{
          {"account_id", house_->accounts[0].value}, {"kind", "risk"}, {"title", "x"}, {"reason", "person:first"}});
  EXPECT_FALSE(again.at("created").as_bool());
  const auto list = get("/api/calls");
  EXPECT_THAT(list.at("items").as_array(), SizeIs(1));
  EXPECT_EQ(list.at("items").at(0).at("account").at("name").as_string(), "Company 1");
  EXPECT_EQ(list.at("items").at(0).at("rank").to_number<int>(), 1);
  EXPECT_EQ(list.at("counts").at("kind").at("risk").to_number<int>(), 1);
  EXPECT_EQ(get("/api/accounts/{id}/calls", house_->accounts[0].value).at("total").to_number<int>(), 1);
  call(404, Method::get, "/api/calls/{id}", 999);
  call(400, Method::get, "/api/calls", 0, {}, {{"scope", "somebody"}});
  call(400, Method::get, "/api/calls", 0, {}, {{"kind", "risk,danger"}});
  call(400, Method::post, "/api/calls", 0, json::object{{"title", "x"}});
  call(400, Method::post, "/api/calls", 0, json::object{{"account_id", 999}, {"kind", "risk"}, {"title", "x"}});
  call(403, Method::post, "/api/calls", 0,
       json::object{{"account_id", house_->accounts[0].value}, {"kind", "risk"}, {"title", "x"}}, {}, reader);
}

TEST_F(Api, TakesStepsAndTakesThemBack) {
  const auto id = id_of(open());
  auto step =
      call(200, Method::patch, "/api/calls/{id}", id, json::object{{"status", "in_progress"}, {"why", "on it"}});
  EXPECT_EQ(step.at("call").at("status").as_string(), "in_progress");
  EXPECT_EQ(step.at("call").at("history").at(0).at("event").as_string(), "started");
  call(409, Method::patch, "/api/calls/{id}", id, json::object{{"severity", "low"}, {"revision", 1}});
  call(400, Method::patch, "/api/calls/{id}", id, json::object{{"due_day", "2020-01-01"}});
  const auto task =
      call(201, Method::post, "/api/tasks", 0, json::object{{"call_id", id}, {"title", "Ring"}, {"required", true}});
  EXPECT_EQ(task.at("call").at("id").to_number<std::int64_t>(), id);
  call(409, Method::post, "/api/calls/{id}/close", id, json::object{{"outcome", "success"}});
  call(400, Method::post, "/api/tasks/{id}/finish", id_of(task), json::object{{"state", "skipped"}});
  EXPECT_EQ(call(200, Method::post, "/api/tasks/{id}/finish", id_of(task), json::object{{"state", "done"}})
                .at("state")
                .as_string(),
            "done");
  step = call(200, Method::post, "/api/calls/{id}/close", id, json::object{{"outcome", "success"}, {"why", "解決"}});
  EXPECT_EQ(step.at("call").at("outcome_why").at("ja").as_string(), "解決");
  EXPECT_TRUE(step.at("call").at("rank").is_null());
  const auto undone = call(200, Method::post, "/api/calls/undo", 0, json::object{{"batch", step.at("batch")}});
  EXPECT_EQ(undone.at("restored").to_number<int>(), 1);
  EXPECT_TRUE(get("/api/calls/{id}", id).at("closed_at").is_null());
  step = call(200, Method::post, "/api/calls/{id}/snooze", id, json::object{{"until", "2026-12-01"}, {"why", "later"}});
  EXPECT_EQ(step.at("call").at("snooze").at("until").as_string(), "2026-12-01");
  EXPECT_THAT(get("/api/calls").at("items").as_array(), SizeIs(0));
  EXPECT_THAT(get("/api/calls", 0, {{"status", "snoozed"}}).at("items").as_array(), SizeIs(1));
  call(400, Method::post, "/api/calls/{id}/snooze", id, json::object{{"until", "2026-12-01"}});
  call(400, Method::post, "/api/calls/{id}/snooze", id, json::object{{"why", "later"}});
  step = call(200, Method::post, "/api/calls/{id}/feedback", id,
              json::object{{"verdict", "not_useful"}, {"why", "We knew"}});
  EXPECT_EQ(step.at("call").at("feedback").at("verdict").as_string(), "not_useful");
  call(409, Method::post, "/api/calls/{id}/reopen", id, json::object{});
  EXPECT_TRUE(call(200, Method::post, "/api/calls/{id}/follow", id, json::object{{"follows", true}})
                  .at("call")
                  .at("follows")
                  .as_bool());
}

TEST_F(Api, ShowsWhereASingleCallStandsAmongAll) {
  const auto low = id_of(open({{"severity", "low"}})), critical = id_of(open({{"severity", "critical"}}));
  EXPECT_EQ(get("/api/calls/{id}", critical).at("rank").to_number<int>(), 1);
  EXPECT_EQ(get("/api/calls/{id}", low).at("rank").to_number<int>(), 2);
  call(200, Method::post, "/api/calls/{id}/snooze", critical, json::object{{"until", "2026-12-01"}, {"why", "later"}});
  EXPECT_TRUE(get("/api/calls/{id}", critical).at("rank").is_null());
  EXPECT_EQ(get("/api/calls/{id}", low).at("rank").to_number<int>(), 1);
}

// Taking back a close takes back what it did to the tasks, but not what people did.
TEST_F(Api, TakingBackACloseOpensTheTasksThatItSkipped) {
  const auto id = id_of(open());
  const auto task = [&](const char* title) {
    return id_of(call(201, Method::post, "/api/tasks", 0, json::object{{"call_id", id}, {"title", title}}));
  };
  const auto ring = task("Ring"), write = task("Write"), visit = task("Visit");
  call(200, Method::post, "/api/tasks/{id}/finish", ring, json::object{{"state", "skipped"}, {"why", "no need"}});
  const auto step = call(200, Method::post, "/api/calls/{id}/close", id,
                         json::object{{"outcome", "success"}, {"skip_open_tasks", true}});
  call(200, Method::post, "/api/calls/undo", 0, json::object{{"batch", step.at("batch")}});
  std::map<std::int64_t, std::string> states;
  const auto shown = get("/api/calls/{id}", id);
  for (const auto& each : shown.at("task_list").as_array()) {
    states[each.at("id").to_number<std::int64_t>()] = each.at("state").as_string();
  }
  EXPECT_EQ(states, (std::map<std::int64_t, std::string>{{ring, "skipped"}, {write, "open"}, {visit, "open"}}));
}

TEST_F(Api, OpensTheSameCallForManyAccountsAtOnce) {
  json::array ids{house_->accounts[0].value, house_->accounts[1].value, house_->accounts[0].value};
  const auto wanted = [&](json::array accounts) {
    return json::object{
        {"account_ids", std::move(accounts)}, {"kind", "risk"}, {"title", "Call them"}, {"reason", "person:many"}};
  };
  const auto opened = call(200, Method::post, "/api/calls/for-accounts", 0, wanted(ids));
  EXPECT_EQ(opened.at("created").to_number<int>(), 2);
  EXPECT_THAT(opened.at("items").as_array(), SizeIs(2));
  EXPECT_EQ(get("/api/calls").at("total").to_number<int>(), 2);
  EXPECT_EQ(call(200, Method::post, "/api/calls/for-accounts", 0, wanted(ids)).at("created").to_number<int>(), 0);
  ids.push_back(999);
  call(400, Method::post, "/api/calls/for-accounts", 0, wanted(ids));
  call(400, Method::post, "/api/calls/for-accounts", 0, wanted({}));
  EXPECT_EQ(get("/api/calls").at("total").to_number<int>(), 2);
}

TEST_F(Api, ChangesManyAndSaysWhichWereLeft) {
  const auto first = id_of(open()), second = id_of(open());
  call(200, Method::post, "/api/calls/{id}/close", second, json::object{{"outcome", "lost"}});
  const json::array ids{first, second, 17};
  const auto changed = call(200, Method::post, "/api/calls/bulk", 0,
                            json::object{{"ids", ids}, {"action", "assign"}, {"assignee_id", ken.user.value}});
  EXPECT_EQ(changed.at("changed").to_number<int>(), 1);
  EXPECT_THAT(changed.at("left").as_array(), SizeIs(2));
  EXPECT_EQ(get("/api/calls", 0, {{"user", "8"}}).at("total").to_number<int>(), 1);
  call(400, Method::post, "/api/calls/bulk", 0, json::object{{"ids", ids}, {"action", "due"}});
  call(400, Method::post, "/api/calls/bulk", 0, json::object{{"ids", ids}, {"action", "dance"}});
  call(400, Method::post, "/api/calls/bulk", 0, json::object{{"ids", json::array{}}, {"action", "start"}});
  call(400, Method::post, "/api/calls/bulk", 0,
       json::object{{"ids", ids}, {"action", "assign"}, {"assignee_id", 4711}});
}

TEST_F(Api, ShowsTheDayNoticesAndTheDigest) {
  const auto id = id_of(open());
  call(201, Method::post, "/api/tasks", 0,
       json::object{{"account_id", house_->accounts[1].value}, {"title", "Today"}, {"due_day", "2026-11-20"}});
  call(201, Method::post, "/api/calls/{id}/comments", id,
       json::object{{"body", "見てください"}, {"mentions", json::array{aya.user.value}}}, {}, ken);
  const auto cockpit = get("/api/cockpit");
  EXPECT_EQ(cockpit.at("today").as_string(), "2026-11-20");
  EXPECT_THAT(cockpit.at("top_calls").as_array(), SizeIs(1));
  EXPECT_THAT(cockpit.at("days").as_array(), SizeIs(10));
  EXPECT_EQ(cockpit.at("tasks").at("due_today").to_number<int>(), 1);
  EXPECT_EQ(cockpit.at("days").at(0).at("tasks").to_number<int>(), 1);
  EXPECT_EQ(cockpit.at("notices").at("unread").to_number<int>(), 1);
  const auto notices = get("/api/notices", 0, {{"unread", "true"}});
  EXPECT_EQ(notices.at("items").at(0).at("event").as_string(), "mentioned");
  EXPECT_EQ(notices.at("items").at(0).at("account").at("name").as_string(), "Company 1");
  EXPECT_EQ(call(200, Method::post, "/api/notices/read", 0, json::object{}).at("unread").to_number<int>(), 0);
  const auto context = get("/api/calls/{id}/context", id);
  EXPECT_EQ(context.at("people").at(0).at("user").at("name").as_string(), "Aya");
  auto digest = get("/api/digest");
  EXPECT_EQ(digest.at("cadence").as_string(), "daily");
  EXPECT_EQ(digest.at("next_at").as_string(), "2026-11-23T08:00:00.000Z");  // it is nine o'clock on Friday
  digest = call(200, Method::put, "/api/digest", 0, json::object{{"cadence", "off"}});
  EXPECT_TRUE(digest.at("next_at").is_null());
  EXPECT_NE(get("/api/digest/preview").at("text").as_string().find("Call them"), std::string::npos);
  EXPECT_THAT(get("/api/calls/outcomes").at("items").as_array(), SizeIs(8));
  EXPECT_EQ(get("/api/tasks", 0, {{"overdue", "true"}}).at("total").to_number<int>(), 0);
}

}  // namespace
}  // namespace banso::work
