#include "copy_mark.hpp"

#include "platform/records/node_registry.hpp"

namespace banso::app {
namespace {

using platform::records::NodeRegistry;
using platform::records::Session;

}  // namespace

CopyMark::CopyMark(std::shared_ptr<platform::records::Database> source,
                   std::shared_ptr<platform::records::Database> target)
    : target_(std::move(target)) {
  const auto first = source->read([](Session& session) { return session.query_one("SELECT MIN(id) FROM app_user"); });
  if (!first->is_null(0)) source_id_ = first->integer(0);
}

core::Result<> CopyMark::check() const {
  return target_->read([&](Session& session) -> core::Result<> {
    const auto alive = session.query_one("SELECT COUNT(*) FROM node WHERE seen_at_us > :1",
                                         {core::Instant{core::now().microseconds - NodeRegistry::gone_after_us}});
    if (alive->integer(0) > 0) {
      return core::Error::conflict({"A node is running on the target database. Stop it first.",
                                    "移行先のデータベースを使用中のノードがあります。先に停止してください。"});
    }
    const auto mark = session.query_one("SELECT finished_at_us FROM records_copy WHERE source_id = :1", {source_id_});
    if (!mark) {
      if (session.query_one("SELECT COUNT(*) FROM app_user")->integer(0) == 0) return {};
      return core::Error::conflict(
          {"The target database belongs to another installation. Give an empty database.",
           "移行先のデータベースは別の環境で使用されています。空のデータベースを指定してください。"});
    }
    const auto newer =
        session.query_one("SELECT COUNT(*) FROM record_version WHERE recorded_at_us > :1", {mark->instant(0)});
    if (newer->integer(0) == 0) return {};
    return core::Error::conflict(
        {"People have worked with the target since it was filled; copying again would lose that. Use the target.",
         "移行先では、移行後にデータが変更されています。再度コピーするとその変更が失われるため、移行先をそのままご利用"
         "ください。"});
  });
}

std::int64_t CopyMark::events_until() const {
  return target_->read([&](Session& session) {
    const auto mark = session.query_one("SELECT events_until FROM records_copy WHERE source_id = :1", {source_id_});
    return mark ? mark->integer(0) : 0;
  });
}

void CopyMark::finish(std::int64_t events_until) const {
  target_->write([&](Session& session) {
    session.execute(
        "INSERT INTO records_copy (source_id, finished_at_us, events_until) VALUES (:1, :2, :3) ON CONFLICT "
        "(source_id) DO UPDATE SET finished_at_us = :2, events_until = :3",
        {source_id_, core::now(), events_until});
  });
}

}  // namespace banso::app
