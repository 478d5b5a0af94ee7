// Handlers of people's will, surveys, the inbox and settings. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::outreach {

class PeopleHandlers {
 public:
  using Answered = core::Result<platform::http::Response>;
  using Request = platform::http::Request;

  explicit PeopleHandlers(std::shared_ptr<Context> context) : context_(std::move(context)) {}

  Answered suppressions(const Request& request) const;
  Answered suppress(const Request& request) const;
  Answered lift(const Request& request) const;
  Answered consents(const Request& request) const;
  Answered contact(const Request& request) const;
  Answered consent(const Request& request) const;
  Answered surveys(const Request& request) const;
  Answered inbox(const Request& request) const;
  Answered settings(const Request& request) const;
  Answered put_settings(const Request& request) const;

 private:
  Answered contact_answer(core::AccountId account, core::ContactId contact) const;

  std::shared_ptr<Context> context_;
};

}  // namespace banso::outreach
