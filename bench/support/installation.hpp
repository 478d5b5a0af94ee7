// A real `banso serve` on a fresh data folder, set up, with accounts and a source of events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api_client.hpp"
#include "load_generator.hpp"
#include "process.hpp"

namespace banso::bench {

class Installation {
 public:
  // `more_arguments` go to `banso serve`. BANSO_BINARY names the binary.
  // `created_day`: since when the accounts are there. All weeks since are scored, which takes long where they are many.
  Installation(const std::filesystem::path& folder, int accounts, std::vector<std::string> more_arguments = {},
               std::string created_day = "2024-01-01");

  void start();  // waits until it serves
  void stop();

  Process& process() { return *process_; }
  ApiClient& api() { return *api_; }
  std::uint16_t port() const { return port_; }
  const std::string& write_key() const { return write_key_; }
  std::int64_t source_id() const { return source_id_; }
  std::filesystem::path data() const { return folder_ / "data"; }

  std::vector<std::int64_t> account_ids();  // in the order of account_key()

  // Events of the source that are stored and readable; waits up to `seconds` for `expected`.
  std::int64_t stored_events();
  std::int64_t wait_for_stored(std::int64_t expected, double seconds);
  // Until every account is scored by what is stored.
  void wait_until_scored(double seconds);

 private:
  void set_up();
  void log_in();
  void import_accounts(int accounts, const std::string& created_day);

  std::filesystem::path folder_;
  std::string binary_;
  std::vector<std::string> more_arguments_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<ApiClient> api_;
  std::uint16_t port_ = 0;
  std::string write_key_;
  std::int64_t source_id_ = 0;
  int accounts_ = 0;
};

// Sends load and waits until everything is stored: what counts as sustained is what has arrived at the end.
struct Sustained {
  LoadResult load;
  double drain_seconds = 0;  // from the last answer until the last event could be read
  double peak_rss_mib = 0;
  double server_cpu_seconds = 0;
  double events_per_s() const { return static_cast<double>(load.acknowledged) / (load.seconds + drain_seconds); }
};
Sustained sustain(Installation& installation, const std::vector<Batch>& batches, LoadSettings settings);

}  // namespace banso::bench
