#include "upsert.hpp"

namespace banso::platform::versioned {
namespace {

constexpr std::size_t natural_key_bytes = 200;

}  // namespace

std::string match_key(const std::string& external_id, std::string_view natural_key) {
  if (!external_id.empty()) return "x:" + external_id;
  if (natural_key.size() > natural_key_bytes) {
    std::size_t end = natural_key_bytes;
    while ((static_cast<unsigned char>(natural_key[end]) & 0xC0) == 0x80) --end;  // never through a character
    natural_key = natural_key.substr(0, end);
  }
  return "n:" + std::string(natural_key);
}

core::Result<std::int64_t> only(std::vector<core::RowOutcome> outcomes) {
  auto& outcome = outcomes.front();
  if (outcome.result != core::RowResult::rejected) return outcome.id;
  core::Error error = core::Error::invalid({"Some fields are wrong.", "入力内容に誤りがあります。"});
  error.fields = std::move(outcome.errors);
  return error;
}

}  // namespace banso::platform::versioned
