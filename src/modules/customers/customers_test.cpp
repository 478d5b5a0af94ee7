// The contract of the records of customers, on every database.
#include "test_fixture.hpp"

namespace banso::customers {
namespace {

class Customers : public CustomersFixture {};

TEST_P(Customers, UpsertCreatesUpdatesAndLeavesAlone) {
  auto row = account("A-1", "株式会社ヤマト");
  row.industry = std::string("製造");
  EXPECT_EQ(write({row})[0].result, RowResult::created);
  EXPECT_EQ(write({row})[0].result, RowResult::unchanged);

  AccountInput change;
  change.external_id = "A-1";
  change.phase = std::string("定着");
  EXPECT_EQ(write({change})[0].result, RowResult::updated);
  change.phase = {};
  change.industry = core::Patch<std::string>::clear();
  EXPECT_EQ(write({change})[0].result, RowResult::updated);

  const auto rows = book();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].name, "株式会社ヤマト");
  EXPECT_EQ(rows[0].phase, "定着");
  EXPECT_EQ(rows[0].industry, "");
}

TEST_P(Customers, BadRowsNeverStopGoodOnes) {
  auto nameless = account("A-2", "");
  nameless.name = {};
  auto bad_domain = account("A-3", "C");
  bad_domain.domains = std::vector<std::string>{"not a domain"};
  const auto outcomes = write({account("A-1", "A"), nameless, account("", "B"), bad_domain, account("A-4", "D")});
  EXPECT_EQ(outcomes[0].result, RowResult::created);
  EXPECT_EQ(outcomes[1].errors[0].field, "name");
  EXPECT_EQ(outcomes[2].errors[0].field, "external_id");
  EXPECT_EQ(outcomes[3].errors[0].field, "domains");
  EXPECT_FALSE(outcomes[3].errors[0].message.ja.empty());
  EXPECT_EQ(outcomes[4].result, RowResult::created);
  EXPECT_EQ(book().size(), 2u);
}

TEST_P(Customers, DryRunCountsAndWritesNothing) {
  const auto outcomes = write({account("A-1", "A"), account("A-1", "B"), account("A-2", "")}, {.dry_run = true});
  EXPECT_EQ(outcomes[0].result, RowResult::created);
  EXPECT_EQ(outcomes[1].result, RowResult::updated);
  EXPECT_EQ(outcomes[2].result, RowResult::rejected);
  EXPECT_TRUE(book().empty());
}

TEST_P(Customers, ParentsMayComeLaterInTheSameFileOrInAnother) {
  const core::ImportId import{77};
  auto child = account("C", "子");
  child.parent = std::string("P");
  auto orphan = account("O", "別の子");
  orphan.parent = std::string("Q");
  write({child, orphan, account("P", "親")}, {}, by(core::Role::csm, import));
  const auto waiting = service_->missing_parents(import);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].first, "Q");
  write({account("Q", "別の親")});
  EXPECT_TRUE(service_->missing_parents(import).empty());
  std::map<std::string, core::AccountId> parents;
  for (const auto& row : book()) parents[row.external_id] = row.parent;
  EXPECT_EQ(parents["C"], id_of("P"));
  EXPECT_EQ(parents["O"], id_of("Q"));

  auto circle = account("P", "親");
  circle.parent = std::string("C");
  EXPECT_EQ(write({circle})[0].errors[0].field, "parent");
}

TEST_P(Customers, OwnersAreUsersOrRememberedByName) {
  auto known = account("A", "A"), unknown = account("B", "B");
  known.owner = std::string("hanako@vendor.example");
  unknown.owner = std::string("田中");
  write({known, unknown});
  std::map<std::string, std::pair<core::UserId, std::string>> owners;
  for (const auto& row : book()) owners[row.external_id] = {row.owner, row.owner_name};
  EXPECT_EQ(owners["A"], std::pair(core::UserId{5}, std::string("佐藤 花子")));
  EXPECT_EQ(owners["B"], std::pair(core::UserId{}, std::string("田中")));
  const std::vector<std::pair<core::AccountId, core::UserId>> owned{{id_of("A"), core::UserId{5}}};
  EXPECT_EQ(service_->owners(Selection::all()), owned);
  EXPECT_EQ(service_->owners(Selection::of({id_of("A"), id_of("B")})), owned);
  EXPECT_TRUE(service_->owners(Selection::of({id_of("B")})).empty());
}

TEST_P(Customers, AttributesAreReadAsPeopleWriteThemAndCheckedByType) {
  const auto provenance = by(core::Role::leader);
  const auto define = [&](std::string heading, AttributeType type, std::vector<std::string> choices = {}) {
    return service_->ensure_attribute(provenance, heading, type, std::move(choices)).value().key;
  };
  EXPECT_EQ(define("Contract Tier", AttributeType::choice, {"Gold", "Silver"}), "contract_tier");
  EXPECT_EQ(define("contract tier", AttributeType::choice, {"Bronze"}), "contract_tier");
  EXPECT_EQ(define("従業員数", AttributeType::number), "attribute_1");
  EXPECT_EQ(define("導入日", AttributeType::date), "attribute_2");
  EXPECT_EQ(define("有料", AttributeType::yes_no), "attribute_3");
  EXPECT_EQ(define("Budget", AttributeType::money), "budget");

  auto row = account("A", "A");
  row.attributes = {AttributeInput::raw("contract_tier", "ＢＲＯＮＺＥ"), AttributeInput::raw("attribute_1", "１,250"),
                    AttributeInput::raw("attribute_2", "2026年4月1日"), AttributeInput::raw("attribute_3", "はい"),
                    AttributeInput::raw("budget", "¥1,200,000")};
  ASSERT_EQ(write({row})[0].result, RowResult::created);
  EXPECT_EQ(write({row})[0].result, RowResult::unchanged);
  const Attributes expected{{"attribute_1", 1250.0},
                            {"attribute_2", on(2026, 4, 1)},
                            {"attribute_3", true},
                            {"budget", core::Money{1'200'000, "JPY"}},
                            {"contract_tier", std::string("Bronze")}};
  EXPECT_EQ(book()[0].attributes, expected);
  EXPECT_EQ(account_facts()[0].attributes, expected);

  auto wrong = account("B", "B");
  wrong.attributes = {AttributeInput::raw("contract_tier", "Tin"), AttributeInput::raw("attribute_1", "many"),
                      AttributeInput::raw("attribute_2", "2026-02-30"), AttributeInput::raw("unheard_of", "x")};
  const auto errors = write({wrong})[0].errors;
  ASSERT_EQ(errors.size(), 4u);
  EXPECT_EQ(errors[0].field, "attributes.contract_tier");
  EXPECT_EQ(service_->attributes()[0].used_by, 1);
}

TEST_P(Customers, HistoryBroughtInLaterIsKnownWhenItHappened) {
  auto first = account("A", "A");
  first.created_day = on(2024, 1, 10);
  first.phase = std::string("onboarding");
  auto second = account("A", "A");
  second.phase = std::string("adoption");
  second.known_at = at(2024, 6, 1);
  write({first, second}, {.known_by = KnownBy::happening});
  const auto facts = account_facts();
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].known.from, on(2024, 1, 10));
  EXPECT_EQ(facts[0].known.until, on(2024, 6, 1));
  EXPECT_EQ(facts[0].phase, "onboarding");
  EXPECT_EQ(facts[1].known.until, KnownSpan::still);
  EXPECT_EQ(account_facts(Selection::of({id_of("A")})).size(), 2u);
  EXPECT_TRUE(account_facts(Selection::of({core::AccountId{1}})).empty());

  const auto id = std::to_string(id_of("A").value);
  const auto get = [&](const char* as_of) {
    return call(Method::get, "/api/accounts/{id}", {{"id", id}}, "", {{"as_of", as_of}});
  };
  EXPECT_FALSE(get("2024-01-09"));
  EXPECT_EQ(get("2024-05-31")->at("phase"), "onboarding");
  EXPECT_EQ(get("2024-06-01")->at("phase"), "adoption");
}

TEST_P(Customers, ClosedTicketsWereOpenBefore) {
  write({account("A", "A")}, {.known_by = KnownBy::happening});
  TicketInput row;
  row.account = "A";
  row.external_id = "T-1";
  row.subject = std::string("印刷できない");
  row.opened_at = Instant{at(2024, 3, 1).microseconds + 1};
  row.closed_at = at(2024, 3, 10);
  row.priority = TicketPriority::urgent;
  TicketInput backwards = row;
  backwards.external_id = "T-2";
  backwards.closed_at = at(2024, 2, 1);
  const std::vector<TicketInput> rows{row, backwards};
  auto outcomes = service_->upsert_tickets(by(), rows, {.known_by = KnownBy::happening}).value();
  EXPECT_EQ(outcomes[0].result, RowResult::created);
  EXPECT_EQ(outcomes[1].errors[0].field, "closed_at");
  outcomes = service_->upsert_tickets(by(), rows, {.known_by = KnownBy::happening}).value();
  EXPECT_EQ(outcomes[0].result, RowResult::unchanged);

  std::vector<TicketFact> facts;
  service_->each_ticket({}, [&](const TicketFact& fact) { facts.push_back(fact); });
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].known.until, on(2024, 3, 10));
  EXPECT_EQ(facts[0].closed_day, std::nullopt);
  EXPECT_EQ(facts[1].closed_day, on(2024, 3, 10));

  const auto id = std::to_string(id_of("A").value);
  const auto tickets = [&](const char* as_of) {
    return call(Method::get, "/api/accounts/{id}/tickets", {{"id", id}}, "", {{"as_of", as_of}}).value();
  };
  EXPECT_EQ(tickets("2024-02-29").at("total"), 0);
  EXPECT_EQ(tickets("2024-03-09").at("items").at(0).at("status"), "open");
  EXPECT_EQ(tickets("2024-03-10").at("items").at(0).at("status"), "closed");
}

TEST_P(Customers, OnePersonOnTwoAccountsWithARoleOnEach) {
  write({account("A", "A"), account("B", "B")});
  ContactInput row;
  row.account = "A";
  row.name = std::string("山田 太郎");
  row.reading = std::string("ヤマダ タロウ");
  row.email = std::string("Taro@Example.co.jp");
  row.roles = static_cast<ContactRoles>(*contact_role_from("チャンピオン"));
  row.consent = Consent::given;
  row.consent_proof = std::string("展示会で署名");
  ContactInput other;
  other.account = "B";
  other.email = std::string("taro@example.co.jp");
  other.roles = static_cast<ContactRoles>(ContactRole::admin);
  ContactInput wrong;
  wrong.account = "A";
  wrong.email = std::string("nobody");
  const std::vector<ContactInput> rows{row, other, wrong};
  const auto outcomes = service_->upsert_contacts(by(), rows).value();
  EXPECT_EQ(outcomes[0].result, RowResult::created);
  EXPECT_EQ(outcomes[1].result, RowResult::updated);
  EXPECT_EQ(outcomes[1].id, outcomes[0].id);
  EXPECT_EQ(outcomes[2].errors[0].field, "email");
  EXPECT_EQ(service_->contacts_by_email("TARO@example.co.jp").size(), 2u);

  std::map<core::AccountId, ContactRoles> roles;
  service_->each_contact({}, [&](const ContactFact& fact) {
    roles[fact.account] = fact.roles;
    EXPECT_EQ(fact.email, "taro@example.co.jp");
  });
  EXPECT_EQ(roles[id_of("A")], static_cast<ContactRoles>(ContactRole::champion));
  EXPECT_EQ(roles[id_of("B")], static_cast<ContactRoles>(ContactRole::admin));

  const auto listed = call(Method::get, "/api/accounts/{id}/contacts", {{"id", std::to_string(id_of("A").value)}});
  EXPECT_EQ(listed->at("items").at(0).at("accounts").as_array().size(), 2u);
  EXPECT_EQ(listed->at("items").at(0).at("consent").at("state"), "given");
}

TEST_P(Customers, FactsWithoutIdsAreRecognisedWhenTheyComeAgain) {
  write({account("A", "A")});
  ContactInput person;
  person.account = "A";
  person.name = std::string("山田");
  person.external_id = "K-1";
  ASSERT_TRUE(service_->upsert_contacts(by(), {&person, 1}));

  InteractionInput meeting;
  meeting.account = "A";
  meeting.kind = InteractionKind::meeting;
  meeting.occurred_at = at(2024, 5, 1);
  meeting.subject = std::string("定例");
  meeting.participants = std::vector<std::string>{"K-1", "山田", "よその人"};
  SurveyAnswerInput answer;
  answer.account = "A";
  answer.kind = SurveyKind::nps;
  answer.score = 9.0;
  answer.contact = std::string("山田");
  answer.answered_at = at(2024, 5, 2);
  SurveyAnswerInput too_high = answer;
  too_high.score = 11.0;
  AttendanceInput seminar;
  seminar.account = "A";
  seminar.kind = AttendanceKind::event;
  seminar.title = std::string("勉強会");
  seminar.day = on(2024, 5, 3);
  for (const auto expected : {RowResult::created, RowResult::unchanged}) {
    EXPECT_EQ(service_->upsert_interactions(by(), {&meeting, 1}).value()[0].result, expected);
    EXPECT_EQ(service_->upsert_survey_answers(by(), {&answer, 1}).value()[0].result, expected);
    EXPECT_EQ(service_->upsert_attendance(by(), {&seminar, 1}).value()[0].result, expected);
  }
  EXPECT_EQ(service_->upsert_survey_answers(by(), {&too_high, 1}).value()[0].errors[0].field, "score");
  int seen = 0;
  service_->each_interaction({}, [&](const InteractionFact& fact) {
    ++seen;
    EXPECT_EQ(fact.contacts.size(), 1u);
    EXPECT_EQ(fact.day, on(2024, 5, 1));
  });
  service_->each_survey_answer({}, [&](const SurveyFact& fact) {
    ++seen;
    EXPECT_EQ(fact.score, 9);
    EXPECT_EQ(fact.scale_max, 10);
    EXPECT_TRUE(fact.contact);
  });
  service_->each_attendance({}, [&](const AttendanceFact& fact) { seen += fact.title == "勉強会"; });
  EXPECT_EQ(seen, 3);

  const auto timeline = call(Method::get, "/api/accounts/{id}/timeline", {{"id", std::to_string(id_of("A").value)}}, "",
                             {{"kinds", "meeting,survey,attendance"}, {"limit", "2"}});
  EXPECT_EQ(timeline->at("total"), 3);
  EXPECT_EQ(timeline->at("items").at(0).at("kind"), "attendance");
  EXPECT_EQ(timeline->at("items").at(1).at("kind"), "survey");
}

TEST_P(Customers, UndoTakesAWholeImportBackButNotWhatOthersChangedSince) {
  const core::ImportId import{501};
  write({account("A", "before")});
  write({account("A", "after"), account("B", "B"), account("C", "C")}, {}, by(core::Role::csm, import));
  TicketInput ticket;
  ticket.account = "B";
  ticket.external_id = "T";
  ticket.opened_at = at(2024, 1, 1);
  ASSERT_TRUE(service_->upsert_tickets(by(core::Role::csm, import), {&ticket, 1}));
  AccountInput mended;
  mended.external_id = "C";
  mended.phase = std::string("定着");
  write({mended});

  const auto report = service_->undo_import(by(core::Role::csm), import).value();
  EXPECT_EQ(report.restored, 3);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.conflicts[0].entity_id, id_of("C").value);
  std::vector<std::string> names;
  for (const auto& row : book()) names.push_back(row.name);
  EXPECT_THAT(names, UnorderedElementsAre("before", "C"));
  EXPECT_EQ(service_->undo_import(by(core::Role::csm), import).value().restored, 0);
}

TEST_P(Customers, RolesDecideWhoMayWrite) {
  const auto row = account("A", "A");
  EXPECT_EQ(service_->upsert_accounts(by(core::Role::read_only), {&row, 1}).error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(service_->define_attribute(by(core::Role::csm), {}).error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(service_->undo_import(by(core::Role::read_only), {1}).error().code, core::ErrorCode::forbidden);
}

// Whatever is added later, what was known earlier stays as it was.
TEST_P(Customers, WhatTheProductKeepsIsReadLikeAnyAttributeAndWrittenByItsModuleAlone) {
  auto row = account("A", "A");
  row.created_day = on(2024, 1, 1);
  write({row}, {.known_by = KnownBy::happening}, by(core::Role::csm, {77}));
  AttributeDefinition touch{"touch", {"Touch", "タッチ"}, AttributeType::choice, {{"high", {}}, {"low", {}}}, "", 0,
                            "org"};
  ASSERT_TRUE(service_->define_managed(by(), touch));
  ASSERT_TRUE(service_->define_managed(by(), touch)) << "a second time changes nothing";
  auto others = touch;
  others.managed_by = "journeys";
  EXPECT_EQ(service_->define_managed(by(), others).error().code, core::ErrorCode::conflict);

  const std::vector<ManagedValue> high{{id_of("A"), "touch", "high"}};
  auto earlier = by();
  earlier.known_at = at(2025, 6, 1);
  EXPECT_EQ(service_->set_managed(earlier, "org", high).value(), 1);
  EXPECT_EQ(service_->set_managed(by(), "org", high).value(), 0) << "written only where it differs";
  EXPECT_FALSE(service_->set_managed(by(), "journeys", high));
  EXPECT_FALSE(service_->set_managed(by(), "org", std::vector<ManagedValue>{{id_of("A"), "touch", "middle"}}));
  const std::vector<ManagedValue> gone{{core::AccountId{1}, "touch", "high"}};
  EXPECT_EQ(service_->set_managed(by(), "org", gone).value(), 0);

  const Attributes kept{{"touch", std::string("high")}};
  EXPECT_EQ(book()[0].attributes, kept);
  const auto facts = account_facts(Selection::of({id_of("A")}));
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_TRUE(facts[0].attributes.empty());
  EXPECT_EQ(facts[0].known.from, on(2024, 1, 1));
  EXPECT_EQ(facts[0].known.until, on(2025, 6, 1));
  EXPECT_EQ(facts[1].known.from, on(2025, 6, 1));
  EXPECT_EQ(facts[1].attributes, kept);
  EXPECT_EQ(service_->attributes()[0].used_by, 1);

  auto change = account("A", "A");
  change.attributes = {AttributeInput::typed("touch", std::string("low"))};
  EXPECT_EQ(write({change})[0].errors[0].field, "attributes.touch");
  change.attributes = {AttributeInput::clear("touch")};
  EXPECT_EQ(write({change})[0].result, RowResult::rejected);
  EXPECT_FALSE(service_->change_attribute(by(), touch));
  EXPECT_FALSE(service_->delete_attribute(by(), "touch"));
  EXPECT_FALSE(service_->ensure_attribute(by(), "タッチ", AttributeType::text));
  auto claimed = touch;
  claimed.key = "claimed";
  EXPECT_EQ(service_->define_attribute(by(), claimed)->managed_by, "");
  EXPECT_EQ(service_->undo_import(by(), {77})->conflicts.size(), 0u)
      << "what the product keeps is no change by somebody";
}

TEST_P(Customers, ContactsTellWhatMailNeedsToKnow) {
  write({account("A", "A")});
  ContactInput person;
  person.account = "A";
  person.name = std::string("小林 花子");
  person.reading = std::string("こばやし はなこ");
  person.email = std::string("Hanako@A.example");
  person.language = std::string("ja");
  person.title = std::string("部長");
  person.department = std::string("　総務部 ");
  person.consent = Consent::given;
  person.consent_at = at(2026, 1, 5);
  person.consent_proof = std::string("展示会の申込書");
  ASSERT_EQ(service_->upsert_contacts(by(), {&person, 1}).value()[0].result, RowResult::created);
  for (const auto& selection : {Selection::all(), Selection::of({id_of("A")})}) {
    std::vector<ContactFact> facts;
    service_->each_contact(selection, [&](const ContactFact& fact) { facts.push_back(fact); });
    ASSERT_EQ(facts.size(), 1u);
    EXPECT_EQ(facts[0].title, "部長");
    EXPECT_EQ(facts[0].department, "総務部");
    EXPECT_EQ(facts[0].reading, "こばやし はなこ");
    EXPECT_EQ(facts[0].language, "ja");
    EXPECT_EQ(facts[0].email, "hanako@a.example");
    EXPECT_EQ(facts[0].consent, Consent::given);
    EXPECT_EQ(facts[0].consent_at, at(2026, 1, 5));
    EXPECT_EQ(facts[0].consent_proof, "展示会の申込書");
  }
}

TEST_P(Customers, TheDepartmentOfAContactIsKeptForEachAccountAsItWasKnown) {
  write({account("A", "A"), account("B", "B")});
  const auto put = [&](const std::string& account, core::Patch<std::string> department, core::Instant known_at) {
    ContactInput person;
    person.account = account;
    person.name = std::string("小林 花子");
    person.email = std::string("hanako@a.example");
    person.department = std::move(department);
    person.known_at = known_at;
    return service_->upsert_contacts(by(), {&person, 1}).value()[0].result;
  };
  EXPECT_EQ(put("A", std::string("営業部"), at(2026, 1, 5)), RowResult::created);
  EXPECT_EQ(put("B", std::string("人事部"), at(2026, 1, 6)), RowResult::updated);
  EXPECT_EQ(put("A", {}, at(2026, 2, 1)), RowResult::unchanged);
  EXPECT_EQ(put("A", std::string("製造部"), at(2026, 3, 1)), RowResult::updated);
  EXPECT_EQ(put("A", core::Patch<std::string>::clear(), at(2026, 4, 1)), RowResult::updated);
  EXPECT_EQ(put("A", std::string(300, 'x'), at(2026, 5, 1)), RowResult::updated);
  EXPECT_EQ(put("A", std::string(301, 'x'), at(2026, 6, 1)), RowResult::rejected);
  const auto known = [&](const std::string& account, core::Day day) {
    std::string department = "nobody";
    service_->each_contact(Selection::of({id_of(account)}), [&](const ContactFact& fact) {
      if (fact.known.on(day)) department = fact.department;
    });
    return department;
  };
  EXPECT_EQ(known("A", on(2026, 1, 4)), "nobody");
  EXPECT_EQ(known("A", on(2026, 2, 15)), "営業部");
  EXPECT_EQ(known("A", on(2026, 3, 15)), "製造部");
  EXPECT_EQ(known("A", on(2026, 4, 15)), "");
  EXPECT_EQ(known("B", on(2026, 4, 15)), "人事部");
}

INSTANTIATE_TEST_SUITE_P(Backends, Customers, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

TEST(SearchKey, MakesSpellingsEqual) {
  EXPECT_EQ(search_key("  ヤマダ　ﾃｯｸ "), "やまだ てっく");
  EXPECT_EQ(search_key("ＡＢＣ Ltd."), "abc ltd.");
  EXPECT_EQ(search_key("ガギ"), search_key("ｶﾞｷﾞ"));
}

}  // namespace
}  // namespace banso::customers
