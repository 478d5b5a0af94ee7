#include "handovers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace banso::org {
namespace {

using records::Row;
using records::Session;
using records::Values;

constexpr std::array<std::string_view, 3> states{"open", "completed", "cancelled"};
constexpr std::string_view columns =
    "SELECT id, from_id, to_id, role, state, note, due_day, created_at_us, closed_at_us, has_moved FROM handover ";

Handover from_row(const Row& row) {
  Handover found;
  found.id = row.integer(0);
  found.from = row.id<core::UserId>(1);
  found.to = row.id<core::UserId>(2);
  found.role = account_role_from(row.text(3)).value_or(AccountRole::csm);
  found.state = handover_state_from(row.text(4)).value_or(HandoverState::open);
  found.note = row.text(5);
  found.due_day = row.maybe_day(6);
  return found;
}

void add_event(Session& session, std::int64_t handover, const core::Caller& caller, core::Instant at,
               const core::Text& what) {
  session.execute(
      "INSERT INTO handover_event (id, handover_id, at_us, actor_name, what_en, what_ja) VALUES (:1, :2, :3, :4, :5, "
      ":6)",
      {records::new_id(), handover, at, caller.name, what.en, what.ja});
}

bool is_open(Session& session, std::int64_t id) {
  return session.query_one("SELECT id FROM handover WHERE id = :1 AND state = 'open'", {id}).has_value();
}

std::vector<HandoverItem> load_items(Session& session, std::int64_t id) {
  std::vector<HandoverItem> items;
  session.each(
      "SELECT id, title_en, title_ja, done_at_us, done_by FROM handover_item WHERE handover_id = :1 ORDER BY id", {id},
      [&](const Row& row) {
        items.push_back({row.integer(0), {row.text(1), row.text(2)}, row.maybe_instant(3), row.id<core::UserId>(4)});
      });
  return items;
}

std::vector<HandedAccount> load_accounts(Session& session, std::int64_t id) {
  std::vector<HandedAccount> accounts;
  session.each(
      "SELECT account_id, introduced_at_us, note FROM handover_account WHERE handover_id = :1 ORDER BY account_id",
      {id}, [&](const Row& row) {
        accounts.push_back({row.id<core::AccountId>(0), row.maybe_instant(1), row.text(2)});
      });
  return accounts;
}

std::vector<HandoverEvent> load_events(Session& session, std::int64_t id) {
  std::vector<HandoverEvent> events;
  session.each(
      "SELECT at_us, actor_name, what_en, what_ja FROM handover_event WHERE handover_id = :1 "
      "ORDER BY at_us DESC, id DESC LIMIT 500",
      {id}, [&](const Row& row) {
        events.push_back({row.instant(0), row.text(1), {row.text(2), row.text(3)}});
      });
  return events;
}

}  // namespace

std::string_view word_of(HandoverState state) {
  return states[static_cast<std::size_t>(state)];
}

std::optional<HandoverState> handover_state_from(std::string_view word) {
  const auto found = std::find(states.begin(), states.end(), word);
  if (found == states.end()) return std::nullopt;
  return static_cast<HandoverState>(found - states.begin());
}

const std::vector<core::Text>& usual_checklist() {
  static const std::vector<core::Text> items{
      {"Go through goals, history and open promises together", "目標・これまでの経緯・約束事項を一緒に確認する"},
      {"Name champion, sponsor and decision maker, and how they like to be approached",
       "推進者・役員スポンサー・決裁者と、その関係性を引き継ぐ"},
      {"Pass on risks, open tickets and calls to action", "リスク、未解決の問い合わせ、対応中のアクションを引き継ぐ"},
      {"Review contract, renewal day and terms agreed", "契約内容・更新日・個別の合意事項を確認する"},
      {"Agree on next steps and regular meetings", "次の打ち手と定例会の予定を決める"},
      {"Tell the customer and introduce the new person", "お客様に連絡し、新しい担当者を紹介する"}};
  return items;
}

std::int64_t Handovers::begin(const NewHandover& handover, const core::Caller& caller, core::Instant at) {
  const auto id = records::new_id();
  database_.write([&](Session& session) {
    session.execute(
        "INSERT INTO handover (id, from_id, to_id, role, state, note, due_day, has_moved, is_told, created_at_us, "
        "closed_at_us) VALUES (:1, :2, :3, :4, 'open', :5, :6, 0, 0, :7, NULL)",
        {id, handover.from, handover.to, word_of(handover.role), handover.note, handover.due_day, at});
    for (const auto account : handover.accounts) {
      session.execute(
          "INSERT INTO handover_account (handover_id, account_id, introduced_at_us, note) VALUES (:1, :2, NULL, '')",
          {id, account});
    }
    for (const auto& title : handover.items.empty() ? usual_checklist() : handover.items) {
      session.execute(
          "INSERT INTO handover_item (id, handover_id, title_en, title_ja, done_at_us, done_by) VALUES (:1, :2, :3, "
          ":4, NULL, 0)",
          {records::new_id(), id, title.en, title.ja});
    }
    add_event(session, id, caller, at,
              {fmt::format("Began with {} accounts", handover.accounts.size()),
               fmt::format("{}社の引き継ぎを開始", handover.accounts.size())});
  });
  return id;
}

std::optional<HandoverDetails> Handovers::find(std::int64_t id) {
  return database_.read([&](Session& session) -> std::optional<HandoverDetails> {
    const auto row = session.query_one(std::string(columns) + "WHERE id = :1", {id});
    if (!row) return std::nullopt;
    HandoverDetails found;
    found.handover = from_row(*row);
    found.created_at = row->instant(7);
    found.closed_at = row->maybe_instant(8);
    found.has_moved = row->yes(9);
    found.items = load_items(session, id);
    found.accounts = load_accounts(session, id);
    found.events = load_events(session, id);
    for (const auto& each : found.accounts) found.handover.accounts.push_back(each.account);
    return found;
  });
}

core::Page<HandoverLine> Handovers::list(const HandoverQuery& query, core::PageRequest page) {
  return database_.read([&](Session& session) {
    std::string where;
    Values values;
    const auto also = [&](std::string_view text, std::initializer_list<records::Value> more) {
      where += where.empty() ? "WHERE " : " AND ";
      where += text;
      values.insert(values.end(), more.begin(), more.end());
    };
    const auto next = [&](int ahead) { return ":" + std::to_string(values.size() + static_cast<std::size_t>(ahead)); };
    if (query.state) also("state = " + next(1), {word_of(*query.state)});
    if (query.user) also("(from_id = " + next(1) + " OR to_id = " + next(2) + ")", {*query.user, *query.user});
    if (query.account) {
      also("id IN (SELECT handover_id FROM handover_account WHERE account_id = " + next(1) + ")", {*query.account});
    }
    core::Page<HandoverLine> result;
    result.total = session.query_one("SELECT COUNT(*) FROM handover " + where, values)->integer(0);
    const auto limit = next(1), offset = next(2);
    values.emplace_back(page.limit);
    values.emplace_back(page.offset);
    session.each(std::string(columns) + where +
                     " ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, created_at_us DESC, id DESC LIMIT " +
                     limit + " OFFSET " + offset,
                 values, [&](const Row& row) {
                   HandoverLine line;
                   line.handover = from_row(row);
                   line.created_at = row.instant(7);
                   line.closed_at = row.maybe_instant(8);
                   result.items.push_back(std::move(line));
                 });
    for (auto& line : result.items) {
      line.accounts =
          session.query_one("SELECT COUNT(*) FROM handover_account WHERE handover_id = :1", {line.handover.id})
              ->integer(0);
      const auto items = session.query_one(
          "SELECT COUNT(*), COUNT(done_at_us) FROM handover_item WHERE handover_id = :1", {line.handover.id});
      line.items = items->integer(0);
      line.items_done = items->integer(1);
    }
    return result;
  });
}

bool Handovers::tick(std::int64_t id, std::int64_t item, bool is_done, const core::Caller& caller, core::Instant at) {
  return database_.write([&](Session& session) {
    if (!is_open(session, id)) return false;
    const auto row = session.query_one(
        "SELECT title_en, title_ja, done_at_us FROM handover_item WHERE id = :1 AND handover_id = :2", {item, id});
    if (!row) return false;
    if (row->is_null(2) != is_done) return true;  // it is so already
    session.execute("UPDATE handover_item SET done_at_us = :1, done_by = :2 WHERE id = :3",
                    {is_done ? std::optional(at) : std::nullopt, is_done ? caller.user : core::UserId{}, item});
    add_event(session, id, caller, at,
              is_done ? core::Text{"Done: " + row->text(0), "完了: " + row->text(1)}
                      : core::Text{"Open again: " + row->text(0), "未完了に戻す: " + row->text(1)});
    return true;
  });
}

bool Handovers::note(std::int64_t id, core::AccountId account, std::optional<bool> is_introduced,
                     const std::optional<std::string>& note, const core::Caller&, core::Instant at) {
  return database_.write([&](Session& session) {
    if (!is_open(session, id)) return false;
    const auto row = session.query_one(
        "SELECT introduced_at_us, note FROM handover_account WHERE handover_id = :1 AND account_id = :2",
        {id, account});
    if (!row) return false;
    auto introduced_at = row->maybe_instant(0);
    if (is_introduced) introduced_at = *is_introduced ? std::optional(introduced_at.value_or(at)) : std::nullopt;
    session.execute(
        "UPDATE handover_account SET introduced_at_us = :1, note = :2 WHERE handover_id = :3 AND account_id = :4",
        {introduced_at, note.value_or(row->text(1)), id, account});
    return true;
  });
}

bool Handovers::close(std::int64_t id, HandoverState state, const core::Caller& caller, core::Instant at) {
  return database_.write([&](Session& session) {
    const auto changed = session.execute(
        "UPDATE handover SET state = :1, closed_at_us = :2, is_told = 0 WHERE id = :3 AND state = 'open'",
        {word_of(state), at, id});
    if (changed != 1) return false;
    add_event(session, id, caller, at,
              state == HandoverState::completed ? core::Text{"Completed", "引き継ぎ完了"}
                                                : core::Text{"Cancelled", "引き継ぎ中止"});
    return true;
  });
}

void Handovers::set_moved(std::int64_t id, const core::Caller& caller, core::Instant at) {
  database_.write([&](Session& session) {
    const auto changed = session.execute("UPDATE handover SET has_moved = 1 WHERE id = :1 AND has_moved = 0", {id});
    if (changed == 1) {
      add_event(session, id, caller, at, {"The accounts changed hands", "担当を切り替え"});
    }
  });
}

std::vector<std::int64_t> Handovers::untold() {
  return database_.read([](Session& session) {
    std::vector<std::int64_t> ids;
    session.each("SELECT id FROM handover WHERE is_told = 0 ORDER BY id", {},
                 [&](const Row& row) { ids.push_back(row.integer(0)); });
    return ids;
  });
}

void Handovers::mark_told(std::int64_t id, HandoverState state) {
  database_.write([&](Session& session) {
    session.execute("UPDATE handover SET is_told = 1 WHERE id = :1 AND state = :2", {id, word_of(state)});
  });
}

}  // namespace banso::org
