// Plans as JSON. Internal to the module.
#pragma once

#include "desk.hpp"
#include "platform/json/json.hpp"

namespace banso::plans {

// What is needed around a plan to show it.
struct Scene {
  const Dependencies& from;
  health::BookViewPtr book;  // may be null
  core::Day today;
  core::Language language = core::Language::en;
  std::string currency;
};

platform::json::object render(const core::Text& text);
platform::json::object render_money(std::int64_t amount_minor, const std::string& currency);
platform::json::object render_change(const document::Difference& difference);

platform::json::object render_plan(const Scene& scene, const PlanFile& file, std::int64_t offers);
platform::json::object render_line(const Scene& scene, const PlanFile& file, const PlanView& view);
platform::json::object render_version(const VersionRow& version, const document::Document* before,
                                      const document::Document& after, bool is_sent);
platform::json::object render_account_value(const Scene& scene, core::AccountId account,
                                            const std::vector<PlanFile>& files);

// The owner of an action by name, else the role in words; may be empty.
core::Text owner_in_words(const document::Action& action, const Surroundings& around,
                          const std::map<core::ContactId, std::string>& contacts);

}  // namespace banso::plans
