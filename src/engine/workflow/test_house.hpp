// A situation whose clock, conditions and days a test sets by hand. For tests alone.
#pragma once

#include <map>
#include <set>

#include "stepping.hpp"

namespace banso::engine::workflow {

class TestSituation final : public Situation {
 public:
  core::Instant at = core::start_of(core::day_from(2026, 4, 6));  // a Monday
  std::set<std::string> holding;                                  // the conditions that hold now
  std::map<std::string, core::Day> days;
  core::BusinessCalendar business;

  core::Instant now() const override { return at; }
  Local local(core::Instant instant) const override {
    const auto day = core::day_of(instant);
    const auto since = instant.microseconds - core::start_of(day).microseconds;
    return {day, static_cast<int>(since / (60 * core::microseconds_per_second))};
  }
  core::Instant instant_of(core::Day day, int minute) const override {
    return {core::start_of(day).microseconds + minute * 60 * core::microseconds_per_second};
  }
  const core::BusinessCalendar& calendar() const override { return business; }
  bool holds(const std::string& condition) const override { return holding.contains(condition); }
  core::Text facts(const std::string&) const override { return {}; }
  std::optional<core::Day> day_of(const std::string& field) const override {
    const auto found = days.find(field);
    return found == days.end() ? std::nullopt : std::optional(found->second);
  }
};

// {"field": "<name>"}: conditions are told apart by their text alone.
inline std::string condition(const std::string& name) {
  return "{\"field\":\"" + name + "\"}";
}

// A body with these steps; names are filled in.
inline std::string body(const std::string& steps, const std::string& more = "") {
  return R"({"name":{"en":"Test","ja":"試験"},"start":{"on":"manual"},)" + more + R"("steps":[)" + steps + "]}";
}
inline std::string step(const std::string& key, const std::string& kind, const std::string& more) {
  return R"({"key":")" + key + R"(","kind":")" + kind + R"(","name":{"en":")" + key + R"(","ja":")" + key + "\"}" +
         (more.empty() ? "" : "," + more) + "}";
}
inline std::string task(const std::string& key, const std::string& next, const std::string& more = "") {
  return step(key, "task", R"("title":{"en":"T","ja":"T"},"next":)" + next + (more.empty() ? "" : "," + more));
}

}  // namespace banso::engine::workflow
