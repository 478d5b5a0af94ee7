// segments.preview_p95_ms: what a person who edits a condition waits for, at 100,000 accounts and 20 segments: how many
// match, with what ARR, at which levels, and how they overlap with every segment; through the route of the API, without
// the socket. Every condition differs. Peer: DuckDB counting the same accounts and adding up their ARR (without the
// overlaps) from one table with the same columns, in the same run.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>

#include <fmt/format.h>

#include "modules/segments/segments.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/json/json.hpp"
#include "support/large_house.hpp"
#include "support/timing.hpp"

namespace {

using namespace banso;
using bench::LargeHouse;
using bench::must;
using bench::p95_ms;
using bench::timed_ms;
namespace duckdb = platform::duckdb;
namespace json = platform::json;

constexpr int questions = 200, segment_count = 20;
constexpr double target_ms = 100;

struct Question {
  std::string condition, where;
};

Question random_question(std::mt19937& random) {
  const struct {
    const char *rule, *where;
  } rules[] = {
      {R"({"field":"phase","operator":"in","value":["onboarding","renewal"]})", "phase IN ('onboarding', 'renewal')"},
      {R"({"field":"industry","operator":"=","value":"医療"})", "industry = '医療'"},
      {R"({"field":"plan","operator":"!=","value":"light"})", "plan <> 'light'"},
  };
  const auto& rule = rules[random() % 3];
  const auto least_arr = static_cast<std::int64_t>(random() % 9'000'000);
  return {fmt::format(R"({{"combinator":"and","rules":[{},{{"field":"arr","operator":">=","value":{}}}]}})", rule.rule,
                      least_arr),
          fmt::format("{} AND arr >= {}", rule.where, least_arr)};
}

std::string ask(const platform::http::Dispatcher& api, const char* method, std::string path, std::string body,
                std::map<std::string, std::string> query = {}) {
  platform::http::Request request;
  request.path = std::move(path);
  request.body = std::move(body);
  request.query = std::move(query);
  request.headers.add("cookie", "banso_csrf=bench");
  request.headers.add("x-csrf-token", "bench");
  const auto response = api.answer(method, std::move(request));
  if (response.status != 200) throw std::runtime_error(response.body);
  return response.body;
}

void publish_segments(LargeHouse& house, std::mt19937& random) {
  for (int i = 0; i < segment_count; ++i) {
    const definitions::Name name{std::string(segments::segment_kind), fmt::format("segment_{}", i)};
    must(house.definitions->put_draft(
        LargeHouse::owner(), name,
        fmt::format(R"({{"name":{{"en":"Segment {0}","ja":"区分{0}"}},"description":"","condition":{1}}})", i,
                    random_question(random).condition)));
    must(house.definitions->publish(LargeHouse::owner(), name, "bench"));
  }
}

void fill_peer(duckdb::Connection& connection, const platform::http::Dispatcher& api) {
  connection.execute("CREATE TABLE book (phase VARCHAR, industry VARCHAR, plan VARCHAR, arr BIGINT)");
  duckdb::Transaction transaction(connection);
  duckdb::Appender appender(connection, "book");
  for (int offset = 0; offset < LargeHouse::account_count; offset += 1000) {
    const auto page = boost::json::parse(ask(
        api, "GET", "/api/book", "", {{"sort", "external_id"}, {"offset", std::to_string(offset)}, {"limit", "1000"}}));
    for (const auto& row : page.at("items").as_array()) {
      appender.add(std::string_view(row.at("phase").as_string()))
          .add(std::string_view(row.at("industry").as_string()))
          .add(std::string_view(row.at("plan").as_string()))
          .add(row.at("arr").at("amount_minor").as_int64())
          .end_row();
    }
  }
  appender.close();
  transaction.commit();
}

std::int64_t ask_peer(duckdb::Connection& connection, const Question& question) {
  auto totals = connection.query("SELECT COUNT(*), CAST(SUM(arr) AS BIGINT) FROM book WHERE " + question.where);
  std::int64_t accounts = 0;
  while (totals.next()) accounts = totals.column(0).int64s()[0];
  return accounts;
}

int measure(const std::filesystem::path& folder) {
  LargeHouse house(folder);
  std::cerr << "writing " << LargeHouse::account_count << " accounts\n";
  house.write_accounts();
  const auto segments = segments::Service::make({house.records, house.definitions, house.health});
  std::mt19937 random(7);
  publish_segments(house, random);
  must(house.health->evaluate_all([](double, const core::Text&) { return true; }));
  std::cerr << fmt::format("members of {} segments found in {:.0f} ms\n", segment_count,
                           timed_ms([&] { segments->refresh(); }));
  auto routes = house.health->routes();
  for (auto& route : segments->routes()) routes.push_back(std::move(route));
  const platform::http::Dispatcher api(
      std::move(routes), [](const platform::http::Request&) { return std::optional(LargeHouse::owner()); }, nullptr);
  const auto peer_database = duckdb::Database::in_memory({.memory_limit = "1GB", .threads = 4});
  auto peer = peer_database->connect();
  fill_peer(peer, api);
  std::vector<double> ours_ms, peer_ms;
  for (int i = 0; i < questions; ++i) {
    const auto question = random_question(random);
    std::string body;
    ours_ms.push_back(timed_ms([&] {
      body = ask(api, "POST", "/api/segments/preview", fmt::format(R"({{"condition":{}}})", question.condition));
    }));
    std::int64_t accounts = 0;
    peer_ms.push_back(timed_ms([&] { accounts = ask_peer(peer, question); }));
    if (boost::json::parse(body).at("accounts").as_int64() != accounts) {
      std::cerr << "the peer counts other accounts for " << question.where << "\n";
      return 1;
    }
  }
  const double ours = p95_ms(ours_ms), theirs = p95_ms(peer_ms);
  fmt::print(
      "{{\"name\":\"segments.preview_p95_ms\",\"value\":{:.2f},\"unit\":\"ms\",\"peer\":\"DuckDB SQL, count and ARR "
      "alone\",\"peer_value\":{:.2f},\"ratio\":{:.2f},\"target\":{:.0f},\"met\":{}}}\n",
      ours, theirs, theirs / ours, target_ms, ours <= target_ms);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "segments.preview_p95_ms\n";
    return 0;
  }
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-segments";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const int failed = measure(folder);
  std::filesystem::remove_all(folder);
  return failed;
}
