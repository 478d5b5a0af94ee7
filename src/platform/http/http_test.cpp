#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "platform/http/dispatcher.hpp"
#include "platform/http/url.hpp"

namespace banso::platform::http {
namespace {

core::Result<Response> hello(const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  return Response::json(std::to_string(id));
}

Dispatcher make_dispatcher(const std::optional<core::Caller>& caller) {
  Routes routes{
      {Method::get, "/api/things/{id}", Permission::read_only, hello},
      {Method::get, "/api/things/newest", Permission::anyone,
       [](const Request&) -> core::Result<Response> { return Response::json("0"); }},
      {Method::post, "/api/things/{id}", Permission::csm, hello, 10},
      {Method::post, "/v1/track", Permission::write_key,
       [](const Request&) -> core::Result<Response> { return Response::json("{}"); }},
      {Method::get, "/v1/track", Permission::write_key,
       [](const Request&) -> core::Result<Response> {
         return core::Error::limited({"Wait.", "お待ちください。"});
       }},
      {Method::get, "/api/broken", Permission::anyone,
       [](const Request&) -> core::Result<Response> { throw std::runtime_error("secret"); }},
  };
  return Dispatcher(
      std::move(routes), [caller](const Request&) { return caller; }, nullptr);
}

Request get(std::string path) {
  Request request;
  request.path = std::move(path);
  return request;
}

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return {};
}

core::Caller caller(core::Role role) {
  return {core::UserId{1}, "someone", role, core::Language::ja};
}

TEST(Dispatcher, PrefersFixedWordsAndReadsParameters) {
  const auto dispatcher = make_dispatcher(caller(core::Role::read_only));
  EXPECT_EQ(dispatcher.answer("GET", get("/api/things/newest")).body, "0");
  EXPECT_EQ(dispatcher.answer("GET", get("/api/things/42")).body, "42");
  EXPECT_EQ(dispatcher.answer("GET", get("/api/things/x")).status, 404);
  EXPECT_EQ(dispatcher.answer("GET", get("/api/nothing")).status, 404);
  EXPECT_EQ(dispatcher.answer("DELETE", get("/api/things/42")).status, 405);
  EXPECT_EQ(dispatcher.answer("TRACE", get("/api/things/42")).status, 405);
}

TEST(Dispatcher, DeniesByDefault) {
  EXPECT_EQ(make_dispatcher(std::nullopt).answer("GET", get("/api/things/42")).status, 401);
  const Response refused = make_dispatcher(caller(core::Role::read_only)).answer("POST", get("/api/things/42"));
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("権限"), std::string::npos);
}

TEST(Dispatcher, WantsTheForgeryTokenForChanges) {
  const auto dispatcher = make_dispatcher(caller(core::Role::csm));
  Request request = get("/api/things/42");
  EXPECT_EQ(dispatcher.answer("POST", request).status, 403);
  request.headers["cookie"] = "a=b; banso_csrf=token";
  EXPECT_EQ(dispatcher.answer("POST", request).status, 403);
  request.headers["x-csrf-token"] = "token";
  EXPECT_EQ(dispatcher.answer("POST", request).status, 200);
  request.body = std::string(11, 'x');
  EXPECT_EQ(dispatcher.answer("POST", request).status, 413);
}

TEST(Dispatcher, AnswersBrowsersOfOtherSitesOnIntakeOnly) {
  const auto dispatcher = make_dispatcher(std::nullopt);
  const Response preflight = dispatcher.answer("OPTIONS", get("/v1/track"));
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(header_of(preflight, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header_of(preflight, "Access-Control-Allow-Methods"), "GET, POST, OPTIONS");
  EXPECT_EQ(dispatcher.answer("OPTIONS", get("/api/things/1")).status, 405);
}

TEST(Dispatcher, LetsBrowsersReadTheErrorsOfTheIntake) {
  const auto dispatcher = make_dispatcher(std::nullopt);
  for (const auto& [method, path] : {std::pair("GET", "/v1/track"), std::pair("PUT", "/v1/track")}) {
    const Response response = dispatcher.answer(method, get(path));
    EXPECT_GE(response.status, 400) << method;
    EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*") << method;
  }
  Request large = get("/v1/track");
  large.body = std::string((1 << 20) + 1, 'x');
  const Response refused = dispatcher.answer("POST", large);
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(header_of(refused, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header_of(dispatcher.answer("GET", get("/api/broken")), "Access-Control-Allow-Origin"), "");
}

TEST(Dispatcher, AsksNobodyWhoSendsEvents) {
  int asked = 0;
  const Dispatcher dispatcher(
      {{Method::post, "/v1/track", Permission::write_key,
        [](const Request&) -> core::Result<Response> { return Response::json("{}"); }}},
      [&](const Request&) {
        ++asked;
        return std::optional<core::Caller>();
      },
      nullptr);
  EXPECT_EQ(dispatcher.answer("POST", get("/v1/track")).status, 200);
  EXPECT_EQ(asked, 0);
}

TEST(Dispatcher, KeepsCustomersAndUsApart) {
  std::optional<core::Customer> customer;
  Routes routes;
  for (const Method method : {Method::get, Method::post}) {
    routes.push_back(
        {method, "/portal/api/plan", Permission::customer, [](const Request& request) -> core::Result<Response> {
           EXPECT_FALSE(request.caller.user);
           return Response::json(std::to_string(request.customer->account.value));
         }});
  }
  routes.push_back({Method::get, "/api/ours", Permission::read_only, hello});
  const Dispatcher dispatcher(
      std::move(routes), [](const Request&) { return caller(core::Role::admin); }, nullptr,
      [&customer](const Request&) { return customer; });

  EXPECT_EQ(dispatcher.answer("GET", get("/portal/api/plan")).status, 401) << "an administrator is no customer";
  customer = core::Customer{core::ContactId{7}, core::AccountId{42}, "田中", core::Language::ja, {}};
  EXPECT_EQ(dispatcher.answer("GET", get("/portal/api/plan")).body, "42");

  Request post = get("/portal/api/plan");
  EXPECT_EQ(dispatcher.answer("POST", post).status, 403) << "without the protection token";
  post.headers.add("cookie", "banso_csrf=a; banso_portal_csrf=b");
  post.headers.add("x-csrf-token", "a");
  EXPECT_EQ(dispatcher.answer("POST", post).status, 403) << "with the token of the other log-in";
  post.headers = {};
  post.headers.add("cookie", "banso_portal_csrf=b");
  post.headers.add("x-csrf-token", "b");
  EXPECT_EQ(dispatcher.answer("POST", post).status, 200);

  customer->viewed_by = core::UserId{1};
  EXPECT_EQ(dispatcher.answer("GET", get("/portal/api/plan")).status, 200);
  EXPECT_EQ(dispatcher.answer("POST", post).status, 403) << "one of us looks, and does nothing";
}

TEST(Dispatcher, TellsNothingOfItsInsides) {
  const Response response = make_dispatcher(std::nullopt).answer("GET", get("/api/broken"));
  EXPECT_EQ(response.status, 500);  // not 503: the same request would fail the same way again
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(Problem, SaysWhenToTryAgain) {
  EXPECT_EQ(header_of(problem(core::Error::limited({"", ""}), core::Language::en), "Retry-After"), "5");
  EXPECT_EQ(header_of(problem(core::Error::unavailable({"", ""}), core::Language::en), "Retry-After"), "5");
  EXPECT_EQ(header_of(problem(core::Error::conflict({"", ""}), core::Language::en), "Retry-After"), "");
}

TEST(StaticFiles, HaveAPageOfTheirOwnForCustomers) {
  const auto folder = std::filesystem::temp_directory_path() / "banso_static_files_portal_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "index.html") << "ours";
  std::ofstream(folder / "portal.html") << "theirs";
  const StaticFiles files(folder);
  for (const auto* path : {"/portal", "/portal/", "/portal/plan"})
    EXPECT_EQ(files.find(get(path))->body, "theirs") << path;
  EXPECT_EQ(files.find(get("/portals"))->body, "ours");
  const Dispatcher dispatcher(
      {}, [](const Request&) { return std::nullopt; }, std::make_shared<StaticFiles>(folder));
  EXPECT_EQ(dispatcher.answer("GET", get("/portal/api/nothing")).status, 404);
  EXPECT_EQ(dispatcher.answer("GET", get("/portal/nothing")).status, 200);
  std::filesystem::remove_all(folder);
}

TEST(StaticFiles, ServesFilesAndFallsBackToTheUi) {
  const auto folder = std::filesystem::temp_directory_path() / "banso-static-files-test";
  std::filesystem::create_directories(folder / "assets");
  std::ofstream(folder / "index.html") << "<html>";
  std::ofstream(folder / "assets/app.js") << "js";
  const StaticFiles files(folder);
  EXPECT_EQ(files.find(get("/"))->body, "<html>");
  EXPECT_EQ(files.find(get("/accounts/3"))->body, "<html>");
  EXPECT_EQ(files.find(get("/assets/app.js"))->body, "js");
  EXPECT_FALSE(files.find(get("/assets/none.js")));
  EXPECT_FALSE(files.find(get("/../etc/passwd")));
  Request again = get("/assets/app.js");
  again.headers["if-none-match"] = files.find(again)->headers[0].second;
  EXPECT_EQ(files.find(again)->status, 304);
  std::filesystem::remove_all(folder);
}

TEST(RouteTable, FindsTheMostFixedPatternForEachMethod) {
  const auto nothing = [](const Request&) -> core::Result<Response> { return Response::no_content(); };
  const RouteTable table({{Method::get, "/a/{id}", Permission::anyone, nothing},
                          {Method::patch, "/a/{id}", Permission::anyone, nothing},
                          {Method::get, "/a/new", Permission::anyone, nothing},
                          {Method::get, "/a/{id}/{part}", Permission::anyone, nothing},
                          {Method::get, "/a/{id}/all", Permission::anyone, nothing}});
  EXPECT_EQ(table.find("/a/new").of(Method::get)->pattern, "/a/new");
  EXPECT_EQ(table.find("/a/new").of(Method::patch)->pattern, "/a/{id}");
  EXPECT_EQ(table.find("/a/new").parameters.at("id"), "new");
  EXPECT_EQ(table.find("/a/1/all").of(Method::get)->pattern, "/a/{id}/all");
  EXPECT_EQ(table.find("/a/1/x").parameters.at("part"), "x");
  EXPECT_FALSE(table.find("/a").known());
  EXPECT_FALSE(table.find("").known());
  EXPECT_FALSE(table.find("/a/1/all/").known());
  EXPECT_EQ(table.find("/a/new").methods(), "GET, PATCH, OPTIONS");
}

TEST(Url, DecodesPathAndQuery) {
  const Target target = parse_target("/a%2Fb/%E4%BC%9A?name=x+y&name=%26&empty=&=none&flag#part");
  EXPECT_EQ(target.path, "/a/b/会");
  EXPECT_EQ(target.query.at("name"), "&");
  EXPECT_EQ(target.query.at("empty"), "");
  EXPECT_EQ(target.query.at("flag"), "");
  EXPECT_EQ(target.query.size(), 3u);
  EXPECT_EQ(parse_target("/100%/%4").path, "/100%/%4");
}

TEST(Headers, JoinRepeatedFields) {
  Headers headers;
  headers.add("accept", "a");
  headers.add("accept", "b");
  headers.add("cookie", "x=1");
  headers.add("cookie", "y=2");
  EXPECT_EQ(headers["accept"], "a, b");
  EXPECT_EQ(headers["cookie"], "x=1; y=2");
  EXPECT_EQ(headers.find("host"), nullptr);
}

TEST(Request, ReadsCookiesAndPages) {
  Request request;
  request.headers["cookie"] = "first=1; second=two=2";
  EXPECT_EQ(request.cookie("second"), "two=2");
  EXPECT_EQ(request.cookie("irs"), "");
  request.query["limit"] = "5000";
  EXPECT_EQ(request.page().error().fields.front().field, "limit");
}

}  // namespace
}  // namespace banso::platform::http
