// Rules as JSON text. Every fault is reported with its path, none stops the reading of the rest.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include <fmt/format.h>

#include "rules.hpp"

namespace banso::engine::revenue {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_text_bytes = 64 * 1024;
constexpr std::size_t longest_name_bytes = 2000;
constexpr int most_days = 3660;

template <class Enum>
struct Word {
  Enum value;
  std::string_view text;
};
constexpr std::array<Word<ChurnOn>, 2> churn_words = {
    {{ChurnOn::service_end, "service_end"}, {ChurnOn::notice, "notice"}}};
constexpr std::array<Word<Price>, 2> price_words = {{{Price::net, "net"}, {Price::list, "list"}}};
constexpr std::array<Word<Trials>, 2> trial_words = {{{Trials::excluded, "excluded"}, {Trials::included, "included"}}};
constexpr std::array<Word<Netting>, 3> netting_words = {{{Netting::account_day, "account_day"},
                                                         {Netting::product_day, "product_day"},
                                                         {Netting::account_month, "account_month"}}};
constexpr std::array<Word<RateMonth>, 2> rate_words = {
    {{RateMonth::of_start, "of_start"}, {RateMonth::each_month, "each_month"}}};

template <class Words, class Enum>
std::string_view word_of(const Words& words, Enum value) {
  return std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.value == value; })->text;
}

class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  void text(std::string_view key, core::Text& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    const auto* both = value->if_object();
    if (both == nullptr) return wrong(key, "an object {\"en\", \"ja\"}", "{\"en\", \"ja\"} のオブジェクト");
    for (const auto& [language, words] : *both) {
      const auto path = fmt::format("{}.{}", key, std::string_view(language));
      const auto* string = words.if_string();
      if (language != "en" && language != "ja") {
        unknown(path);
      } else if (string == nullptr || string->size() > longest_name_bytes) {
        wrong(path, fmt::format("a text of at most {} bytes", longest_name_bytes),
              fmt::format("{}バイト以内の文字列", longest_name_bytes));
      } else {
        (language == "en" ? result.en : result.ja).assign(string->data(), string->size());
      }
    }
  }

  template <class Words, class Enum>
  void word(std::string_view key, const Words& words, Enum& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    const auto* string = value->if_string();
    std::string all;
    for (const auto& word : words) {
      if (string != nullptr && std::string_view(*string) == word.text) {
        result = word.value;
        return;
      }
      all += (all.empty() ? "" : ", ") + std::string(word.text);
    }
    wrong(key, "one of: " + all, all + " のいずれか");
  }

  void boolean(std::string_view key, bool& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    if (!value->is_bool()) return wrong(key, "true or false", "true または false");
    result = value->get_bool();
  }

  // Nothing for null.
  void days(std::string_view key, int smallest, std::optional<int>& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    result.reset();
    if (value->is_null()) return;
    const auto* number = value->if_int64();
    if (number == nullptr || *number < smallest || *number > most_days) {
      return wrong(key, fmt::format("a whole number of days from {} to {}", smallest, most_days),
                   fmt::format("{}〜{}の整数(日数)", smallest, most_days));
    }
    result = static_cast<int>(*number);
  }

  core::Result<> finish() && {
    for (const auto& [key, value] : object_) {
      if (std::find(read_.begin(), read_.end(), std::string_view(key)) == read_.end()) unknown(std::string(key));
    }
    if (faults_.empty()) return {};
    core::Error error;
    error.message = {fmt::format("The rules have {} fault(s). First: {}: {}", faults_.size(), faults_[0].field,
                                 faults_[0].message.en),
                     fmt::format("集計ルールに{}件の誤りがあります。最初の誤りは {} です。{}", faults_.size(),
                                 faults_[0].field, faults_[0].message.ja)};
    error.fields = std::move(faults_);
    return error;
  }
  void fault(std::string path, core::Text message) { faults_.push_back({std::move(path), std::move(message)}); }

 private:
  const json::object& object_;
  std::vector<std::string_view> read_;
  std::vector<core::FieldError> faults_;

  const json::value* find(std::string_view key) {
    read_.push_back(key);
    return object_.if_contains(key);
  }
  void wrong(std::string_view path, const std::string& en, const std::string& ja) {
    fault(std::string(path), {fmt::format("This must be {}.", en), fmt::format("{}で指定してください。", ja)});
  }
  void unknown(std::string path) {
    fault(std::move(path), {"There is no such switch. Remove it.", "この項目は存在しません。削除してください。"});
  }
};

void put_days(json::object& object, std::string_view key, const std::optional<int>& days) {
  if (days) {
    object[key] = *days;
  } else {
    object[key] = nullptr;
  }
}

}  // namespace

std::string to_json(const RevenueRules& rules) {
  json::object object;
  object["name"] = {{"en", rules.name.en}, {"ja", rules.name.ja}};
  object["explanation"] = {{"en", rules.explanation.en}, {"ja", rules.explanation.ja}};
  object["churn_on"] = word_of(churn_words, rules.churn_on);
  object["gap_days"] = rules.gap_days;
  object["reactivation_in_retention"] = rules.reactivation_in_retention;
  object["price"] = word_of(price_words, rules.price);
  object["trials"] = word_of(trial_words, rules.trials);
  put_days(object, "past_due_days", rules.past_due_days);
  put_days(object, "new_after_days", rules.new_after_days);
  object["netting"] = word_of(netting_words, rules.netting);
  object["rates"] = word_of(rate_words, rules.rates);
  return json::serialize(object);
}

core::Result<RevenueRules> rules_from_json(std::string_view text) {
  if (text.size() > longest_text_bytes) {
    return core::Error::too_large({"Rules are at most 64 KiB of text.", "集計ルールは64KiB以内にしてください。"});
  }
  boost::system::error_code problem;
  const auto value = json::parse(text, problem);
  if (problem || !value.is_object()) {
    return core::Error::invalid(
        {"The rules must be one JSON object { }.", "集計ルールは1つのJSONオブジェクト { } で指定してください。"});
  }
  RevenueRules rules;
  Reader reader(value.get_object());
  reader.text("name", rules.name);
  reader.text("explanation", rules.explanation);
  reader.word("churn_on", churn_words, rules.churn_on);
  std::optional<int> gap_days;
  reader.days("gap_days", 0, gap_days);
  rules.gap_days = gap_days.value_or(0);
  reader.boolean("reactivation_in_retention", rules.reactivation_in_retention);
  reader.word("price", price_words, rules.price);
  reader.word("trials", trial_words, rules.trials);
  reader.days("past_due_days", 0, rules.past_due_days);
  reader.days("new_after_days", 1, rules.new_after_days);
  reader.word("netting", netting_words, rules.netting);
  reader.word("rates", rate_words, rules.rates);
  if (rules.name.en.empty() && rules.name.ja.empty()) {
    reader.fault("name", {"Give a name in at least one language.", "少なくとも1つの言語で名前を入力してください。"});
  }
  BANSO_TRY(std::move(reader).finish());
  return rules;
}

}  // namespace banso::engine::revenue
