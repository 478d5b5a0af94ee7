#include <fstream>

#include <sys/stat.h>

#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "demo_loader.hpp"
#include "report.hpp"

namespace banso::app {
namespace {

constexpr const char* demo_email = "demo@banso.example";

std::string random_password() {
  // Easy to type, and long enough that nobody guesses it: about 77 bits.
  constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
  std::ifstream random("/dev/urandom", std::ios::binary);
  std::string password;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) password.push_back('-');
    password.push_back(letters[static_cast<unsigned char>(random.get()) % letters.size()]);
  }
  return password;
}

// Readable by the operator alone: ./dev run prints it at every start.
void keep_login(const Settings& settings, const std::string& password) {
  const mode_t before = umask(077);
  std::ofstream(settings.demo_login_file()) << demo_email << "\n" << password << "\n";
  umask(before);
}

core::Result<> add_people(Application& application, core::Language language, const std::string& password) {
  identity::Workspace workspace;
  workspace.name = simulation::vendor().name.in(language);
  workspace.timezone = simulation::vendor().time_zone;
  const core::Text name{"Demo Administrator", "デモ管理者"};
  BANSO_TRY_ASSIGN(
      const auto admin,
      application.identity->set_up({name.in(language), demo_email, core::Role::admin, language, password}, workspace));
  for (const auto& owner : simulation::vendor().owners) {
    // Owners get passwords that nobody knows; an administrator can set others.
    const identity::NewUser user{owner.name.in(owner.language), owner.email, core::Role::csm, owner.language,
                                 random_password()};
    BANSO_TRY(application.identity->create_user(admin.user.caller(), user));
  }
  return {};
}

}  // namespace

int run_demo(const Settings& settings, const DemoOptions& options) {
  const core::Language language = shell_language();
  simulation::Options simulated;
  simulated.account_count = options.accounts;
  simulated.month_count = options.months;
  simulated.seed = options.seed;
  const auto until =
      options.until.empty() ? std::optional(core::day_of(core::now(), 540) + 1) : core::parse_day(options.until);
  if (!until) {
    return report(core::Error::invalid_field(
                      "--until", {"Give a day such as 2026-11-22.", "2026-11-22 の形式で日付を指定してください。"}),
                  language);
  }
  simulated.until = *until;
  const auto simulation = simulation::Simulation::create(simulated);
  if (!simulation) return report(simulation.error(), language);

  Application application(settings);
  if (!application.identity->needs_setup()) {
    return report(core::Error::conflict(
                      {"This installation is already in use. Load the demo into an empty folder: --data DIR.",
                       "このデータフォルダーはすでに使われています。--data で空のフォルダーを指定してください。"}),
                  language);
  }
  const std::string password = random_password();
  if (const auto added = add_people(application, language, password); !added) return report(added.error(), language);
  if (!options.until.empty()) {
    identity::WorkspaceChange fixed;
    fixed.fixed_book_day = *until - 1;
    if (const auto changed = application.identity->change_workspace(core::Caller::system("Demo"), fixed); !changed) {
      return report(changed.error(), language);
    }
  }
  core::Result<DemoReport> loaded = core::Error::unavailable({"", ""});
  {
    ProgressBar bar(language);
    loaded = load_demo(application, *simulation, language,
                       [&](double share, const core::Text& message) { bar.show(share, message); });
  }
  if (!loaded) return report(loaded.error(), language);
  keep_login(settings, password);
  fmt::print("{}\n", core::Text{fmt::format("{} customers, {} contacts, {} contract terms, {} events in {:.1f} s",
                                            loaded->accounts, loaded->contacts, loaded->subscriptions, loaded->events,
                                            loaded->seconds),
                                fmt::format("顧客{}社、担当者{}件、契約{}件、イベント{}件({:.1f}秒)", loaded->accounts,
                                            loaded->contacts, loaded->subscriptions, loaded->events, loaded->seconds)}
                         .in(language));
  return exit_done;
}

}  // namespace banso::app
