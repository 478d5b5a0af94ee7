// The words by which enumerations are written in definitions and messages. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "definitions.hpp"

namespace banso::engine {

template <class Enum>
struct Names;  // static constexpr std::pair<Enum, std::string_view> all[]

template <>
struct Names<Source> {
  static constexpr std::pair<Source, std::string_view> all[] = {
      {Source::usage, "usage"},
      {Source::tickets, "tickets"},
      {Source::surveys, "surveys"},
      {Source::interactions, "interactions"},
      {Source::attendance, "attendance"},
      {Source::contacts, "contacts"},
      {Source::subscriptions, "subscriptions"},
      {Source::attribute, "attribute"},
      {Source::account, "account"},
      {Source::measures, "measures"},
  };
};

template <>
struct Names<Aggregate> {
  static constexpr std::pair<Aggregate, std::string_view> all[] = {
      {Aggregate::people, "people"},
      {Aggregate::events, "events"},
      {Aggregate::days_active, "days_active"},
      {Aggregate::features, "features"},
      {Aggregate::modules, "modules"},
      {Aggregate::days_since_latest, "days_since_latest"},
      {Aggregate::count, "count"},
      {Aggregate::closed, "closed"},
      {Aggregate::open, "open"},
      {Aggregate::open_mean_age, "open_mean_age"},
      {Aggregate::open_oldest_age, "open_oldest_age"},
      {Aggregate::latest, "latest"},
      {Aggregate::mean, "mean"},
      {Aggregate::net_promoter, "net_promoter"},
      {Aggregate::satisfied_share, "satisfied_share"},
      {Aggregate::roles, "roles"},
      {Aggregate::present, "present"},
      {Aggregate::active, "active"},
      {Aggregate::left, "left"},
      {Aggregate::seats, "seats"},
      {Aggregate::mrr, "mrr"},
      {Aggregate::days_to_renewal, "days_to_renewal"},
      {Aggregate::value, "value"},
      {Aggregate::age, "age"},
      {Aggregate::ratio, "ratio"},
      {Aggregate::sum, "sum"},
      {Aggregate::minimum, "minimum"},
      {Aggregate::maximum, "maximum"},
      {Aggregate::expression, "expression"},
  };
};

template <>
struct Names<DivideBy> {
  static constexpr std::pair<DivideBy, std::string_view> all[] = {
      {DivideBy::nothing, "nothing"},
      {DivideBy::seats, "seats"},
      {DivideBy::active_people, "active_people"},
      {DivideBy::unfiltered, "unfiltered"},
      {DivideBy::thirty_days, "thirty_days"},
  };
};

template <>
struct Names<CompareWith> {
  static constexpr std::pair<CompareWith, std::string_view> all[] = {
      {CompareWith::nothing, "nothing"},
      {CompareWith::previous_window, "previous_window"},
      {CompareWith::last_year, "last_year"},
  };
};

template <>
struct Names<Change> {
  static constexpr std::pair<Change, std::string_view> all[] = {
      {Change::percent, "percent"},
      {Change::difference, "difference"},
  };
};

template <>
struct Names<Unit> {
  static constexpr std::pair<Unit, std::string_view> all[] = {
      {Unit::count, "count"}, {Unit::people, "people"},     {Unit::events, "events"},
      {Unit::days, "days"},   {Unit::features, "features"}, {Unit::percent, "percent"},
      {Unit::ratio, "ratio"}, {Unit::score, "score"},       {Unit::money, "money"},
  };
};

template <>
struct Names<Better> {
  static constexpr std::pair<Better, std::string_view> all[] = {
      {Better::higher, "higher"},
      {Better::lower, "lower"},
      {Better::neither, "neither"},
  };
};

template <>
struct Names<NoFacts> {
  static constexpr std::pair<NoFacts, std::string_view> all[] = {
      {NoFacts::missing, "missing"},
      {NoFacts::zero, "zero"},
  };
};

template <>
struct Names<MissingPolicy> {
  static constexpr std::pair<MissingPolicy, std::string_view> all[] = {
      {MissingPolicy::ignore, "ignore"},
      {MissingPolicy::neutral, "neutral"},
      {MissingPolicy::bad, "bad"},
  };
};

template <>
struct Names<RollUp> {
  static constexpr std::pair<RollUp, std::string_view> all[] = {
      {RollUp::none, "none"},
      {RollUp::arr_weighted, "arr_weighted"},
  };
};

template <>
struct Names<Curve::Kind> {
  static constexpr std::pair<Curve::Kind, std::string_view> all[] = {
      {Curve::Kind::bands, "bands"},
      {Curve::Kind::linear, "linear"},
      {Curve::Kind::choices, "choices"},
  };
};

template <>
struct Names<SurveyKind> {
  static constexpr std::pair<SurveyKind, std::string_view> all[] = {
      {SurveyKind::nps, "nps"},
      {SurveyKind::csat, "csat"},
      {SurveyKind::ces, "ces"},
      {SurveyKind::other, "other"},
  };
};

template <>
struct Names<InteractionKind> {
  static constexpr std::pair<InteractionKind, std::string_view> all[] = {
      {InteractionKind::meeting, "meeting"},
      {InteractionKind::call, "call"},
      {InteractionKind::mail, "mail"},
      {InteractionKind::note, "note"},
  };
};

template <>
struct Names<AttendanceKind> {
  static constexpr std::pair<AttendanceKind, std::string_view> all[] = {
      {AttendanceKind::content, "content"},
      {AttendanceKind::event, "event"},
      {AttendanceKind::community, "community"},
  };
};

template <>
struct Names<ContactRole> {
  static constexpr std::pair<ContactRole, std::string_view> all[] = {
      {ContactRole::champion, "champion"},
      {ContactRole::executive_sponsor, "executive_sponsor"},
      {ContactRole::decision_maker, "decision_maker"},
      {ContactRole::admin, "admin"},
      {ContactRole::user, "user"},
  };
};

template <class Enum>
std::string_view name_of(Enum value) {
  for (const auto& [candidate, name] : Names<Enum>::all) {
    if (candidate == value) return name;
  }
  return "?";
}

template <class Enum>
std::optional<Enum> from_name(std::string_view name) {
  for (const auto& [candidate, candidate_name] : Names<Enum>::all) {
    if (candidate_name == name) return candidate;
  }
  return std::nullopt;
}

// "a, b, c": for messages that say what is allowed.
template <class Enum>
std::string all_names() {
  std::string list;
  for (const auto& [candidate, name] : Names<Enum>::all) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace banso::engine
