// What recipients reach by the links in their mails. Each carries a signed token; nothing else is asked for.
#include <fmt/format.h>

#include "letter.hpp"
#include "page.hpp"
#include "people.hpp"
#include "routes.hpp"

namespace banso::outreach {
namespace {

namespace http = platform::http;
using core::Language;
using core::Result;
using http::Request;
using http::Response;
using platform::records::Session;

// A whole company may sit behind one address.
constexpr int requests_per_minute = 1200;
constexpr std::size_t form_limit_bytes = 32 << 10;
constexpr std::size_t longest_comment_bytes = 8000;

constexpr unsigned char one_point_gif[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0,    0x80, 0, 0,    0, 0,
                                           0,    0xff, 0xff, 0xff, 0x21, 0xf9, 4, 1, 0, 0,    0,    0, 0x2c, 0, 0,
                                           0,    0,    1,    0,    1,    0,    0, 2, 2, 0x44, 1,    0, 0x3b};

core::Error unknown_link() {
  return core::Error::not_found({"This link is not valid, or no longer.", "このリンクは無効か、期限が切れています。"});
}

// A comment cut to its limit, at the end of a character.
std::string bounded(std::string text) {
  if (text.size() <= longest_comment_bytes) return text;
  std::size_t end = longest_comment_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

class PublicHandlers {
 public:
  PublicHandlers(std::shared_ptr<Context> context, std::function<void()> wake)
      : context_(std::move(context)), wake_(std::move(wake)), limit_(requests_per_minute) {}

  Result<Response> show_survey(const Request& request) {
    BANSO_TRY_ASSIGN(const auto asked, survey_of(request));
    const auto language = page_language(request, {}, asked.mail.language);
    if (asked.invitation.closes_at <= context_->now()) return closed_page(request, asked, language);
    const auto score = request.query_integer("score");
    return survey_page(request, asked, language,
                       score && *score ? std::optional(static_cast<int>(**score)) : std::nullopt, {}, false);
  }

  Result<Response> answer_survey(const Request& request) {
    BANSO_TRY_ASSIGN(const auto asked, survey_of(request));
    const auto form = read_form(request.body);
    const auto language = page_language(request, form, asked.mail.language);
    const auto given = form.find("score");
    const auto comment = form.contains("comment") ? bounded(form.at("comment")) : std::string();
    const int score = given == form.end() || given->second.empty() || given->second.size() > 2
                          ? -1
                          : std::atoi(given->second.c_str());
    if (score < asked.survey.first_score() || score > asked.survey.last_score()) {
      return survey_page(request, asked, language, std::nullopt, comment, true);
    }
    const auto outcome = take_answer(*context_, asked.mail.id, score, comment);
    if (outcome == AnswerOutcome::closed) return closed_page(request, asked, language);
    if (outcome == AnswerOutcome::unknown) return unknown_link();
    wake_();
    Page page = page_of(request, language, core::Text{"Thank you", "ご回答ありがとうございました"}.in(language));
    page.body_html =
        fmt::format("<p role=\"status\">{}</p><p><a href=\"{}?lang={}\">{}</a></p>",
                    escape_html(asked.survey.thanks.in(language)), escape_html(request.path),
                    core::language_tag(language), core::Text{"Change your answer", "回答を変更する"}.in(language));
    return render_page(page);
  }

  Result<Response> show_unsubscribe(const Request& request) {
    BANSO_TRY_ASSIGN(const auto mail, mail_of(request, TokenUse::unsubscribe));
    return preferences_page(request, mail, page_language(request, {}, mail.language), false);
  }

  // RFC 8058: the mail programme posts List-Unsubscribe=One-Click and shows nobody the answer.
  Result<Response> unsubscribe_or_set(const Request& request) {
    BANSO_TRY_ASSIGN(const auto mail, mail_of(request, TokenUse::unsubscribe));
    const auto form = read_form(request.body);
    const auto language = page_language(request, form, mail.language);
    if (form.contains("List-Unsubscribe") || request.body.find("List-Unsubscribe=One-Click") != std::string::npos) {
      unsubscribe(*context_, mail, "one click (List-Unsubscribe)");
    } else if (form.contains("all")) {
      Wishes none;
      for (const auto topic : {Purpose::service, Purpose::promotion, Purpose::survey}) none.topics[topic] = false;
      set_wishes(*context_, mail, none, "page behind the link of a mail");
    } else {
      Wishes wishes;
      for (const auto topic : {Purpose::service, Purpose::promotion, Purpose::survey}) {
        wishes.topics[topic] = form.contains(std::string(word_of(topic)));
      }
      set_wishes(*context_, mail, wishes, "page behind the link of a mail");
    }
    wake_();
    return preferences_page(request, mail, language, true);
  }

  Result<Response> click(const Request& request) {
    BANSO_TRY_ASSIGN(const auto token, token_of(request, TokenUse::click));
    const auto url = context_->from.records->read(
        [&](Session& session) { return store::link(session, MailId{token.mail}, token.number); });
    if (!url) return unknown_link();
    if (context_->settings().tracks_clicks) note(MailId{token.mail}, "clicked_at_us", "clicked", Happening::clicked);
    Response response;
    response.status = 302;
    response.headers = {{"Location", *url}, {"Referrer-Policy", "no-referrer"}, {"Cache-Control", "no-store"}};
    return response;
  }

  Result<Response> open(const Request& request) {
    BANSO_TRY_ASSIGN(const auto token, token_of(request, TokenUse::open));
    if (context_->settings().tracks_opens) note(MailId{token.mail}, "opened_at_us", "opened", Happening::opened);
    auto response = Response::text({reinterpret_cast<const char*>(one_point_gif), sizeof one_point_gif}, "image/gif");
    response.headers = {{"Cache-Control", "no-store"}};
    return response;
  }

 private:
  struct Asked {
    MailRecord mail;
    Invitation invitation;
    SurveyBody survey;
  };

  Result<Token> token_of(const Request& request, TokenUse use) {
    if (!limit_.admit(request.remote_address, core::now())) {
      return core::Error::limited(
          {"Too many requests. Try again in a minute.", "アクセスが集中しています。1分ほどしてからお試しください。"});
    }
    const auto token = context_->tokens().verify(use, request.parameters.at("token"));
    if (!token) return unknown_link();
    return *token;
  }

  Result<MailRecord> mail_of(const Request& request, TokenUse use) {
    BANSO_TRY_ASSIGN(const auto token, token_of(request, use));
    auto mail =
        context_->from.records->read([&](Session& session) { return store::find(session, MailId{token.mail}); });
    if (!mail) return unknown_link();
    return *mail;
  }

  Result<Asked> survey_of(const Request& request) {
    BANSO_TRY_ASSIGN(auto mail, mail_of(request, TokenUse::survey));
    const auto invitation =
        context_->from.records->read([&](Session& session) { return store::invitation(session, mail.id); });
    if (!invitation) return unknown_link();
    BANSO_TRY_ASSIGN(const auto body, context_->body(survey_kind, invitation->survey, invitation->version));
    return Asked{std::move(mail), *invitation, read_survey_body(body.text)};
  }

  void note(MailId mail, std::string_view column, std::string_view event, Happening happening) {
    const auto now = context_->now();
    const bool is_first = context_->from.records->write([&](Session& session) {
      if (!store::find(session, mail) || !store::mark_first(session, mail, column, now)) return false;
      store::add_event(session, mail, now, event, {});
      store::add_untold(session, mail, happening, now);
      return true;
    });
    if (is_first) wake_();
  }

  Page page_of(const Request& request, Language language, std::string title) const {
    auto company = context_->settings().sender_name.in(language);
    if (company.empty()) company = context_->from.surroundings.workspace_name();
    return {language, std::move(company), std::move(title), {}, request.path, 200};
  }

  Response closed_page(const Request& request, const Asked& asked, Language language) const {
    Page page = page_of(request, language, asked.survey.mail.name.in(language));
    page.body_html = fmt::format("<p role=\"status\">{}</p>",
                                 core::Text{"This survey is closed. Thank you for your interest.",
                                            "このアンケートは受付を終了しました。ありがとうございました。"}
                                     .in(language));
    return render_page(page);
  }

  Response survey_page(const Request& request, const Asked& asked, Language language, std::optional<int> score,
                       const std::string& comment, bool lacks_score) const {
    const auto& survey = asked.survey;
    constexpr int none = -1;
    const int answered = asked.invitation.score ? static_cast<int>(*asked.invitation.score) : none;
    const int chosen = score.value_or(answered);
    std::string cells;
    for (int each = survey.first_score(); each <= survey.last_score(); ++each) {
      cells +=
          fmt::format("<label><input type=\"radio\" name=\"score\" value=\"{0}\" required{1}><span>{0}</span></label>",
                      each, chosen == each ? " checked" : "");
    }
    const auto ends = survey.low.in(language).empty()
                          ? std::string()
                          : fmt::format("<div class=\"ends\"><span>{}: {}</span><span>{}: {}</span></div>",
                                        survey.first_score(), escape_html(survey.low.in(language)), survey.last_score(),
                                        escape_html(survey.high.in(language)));
    const auto asks_why = survey.comment_question.in(language).empty()
                              ? core::Text{"Comment (optional)", "コメント(任意)"}.in(language)
                              : survey.comment_question.in(language);
    const auto fault =
        lacks_score ? fmt::format("<p class=\"error\" role=\"alert\">{}</p>",
                                  core::Text{"Please choose a number.", "評価を1つ選んでください。"}.in(language))
                    : std::string();
    Page page = page_of(request, language, survey.mail.name.in(language));
    page.status = lacks_score ? 400 : 200;
    page.body_html = fmt::format(
        "<form method=\"post\" action=\"{}\">{}<input type=\"hidden\" name=\"lang\" "
        "value=\"{}\"><fieldset><legend>{}</legend>"
        "<div class=\"scores\">{}</div>{}</fieldset><label class=\"block\" for=\"comment\">{}</label><textarea "
        "id=\"comment\" "
        "name=\"comment\" maxlength=\"2000\">{}</textarea><p><button type=\"submit\">{}</button></p></form>",
        escape_html(request.path), fault, core::language_tag(language), escape_html(survey.question.in(language)),
        cells, ends, escape_html(asks_why), escape_html(comment.empty() ? asked.invitation.comment : comment),
        core::Text{"Send the answer", "回答を送信する"}.in(language));
    return render_page(page);
  }

  Response preferences_page(const Request& request, const MailRecord& mail, Language language, bool is_saved) const {
    const auto wishes = wishes_of(*context_, mail.address);
    const auto words = [&](Purpose topic) {
      switch (topic) {
        case Purpose::promotion:
          return core::Text{"News and offers", "新機能・イベントなどのご案内"}.in(language);
        case Purpose::survey:
          return core::Text{"Surveys", "アンケートのお願い"}.in(language);
        case Purpose::service:
          break;
      }
      return core::Text{"Help with using the service", "ご利用に関するご連絡・活用支援"}.in(language);
    };
    std::string boxes;
    for (const auto& [topic, wanted] : wishes.topics) {
      boxes += fmt::format(
          "<label class=\"check\"><input type=\"checkbox\" name=\"{}\" value=\"1\"{}><span>{}</span></label>",
          word_of(topic), wanted ? " checked" : "", words(topic));
    }
    const auto saved = is_saved ? fmt::format("<p role=\"status\"><strong>{}</strong></p>",
                                              core::Text{"Saved. This is what you will receive from now on.",
                                                         "保存しました。今後は次の設定でお送りします。"}
                                                  .in(language))
                                : std::string();
    Page page = page_of(request, language, core::Text{"What you receive from us", "メールの受信設定"}.in(language));
    page.body_html = fmt::format(
        "{}<p>{} <strong>{}</strong></p><form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"lang\" "
        "value=\"{}\">"
        "<fieldset><legend>{}</legend>{}</fieldset><button type=\"submit\">{}</button><button class=\"plain\" "
        "type=\"submit\" "
        "name=\"all\" value=\"1\">{}</button></form>",
        saved, core::Text{"Address:", "メールアドレス:"}.in(language), escape_html(mail.address),
        escape_html(request.path), core::language_tag(language), core::Text{"Send me", "受信する内容"}.in(language),
        boxes, core::Text{"Save", "保存する"}.in(language),
        core::Text{"Stop all of these", "すべて停止する"}.in(language));
    return render_page(page);
  }

  std::shared_ptr<Context> context_;
  std::function<void()> wake_;
  RateLimit limit_;
};

}  // namespace

http::Routes make_public_routes(std::shared_ptr<Context> context, std::function<void()> wake) {
  const auto handlers = std::make_shared<PublicHandlers>(std::move(context), std::move(wake));
  const auto to = [&](Result<Response> (PublicHandlers::*method)(const Request&)) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  using http::Method;
  using http::Permission;
  return {
      {Method::get, "/survey/{token}", Permission::anyone, to(&PublicHandlers::show_survey)},
      {Method::post, "/survey/{token}", Permission::anyone, to(&PublicHandlers::answer_survey), form_limit_bytes},
      {Method::get, "/unsubscribe/{token}", Permission::anyone, to(&PublicHandlers::show_unsubscribe)},
      {Method::post, "/unsubscribe/{token}", Permission::anyone, to(&PublicHandlers::unsubscribe_or_set),
       form_limit_bytes},
      {Method::get, "/m/c/{token}", Permission::anyone, to(&PublicHandlers::click)},
      {Method::get, "/m/o/{token}", Permission::anyone, to(&PublicHandlers::open)},
  };
}

}  // namespace banso::outreach
