// The bytes of messages, and the reading of those of others.
#include "message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "encoding.hpp"
#include "received.hpp"

namespace banso::platform::mail {
namespace {

Message japanese() {
  Message message;
  message.from = {"鈴木 花子 (株式会社伴走)", "cs@vendor.test"};
  message.to = {{"山田 太郎", "taro@customer.test"}};
  message.subject =
      "【重要】ご契約更新のご案内と、これまでの利用状況のまとめ、そして次の四半期に向けたご提案について(2026年11月)";
  message.text = "山田 太郎 様\n\nいつもお世話になっております。\n.\nFrom 弊社";
  message.html = "<p>山田 太郎 様</p>";
  message.date = core::parse_instant("2026-11-22T13:05:09Z");
  return message;
}

std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = bytes.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line does not end by CRLF";
    if (end == std::string::npos) break;
    lines.push_back(bytes.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

TEST(Message, KeepsLinesShortAndInAscii) {
  const auto rendered = render(japanese()).value();
  for (const auto& line : lines_of(rendered.bytes)) {
    EXPECT_LE(line.size(), 78u) << line;
    EXPECT_TRUE(is_ascii(line)) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
  EXPECT_THAT(rendered.bytes, testing::HasSubstr("Date: Sun, 22 Nov 2026 13:05:09 +0000\r\n"));
}

TEST(Message, IsReadBackAsItWasWritten) {
  auto message = japanese();
  for (const auto& text :
       {std::string("短い"), std::string("Long ASCII text = with equals\n\ttabs and trailing blank \nend"),
        message.text, std::string(3000, 'x'), std::string("あ\n") + std::string(2000, 'b')}) {
    message.text = text;
    const auto received = parse(render(message).value().bytes);
    EXPECT_EQ(received.subject, message.subject);
    EXPECT_EQ(received.from_name, message.from.name);
    EXPECT_EQ(received.from_email, "cs@vendor.test");
    EXPECT_THAT(received.to_emails, testing::ElementsAre("taro@customer.test"));
    EXPECT_EQ(received.date, message.date);
    auto read = received.text;
    while (read.ends_with('\n')) read.pop_back();
    EXPECT_EQ(read, text);
  }
}

TEST(Message, LetsNobodyAddAHeader) {
  auto message = japanese();
  message.subject = "Hello\r\nBcc: victim@example.com\r\n\r\nbody";
  message.from.name = "A\r\nBcc: victim@example.com";
  const auto rendered = render(message).value();
  for (const auto& line : lines_of(rendered.bytes)) EXPECT_FALSE(line.starts_with("Bcc")) << line;
  for (const auto* email : {"a@b.test\r\nBcc: x@y.test", "a b@c.test", "a@b.test,c@d.test", "<a@b.test>", "a@",
                            "@b.test", "a@b..test", "a@localhost@x", "a\n@b.test", "a@b.test>"}) {
    message.to = {{"", email}};
    EXPECT_FALSE(render(message).has_value()) << email;
  }
  message = japanese();
  message.headers = {{"X-Good", "a\r\nBcc: x@y.test"}};
  EXPECT_FALSE(render(message).has_value());
  message.headers = {{"X Bad", "a"}};
  EXPECT_FALSE(render(message).has_value());
  message.headers = {};
  message.message_id = "<a@b>\r\nBcc: x@y.test";
  EXPECT_FALSE(render(message).has_value());
}

TEST(Message, SendsInternationalDomainsAsPunycodeAndRefusesOtherLocalParts) {
  EXPECT_EQ(wire_address("taro@日本語.jp").value(), "taro@xn--wgv71a119e.jp");
  EXPECT_EQ(wire_address("Taro.Yamada+x@EXAMPLE.co.jp").value(), "Taro.Yamada+x@example.co.jp");
  EXPECT_EQ(wire_address("taro..@docomo.test").value(), "\"taro..\"@docomo.test");
  const auto refused = wire_address("山田@example.jp");
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message.en, testing::HasSubstr("outside of ASCII"));
}

TEST(Received, ReadsIso2022JpAndShiftJisAndQuotedPrintable) {
  const auto mail = parse(
      "From: =?ISO-2022-JP?B?GyRCOzNFRBsoQiAbJEJCQE86GyhC?= <Taro@Customer.test>\r\n"
      "Subject: =?ISO-2022-JP?B?GyRCJDQ7MjJDGyhC?=\r\n =?ISO-2022-JP?B?GyRCJCQkPyQ3JF4kORsoQg==?=\r\n"
      "In-Reply-To: <b@vendor.test>\r\nReferences: <a@vendor.test>\r\n <b@vendor.test>\r\n"
      "Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B$4;22C$$$?$7$^$9\x1b(B\r\n");
  EXPECT_EQ(mail.from_name, "山田 太郎");
  EXPECT_EQ(mail.from_email, "taro@customer.test");
  EXPECT_EQ(mail.subject, "ご参加いたします");
  EXPECT_EQ(mail.text, "ご参加いたします\n");
  EXPECT_EQ(mail.references.front(), "<b@vendor.test>");
  EXPECT_EQ(parse("Content-Type: text/plain; charset=\"Shift_JIS\"\n\n\x87\x40\x8e\x52").text, "①山");
  EXPECT_EQ(
      parse("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\n=E5=B1=B1=\nx")
          .text,
      "山x");
}

TEST(Received, PrefersPlainTextAndReadsHtmlWhereThereIsNone) {
  const auto both = parse(
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=\"i\"\n\n--i\n\n"
      "plain\n--i\nContent-Type: text/html\n\n<b>html</b>\n--i--\n--o\nContent-Disposition: "
      "attachment\n\nsecret\n--o--\n");
  EXPECT_EQ(both.text, "plain\n");
  const auto html = parse(
      "Content-Type: text/html; charset=utf-8\n\n<html><style>p{}</style><p>ありがとう&nbsp;ございます &amp; "
      "&#x5c71;</p><blockquote>quoted<br>two</blockquote><script>x</script></html>");
  EXPECT_EQ(html.text, "ありがとう ございます & 山\n\n> quoted\n> two\n");
  EXPECT_EQ(html.reply, "ありがとう ございます & 山");
}

TEST(Received, TakesQuotesAndSignaturesOff) {
  EXPECT_EQ(
      without_quotes("承知しました。\n\n2026年11月2日(月) 10:00 鈴木 <cs@vendor.test>:\n> いかがでしょうか\n> 鈴木\n"),
      "承知しました。");
  EXPECT_EQ(without_quotes("Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00, Hanako\n<cs@vendor.test> wrote:\n> hello\n"),
            "Thanks!");
  EXPECT_EQ(without_quotes("Yes.\n-- \nTaro\nCustomer Inc."), "Yes.");
  EXPECT_EQ(without_quotes("はい\n\n-----Original Message-----\nFrom: cs\n本文"), "はい");
  EXPECT_EQ(without_quotes("はい\n\n差出人: 鈴木\n送信日時: 2026年\n本文"), "はい");
  EXPECT_EQ(without_quotes("> question one\nanswer one\n> question two\nanswer two"), "answer one\nanswer two");
  EXPECT_EQ(without_quotes("As she wrote:\nwe agree"), "As she wrote:\nwe agree");
}

TEST(Received, ReadsDeliveryReports) {
  const auto report = parse(
      "From: MAILER-DAEMON@mx.test\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; "
      "report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n"
      "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; Gone@Customer.test\nAction: failed\nStatus: 5.1.1\n"
      "Diagnostic-Code: smtp; 550 5.1.1 no\n such user\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: "
      "<m1@vendor.test>\nSubject: x\n--b--\n");
  ASSERT_EQ(report.reports.size(), 1u);
  EXPECT_EQ(report.reports[0].recipient, "gone@customer.test");
  EXPECT_EQ(report.reports[0].action, "failed");
  EXPECT_EQ(report.reports[0].status, "5.1.1");
  EXPECT_EQ(report.reports[0].diagnostic, "550 5.1.1 no such user");
  EXPECT_EQ(report.reports[0].original_message_id, "<m1@vendor.test>");
  EXPECT_TRUE(report.is_automatic);
}

TEST(Received, BearsAnything) {
  std::string nested = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 2000; ++i) nested += "--b\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (const std::string& bytes :
       {std::string(), std::string("\0\xff\x80", 3), nested, std::string("Subject: =?x?B?\n"),
        std::string("From: \"\\"), std::string("Content-Type: text/html\n\n<a&#99999999999;")}) {
    const auto mail = parse(bytes);
    EXPECT_LE(mail.text.size(), bytes.size() * 3 + 16);
  }
}

}  // namespace
}  // namespace banso::platform::mail
