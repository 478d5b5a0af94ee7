// Routes of the Health Lab. Internal to the module.
#pragma once

#include "lab.hpp"
#include "platform/http/http.hpp"

namespace banso::health {

// Submits the job that builds the panel.
using SubmitPanel = std::function<core::Result<>(const core::Caller&, const LabPeriod&)>;

// `owner` keeps the lab alive as long as the routes.
platform::http::Routes lab_routes(std::shared_ptr<void> owner, Lab& lab, SubmitPanel submit);

}  // namespace banso::health
