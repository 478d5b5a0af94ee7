// Signed words in the addresses that mails carry: nobody can guess one, or use one for another purpose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banso::outreach {

enum class TokenUse : std::uint8_t { unsubscribe = 1, survey = 2, click = 3, open = 4 };

struct Token {
  std::int64_t mail = 0;
  std::int32_t number = 0;  // of the link, for clicks
};

class Tokens {
 public:
  // `key`: 32 random octets.
  explicit Tokens(std::string key) : key_(std::move(key)) {}

  static std::string new_key();

  std::string sign(TokenUse use, const Token& token) const;
  std::optional<Token> verify(TokenUse use, std::string_view word) const;
  // The left part of a mail's Message-ID, and the mail that one of ours names.
  std::string message_name(std::int64_t mail) const;
  std::optional<std::int64_t> mail_of(std::string_view message_id) const;

 private:
  std::string mac(std::string_view text) const;

  std::string key_;
};

}  // namespace banso::outreach
