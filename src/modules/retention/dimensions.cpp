// How accounts are parted: by owner, phase, region ... with the history of each, and by segment.
#include <algorithm>

#include "contracts.hpp"

namespace banso::retention {
namespace {

using customers::AccountFact;

constexpr std::string_view attribute_prefix = "attribute:";

struct PlainDimension {
  const char* key;
  core::Text name;
  std::string AccountFact::*field;
};

const std::vector<PlainDimension>& plain_dimensions() {
  static const std::vector<PlainDimension> all{{"phase", {"Phase", "フェーズ"}, &AccountFact::phase},
                                               {"industry", {"Industry", "業種"}, &AccountFact::industry},
                                               {"region", {"Region", "地域"}, &AccountFact::region},
                                               {"country", {"Country", "国"}, &AccountFact::country},
                                               {"size", {"Size", "規模"}, &AccountFact::size}};
  return all;
}

std::string owner_value(const AccountFact& fact) {
  return fact.owner ? "user:" + std::to_string(fact.owner.value) : fact.owner_name;
}

std::string attribute_value(const AccountFact& fact, std::string_view key) {
  for (const auto& [name, value] : fact.attributes) {
    if (name != key) continue;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
  }
  return {};
}

// The first month on whose first day something is so that became so on `day`.
ledger::Month month_from(core::Day day) {
  const auto month = ledger::month_of(day);
  return ledger::first_day(month) < day ? month + 1 : month;
}

// Appends, or prolongs what is there.
void add(std::vector<ledger::Membership>& memberships, ledger::Membership next) {
  if (next.end_month <= next.first_month) return;
  if (!memberships.empty() && memberships.back().value == next.value &&
      memberships.back().end_month == next.first_month) {
    memberships.back().end_month = next.end_month;
    return;
  }
  memberships.push_back(next);
}

}  // namespace

void Contracts::make_dimensions() {
  auto& dimensions = roster_.dimensions;
  const auto make = [&](std::string key, core::Text name) -> Dimension& {
    dimensions.push_back({std::move(key), std::move(name), {}, {}, false});
    dimensions.back().values.number_of("");
    roster_.memberships.emplace_back();
    return dimensions.back();
  };
  make("owner", {"Account owner", "主担当"});
  for (const auto& plain : plain_dimensions()) make(plain.key, plain.name);
  for (const auto& attribute : from_->customers->attribute_definitions()) {
    using customers::AttributeType;
    if (attribute.type != AttributeType::choice && attribute.type != AttributeType::yes_no) continue;
    auto& dimension = make(std::string(attribute_prefix) + attribute.key, attribute.name);
    for (const auto& choice : attribute.choices) dimension.value_names[choice.value] = choice.label;
    if (attribute.type == AttributeType::yes_no) {
      dimension.value_names = {{"yes", {"yes", "はい"}}, {"no", {"no", "いいえ"}}};
    }
  }
  if (from_->segments) make("segment", {"Segment", "セグメント"}).is_overlapping = true;
}

void Contracts::load_accounts(const customers::Selection& selection) {
  std::vector<AccountFact> versions;  // of one account, oldest first
  from_->customers->each_account(selection, [&](const AccountFact& fact) {
    if (!versions.empty() && versions.back().account != fact.account) {
      add_memberships(versions);
      versions.clear();
    }
    versions.push_back(fact);
  });
  add_memberships(versions);
}

void Contracts::add_memberships(const std::vector<AccountFact>& versions) {
  if (versions.empty()) return;
  const auto& last = versions.back();
  const auto account = roster_.add(last.account);
  roster_.names[account] = last.name;
  roster_.deleted_from[account] = last.known.until == customers::KnownSpan::still ? ledger::forever : last.known.until;
  for (std::size_t i = 0; i < roster_.dimensions.size(); ++i) {
    auto& dimension = roster_.dimensions[i];
    if (dimension.key == "segment") continue;
    auto& memberships = roster_.memberships[i][account];
    memberships.clear();
    for (const auto& version : versions) {
      std::string value;
      if (dimension.key == "owner") {
        value = owner_value(version);
        const auto name = version.owner && from_->surroundings.user_name ? from_->surroundings.user_name(version.owner)
                                                                         : std::nullopt;
        const std::string shown = name ? *name : version.owner_name;
        if (!shown.empty()) dimension.value_names[value] = {shown, shown};
      } else if (dimension.key.starts_with(attribute_prefix)) {
        value = attribute_value(version, std::string_view(dimension.key).substr(attribute_prefix.size()));
      } else {
        for (const auto& plain : plain_dimensions()) {
          if (dimension.key == plain.key) value = version.*plain.field;
        }
      }
      // What is known first is taken to have been so before; what is known last goes on.
      const bool is_first = &version == &versions.front();
      const bool is_last = &version == &versions.back();
      add(memberships,
          {dimension.values.number_of(value), is_first ? ledger::from_always : month_from(version.known.from),
           is_last ? ledger::for_ever : month_from(version.known.until)});
    }
  }
}

void Contracts::reload_segments() {
  const auto position = roster_.find_dimension("segment");
  if (!position) return;
  for (auto& of_account : roster_.memberships[*position]) of_account.clear();
  load_segments();
}

void Contracts::load_segments() {
  const auto position = roster_.find_dimension("segment");
  if (!position) return;
  auto& dimension = roster_.dimensions[*position];
  auto& memberships = roster_.memberships[*position];
  for (const auto& summary : from_->definitions->list(std::string(segments::segment_kind))) {
    dimension.value_names[summary.name.key] = summary.title;
  }
  from_->segments->each_stay([&](std::string_view segment, core::AccountId id, std::optional<core::Day> entered,
                                 std::optional<core::Day> left) {
    const auto account = roster_.find(id);
    if (!account) return;
    const ledger::Membership stay{dimension.values.number_of(segment),
                                  entered ? month_from(*entered) : ledger::from_always,
                                  left ? month_from(*left) : ledger::for_ever};
    if (stay.first_month < stay.end_month) memberships[*account].push_back(stay);
  });
  // Who is in no segment now has none at all: the value "" is for those.
  for (auto& of_account : memberships) {
    if (of_account.empty())
      of_account.push_back({dimension.values.number_of(""), ledger::from_always, ledger::for_ever});
  }
}

}  // namespace banso::retention
