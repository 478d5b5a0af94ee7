// Templates as JSON text: a document whose days are whole numbers, counted from the day it is taken.
#include "reader.hpp"

namespace banso::engine::plans {
namespace json = boost::json;

namespace {

constexpr int last_day_of_template = 3660;
constexpr std::array<std::string_view, 2> day_fields{"start", "due"};
// What is found out only while a plan runs, or hangs on one account.
constexpr std::array<std::string_view, 5> fields_of_plans{"done_on", "closed_on", "override", "theirs", "ours"};

bool is_one_of(const auto& names, std::string_view key) {
  return std::find(names.begin(), names.end(), key) != names.end();
}

// Whole numbers to days; faults by path.
void number_to_day(json::value& value, const std::string& path, Faults& faults) {
  if (value.is_null()) return;
  const auto* number = value.if_int64();
  if (number != nullptr && *number >= 0 && *number <= last_day_of_template) {
    value = core::to_string(core::Day{static_cast<std::int32_t>(*number)});
    return;
  }
  faults.push_back({path,
                    {fmt::format("This must be a whole number of days from 0 to {}.", last_day_of_template),
                     fmt::format("開始日からの日数を0〜{}の整数で指定してください。", last_day_of_template)}});
  value = nullptr;
}

void numbers_to_days(json::object& document, Faults& faults) {
  for (const auto list_name : item_lists) {
    auto* list = document.contains(list_name) ? document.at(list_name).if_array() : nullptr;
    if (list == nullptr) continue;
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto* item = (*list)[i].if_object();
      if (item == nullptr) continue;
      for (auto& [key, value] : *item) {
        const auto path = fmt::format("document.{}[{}].{}", list_name, i, std::string_view(key));
        if (is_one_of(day_fields, key)) number_to_day(value, path, faults);
        if (is_one_of(fields_of_plans, key) && !value.is_null()) {
          faults.push_back({path,
                            {"This belongs to a plan, not to its template. Remove it.",
                             "この項目はテンプレートではなく各プランで設定します。削除してください。"}});
          value = nullptr;
        }
      }
    }
  }
}

json::object days_to_numbers(json::object document) {
  for (const auto list_name : item_lists) {
    for (auto& item : document.at(list_name).as_array()) {
      for (auto& [key, value] : item.as_object()) {
        if (is_one_of(day_fields, key) && value.is_string()) {
          value = core::parse_day(std::string_view(value.get_string()))->days;
        }
      }
      for (const auto field : fields_of_plans) item.as_object().erase(field);
    }
  }
  return document;
}

void move_by(std::optional<core::Day>& day, int days) {
  if (day) day = *day + days;
}

}  // namespace

std::string to_json(const Template& from) {
  json::object object{{"name", json::object{{"en", from.name.en}, {"ja", from.name.ja}}},
                      {"description", json::object{{"en", from.description.en}, {"ja", from.description.ja}}},
                      {"rank", from.rank}};
  if (!from.condition_json.empty()) object["condition"] = json::parse(from.condition_json);
  object["document"] = days_to_numbers(to_object(from.document));
  return json::serialize(object);
}

core::Result<Template> template_from_json(std::string_view text) {
  constexpr std::size_t longest_body_bytes = 512 * 1024;
  constexpr int largest_rank = 10'000;
  if (text.size() > longest_body_bytes) {
    return core::Error::too_large(
        {"A template is at most 512 KiB of text.", "テンプレートは512 KiB以内にしてください。"});
  }
  boost::system::error_code failed;
  auto parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) {
    return core::Error::invalid(
        {"A template must be a JSON object.", "テンプレートはJSONオブジェクトで指定してください。"});
  }
  Faults faults;
  Reader from(parsed.get_object(), "", faults);
  Template made;
  made.name = from.words("name", true, 300);
  made.description = from.words("description", false, 4000);
  made.rank = static_cast<int>(from.whole_number("rank", 0, largest_rank).value_or(made.rank));
  if (const auto* condition = from.child("condition")) made.condition_json = json::serialize(*condition);
  if (const auto* document = from.child("document")) {
    auto dated = *document;
    numbers_to_days(dated, faults);
    made.document = read_document(dated, "document", faults);
  } else {
    from.fail("document", {"A template needs a document.", "プランの内容(document)を指定してください。"});
  }
  from.refuse_unknown();
  if (!faults.empty()) return error_of("The template", "テンプレート", std::move(faults));
  return made;
}

Document taken_on(const Template& from, core::Day start) {
  auto document = from.document;
  for (auto& goal : document.goals) {
    move_by(goal.start, start.days);
    move_by(goal.due, start.days);
  }
  for (auto& milestone : document.milestones) move_by(milestone.due, start.days);
  for (auto& action : document.actions) {
    move_by(action.start, start.days);
    move_by(action.due, start.days);
  }
  return document;
}

}  // namespace banso::engine::plans
