// What the service does over the real book.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "org_fixture.hpp"

namespace banso::org {
namespace {

using testing::ElementsAre;

class OrgTest : public OrgFixture {};

TEST_F(OrgTest, AccountsGetTheFirstModelThatHoldsAndTheTeamOfTheirCsm) {
  put(1, "adoption", 1);
  put(2, "onboarding", 2);
  put(3, "adoption");
  evaluate();
  ASSERT_TRUE(define(engagement_model_kind, "later", model(all(), 20)));
  ASSERT_TRUE(define(engagement_model_kind, "first", model(phase_is("onboarding"), 10)));
  team("operations", Direction::function, {{{1}}, {{2}}});
  team("smb", Direction::size, {{{2}}});
  catch_up();
  EXPECT_THAT(values_of("engagement_model"),
              ElementsAre(std::pair(1, "later"), std::pair(2, "first"), std::pair(3, "later")));
  EXPECT_THAT(values_of("team"), ElementsAre(std::pair(1, "operations"), std::pair(2, "smb")));

  put(1, "onboarding", 2);
  catch_up();
  EXPECT_EQ(values_of("engagement_model").at(1), "first");
  EXPECT_EQ(values_of("team").at(1), "smb");

  // A new process writes nothing: it is so already.
  const auto versions = [&] {
    std::int64_t count = 0;
    customers->each_account({}, [&](const customers::AccountFact&) { ++count; });
    return count;
  };
  const auto before = versions();
  start_org();
  catch_up();
  catch_up();
  EXPECT_EQ(versions(), before);

  ASSERT_TRUE(definitions->retire(leader, {std::string(engagement_model_kind), "later"}, ""));
  ASSERT_TRUE(org->remove_team(leader, org->teams().front().id));
  catch_up();
  EXPECT_THAT(values_of("engagement_model"), ElementsAre(std::pair(1, "first"), std::pair(2, "first")));
  EXPECT_THAT(values_of("team"), ElementsAre(std::pair(1, "operations"), std::pair(2, "operations")));
}

TEST_F(OrgTest, AModelMayNotDependOnItself) {
  put(1, "adoption");
  evaluate();
  ASSERT_TRUE(define(engagement_model_kind, "one", model(all(), 10)));
  catch_up();
  const auto refused = define(
      engagement_model_kind, "two",
      model(R"({"combinator":"and","rules":[{"field":"attribute.engagement_model","operator":"=","value":"one"}]})",
            5));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "condition");
}

TEST_F(OrgTest, AModelMayNotDependOnAScorecardThatDependsOnIt) {
  put(1, "adoption");
  evaluate();
  const auto poor = model(R"({"combinator":"and","rules":[{"field":"score","operator":"<","value":50}]})", 5);
  const auto chosen_by = [](const std::string& attribute) {
    return definitions::Bodies{
        {{"scorecard", "care"}, R"({"applies_when": {"attribute": ")" + attribute + R"(", "in": ["high_touch"]}})"}};
  };
  KindContext context;
  context.health = health;
  EXPECT_TRUE(check_model(context, poor, {}));
  EXPECT_TRUE(check_model(context, poor, chosen_by("plan")));
  EXPECT_TRUE(check_model(context, model(phase_is("adoption"), 5), chosen_by("engagement_model")));
  const auto refused = check_model(context, poor, chosen_by("engagement_model"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "condition");
  EXPECT_NE(refused.error().fields.front().message.en.find("care"), std::string::npos);
}

TEST_F(OrgTest, FaultsOfDefinitionsNameTheirFields) {
  put(1, "adoption");
  evaluate();
  const auto field_of = [&](std::string_view kind, const std::string& body) {
    const auto refused = define(kind, "x", body);
    return refused || refused.error().fields.empty() ? std::string() : refused.error().fields.front().field;
  };
  EXPECT_EQ(field_of(engagement_model_kind, R"({"name":{"en":"A","ja":""},"touch":"high","condition":)" + all() + "}"),
            "name.ja");
  EXPECT_EQ(field_of(engagement_model_kind, R"({"name":{"en":"A","ja":"A"},"touch":"loud","condition":)" + all() + "}"),
            "touch");
  EXPECT_EQ(field_of(assignment_rule_kind, rule(R"("method":"capacity","candidates":{"users":[77]})")),
            "candidates.users");
  EXPECT_EQ(field_of(assignment_rule_kind, rule(R"("method":"capacity","candidates":{"teams":["none"]})")),
            "candidates.teams");
  EXPECT_EQ(field_of(assignment_rule_kind, rule(R"("method":"capacity","candidates":{"users":[]})")),
            "candidates.users");
  EXPECT_EQ(field_of(assignment_rule_kind,
                     rule(R"("method":"capacity","candidates":{"users":[1]},"capacity":{"accounts":-1})")),
            "capacity.accounts");
}

TEST_F(OrgTest, WhatIsAppliedIsWhatThePreviewShowedAndCanBeTakenBack) {
  for (int i = 1; i <= 7; ++i) put(i, "adoption", i == 7 ? 5 : 0);
  evaluate();
  ASSERT_TRUE(org->set_capacity(leader, {2}, 2, {}, {}));
  const auto with =
      org->rule_of(std::nullopt, rule(R"("method":"round_robin","candidates":{"users":[1,2,3,8]})")).value();
  const auto plan = org->plan(with).value();
  EXPECT_EQ(plan.matched, 6);
  EXPECT_EQ(plan.moves.size(), 6u);
  ASSERT_EQ(plan.left_out.size(), 1u) << "8 has left";
  EXPECT_EQ(plan.people[1].gets, 2);

  EXPECT_EQ(org->start_assignment(csm, with, plan.basis, "").error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(org->start_assignment(leader, with, "another", "").error().code, core::ErrorCode::conflict);
  const auto assignment = org->start_assignment(leader, with, plan.basis, "new year").value();
  const auto go_on = [](std::int64_t, std::int64_t) { return true; };
  ASSERT_TRUE(org->assignments.carry_out(assignment.id, leader, go_on));
  std::map<std::int64_t, std::int64_t> planned{{7, 5}};
  for (const auto& move : plan.moves) {
    for (int i = 1; i <= 7; ++i) {
      if (id_of(i) == move.account) planned[i] = move.to.value;
    }
  }
  EXPECT_EQ(owners(), planned);
  // The job again, as after a crash before its end was noted.
  records->write([&](platform::records::Session& session) {
    session.execute("UPDATE assignment SET state = 'waiting', done = 0");
  });
  ASSERT_TRUE(org->assignments.carry_out(assignment.id, leader, go_on));
  EXPECT_EQ(owners(), planned);

  // Somebody changes one of them; what Banso keeps of the others is no change by somebody.
  team("all", Direction::size, {{{1}}, {{2}}, {{3}}});
  catch_up();
  EXPECT_EQ(values_of("team").size(), 6u);
  ASSERT_TRUE(org->set_role(csm, std::vector{id_of(1)}, AccountRole::csm, {9}, "", std::nullopt));
  const auto undone = org->assignments.undo(assignment.id, leader).value();
  EXPECT_EQ(undone.changed_since, 1);
  EXPECT_EQ(owners(), (std::map<std::int64_t, std::int64_t>{{1, 9}, {7, 5}}));
  EXPECT_EQ(org->assignments.undo(assignment.id, leader).value().restored, 0);
}

TEST_F(OrgTest, TheNextRoundBeginsBehindWhoWasServedLast) {
  put(1, "adoption");
  evaluate();
  ASSERT_TRUE(define(assignment_rule_kind, "round", rule(R"("method":"round_robin","candidates":{"users":[1,2]})")));
  const auto run = [&] {
    const auto with = org->rule_of("round", std::nullopt).value();
    const auto plan = org->plan(with).value();
    const auto made = org->start_assignment(leader, with, plan.basis, "").value();
    EXPECT_TRUE(org->assignments.carry_out(made.id, leader, [](std::int64_t, std::int64_t) { return true; }));
  };
  run();
  put(2, "adoption");
  catch_up();
  run();
  EXPECT_EQ(owners(), (std::map<std::int64_t, std::int64_t>{{1, 1}, {2, 2}}));
}

TEST_F(OrgTest, OtherRolesAreAssignedAndTakenBackToo) {
  for (int i = 1; i <= 3; ++i) put(i, "adoption", 5);
  evaluate();
  ASSERT_TRUE(org->set_role(leader, std::vector{id_of(1)}, AccountRole::support, {4}, "", book_day - 10));
  const auto with =
      org->rule_of(std::nullopt,
                   rule(R"("role":"support","applies_to":"all","method":"fixed","candidates":{"users":[3]})"))
          .value();
  const auto plan = org->plan(with).value();
  EXPECT_EQ(plan.moves.size(), 3u);
  const auto made = org->start_assignment(leader, with, plan.basis, "").value();
  ASSERT_TRUE(org->assignments.carry_out(made.id, leader, [](std::int64_t, std::int64_t) { return true; }));
  const std::vector<core::AccountId> accounts{id_of(1), id_of(2)};
  EXPECT_THAT(org->responsible(accounts, AccountRole::support, book_day),
              ElementsAre(Responsible{{3}, {}}, Responsible{{3}, {}}));
  EXPECT_THAT(org->responsible(accounts, AccountRole::support, book_day - 5),
              ElementsAre(Responsible{{4}, {}}, Responsible{{5}, {}}))
      << "as it was; where nobody had the role, the CSM";
  EXPECT_EQ(org->assignments.undo(made.id, leader).value().restored, 3);
  EXPECT_THAT(org->responsible(accounts, AccountRole::support, book_day),
              ElementsAre(Responsible{{4}, {}}, Responsible{{5}, {}}));
}

TEST_F(OrgTest, WhoIsAwayIsStoodInFor) {
  put(1, "adoption", 1);
  evaluate();
  EXPECT_EQ(org->put_absence(reader, {0, {9}, book_day, book_day + 5, {2}, ""}).error().code,
            core::ErrorCode::forbidden);
  EXPECT_EQ(org->put_absence(csm, {0, {2}, book_day, book_day + 5, {}, ""}).error().code, core::ErrorCode::forbidden)
      << "only the own";
  EXPECT_FALSE(org->put_absence(csm, {0, {1}, book_day, book_day, {2}, ""}));
  EXPECT_FALSE(org->put_absence(csm, {0, {1}, book_day, book_day + 1, {8}, ""})) << "8 has left";
  const auto absence = org->put_absence(csm, {0, {1}, book_day, book_day + 5, {2}, ""}).value();
  EXPECT_EQ(org->responsible(id_of(1), AccountRole::csm, book_day), (Responsible{{2}, {1}}));
  EXPECT_EQ(org->responsible(id_of(1), AccountRole::csm, book_day + 5), (Responsible{{1}, {}}));
  ASSERT_TRUE(org->remove_absence(csm, absence.id));
  EXPECT_EQ(org->responsible(id_of(1), AccountRole::csm, book_day), (Responsible{{1}, {}}));
  EXPECT_EQ(org->responsible(core::AccountId{1}, AccountRole::csm, book_day), std::nullopt);
}

TEST_F(OrgTest, TeamsHaveMatesAndLeadsSeeThoseBelow) {
  const auto top = team("top", Direction::size, {{{1}, true}, {{2}}});
  const auto middle = team("middle", Direction::size, {{{3}, true}}, top.id);
  team("low", Direction::size, {{{4}}}, middle.id);
  team("across", Direction::function, {{{2}}, {{5}}});
  const auto mates = [&](std::int64_t user) {
    std::vector<std::int64_t> ids;
    for (const auto mate : org->team_mates({user})) ids.push_back(mate.value);
    return ids;
  };
  EXPECT_THAT(mates(1), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(mates(2), ElementsAre(1, 2, 5));
  EXPECT_THAT(mates(3), ElementsAre(3, 4));
  EXPECT_THAT(mates(6), ElementsAre(6));
  EXPECT_THAT(org->teams_of({2}), ElementsAre("top", "across"));
  auto circle = top;
  circle.parent = middle.id;
  EXPECT_EQ(org->put_team(leader, circle).error().fields.front().field, "parent_id");
  EXPECT_EQ(org->put_team(csm, top).error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(org->put_team(leader, {0, "top", {"a", "a"}, Direction::size, 0, {}}).error().code,
            core::ErrorCode::conflict);
  EXPECT_EQ(org->put_team(leader, {0, "", {"Top", "最上位"}, Direction::size, 0, {}})->key, "top_2");
  ASSERT_TRUE(org->remove_team(leader, middle.id));
  EXPECT_THAT(mates(1), ElementsAre(1, 2, 4)) << "teams below move up";
}

TEST_F(OrgTest, AHandoverMovesAccountsWhenItIsCompletedAndTellsEachStep) {
  put(1, "adoption", 1);
  put(2, "adoption", 1);
  put(3, "adoption", 4);
  evaluate();
  std::vector<HandoverState> told;
  org->on_handover([&](const Handover& handover) { told.push_back(handover.state); });
  NewHandover wanted;
  wanted.from = {1};
  wanted.to = {2};
  wanted.accounts = {id_of(1), id_of(2), id_of(3), core::AccountId{5}};
  EXPECT_EQ(org->begin_handover(reader, wanted).error().code, core::ErrorCode::forbidden);
  const auto begun = org->begin_handover(csm, wanted).value();
  EXPECT_EQ(begun.accounts.size(), 3u);
  EXPECT_EQ(owners().at(1), 1);
  EXPECT_EQ(org->complete_handover(csm, begun.id).error().code, core::ErrorCode::conflict) << "the checklist is open";
  const auto open = org->handovers.find(begun.id).value();
  for (const auto& item : open.items) {
    EXPECT_TRUE(org->handovers.tick(begun.id, item.id, true, csm, core::now()));
    EXPECT_TRUE(org->handovers.tick(begun.id, item.id, true, csm, core::now()));
  }
  ASSERT_TRUE(org->complete_handover(csm, begun.id));
  ASSERT_TRUE(org->complete_handover(csm, begun.id)) << "a second time changes nothing";
  EXPECT_EQ(owners(), (std::map<std::int64_t, std::int64_t>{{1, 2}, {2, 2}, {3, 4}}))
      << "what somebody else has meanwhile stays theirs";
  EXPECT_THAT(told, ElementsAre(HandoverState::open, HandoverState::completed));
  const auto details = org->handovers.find(begun.id).value();
  EXPECT_TRUE(details.has_moved);
  EXPECT_EQ(details.events.size(), usual_checklist().size() + 3);
  EXPECT_FALSE(org->handovers.tick(begun.id, details.items.front().id, false, csm, core::now())) << "it is closed";

  wanted.moves_now = true;
  wanted.from = {2};
  wanted.to = {3};
  const auto now = org->begin_handover(csm, wanted).value();
  EXPECT_EQ(owners().at(1), 3);
  ASSERT_TRUE(org->cancel_handover(csm, now.id));
  EXPECT_EQ(told.back(), HandoverState::cancelled);

  const auto people = org->people_of(id_of(1)).value();
  EXPECT_EQ(people.roles.front().user.value, 3);
  EXPECT_EQ(people.roles.size(), account_role_count);
}

TEST_F(OrgTest, TheWorkloadCountsAccountsAndEffort) {
  put(1, "adoption", 1);
  put(2, "onboarding", 1);
  put(3, "onboarding");
  evaluate();
  ASSERT_TRUE(define(engagement_model_kind, "help", model(phase_is("onboarding"), 10, 12.5)));
  ASSERT_TRUE(org->set_capacity(leader, {1}, {}, {}, 27));
  catch_up();
  const auto workload = org->workload().value();
  ASSERT_EQ(workload.people.size(), 1u);
  EXPECT_EQ(workload.people[0].load.accounts, 2);
  EXPECT_DOUBLE_EQ(workload.people[0].load.effort, 13.5);
  EXPECT_DOUBLE_EQ(share_of(workload.people[0].load, workload.people[0].limits).value(), 0.5);
  EXPECT_EQ(workload.people[0].by_model.size(), 2u);
  EXPECT_EQ(workload.unassigned.accounts, 1);
}

TEST_F(OrgTest, SuggestedModelsCanBePublishedAndCoverEverybody) {
  for (int i = 1; i <= 40; ++i) put(i, i % 5 ? "adoption" : "onboarding");
  evaluate();
  EXPECT_GT(org->propose_engagement_models(leader).value(), 1);
  EXPECT_FALSE(org->propose_engagement_models(csm));
  for (const auto& summary : definitions->list(std::string(engagement_model_kind))) {
    ASSERT_TRUE(definitions->publish(leader, summary.name, "")) << summary.name.key;
  }
  catch_up();
  EXPECT_EQ(values_of("engagement_model").size(), 40u);
}

}  // namespace
}  // namespace banso::org
