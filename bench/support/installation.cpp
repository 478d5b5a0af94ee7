#include "installation.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "event_mix.hpp"

namespace banso::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

Installation::Installation(const std::filesystem::path& folder, int accounts, std::vector<std::string> more_arguments,
                           std::string created_day)
    : folder_(folder), more_arguments_(std::move(more_arguments)), accounts_(accounts) {
  const char* binary = std::getenv("BANSO_BINARY");
  if (binary == nullptr) throw std::runtime_error("BANSO_BINARY must name the binary to measure");
  binary_ = binary;
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  start();
  set_up();
  stop();
  import_accounts(accounts, created_day);
  start();
}

void Installation::start() {
  std::vector<std::string> command{binary_, "--data", data().string(), "serve", "--port", "0"};
  command.insert(command.end(), more_arguments_.begin(), more_arguments_.end());
  process_ = std::make_unique<Process>(command, folder_ / "serve.log");
  port_ = static_cast<std::uint16_t>(std::stoi(process_->wait_for("http://localhost:", 600)));
  api_ = std::make_unique<ApiClient>(port_);
  if (source_id_ != 0) log_in();
}

void Installation::stop() {
  api_.reset();
  process_.reset();
}

void Installation::set_up() {
  api_->post("/api/setup", {{"workspace_name", "Bench"},
                            {"name", "Bench"},
                            {"email", "bench@example.com"},
                            {"password", "correct horse battery"},
                            {"language", "en"},
                            {"reporting_currency", "JPY"},
                            {"fiscal_year_start_month", 4},
                            {"timezone", "UTC"}});
  const auto source = api_->post("/api/sources", {{"name", "Bench"}}).as_object();
  write_key_ = source.at("write_key").as_string();
  source_id_ = source.at("id").as_int64();
}

void Installation::log_in() {
  api_->post("/api/session", {{"email", "bench@example.com"}, {"password", "correct horse battery"}});
}

void Installation::import_accounts(int accounts, const std::string& created_day) {
  const auto file = folder_ / "accounts.csv";
  std::ofstream out(file);
  out << "external_id,name,created_day\n";
  for (int i = 0; i < accounts; ++i) out << fmt::format("{},Customer {},{}\n", account_key(i), i, created_day);
  out.close();
  run({binary_, "--data", data().string(), "import", file.string(), "--as", "accounts"}, folder_ / "import.log");
}

std::vector<std::int64_t> Installation::account_ids() {
  std::vector<std::int64_t> ids(static_cast<std::size_t>(accounts_));
  for (std::size_t found = 0; found < ids.size();) {
    const auto page = api_->get(fmt::format("/api/book?limit=1000&offset={}", found)).as_object();
    if (page.at("items").as_array().empty()) throw std::runtime_error("the book lacks accounts");
    for (const auto& item : page.at("items").as_array()) {
      const std::string key(item.at("external_id").as_string());
      ids[static_cast<std::size_t>(std::stoi(key.substr(2)))] = item.at("id").as_int64();
      ++found;
    }
  }
  return ids;
}

std::int64_t Installation::stored_events() {
  const auto sources = api_->get("/api/sources").as_object();
  for (const auto& source : sources.at("items").as_array()) {
    if (source.at("id").as_int64() == source_id_) return source.at("events").as_int64();
  }
  return 0;
}

std::int64_t Installation::wait_for_stored(std::int64_t expected, double seconds) {
  const auto start = Clock::now();
  for (;;) {
    const auto stored = stored_events();
    if (stored >= expected || since(start) > seconds) return stored;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void Installation::wait_until_scored(double seconds) {
  const auto start = Clock::now();
  while (since(start) < seconds) {
    const auto evaluation = api_->get("/api/evaluation").as_object();
    const auto* accounts = evaluation.if_contains("accounts");
    if (!evaluation.at("running").as_bool() && accounts && accounts->is_int64() && accounts->as_int64() >= accounts_)
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  throw std::runtime_error("the book was not scored in time");
}

Sustained sustain(Installation& installation, const std::vector<Batch>& batches, LoadSettings settings) {
  settings.port = installation.port();
  settings.write_key = installation.write_key();
  const auto before = installation.stored_events();
  const auto cpu_before = installation.process().cpu_seconds();
  Sustained sustained;
  const auto look = [&] {
    sustained.peak_rss_mib = std::max(sustained.peak_rss_mib, installation.process().resident_mib());
  };
  sustained.load = send_load(batches, settings, look);
  const auto& load = sustained.load;
  const auto sent = Clock::now();
  const auto stored = installation.wait_for_stored(before + load.acknowledged, 300) - before;
  sustained.drain_seconds = since(sent);
  look();
  sustained.server_cpu_seconds = installation.process().cpu_seconds() - cpu_before;
  std::cerr << fmt::format(
      "{} events acknowledged in {:.1f} s ({:.0f}/s), all stored {:.2f} s later; ack p50 {:.2f} ms, p99 {:.2f} ms; "
      "refused {}, failed {}; server {:.1f} CPU s, generator {:.1f} CPU s; RSS {:.0f} MiB\n",
      load.acknowledged, load.seconds, load.events_per_s(), sustained.drain_seconds, load.ack_ms(0.5),
      load.ack_ms(0.99), load.refused, load.failed, sustained.server_cpu_seconds, load.cpu_seconds,
      sustained.peak_rss_mib);
  if (load.failed > 0)
    throw std::runtime_error("an answer was neither 200 nor a request to wait: " + load.first_failure);
  if (stored != load.acknowledged) {
    throw std::runtime_error(fmt::format("{} events were acknowledged, {} are stored", load.acknowledged, stored));
  }
  return sustained;
}

}  // namespace banso::bench
