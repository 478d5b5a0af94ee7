#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "report.hpp"

namespace banso::app {

int change_workspace(const Settings& settings, const WorkspaceOptions& options) {
  Application application(settings);
  identity::WorkspaceChange change;
  if (!options.name.empty()) change.name = options.name;
  if (!options.currency.empty()) change.reporting_currency = options.currency;
  if (!options.timezone.empty()) change.timezone = options.timezone;
  if (options.book_day == "today") {
    change.fixed_book_day.emplace(std::nullopt);
  } else if (!options.book_day.empty()) {
    const auto day = core::parse_day(options.book_day);
    if (!day) {
      return report(core::Error::invalid_field("book-day", {"Give a day as 2024-01-31, or today.",
                                                            "2024-01-31 のような日付か today を指定してください。"}),
                    shell_language());
    }
    change.fixed_book_day.emplace(*day);
  }
  const auto workspace = application.identity->change_workspace(core::Caller::system("shell"), change);
  if (!workspace) return report(workspace.error(), shell_language());
  fmt::print("name\t{}\ncurrency\t{}\ntimezone\t{}\nbook-day\t{}\n", workspace->name, workspace->reporting_currency,
             workspace->timezone, workspace->fixed_book_day ? core::to_string(*workspace->fixed_book_day) : "today");
  return exit_done;
}

}  // namespace banso::app
