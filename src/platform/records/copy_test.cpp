#include "platform/records/copy.hpp"

#include <gtest/gtest.h>

#include "platform/records/version_log.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::platform::records {
namespace {

const Migration things[] = {{"test", 1, "0001_thing",
                             "CREATE TABLE kind (id BIGINT PRIMARY KEY, name TEXT NOT NULL);\n"
                             "CREATE TABLE thing (id BIGINT PRIMARY KEY, kind_id BIGINT NOT NULL REFERENCES kind (id), "
                             "name TEXT, size DOUBLE PRECISION);\n"}};

class Copy : public testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (IsSkipped()) return;
    source_home_ = testing::TemporaryDatabase::make(testing::Backend::sqlite);
    source_ = Database::open(source_home_->url());
    for (auto* each : {source_.get(), database().get()}) {
      each->migrate(migrations());
      each->migrate(things);
    }
    source_->write([](Session& session) {
      session.execute("INSERT INTO kind VALUES (1, '種類')");
      for (int id = 1; id <= 1234; ++id) {
        session.execute("INSERT INTO thing VALUES (:1, 1, :2, :3)",
                        {id, id % 7 == 0 ? Value() : Value("name 'quoted' " + std::to_string(id)),
                         id % 5 == 0 ? Value() : Value(id * 0.1)});
      }
      append_version(session, "thing", 1, {}, Provenance::by(core::Caller::system("test")), "{\"a\": \"名\"}");
    });
  }

  std::int64_t count(const char* table) {
    return database()->read(
        [&](Session& session) { return session.query_one(std::string("SELECT COUNT(*) FROM ") + table)->integer(0); });
  }

  std::unique_ptr<testing::TemporaryDatabase> source_home_;
  std::shared_ptr<Database> source_;
};

TEST_P(Copy, CarriesEveryRowAndCanBeRepeated) {
  const auto first = copy_all(*source_, *database());
  EXPECT_EQ(count("thing"), 1234);
  EXPECT_EQ(count("record_version"), 1);
  database()->write([](Session& session) { session.execute("DELETE FROM thing WHERE id < 100"); });
  source_->write([](Session& session) { session.execute("UPDATE thing SET name = 'changed' WHERE id = 3"); });
  const auto second = copy_all(*source_, *database());
  EXPECT_EQ(count("thing"), 1234);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].rows, second[i].rows);
    EXPECT_EQ(first[i].checksum == second[i].checksum, first[i].name != "thing") << first[i].name;
  }
}

TEST_P(Copy, LeavesTheTargetAloneWhereItFails) {
  copy_all(*source_, *database());
  source_->write([](Session& session) {
    session.execute("ALTER TABLE thing ADD COLUMN extra TEXT");  // a schema that the target does not have
    session.execute("DELETE FROM thing");
  });
  EXPECT_THROW(copy_all(*source_, *database()), DatabaseError);
  EXPECT_EQ(count("thing"), 1234);
}

INSTANTIATE_TEST_SUITE_P(Backends, Copy, ::testing::Values(testing::Backend::sqlite, testing::Backend::postgresql),
                         testing::backend_name);

}  // namespace
}  // namespace banso::platform::records
