// The book as CSV for spreadsheets: UTF-8 with a byte order mark (Excel then reads Japanese), headings in the reader's
// language, and no cell that a spreadsheet would run as a formula.
#pragma once

#include "book_table.hpp"
#include "platform/http/http.hpp"

namespace banso::health {

// Fields in the order of the columns; the stream holds the table until it is read.
platform::http::BodyStream csv_stream(BookTablePtr table, std::vector<std::uint32_t> rows,
                                      std::vector<std::size_t> fields, core::Language language);
// One cell, quoted where needed and with a ' before what would be a formula.
std::string csv_cell(std::string_view text);

}  // namespace banso::health
