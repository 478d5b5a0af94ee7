// The words under which enumerations are stored and appear in the API.
#include "words.hpp"

#include <array>

namespace banso::customers {
namespace {

constexpr std::array<std::string_view, 6> attribute_types{"text", "number", "date", "yes_no", "choice", "money"};
constexpr std::array<std::string_view, 3> consents{"unknown", "given", "withdrawn"};
constexpr std::array<std::string_view, 3> ticket_statuses{"open", "pending", "closed"};
constexpr std::array<std::string_view, 4> ticket_priorities{"low", "normal", "high", "urgent"};
constexpr std::array<std::string_view, 4> interaction_kinds{"meeting", "call", "mail", "note"};
constexpr std::array<std::string_view, 4> survey_kinds{"nps", "csat", "ces", "other"};
constexpr std::array<std::string_view, 3> attendance_kinds{"content", "event", "community"};

template <class Enumeration, std::size_t size>
bool find_word(const std::array<std::string_view, size>& words, std::string_view word, Enumeration& found) {
  for (std::size_t i = 0; i < size; ++i) {
    if (words[i] != word) continue;
    found = static_cast<Enumeration>(i);
    return true;
  }
  return false;
}

template <std::size_t size, class Enumeration>
std::string_view word_of(const std::array<std::string_view, size>& words, Enumeration value) {
  return words[static_cast<std::size_t>(value)];
}

struct RoleWords {
  ContactRole role;
  std::array<std::string_view, 6> words;  // the first is the one that is stored
};

// As search_key() leaves them: lower case, katakana as hiragana.
constexpr std::array<RoleWords, 5> role_words{{
    {ContactRole::champion, {"champion", "推進者", "ちゃんぴおん", "推進者(ちゃんぴおん)", "advocate", "推進担当"}},
    {ContactRole::executive_sponsor,
     {"executive_sponsor", "executive sponsor", "sponsor", "役員すぽんさー", "すぽんさー", "経営層"}},
    {ContactRole::decision_maker,
     {"decision_maker", "decision maker", "決裁者", "意思決定者", "決裁", "economic buyer"}},
    {ContactRole::admin, {"admin", "administrator", "管理者", "しすてむ管理者", "情しす", "it"}},
    {ContactRole::user, {"user", "end user", "利用者", "ゆーざー", "ゆーざ", "一般"}},
}};

}  // namespace

std::string_view to_word(AttributeType type) {
  return word_of(attribute_types, type);
}
bool from_word(std::string_view word, AttributeType& type) {
  return find_word(attribute_types, word, type);
}
std::optional<AttributeType> attribute_type_from(std::string_view word) {
  AttributeType type{};
  return from_word(word, type) ? std::optional(type) : std::nullopt;
}

std::string_view to_word(Consent consent) {
  return word_of(consents, consent);
}
bool from_word(std::string_view word, Consent& consent) {
  return find_word(consents, word, consent);
}
std::string_view to_word(TicketStatus status) {
  return word_of(ticket_statuses, status);
}
bool from_word(std::string_view word, TicketStatus& status) {
  return find_word(ticket_statuses, word, status);
}
std::string_view to_word(TicketPriority priority) {
  return word_of(ticket_priorities, priority);
}
bool from_word(std::string_view word, TicketPriority& priority) {
  return find_word(ticket_priorities, word, priority);
}
std::string_view to_word(InteractionKind kind) {
  return word_of(interaction_kinds, kind);
}
bool from_word(std::string_view word, InteractionKind& kind) {
  return find_word(interaction_kinds, word, kind);
}
std::string_view to_word(SurveyKind kind) {
  return word_of(survey_kinds, kind);
}
bool from_word(std::string_view word, SurveyKind& kind) {
  return find_word(survey_kinds, word, kind);
}
std::string_view to_word(AttendanceKind kind) {
  return word_of(attendance_kinds, kind);
}
bool from_word(std::string_view word, AttendanceKind& kind) {
  return find_word(attendance_kinds, word, kind);
}

std::optional<ContactRole> contact_role_from(std::string_view word) {
  const auto wanted = search_key(word);
  for (const auto& [role, words] : role_words) {
    for (const auto known : words) {
      if (known == wanted) return role;
    }
  }
  return std::nullopt;
}

std::vector<std::string> role_list(ContactRoles roles) {
  std::vector<std::string> list;
  for (const auto& [role, words] : role_words) {
    if (roles & static_cast<ContactRoles>(role)) list.emplace_back(words.front());
  }
  return list;
}

ContactRoles role_bits(const std::vector<std::string>& list) {
  ContactRoles roles = 0;
  for (const auto& stored : list) {
    for (const auto& [role, words] : role_words) {
      if (words.front() == stored) roles |= static_cast<ContactRoles>(role);
    }
  }
  return roles;
}

}  // namespace banso::customers
