// Success plans as the application ties them to everything else.
#pragma once

#include "application.hpp"

namespace banso::app {

plans::Dependencies plans_dependencies(const Application& application);
std::shared_ptr<plans::Service> make_plans(const Application& application);

// Records a goal that was reached as a win.
plans::RecordWin wins_of(const Application& application);

// Goals that customers reached are recorded as wins.
void connect_goals_to_wins(const Application& application);
// Steps of playbooks make plans and send them.
void connect_plans_to_playbooks(const Application& application);

}  // namespace banso::app
