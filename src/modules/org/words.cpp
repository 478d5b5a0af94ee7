#include <array>

#include "org.hpp"

namespace banso::org {
namespace {

constexpr std::array<std::string_view, account_role_count> words{"csm",           "onboarding", "support",
                                                                 "renewal_sales", "marketing",  "product"};

}  // namespace

std::string_view word_of(AccountRole role) {
  return words[static_cast<std::size_t>(role)];
}

std::optional<AccountRole> account_role_from(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<AccountRole>(i);
  }
  return std::nullopt;
}

core::Text name_of(AccountRole role) {
  static const std::array<core::Text, account_role_count> names{{{"CSM", "主担当(CSM)"},
                                                                 {"Onboarding", "オンボーディング担当"},
                                                                 {"Support", "サポート担当"},
                                                                 {"Renewal sales", "更新営業"},
                                                                 {"Marketing", "マーケティング担当"},
                                                                 {"Product", "プロダクト担当"}}};
  return names[static_cast<std::size_t>(role)];
}

}  // namespace banso::org
