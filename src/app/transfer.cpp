#include <iostream>

#include <unistd.h>

#include "application.hpp"
#include "commands.hpp"
#include "report.hpp"

namespace banso::app {

int import_file(const Settings& settings, const ImportOptions& options) {
  integrations::ImportCommand command;
  command.file = options.file;
  command.kind = options.kind;
  if (!options.map.empty()) command.map = options.map;
  if (!options.rejects.empty()) command.rejects = options.rejects;
  command.dry_run = options.dry_run;
  command.json = options.json;
  command.progress_bar = ::isatty(STDERR_FILENO) != 0;
  command.language = shell_language();
  Application application(settings);
  const int code = application.integrations->import_file(command, std::cout, std::cerr);
  if (code == exit_done && !options.dry_run) application.usage->refresh();
  return code;
}

int export_records(const Settings& settings, const ExportOptions& options) {
  Application application(settings);
  if (options.kind == "definitions") {
    std::cout << application.definitions->export_text({});
    return exit_done;
  }
  integrations::ExportCommand command;
  command.kind = options.kind;
  if (!options.out.empty()) command.out = options.out;
  command.format = options.format;
  command.byte_order_mark = options.byte_order_mark;
  command.language = shell_language();
  return application.integrations->export_records(command, std::cout, std::cerr);
}

}  // namespace banso::app
