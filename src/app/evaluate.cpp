#include <iostream>

#include "application.hpp"
#include "commands.hpp"
#include "report.hpp"

namespace banso::app {

int evaluate(const Settings& settings, const EvaluateOptions& options) {
  health::EvaluateOptions request;
  request.json = options.json;
  if (!options.as_of.empty()) {
    request.as_of = core::parse_day(options.as_of);
    if (!request.as_of) {
      return report(core::Error::invalid_field(
                        "--as-of", {"Give a day such as 2026-11-22.", "2026-11-22 の形式で日付を指定してください。"}),
                    shell_language());
    }
  }
  if (!options.account.empty()) request.account_external_id = options.account;
  Application application(settings);
  application.usage->refresh();
  return application.health->run_command(request, shell_language(), std::cout, std::cerr);
}

}  // namespace banso::app
