#include "outgoing.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>
#include <mutex>

#include <curl/curl.h>
#include <fmt/format.h>

namespace banso::playbooks {
namespace {

constexpr std::size_t most_answer_bytes = 64 << 10;

struct Network {
  std::uint32_t address;
  int bits;
};
constexpr std::uint32_t ipv4(int a, int b, int c, int d) {
  return static_cast<std::uint32_t>(a) << 24 | static_cast<std::uint32_t>(b) << 16 |
         static_cast<std::uint32_t>(c) << 8 | static_cast<std::uint32_t>(d);
}
// The special-purpose registry of IANA, and multicast.
constexpr Network special_networks[] = {
    {ipv4(0, 0, 0, 0), 8},      {ipv4(10, 0, 0, 0), 8},    {ipv4(100, 64, 0, 0), 10},   {ipv4(127, 0, 0, 0), 8},
    {ipv4(169, 254, 0, 0), 16}, {ipv4(172, 16, 0, 0), 12}, {ipv4(192, 0, 0, 0), 24},    {ipv4(192, 0, 2, 0), 24},
    {ipv4(192, 168, 0, 0), 16}, {ipv4(198, 18, 0, 0), 15}, {ipv4(198, 51, 100, 0), 24}, {ipv4(203, 0, 113, 0), 24},
    {ipv4(192, 88, 99, 0), 24}, {ipv4(224, 0, 0, 0), 3}};

bool is_public(std::uint32_t address) {
  for (const auto& network : special_networks) {
    if ((address ^ network.address) >> (32 - network.bits) == 0) return false;
  }
  return true;
}

bool is_public(const in6_addr& address) {
  const auto* bytes = address.s6_addr;
  const auto embedded = [&](int at) { return ipv4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]); };
  static constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static constexpr std::array<std::uint8_t, 12> translated{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  if (std::memcmp(bytes, mapped.data(), mapped.size()) == 0) return is_public(embedded(12));
  if (std::memcmp(bytes, translated.data(), translated.size()) == 0) return is_public(embedded(12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public(embedded(2));  // 6to4
  // Global unicast is 2000::/3; within it Teredo, ORCHID and documentation are not of the open internet.
  if ((bytes[0] & 0xe0) != 0x20) return false;
  const bool is_2001 = bytes[0] == 0x20 && bytes[1] == 0x01;
  if (is_2001 && bytes[2] < 0x02) return false;               // 2001::/23
  return !(is_2001 && bytes[2] == 0x0d && bytes[3] == 0xb8);  // 2001:db8::/32
}

bool is_public(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in in4;
    std::memcpy(&in4, address, sizeof in4);
    return is_public(ntohl(in4.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 in6;
    std::memcpy(&in6, address, sizeof in6);
    return is_public(in6.sin6_addr);
  }
  return false;
}

struct Guard {
  bool allows_private = false;
  bool has_refused = false;
};

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& guard = *static_cast<Guard*>(user);
  if (!guard.allows_private && !is_public(&address->addr)) {
    guard.has_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t count_bytes(char*, std::size_t size, std::size_t count, void* user) {
  auto& received = *static_cast<std::size_t*>(user);
  received += size * count;
  return received > most_answer_bytes ? 0 : size * count;  // 0 ends the call
}

OutgoingAnswer answer_of(int status) {
  OutgoingAnswer answer;
  answer.status = status;
  if (status >= 200 && status < 300) {
    answer.kind = OutgoingAnswer::Kind::accepted;
    answer.words = {fmt::format("The receiver answered {}.", status), fmt::format("送信先の応答: {}。", status)};
  } else if (status >= 500 || status == 408 || status == 425 || status == 429) {
    answer.words = {fmt::format("The receiver answered {}: it is tried again.", status),
                    fmt::format("送信先の応答が{}でした。再試行します。", status)};
  } else {
    answer.kind = OutgoingAnswer::Kind::refused;
    answer.words = {fmt::format("The receiver refused it with {}. Check the address and what is sent.", status),
                    fmt::format("送信先に拒否されました({})。URLと送信内容を確認してください。", status)};
  }
  return answer;
}

}  // namespace

bool is_public_address(std::string_view text) {
  const std::string address(text);
  in_addr in4;
  if (::inet_pton(AF_INET, address.c_str(), &in4) == 1) return is_public(ntohl(in4.s_addr));
  in6_addr in6;
  return ::inet_pton(AF_INET6, address.c_str(), &in6) == 1 && is_public(in6);
}

OutgoingAnswer post_json(const OutgoingCall& call) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
  curl_slist* list = nullptr;
  list = curl_slist_append(list, "Content-Type: application/json");
  list = curl_slist_append(list, "Expect:");
  for (const auto& [name, value] : call.headers) {
    list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list, &curl_slist_free_all);
  Guard guard{call.allows_private_addresses, false};
  std::size_t received = 0;
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, call.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_USERAGENT, "Banso");
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout_ms));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.timeout_ms / 2));
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_POSTFIELDS, call.body.c_str());
  set(CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
  set(CURLOPT_WRITEFUNCTION, &count_bytes);
  set(CURLOPT_WRITEDATA, &received);
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, &guard);
  const auto code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (guard.has_refused && status == 0) {
    return {OutgoingAnswer::Kind::refused,
            0,
            {"The address leads into a private network, which the operator does not allow.",
             "URLが社内ネットワークを指しています。管理者の設定で許可されていません。"}};
  }
  // An answer that is longer than wanted is an answer.
  if (status != 0 && (code == CURLE_OK || code == CURLE_WRITE_ERROR)) return answer_of(static_cast<int>(status));
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return {OutgoingAnswer::Kind::refused, 0, {"The address cannot be read.", "URLの形式が正しくありません。"}};
  }
  return {OutgoingAnswer::Kind::temporary,
          0,
          {fmt::format("No answer: {}.", curl_easy_strerror(code)),
           fmt::format("送信先から応答がありません({})。", curl_easy_strerror(code))}};
}

}  // namespace banso::playbooks
