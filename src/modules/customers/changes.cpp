#include "changes.hpp"

#include <algorithm>
#include <set>

#include "platform/versioned/difference.hpp"

namespace banso::customers {
namespace {

// Bookkeeping that says nothing to a reader.
const std::set<std::string, std::less<>> hidden_fields{"account_id", "module", "pending_parent"};

class ChangeReader {
 public:
  ChangeReader(Session& session, const UserNames& users) : session_(session), users_(users) {}

  ChangeLine read(records::Version version) {
    const auto before = body_before(version);
    ChangeLine line;
    for (auto& change : versioned::difference(before, version.body)) {
      if (hidden_fields.contains(change.field)) continue;
      line.fields.push_back({shown_field(change.field), shown(change.field, std::move(change.before)),
                             shown(change.field, std::move(change.after))});
    }
    line.version = std::move(version);
    return line;
  }

 private:
  std::optional<std::string> body_before(const records::Version& version) {
    const auto key = std::pair(version.entity, version.entity_id);
    auto known = histories_.find(key);
    if (known == histories_.end()) {
      known = histories_.emplace(key, records::versions_of(session_, version.entity, version.entity_id)).first;
    }
    std::optional<std::string> before;
    for (const auto& other : known->second) {
      if (other.version_id == version.version_id) break;
      before = other.body;
    }
    return before;
  }

  static std::string shown_field(const std::string& field) {
    if (field == "owner_id") return "owner";
    if (field == "parent_id") return "parent";
    if (field == "contact_id" || field == "requester_id") return "contact";
    return field;
  }

  // Ids become names.
  boost::json::value shown(const std::string& field, boost::json::value value) {
    if (!value.is_number()) return value;
    const auto id = [&] { return value.to_number<std::int64_t>(); };
    if (field == "owner_id") return boost::json::value(users_.shown({id()}, ""));
    if (field == "parent_id") {
      const auto parent = versioned::get<Account>(session_, id());
      return parent ? boost::json::value(parent->name) : value;
    }
    if (field == "contact_id" || field == "requester_id") {
      const auto names = contact_names(session_, {id()});
      return names.empty() ? value : boost::json::value(names.begin()->second);
    }
    return value;
  }

  Session& session_;
  const UserNames& users_;
  std::map<std::pair<std::string, std::int64_t>, std::vector<records::Version>> histories_;
};

}  // namespace

core::Page<ChangeLine> read_changes(Session& session, core::AccountId account, core::Instant until,
                                    core::PageRequest page, const UserNames& users) {
  core::Page<ChangeLine> result;
  result.total = records::count_changes_on_account(session, account, until);
  auto versions = records::changes_on_account(session, account, until, static_cast<int>(page.offset + page.limit));
  const auto begin = std::min<std::size_t>(static_cast<std::size_t>(page.offset), versions.size());
  ChangeReader reader(session, users);
  for (std::size_t i = begin; i < versions.size(); ++i) result.items.push_back(reader.read(std::move(versions[i])));
  return result;
}

}  // namespace banso::customers
