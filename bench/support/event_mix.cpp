#include "event_mix.hpp"

#include <ctime>
#include <random>

#include <fmt/format.h>

namespace banso::bench {
namespace {

constexpr std::int64_t minute_us = 60'000'000;

MixEvent random_event(std::mt19937_64& random, const MixSettings& settings, std::int64_t sent_at_us) {
  // A few customers are large: half of all events come from an eighth of the accounts.
  const auto within = random() % 2 == 0 ? settings.accounts : (settings.accounts + 7) / 8;
  MixEvent event;
  event.account = static_cast<int>(random() % static_cast<std::uint64_t>(within));
  event.account_key = account_key(event.account);
  const auto person = random() % static_cast<std::uint64_t>(settings.persons_of_account);
  event.user_id = fmt::format("u-{:06}-{:03}", event.account, person);
  event.name = event_names()[random() % event_names().size()];
  event.properties = fmt::format(R"({{"rows":{},"format":"{}","duration_ms":{}}})", random() % 1000,
                                 random() % 2 == 0 ? "csv" : "xlsx", random() % 5000);
  event.occurred_at_us = sent_at_us - static_cast<std::int64_t>(random() % minute_us) / 1000 * 1000;
  return event;
}

void add_call(Batch& batch, const MixEvent& event) {
  batch.body +=
      fmt::format(R"({{"type":"track","userId":"{}","event":"{}","messageId":"m-)", event.user_id, event.name);
  batch.message_ids.push_back(batch.body.size());
  batch.body.append(message_id_digits, '0');
  batch.body += fmt::format(
      R"(","timestamp":"{}","context":{{"groupId":"{}","library":{{"name":"@segment/analytics-node","version":"3.1.0"}}}},)"
      R"("integrations":{{}},"properties":{}}})",
      iso_time(event.occurred_at_us), event.account_key, event.properties);
}

}  // namespace

std::string account_key(int account) {
  return fmt::format("A-{:06}", account);
}

const std::vector<std::string>& event_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const char* what : {"report", "dashboard", "invoice", "ticket", "contact", "campaign", "file", "workflow"}) {
      for (const char* done : {"opened", "created", "exported", "shared", "deleted"}) {
        made.push_back(fmt::format("{}_{}", what, done));
      }
    }
    return made;
  }();
  return names;
}

std::vector<Batch> make_batches(const MixSettings& settings, std::int64_t sent_at_us) {
  std::mt19937_64 random(20261122);
  std::vector<Batch> batches(static_cast<std::size_t>(settings.batches));
  for (auto& batch : batches) {
    batch.body = R"({"batch":[)";
    for (int i = 0; i < settings.events_of_batch; ++i) {
      if (i > 0) batch.body += ',';
      batch.events.push_back(random_event(random, settings, sent_at_us));
      add_call(batch, batch.events.back());
    }
    batch.body += fmt::format(R"(],"sentAt":"{}"}})", iso_time(sent_at_us));
  }
  return batches;
}

std::string iso_time(std::int64_t time_us) {
  const std::time_t seconds = time_us / 1'000'000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec, time_us / 1000 % 1000);
}

void write_message_id(char* digits, std::uint64_t number) {
  constexpr char hex[] = "0123456789abcdef";
  for (std::size_t at = message_id_digits; at-- > 0; number >>= 4) digits[at] = hex[number & 15];
}

}  // namespace banso::bench
