// What the routes answer, called as the server calls them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "org_fixture.hpp"
#include "platform/json/json.hpp"

namespace banso::org {
namespace {

namespace json = platform::json;
using platform::http::Method;

class OrgRoutes : public OrgFixture {
 protected:
  core::Result<json::value> call(Method method, const std::string& pattern,
                                 std::map<std::string, std::string> parameters = {}, const std::string& body = "",
                                 const core::Caller& caller = leader) {
    for (const auto& route : org->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      platform::http::Request request;
      request.method = method;
      request.parameters = std::move(parameters);
      request.body = body;
      request.caller = caller;
      const auto response = route.handler(request);
      if (!response) return core::Error(response.error());
      return response->body.empty() ? json::value(nullptr) : json::parse(response->body).value();
    }
    ADD_FAILURE() << "no route " << pattern;
    return core::Error::not_found({"", ""});
  }
};

std::string text(const json::value& value) {
  return std::to_string(value.as_int64());
}

TEST_F(OrgRoutes, TeamsAreMadeChangedAndDeleted) {
  const auto made =
      call(
          Method::post, "/api/teams", {},
          R"({"name":{"en":"SMB","ja":"中小"},"direction":"size","members":[{"user_id":1,"lead":true},{"user_id":2}]})")
          .value();
  EXPECT_EQ(made.at("key"), "smb");
  const std::map<std::string, std::string> path{{"id", text(made.at("id"))}};
  const auto changed = call(Method::patch, "/api/teams/{id}", path, R"({"members":[{"user_id":2}]})").value();
  EXPECT_EQ(changed.at("name").at("ja"), "中小") << "what is absent stays";
  EXPECT_EQ(changed.at("members").as_array().size(), 1u);
  EXPECT_EQ(call(Method::get, "/api/teams", {}, "", {{2}, "Two", core::Role::csm, core::Language::en})->at("mine"),
            (json::array{2}));
  EXPECT_EQ(call(Method::patch, "/api/teams/{id}", path, R"({"name":{"ja":" "}})").error().fields.front().field,
            "name.ja");
  EXPECT_TRUE(call(Method::del, "/api/teams/{id}", path));
  EXPECT_EQ(call(Method::del, "/api/teams/{id}", path).error().code, core::ErrorCode::not_found);
}

TEST_F(OrgRoutes, ModelsArePreviewedAgainstThePublishedOnes) {
  put(1, "adoption");
  put(2, "onboarding");
  evaluate();
  ASSERT_TRUE(define(engagement_model_kind, "rest", model(all(), 90)));
  catch_up();
  const auto preview = call(Method::post, "/api/engagement-models/preview", {},
                            R"({"key":"new","body":)" + model(phase_is("onboarding"), 5) + "}")
                           .value();
  EXPECT_EQ(preview.at("moving"), 1);
  EXPECT_EQ(preview.at("items").at(0).at("key"), "new");
  EXPECT_EQ(preview.at("items").at(1).at("before").at("accounts"), 2);
  EXPECT_EQ(preview.at("items").at(1).at("after").at("accounts"), 1);
  EXPECT_EQ(preview.at("sample").at(0).at("name"), "Company 2");
  const auto list = call(Method::get, "/api/engagement-models").value();
  EXPECT_EQ(list.at("items").at(0).at("now").at("accounts"), 2);
  EXPECT_TRUE(list.at("items").at(0).at("fault").is_null());
}

TEST_F(OrgRoutes, AssignmentsAreShownStartedListedAndUndone) {
  put(1, "adoption");
  put(2, "adoption");
  evaluate();
  const auto body = R"({"body":)" + rule(R"("method":"round_robin","candidates":{"users":[1,2]})");
  const auto plan = call(Method::post, "/api/assignments/preview", {}, body + "}").value();
  EXPECT_EQ(plan.at("moving"), 2);
  EXPECT_EQ(plan.at("people").at(0).at("after").at("accounts"), 1);
  EXPECT_TRUE(plan.at("moves").at(0).at("from").is_null());
  const auto basis = std::string(plan.at("basis").as_string());
  const auto begun =
      call(Method::post, "/api/assignments", {}, body + R"(,"basis":")" + basis + R"(","why":"x"})").value();
  EXPECT_EQ(begun.at("state"), "waiting");
  const std::map<std::string, std::string> path{{"id", text(begun.at("id"))}};
  EXPECT_EQ(call(Method::post, "/api/assignments/{id}/undo", path).error().code, core::ErrorCode::conflict);
  ASSERT_TRUE(
      org->assignments.carry_out(begun.at("id").as_int64(), leader, [](std::int64_t, std::int64_t) { return true; }));
  EXPECT_EQ(call(Method::get, "/api/assignments/{id}", path)->at("state"), "done");
  EXPECT_EQ(call(Method::get, "/api/assignments")->at("total"), 1);
  EXPECT_EQ(call(Method::post, "/api/assignments/{id}/undo", path)->at("restored"), 2);
}

TEST_F(OrgRoutes, RolesAbsencesAndCapacitiesAreWritten) {
  put(1, "adoption", 1);
  evaluate();
  const std::map<std::string, std::string> path{{"id", std::to_string(id_of(1).value)}, {"role", "support"}};
  const auto people = call(Method::put, "/api/accounts/{id}/roles/{role}", path, R"({"user_id":3,"why":"x"})", csm);
  EXPECT_EQ(people->at("roles").at(2).at("user").at("id"), 3);
  EXPECT_EQ(people->at("roles").as_array().size(), account_role_count);
  EXPECT_FALSE(call(Method::put, "/api/accounts/{id}/roles/{role}", path, R"({})", csm));
  const auto away = call(Method::post, "/api/absences", {},
                         R"({"user_id":3,"from_day":"2026-04-01","until_day":"2026-04-05","substitute_id":4})");
  EXPECT_EQ(away->at("substitute").at("id"), 4);
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}/roles", path)->at("roles").at(2).at("stood_in_by").at("id"), 4);
  EXPECT_EQ(call(Method::get, "/api/absences")->at("items").as_array().size(), 1u);
  EXPECT_TRUE(call(Method::put, "/api/workload/{user_id}", {{"user_id", "1"}},
                   R"({"accounts":1,"arr_minor":null,"effort":null})"));
  const auto load = call(Method::get, "/api/workload").value();
  EXPECT_EQ(load.at("items").at(0).at("share").to_number<double>(), 1.0);
}

TEST_F(OrgRoutes, HandoversAreTickedOffAndCompleted) {
  put(1, "adoption", 1);
  evaluate();
  const auto begun = call(Method::post, "/api/handovers", {},
                          R"({"from_user_id":1,"to_user_id":2,"accounts":[)" + std::to_string(id_of(1).value) +
                              R"(],"items":[{"en":"Call","ja":"電話"}]})",
                          csm)
                         .value();
  std::map<std::string, std::string> path{{"id", text(begun.at("id"))},
                                          {"item_id", text(begun.at("checklist").at(0).at("id"))},
                                          {"account_id", std::to_string(id_of(1).value)}};
  EXPECT_EQ(call(Method::post, "/api/handovers/{id}/complete", path, "", csm).error().code, core::ErrorCode::conflict);
  EXPECT_TRUE(call(Method::patch, "/api/handovers/{id}/items/{item_id}", path, R"({"done":true})", csm));
  const auto noted = call(Method::patch, "/api/handovers/{id}/accounts/{account_id}", path,
                          R"({"introduced":true,"note":"likes tea"})", csm);
  EXPECT_EQ(noted->at("accounts").at(0).at("note"), "likes tea");
  EXPECT_FALSE(noted->at("accounts").at(0).at("introduced_at").is_null());
  EXPECT_EQ(call(Method::post, "/api/handovers/{id}/complete", path, "", csm)->at("state"), "completed");
  EXPECT_EQ(owners().at(1), 2);
  const auto list = call(Method::get, "/api/handovers").value();
  EXPECT_EQ(list.at("items").at(0).at("items_done"), 1);
  EXPECT_EQ(call(Method::post, "/api/handovers/{id}/cancel", path, "", csm).error().code, core::ErrorCode::conflict);
  EXPECT_GT(call(Method::get, "/api/handovers/checklist")->at("items").as_array().size(), 3u);
}

}  // namespace
}  // namespace banso::org
