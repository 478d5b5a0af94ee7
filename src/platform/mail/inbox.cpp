#include "inbox.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "curl_handle.hpp"

namespace banso::platform::mail {
namespace {

using core::Result;

constexpr std::size_t most_answer_bytes = 4u << 20;

struct Answer {
  std::string body;     // untagged answers, or the message
  std::string headers;  // what the server said besides
  std::size_t most_bytes = most_answer_bytes;
  bool overflowed = false;
};

std::size_t keep_body(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& answer = *static_cast<Answer*>(data);
  answer.overflowed = answer.overflowed || answer.body.size() + size * count > answer.most_bytes;
  if (!answer.overflowed) answer.body.append(bytes, size * count);
  return size * count;
}

std::size_t keep_headers(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& answer = *static_cast<Answer*>(data);
  if (answer.headers.size() + size * count <= most_answer_bytes) answer.headers.append(bytes, size * count);
  return size * count;
}

std::optional<std::int64_t> number_after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  std::int64_t number = 0;
  const auto* start = text.data() + at + mark.size();
  const auto [end, fault] = std::from_chars(start, text.data() + text.size(), number);
  return fault == std::errc() ? std::optional(number) : std::nullopt;
}

// "* SEARCH 4 5 9" gives 4, 5, 9.
std::vector<std::int64_t> searched(std::string_view answer) {
  std::vector<std::int64_t> uids;
  const auto at = answer.find("SEARCH");
  if (at == std::string_view::npos) return uids;
  const char* place = answer.data() + at + 6;
  const char* const end = answer.data() + answer.size();
  while (place < end && *place != '\r' && *place != '\n') {
    std::int64_t uid = 0;
    const auto [next, fault] = std::from_chars(place, end, uid);
    if (fault == std::errc()) {
      uids.push_back(uid);
      place = next;
    } else {
      ++place;
    }
  }
  std::sort(uids.begin(), uids.end());
  return uids;
}

class CurlInbox final : public Inbox {
 public:
  explicit CurlInbox(InboxSettings settings) : settings_(std::move(settings)), curl_(make_curl()) {
    while (!settings_.url.empty() && settings_.url.back() == '/') settings_.url.pop_back();
  }

  bool is_configured() const override { return !settings_.url.empty(); }

  Result<InboxPlace> read(const InboxPlace& before, int most,
                          const std::function<void(std::int64_t, std::string)>& visit) override {
    InboxPlace place = before;
    Answer answer;
    // EXAMINE says the validity without marking anything; the folder is the URL's.
    BANSO_TRY(ask(settings_.url, fmt::format("EXAMINE {}", mailbox()), answer));
    const auto validity = number_after(answer.headers + answer.body, "UIDVALIDITY ");
    if (validity && *validity != place.uid_validity) place = {*validity, 0};
    Answer found;
    BANSO_TRY(ask(settings_.url, fmt::format("UID SEARCH UID {}:*", place.last_uid + 1), found));
    int visited = 0;
    for (const auto uid : searched(found.body)) {
      if (uid <= place.last_uid) continue;  // "n:*" always names the newest, even below n
      if (visited++ == most) break;
      Answer message;
      message.most_bytes = most_message_bytes;
      BANSO_TRY(ask(fmt::format("{};UID={}", settings_.url, uid), {}, message));
      visit(uid, message.overflowed ? std::string() : std::move(message.body));
      place.last_uid = uid;
    }
    return place;
  }

 private:
  std::string mailbox() const {
    const auto host = settings_.url.find("://");
    const auto slash = host == std::string::npos ? host : settings_.url.find('/', host + 3);
    return slash == std::string::npos || slash + 1 == settings_.url.size() ? "INBOX" : settings_.url.substr(slash + 1);
  }

  Result<> ask(const std::string& url, const std::string& command, Answer& answer) {
    auto* curl = curl_.get();
    set_server(curl, settings_, url);
    if (!command.empty()) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, command.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_headers);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
    const CURLcode result = curl_easy_perform(curl);
    if (result == CURLE_OK) return {};
    return core::Error::unavailable({fmt::format("The inbox could not be read: {}.", curl_easy_strerror(result)),
                                     fmt::format("受信箱を読み取れませんでした: {}", curl_easy_strerror(result))});
  }

  InboxSettings settings_;
  CurlHandle curl_;
};

}  // namespace

std::shared_ptr<Inbox> Inbox::make(InboxSettings settings) {
  return std::make_shared<CurlInbox>(std::move(settings));
}

}  // namespace banso::platform::mail
