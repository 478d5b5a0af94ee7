#include "importing.hpp"

#include <array>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

namespace banso::integrations {
namespace {

constexpr std::int64_t rows_per_step = 1000;  // between looks at progress and cancellation

}  // namespace

core::Result<RunOutcome> run_import(const Targets& targets, const Run& run, const RunListener& listener) {
  BANSO_TRY_ASSIGN(const auto table, open_table(run.file, run.profile.shape));
  BANSO_TRY_ASSIGN(const auto mapper,
                   RowMapper::compile(run.mapping, run.kind, table->headings(), run.look_up_folders));
  const std::unique_ptr<Clock> clock =
      run.mapping.time_zone ? clock_of(*run.mapping.time_zone) : fixed_clock(targets.utc_offset_minutes());
  ReadingRules rules{run.kind, run.mapping.date_order, clock.get(), run.mapping.currency.value_or(run.currency),
                     run.mapping.clear_blanks};
  const WriteContext context{targets, run.mapping,    mapper,      run.profile,
                             rules,   run.provenance, run.dry_run, "file:" + run.file_hash};
  RejectWriter rejects(run.rejects, run.from.reject_bytes);
  Counts counts = run.from.counts;
  std::int64_t rows_read = 0;
  const auto writer = make_writer(run.kind, context, counts, [&](const RejectedRow& row) { rejects.add(row); });

  // Everything read so far is settled: from here a run that is interrupted goes on.
  const auto settle = [&]() -> core::Result<> {
    BANSO_TRY(writer->flush());
    const std::int64_t reject_bytes = rejects.flush();
    if (!run.dry_run && listener.checkpoint) listener.checkpoint({rows_read, reject_bytes, counts});
    return {};
  };

  const auto settle_every = static_cast<std::int64_t>(run.kind == Kind::events ? 50'000 : 5'000);
  Row row;
  while (true) {
    BANSO_TRY_ASSIGN(const bool found, table->next(row));
    if (!found) break;
    if (++rows_read <= run.from.rows_read) continue;
    ++counts.rows;
    MappedRow mapped;
    if (mapper.map(row, mapped)) {
      BANSO_TRY(writer->add(std::move(mapped), row));
    } else {
      ++counts.skipped;
    }
    if (rows_read % rows_per_step != 0) continue;
    if (listener.progress) listener.progress(table->progress(), counts);
    if (rows_read % settle_every == 0) BANSO_TRY(settle());
    if (listener.cancelled && listener.cancelled()) {
      BANSO_TRY(settle());
      return RunOutcome{counts, true};
    }
  }
  BANSO_TRY(settle());
  return RunOutcome{counts, false};
}

core::Result<std::string> hash_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  crypto_generichash_state state;
  constexpr std::size_t hash_bytes = 16;
  crypto_generichash_init(&state, nullptr, 0, hash_bytes);
  std::vector<char> buffer(256 << 10);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()),
                              static_cast<unsigned long long>(in.gcount()));
  }
  if (in.bad() || !in.eof()) {
    return core::Error::not_found(
        {fmt::format("{} cannot be read.", file.string()), fmt::format("{} を読み取れません。", file.string())});
  }
  std::array<unsigned char, hash_bytes> hash{};
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::string text;
  for (const unsigned char byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace banso::integrations
