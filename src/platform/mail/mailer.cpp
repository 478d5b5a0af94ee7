#include "mailer.hpp"

#include <cctype>
#include <mutex>
#include <string_view>

#include <fmt/format.h>

#include "curl_handle.hpp"
#include "encoding.hpp"

namespace banso::platform::mail {
namespace {

// What was said on the wire; curl's own result does not tell whether the server had the whole message.
struct Conversation {
  const std::string* bytes = nullptr;
  std::size_t read = 0;
  bool was_handed_over = false;   // all of it was read by curl: the end mark may be on its way
  std::string command;            // the last one: "RCPT"
  std::string reply;              // the last line
  bool is_data_answered = false;  // the reply is the one to the message itself
  bool is_over = false;
};

std::size_t read_message(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& talk = *static_cast<Conversation*>(data);
  const std::size_t taken = std::min(size * count, talk.bytes->size() - talk.read);
  std::copy_n(talk.bytes->data() + talk.read, taken, buffer);
  talk.read += taken;
  if (taken == 0) talk.was_handed_over = true;
  return taken;
}

std::size_t note_reply(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& talk = *static_cast<Conversation*>(data);
  if (talk.is_over) return size * count;
  std::string_view line(buffer, size * count);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  talk.reply = std::string(line.substr(0, 400));
  if (talk.was_handed_over) talk.is_data_answered = true;
  return size * count;
}

int note_command(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* data) {
  if (kind != CURLINFO_HEADER_OUT) return 0;
  auto& talk = *static_cast<Conversation*>(data);
  const std::string_view line(bytes, size);
  // The farewell says nothing about the message.
  if (line.starts_with("QUIT")) talk.is_over = true;
  if (!talk.is_over) talk.command = std::string(line.substr(0, line.find_first_of(" \r\n")));
  return 0;
}

// "550 5.1.1 No such user" gives 550 and "5.1.1".
void read_reply(const std::string& reply, Failure& failure) {
  if (reply.size() < 3 || !std::isdigit(static_cast<unsigned char>(reply[0]))) return;
  failure.reply_code = std::atoi(reply.substr(0, 3).c_str());
  const auto start = reply.find_first_not_of(" -", 3);
  if (start == std::string::npos) return;
  const auto word = reply.substr(start, reply.find(' ', start) - start);
  const bool enhanced = word.size() >= 5 && (word[0] == '4' || word[0] == '5') && word[1] == '.' &&
                        word.find_first_not_of("0123456789.") == std::string::npos;
  if (enhanced) failure.enhanced_code = word;
}

core::Text words_of(const Failure& failure, const std::string& reply, const std::string& curl_words) {
  // The server's own words, which are in whatever language it speaks; never our password or the conversation.
  const std::string said = without_controls(failure.reply_code >= 400 ? reply : curl_words);
  switch (failure.kind) {
    case FailureKind::permanent:
      return {fmt::format("The mail server refused it: {}", said),
              fmt::format("メールサーバーに拒否されました: {}", said)};
    case FailureKind::unclear:
      return {fmt::format("The connection broke after the mail was handed over: {}", said),
              fmt::format("メールを渡した後に接続が切れました: {}", said)};
    case FailureKind::temporary:
      break;
  }
  return {fmt::format("The mail server did not take it for now: {}", said),
          fmt::format("メールサーバーが一時的に受け付けませんでした: {}", said)};
}

Failure classify(const Conversation& talk, const std::string& curl_words) {
  Failure failure;
  read_reply(talk.reply, failure);
  const bool about_recipient = talk.command == "RCPT";
  if (talk.was_handed_over && !talk.is_data_answered) {
    failure.kind = FailureKind::unclear;
  } else if (failure.reply_code >= 500 && (about_recipient || talk.is_data_answered || talk.command == "DATA")) {
    failure.kind = FailureKind::permanent;
    failure.concerns_recipient = about_recipient;
  } else {
    // A refusal before a recipient was named is about us (log-in, sender): it is for the operator to mend, and the mail
    // waits.
    failure.kind = FailureKind::temporary;
  }
  failure.message = words_of(failure, talk.reply, curl_words);
  return failure;
}

class CurlMailer final : public Mailer {
 public:
  explicit CurlMailer(ServerSettings settings) : settings_(std::move(settings)), curl_(make_curl()) {}

  bool is_configured() const override { return !settings_.url.empty(); }

  Sent send(const Message& message) override {
    if (!is_configured()) {
      return tl::unexpected(
          Failure{FailureKind::temporary,
                  0,
                  {},
                  false,
                  {"No mail server is set up (--smtp-url).", "メールサーバーが設定されていません(--smtp-url)。"}});
    }
    const auto rendered = render(message);
    if (!rendered) return tl::unexpected(Failure{FailureKind::permanent, 0, {}, true, rendered.error().message});
    const std::lock_guard lock(mutex_);
    const bool had_connection = has_connection_;
    auto sent = transfer(*rendered);
    // A kept connection that the server closed meanwhile says nothing about this mail.
    const bool stale =
        !sent && had_connection && sent.error().kind == FailureKind::temporary && sent.error().reply_code < 400;
    if (stale) sent = transfer(*rendered);
    return sent;
  }

 private:
  Sent transfer(const Rendered& rendered) {
    auto* curl = curl_.get();
    set_server(curl, settings_, settings_.url);
    curl_slist* list = nullptr;
    for (const auto& to : rendered.envelope_to) list = curl_slist_append(list, to.c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(list, curl_slist_free_all);
    Conversation talk;
    talk.bytes = &rendered.bytes;
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, rendered.envelope_from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, &talk);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, note_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &talk);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_command);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &talk);
    const CURLcode result = curl_easy_perform(curl);
    has_connection_ = result == CURLE_OK;
    // The reply to the message counts, whatever befell the connection after it.
    const bool accepted = talk.is_data_answered && talk.reply.starts_with("2");
    if (result == CURLE_OK || accepted) return Receipt{rendered.message_id, without_controls(talk.reply)};
    return tl::unexpected(classify(talk, curl_easy_strerror(result)));
  }

  ServerSettings settings_;
  CurlHandle curl_;
  std::mutex mutex_;
  bool has_connection_ = false;
};

}  // namespace

std::shared_ptr<Mailer> Mailer::make(ServerSettings settings) {
  return std::make_shared<CurlMailer>(std::move(settings));
}

}  // namespace banso::platform::mail
