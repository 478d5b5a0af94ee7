#include "platform/records/node_registry.hpp"

namespace banso::platform::records {

core::Result<> NodeRegistry::claim(core::Instant now) {
  // The update takes the row's lock first: two nodes that start together cannot both find it free.
  return database_->write([&](Session& session) -> core::Result<> {
    session.execute("INSERT INTO node (node_number, home, seen_at_us) VALUES (:1, '', 0) ON CONFLICT DO NOTHING",
                    {node_number_});
    const auto taken = session.execute(
        "UPDATE node SET home = :1, seen_at_us = :2 WHERE node_number = :3 AND (home = :1 OR seen_at_us < :4)",
        {home_, now, node_number_, core::Instant{now.microseconds - gone_after_us}});
    if (taken == 1) return {};
    const auto holder = session.query_one("SELECT home FROM node WHERE node_number = :1", {node_number_});
    const auto number = std::to_string(node_number_);
    const auto home = holder ? holder->text(0) : std::string();
    return core::Error::conflict(
        {"Node number " + number + " is in use by " + home + ". Give every node a number of its own with --node.",
         "ノード番号 " + number + " は " + home +
             " が使用中です。ノードごとに異なる番号を --node で指定してください。"});
  });
}

void NodeRegistry::beat(core::Instant now) {
  database_->write([&](Session& session) {
    session.execute("UPDATE node SET seen_at_us = :1 WHERE node_number = :2 AND home = :3", {now, node_number_, home_});
  });
}

void NodeRegistry::leave() {
  database_->write([&](Session& session) {
    session.execute("UPDATE node SET seen_at_us = 0 WHERE node_number = :1 AND home = :2", {node_number_, home_});
  });
}

}  // namespace banso::platform::records
