// Copies a whole records database into another one, to move an installation from SQLite to PostgreSQL.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "platform/records/records.hpp"

namespace banso::platform::records {

struct CopiedTable {
  std::string name;
  std::int64_t rows = 0;
  // The rows' contents added up, whatever their order: equal on both sides, or the copy is not one.
  std::uint64_t checksum = 0;
};

// Told now and then, and after each table.
using ShowCopied = std::function<void(const CopiedTable&)>;

// Puts every row of `from` (SQLite) in place of what `to` (any) holds, in one transaction: all or nothing, and the same
// again when repeated. Both must have had the same migrations. Reads the copy back and compares; throws DatabaseError
// where a table differs, and then nothing was copied. What belongs to a
// database itself (its nodes, its migrations) is left out.
std::vector<CopiedTable> copy_all(Database& from, Database& to, const ShowCopied& show = {});

}  // namespace banso::platform::records
