// Playbooks for the usual cases, with the mails they send. Internal to the module.
#pragma once

#include <vector>

#include "playbooks.hpp"

namespace banso::playbooks {

using Template = StarterPlaybook;

// In the order of a customer's life.
const std::vector<Template>& templates();

}  // namespace banso::playbooks
