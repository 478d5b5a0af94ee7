// `banso export`.
#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "exporting.hpp"
#include "service.hpp"

namespace banso::integrations {
namespace {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_bad_input = 2;

}  // namespace

int ServiceImpl::export_records(const ExportCommand& command, std::ostream& out, std::ostream& err) {
  const bool ja = command.language == core::Language::ja;
  const auto kind = kind_from(command.kind);
  if (!kind || *kind == Kind::events) {
    err << (ja ? "banso export: accounts、contacts、subscriptions、tickets、interactions、surveys、attendance "
                 "のいずれかを指定してください。\n"
               : "banso export: choose accounts, contacts, subscriptions, tickets, interactions, surveys or "
                 "attendance.\n");
    return exit_bad_input;
  }
  if (command.format != "csv" && command.format != "ndjson") {
    err << (ja ? "banso export: --format は csv か ndjson です。\n" : "banso export: --format is csv or ndjson.\n");
    return exit_bad_input;
  }
  std::ofstream file;
  if (command.out) {
    file.open(*command.out, std::ios::binary | std::ios::trunc);
    if (!file) {
      err << fmt::format(
          fmt::runtime(ja ? "banso export: {} に書き込めません。\n" : "banso export: {} cannot be written.\n"),
          command.out->string());
      return exit_bad_input;
    }
  }
  std::ostream& target = command.out ? file : out;
  const auto format = command.format == "csv" ? ExportWriter::Format::csv : ExportWriter::Format::json_lines;
  ExportWriter writer(target, format, command.byte_order_mark, export_headings(*kind, targets_));
  export_rows(*kind, targets_, writer);
  if (!target) {
    err << (ja ? "banso export: 書き込みに失敗しました。\n" : "banso export: writing failed.\n");
    return exit_failed;
  }
  return exit_done;
}

}  // namespace banso::integrations
