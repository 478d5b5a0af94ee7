#include "bulk_upload_loader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "intake.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_rows_of_batch = 5'000;
constexpr std::size_t most_bytes_of_batch = 4 << 20;
// One is stored while the next is read.
constexpr std::size_t most_under_way = 2;
constexpr auto patience = 200ms;

// "batch[0].event" -> "event": the row is told apart from the field.
std::string field_of(std::string field) {
  const auto end = field.find(']');
  if (!field.starts_with("batch[") || end == std::string::npos) return field;
  return field.size() > end + 2 ? field.substr(end + 2) : std::string();
}

}  // namespace

UploadLoader::UploadLoader(LoaderParts parts, Upload& upload)
    : parts_(std::move(parts)), upload_(upload), sent_before_(upload.rows_sent), now_(core::now()) {}

core::Result<UploadLoader::End> UploadLoader::load(UploadRows& rows) {
  UploadRow row;
  while (true) {
    auto more = rows.next(row, true);
    if (!more) {
      // What was read before the fault is stored and counted first.
      if (const End end = flush(); end != End::done) return end;
      while (!under_way_.empty()) {
        if (const End end = settle_oldest(); end != End::done) return end;
      }
      return core::Error(std::move(more).error());
    }
    if (!*more) break;
    if (row.number <= upload_.rows_read) continue;
    // What an earlier run may have stored is kept apart from what it cannot have stored.
    if (batch_.last_row > 0 && batch_.last_row <= sent_before_ && row.number > sent_before_) {
      if (const End end = flush(); end != End::done) return end;
    }
    take(row);
    batch_.last_row = row.number;
    if (batch_.rows() >= most_rows_of_batch || batch_.bytes >= most_bytes_of_batch ||
        batch_.refused_rows >= static_cast<std::int64_t>(most_rows_of_batch)) {
      upload_.progress = rows.progress();
      parts_.report(upload_.progress);
      if (const End end = flush(); end != End::done) return end;
    }
  }
  if (const End end = flush(); end != End::done) return end;
  while (!under_way_.empty()) {
    if (const End end = settle_oldest(); end != End::done) return end;
  }
  return End::done;
}

void UploadLoader::take(const UploadRow& row) {
  if (row.problem) return refuse(row.number, reason::invalid, *row.problem);
  auto parsed = parse_calls("{\"batch\":[" + row.call + "]}", std::nullopt);
  if (!parsed || parsed->items.size() != 1) {
    return refuse(row.number, reason::not_json,
                  {"", {"This row is not one JSON object.", "この行は1つのJSONオブジェクトではありません。"}});
  }
  ParsedItem& item = parsed->items.front();
  if (!item.errors.empty()) {
    auto error = std::move(item.errors.front());
    error.field = field_of(std::move(error.field));
    return refuse(row.number, item.reason, std::move(error));
  }
  if (!check_time(row.number, item.call)) return;
  batch_.bytes += row.call.size();
  if (!item.call.message_id.empty()) return batch_.given.push_back(std::move(item));
  item.call.message_id = fmt::format("{}#{}", upload_.key, row.number);
  batch_.own.push_back(std::move(item));
}

bool UploadLoader::check_time(std::int64_t row, Call& call) {
  const auto happened = call.timestamp.value_or(now_);
  if (happened.microseconds > now_.microseconds + core::microseconds_per_day) {
    refuse(row, reason::in_the_future,
           {"timestamp", {"This time is more than a day in the future.", "1日以上先の日時です。"}});
    return false;
  }
  if (happened.microseconds < now_.microseconds - oldest_uploaded_days * core::microseconds_per_day) {
    refuse(row, reason::too_old, {"timestamp", {"This is more than ten years ago.", "10年以上前の日時です。"}});
    return false;
  }
  call.occurred_at = std::min(happened, now_);
  return true;
}

void UploadLoader::refuse(std::int64_t row, std::string_view reason, core::FieldError error) {
  ++batch_.refused_rows;
  ++batch_.refused_by_reason[std::string(reason)];
  if (batch_.refused.size() < most_reasons) {
    batch_.refused.push_back({row, std::move(error.field), std::move(error.message)});
  }
}

// Hands the batch to the processor. Before that it is written down that it may be in the store from now on.
UploadLoader::End UploadLoader::flush() {
  if (batch_.last_row == 0) return End::done;
  while (under_way_.size() >= most_under_way) {
    if (const End end = settle_oldest(); end != End::done) return end;
  }
  upload_.rows_sent = std::max(upload_.rows_sent, batch_.last_row);
  parts_.uploads->update(upload_);
  UnderWay next;
  if (!batch_.own.empty() && !(next.own = push(std::move(batch_.own), batch_.bytes))) return End::stopped;
  if (!batch_.given.empty() && !(next.given = push(std::move(batch_.given), batch_.bytes))) return End::stopped;
  next.batch = std::exchange(batch_, {});
  under_way_.push_back(std::move(next));
  return End::done;
}

// Null: stopping.
std::shared_ptr<Acknowledgement> UploadLoader::push(std::vector<ParsedItem> items, std::size_t bytes) {
  ParsedBody body;
  body.items = std::move(items);
  auto work = work_of({upload_.source, {now_, now_}, 0, std::nullopt, {}}, body);
  work->received_at = core::now();
  work->bytes += static_cast<std::int64_t>(2 * bytes);
  work->acknowledgement = std::make_shared<Acknowledgement>();
  auto stored = work->acknowledgement;
  while (!parts_.queue->reserve(work->bytes, patience)) {
    if (parts_.stopping()) return nullptr;
  }
  parts_.queue->push(std::move(work));
  return stored;
}

UploadLoader::End UploadLoader::settle_oldest() {
  UnderWay& oldest = under_way_.front();
  for (auto* acknowledgement : {&oldest.own, &oldest.given}) {
    if (!*acknowledgement) continue;
    auto outcome = (*acknowledgement)->wait_for(patience);
    while (!outcome) {
      if (parts_.stopping()) return End::stopped;
      outcome = (*acknowledgement)->wait_for(patience);
    }
    if (!*outcome) return End::store_failed;
    const bool stored_by_us = acknowledgement == &oldest.own && oldest.batch.last_row <= sent_before_;
    upload_.accepted += (*outcome)->stored + (stored_by_us ? (*outcome)->duplicates : 0);
    upload_.duplicates += stored_by_us ? 0 : (*outcome)->duplicates;
    upload_.refused += (*outcome)->not_storable;
  }
  upload_.refused += oldest.batch.refused_rows;
  for (auto& reason : oldest.batch.refused) {
    if (upload_.reasons.size() < most_reasons) upload_.reasons.push_back(std::move(reason));
  }
  for (const auto& [reason, count] : oldest.batch.refused_by_reason) {
    parts_.statistics->refused(upload_.source, reason, count);
  }
  upload_.rows_read = oldest.batch.last_row;
  parts_.uploads->update(upload_);
  under_way_.pop_front();
  return End::done;
}

}  // namespace banso::usage
