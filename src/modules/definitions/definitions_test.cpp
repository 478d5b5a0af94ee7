#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "definitions.hpp"
#include "platform/json/json.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::definitions {
namespace {

namespace json = platform::json;
using core::Caller;
using core::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Caller leader{core::UserId{1}, "Hanako", Role::leader, core::Language::ja};
const Caller csm{core::UserId{2}, "Taro", Role::csm, core::Language::ja};

// A small language of its own: a number must be positive, a sum adds numbers that exist.
std::vector<Name> operands(std::string_view body) {
  std::vector<Name> names;
  const auto parsed = boost::json::parse(body);
  if (const auto* of = parsed.as_object().if_contains("of")) {
    for (const auto& key : of->as_array()) names.push_back({"number", std::string(key.as_string())});
  }
  return names;
}

core::Text title(std::string_view body) {
  const auto parsed = boost::json::parse(body);
  const auto* name = parsed.as_object().if_contains("name");
  const std::string text = name ? std::string(name->as_string()) : "?";
  return {text, text};
}

core::Result<std::string> check(const Name& name, const Bodies& others) {
  const auto parsed = boost::json::parse(others.at(name));
  const auto* value = parsed.as_object().if_contains("value");
  if (name.kind == "number" && (!value || value->as_int64() <= 0)) {
    return core::Error::invalid_field("value", {"Give a positive number.", "正の数を指定してください。"});
  }
  for (const auto& operand : operands(others.at(name))) {
    if (!others.contains(operand)) {
      return core::Error::invalid_field("of",
                                        {"There is no number " + operand.key + ".", operand.key + " はありません。"});
    }
  }
  return json::serialize(parsed);
}

class DefinitionsTest : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    database()->migrate(migrations());
    service_ = Service::make(database());
    for (const char* word : {"number", "sum"}) {
      service_->register_kind({word, {word, word}, check, operands, title, {"number", "sum"}});
    }
    service_->add_release_listener([this](const Release& release) { releases_.push_back(release); });
  }
  void TearDown() override {
    service_.reset();
    OnEveryBackend::TearDown();
  }

  void publish(const Name& name, const std::string& body) {
    ASSERT_TRUE(service_->put_draft(leader, name, body));
    ASSERT_TRUE(service_->publish(leader, name, "because"));
  }

  std::shared_ptr<Service> service_;
  std::vector<Release> releases_;
};

const Name one{"number", "one"}, two{"number", "two"}, total{"sum", "total"};

TEST_P(DefinitionsTest, ADraftChangesNothingUntilItIsPublished) {
  ASSERT_TRUE(service_->put_draft(leader, one, R"({"name":"One","value":1})"));
  const std::vector<std::string> kinds{"number"};
  EXPECT_THAT(service_->published(kinds).bodies, IsEmpty());
  ASSERT_TRUE(service_->publish(leader, one, "the first"));
  const auto set = service_->published(kinds);
  EXPECT_EQ(set.release, 1);
  EXPECT_EQ(set.bodies.at(one), R"({"name":"One","value":1})");
  EXPECT_FALSE(service_->get(one)->draft);
  ASSERT_EQ(releases_.size(), 1u);
  EXPECT_THAT(releases_[0].names, ElementsAre(one));
}

TEST_P(DefinitionsTest, RefusesAFaultyDraftAndKeepsTheOldOne) {
  publish(one, R"({"value":1})");
  const auto refused = service_->put_draft(leader, one, R"({"value":-1})");
  EXPECT_EQ(refused.error().fields.at(0).field, "value");
  EXPECT_EQ(service_->put_draft(leader, one, "{").error().code, core::ErrorCode::invalid);
  EXPECT_FALSE(service_->get(one)->draft);
}

// Two leaders on two nodes, and the starters that a node publishes by itself.
TEST_P(DefinitionsTest, PublishedInTheSameMomentEachGetsAReleaseOfItsOwn) {
  constexpr int authors = 4, each = 5;
  std::atomic<int> published = 0;
  {
    std::vector<std::jthread> threads;
    threads.reserve(authors);
    for (int author = 0; author < authors; ++author) {
      threads.emplace_back([&, author, service = Service::make(database())] {
        service->register_kind({"number", {"number", "number"}, check, operands, title, {"number"}});
        for (int i = 0; i < each; ++i) {
          const Name name{"number", "n" + std::to_string(author) + "_" + std::to_string(i)};
          const auto release = service->publish_all(leader, {{name, R"({"value":1})"}}, {"because", "理由"});
          published += release.has_value();
        }
      });
    }
  }
  EXPECT_EQ(published, authors * each);
  const std::vector<std::string> kinds{"number"};
  const auto releases = service_->releases(kinds, 100);
  ASSERT_EQ(releases.size(), static_cast<std::size_t>(authors * each));
  for (const auto& release : releases) EXPECT_EQ(release.names.size(), 1u) << release.number;
}

TEST_P(DefinitionsTest, VersionsStayAndCanBeRolledBackTo) {
  publish(one, R"({"value":1})");
  publish(one, R"({"value":2})");
  const auto restored = service_->roll_back(leader, one, 1, "two was wrong");
  EXPECT_EQ(restored->body, R"({"value":1})");
  EXPECT_EQ(restored->summary.version, 3);
  const auto versions = service_->versions(one);
  ASSERT_EQ(versions.size(), 3u);
  EXPECT_EQ(versions[0].restored_version, 1);
  EXPECT_EQ(versions[0].why.en, "two was wrong");
  EXPECT_EQ(versions[1].body, R"({"value":2})");
  const std::vector<std::string> kinds{"number"};
  EXPECT_EQ(service_->published_at(kinds, 2).bodies.at(one), R"({"value":2})");
}

TEST_P(DefinitionsTest, PublishesManyTogetherOrNone) {
  const auto refused = service_->publish_all(leader, {{one, R"({"value":1})"}, {two, R"({"value":0})"}}, {"w", "w"});
  EXPECT_EQ(refused.error().fields.at(0).field, "number.two.value");
  EXPECT_THAT(service_->list({}), IsEmpty());
  const auto release = service_->publish_all(
      leader, {{one, R"({"value":1})"}, {total, R"({"of":["one","two"]})"}, {two, R"({"value":2})"}}, {"w", "w"});
  ASSERT_TRUE(release);
  EXPECT_THAT(releases_.back().names, ElementsAre(one, two, total));
  // The same again is no release.
  EXPECT_EQ(service_->publish_all(leader, {{one, R"({"value":1})"}}, {"w", "w"}), *release);
  EXPECT_EQ(releases_.size(), 1u);
}

TEST_P(DefinitionsTest, KnowsWhoUsesWhat) {
  publish(one, R"({"value":1})");
  publish(total, R"({"of":["one"]})");
  EXPECT_THAT(service_->get(one)->summary.used_by, ElementsAre(total));
  EXPECT_EQ(service_->retire(leader, one, "").error().code, core::ErrorCode::conflict);
  ASSERT_TRUE(service_->retire(leader, total, "not needed"));
  ASSERT_TRUE(service_->retire(leader, one, "not needed"));
  EXPECT_TRUE(service_->get(one)->summary.retired);
  EXPECT_TRUE(service_->roll_back(leader, one, 1, "needed after all"));
}

TEST_P(DefinitionsTest, ADraftMayRestOnADraftButIsPublishedAfterIt) {
  ASSERT_TRUE(service_->put_draft(leader, one, R"({"value":1})"));
  ASSERT_TRUE(service_->put_draft(leader, total, R"({"of":["one"]})"));
  EXPECT_EQ(service_->publish(leader, total, "").error().fields.at(0).field, "of");
  ASSERT_TRUE(service_->publish(leader, one, ""));
  EXPECT_TRUE(service_->publish(leader, total, ""));
}

TEST_P(DefinitionsTest, ComparesFieldByField) {
  publish(total, R"({"of":[],"groups":[{"key":"a","weight":1},{"key":"b","weight":2}]})");
  ASSERT_TRUE(
      service_->put_draft(leader, total, R"({"of":[],"groups":[{"key":"c","weight":9},{"key":"b","weight":3}]})"));
  const auto found = service_->compare(total, 1, 0);
  ASSERT_TRUE(found);
  std::vector<std::string> paths;
  for (const auto& difference : *found) paths.push_back(difference.path);
  EXPECT_THAT(paths, ElementsAre("groups[a]", "groups[b].weight", "groups[c]"));
  EXPECT_EQ((*found)[1].before, "2");
  EXPECT_EQ((*found)[1].after, "3");
}

TEST_P(DefinitionsTest, TravelsAsText) {
  publish(one, R"({"value":1})");
  publish(total, R"({"of":["one"]})");
  const auto text = service_->export_text({});
  EXPECT_EQ(service_->import_text(leader, text, true, {"w", "w"}), 0);
  publish(one, R"({"value":5})");
  EXPECT_EQ(service_->import_text(leader, text, false, {"w", "w"}), 1);
  EXPECT_EQ(service_->get(one)->draft, R"({"value":1})");
  EXPECT_EQ(service_->import_text(leader, text, true, {"w", "w"}), 1);
  EXPECT_EQ(service_->export_text({}).find(R"("value": 1)") != std::string::npos, true);
  EXPECT_EQ(service_->import_text(leader, R"({"definitions":[{"kind":"number"}]})", true, {"w", "w"})
                .error()
                .fields.at(0)
                .field,
            "definitions[0]");
}

TEST_P(DefinitionsTest, OnlyLeadersChangeThem) {
  EXPECT_EQ(service_->put_draft(csm, one, R"({"value":1})").error().code, core::ErrorCode::forbidden);
  EXPECT_EQ(service_->publish_all(csm, {}, {"", ""}).error().code, core::ErrorCode::forbidden);
}

TEST_P(DefinitionsTest, ViewsAreMineOrTheTeams) {
  const auto mine = service_->save_view(csm, {0, "Mine", false, {}, R"({"sort":"-arr"})"});
  const auto shared = service_->save_view(csm, {0, "Shared", true, {}, "{}"});
  ASSERT_TRUE(mine && shared);
  EXPECT_EQ(service_->views(csm).size(), 2u);
  const auto of_leader = service_->views(leader);
  ASSERT_EQ(of_leader.size(), 1u);
  EXPECT_EQ(of_leader[0].name, "Shared");
  EXPECT_EQ(service_->delete_view(leader, mine->id).error().code, core::ErrorCode::not_found);
  const Caller other{core::UserId{3}, "Jiro", Role::csm, core::Language::ja};
  EXPECT_EQ(service_->delete_view(other, shared->id).error().code, core::ErrorCode::forbidden);
  View renamed = *shared;
  renamed.name = "Everybody's";
  EXPECT_EQ(service_->save_view(leader, renamed)->owner, csm.user);
  EXPECT_TRUE(service_->delete_view(csm, mine->id));
  EXPECT_EQ(service_->views(csm).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Backends, DefinitionsTest, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

}  // namespace
}  // namespace banso::definitions
