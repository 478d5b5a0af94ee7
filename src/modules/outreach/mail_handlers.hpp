// Handlers of templates and mails. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::outreach {

class MailHandlers {
 public:
  using Answered = core::Result<platform::http::Response>;
  using Request = platform::http::Request;

  MailHandlers(std::shared_ptr<Context> context, std::function<void()> wake)
      : context_(std::move(context)), wake_(std::move(wake)) {}

  Answered fields(const Request& request) const;
  Answered preview(const Request& request) const;
  Answered test(const Request& request) const;
  Answered add_starters(const Request& request) const;
  Answered templates(const Request& request) const;
  Answered list(const Request& request) const;
  Answered order(const Request& request) const;
  Answered detail(const Request& request) const;
  Answered cancel(const Request& request) const;
  Answered resolve(const Request& request) const;

 private:
  std::shared_ptr<Context> context_;
  std::function<void()> wake_;
};

}  // namespace banso::outreach
