#include "honorifics.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace banso::outreach {
namespace {

constexpr std::array<std::string_view, 14> japanese_ends = {"部",       "課",   "室",     "係",       "局",
                                                            "チーム",   "窓口", "事務局", "グループ", "担当",
                                                            "センター", "本部", "御中",   "ご担当者"};
constexpr std::array<std::string_view, 8> english_ends = {"team",    "department", "dept", "dept.",
                                                          "support", "office",     "desk", "group"};
constexpr std::array<std::string_view, 6> honorifics = {"様", "御中", "殿", "先生", "各位", "さま"};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::string last_word(std::string_view name) {
  const auto blank = name.rfind(' ');
  std::string word(blank == std::string_view::npos ? name : name.substr(blank + 1));
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char sign) {
    return sign < 128 ? static_cast<char>(std::tolower(sign)) : static_cast<char>(sign);
  });
  return word;
}

bool ends_with_any(std::string_view text, const auto& ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

}  // namespace

bool is_organisation(std::string_view name, std::string_view account_name) {
  const auto clean = trimmed(name);
  if (clean.empty() || clean == account_name) return true;
  // 「服部」 and 「阿部」 are people: a short name that ends like a department is a surname.
  constexpr std::size_t short_name_bytes = 9;
  const bool one_word = clean.find(' ') == std::string::npos && clean.find("　") == std::string::npos;
  if (one_word && clean.size() > short_name_bytes && ends_with_any(clean, japanese_ends)) return true;
  const auto word = last_word(clean);
  return clean.size() > word.size() && std::find(english_ends.begin(), english_ends.end(), word) != english_ends.end();
}

std::string addressee(std::string_view contact_name, std::string_view account_name, core::Language language) {
  auto name = trimmed(contact_name);
  const bool is_company = is_organisation(name, account_name);
  if (language == core::Language::ja) {
    if (!name.empty() && ends_with_any(name, honorifics)) return name;
    if (!is_company) return name + " 様";
    return name.empty() || name == account_name ? std::string(account_name) + " 御中"
                                                : std::string(account_name) + " " + name + " 御中";
  }
  if (name.empty() || name == account_name) return std::string(account_name) + " team";
  return name;
}

}  // namespace banso::outreach
