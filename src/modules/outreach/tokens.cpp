#include "tokens.hpp"

#include <sodium.h>

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace banso::outreach {
namespace {

constexpr std::size_t mac_octets = 16;
constexpr int base64_url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number, 36);
  const bool whole = fault == std::errc() && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

std::string word_of(std::int64_t number) {
  char text[16];
  const auto result = std::to_chars(text, text + sizeof text, number, 36);
  return {text, result.ptr};
}

bool is_equal(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

std::string Tokens::new_key() {
  start_sodium();
  std::string key(crypto_generichash_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string Tokens::mac(std::string_view text) const {
  start_sodium();
  unsigned char octets[mac_octets];
  crypto_generichash(octets, sizeof octets, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
  char encoded[sodium_base64_ENCODED_LEN(mac_octets, base64_url)];
  sodium_bin2base64(encoded, sizeof encoded, octets, sizeof octets, base64_url);
  return encoded;
}

std::string Tokens::sign(TokenUse use, const Token& token) const {
  const auto name = fmt::format("{}.{}", word_of(token.mail), word_of(token.number));
  return fmt::format("{}.{}", name, mac(fmt::format("{}:{}", static_cast<int>(use), name)));
}

std::optional<Token> Tokens::verify(TokenUse use, std::string_view word) const {
  const auto last = word.rfind('.');
  if (last == std::string_view::npos || word.size() > 100) return std::nullopt;
  const auto name = word.substr(0, last);
  if (!is_equal(word.substr(last + 1), mac(fmt::format("{}:{}", static_cast<int>(use), name)))) return std::nullopt;
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto mail = number_from(name.substr(0, dot));
  const auto number = number_from(name.substr(dot + 1));
  if (!mail || !number) return std::nullopt;
  return Token{*mail, static_cast<std::int32_t>(*number)};
}

std::string Tokens::message_name(std::int64_t mail) const {
  const auto name = word_of(mail);
  return fmt::format("banso.{}.{}", name, mac("message:" + name));
}

std::optional<std::int64_t> Tokens::mail_of(std::string_view message_id) const {
  constexpr std::string_view mark = "<banso.";
  if (!message_id.starts_with(mark) || message_id.size() > 300) return std::nullopt;
  const auto left = message_id.substr(mark.size(), message_id.find('@') - mark.size());
  const auto dot = left.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto name = left.substr(0, dot);
  if (!is_equal(left.substr(dot + 1), mac(fmt::format("message:{}", name)))) return std::nullopt;
  return number_from(name);
}

}  // namespace banso::outreach
