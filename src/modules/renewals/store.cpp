#include "store.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace banso::renewals {
namespace {

using records::Session;

template <class R>
std::vector<R> states(Session& session, std::optional<core::Instant> known_at) {
  if (!known_at) return versioned::load<R>(session, " ORDER BY id");
  std::vector<R> found;
  versioned::each_span<R>(session, std::nullopt, [&](const versioned::Span<R>& span) {
    if (span.from <= *known_at && (!span.until || *known_at < *span.until)) found.push_back(span.record);
  });
  return found;
}

constexpr std::int64_t calendar_id = 1;

}  // namespace

std::vector<Input> Store::inputs(std::optional<core::Instant> known_at) {
  return database_->read([&](Session& session) { return states<Input>(session, known_at); });
}

std::vector<Decision> Store::decisions(std::optional<core::Instant> known_at) {
  return database_->read([&](Session& session) { return states<Decision>(session, known_at); });
}

std::vector<InputVersion> Store::versions(std::int64_t input_id) {
  return database_->read([&](Session& session) {
    std::vector<InputVersion> found;
    for (const auto& version : records::versions_of(session, Input::entity, input_id)) {
      InputVersion state;
      if (version.body) {
        state.input = versioned::from_body<Input>(*version.body);
      } else {
        state.is_removed = true;
      }
      state.input.id = input_id;
      state.author = version.actor_name;
      state.why = version.why;
      state.known_at = version.known_at;
      state.recorded_at = version.recorded_at;
      found.push_back(std::move(state));
    }
    return found;
  });
}

void Store::write(const core::Caller& caller, std::span<const Wanted> wanted, const std::string& why,
                  core::ImportId batch, core::Instant known_at) {
  database_->write([&](Session& session) {
    auto provenance = records::Provenance::by(caller, why);
    provenance.import = batch;
    versioned::Writer writer(session, provenance, {});
    for (const auto& [before, after] : wanted) {
      auto state = after;
      // Somebody else may have made the row in the meantime: what is wanted goes on top of it.
      auto present =
          versioned::load<Input>(session, " WHERE account_id = :1 AND due_day = :2", {after.account.value, after.due});
      if (present.empty() && before) {
        if (auto moved = versioned::get<Input>(session, before->id)) present.push_back(std::move(*moved));
      }
      if (present.empty()) {
        state.id = 0;
        writer.create(state, known_at);
      } else {
        state.id = present.front().id;
        state.known_at = present.front().known_at;
        if (!(state == present.front())) writer.change(present.front(), state, known_at);
      }
    }
  });
}

versioned::UndoTally Store::undo(const core::Caller& caller, core::ImportId batch) {
  const std::string_view entities[] = {Input::entity};
  const auto found =
      database_->read([&](Session& session) { return records::records_of_import(session, batch, entities); });
  std::vector<std::int64_t> ids;
  for (const auto& [entity, id] : found) ids.push_back(id);
  return versioned::undo_all<Input>(*database_, std::move(ids), batch, records::Provenance::by(caller));
}

core::Result<> Store::decide(const core::Caller& caller, Decision decision, core::Instant known_at) {
  database_->write([&](Session& session) {
    versioned::Writer writer(session, records::Provenance::by(caller, decision.reason), {});
    const auto present = versioned::load<Decision>(session, " WHERE account_id = :1 AND kind = :2 AND subject = :3",
                                                   {decision.account.value, decision.kind, decision.subject});
    if (present.empty()) {
      writer.create(decision, known_at);
    } else {
      decision.id = present.front().id;
      writer.change(present.front(), decision, known_at);
    }
  });
  return {};
}

std::int64_t Store::move_reason(const core::Caller& caller, const std::string& from, const std::string& into,
                                const std::string& why) {
  return database_->write([&](Session& session) {
    versioned::Writer writer(session, records::Provenance::by(caller, why), {});
    std::int64_t moved = 0;
    for (const auto& before : versioned::load<Input>(session, " ORDER BY id")) {
      if (std::find(before.reasons.begin(), before.reasons.end(), from) == before.reasons.end()) continue;
      Input after = before;
      std::replace(after.reasons.begin(), after.reasons.end(), from, into);
      std::sort(after.reasons.begin(), after.reasons.end());
      after.reasons.erase(std::unique(after.reasons.begin(), after.reasons.end()), after.reasons.end());
      writer.change(before, after, writer.now());
      ++moved;
    }
    return moved;
  });
}

std::map<std::string, std::int64_t> Store::reason_uses() {
  std::map<std::string, std::int64_t> uses;
  for (const auto& input : inputs(std::nullopt)) {
    for (const auto& reason : input.reasons) ++uses[reason];
  }
  return uses;
}

core::BusinessCalendar Store::calendar() {
  const auto row = database_->read([](Session& session) {
    return session.query_one("SELECT holidays, days_off FROM renewal_calendar WHERE id = :1", {calendar_id});
  });
  if (!row) return core::BusinessCalendar();
  std::vector<core::Day> days_off;
  const auto listed = boost::json::parse(row->text(1));
  for (const auto& day : listed.as_array()) {
    days_off.push_back({day.to_number<std::int32_t>()});
  }
  return core::BusinessCalendar(core::holiday_calendar_from(row->text(0)).value_or(core::HolidayCalendar::japan),
                                days_off);
}

void Store::set_calendar(const core::BusinessCalendar& calendar) {
  boost::json::array days;
  for (const auto day : calendar.days_off()) days.emplace_back(day.days);
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO renewal_calendar (id, holidays, days_off, changed_at_us) VALUES (:1, :2, :3, :4) "
        "ON CONFLICT (id) DO UPDATE SET holidays = excluded.holidays, days_off = excluded.days_off, "
        "changed_at_us = excluded.changed_at_us",
        {calendar_id, core::word_of(calendar.holidays()), boost::json::serialize(days), core::now()});
  });
}

}  // namespace banso::renewals
