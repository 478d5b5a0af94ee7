// The customer's own view: what people of a customer see of their journey, their plan and what came of it, and what
// they do there. The module's only public header.
//
//   we invite a contact ──► link by mail, once ──► session ──► routes under /portal/api, for that one account
//   sharing rules (definitions) ──► what is shown; everything else answers as if it did not exist
//   one of us looks as a contact would ──► session that only reads, recorded
//
// Routes for customers take no account's id: every read is by the account of the session, and every field is written
// out one by one, so that nothing that is added to a record elsewhere is shown by itself.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in sees who is invited; csm invites, shares documents with one account and looks as a customer;
// leader defines what is shared; admin changes the look.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/org/org.hpp"
#include "modules/outreach/outreach.hpp"
#include "modules/plans/plans.hpp"
#include "modules/usage/usage.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::portal {

inline constexpr std::string_view sharing_kind = "portal_sharing";

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<core::Instant()> now = core::now;
  std::function<int()> utc_offset_minutes = [] { return 540; };
  std::function<std::string()> workspace_name = [] { return std::string(); };
  struct User {
    core::Caller caller;
    std::string email;
  };
  // Nothing: no such user, or disabled.
  std::function<std::optional<User>(core::UserId)> user;
  // Bought seats on a day.
  std::function<std::optional<std::int64_t>(core::AccountId, core::Day)> seats;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<journeys::Service> journeys;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<outreach::Service> outreach;
  std::shared_ptr<plans::Service> plans;
  std::shared_ptr<usage::Service> usage;
  std::string public_url;  // where links lead; no slash at the end
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kind and listens to plans.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // Sends the links that were asked for, in a thread.
  virtual void start() = 0;
  virtual void stop() = 0;
  // One round of it on this thread. Returns how many mails were ordered.
  virtual int send_links() = 0;

  // Whose session a request carries; for the dispatcher.
  virtual std::optional<core::Customer> customer_of(const platform::http::Request& request) = 0;

  // /api/portal..., /api/accounts/{id}/portal..., /api/accounts/{id}/departments, /portal/api/...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::portal
