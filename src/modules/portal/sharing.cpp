#include "sharing.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::portal {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

constexpr std::array<std::string_view, part_count> parts{"journey", "plan",      "adoption",       "value",
                                                         "people",  "documents", "tickets",        "surveys",
                                                         "health",  "paid",      "company_tickets"};
constexpr std::size_t longest_words_bytes = 600;
constexpr std::size_t most_levels = 20;
const std::vector<std::string> kinds{std::string(sharing_kind)};

core::Text read_words(const json::value* value, const std::string& path, json::Fields& faults) {
  core::Text text;
  const auto read = [&](std::string_view language, std::string& into) {
    const auto* given = value && value->is_object() ? value->get_object().if_contains(language) : nullptr;
    if (given && given->is_string()) into = std::string(given->get_string());
    if (into.find_first_not_of(" \t\n") == std::string::npos) {
      faults.fail(fmt::format("{}.{}", path, language),
                  {"Give it in English and in Japanese.", "英語と日本語の両方を入力してください。"});
    } else if (into.size() > longest_words_bytes) {
      faults.fail(fmt::format("{}.{}", path, language),
                  {fmt::format("At most {} bytes.", longest_words_bytes),
                   fmt::format("{}バイト以内で入力してください。", longest_words_bytes)});
    }
  };
  read("en", text.en);
  read("ja", text.ja);
  return text;
}

// What is not named is not shown.
Shows read_shows(const json::object* object, json::Fields& faults) {
  Shows shows(part_count, false);
  if (!object) {
    faults.fail("shows", {"Say what is shown.", "お客様に見せる内容を指定してください。"});
    return shows;
  }
  for (const auto& [word, value] : *object) {
    const auto part = std::find(parts.begin(), parts.end(), std::string_view(word));
    if (part == parts.end() || !value.is_bool()) {
      faults.fail(fmt::format("shows.{}", std::string_view(word)),
                  {"This must be one of the portal's parts, with true or false.",
                   "ポータルの項目名と true / false で指定してください。"});
      continue;
    }
    shows[static_cast<std::size_t>(part - parts.begin())] = value.get_bool();
  }
  return shows;
}

core::Error with_path(core::Error error, const std::string& path) {
  if (error.fields.empty()) error.fields.push_back({"", error.message});
  for (auto& field : error.fields) field.field = field.field.empty() ? path : path + "." + field.field;
  return error;
}

Result<std::optional<engine::Condition>> compile(const Sharing& sharing, const engine::FieldCatalogue& fields) {
  if (sharing.condition_json.empty()) return std::optional(engine::Condition());
  auto compiled = engine::compile_condition(sharing.condition_json, fields);
  if (!compiled) return with_path(std::move(compiled).error(), "condition");
  return std::optional(std::move(*compiled));
}

// A level without words would show its bare name to the customer.
Result<> check_levels(const Sharing& sharing, const engine::FieldCatalogue& fields) {
  const auto* level = fields.find("level");
  if (!sharing.shown(Part::health) || !level) return {};
  core::Error error = core::Error::invalid({"Say for every level what the customer is told.",
                                            "各レベルについて、お客様にお伝えする文言を入力してください。"});
  for (const auto& choice : level->choices) {
    if (!sharing.health_words.contains(choice.value)) {
      error.fields.push_back({"health_words." + choice.value, error.message});
    }
  }
  if (error.fields.empty()) return {};
  return error;
}

std::vector<Name> uses_of(std::string_view body) {
  std::vector<Name> used;
  const auto sharing = sharing_from_json(body);
  if (!sharing || sharing->condition_json.empty()) return used;
  for (auto& segment : engine::referenced_segments(sharing->condition_json)) {
    used.push_back({"segment", std::move(segment)});
  }
  return used;
}

core::Text starter_words(std::size_t place, std::size_t levels) {
  if (place == 0) {
    return {"You are using the product very well. Let us look together at what comes next.",
            "とても順調にご活用いただいています。次の一歩をご一緒に考えさせてください。"};
  }
  if (place + 1 < levels && place * 2 < levels) {
    return {"Things are going well.", "順調にご利用いただいています。"};
  }
  if (place + 1 < levels) {
    return {"There is more in it for you. We have suggestions that may help.",
            "さらにお役立ていただける余地があります。ご活用のご提案をご用意しています。"};
  }
  return {"We would like to talk with you about how we can support you better.",
          "よりよくご支援するため、一度お話をお聞かせいただけますと幸いです。"};
}

}  // namespace

std::string_view word_of(Part part) {
  return parts[static_cast<std::size_t>(part)];
}

Result<Sharing> sharing_from_json(std::string_view body) {
  BANSO_TRY_ASSIGN(const auto object, json::parse_object(body));
  json::Fields fields(object);
  Sharing sharing;
  sharing.name = read_words(object.if_contains("name"), "name", fields);
  sharing.rank = static_cast<int>(std::clamp<std::int64_t>(fields.integer("rank").value_or(100), 0, 10'000));
  sharing.shows = read_shows(fields.child("shows"), fields);
  const auto* condition = object.if_contains("condition");
  if (condition && condition->is_object()) sharing.condition_json = json::serialize(*condition);
  if (const auto* words = fields.child("health_words")) {
    if (words->size() > most_levels) fields.fail("health_words", {"Too many levels.", "レベルの数が多すぎます。"});
    for (const auto& [level, value] : *words) {
      const std::string key(level);
      sharing.health_words[key] = read_words(&value, "health_words." + key, fields);
    }
  }
  sharing.health_needs_consent = fields.yes_no("health_needs_consent").value_or(true);
  BANSO_TRY(fields.finish());
  return sharing;
}

std::string to_json(const Sharing& sharing) {
  json::object shows, words;
  for (std::size_t part = 0; part < part_count; ++part) shows[parts[part]] = static_cast<bool>(sharing.shows[part]);
  for (const auto& [level, text] : sharing.health_words) words[level] = json::from(text);
  json::object object{{"name", json::from(sharing.name)}, {"rank", sharing.rank}};
  if (!sharing.condition_json.empty()) object["condition"] = *json::parse(sharing.condition_json);
  object["shows"] = std::move(shows);
  object["health_words"] = std::move(words);
  object["health_needs_consent"] = sharing.health_needs_consent;
  return json::serialize(object);
}

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(sharing_kind);
  kind.name = {"Rule of sharing", "共有ルール"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    BANSO_TRY_ASSIGN(const auto sharing, sharing_from_json(others.at(name)));
    const auto fields = service->condition_fields();
    BANSO_TRY(compile(sharing, *fields));
    BANSO_TRY(check_levels(sharing, *fields));
    return to_json(sharing);
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) -> core::Text {
    const auto sharing = sharing_from_json(body);
    return sharing ? sharing->name : core::Text{"Rule of sharing", "共有ルール"};
  };
  kind.checked_with = kinds;
  return kind;
}

Bodies starter_sharing(const engine::FieldCatalogue& fields) {
  Sharing sharing;
  sharing.name = {"What every customer sees", "すべてのお客様に共有する内容"};
  sharing.shows = Shows(part_count, true);
  for (const auto part : {Part::health, Part::paid, Part::company_tickets}) {
    sharing.shows[static_cast<std::size_t>(part)] = false;
  }
  if (const auto* level = fields.find("level")) {
    const auto& choices = level->choices;
    for (std::size_t place = 0; place < choices.size(); ++place) {
      sharing.health_words[choices[place].value] = starter_words(place, choices.size());
    }
  }
  return {{{std::string(sharing_kind), "everyone"}, to_json(sharing)}};
}

std::shared_ptr<const SharingRules::Set> SharingRules::published() {
  const std::lock_guard lock(mutex_);
  // Another node may have published, unheard.
  const auto newest = definitions_->releases(kinds, 1);
  const std::int64_t release = newest.empty() ? 0 : newest.front().number;
  const auto fields = health_->condition_fields();
  if (set_ && release == release_ && fields == fields_) return set_;
  auto set = std::make_shared<Set>();
  for (const auto& [name, body] : definitions_->published(kinds).bodies) {
    auto sharing = sharing_from_json(body);
    if (!sharing) continue;
    auto condition = compile(*sharing, *fields);
    if (!condition) {
      platform::log::warning(
          fmt::format("the rule of sharing {} cannot be tested, and nothing is shown by those after "
                      "it: {}",
                      name.key, condition.error().message.en));
    }
    set->push_back({{name.key, std::move(*sharing)}, condition ? std::move(*condition) : std::nullopt});
  }
  std::stable_sort(set->begin(), set->end(), [](const auto& left, const auto& right) {
    return left.rule.sharing.rank < right.rule.sharing.rank;
  });
  set_ = std::move(set);
  release_ = release;
  fields_ = fields;
  return set_;
}

Result<std::optional<Rule>> SharingRules::rule_of(core::AccountId account) {
  const auto set = published();
  health::BookViewPtr book;
  for (const auto& each : *set) {
    if (!each.condition) return std::optional<Rule>();
    if (each.rule.sharing.condition_json.empty()) return std::optional(each.rule);
    if (!book) {
      BANSO_TRY_ASSIGN(book, health_->book());
    }
    const auto row = book->find(account);
    if (!row) return std::optional<Rule>();
    const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
    if (book->run(*each.condition, rows).test(0)) return std::optional(each.rule);
  }
  return std::optional<Rule>();
}

}  // namespace banso::portal
