// playbooks.full_pass_s: goal, exit and awaited conditions of 50,000 live runs, of ten playbooks, tested over a book of
// 100,000 accounts as when a day begins: read from the records, grouped by version, each condition run once a group;
// the slowest of several. No account meets them: what moves then is writing, not testing.
#include <filesystem>
#include <iostream>

#include <unistd.h>

#include <fmt/format.h>

#include "modules/playbooks/playbooks.hpp"
#include "support/figure.hpp"
#include "support/large_house.hpp"
#include "support/timing.hpp"

namespace {

using namespace banso;
using bench::LargeHouse;
using bench::must;
using bench::timed_ms;

constexpr int playbook_count = 10, run_count = 50'000, passes = 5;
constexpr std::size_t started_at_once = 1000;
constexpr double target_s = 10;

std::string rule(const std::string& field, const std::string& value) {
  return fmt::format(R"({{"combinator":"and","rules":[{{"field":"{}","operator":">=","value":{}}}]}})", field, value);
}

std::string body(int number) {
  return fmt::format(R"({{"name":{{"en":"P{0}","ja":"P{0}"}},"start":{{"on":"manual"}},
      "goal":{1},"exit":{2},"steps":[{{"key":"pause","kind":"wait","name":{{"en":"W","ja":"W"}},
      "until_condition":{3},"timeout_days":100,"next":null}}]}})",
                     number, rule("score", "200"), rule("seats", "100000000"), rule("arr", "1000000000000"));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--list") {
    std::cout << "playbooks.full_pass_s\n";
    return 0;
  }
  const auto folder = std::filesystem::temp_directory_path() / ("banso-bench-playbooks-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    LargeHouse house(folder);
    for (const auto& migrations :
         {org::migrations(), work::migrations(), segments::migrations(), playbooks::migrations()}) {
      house.records->migrate(migrations);
    }
    const auto segments = segments::Service::make({house.records, house.definitions, house.health});
    playbooks::Dependencies from;
    from.records = house.records;
    from.definitions = house.definitions;
    from.customers = house.customers;
    from.health = house.health;
    from.segments = segments;
    auto service = playbooks::Service::make(from);
    house.write_accounts();
    must(house.health->evaluate_all([](double, const core::Text&) { return true; }));
    definitions::Bodies bodies;
    for (int i = 0; i < playbook_count; ++i) bodies[{"playbook", fmt::format("p{}", i)}] = body(i);
    must(house.definitions->publish_all(LargeHouse::owner(), bodies, {"bench", "bench"}));
    const auto book = house.health->evaluated_book();
    const double started_s = timed_ms([&] {
                               for (int begin = 0; begin < run_count; begin += started_at_once) {
                                 std::vector<core::AccountId> accounts;
                                 for (std::size_t i = 0; i < started_at_once; ++i) {
                                   accounts.push_back(book->id(static_cast<std::size_t>(begin) + i));
                                 }
                                 const auto key = fmt::format("p{}", begin / started_at_once % playbook_count);
                                 must(service->start_runs(LargeHouse::owner(), key, accounts));
                               }
                             }) /
                             1000;
    std::cerr << fmt::format("{} runs began in {:.1f} s\n", run_count, started_s);
    double slowest_s = 0;
    for (int pass = 0; pass < passes; ++pass) {
      service = playbooks::Service::make(from);  // knows nothing: tests everything
      std::int64_t moved = 0;
      slowest_s = std::max(slowest_s, timed_ms([&] { moved = service->work_once(); }) / 1000);
      if (moved != 0) throw std::runtime_error("a run moved");
    }
    bench::print({"playbooks.full_pass_s", slowest_s, "s", "", 0, 0, target_s, slowest_s <= target_s});
  }
  std::filesystem::remove_all(folder);
}
