#include "client.hpp"

#include <curl/curl.h>

#include <chrono>
#include <cstdlib>
#include <optional>

namespace banso::platform::clickhouse {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_message = 500;

void initialise_curl_once() {
  static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!done) throw std::runtime_error("libcurl does not start");
}

std::string escaped(CURL* handle, std::string_view text) {
  const std::unique_ptr<char, decltype(&curl_free)> bytes(
      curl_easy_escape(handle, text.data(), static_cast<int>(text.size())), curl_free);
  return bytes.get();
}

// "Code: 62, e.displayText() = DB::Exception: Syntax error ..." of old versions, "Code: 62. DB::Exception: ..." of new.
int code_of(std::string_view answer) {
  constexpr std::string_view start = "Code: ";
  const auto place = answer.find(start);
  return place == std::string_view::npos ? -1 : std::atoi(std::string(answer.substr(place + start.size(), 9)).c_str());
}

// One request on its way to one address.
class Transfer {
 public:
  using Visitor = std::function<void(std::string_view)>;

  Transfer(const Request& request, const Limits& limits, const Visitor* visit)
      : request_(request), limits_(limits), visit_(visit), easy_(curl_easy_init(), curl_easy_cleanup) {
    if (!easy_) throw std::bad_alloc();
  }
  ~Transfer() { clear(); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* easy() const { return easy_.get(); }
  std::string take_answer() { return std::move(answer_); }
  const std::optional<Error>& failure() const { return failure_; }
  bool too_silent(Clock::time_point now) const {
    return now - last_sign_of_life_ > std::chrono::milliseconds(silence_timeout_ms());
  }

  void prepare() {
    clear();
    failure_.reset();
    answer_.clear();
    handed_on_ = false;
    last_sign_of_life_ = Clock::now();
    auto* handle = easy();
    curl_easy_reset(handle);
    set_target();
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect_timeout_ms));
    curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    set_body();
  }

  void finish(CURLcode result) {
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    if (callback_failure_) std::rethrow_exception(std::exchange(callback_failure_, nullptr));
    if (result != CURLE_OK) {
      fail(Error::unreachable, curl_easy_strerror(result));
    } else if (status != 200) {
      fail(code_of(answer_), answer_.substr(0, longest_message));
    }
  }

  void give_up_silent() {
    fail(Error::unreachable, "no sign of life for " + std::to_string(silence_timeout_ms()) + " ms");
  }

  // To the next replica, where there is one and nothing of this one's answer was handed on.
  bool try_next() {
    if (!failure_ || failure_->code() != Error::unreachable || handed_on_) return false;
    if (address_ + 1 >= request_.to.size()) return false;
    ++address_;
    return true;
  }

 private:
  int silence_timeout_ms() const {
    return request_.silence_timeout_ms > 0 ? request_.silence_timeout_ms : limits_.silence_timeout_ms;
  }

  const Address& address() const { return request_.to.at(address_); }

  void fail(int code, const std::string& reason) {
    failure_.emplace(code, "ClickHouse at " + address().name() + ": " + reason);
  }

  void set_target() {
    // The answer is held back until the query has succeeded: its status then is the truth.
    std::string url = address().url() + "/?wait_end_of_query=1";
    for (const auto& [name, value] : request_.settings) url += "&" + name + "=" + escaped(easy(), value);
    if (sql_in_url()) url += "&query=" + escaped(easy(), request_.sql);
    for (const auto& table : request_.tables) {
      url += "&" + table.name + "_format=RowBinary&" + table.name + "_structure=" + escaped(easy(), table.structure);
    }
    curl_easy_setopt(easy(), CURLOPT_URL, url.c_str());
    headers_ = curl_slist_append(headers_, "Expect:");  // no round trip of its own for "100 Continue"
    if (!address().user().empty()) {
      headers_ = curl_slist_append(headers_, ("X-ClickHouse-User: " + address().user()).c_str());
      headers_ = curl_slist_append(headers_, ("X-ClickHouse-Key: " + address().password()).c_str());
    }
    curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, headers_);
  }

  // Where the body is taken by rows, the statement goes into the URL.
  bool sql_in_url() const { return !request_.rows.empty() || !request_.tables.empty(); }

  void set_body() {
    if (request_.tables.empty()) {
      const auto& body = request_.rows.empty() ? request_.sql : request_.rows;
      curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, body.data());
      return;
    }
    form_ = curl_mime_init(easy());
    for (const auto& table : request_.tables) {
      auto* part = curl_mime_addpart(form_);
      curl_mime_name(part, table.name.c_str());
      curl_mime_filename(part, table.name.c_str());
      curl_mime_data(part, table.rows.data(), table.rows.size());
    }
    curl_easy_setopt(easy(), CURLOPT_MIMEPOST, form_);
  }

  void clear() {
    curl_slist_free_all(std::exchange(headers_, nullptr));
    curl_mime_free(std::exchange(form_, nullptr));
  }

  static std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take({bytes, count}) ? count : CURL_WRITEFUNC_ERROR;
  }

  bool take(std::string_view bytes) {
    last_sign_of_life_ = Clock::now();
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    if (visit_ == nullptr || status != 200) {
      answer_ += bytes;
      return true;
    }
    handed_on_ = true;
    try {
      (*visit_)(bytes);
      last_sign_of_life_ = Clock::now();  // however long the visitor took
      return true;
    } catch (...) {
      callback_failure_ = std::current_exception();
      return false;
    }
  }

  static std::size_t on_header(char*, std::size_t, std::size_t count, void* self) {
    static_cast<Transfer*>(self)->last_sign_of_life_ = Clock::now();
    return count;
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t uploaded) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (std::exchange(transfer.uploaded_, uploaded) != uploaded) transfer.last_sign_of_life_ = Clock::now();
    return 0;
  }

  const Request& request_;
  const Limits& limits_;
  const Visitor* visit_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
  curl_slist* headers_ = nullptr;
  curl_mime* form_ = nullptr;
  std::size_t address_ = 0;
  std::string answer_;
  bool handed_on_ = false;
  curl_off_t uploaded_ = 0;
  Clock::time_point last_sign_of_life_;
  std::optional<Error> failure_;
  std::exception_ptr callback_failure_;
};

}  // namespace

struct Client::Connections {
  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi{curl_multi_init(), curl_multi_cleanup};

  void run(std::span<const std::unique_ptr<Transfer>> transfers) {
    const Removal removal{*this, transfers};
    for (const auto& transfer : transfers) start(*transfer);
    for (auto open = transfers.size(); open > 0;) {
      int running = 0;
      curl_multi_perform(multi.get(), &running);
      open -= end_finished() + end_silent(transfers);
      if (open > 0) curl_multi_poll(multi.get(), nullptr, 0, 100, nullptr);
    }
  }

 private:
  // Whatever happens, no handle stays behind in the set.
  struct Removal {
    Connections& connections;
    std::span<const std::unique_ptr<Transfer>> transfers;
    ~Removal() {
      for (const auto& transfer : transfers) curl_multi_remove_handle(connections.multi.get(), transfer->easy());
    }
  };

  void start(Transfer& transfer) {
    transfer.prepare();
    curl_multi_add_handle(multi.get(), transfer.easy());
    active.push_back(&transfer);
  }

  std::size_t end(Transfer& transfer) {
    curl_multi_remove_handle(multi.get(), transfer.easy());
    std::erase(active, &transfer);
    if (!transfer.try_next()) return 1;
    start(transfer);
    return 0;
  }

  std::size_t end_finished() {
    std::size_t ended = 0;
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      transfer->finish(message->data.result);
      ended += end(*transfer);
    }
    return ended;
  }

  std::size_t end_silent(std::span<const std::unique_ptr<Transfer>>) {
    std::size_t ended = 0;
    const auto now = Clock::now();
    for (auto* transfer : std::vector(active)) {
      if (!transfer->too_silent(now)) continue;
      transfer->give_up_silent();
      ended += end(*transfer);
    }
    return ended;
  }

  std::vector<Transfer*> active;
};

// Connections for the time of one call; they go back to the idle ones unless the call threw.
class Client::Loan {
 public:
  explicit Loan(Client& client) : client_(client) {
    const std::lock_guard lock(client_.idle_mutex_);
    if (client_.idle_.empty()) {
      connections_ = std::make_unique<Connections>();
    } else {
      connections_ = std::move(client_.idle_.back());
      client_.idle_.pop_back();
    }
  }
  Connections& operator*() { return *connections_; }
  void give_back() {
    const std::lock_guard lock(client_.idle_mutex_);
    client_.idle_.push_back(std::move(connections_));
  }

 private:
  Client& client_;
  std::unique_ptr<Connections> connections_;
};

Client::Client(const Limits& limits) : limits_(limits) {
  initialise_curl_once();
}

Client::~Client() = default;

std::vector<std::string> Client::run(std::span<const Request> requests) {
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const auto& request : requests) transfers.push_back(std::make_unique<Transfer>(request, limits_, nullptr));
  Loan connections(*this);
  (*connections).run(transfers);
  connections.give_back();
  std::vector<std::string> answers;
  for (const auto& transfer : transfers) {
    if (transfer->failure()) throw *transfer->failure();
    answers.push_back(transfer->take_answer());
  }
  return answers;
}

std::string Client::run(const Request& request) {
  return std::move(run(std::span(&request, 1)).front());
}

void Client::stream(const Request& request, const std::function<void(std::string_view)>& visit) {
  std::vector<std::unique_ptr<Transfer>> transfers;
  transfers.push_back(std::make_unique<Transfer>(request, limits_, &visit));
  Loan connections(*this);
  (*connections).run(transfers);
  connections.give_back();
  if (transfers.front()->failure()) throw *transfers.front()->failure();
}

}  // namespace banso::platform::clickhouse
