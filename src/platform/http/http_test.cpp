#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "platform/http/dispatcher.hpp"

namespace banso::platform::http {
namespace {

core::Result<Response> hello(const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  return Response::json(std::to_string(id));
}

Dispatcher make_dispatcher(std::optional<core::Caller> caller) {
  Routes routes{
      {Method::get, "/api/things/{id}", Permission::read_only, hello},
      {Method::get, "/api/things/newest", Permission::anyone,
       [](const Request&) -> core::Result<Response> { return Response::json("0"); }},
      {Method::post, "/api/things/{id}", Permission::csm, hello, 10},
      {Method::post, "/v1/track", Permission::write_key,
       [](const Request&) -> core::Result<Response> { return Response::json("{}"); }},
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
  EXPECT_EQ(dispatcher.answer("OPTIONS", get("/v1/track")).status, 204);
  EXPECT_EQ(dispatcher.answer("OPTIONS", get("/api/things/1")).status, 405);
}

TEST(Dispatcher, TellsNothingOfItsInsides) {
  const Response response = make_dispatcher(std::nullopt).answer("GET", get("/api/broken"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
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
