#include "rows.hpp"

#include <stdexcept>

namespace banso::work {
namespace {

using records::Row;
using records::Value;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsNullable : std::false_type {};
template <class T>
struct IsNullable<Nullable<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<core::Id<Tag>> : std::true_type {};

template <class Enum>
Enum enum_from(std::string_view word) {
  std::optional<Enum> found;
  if constexpr (std::is_same_v<Enum, CallKind>) found = call_kind_from(word);
  if constexpr (std::is_same_v<Enum, Severity>) found = severity_from(word);
  if constexpr (std::is_same_v<Enum, CallStatus>) found = call_status_from(word);
  if constexpr (std::is_same_v<Enum, Outcome>) found = outcome_from(word);
  if constexpr (std::is_same_v<Enum, TaskState>) found = task_state_from(word);
  if constexpr (std::is_same_v<Enum, org::AccountRole>) found = org::account_role_from(word);
  if constexpr (std::is_same_v<Enum, TaskKind>) found = word == "approval" ? TaskKind::approval : TaskKind::task;
  if constexpr (std::is_same_v<Enum, Verdict>) {
    found = word == "useful" ? Verdict::useful : word == "not_useful" ? Verdict::not_useful : Verdict::none;
  }
  if (!found) throw std::runtime_error("unknown word in a table of work: " + std::string(word));
  return *found;
}

template <class T>
Value value_of(const T& field) {
  if constexpr (IsOptional<T>::value) {
    return field ? value_of(*field) : Value();
  } else if constexpr (IsNullable<T>::value) {
    return field.text.empty() ? Value() : Value(field.text);
  } else if constexpr (std::is_enum_v<T>) {
    return Value(std::string(word_of(field)));
  } else {
    return Value(field);
  }
}

template <class T>
void read(const Row& row, std::size_t column, T& field) {
  if constexpr (IsOptional<T>::value) {
    field.reset();
    if (!row.is_null(column)) read(row, column, field.emplace());
  } else if constexpr (IsId<T>::value) {
    field = row.id<T>(column);
  } else if constexpr (std::is_enum_v<T>) {
    field = enum_from<T>(row.text(column));
  } else if constexpr (std::is_same_v<T, core::Day>) {
    field = row.day(column);
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    field = row.instant(column);
  } else if constexpr (std::is_same_v<T, bool>) {
    field = row.yes(column);
  } else if constexpr (std::is_same_v<T, double>) {
    field = row.number(column);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    field = row.integer(column);
  } else {
    field = row.text(column);
  }
}

template <class T>
json::value json_of(const T& field) {
  if constexpr (IsOptional<T>::value) {
    return field ? json_of(*field) : json::value(nullptr);
  } else if constexpr (IsId<T>::value) {
    return json::value(field.value);
  } else if constexpr (std::is_enum_v<T>) {
    return json::value(word_of(field));
  } else if constexpr (std::is_same_v<T, core::Day>) {
    return json::value(field.days);
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    return json::value(field.microseconds);
  } else {
    return json::value(field);
  }
}

template <class T>
void read_json(const json::value& from, T& field) {
  if constexpr (IsOptional<T>::value) {
    field.reset();
    if (!from.is_null()) read_json(from, field.emplace());
  } else if constexpr (IsId<T>::value) {
    field.value = from.to_number<std::int64_t>();
  } else if constexpr (std::is_enum_v<T>) {
    field = enum_from<T>(from.as_string());
  } else if constexpr (std::is_same_v<T, core::Day>) {
    field.days = from.to_number<std::int32_t>();
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    field.microseconds = from.to_number<std::int64_t>();
  } else if constexpr (std::is_same_v<T, double>) {
    field = from.to_number<double>();
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    field = from.to_number<std::int64_t>();
  } else {
    field = std::string(from.as_string());
  }
}

template <class Record, class Each>
std::string columns_by(Each each) {
  std::string columns;
  const Record record;
  each(record, [&](const char* name, const auto&) { columns += (columns.empty() ? "" : ", ") + std::string(name); });
  return columns;
}

// Reads what a visitor of columns names; a Nullable holds a reference, so it may be a temporary.
class RowReader {
 public:
  explicit RowReader(const Row& row) : row_(row) {}

  template <class Field>
  void operator()(const char*, Field&& field) {
    using T = std::remove_cvref_t<Field>;
    if constexpr (IsNullable<T>::value) {
      field.text = row_.maybe_text(column_).value_or("");
    } else {
      read(row_, column_, field);
    }
    ++column_;
  }

 private:
  const Row& row_;
  std::size_t column_ = 0;
};

template <class Record, class Each>
Difference difference_by(const Record& before, const Record& after, Each each) {
  json::object was;
  each(before, [&](std::string_view name, const auto& field) {
    if constexpr (!IsNullable<std::remove_cvref_t<decltype(field)>>::value) was.emplace(name, json_of(field));
  });
  Difference difference;
  each(after, [&](std::string_view name, const auto& field) {
    if constexpr (!IsNullable<std::remove_cvref_t<decltype(field)>>::value) {
      if (name == "revision") return;
      const json::value is = json_of(field);
      if (is == was.at(name)) return;
      difference.before.emplace(name, was.at(name));
      difference.after.emplace(name, is);
    }
  });
  return difference;
}

const auto each_of_call = [](auto& call, auto&& visit) { visit_columns_of_call(call, visit); };
const auto each_of_task = [](auto& task, auto&& visit) { visit_columns_of_task(task, visit); };

}  // namespace

std::string call_columns() {
  static const std::string columns = columns_by<Call>(each_of_call);
  return columns;
}

std::string task_columns() {
  static const std::string columns = columns_by<Task>(each_of_task);
  return columns;
}

Call call_from(const Row& row) {
  Call call;
  visit_columns_of_call(call, RowReader(row));
  return call;
}

Task task_from(const Row& row) {
  Task task;
  visit_columns_of_task(task, RowReader(row));
  return task;
}

void append_values(const Call& call, records::Values& values) {
  visit_columns_of_call(call, [&](const char*, const auto& field) { values.push_back(value_of(field)); });
}

void append_values(const Task& task, records::Values& values) {
  visit_columns_of_task(task, [&](const char*, const auto& field) { values.push_back(value_of(field)); });
}

Difference difference(const Call& before, const Call& after) {
  return difference_by(before, after, each_of_call);
}

Difference difference(const Task& before, const Task& after) {
  return difference_by(before, after, each_of_task);
}

void restore(Call& call, const json::object& columns) {
  visit_columns_of_call(call, [&](std::string_view name, auto&& field) {
    if constexpr (!IsNullable<std::remove_cvref_t<decltype(field)>>::value) {
      if (const auto* was = columns.if_contains(name)) read_json(*was, field);
    }
  });
}

}  // namespace banso::work
