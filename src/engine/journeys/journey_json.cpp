// Journeys as JSON text. Every fault is reported with its path, none stops the reading of the rest.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "journey.hpp"

namespace banso::engine::journeys {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body_bytes = 256 * 1024;
constexpr std::size_t longest_name_bytes = 200;
constexpr std::size_t longest_words_bytes = 4000;
constexpr std::size_t most_stages = 30;
constexpr std::size_t most_milestones = 30;
constexpr std::size_t most_moments = 20;
constexpr int most_days = 3660;

constexpr std::array our_roles{"csm", "onboarding", "support", "renewal_sales", "marketing", "product"};
constexpr std::array their_roles{"champion", "executive_sponsor", "decision_maker", "admin", "user"};

using Faults = std::vector<core::FieldError>;

// One object of the text, read field by field.
class Reader {
 public:
  Reader(const json::object& object, std::string path, Faults& faults)
      : object_(object), path_(std::move(path)), faults_(faults) {}

  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }
  void fail(std::string_view key, core::Text message) { faults_.push_back({path_of(key), std::move(message)}); }

  // Both languages, or neither where it may be left out.
  core::Text words(std::string_view key, bool is_required, std::size_t longest_bytes) {
    const auto* value = find(key);
    core::Text text;
    if (value != nullptr && !value->is_null()) {
      const auto* both = value->if_object();
      if (both == nullptr || !read_language(*both, "en", text.en) || !read_language(*both, "ja", text.ja)) {
        fail(key,
             {"This must be an object {\"en\", \"ja\"} of texts.", "{\"en\", \"ja\"} の文字列で指定してください。"});
        return text;
      }
    }
    if (is_required && (text.en.empty() || text.ja.empty())) {
      fail(key, {"Give it in English and in Japanese.", "英語と日本語の両方を入力してください。"});
    }
    if (text.en.size() > longest_bytes || text.ja.size() > longest_bytes) {
      fail(key, {fmt::format("At most {} bytes a language.", longest_bytes),
                 fmt::format("1言語あたり{}バイト以内で入力してください。", longest_bytes)});
    }
    return text;
  }

  std::string text(std::string_view key, std::string otherwise = {}) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return otherwise;
    const auto* string = value->if_string();
    if (string != nullptr && string->size() <= longest_words_bytes) return std::string(*string);
    fail(key, {fmt::format("This must be a text of at most {} bytes.", longest_words_bytes),
               fmt::format("{}バイト以内の文字列で指定してください。", longest_words_bytes)});
    return otherwise;
  }

  bool yes_no(std::string_view key, bool otherwise) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return otherwise;
    if (value->is_bool()) return value->get_bool();
    fail(key, {"This must be true or false.", "true または false で指定してください。"});
    return otherwise;
  }

  int whole_number(std::string_view key, int smallest, int largest, int otherwise) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return otherwise;
    const auto* number = value->if_int64();
    if (number != nullptr && *number >= smallest && *number <= largest) return static_cast<int>(*number);
    fail(key, {fmt::format("This must be a whole number from {} to {}.", smallest, largest),
               fmt::format("{}〜{}の整数で指定してください。", smallest, largest)});
    return otherwise;
  }

  // A rule group as text; empty where there is none.
  std::string condition(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return {};
    if (value->is_object()) return json::serialize(*value);
    fail(key,
         {"This must be a condition (an object with rules).", "条件(rules を持つオブジェクト)で指定してください。"});
    return {};
  }

  template <class Allowed>
  std::string one_of(std::string_view key, const Allowed& allowed, std::string otherwise) {
    auto word = text(key, otherwise);
    if (word == otherwise) return word;
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return word;
    const auto all = fmt::format("{}", fmt::join(allowed, ", "));
    fail(key, {fmt::format("This must be one of: {}.", all), fmt::format("{} のいずれかを指定してください。", all)});
    return otherwise;
  }

  std::string key(std::set<std::string>& seen) {
    auto key = text("key");
    const bool is_key = !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!is_key) {
      fail("key",
           {"A key needs 1 to 64 of a-z, 0-9 and _.", "キーは英小文字・数字・_ の1〜64文字で指定してください。"});
    } else if (!seen.insert(key).second) {
      fail("key", {fmt::format("The key \"{}\" is used twice. Choose another.", key),
                   fmt::format("キー「{}」が重複しています。別のキーにしてください。", key)});
    }
    return key;
  }

  template <class Read>
  void each(std::string_view key, std::size_t most, Read read) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return;
    const auto* list = value->if_array();
    if (list == nullptr || list->size() > most) {
      fail(key, {fmt::format("This must be a list of at most {}.", most),
                 fmt::format("{}件以内のリストで指定してください。", most)});
      return;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto path = fmt::format("{}[{}]", path_of(key), i);
      if (const auto* object = (*list)[i].if_object()) {
        Reader one(*object, path, faults_);
        read(one);
        one.refuse_unknown();
      } else {
        faults_.push_back({path, {"This must be an object.", "オブジェクトで指定してください。"}});
      }
    }
  }

  void refuse_unknown() {
    for (const auto& [key, value] : object_) {
      if (std::find(read_.begin(), read_.end(), std::string_view(key)) == read_.end()) {
        fail(key, {"There is no such field. Remove it.", "この項目は存在しません。削除してください。"});
      }
    }
  }

 private:
  const json::object& object_;
  std::string path_;
  Faults& faults_;
  std::vector<std::string_view> read_;

  const json::value* find(std::string_view key) {
    read_.push_back(key);
    return object_.if_contains(key);
  }
  static bool read_language(const json::object& both, std::string_view language, std::string& into) {
    const auto* value = both.if_contains(language);
    if (value == nullptr || value->is_null()) return true;
    if (!value->is_string()) return false;
    into = std::string(value->get_string());
    return true;
  }
};

Milestone read_milestone(Reader& from, std::set<std::string>& keys) {
  Milestone milestone;
  milestone.key = from.key(keys);
  milestone.name = from.words("name", true, longest_name_bytes);
  milestone.is_required = from.yes_no("required", true);
  milestone.condition_json = from.condition("condition");
  milestone.is_confirmed_by_customer = from.yes_no("confirmed_by_customer", false);
  milestone.grace_days = from.whole_number("grace_days", 0, 365, milestone.grace_days);
  if (!milestone.is_provable() && !milestone.is_confirmed_by_customer) {
    from.fail("condition",
              {"Give a condition that proves it, or let the customer confirm it: else nobody can tell.",
               "達成を示す条件を指定するか、顧客の確認を有効にしてください。どちらもないと判定できません。"});
  }
  return milestone;
}

Stage read_stage(Reader& from, std::set<std::string>& stage_keys, std::set<std::string>& milestone_keys) {
  Stage stage;
  stage.key = from.key(stage_keys);
  stage.name = from.words("name", true, longest_name_bytes);
  stage.outcome = from.words("outcome", false, longest_words_bytes);
  stage.feeling = from.words("feeling", false, longest_words_bytes);
  stage.expected_days = from.whole_number("expected_days", 1, most_days, stage.expected_days);
  stage.our_role = from.one_of("our_role", our_roles, "csm");
  stage.their_role = from.one_of("their_role", their_roles, "");
  std::set<std::string> moment_keys;
  from.each("moments_of_truth", most_moments, [&](Reader& one) {
    MomentOfTruth moment;
    moment.key = one.key(moment_keys);
    moment.name = one.words("name", true, longest_name_bytes);
    moment.what = one.words("what", false, longest_words_bytes);
    stage.moments_of_truth.push_back(std::move(moment));
  });
  from.each("milestones", most_milestones,
            [&](Reader& one) { stage.milestones.push_back(read_milestone(one, milestone_keys)); });
  return stage;
}

json::object both(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object to_object(const Milestone& milestone) {
  json::object object{{"key", milestone.key},
                      {"name", both(milestone.name)},
                      {"required", milestone.is_required},
                      {"confirmed_by_customer", milestone.is_confirmed_by_customer},
                      {"grace_days", milestone.grace_days}};
  if (milestone.is_provable()) object["condition"] = json::parse(milestone.condition_json);
  return object;
}

json::object to_object(const Stage& stage) {
  json::array moments, milestones;
  for (const auto& moment : stage.moments_of_truth) {
    moments.push_back(json::object{{"key", moment.key}, {"name", both(moment.name)}, {"what", both(moment.what)}});
  }
  for (const auto& milestone : stage.milestones) milestones.push_back(to_object(milestone));
  return {{"key", stage.key},
          {"name", both(stage.name)},
          {"outcome", both(stage.outcome)},
          {"feeling", both(stage.feeling)},
          {"expected_days", stage.expected_days},
          {"our_role", stage.our_role},
          {"their_role", stage.their_role},
          {"moments_of_truth", std::move(moments)},
          {"milestones", std::move(milestones)}};
}

core::Error error_of(Faults faults) {
  core::Error error;
  error.message = {
      fmt::format("The journey has {} fault(s). First: {}: {}", faults.size(), faults[0].field, faults[0].message.en),
      fmt::format("ジャーニーに{}件の誤りがあります。最初の誤りは {} です。{}", faults.size(), faults[0].field,
                  faults[0].message.ja)};
  error.fields = std::move(faults);
  return error;
}

}  // namespace

std::string to_json(const Journey& journey) {
  json::array stages;
  for (const auto& stage : journey.stages) stages.push_back(to_object(stage));
  json::object object{{"name", both(journey.name)}, {"description", journey.description}, {"rank", journey.rank}};
  if (!journey.condition_json.empty()) object["condition"] = json::parse(journey.condition_json);
  object["stages"] = std::move(stages);
  return json::serialize(object);
}

core::Result<Journey> journey_from_json(std::string_view text) {
  if (text.size() > longest_body_bytes) {
    return core::Error::too_large(
        {"A journey is at most 256 KiB of text.", "ジャーニーの定義は256 KiB以内にしてください。"});
  }
  boost::system::error_code failed;
  const auto parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) {
    return core::Error::invalid(
        {"A journey must be a JSON object.", "ジャーニーはJSONオブジェクトで指定してください。"});
  }
  Faults faults;
  Reader from(parsed.get_object(), "", faults);
  Journey journey;
  journey.name = from.words("name", true, longest_name_bytes);
  journey.description = from.text("description");
  journey.condition_json = from.condition("condition");
  journey.rank = from.whole_number("rank", 0, 10'000, journey.rank);
  std::set<std::string> stage_keys, milestone_keys;
  from.each("stages", most_stages,
            [&](Reader& one) { journey.stages.push_back(read_stage(one, stage_keys, milestone_keys)); });
  from.refuse_unknown();
  if (journey.stages.empty() && faults.empty()) {
    from.fail("stages", {"A journey needs at least one stage.", "ステージを1つ以上追加してください。"});
  }
  if (!faults.empty()) return error_of(std::move(faults));
  return journey;
}

}  // namespace banso::engine::journeys
