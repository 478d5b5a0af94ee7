#include "release_retention.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "mart_store.hpp"

namespace banso::health {
namespace {

constexpr std::string_view setting = "releases_kept";

}  // namespace

std::size_t releases_kept(platform::records::Database* records) {
  if (!records) return MartStore::default_releases_kept;
  return records->read([&](platform::records::Session& session) {
    const auto row = session.query_one("SELECT value FROM health_setting WHERE name = :1", {setting});
    if (!row) return MartStore::default_releases_kept;
    return static_cast<std::size_t>(std::clamp(row->integer(0), fewest_releases_kept, most_releases_kept));
  });
}

core::Result<> choose_releases_kept(platform::records::Database* records, const core::Caller& caller,
                                    std::int64_t releases) {
  if (!caller.at_least(core::Role::admin)) {
    return core::Error{
        core::ErrorCode::forbidden,
        {"Only administrators choose how long histories are kept.", "履歴の保持数を変更できるのは管理者だけです。"},
        {}};
  }
  if (releases < fewest_releases_kept || releases > most_releases_kept) {
    return core::Error::invalid_field(
        "kept", {fmt::format("Choose a number from {} to {}.", fewest_releases_kept, most_releases_kept),
                 fmt::format("{}〜{}の数を指定してください。", fewest_releases_kept, most_releases_kept)});
  }
  if (!records) {
    return core::Error::unavailable({"This needs the server.", "サーバーでのみ利用できます。"});
  }
  records->write([&](platform::records::Session& session) {
    session.execute(
        "INSERT INTO health_setting (name, value) VALUES (:1, :2) ON CONFLICT (name) DO UPDATE SET value = :2",
        {setting, releases});
  });
  return {};
}

}  // namespace banso::health
