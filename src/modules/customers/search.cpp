// Finding accounts and people by parts of their names, in any script and width.
#include "pages.hpp"

namespace banso::customers {
namespace {

constexpr std::size_t most_terms = 5;

std::vector<std::string> terms_of(std::string_view query) {
  std::vector<std::string> terms;
  const auto key = search_key(query.substr(0, 200));
  std::size_t begin = 0;
  while (begin < key.size() && terms.size() < most_terms) {
    const auto end = std::min(key.find(' ', begin), key.size());
    if (end > begin) terms.push_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return terms;
}

std::string escaped(const std::string& term) {
  std::string text;
  for (const char c : term) {
    if (c == '%' || c == '_' || c == '\\') text.push_back('\\');
    text.push_back(c);
  }
  return text;
}

// "... LIKE '%term%'" for each term; the last parameter is the beginning, for what should come first.
std::string conditions(const std::vector<std::string>& terms, std::string_view column, records::Values& parameters) {
  std::string sql;
  for (const auto& term : terms) {
    parameters.emplace_back('%' + escaped(term) + '%');
    sql += (sql.empty() ? "" : " AND ") + std::string(column) + " LIKE :" + std::to_string(parameters.size()) +
           " ESCAPE '\\'";
  }
  parameters.emplace_back(escaped(terms.front()) + '%');
  return sql;
}

}  // namespace

std::vector<SearchHit> search_records(Session& session, std::string_view query, int limit) {
  std::vector<SearchHit> hits;
  const auto terms = terms_of(query);
  if (terms.empty()) return hits;
  const auto most = std::to_string(limit);

  records::Values parameters;
  auto where = conditions(terms, "search_key", parameters);
  session.each(
      "SELECT id, name, external_id, reading FROM account WHERE " + where + " ORDER BY CASE WHEN search_key LIKE :" +
          std::to_string(parameters.size()) + " ESCAPE '\\' THEN 0 ELSE 1 END, sort_key LIMIT " + most,
      parameters, [&](const records::Row& row) {
        auto subtitle = row.text(3);
        if (!subtitle.empty() && !row.text(2).empty()) subtitle += " · ";
        hits.push_back({"account", row.integer(0), row.id<core::AccountId>(0), row.text(1), subtitle + row.text(2)});
      });

  parameters.clear();
  where = conditions(terms, "contact.search_key", parameters);
  session.each(
      "SELECT contact.id, account.id, contact.name, contact.email, account.name FROM contact JOIN contact_role ON "
      "contact_role.contact_id = contact.id JOIN account ON account.id = contact_role.account_id WHERE " +
          where + " ORDER BY CASE WHEN contact.search_key LIKE :" + std::to_string(parameters.size()) +
          " ESCAPE '\\' THEN 0 ELSE 1 END, contact.name, contact.id LIMIT " + most,
      parameters, [&](const records::Row& row) {
        auto subtitle = row.text(4);
        if (!row.text(3).empty()) subtitle += " · " + row.text(3);
        hits.push_back({"contact", row.integer(0), row.id<core::AccountId>(1), row.text(2), std::move(subtitle)});
      });
  return hits;
}

}  // namespace banso::customers
