#include "composer.hpp"

#include <fmt/format.h>

namespace banso::outreach {
namespace {

std::set<std::string> all_fields(const std::string& subject, const std::string& body) {
  std::set<std::string> fields;
  for (const auto* text : {&subject, &body}) {
    if (auto used = fields_of(*text)) fields.merge(*used);
  }
  return fields;
}

core::Text why_sent(Purpose purpose) {
  switch (purpose) {
    case Purpose::promotion:
      return {"You get this mail because you agreed to receive news from us.",
              "本メールは、当社からのご案内の受信に同意いただいた方にお送りしています。"};
    case Purpose::survey:
      return {"You get this mail because we ask those who use our service.",
              "本メールは、当社サービスをご利用の方にアンケートへのご協力をお願いするものです。"};
    case Purpose::service:
      break;
  }
  return {"You get this mail because your company uses our service.",
          "本メールは、当社サービスのご利用に関するご連絡です。"};
}

Footer footer_for(const Context& context, Purpose purpose, core::Language language,
                  const std::string& unsubscribe_url) {
  const auto settings = context.settings();
  Footer footer;
  footer.sender_name = settings.sender_name.in(language).empty() ? context.from.surroundings.workspace_name()
                                                                 : settings.sender_name.in(language);
  footer.sender_address = settings.sender_address.in(language);
  footer.sender_contact = settings.sender_contact;
  footer.why = why_sent(purpose).in(language);
  footer.unsubscribe_url = unsubscribe_url;
  return footer;
}

// Links of ours go into Markdown as they are; all else is escaped, so that no value can become markup.
std::string into_markdown(const std::string& value, const std::string& survey_link) {
  return !survey_link.empty() && value == survey_link ? "<" + value + ">" : escape_markdown(value);
}

std::string score_row(const SurveyBody& survey, const std::string& link, core::Language language) {
  if (link.empty()) return {};
  std::string cells;
  for (int score = survey.first_score(); score <= survey.last_score(); ++score) {
    cells += fmt::format(
        "<a href=\"{}?score={}&amp;lang={}\" style=\"display:inline-block;min-width:28px;padding:8px 6px;margin:2px;"
        "border:1px solid #9ca3af;border-radius:6px;text-align:center;text-decoration:none;color:#1f2933\">{}</a>",
        escape_html(link), score, core::language_tag(language), score);
  }
  const auto ends = survey.low.in(language).empty()
                        ? std::string()
                        : fmt::format("<br><span style=\"color:#4b5563;font-size:13px\">{} = {} / {} = {}</span>",
                                      survey.first_score(), escape_html(survey.low.in(language)), survey.last_score(),
                                      escape_html(survey.high.in(language)));
  return fmt::format("<p><strong>{}</strong></p><p>{}{}</p>\n", escape_html(survey.question.in(language)), cells, ends);
}

// 「鈴木 花子(株式会社ベンダー)」: whoever the mail is from, the company stands beside the name.
std::string with_company(const std::string& sender, const std::string& company, core::Language language) {
  if (sender == company || company.empty()) return sender;
  return language == core::Language::ja ? fmt::format("{}({})", sender, company)
                                        : fmt::format("{} ({})", sender, company);
}

struct Sheet {
  MailBody mail;
  std::string survey_link;
};

Composed fill(const Context& context, const ComposeOptions& options, const Sheet& sheet, const Values& values) {
  const auto settings = context.settings();
  const bool is_real = static_cast<bool>(options.mail);
  Composed composed;
  const auto subject = merge(sheet.mail.subject.in(options.language), values, one_line);
  const auto body = merge(sheet.mail.body.in(options.language), values,
                          [&](const std::string& value) { return into_markdown(value, sheet.survey_link); });
  composed.subject = one_line(subject.text);
  composed.missing = subject.missing;
  composed.missing.insert(body.missing.begin(), body.missing.end());
  const Token token{options.mail.value, 0};
  if (context.has_links()) {
    composed.unsubscribe_url = is_real ? context.link("/unsubscribe/", TokenUse::unsubscribe, token)
                                       : context.from.public_url + "/unsubscribe/preview";
  }
  LetterOptions letter;
  letter.language = options.language;
  letter.title = composed.subject;
  letter.footer = footer_for(context, sheet.mail.purpose, options.language, composed.unsubscribe_url);
  if (options.kind == survey_kind) {
    letter.score_row_html = score_row(read_survey_body(options.body), sheet.survey_link, options.language);
  }
  if (is_real && settings.tracks_clicks && context.has_links()) {
    letter.link = [&](const std::string& url) {
      if (url.starts_with(context.from.public_url)) return url;
      composed.links.push_back(url);
      const auto number = static_cast<std::int32_t>(composed.links.size() - 1);
      return context.link("/m/c/", TokenUse::click, {options.mail.value, number});
    };
  }
  if (is_real && settings.tracks_opens && context.has_links()) {
    letter.pixel_url = context.link("/m/o/", TokenUse::open, token);
  }
  composed.letter = make_letter(body.text, letter);
  return composed;
}

}  // namespace

Composed compose(const Context& context, const Recipient& recipient, const ComposeOptions& options) {
  Sheet sheet{read_mail_body(options.kind, options.body), {}};
  const auto sender_id = options.sender ? options.sender : recipient.owner;
  const auto sender = context.sender(sender_id);
  const auto owner = context.sender(recipient.owner);
  if (options.kind == survey_kind && context.has_links()) {
    const auto asked = options.invitation ? options.invitation : options.mail;
    sheet.survey_link = asked ? context.link("/survey/", TokenUse::survey, {asked.value, 0})
                              : context.from.public_url + "/survey/preview";
  }
  ValueSources sources;
  sources.recipient = &recipient;
  sources.language = options.language;
  sources.vendor_name = context.settings().sender_name.in(options.language);
  if (sources.vendor_name.empty()) sources.vendor_name = context.from.surroundings.workspace_name();
  sources.sender_name = sender ? sender->name : sources.vendor_name;
  sources.sender_email = sender ? sender->email : std::string();
  sources.owner_name = owner ? owner->name : recipient.owner_name;
  sources.owner_email = owner ? owner->email : std::string();
  sources.survey_link = sheet.survey_link;
  sources.values = options.values;
  sources.book = context.from.health->evaluated_book();
  const auto fields = all_fields(sheet.mail.subject.in(options.language), sheet.mail.body.in(options.language));
  auto composed = fill(context, options, sheet, values_for(fields, sources));
  composed.sender_name = with_company(sources.sender_name, sources.vendor_name, options.language);
  return composed;
}

Composed compose_sample(const Context& context, const ComposeOptions& options) {
  Sheet sheet{read_mail_body(options.kind, options.body), {}};
  const auto catalogue = context.from.health->condition_fields();
  const auto fields = all_fields(sheet.mail.subject.in(options.language), sheet.mail.body.in(options.language));
  auto values = sample_values(fields, *catalogue, options.language);
  sheet.survey_link = values["survey.link"];
  return fill(context, options, sheet, values);
}

}  // namespace banso::outreach
