#include "settings.hpp"

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::outreach {
namespace {

namespace json = platform::json;

constexpr std::size_t longest_bytes = 500;

int number_in(json::Fields& fields, std::string_view name, int least, int most) {
  const auto number = fields.integer(name, true);
  if (number && (*number < least || *number > most)) {
    fields.fail(name, {fmt::format("Between {} and {}.", least, most),
                       fmt::format("{}~{}の範囲で指定してください。", least, most)});
  }
  return static_cast<int>(number.value_or(least));
}

std::string text_in(json::Fields& fields, const json::object* object, std::string_view path, std::string_view key) {
  const auto* value = object ? object->if_contains(key) : nullptr;
  if (!value) return {};
  const bool fits = value->is_string() && value->get_string().size() <= longest_bytes;
  if (!fits) {
    fields.fail(fmt::format("{}.{}", path, key),
                {fmt::format("A text of up to {} bytes.", longest_bytes),
                 fmt::format("{}バイト以内の文字列を指定してください。", longest_bytes)});
    return {};
  }
  return std::string(value->get_string());
}

core::Text texts_in(json::Fields& fields, const json::object* sender, std::string_view key) {
  const auto* value = sender ? sender->if_contains(key) : nullptr;
  const auto* object = value ? value->if_object() : nullptr;
  const auto path = fmt::format("sender.{}", key);
  return {text_in(fields, object, path, "en"), text_in(fields, object, path, "ja")};
}

}  // namespace

bool Settings::names_sender() const {
  return !sender_name.en.empty() && !sender_name.ja.empty() && !sender_address.en.empty() &&
         !sender_address.ja.empty() && !sender_contact.empty();
}

core::Result<Settings> read_settings(const boost::json::object& body) {
  json::Fields fields(body);
  Settings settings;
  settings.mails_per_window = number_in(fields, "mails_per_window", 1, 50);
  settings.window_days = number_in(fields, "window_days", 1, 90);
  settings.survey_gap_days = number_in(fields, "survey_gap_days", 0, 365);
  settings.csat_per_year = number_in(fields, "csat_per_year", 1, 52);
  settings.hold_days = number_in(fields, "hold_days", 0, 90);
  settings.hours.from_hour = number_in(fields, "work_from_hour", 0, 23);
  settings.hours.until_hour = number_in(fields, "work_until_hour", 1, 24);
  if (settings.hours.until_hour <= settings.hours.from_hour) {
    fields.fail("work_until_hour",
                {"Working hours must end after they begin.", "送信時間帯の終了は開始より後にしてください。"});
  }
  settings.tracks_opens = fields.yes_no("tracks_opens", true).value_or(false);
  settings.tracks_clicks = fields.yes_no("tracks_clicks", true).value_or(false);
  const auto* sender = fields.child("sender");
  settings.sender_name = texts_in(fields, sender, "name");
  settings.sender_address = texts_in(fields, sender, "address");
  settings.sender_contact = text_in(fields, sender, "sender", "contact");
  BANSO_TRY(fields.finish());
  return settings;
}

boost::json::object render_settings(const Settings& settings) {
  const auto texts = [](const core::Text& text) { return json::object{{"en", text.en}, {"ja", text.ja}}; };
  return {{"mails_per_window", settings.mails_per_window},
          {"window_days", settings.window_days},
          {"survey_gap_days", settings.survey_gap_days},
          {"csat_per_year", settings.csat_per_year},
          {"hold_days", settings.hold_days},
          {"work_from_hour", settings.hours.from_hour},
          {"work_until_hour", settings.hours.until_hour},
          {"tracks_opens", settings.tracks_opens},
          {"tracks_clicks", settings.tracks_clicks},
          {"sender", json::object{{"name", texts(settings.sender_name)},
                                  {"address", texts(settings.sender_address)},
                                  {"contact", settings.sender_contact}}}};
}

}  // namespace banso::outreach
