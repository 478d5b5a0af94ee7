#include "win_store.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

namespace banso::proof {
namespace {

using records::Session;

constexpr std::int64_t rules_id = 1;
constexpr std::size_t latest_thanks = 10;

// The WHERE of a query with its parameters.
struct Where {
  std::string text = " WHERE is_removed = 0";
  records::Values parameters;

  void add(std::string_view condition, records::Value value) {
    parameters.push_back(std::move(value));
    text += fmt::format(fmt::runtime(condition), parameters.size());
  }
};

Where where_of(const WinQuery& query) {
  Where where;
  if (query.from) where.add(" AND win_day >= :{}", *query.from);
  if (query.to) where.add(" AND win_day <= :{}", *query.to);
  if (query.kind) where.add(" AND kind = :{}", word_of(*query.kind));
  if (query.account) where.add(" AND account_id = :{}", *query.account);
  if (query.recorded_after) where.add(" AND recorded_at_us > :{}", *query.recorded_after);
  if (query.person) {
    where.add(" AND id IN (SELECT win_id FROM win_person WHERE user_id = :{})", *query.person);
  }
  return where;
}

Win row_of(const core::Caller& caller, const NewWin& from, core::Instant now, bool is_automatic) {
  Win win;
  win.unique_key = from.unique_key.empty() ? fmt::format("person:{}", records::new_id()) : from.unique_key;
  win.account = from.account;
  win.day = from.day;
  win.kind = from.kind;
  win.title_en = from.title.en;
  win.title_ja = from.title.ja;
  win.story = from.story;
  win.value_minor = from.value_minor;
  win.people = from.people;
  win.evidence = from.evidence_json;
  win.is_automatic = is_automatic;
  win.recorded_by = caller.user;
  win.recorded_at = now;
  return win;
}

}  // namespace

std::vector<WinId> WinStore::add(const core::Caller& caller, std::span<const NewWin> wins, core::Instant now,
                                 bool are_automatic) {
  return database_->write([&](Session& session) {
    std::vector<WinId> ids;
    versioned::Writer writer(session, records::Provenance::by(caller), {});
    for (const auto& each : wins) {
      auto win = row_of(caller, each, now, are_automatic);
      if (session.query_one("SELECT id FROM win WHERE unique_key = :1", {win.unique_key})) {
        ids.push_back({});
        continue;
      }
      writer.create(win, now);
      ids.push_back({win.id});
    }
    return ids;
  });
}

std::optional<Win> WinStore::find(WinId win) {
  auto found = database_->read([&](Session& session) { return versioned::get<Win>(session, win.value); });
  if (found && found->is_removed) return std::nullopt;
  return found;
}

void WinStore::change(const core::Caller& caller, const Win& before, const Win& after, core::Instant now) {
  database_->write([&](Session& session) {
    versioned::Writer writer(session, records::Provenance::by(caller), {});
    auto state = after;
    writer.change(before, state, now);
  });
}

WinPage WinStore::list(const WinQuery& query, core::PageRequest page) {
  return database_->read([&](Session& session) {
    WinPage found;
    auto where = where_of(query);
    const auto sums = session.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(value_minor), 0) AS BIGINT) FROM win" + where.text, where.parameters);
    found.total = sums->integer(0);
    found.value_minor = sums->integer(1);
    where.text += " ORDER BY win_day DESC, id DESC";
    where.add(" LIMIT :{}", page.limit);
    where.add(" OFFSET :{}", page.offset);
    found.items = versioned::load<Win>(session, where.text, where.parameters);
    return found;
  });
}

std::map<core::UserId, std::pair<std::int64_t, std::int64_t>> WinStore::wins_and_thanks(core::Day from, core::Day to) {
  return database_->read([&](Session& session) {
    std::map<core::UserId, std::pair<std::int64_t, std::int64_t>> found;
    session.each(
        "SELECT p.user_id, COUNT(DISTINCT w.id), COUNT(t.user_id) FROM win_person p JOIN win w ON w.id = p.win_id "
        "LEFT JOIN win_thanks t ON t.win_id = w.id WHERE w.is_removed = 0 AND w.win_day >= :1 AND w.win_day <= :2 "
        "GROUP BY p.user_id",
        {from, to}, [&](const records::Row& row) {
          found[row.id<core::UserId>(0)] = {row.integer(1), row.integer(2)};
        });
    return found;
  });
}

void WinStore::thank(WinId win, core::UserId user, core::Instant now) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO win_thanks (win_id, user_id, said_at_us) VALUES (:1, :2, :3) "
        "ON CONFLICT (win_id, user_id) DO NOTHING",
        {win, user, now});
  });
}

void WinStore::take_thanks_back(WinId win, core::UserId user) {
  database_->write([&](Session& session) {
    session.execute("DELETE FROM win_thanks WHERE win_id = :1 AND user_id = :2", {win, user});
  });
}

std::map<std::int64_t, Thanks> WinStore::thanks_of(std::span<const Win> wins, core::UserId caller) {
  return database_->read([&](Session& session) {
    std::map<std::int64_t, Thanks> found;
    for (const auto& win : wins) {  // a page of them; by the primary key
      auto& thanks = found[win.id];
      session.each("SELECT user_id FROM win_thanks WHERE win_id = :1 ORDER BY said_at_us DESC", {win.id},
                   [&](const records::Row& row) {
                     const auto user = row.id<core::UserId>(0);
                     ++thanks.count;
                     if (thanks.latest.size() < latest_thanks) thanks.latest.push_back(user);
                     thanks.by_caller |= user == caller;
                   });
    }
    return found;
  });
}

WinRules WinStore::rules() {
  const auto row = database_->read(
      [](Session& session) { return session.query_one("SELECT body FROM win_rules WHERE id = :1", {rules_id}); });
  WinRules rules;
  if (!row) return rules;
  const auto body = boost::json::parse(row->text(0)).as_object();
  rules.rescued = body.at("rescued").as_bool();
  rules.rescued_within_days = body.at("rescued_within_days").to_number<int>();
  rules.renewed_after_risk = body.at("renewed_after_risk").as_bool();
  rules.risk_within_days = body.at("risk_within_days").to_number<int>();
  rules.expanded = body.at("expanded").as_bool();
  rules.expanded_percent = body.at("expanded_percent").to_number<double>();
  rules.look_back_days = body.at("look_back_days").to_number<int>();
  return rules;
}

void WinStore::set_rules(const core::Caller& caller, const WinRules& rules, core::Instant now) {
  const boost::json::object body{{"rescued", rules.rescued},
                                 {"rescued_within_days", rules.rescued_within_days},
                                 {"renewed_after_risk", rules.renewed_after_risk},
                                 {"risk_within_days", rules.risk_within_days},
                                 {"expanded", rules.expanded},
                                 {"expanded_percent", rules.expanded_percent},
                                 {"look_back_days", rules.look_back_days}};
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO win_rules (id, body, changed_by, changed_at_us) VALUES (:1, :2, :3, :4) "
        "ON CONFLICT (id) DO UPDATE SET body = excluded.body, changed_by = excluded.changed_by, "
        "changed_at_us = excluded.changed_at_us",
        {rules_id, boost::json::serialize(body), caller.user, now});
  });
}

}  // namespace banso::proof
