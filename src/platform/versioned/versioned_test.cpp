#include "versioned.hpp"

#include <gtest/gtest.h>

#include "difference.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::platform::versioned {
namespace {

using core::Instant;

enum class Shade { light, dark };
std::string_view to_word(Shade shade) {
  return shade == Shade::light ? "light" : "dark";
}
bool from_word(std::string_view word, Shade& shade) {
  shade = word == "dark" ? Shade::dark : Shade::light;
  return word == "dark" || word == "light";
}

struct Lamp : Recorded {
  static constexpr std::string_view entity = "lamp", table = "lamp";
  core::AccountId account;
  std::string name;
  Shade shade = Shade::light;
  std::optional<core::Day> bought_day;
  std::optional<Instant> broken_at;
  std::vector<std::string> rooms;
  JsonText attributes;
  double watts = 0;
  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("name", self.name);
    visit("shade", self.shade);
    visit("bought_day", self.bought_day);
    visit("broken_at_us", self.broken_at);
    visit("rooms", self.rooms);
    visit("attributes", self.attributes);
    visit("watts", self.watts);
  }
  bool operator==(const Lamp&) const = default;
};

class Lamps : public records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    database()->write([](records::Session& session) {
      session.execute(
          "CREATE TABLE lamp (id BIGINT PRIMARY KEY, known_at_us BIGINT NOT NULL, account_id BIGINT, name TEXT NOT "
          "NULL, "
          "shade TEXT NOT NULL, bought_day BIGINT, broken_at_us BIGINT, rooms TEXT NOT NULL, attributes TEXT NOT NULL, "
          "watts DOUBLE PRECISION NOT NULL)");
    });
  }

  // Writes one state of a lamp as `import` would, known at that time.
  Lamp put(Lamp lamp, core::ImportId import, std::optional<Instant> known_at) {
    database()->write([&](records::Session& session) {
      auto provenance = records::Provenance::by(core::Caller::system("test"));
      provenance.import = import;
      Writer writer(session, provenance, {});
      const auto known = writer.known_at(known_at, std::nullopt);
      if (lamp.id == 0) {
        writer.create(lamp, known);
      } else {
        const auto before = get<Lamp>(session, lamp.id);
        writer.change(*before, lamp, known);
      }
    });
    return lamp;
  }

  Undo take_back(std::int64_t id, core::ImportId import) {
    return database()->write([&](records::Session& session) {
      return undo<Lamp>(session, id, import, records::Provenance::by(core::Caller::system("test"))).verdict;
    });
  }

  std::optional<Lamp> now(std::int64_t id) {
    return database()->read([&](records::Session& session) { return get<Lamp>(session, id); });
  }
  std::optional<Lamp> at(std::int64_t id, Instant known_at) {
    return database()->read([&](records::Session& session) { return get_known_at<Lamp>(session, id, known_at); });
  }
};

Lamp desk_lamp() {
  Lamp lamp;
  lamp.account = {7};
  lamp.name = "机の \"灯\"";
  lamp.shade = Shade::dark;
  lamp.bought_day = core::day_from(2024, 2, 29);
  lamp.rooms = {"a", "書斎"};
  lamp.attributes.text = R"({"tier":"gold"})";
  lamp.watts = 7.5;
  return lamp;
}

TEST_P(Lamps, ComeBackFromRowAndFromVersionAsTheyWere) {
  const auto lamp = put(desk_lamp(), {}, std::nullopt);
  EXPECT_EQ(now(lamp.id), lamp);
  EXPECT_EQ(at(lamp.id, core::now()), lamp);
}

TEST_P(Lamps, AreReadAsKnownAtAnyTime) {
  auto lamp = put(desk_lamp(), {}, Instant{1000});
  lamp.broken_at = Instant{1500};
  lamp = put(lamp, {}, Instant{2000});
  EXPECT_FALSE(at(lamp.id, {999}));
  EXPECT_FALSE(at(lamp.id, {1999})->broken_at);
  EXPECT_EQ(at(lamp.id, {2000})->broken_at, Instant{1500});
  // A state cannot become known before the one it changes.
  lamp.name = "later";
  lamp = put(lamp, {}, Instant{1200});
  EXPECT_GT(lamp.known_at, Instant{2000});
  EXPECT_EQ(at(lamp.id, {5000})->name, desk_lamp().name);

  std::vector<std::pair<std::int64_t, std::optional<std::int64_t>>> spans;
  database()->read([&](records::Session& session) {
    each_span<Lamp>(session, std::nullopt, [&](const Span<Lamp>& span) {
      spans.emplace_back(span.from.microseconds, span.until ? std::optional(span.until->microseconds) : std::nullopt);
    });
  });
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_EQ(spans[0], (std::pair<std::int64_t, std::optional<std::int64_t>>(1000, 2000)));
  EXPECT_EQ(spans[2].second, std::nullopt);
}

TEST_P(Lamps, UndoWithdrawsBackdatedFactsFromTheirOwnDate) {
  const core::ImportId import{41};
  auto lamp = put(desk_lamp(), import, Instant{1000});
  EXPECT_EQ(take_back(lamp.id, import), Undo::restored);
  EXPECT_FALSE(now(lamp.id));
  EXPECT_FALSE(at(lamp.id, {3000}));
  EXPECT_EQ(take_back(lamp.id, import), Undo::already_undone);
}

TEST_P(Lamps, UndoRestoresWhatWasThereAndRemembersWhatWasKnownMeanwhile) {
  const core::ImportId import{42};
  auto lamp = put(desk_lamp(), {}, Instant{1000});
  auto changed = lamp;
  changed.watts = 40;
  changed = put(changed, import, std::nullopt);
  EXPECT_EQ(take_back(lamp.id, import), Undo::restored);
  EXPECT_EQ(now(lamp.id)->watts, 7.5);
  EXPECT_EQ(at(lamp.id, changed.known_at)->watts, 40);
}

TEST_P(Lamps, UndoLeavesAloneWhatSomebodyChangedSince) {
  const core::ImportId import{43};
  auto lamp = put(desk_lamp(), import, std::nullopt);
  lamp.watts = 60;
  put(lamp, {}, std::nullopt);
  EXPECT_EQ(take_back(lamp.id, import), Undo::changed_since);
  EXPECT_EQ(now(lamp.id)->watts, 60);
}

INSTANTIATE_TEST_SUITE_P(Backends, Lamps, records::testing::every_backend(), records::testing::backend_name);

TEST(Difference, NamesFieldsAndWritesTimesForPeople) {
  auto after = desk_lamp();
  after.attributes.text = R"({"tier":"silver","since":"x"})";
  after.broken_at = Instant{0};
  after.watts = 8;
  const auto changes = difference(body_of(desk_lamp()), body_of(after));
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(changes[0].field, "attributes.tier");
  EXPECT_EQ(changes[0].after, "silver");
  EXPECT_EQ(changes[1].field, "attributes.since");
  EXPECT_TRUE(changes[1].before.is_null());
  EXPECT_EQ(changes[2].field, "watts");
  EXPECT_EQ(changes[3].field, "broken_at");
  EXPECT_EQ(changes[3].after, "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(difference(std::nullopt, body_of(desk_lamp())).size(), 7u);
}

TEST(Difference, IsNotThatAFieldCameSinceWithNothingInIt) {
  EXPECT_TRUE(difference(R"({"name":"a"})", R"({"name":"a","room":""})").empty());
  const auto changes = difference(R"({"name":"a"})", R"({"name":"a","room":"hall"})");
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].field, "room");
  EXPECT_TRUE(changes[0].before.is_null());
}

}  // namespace
}  // namespace banso::platform::versioned
