// What an administrator sets for all mail; kept in the records. Internal to the module.
#pragma once

#include <boost/json/object.hpp>

#include "outreach.hpp"
#include "working_hours.hpp"

namespace banso::outreach {

struct Settings {
  int mails_per_window = 2;
  int window_days = 7;
  int survey_gap_days = 56;
  int csat_per_year = 2;
  int hold_days = 14;
  WorkingHours hours;
  bool tracks_opens = false;
  bool tracks_clicks = false;
  // Who sends, as Japan's law on specified e-mail wants it said in every mail.
  core::Text sender_name, sender_address;
  std::string sender_contact;

  bool names_sender() const;
};

core::Result<Settings> read_settings(const boost::json::object& body);
boost::json::object render_settings(const Settings& settings);

}  // namespace banso::outreach
