// Internal to the module.
#pragma once

#include "renewal_list.hpp"

namespace banso::renewals {

std::vector<ListField> list_fields(const std::string& currency, const ListWords& words);

}  // namespace banso::renewals
