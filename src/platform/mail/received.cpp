#include "received.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "encoding.hpp"
#include "html_text.hpp"
#include "mime_part.hpp"

namespace banso::platform::mail {
namespace {

constexpr std::size_t most_text_bytes = 200'000;
constexpr std::size_t most_references = 50;
constexpr std::size_t most_reports = 50;

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](unsigned char sign) {
    return sign < 128 ? static_cast<char>(std::tolower(sign)) : static_cast<char>(sign);
  });
  return small;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\"'");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n\"'") - first + 1));
}

struct Mailbox {
  std::string name, email;
};

// "山田 <taro@example.jp>", "taro@example.jp (Yamada)". The value is decoded after it was taken apart, so that an
// encoded name cannot pretend to be an address.
std::vector<Mailbox> read_mailboxes(std::string_view value) {
  std::vector<Mailbox> boxes;
  std::string name, email;
  bool in_quotes = false, in_angle = false;
  int comment_depth = 0;
  const auto finish = [&] {
    if (email.empty()) std::swap(email, name);
    if (email.find('@') != std::string::npos && boxes.size() < 50) {
      boxes.push_back({trimmed(decode_header(trimmed(name))), lower(trimmed(email))});
    }
    name.clear();
    email.clear();
  };
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char sign = value[at];
    if (in_quotes) {
      if (sign == '\\' && at + 1 < value.size()) {
        name += value[++at];
      } else if (sign == '"') {
        in_quotes = false;
      } else {
        name += sign;
      }
    } else if (comment_depth > 0) {
      comment_depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
    } else if (in_angle) {
      sign == '>' ? void(in_angle = false) : void(email += sign);
    } else if (sign == '"') {
      in_quotes = true;
    } else if (sign == '(') {
      ++comment_depth;
    } else if (sign == '<') {
      in_angle = true;
      email.clear();
    } else if (sign == ',' || sign == ';') {
      finish();
    } else if (sign == ':') {
      name.clear();  // the name of a group
    } else {
      name += sign;
    }
  }
  finish();
  return boxes;
}

// Every "<...>" of a value.
std::vector<std::string> read_ids(std::string_view value) {
  std::vector<std::string> ids;
  for (auto at = value.find('<'); at != std::string_view::npos && ids.size() < most_references;
       at = value.find('<', at)) {
    const auto end = value.find('>', at);
    if (end == std::string_view::npos) break;
    if (end - at < 300) ids.emplace_back(value.substr(at, end - at + 1));
    at = end;
  }
  return ids;
}

// "Mon, 02 Nov 2026 10:00:00 +0900 (JST)"
std::optional<core::Instant> read_date(const std::string& value) {
  static constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                              "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto comma = value.find(',');
  const std::string text = comma == std::string::npos ? value : value.substr(comma + 1);
  int day = 0, year = 0, hour = 0, minute = 0, second = 0, zone = 0;
  char month_name[4] = {}, sign = '+';
  const int got = std::sscanf(text.c_str(), " %2d %3s %4d %2d:%2d:%2d %c%4d", &day, month_name, &year, &hour, &minute,
                              &second, &sign, &zone);
  const auto month = std::find(months.begin(), months.end(), lower(month_name));
  const bool sound = got >= 5 && month != months.end() && day >= 1 && day <= 31 && year >= 1970 && year < 2200 &&
                     hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && zone >= 0 && zone < 1500;
  if (!sound) return std::nullopt;
  const int offset_minutes =
      got == 8 && (sign == '+' || sign == '-') ? (zone / 100 * 60 + zone % 100) * (sign == '-' ? -1 : 1) : 0;
  const auto start =
      core::start_of(core::day_from(year, static_cast<int>(month - months.begin()) + 1, day), offset_minutes);
  const std::int64_t seconds = hour * 3600LL + minute * 60LL + std::clamp(second, 0, 59);
  return core::Instant{start.microseconds + seconds * core::microseconds_per_second};
}

bool is_robot(const Part& message) {
  const auto automatic = lower(message.header("auto-submitted"));
  if (!automatic.empty() && !automatic.starts_with("no")) return true;
  const auto precedence = lower(message.header("precedence"));
  if (precedence == "bulk" || precedence == "list" || precedence == "junk" || precedence == "auto_reply") return true;
  for (const auto* name : {"x-autoreply", "x-autorespond", "x-auto-response-suppress", "list-id"}) {
    // Exchange puts x-auto-response-suppress on what people write, too: alone it proves nothing.
    if (std::string_view(name) != "x-auto-response-suppress" && !message.header(name).empty()) return true;
  }
  return message.header("return-path") == "<>";
}

// "rfc822; taro@example.jp" gives the address.
std::string report_value(const std::string& value) {
  const auto semicolon = value.find(';');
  return trimmed(semicolon == std::string::npos ? value : value.substr(semicolon + 1));
}

void read_delivery_status(const std::string& text, std::vector<DeliveryReport>& reports) {
  std::string_view rest = text;
  bool is_first = true;  // the first block is about the message, the others about a recipient each
  while (!rest.empty() && reports.size() < most_reports) {
    const auto start = rest.find_first_not_of("\r\n");
    if (start == std::string_view::npos) return;
    rest = rest.substr(start);
    const auto end = rest.find("\n\n");
    const auto block = read_part(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    const bool about_recipient = !block.header("final-recipient").empty() || !block.header("action").empty();
    if (!about_recipient && is_first) {
      is_first = false;
      continue;
    }
    is_first = false;
    if (!about_recipient) continue;
    DeliveryReport report;
    const auto original = block.header("original-recipient");
    report.recipient = lower(report_value(original.empty() ? block.header("final-recipient") : original));
    report.action = lower(trimmed(block.header("action")));
    const auto status = trimmed(block.header("status"));
    report.status = status.substr(0, status.find(' '));
    report.diagnostic = without_controls(report_value(block.header("diagnostic-code"))).substr(0, 500);
    reports.push_back(std::move(report));
  }
}

void read_body(const Part& message, Received& received) {
  std::string plain, html, returned_id;
  each_leaf(message, [&](const Part& leaf, std::string_view) {
    const auto& type = leaf.content.type;
    if (type == "message/delivery-status" || type == "message/global-delivery-status") {
      read_delivery_status(leaf.text(), received.reports);
    } else if (type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/global") {
      const auto ids = read_ids(read_part(leaf.text()).header("message-id"));
      if (returned_id.empty() && !ids.empty()) returned_id = ids.front();
    } else if (type == "text/plain" && !leaf.is_attachment() && plain.size() < most_text_bytes) {
      plain += leaf.text();
    } else if (type == "text/html" && !leaf.is_attachment() && html.size() < most_text_bytes) {
      html += leaf.text();
    }
  });
  const bool has_plain = plain.find_first_not_of(" \n\t") != std::string::npos;
  received.text = has_plain ? std::move(plain) : html_to_text(html);
  if (received.text.size() > most_text_bytes) {
    std::size_t end = most_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(received.text[end]) & 0xc0) == 0x80) --end;
    received.text.resize(end);
  }
  received.reply = without_quotes(received.text);
  for (auto& report : received.reports) report.original_message_id = returned_id;
}

}  // namespace

Received parse(std::string_view bytes) {
  const Part message = read_part(bytes);
  Received received;
  if (auto ids = read_ids(message.header("message-id")); !ids.empty()) received.message_id = ids.front();
  received.references = read_ids(message.header("in-reply-to"));
  auto references = read_ids(message.header("references"));
  std::reverse(references.begin(), references.end());
  received.references.insert(received.references.end(), references.begin(), references.end());
  if (auto from = read_mailboxes(message.header("from")); !from.empty()) {
    received.from_email = from.front().email;
    received.from_name = from.front().name;
  }
  for (auto& to : read_mailboxes(message.header("to"))) received.to_emails.push_back(std::move(to.email));
  received.subject = trimmed(without_controls(decode_header(message.header("subject"))));
  received.date = read_date(message.header("date"));
  received.is_automatic = is_robot(message);
  read_body(message, received);
  return received;
}

}  // namespace banso::platform::mail
