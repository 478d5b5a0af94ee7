// One SOCI connection with its cache of prepared statements. Private to this library: SOCI hides here.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "platform/records/records.hpp"

namespace banso::platform::records {

class SociSession final : public Session {
 public:
  SociSession(Dialect dialect, const std::string& connect_string);
  ~SociSession() override;

  Dialect dialect() const override { return dialect_; }
  std::vector<Row> query(std::string_view sql, const Values& parameters) override;
  void each(std::string_view sql, const Values& parameters, const std::function<void(const Row&)>& visit) override;
  std::int64_t execute(std::string_view sql, const Values& parameters) override;

  // Without parameters, cache or result: BEGIN, COMMIT, PRAGMA, DDL.
  void run(const std::string& sql);
  // False after the connection was lost; the pool then opens a new one.
  bool usable() const { return usable_; }

 private:
  struct Connection;
  struct Prepared;

  std::shared_ptr<Prepared> prepared(std::string_view sql, const Values& parameters, bool with_result);
  template <class Work>
  auto guarded(std::string_view sql, Work&& work);

  Dialect dialect_;
  bool usable_ = true;
  std::unique_ptr<Connection> connection_;
  std::unordered_map<std::string, std::shared_ptr<Prepared>> cache_;
};

}  // namespace banso::platform::records
