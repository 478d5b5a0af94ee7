#include "page.hpp"

#include <fmt/format.h>

#include "letter.hpp"

namespace banso::outreach {
namespace {

constexpr std::size_t most_fields = 30;
constexpr std::size_t most_addresses = 50'000;

constexpr std::string_view style =
    "*{box-sizing:border-box}body{margin:0;font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,system-ui,"
    "sans-serif;line-height:1.7;color:#1f2933;background:#f3f4f6}main{max-width:36rem;margin:0 auto;padding:1.25rem}"
    ".card{background:#fff;border-radius:.75rem;padding:1.25rem;box-shadow:0 1px 3px #0002}h1{font-size:1.25rem;"
    "line-height:1.5;margin:.25rem 0 1rem}header{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0 "
    "1rem;color:#4b5563;font-size:.9rem}a{color:#1d4ed8}fieldset{border:0;padding:0;margin:0 0 1.25rem}legend{"
    "font-weight:600;padding:0;margin-bottom:.75rem}.scores{display:flex;flex-wrap:wrap;gap:.5rem}.scores label{"
    "position:relative}.scores input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0}.scores span{"
    "display:flex;align-items:center;justify-content:center;min-width:2.75rem;min-height:2.75rem;border:1px solid "
    "#6b7280;border-radius:.5rem;font-size:1.05rem}.scores input:checked+span{background:#1d4ed8;color:#fff;"
    "border-color:#1d4ed8}.scores input:focus-visible+span{outline:3px solid #f59e0b;outline-offset:2px}.ends{display:"
    "flex;justify-content:space-between;gap:1rem;color:#4b5563;font-size:.85rem;margin-top:.5rem}label.block{display:"
    "block;font-weight:600;margin-bottom:.5rem}textarea{width:100%;min-height:7rem;font:inherit;padding:.6rem;border:"
    "1px "
    "solid #6b7280;border-radius:.5rem}button{font:inherit;font-weight:600;min-height:2.9rem;padding:.5rem 1.5rem;"
    "border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;width:100%}button.plain{background:#fff;color:#1d4ed8;"
    "border:1px solid #1d4ed8;margin-top:.75rem}button:focus-visible,a:focus-visible,textarea:focus-visible,"
    "input:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}.check{display:flex;gap:.6rem;align-items:"
    "flex-start;padding:.5rem 0}.check input{width:1.3rem;height:1.3rem;margin:.25rem 0 0}.error{color:#b91c1c;"
    "font-weight:600}small{color:#4b5563}@media(prefers-color-scheme:dark){body{background:#111827;color:#e5e7eb}.card{"
    "background:#1f2937}header,.ends,small{color:#9ca3af}textarea{background:#111827;color:#e5e7eb}a{color:#93c5fd}"
    ".error{color:#fca5a5}button.plain{background:#1f2937;color:#93c5fd;border-color:#93c5fd}}";

int hex_digit(char sign) {
  if (sign >= '0' && sign <= '9') return sign - '0';
  if (sign >= 'A' && sign <= 'F') return sign - 'A' + 10;
  if (sign >= 'a' && sign <= 'f') return sign - 'a' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped =
        text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
    if (escaped) {
      decoded += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else {
      decoded += text[at] == '+' ? ' ' : text[at];
    }
  }
  return decoded;
}

}  // namespace

std::map<std::string, std::string> read_form(std::string_view body) {
  std::map<std::string, std::string> form;
  while (!body.empty() && form.size() < most_fields) {
    const auto end = body.find('&');
    const auto pair = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos)
      form[form_decoded(pair.substr(0, equals))] = form_decoded(pair.substr(equals + 1));
  }
  return form;
}

core::Language page_language(const platform::http::Request& request, const std::map<std::string, std::string>& form,
                             core::Language otherwise) {
  if (const auto given = form.find("lang"); given != form.end()) return core::language_from_tag(given->second);
  if (const auto asked = request.query_text("lang")) return core::language_from_tag(*asked);
  return otherwise;
}

platform::http::Response render_page(const Page& page) {
  const bool ja = page.language == core::Language::ja;
  platform::http::Response response;
  response.status = page.status;
  response.content_type = "text/html; charset=utf-8";
  response.body = fmt::format(
      "<!doctype html>\n<html lang=\"{0}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" "
      "content=\"noindex\"><title>{1}</title><style>"
      "{2}</style></head><body><main><header><span>{3}</span><a href=\"{4}?lang={5}\" lang=\"{5}\" "
      "hreflang=\"{5}\">{6}</a>"
      "</header><div class=\"card\"><h1>{1}</h1>{7}</div></main></body></html>\n",
      ja ? "ja" : "en", escape_html(page.title), style, escape_html(page.company), escape_html(page.address),
      ja ? "en" : "ja", ja ? "English" : "日本語", page.body_html);
  response.headers = {
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"Cache-Control", "no-store"}};
  return response;
}

bool RateLimit::admit(const std::string& address, core::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto minute = now.microseconds / (60 * core::microseconds_per_second);
  if (minute != minute_ || counts_.size() > most_addresses) {
    minute_ = minute;
    counts_.clear();
  }
  return ++counts_[address] <= per_minute_;
}

}  // namespace banso::outreach
