// The tables of routes of this module, one a subject. The service must outlive them.
#pragma once

#include "platform/http/http.hpp"

namespace banso::usage {

class ServiceImpl;

platform::http::Routes account_routes(ServiceImpl& service);      // usage, people and events of an account
platform::http::Routes catalogue_routes(ServiceImpl& service);    // features
platform::http::Routes statistics_routes(ServiceImpl& service);   // how the intake stands
platform::http::Routes intake_routes(ServiceImpl& service);       // Segment's calls
platform::http::Routes bulk_upload_routes(ServiceImpl& service);  // files of past events
platform::http::Routes source_routes(ServiceImpl& service);       // who may send
platform::http::Routes quarantine_routes(ServiceImpl& service);   // calls that were refused
platform::http::Routes matching_routes(ServiceImpl& service);     // whose event it is, corrected by hand

}  // namespace banso::usage
