// What people do to plans: checks, one transaction each, and what is told of it. Internal to the module.
#pragma once

#include "engine/plans/changes.hpp"
#include "kind.hpp"
#include "shelf.hpp"
#include "view.hpp"

namespace banso::plans {

struct Contact {
  core::ContactId id;
  std::string name;
  customers::ContactRoles roles = 0;
};
// Those who are with the customer now.
std::vector<Contact> contacts_of(customers::Service& customers, core::AccountId account);
// Also of those who left.
std::map<core::ContactId, std::string> contact_names(customers::Service& customers, core::AccountId account);

core::Error no_such_plan();

class Desk {
 public:
  // Called after each deed, outside of its transaction.
  using Written = std::function<void(PlanId)>;

  Desk(const Dependencies& from, Store& store, Written written)
      : from_(from), store_(store), written_(std::move(written)) {}

  core::Result<PlanId> create(const Actor& by, const NewPlan& plan, bool is_blank);
  core::Result<> change(const Actor& by, PlanId plan, std::int64_t base_version,
                        std::span<const document::Operation> operations, const std::string& why);
  core::Result<> restore(const Actor& by, PlanId plan, std::int64_t version, std::int64_t base_version);
  core::Result<> send(const Actor& by, PlanId plan, std::vector<core::ContactId> to);
  core::Result<> close(const Actor& by, PlanId plan, const std::string& why);
  core::Result<> reopen(const Actor& by, PlanId plan);

  struct Answer {
    std::string goal;
    core::ContactId contact;
    bool is_confirmed = true;  // else commented
    std::string words;
    bool is_told_us = false;  // else through the portal
  };
  core::Result<> answer(const Actor& by, PlanId plan, const Answer& answer);
  core::Result<> comment(const Actor& by, PlanId plan, const std::string& item, const std::string& words,
                         bool is_internal);
  core::Result<> enter_figure(const Actor& by, PlanId plan, const std::string& goal, double value, core::Day day);
  core::Result<> finish_action(const Actor& by, PlanId plan, const std::string& action, bool is_done);
  core::Result<> ask_review(const Actor& by, PlanId plan, const core::Text& why);
  core::Result<> finish_review(const Actor& by, PlanId plan, std::int64_t review, const std::string& note);
  core::Result<> write_value(const Actor& by, PlanId plan, const std::string& goal, const std::string& story,
                             bool is_shared, const std::optional<std::vector<core::Text>>& evidence);
  core::Result<> take_offers(const Actor& by, PlanId plan, std::int64_t to_version,
                             const std::vector<std::pair<document::ItemKind, std::string>>& take);

  struct Offers {
    std::int64_t from_version = 0, to_version = 0;
    std::vector<document::Improvement> items;
  };
  Offers offers(const PlanFile& file);

 private:
  using Work = std::function<core::Result<>(Session&, PlanRow&, core::Instant)>;
  core::Result<> write(PlanId plan, const Work& work);
  core::Result<> check_people_and_measures(const document::Document& before, const document::Document& after,
                                           core::AccountId account);
  void activate_when_confirmed(Session& session, PlanRow& row, core::Instant now);
  core::Day today() const { return from_.surroundings.book_day(); }

  const Dependencies& from_;
  Store& store_;
  Written written_;
};

}  // namespace banso::plans
