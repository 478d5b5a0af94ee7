#include <csignal>
#include <fstream>
#include <iostream>

#include <sys/resource.h>

#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"

namespace banso::app {
namespace {

// Signals are blocked in every thread and waited for here, so that stopping happens in order.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() {
    int received = 0;
    sigwait(&signals_, &received);
  }

 private:
  sigset_t signals_{};
};

// Systems allow a process far fewer open files than they could, unless it asks.
void allow_many_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) platform::log::warning("the limit of open files could not be raised");
}

void say(const core::Text& text) {
  fmt::print("  {}\n", text.in(shell_language()));
}

void say_where(const Settings& settings, std::uint16_t port, bool needs_setup) {
  fmt::print("\n");
  say({fmt::format("Banso is running: http://localhost:{}", port),
       fmt::format("Banso が起動しました: http://localhost:{}", port)});
  std::ifstream login(settings.demo_login_file());
  if (login) {
    say({"Log in to the demo with:", "デモのログイン情報:"});
    for (std::string line; std::getline(login, line);) fmt::print("    {}\n", line);
  } else if (needs_setup) {
    say({"Open it in a browser and register the first administrator.",
         "ブラウザで開き、最初の管理者を登録してください。"});
  }
  say({"Press Ctrl-C to stop.", "終了するには Ctrl-C を押してください。"});
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace

int serve(const Settings& settings) {
  StopSignals signals;
  std::signal(SIGPIPE, SIG_IGN);
  Application application(settings);
  auto files = std::make_shared<platform::http::StaticFiles>(settings.effective_web_folder());
  auto dispatcher = std::make_shared<platform::http::Dispatcher>(
      application.routes(),
      [identity = application.identity](const platform::http::Request& request) {
        return identity::caller_of(*identity, request);
      },
      files,
      [portal = application.portal](const platform::http::Request& request) { return portal->customer_of(request); });
  platform::http::ServerSettings server_settings;
  server_settings.address = settings.address;
  server_settings.port = settings.port;
  server_settings.metrics = application.metrics;
  allow_many_connections();
  auto server = platform::http::Server::start(server_settings, dispatcher);
  application.start_background_work();
  say_where(settings, server->port(), application.identity->needs_setup());
  signals.wait();
  platform::log::info("stopping");
  application.live->stop();
  server.reset();  // what was asked is answered while everything behind it still works
  application.stop_background_work();
  return exit_done;
}

}  // namespace banso::app
