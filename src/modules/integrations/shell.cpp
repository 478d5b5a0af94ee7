// `banso import`: the same pipeline as in the browser, told in sentences.
#include <fstream>
#include <iterator>
#include <ostream>

#include <fmt/format.h>

#include "fields.hpp"
#include "platform/text/delimited.hpp"
#include "service.hpp"

namespace banso::integrations {
namespace {

namespace json = platform::json;

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_bad_input = 2;
constexpr std::int64_t shown_rejects = 10;
constexpr std::size_t map_bytes_max = 1 << 20;

core::Result<json::object> read_map(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return core::Error::not_found({fmt::format("The mapping {} cannot be opened.", path.string()),
                                   fmt::format("マッピングファイル {} を開けません。", path.string())});
  }
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (text.size() > map_bytes_max) {
    return core::Error::too_large({"The mapping is larger than 1 MiB.", "マッピングファイルが 1 MiB を超えています。"});
  }
  auto object = json::parse_object(text);
  if (object) return std::move(*object);
  return core::Error::invalid(
      {fmt::format("The mapping {} is not a JSON object: {}", path.string(), object.error().message.en),
       fmt::format("マッピングファイル {} が JSON オブジェクトではありません。{}", path.string(),
                   object.error().message.ja)});
}

int complain(const core::Error& error, core::Language language, std::ostream& err) {
  err << "banso import: " << error.message.in(language) << "\n";
  for (const core::FieldError& field : error.fields) {
    if (field.message.en != error.message.en && !error.message.en.starts_with(field.field + ":")) {
      err << "  " << field.field << ": " << field.message.in(language) << "\n";
    }
  }
  return exit_bad_input;
}

// What was seen in the file, and what will become of its columns.
void tell_profile(const ImportRecord& record, const Mapping& mapping, core::Language language, std::ostream& out) {
  const FileShape& shape = record.profile.shape;
  const bool ja = language == core::Language::ja;
  const std::string delimiter = shape.delimiter == '\t' ? "tab" : std::string(1, shape.delimiter);
  switch (shape.format) {
    case FileFormat::delimited:
      out << fmt::format(fmt::runtime(ja ? "{}: 文字コード {}、区切り文字「{}」、見出し行{}\n"
                                         : "{}: {}, delimiter \"{}\", {} heading row\n"),
                         record.file_name, name_of(shape.encoding), delimiter,
                         shape.header ? (ja ? "あり" : "with a") : (ja ? "なし" : "without a"));
      break;
    case FileFormat::workbook:
      out << fmt::format(
          fmt::runtime(ja ? "{}: Excel ワークブック、シート「{}」\n" : "{}: Excel workbook, sheet \"{}\"\n"),
          record.file_name, shape.sheet);
      break;
    case FileFormat::json_lines:
      out << fmt::format(fmt::runtime(ja ? "{}: JSON Lines\n" : "{}: JSON lines\n"), record.file_name);
      break;
  }
  std::size_t width = 0;
  for (const ColumnProfile& column : record.profile.columns) width = std::max(width, column.heading.size());
  for (const ColumnProfile& column : record.profile.columns) {
    std::string target;
    for (const auto& [field, source] : mapping.columns) {
      if (source.origin == Expression::Origin::column && source.text == column.heading) {
        target += (target.empty() ? "-> " : ", ") + find_field(record.kind, field)->name.in(language);
      }
    }
    out << fmt::format("  {:{}}  {:9}  {}\n", column.heading, width, name_of(column.type), target);
  }
}

void tell_counts(const ImportRecord& record, bool dry_run, core::Language language, std::ostream& out) {
  const Counts& counts = record.counts;
  if (language == core::Language::ja) {
    out << fmt::format("{}{} 行: 新規 {}、更新 {}、変更なし {}、取り込めない行 {}{}\n",
                       dry_run ? "確認のみ(書き込みなし)。" : "", counts.rows, counts.created, counts.updated,
                       counts.unchanged, counts.rejected,
                       counts.skipped > 0 ? fmt::format("、対象外 {}", counts.skipped) : "");
    return;
  }
  out << fmt::format("{}{} rows: {} created, {} updated, {} unchanged, {} rejected{}\n",
                     dry_run ? "Dry run, nothing written. " : "", counts.rows, counts.created, counts.updated,
                     counts.unchanged, counts.rejected,
                     counts.skipped > 0 ? fmt::format(", {} skipped", counts.skipped) : "");
}

void tell_rejects(const std::filesystem::path& file, core::Language language, std::ostream& out) {
  std::int64_t shown = 0;
  each_reject(file, [&](const RejectedRow& row) {
    for (const CellError& error : row.errors) {
      out << fmt::format(fmt::runtime(language == core::Language::ja ? "  {} 行目" : "  line {}"), row.line);
      if (!error.column.empty()) out << ", " << error.column;
      if (!error.value.empty()) out << " \"" << error.value << "\"";
      out << ": " << error.reason.in(language) << "\n";
      if (++shown == shown_rejects) return false;
    }
    return true;
  });
}

void write_rejects(const std::filesystem::path& from, const std::filesystem::path& to,
                   const std::vector<std::string>& headings, core::Language language) {
  const auto stream = rejects_as_csv(from, headings, language);
  std::ofstream csv(to, std::ios::binary | std::ios::trunc);
  for (bool more = true; more;) {
    std::string chunk;
    more = stream(chunk);
    csv << chunk;
  }
  csv.flush();
  if (!csv) throw std::runtime_error("cannot write " + to.string());
}

class ProgressBar {
 public:
  ProgressBar(std::ostream& out, bool shown, core::Language language) : out_(out), shown_(shown), language_(language) {}
  void show(double share, const core::Text& message) {
    if (!shown_) return;
    constexpr int width = 30;
    const int filled = static_cast<int>(share * width);
    out_ << fmt::format("\r[{:#<{}}{:.<{}}] {:3.0f}%  {}\x1b[K", "", filled, "", width - filled, share * 100,
                        message.in(language_))
         << std::flush;
    drawn_ = true;
  }
  void clear() {
    if (drawn_) out_ << "\r\x1b[K" << std::flush;
  }

 private:
  std::ostream& out_;
  bool shown_;
  core::Language language_;
  bool drawn_ = false;
};

}  // namespace

// Everything that can be wrong as a whole is found here, before anything is written.
core::Result<ImportRecord> ServiceImpl::prepare_shell_import(const ImportCommand& command) {
  const auto kind = kind_from(command.kind);
  if (!kind) {
    return core::Error::invalid({fmt::format("--as \"{}\" is unknown. Use accounts, contacts, subscriptions, tickets, "
                                             "interactions, surveys, attendance or events.",
                                             command.kind),
                                 fmt::format("--as「{}"
                                             "」は使えません。accounts、contacts、subscriptions、tickets、interactions"
                                             "、surveys、attendance、events のいずれかを指定してください。",
                                             command.kind)});
  }
  const auto folder = std::filesystem::absolute(command.file).parent_path();
  std::vector<std::filesystem::path> folders{folder};
  std::optional<json::object> map;
  ReadOptions options;
  if (command.map) {
    BANSO_TRY_ASSIGN(map, read_map(*command.map));
    BANSO_TRY_ASSIGN(const Mapping parsed, parse_mapping(*map, *kind, true));
    options = parsed.file;
    folders.insert(folders.begin(), std::filesystem::absolute(*command.map).parent_path());
  }
  const core::Caller caller{core::UserId{}, "banso import", core::Role::leader, command.language};
  BANSO_TRY_ASSIGN(ImportRecord record, new_import(caller, *kind, command.file.filename().string(),
                                                   std::filesystem::absolute(command.file), options));
  record.look_up_folders = folders;
  if (map) record.mapping = std::move(*map);
  BANSO_TRY_ASSIGN(const Mapping mapping, effective_mapping(record));
  BANSO_TRY(RowMapper::compile(mapping, record.kind, record.profile.headings(), folders));
  return record;
}

int ServiceImpl::import_file(const ImportCommand& command, std::ostream& out, std::ostream& err) {
  auto prepared = prepare_shell_import(command);
  if (!prepared) return complain(prepared.error(), command.language, err);
  ImportRecord record = std::move(*prepared);
  const auto mapping = effective_mapping(record);
  if (!command.json && mapping) tell_profile(record, *mapping, command.language, out);

  dependencies_.records->write([&](auto& session) { store::insert_import(session, record); });
  ProgressBar bar(err, command.progress_bar && !command.json, command.language);
  const core::Caller caller{core::UserId{}, record.created_by_name, core::Role::leader, command.language};
  const auto result = dependencies_.jobs->run_now(
      command.dry_run ? "import.dry_run" : "import.run", json::serialize(json::object{{"import_id", record.id.value}}),
      caller, [&](double share, const core::Text& message) { bar.show(share, message); });
  bar.clear();
  if (const auto stored = get(record.id)) record = *stored;
  const auto rejects = rejects_file(record.id);
  std::optional<std::filesystem::path> written;
  if (record.counts.rejected > 0) {
    written = command.rejects.value_or(record.file_name + ".rejected.csv");
    write_rejects(rejects, *written, record.profile.headings(), command.language);
  }
  if (command.json) {
    json::object body{{"import_id", record.id.value},
                      {"kind", name_of(record.kind)},
                      {"dry_run", command.dry_run},
                      {"encoding", name_of(record.profile.shape.encoding)},
                      {"counts", to_json(record.counts)},
                      {"rejects_file", written ? json::value(written->string()) : json::value(nullptr)}};
    out << json::serialize(body) << "\n";
  } else {
    tell_counts(record, command.dry_run, command.language, out);
    if (written) {
      tell_rejects(rejects, command.language, out);
      out << fmt::format(fmt::runtime(command.language == core::Language::ja
                                          ? "取り込めない行を {} に保存しました。修正してもう一度取り込めます。\n"
                                          : "The rejected rows are in {}: mend and import it again.\n"),
                         written->string());
    }
  }
  if (!result) {
    complain(result.error(), command.language, err);
    return result.error().code == core::ErrorCode::invalid ? exit_bad_input : exit_failed;
  }
  const Counts& counts = record.counts;
  const bool nothing_fits = counts.rejected > 0 && counts.created + counts.updated + counts.unchanged == 0;
  if (nothing_fits) {
    return complain(core::Error::invalid({"No row could be imported.", "取り込める行がありませんでした。"}),
                    command.language, err);
  }
  return exit_done;
}

}  // namespace banso::integrations
