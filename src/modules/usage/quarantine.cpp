#include "quarantine.hpp"

#include "write_key.hpp"

namespace banso::usage {
namespace {

using platform::events::EventKind;
using platform::records::Session;
using platform::records::Value;
using platform::records::Values;

// A flood of bad calls must not become a flood of rows that the next one pushes out again.
constexpr std::size_t most_calls_at_once = 1'000;

std::string fingerprint(const RefusedCall& call) {
  return hash_of_key(std::to_string(call.source.value) + "/" + std::to_string(call.received_at.microseconds) + "/" +
                     (call.kind ? std::to_string(static_cast<int>(*call.kind)) : "") + "/" + call.call);
}

bool insert(Session& session, const RefusedCall& call) {
  Values values{platform::records::new_id(),
                call.source,
                call.received_at,
                call.reason,
                call.field,
                call.message.en,
                call.message.ja,
                call.call,
                call.context,
                fingerprint(call)};
  if (call.kind) {
    values.emplace_back(static_cast<int>(*call.kind));
  } else {
    values.emplace_back();
  }
  if (call.sent_at) {
    values.emplace_back(*call.sent_at);
  } else {
    values.emplace_back();
  }
  return session.execute(
             "INSERT INTO usage_quarantine (quarantine_id, source_id, received_at_us, reason, field, message_en, "
             "message_ja, call_text, context_text, fingerprint, kind, sent_at_us) "
             "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12) ON CONFLICT (fingerprint) DO NOTHING",
             values) > 0;
}

QuarantinedCall read(const platform::records::Row& row) {
  QuarantinedCall read;
  read.id = row.integer(0);
  read.call.source = row.id<core::SourceId>(1);
  read.call.received_at = row.instant(2);
  if (!row.is_null(3)) read.call.kind = static_cast<EventKind>(row.integer(3));
  read.call.reason = row.text(4);
  read.call.field = row.text(5);
  read.call.message = {row.text(6), row.text(7)};
  read.call.call = row.text(8);
  read.call.context = row.text(9);
  if (!row.is_null(10)) read.call.sent_at = row.instant(10);
  return read;
}

// The condition of a filter without its ids, which are asked for one by one.
std::string where(const QuarantineFilter& filter, std::vector<Value>& values) {
  std::string sql = " WHERE 1 = 1";
  const auto add = [&](const char* column, const auto& value) {
    values.emplace_back(value);
    sql += std::string(" AND ") + column + " = :" + std::to_string(values.size());
  };
  if (filter.source) add("source_id", *filter.source);
  if (filter.reason) add("reason", *filter.reason);
  return sql;
}

constexpr auto columns =
    "SELECT quarantine_id, source_id, received_at_us, kind, reason, field, message_en, message_ja, call_text, "
    "context_text, sent_at_us FROM usage_quarantine";

}  // namespace

std::map<core::SourceId, std::int64_t> Quarantine::keep(std::span<const RefusedCall> calls) {
  if (calls.size() > most_calls_at_once) calls = calls.last(most_calls_at_once);
  const core::Instant oldest{core::now().microseconds - days_kept * core::microseconds_per_day};
  return records_->write([&](Session& session) {
    std::map<core::SourceId, std::int64_t> kept;
    for (const auto& call : calls) {
      if (insert(session, call)) ++kept[call.source];
    }
    for (const auto& [source, count] : kept) {
      session.execute(
          "DELETE FROM usage_quarantine WHERE source_id = :1 AND quarantine_id <= (SELECT quarantine_id FROM "
          "usage_quarantine WHERE source_id = :2 ORDER BY quarantine_id DESC LIMIT 1 OFFSET :3)",
          {source, source, most_calls_of_source});
    }
    session.execute("DELETE FROM usage_quarantine WHERE received_at_us < :1", {oldest});
    return kept;
  });
}

core::Page<QuarantinedCall> Quarantine::list(const QuarantineFilter& filter, core::PageRequest request) {
  return records_->read([&](Session& session) {
    core::Page<QuarantinedCall> page;
    for (const auto id : filter.ids) {
      if (const auto row = session.query_one(std::string(columns) + " WHERE quarantine_id = :1", {id})) {
        page.items.push_back(read(*row));
      }
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    if (!filter.ids.empty()) return page;
    std::vector<Value> values;
    const auto condition = where(filter, values);
    page.total = session.query_one("SELECT COUNT(*) FROM usage_quarantine" + condition, values)->integer(0);
    const auto limit = ":" + std::to_string(values.size() + 1), offset = ":" + std::to_string(values.size() + 2);
    values.emplace_back(request.limit);
    values.emplace_back(request.offset);
    for (const auto& row : session.query(
             columns + condition + " ORDER BY quarantine_id DESC LIMIT " + limit + " OFFSET " + offset, values)) {
      page.items.push_back(read(row));
    }
    return page;
  });
}

std::vector<ReasonCount> Quarantine::reasons(const std::optional<core::SourceId>& source) {
  QuarantineFilter filter;
  filter.source = source;
  std::vector<Value> values;
  const auto condition = where(filter, values);
  return records_->read([&](Session& session) {
    std::vector<ReasonCount> counts;
    for (const auto& row : session.query("SELECT reason, COUNT(*) FROM usage_quarantine" + condition +
                                             " GROUP BY reason ORDER BY COUNT(*) DESC, reason",
                                         values)) {
      counts.push_back({row.text(0), row.integer(1)});
    }
    return counts;
  });
}

std::map<core::SourceId, std::int64_t> Quarantine::waiting() {
  return records_->read([](Session& session) {
    std::map<core::SourceId, std::int64_t> waiting;
    for (const auto& row : session.query("SELECT source_id, COUNT(*) FROM usage_quarantine GROUP BY source_id")) {
      waiting.emplace(row.id<core::SourceId>(0), row.integer(1));
    }
    return waiting;
  });
}

std::int64_t Quarantine::remove(const QuarantineFilter& filter) {
  return records_->write([&](Session& session) {
    std::int64_t removed = 0;
    for (const auto id : filter.ids) {
      removed += session.execute("DELETE FROM usage_quarantine WHERE quarantine_id = :1", {id});
    }
    if (!filter.ids.empty()) return removed;
    std::vector<Value> values;
    const auto condition = where(filter, values);
    return session.execute("DELETE FROM usage_quarantine" + condition, values);
  });
}

void Quarantine::update_reason(std::int64_t id, const std::string& reason, const core::FieldError& error) {
  records_->write([&](Session& session) {
    session.execute(
        "UPDATE usage_quarantine SET reason = :1, field = :2, message_en = :3, message_ja = :4 "
        "WHERE quarantine_id = :5",
        {reason, error.field, error.message.en, error.message.ja, id});
  });
}

}  // namespace banso::usage
