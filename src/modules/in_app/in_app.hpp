// Messages and checklists inside the vendor's product, shown by a small script that the vendor embeds. Whom a message
// is for is a condition over the book; what its users did with it is kept by user. The module's only public header.
//
//   vendor's server ──secret key──► POST /in-app/v1/tokens ──► token for one user, for some hours
//   vendor's page   ──token───────► GET  /in-app/v1/messages ──► what this user is to see now
//                   ──token───────► POST /in-app/v1/messages/{key} (seen, clicked, dismissed, done)
//
// The browser never holds the secret, and a token speaks for one user of one account only: nobody reads what is meant
// for another.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; leader and above define (through definitions); admin keeps keys.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::in_app {

inline constexpr std::string_view message_kind = "in_app_message";

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<core::Instant()> now = core::now;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kind.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // /in-app/v1/..., /api/in-app/...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::in_app
