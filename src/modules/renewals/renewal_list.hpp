// A list of renewals: its fields for filters (the engine's conditions), sorting and files. Internal to the module.
#pragma once

#include <variant>

#include "engine/condition.hpp"
#include "pipeline.hpp"
#include "reasons.hpp"

namespace banso::renewals {

using ReadNumber = std::function<double(const Renewal&)>;  // not a number where missing; money in units
using ReadDay = std::function<std::optional<core::Day>(const Renewal&)>;
using ReadText = std::function<std::string(const Renewal&)>;
using ReadYesNo = std::function<bool(const Renewal&)>;
using ReadTexts = std::function<std::vector<std::string>(const Renewal&)>;

struct ListField {
  std::string key;
  core::Text name;
  engine::FieldType type = engine::FieldType::text;
  std::variant<ReadNumber, ReadDay, ReadText, ReadYesNo, ReadTexts> read;
  std::vector<engine::Choice> choices;
};

struct ListQuery {
  core::Day from, to;
  std::string filter_json, search;
  std::string sort = "due_day";  // comma-separated keys, "-" before those that descend
  std::optional<core::UserId> owner;
  std::optional<core::AccountId> account;
};

// What the list shows is named as people of the workspace name it.
struct ListWords {
  std::vector<Reason> reasons;
  std::vector<engine::Choice> levels;
};

// Threading: immutable.
class RenewalList {
 public:
  RenewalList(std::shared_ptr<const Pipeline> pipeline, ListWords words);

  const Pipeline& pipeline() const { return *pipeline_; }
  std::span<const ListField> fields() const { return fields_; }
  const ListField* field(std::string_view key) const;
  // The choices of a field; where they are not fixed (owners), those that occur.
  std::vector<engine::Choice> choices(const ListField& field) const;
  const ListWords& words() const { return words_; }
  // In the order asked for.
  core::Result<std::vector<const Renewal*>> find(const ListQuery& query) const;

 private:
  core::Result<engine::Selection> matching(std::span<const Renewal> rows, const std::string& filter_json) const;
  core::Result<> sort(std::vector<const Renewal*>& rows, const std::string& sort) const;

  std::shared_ptr<const Pipeline> pipeline_;
  ListWords words_;
  std::vector<ListField> fields_;
  std::unique_ptr<engine::FieldCatalogue> catalogue_;
};

struct Sums {
  std::int64_t renewals = 0;
  std::int64_t due_minor = 0, target_minor = 0, forecast_minor = 0, final_minor = 0;
  std::int64_t expected_minor = 0;  // by the machine, of those of which it can say something
  std::int64_t expected_of = 0;     // how many these are
  void add(const Renewal& renewal);
};

}  // namespace banso::renewals
