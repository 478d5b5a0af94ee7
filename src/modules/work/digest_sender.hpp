// Sends digests: once per person and day, whatever crashes. A row is taken before anything is composed, and marked
// before the mail is handed over; a mail of which it is not known whether it went out is not sent again. Internal to
// the module.
#pragma once

#include "digest.hpp"

namespace banso::work {

class DigestSender {
 public:
  explicit DigestSender(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  void add_part(WriteDigestPart write) { parts_.push_back(std::move(write)); }  // before start
  // Sends what is due now.
  void look();
  DigestContent content_for(const Person& person);

  std::optional<DigestSetting> chosen(core::UserId user);
  void choose(core::UserId user, const DigestSetting& setting);
  std::optional<core::Instant> last_sent(core::UserId user);

 private:
  std::map<core::UserId, DigestSetting> all_chosen();
  // For which people and days nothing is left to do at present.
  std::set<std::pair<core::UserId, core::Day>> settled(core::Instant now);
  bool claim(core::UserId user, core::Day day);
  // False: somebody else has taken it over meanwhile.
  bool mark(core::UserId user, core::Day day, std::string_view from, std::string_view to, const std::string& fault = "",
            std::int64_t again_after_us = 0);
  void send(const Person& person, core::Day day);

  const std::shared_ptr<Desk> desk_;
  std::vector<WriteDigestPart> parts_;
};

}  // namespace banso::work
