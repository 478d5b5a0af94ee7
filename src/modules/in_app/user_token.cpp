#include "user_token.hpp"

#include <sodium.h>

#include <charconv>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace banso::in_app {
namespace {

constexpr int base64_url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t mac_octets = 32;
constexpr std::size_t longest_token_bytes = 1000;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string encoded(std::string_view octets) {
  std::string text(sodium_base64_encoded_len(octets.size(), base64_url), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(octets.data()), octets.size(),
                    base64_url);
  text.resize(text.size() - 1);  // the closing zero
  return text;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string octets(text.size(), '\0');
  std::size_t length = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(octets.data()), octets.size(), text.data(),
                                       text.size(), nullptr, &length, nullptr, base64_url);
  if (failed != 0) return std::nullopt;
  octets.resize(length);
  return octets;
}

std::string hashed(std::string_view text, std::string_view key) {
  start_sodium();
  std::string octets(mac_octets, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(octets.data()), octets.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return encoded(octets);
}

std::string random_word() {
  start_sodium();
  std::string octets(32, '\0');
  randombytes_buf(octets.data(), octets.size());
  return encoded(octets);
}

bool is_equal(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string new_signing_key() {
  return random_word();
}

std::string new_secret() {
  return "bia_" + random_word();
}

std::string hash_of(std::string_view secret) {
  return hashed(secret, "");
}

// account, seconds, language and, last because it may hold anything, the user.
std::string sign(const std::string& key, const User& user, core::Instant expires) {
  const auto payload =
      encoded(fmt::format("{} {} {} {}", user.account.value, expires.microseconds / core::microseconds_per_second,
                          core::language_tag(user.language), user.id));
  return fmt::format("{}.{}", payload, hashed(payload, key));
}

std::optional<User> verify(const std::string& key, std::string_view token, core::Instant now) {
  const auto dot = token.rfind('.');
  if (token.size() > longest_token_bytes || dot == std::string_view::npos) return std::nullopt;
  if (!is_equal(token.substr(dot + 1), hashed(token.substr(0, dot), key))) return std::nullopt;
  const auto payload = decoded(token.substr(0, dot));
  if (!payload) return std::nullopt;
  std::string_view rest = *payload;
  std::vector<std::string_view> parts;
  for (int i = 0; i < 3; ++i) {
    const auto space = rest.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    parts.push_back(rest.substr(0, space));
    rest.remove_prefix(space + 1);
  }
  const auto account = number_from(parts[0]);
  const auto expires_s = number_from(parts[1]);
  if (!account || !expires_s || *expires_s * core::microseconds_per_second <= now.microseconds) return std::nullopt;
  return User{core::AccountId{*account}, std::string(rest), core::language_from_tag(parts[2])};
}

}  // namespace banso::in_app
