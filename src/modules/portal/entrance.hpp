// Who comes in, and how: invitations, links that work once, sessions, and one of us who looks as a contact would.
// Internal to the module.
#pragma once

#include "contact.hpp"
#include "sharing.hpp"
#include "store.hpp"

namespace banso::portal {

struct Opened {
  std::string token;  // for the cookie; only its hash is kept
  core::Instant until;
};

// Threading: may be shared.
class Entrance {
 public:
  Entrance(const Dependencies& from, SharingRules& rules, std::function<core::Text()> vendor)
      : from_(from), rules_(rules), vendor_(std::move(vendor)) {}

  // -- by us
  core::Result<Person> invite(const core::Caller& caller, core::AccountId account, core::ContactId contact);
  core::Result<Person> set_disabled(const core::Caller& caller, core::AccountId account, core::ContactId contact,
                                    bool is_disabled);
  core::Result<Opened> view(const core::Caller& caller, core::AccountId account, core::ContactId contact);
  // Writes to those who are asked to confirm a plan, and lets them in, where the plan is shown to their account.
  // Hearing the same twice writes once.
  void tell_of_plan(const plans::PlanChange& change);

  // -- by anybody. The answer, and how long it takes, is the same whether somebody has the address or not.
  core::Result<> ask_for_link(const std::string& address, const std::string& host);
  int send_links();  // to those who asked; how many were ordered
  core::Result<Opened> open(const std::string& token, const std::string& host);
  void close(const std::string& token);

  // -- by the customer
  std::optional<core::Customer> customer_of(const std::string& token);
  std::optional<Visit> visit_of(const std::string& token);
  struct Place {
    std::int64_t person = 0;
    core::AccountId account;
    core::ContactId contact;
  };
  // Accounts that have invited the address of this visit, the present one included.
  std::vector<Place> places(const Visit& visit);
  core::Result<> move_to(const std::string& token, std::int64_t person);
  void set_language(const core::Customer& customer, core::Language language);
  void note(const core::Customer& customer, std::string event, std::string words = {});
  void note(const core::Caller& caller, core::AccountId account, core::ContactId contact, std::string event,
            std::string words = {});

 private:
  core::Instant now() const { return from_.surroundings.now(); }
  core::Result<ContactCard> invitable(core::AccountId account, core::ContactId contact) const;
  Person made_person(platform::records::Session& session, core::AccountId account, core::ContactId contact,
                     const std::string& by);
  std::string make_link(platform::records::Session& session, const Person& person, const std::string& cause,
                        const std::string& address, std::int64_t lasts_us);
  bool send_link(const Waiting& request);

  const Dependencies& from_;
  SharingRules& rules_;
  std::function<core::Text()> vendor_;
};

}  // namespace banso::portal
