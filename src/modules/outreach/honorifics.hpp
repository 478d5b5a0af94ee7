// How people are addressed. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/text.hpp"

namespace banso::outreach {

// A company, department or desk rather than a person: 「情報システム部」, "Support team", or nothing at all.
bool is_organisation(std::string_view name, std::string_view account_name);

// 「山田 太郎 様」; for a company or a department 「株式会社サンプル 情報システム部 御中」. In English the name alone,
// or "Sample Inc. team": no titles are guessed. A name that brings its honorific keeps it.
std::string addressee(std::string_view contact_name, std::string_view account_name, core::Language language);

}  // namespace banso::outreach
