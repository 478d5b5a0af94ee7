// Hands mails that are due to the mail server, one at a time. Internal to the module.
//
//   queued ──claim──► sending ──► sent | failed | queued (again, later) | unclear
//
// A mail is marked as being handed over before the server hears of it. What a process that died had marked becomes
// unclear: the server may have it or not, and only a person decides to send it again.
#pragma once

#include <atomic>

#include "gate.hpp"

namespace banso::outreach {

// Threading: send_due() one caller at a time.
class Sending {
 public:
  explicit Sending(Context& context);

  // Mails handed over and taken. Stops early where the server is not there, or when `stop` is asked for.
  int send_due();
  void stop() { is_stopping_ = true; }
  void resume() { is_stopping_ = false; }
  // Marks what dead processes were handing over as unclear.
  void recover();
  // Puts sent mails on the timelines that are not there yet.
  void complete_timelines();

 private:
  enum class Step { none_due, handed_over, set_aside, server_down };
  Step send_next();
  Step prepare_notice(platform::records::Session& session, MailRecord& mail, std::optional<Recipient>& recipient,
                      Composed& composed);
  bool hold_or_refuse(platform::records::Session& session, MailRecord& mail, const Verdict& verdict);
  bool is_outdated(platform::records::Session& session, const MailRecord& mail) const;
  Step record(MailRecord& mail, const platform::mail::Sent& sent);
  void record_failure(platform::records::Session& session, MailRecord& mail, const platform::mail::Failure& failure);
  void record_success(platform::records::Session& session, MailRecord& mail);
  void open_survey(platform::records::Session& session, const MailRecord& mail);
  platform::mail::Message message_of(const MailRecord& mail, const Recipient& recipient,
                                     const Composed& composed) const;

  Context& context_;
  std::string process_;  // "<node>/<random>"
  std::atomic<bool> is_stopping_ = false;
};

// A test of what was composed, to one of our own.
platform::mail::Sent send_test(const Context& context, const std::string& to, const Composed& composed,
                               core::Language language);

}  // namespace banso::outreach
