#include "vendor.hpp"

#include <set>

#include "render.hpp"

namespace banso::portal {
namespace {

// The roles that a customer has to do with, in the order in which they are shown.
constexpr org::AccountRole roles[] = {org::AccountRole::csm, org::AccountRole::onboarding, org::AccountRole::support,
                                      org::AccountRole::renewal_sales};

// As the customer would say it.
core::Text role_name(org::AccountRole role) {
  switch (role) {
    case org::AccountRole::onboarding:
      return {"Getting started", "導入のご相談"};
    case org::AccountRole::support:
      return {"Questions and problems", "お困りごと・お問い合わせ"};
    case org::AccountRole::renewal_sales:
      return {"Your contract", "ご契約"};
    default:
      return {"Your contact person", "主担当"};
  }
}

}  // namespace

json::object render_vendor(const House& house) {
  const auto branding = house.branding();
  const auto logo = house.logo();
  return {{"name", render(house.vendor_name())},
          {"accent", branding.accent},
          {"welcome", render(branding.welcome)},
          {"logo", logo ? json::value("/portal/api/logo?v=" + logo->name) : json::value(nullptr)}};
}

json::array render_people(const House& house, core::AccountId account) {
  const auto& from = house.from;
  const auto today = core::day_of(house.now(), from.surroundings.utc_offset_minutes());
  json::array items;
  std::set<core::UserId> shown;
  for (const auto role : roles) {
    // Where nobody has the role, the CSM answers for it: said once, under their own.
    const auto who = from.org->responsible(account, role, today);
    if (!who || !who->user || !shown.insert(who->user).second) continue;
    const auto user = from.surroundings.user(who->user);
    if (!user) continue;
    const auto away = who->stands_in_for ? from.surroundings.user(who->stands_in_for) : std::nullopt;
    items.push_back(json::object{{"role", org::word_of(role)},
                                 {"role_name", render(role_name(role))},
                                 {"name", user->caller.name},
                                 {"email", user->email},
                                 {"stands_in_for", away ? json::value(away->caller.name) : json::value(nullptr)}});
  }
  return items;
}

}  // namespace banso::portal
