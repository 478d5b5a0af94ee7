#pragma once

#include "application.hpp"
#include "platform/mail/mailer.hpp"

namespace banso::app {

// By the operator's settings; one for all who send.
std::shared_ptr<platform::mail::Mailer> make_mailer(const Settings& settings);
// Needs renewals only later, for its calendar.
std::shared_ptr<outreach::Service> make_outreach(const Application& application);

}  // namespace banso::app
