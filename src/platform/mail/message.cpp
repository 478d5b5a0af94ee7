#include "message.hpp"

#include <sodium.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

#include "encoding.hpp"

namespace banso::platform::mail {
namespace {

using core::Result;

constexpr std::size_t longest_line_octets = 998;
constexpr std::size_t longest_address_octets = 254;
constexpr std::string_view local_signs = "!#$%&'*+-/=?^_`{|}~.";

core::Error bad_address(std::string_view email) {
  const std::string shown = without_controls(email.substr(0, 100));
  return core::Error::invalid_field("email",
                                    {fmt::format("\"{}\" is no e-mail address that mail can be sent to.", shown),
                                     fmt::format("「{}」は送信できるメールアドレスではありません。", shown)});
}

std::string random_hex(std::size_t octets) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string bytes(octets, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  std::string hex;
  for (const unsigned char octet : bytes) hex += fmt::format("{:02x}", octet);
  return hex;
}

Result<std::string> wire_domain(std::string_view domain, std::string_view email) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_USE_STD3_RULES, &status), uidna_close);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  char ascii[256];
  const auto length = uidna_nameToASCII_UTF8(idna.get(), domain.data(), static_cast<std::int32_t>(domain.size()), ascii,
                                             sizeof ascii, &info, &status);
  const bool usable = U_SUCCESS(status) && info.errors == 0 && length > 0 && length <= 253;
  if (!usable) return bad_address(email);
  const std::string name(ascii, static_cast<std::size_t>(length));
  if (name.find('.') == std::string::npos && name != "localhost") return bad_address(email);
  return name;
}

// The body in one encoding: quoted-printable where it stays readable, base64 where most of it would be escapes.
std::string part(std::string_view type, std::string_view text) {
  const auto foreign = std::count_if(text.begin(), text.end(), [](unsigned char sign) { return sign > 126; });
  const bool readable = static_cast<std::size_t>(foreign) * 6 < text.size();
  std::string with_crlf;
  if (!readable) {
    for (const char sign : text) sign == '\n' ? with_crlf += "\r\n" : with_crlf += sign;
  }
  return fmt::format("Content-Type: {}; charset=UTF-8\r\nContent-Transfer-Encoding: {}\r\n\r\n{}", type,
                     readable ? "quoted-printable" : "base64",
                     readable ? quoted_printable(text) : base64_lines(with_crlf));
}

// Line ends as "\n"; no control characters but tabs.
std::string clean_text(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto sign = static_cast<unsigned char>(text[at]);
    if (sign == '\r') {
      if (at + 1 >= text.size() || text[at + 1] != '\n') clean += '\n';
    } else if (sign >= 32 || sign == '\n' || sign == '\t') {
      clean += text[at];
    }
  }
  return clean;
}

std::string date_header(core::Instant instant) {
  static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = core::day_of(instant);
  const auto [year, month, number] = core::year_month_day(day);
  const auto seconds = (instant.microseconds - core::start_of(day).microseconds) / core::microseconds_per_second;
  return fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} +0000\r\n", days[core::weekday(day)], number,
                     months[month - 1], year, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

Result<std::string> address_header(std::string_view name, std::span<const Address> addresses) {
  std::string line = std::string(name) + ": ";
  std::size_t column = line.size();
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    BANSO_TRY_ASSIGN(const auto email, wire_address(addresses[i].email));
    if (i > 0) {
      line += ",\r\n ";
      column = 1;
    }
    const auto shown = addresses[i].name.empty() ? std::string() : phrase(addresses[i].name, column);
    const auto last_line =
        shown.rfind('\n') == std::string::npos ? column + shown.size() : shown.size() - shown.rfind('\n');
    const auto separator = shown.empty() ? "" : last_line + email.size() + 3 > 78 ? "\r\n " : " ";
    line += shown.empty() ? fmt::format("{}", email) : fmt::format("{}{}<{}>", shown, separator, email);
    column = last_line + email.size() + 3;
  }
  return line + "\r\n";
}

bool is_header_name(std::string_view name) {
  return !name.empty() && name.size() < 60 &&
         std::all_of(name.begin(), name.end(), [](unsigned char sign) { return std::isalnum(sign) || sign == '-'; });
}

Result<std::string> extra_header(const std::string& name, const std::string& value) {
  const bool sound =
      is_header_name(name) && value.size() + name.size() + 2 <= longest_line_octets &&
      std::all_of(value.begin(), value.end(), [](unsigned char sign) { return sign >= 32 && sign < 127; });
  if (!sound) {
    return core::Error::invalid_field(
        "headers",
        {fmt::format("The header \"{}\" cannot be sent: names are letters and hyphens, values one line of "
                     "ASCII.",
                     without_controls(name.substr(0, 60))),
         fmt::format("ヘッダー「{}」は送信できません。名前は英字とハイフン、値は1行のASCII文字にしてください。",
                     without_controls(name.substr(0, 60)))});
  }
  return text_header(name, value);
}

Result<std::string> id_header(std::string_view name, const std::string& id) {
  const bool sound = id.size() > 2 && id.size() < 250 && id.front() == '<' && id.back() == '>' &&
                     std::all_of(id.begin(), id.end(), [](unsigned char sign) { return sign > 32 && sign < 127; });
  if (!sound) {
    return core::Error::invalid_field(
        "message_id", {"A message id has the form <left@right>.", "メッセージIDは <左@右> の形式で指定してください。"});
  }
  return fmt::format("{}: {}\r\n", name, id);
}

std::string body_of(const Message& message) {
  const std::string text = clean_text(message.text);
  if (message.html.empty()) return part("text/plain", text);
  // "=_" cannot occur in either encoding, so the boundary never ends a part early.
  const std::string boundary = "=_" + random_hex(12);
  return fmt::format(
      "Content-Type: multipart/alternative;\r\n boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n", boundary,
      part("text/plain", text), part("text/html", clean_text(message.html)));
}

}  // namespace

Result<std::string> wire_address(std::string_view email) {
  const auto at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || email.size() > longest_address_octets) {
    return bad_address(email);
  }
  const auto local = email.substr(0, at);
  if (!is_ascii(local)) {
    return core::Error::invalid_field(
        "email", {"The part before @ has letters outside of ASCII. Such addresses cannot be reached from every mail "
                  "server; use another address.",
                  "@の前にASCII以外の文字が含まれています。多くのメールサーバーでは配送できないため、別のアドレスを指定"
                  "してください。"});
  }
  const bool sound = std::all_of(local.begin(), local.end(), [](unsigned char sign) {
    return std::isalnum(sign) || local_signs.find(static_cast<char>(sign)) != std::string_view::npos;
  });
  // Some Japanese carriers gave out addresses with dots at the end or in a row; they are sent in quotes.
  const bool odd_dots = local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos;
  if (!sound) return bad_address(email);
  BANSO_TRY_ASSIGN(const auto domain, wire_domain(email.substr(at + 1), email));
  return odd_dots ? fmt::format("\"{}\"@{}", local, domain) : fmt::format("{}@{}", local, domain);
}

std::string new_message_id(std::string_view from_email) {
  const auto at = from_email.rfind('@');
  const auto domain = at == std::string_view::npos ? Result<std::string>("localhost")
                                                   : wire_domain(from_email.substr(at + 1), from_email);
  return fmt::format("<{}@{}>", random_hex(16), domain ? *domain : "localhost");
}

Result<Rendered> render(const Message& message) {
  if (message.to.empty()) {
    return core::Error::invalid_field("to", {"Name at least one recipient.", "宛先を1件以上指定してください。"});
  }
  Rendered rendered;
  BANSO_TRY_ASSIGN(rendered.envelope_from,
                   wire_address(message.envelope_from.empty() ? message.from.email : message.envelope_from));
  for (const auto& to : message.to) {
    BANSO_TRY_ASSIGN(auto email, wire_address(to.email));
    rendered.envelope_to.push_back(std::move(email));
  }
  rendered.message_id = message.message_id.empty() ? new_message_id(message.from.email) : message.message_id;
  std::string& bytes = rendered.bytes;
  bytes += date_header(message.date.value_or(core::now()));
  BANSO_TRY_ASSIGN(const auto from, address_header("From", std::span(&message.from, 1)));
  BANSO_TRY_ASSIGN(const auto to, address_header("To", message.to));
  bytes += from + to;
  if (message.reply_to) {
    BANSO_TRY_ASSIGN(const auto reply_to, address_header("Reply-To", std::span(&*message.reply_to, 1)));
    bytes += reply_to;
  }
  bytes += text_header("Subject", message.subject);
  BANSO_TRY_ASSIGN(const auto id, id_header("Message-ID", rendered.message_id));
  bytes += id;
  if (!message.in_reply_to.empty()) {
    BANSO_TRY_ASSIGN(const auto in_reply_to, id_header("In-Reply-To", message.in_reply_to));
    BANSO_TRY_ASSIGN(const auto references, id_header("References", message.in_reply_to));
    bytes += in_reply_to + references;
  }
  for (const auto& [name, value] : message.headers) {
    BANSO_TRY_ASSIGN(const auto header, extra_header(name, value));
    bytes += header;
  }
  bytes += fmt::format("Content-Language: {}\r\nMIME-Version: 1.0\r\n", core::language_tag(message.language));
  bytes += body_of(message);
  return rendered;
}

}  // namespace banso::platform::mail
