// Mail that strangers send: any bytes must give something, in bounded time and space.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "platform/mail/received.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto mail = banso::platform::mail::parse(bytes);
  if (mail.reply.size() > mail.text.size() + 1) std::abort();
  for (const char sign : mail.subject) {
    if (static_cast<unsigned char>(sign) < 32) std::abort();
  }
  return 0;
}
