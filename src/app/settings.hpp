// Where an installation keeps its things, and how it listens.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace banso::app {

struct Settings {
  std::filesystem::path data_folder = "var";
  std::string records_url;  // empty: SQLite in the data folder
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string metrics_token;         // who may read /metrics; empty: callers on this machine
  std::filesystem::path web_folder;  // the built web UI; empty: next to the binary or in web/dist
  // Empty: DuckDB in the data folder. Else a cluster that nodes share: "clickhouse:http://host:8123,..."
  std::string events_url;
  // Mail: nothing is sent or read where the addresses of the servers are empty.
  std::string smtp_url, smtp_user;    // "smtp://host:587", "smtps://host:465"
  std::string inbox_url, inbox_user;  // "imaps://host/INBOX": replies and delivery reports
  std::filesystem::path smtp_password_file, inbox_password_file;
  std::string mail_from;   // the address that mails come from and replies go to
  std::string public_url;  // "https://cs.example.com": where links in mails lead
  bool mail_requires_tls = true;

  // Webhooks and messages may lead to addresses of the operator's own network.
  bool allow_private_webhooks = false;
  int node_number = 0;  // 0..15, different for every node that shares a records database

  // What the intake may take for events that are not stored yet; beyond it callers are told to come again.
  std::int64_t intake_memory_mib = 192;
  std::int64_t journal_limit_mib = 1024;
  std::int64_t disk_reserve_mib = 256;  // so much must stay free on the disk of the data folder

  std::string effective_records_url() const;
  bool shares_events() const { return !events_url.empty(); }
  std::filesystem::path events_file() const { return data_folder / "events.duckdb"; }
  std::filesystem::path journal_folder() const { return data_folder / "journal"; }
  // Follows one event store: the mart of another one would be taken for up to date.
  std::filesystem::path mart_file() const {
    return data_folder / (shares_events() ? "mart.cluster.duckdb" : "mart.duckdb");
  }
  std::filesystem::path uploads_folder() const { return data_folder / "uploads"; }
  std::filesystem::path event_uploads_folder() const { return data_folder / "event-uploads"; }
  std::filesystem::path demo_login_file() const { return data_folder / "demo-login.txt"; }
  std::filesystem::path effective_web_folder() const;
};

}  // namespace banso::app
