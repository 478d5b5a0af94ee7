// The book table as other modules see it. Internal to the module.
#pragma once

#include "book_table.hpp"

namespace banso::health {

BookViewPtr view_of(BookTablePtr table);

}  // namespace banso::health
