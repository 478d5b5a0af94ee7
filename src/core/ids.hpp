// Ids of records: positive integers below 2^53 (JavaScript can hold them), one type per kind of record so that a
// contact's id cannot be passed where an account's is meant. Zero means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace banso::core {

template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using AccountId = Id<struct AccountTag>;
using ContactId = Id<struct ContactTag>;
using ProductId = Id<struct ProductTag>;
using SubscriptionId = Id<struct SubscriptionTag>;
using TicketId = Id<struct TicketTag>;
using InteractionId = Id<struct InteractionTag>;
using SurveyAnswerId = Id<struct SurveyAnswerTag>;
using AttendanceId = Id<struct AttendanceTag>;
using UserId = Id<struct UserTag>;  // a user of Banso, never a user of the vendor's product
using ImportId = Id<struct ImportTag>;
using SourceId = Id<struct SourceTag>;  // where events come from; owns a write key

}  // namespace banso::core

template <class Tag>
struct std::hash<banso::core::Id<Tag>> {
  std::size_t operator()(banso::core::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
