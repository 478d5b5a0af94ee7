// Which bodies are refused, and where the fault is said to be; one line a fault.
#include "graph_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "playbook_json.hpp"
#include "test_house.hpp"

namespace banso::engine::workflow {
namespace {

std::vector<std::string> faults_of(const std::string& text) {
  const auto read = read_playbook(text);
  std::vector<std::string> paths;
  if (read) return paths;
  for (const auto& fault : read.error().fields) {
    EXPECT_FALSE(fault.message.en.empty());
    EXPECT_FALSE(fault.message.ja.empty());
    paths.push_back(fault.field);
  }
  return paths;
}

struct Case {
  const char* name;
  std::string steps;
  std::vector<std::string> faults;
};

const std::string one_case = R"("cases":[{"name":{"en":"C","ja":"C"},"condition":{"field":"x"},"next":"a"}])";

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"one task", task("a", "null"), {}},
      {"unknown step", task("a", R"("gone")"), {"steps[a].next"}},
      {"key twice",
       task("a", R"("b")") + "," + task("b", "null") + "," + task("b", "null"),
       {"steps[b].key", "steps[b].key"}},
      {"unreachable", task("a", "null") + "," + task("b", "null"), {"steps[b].key"}},
      {"loop of tasks", task("a", R"("b")") + "," + task("b", R"("a")"), {"steps[b].next"}},
      {"loop over a wait", task("a", R"("w")") + "," + step("w", "wait", R"("days":1,"next":"a")"), {}},
      {"loop over a waited task", task("a", R"("b")", R"("wait":true)") + "," + task("b", R"("a")"), {}},
      {"loop over a condition alone",
       task("a", R"("w")") + "," + step("w", "wait", R"("until_condition":{"field":"x"},"next":"a")"),
       {"steps[w].next"}},
      {"loop by a timeout",
       task("a", R"("w")") + "," +
           step("w", "wait", R"("until_condition":{"field":"x"},"timeout_days":3,"on_timeout":"a","next":null)"),
       {}},
      {"branch into itself", step("a", "branch", one_case + R"(,"otherwise":null)"), {"steps[a].next"}},
      {"branch without cases", step("a", "branch", R"("cases":[],"otherwise":null)"), {"steps[a].cases"}},
      {"two waits in one", step("a", "wait", R"("days":1,"business_days":2,"next":null)"), {"steps[a].days"}},
      {"unknown kind", step("a", "dance", ""), {"steps[a].kind"}},
      {"unknown member", task("a", "null", R"("colour":"red")"), {"steps[a].colour"}},
      {"mail to nobody",
       step("a", "email", R"("template":"hello","to":{"roles":[]},"next":null)"),
       {"steps[a].to.roles"}},
      {"webhook without address", step("a", "webhook", R"("next":null)"), {"steps[a].url"}},
      {"webhook to a file", step("a", "webhook", R"("url":"file:///etc/passwd","next":null)"), {"steps[a].url"}},
      {"setting what is computed",
       step("a", "set_field", R"("field":"score.health","value":"1","next":null)"),
       {"steps[a].field"}},
      {"no steps", "", {"steps"}},
  };
  return all;
}

TEST(PlaybookBody, FaultsAreFoundAtTheirPath) {
  for (const auto& each : cases()) {
    EXPECT_THAT(faults_of(body(each.steps)), testing::ElementsAreArray(each.faults)) << each.name;
  }
}

TEST(PlaybookBody, WhoIsHeldOutIsWatchedForAsLongAsTheGoalMayTake) {
  const auto steps = task("a", R"("w")") + "," + step("w", "wait", R"("days":60,"next":"c")") + "," +
                     step("c", "wait", R"("until_condition":{"field":"x"},"timeout_days":40,"next":null)");
  const auto with = [&](const std::string& more) { return faults_of(body(steps, R"("holdout_percent":20,)" + more)); };
  EXPECT_THAT(with(R"("goal":{"field":"x"},"holdout_days":99,)"), testing::ElementsAre("holdout_days"));
  EXPECT_THAT(with(R"("goal":{"field":"x"},"holdout_days":100,)"), testing::IsEmpty());
  EXPECT_THAT(with(R"("goal":{"field":"x"},"holdout_days":80,"longest_days":80,)"), testing::IsEmpty());
  EXPECT_THAT(with(R"("holdout_days":10,)"), testing::IsEmpty()) << "there is no goal to compare";
  EXPECT_THAT(faults_of(body(steps, R"("goal":{"field":"x"},"holdout_days":10,)")), testing::IsEmpty());
}

TEST(PlaybookBody, TextIsCanonical) {
  const auto text = body(task("a", R"("w")", R"("wait":true,"skipped":"e","timeout_days":5)") + "," +
                             step("w", "wait", R"("until_field":"renewal_day","days_after":-90,"next":"e")") + "," +
                             step("e", "end", R"("outcome":"success")"),
                         R"("goal":{"field":"x"},"holdout_percent":10,"reentry_days":90,)");
  const auto once = write_playbook(read_playbook(text).value());
  EXPECT_EQ(once, write_playbook(read_playbook(once).value()));
  const auto read = read_playbook(once).value();
  EXPECT_EQ(read.steps[0].skipped, "e");
  EXPECT_EQ(read.steps[1].days, -90);
  EXPECT_EQ(read.reentry_days, 90);
  const auto mail =
      body(step("m", "email", R"("template":"hello","to":{"roles":["admin"]},"holdout_percent":30,"next":null)"));
  const auto mail_once = write_playbook(read_playbook(mail).value());
  EXPECT_EQ(read_playbook(mail_once).value().steps[0].step_holdout_percent, 30);
}

TEST(SubPlaybooks, AWayBackIsFoundAndDepthIsCounted) {
  std::map<std::string, Playbook> all;
  const auto calls = [](const std::string& other) {
    Playbook playbook;
    Step call;
    call.key = "other";
    call.kind = StepKind::playbook;
    call.playbook = other;
    playbook.steps.push_back(call);
    return playbook;
  };
  const auto other = [&](const std::string& key) -> const Playbook* {
    const auto found = all.find(key);
    return found == all.end() ? nullptr : &found->second;
  };
  all["b"] = calls("c");
  all["c"] = calls("a");
  EXPECT_THAT(sub_playbook_cycle("a", calls("b"), other), testing::ElementsAre("a", "b", "c", "a"));
  EXPECT_THAT(sub_playbook_cycle("x", calls("y"), other), testing::IsEmpty());
  EXPECT_EQ(sub_playbook_levels(calls("y"), other), 1);
  EXPECT_EQ(sub_playbook_levels(calls("b"), other), 3);
}

}  // namespace
}  // namespace banso::engine::workflow
