// What the trace of a run says, in both languages. Internal to the library.
#pragma once

#include "core/time.hpp"
#include "playbook.hpp"

namespace banso::engine::workflow::words {

core::Text held_out(int percent, int days);
core::Text watched();
core::Text goal(const core::Text& facts);
core::Text exit(const core::Text& facts);
core::Text expired(int days);
core::Text reached_end();
core::Text ended(const Step& step);
core::Text entered(const Step& step);
core::Text case_holds(const core::Text& name, const core::Text& facts);
core::Text no_case_holds(const core::Text& facts);
core::Text waits_until(core::Day day, int minute_of_day);
core::Text waits_for_condition(const core::Text& facts);
core::Text condition_met(const core::Text& facts);
core::Text wait_over();
core::Text already_past(core::Day day);
core::Text no_such_day(const std::string& field);
core::Text timed_out();
core::Text no_such_step(const std::string& key);
core::Text too_many_visits(int most);

}  // namespace banso::engine::workflow::words
