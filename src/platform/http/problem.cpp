#include <fmt/format.h>

#include "platform/http/http.hpp"
#include "platform/json/json.hpp"

namespace banso::platform::http {
namespace {

struct Meaning {
  core::ErrorCode code;
  int status;
  const char* word;
  core::Text title;
};

// The one place where errors become HTTP.
const Meaning& meaning_of(core::ErrorCode code) {
  static const Meaning meanings[] = {
      {core::ErrorCode::invalid, 400, "invalid", {"The request needs a correction", "入力内容をご確認ください"}},
      {core::ErrorCode::unauthenticated, 401, "unauthenticated", {"Log-in needed", "ログインが必要です"}},
      {core::ErrorCode::forbidden, 403, "forbidden", {"Not allowed", "権限がありません"}},
      {core::ErrorCode::not_found, 404, "not_found", {"Not found", "見つかりません"}},
      {core::ErrorCode::conflict, 409, "conflict", {"Conflict with the present state", "現在の状態と矛盾しています"}},
      {core::ErrorCode::too_large, 413, "too_large", {"Too large", "サイズが大きすぎます"}},
      {core::ErrorCode::limited, 429, "limited", {"Too many requests", "リクエストが多すぎます"}},
      {core::ErrorCode::unavailable, 503, "unavailable", {"Temporarily unavailable", "一時的に利用できません"}},
  };
  for (const Meaning& meaning : meanings) {
    if (meaning.code == code) return meaning;
  }
  return meanings[0];
}

Response render(const Meaning& meaning, const core::Error& error, core::Language language) {
  json::array fields;
  for (const auto& field : error.fields) {
    fields.push_back(json::object{{"field", field.field}, {"message", field.message.in(language)}});
  }
  json::object body{{"type", fmt::format("/problems/{}", meaning.word)},
                    {"title", meaning.title.in(language)},
                    {"status", meaning.status},
                    {"detail", error.message.in(language)},
                    {"code", meaning.word},
                    {"errors", std::move(fields)}};
  Response response = Response::json(json::serialize(body), meaning.status);
  response.content_type = "application/problem+json; charset=utf-8";
  return response;
}

}  // namespace

int status_of(core::ErrorCode code) {
  return meaning_of(code).status;
}

Response problem(const core::Error& error, core::Language language) {
  const Meaning& meaning = meaning_of(error.code);
  Response response = render(meaning, error, language);
  if (meaning.status == 429 || meaning.status == 503) response.headers.emplace_back("Retry-After", "5");
  return response;
}

Response defect(core::Language language) {
  static const Meaning meaning{core::ErrorCode::unavailable, 500, "defect", {"Our mistake", "サーバー側の不具合"}};
  static const core::Error error{
      core::ErrorCode::unavailable,
      {"Something went wrong on our side. It has been logged; please try again.",
       "サーバー側で問題が発生しました。記録済みですので、しばらくしてからもう一度お試しください。"},
      {}};
  return render(meaning, error, language);
}

}  // namespace banso::platform::http
