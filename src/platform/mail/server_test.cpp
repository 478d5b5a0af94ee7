// Sending to and reading from a real mail server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inbox.hpp"
#include "mailer.hpp"
#include "platform/mail_testing/mail_server.hpp"
#include "received.hpp"

namespace banso::platform::mail {
namespace {

Message to(const std::string& email) {
  Message message;
  message.from = {"株式会社伴走", "inbox@vendor.test"};
  message.to = {{"山田 太郎", email}};
  message.subject = "導入状況のご確認";
  message.text = "山田 太郎 様\n\nいかがでしょうか。\n.\n..dots";
  return message;
}

class RealServer : public ::testing::Test {
 protected:
  void SetUp() override {
    server = testing::MailServer::start();
    if (!server) GTEST_SKIP() << "Exim and Dovecot are needed, and root";
    mailer = Mailer::make({.url = server->smtp_url(), .user = {}, .password = {}});
  }
  std::unique_ptr<testing::MailServer> server;
  std::shared_ptr<Mailer> mailer;
};

TEST_F(RealServer, TakesJapaneseMailAndGivesItBack) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(mailer->send(to("taro@customer.test")).has_value());
  const auto messages = server->await_customers(3);
  ASSERT_EQ(messages.size(), 3u);
  const auto read = parse(messages[0]);
  EXPECT_EQ(read.subject, "導入状況のご確認");
  EXPECT_EQ(without_quotes(read.text), "山田 太郎 様\n\nいかがでしょうか。\n.\n..dots");
  EXPECT_EQ(read.from_name, "株式会社伴走");
}

TEST_F(RealServer, TellsPermanentFromTemporary) {
  const auto gone = mailer->send(to("gone@customer.test"));
  ASSERT_FALSE(gone.has_value());
  EXPECT_EQ(gone.error().kind, FailureKind::permanent);
  EXPECT_TRUE(gone.error().concerns_recipient);
  EXPECT_EQ(gone.error().enhanced_code, "5.1.1");
  const auto busy = mailer->send(to("busy@customer.test"));
  ASSERT_FALSE(busy.has_value());
  EXPECT_EQ(busy.error().kind, FailureKind::temporary);
  EXPECT_EQ(busy.error().reply_code, 451);
  server->stop_smtp();
  const auto down = mailer->send(to("taro@customer.test"));
  ASSERT_FALSE(down.has_value());
  EXPECT_EQ(down.error().kind, FailureKind::temporary);
  server->start_smtp();
  EXPECT_TRUE(mailer->send(to("taro@customer.test")).has_value());
}

TEST_F(RealServer, ReadsTheInboxOnceByUid) {
  const auto inbox = Inbox::make({.url = server->inbox_url(), .user = "inbox@vendor.test", .password = "secret"});
  std::vector<std::string> subjects;
  const auto keep = [&](std::int64_t, const std::string& bytes) { subjects.push_back(parse(bytes).subject); };
  auto place = inbox->read({}, 100, keep).value();
  EXPECT_TRUE(subjects.empty());
  for (const auto* subject : {"一", "二", "三"}) {
    auto message = to("inbox@vendor.test");
    message.subject = subject;
    ASSERT_TRUE(mailer->send(message).has_value());
    server->await_vendor(subjects.size() + 1);
    place = inbox->read(place, 100, keep).value();
  }
  EXPECT_THAT(subjects, ::testing::ElementsAre("一", "二", "三"));
  place = inbox->read(place, 100, keep).value();
  EXPECT_EQ(subjects.size(), 3u);
  EXPECT_FALSE(Inbox::make({.url = server->inbox_url(), .user = "inbox@vendor.test", .password = "wrong"})
                   ->read({}, 1, keep)
                   .has_value());
}

}  // namespace
}  // namespace banso::platform::mail
