#include "live_routes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::app {
namespace {

namespace http = platform::http;
namespace json = platform::json;
namespace live = platform::live;

struct Topic {
  const char* name;
  core::Role role;
  live::Merge merge;
};

// No list of accounts says: many, read the book again. It stays so, whatever is added.
void merge_book(json::object& waiting, json::object later) {
  static const live::Merge unite = live::union_of("accounts");
  const auto says_all = [](const json::object& message) { return message.at("accounts").as_array().empty(); };
  if (says_all(waiting)) later["accounts"] = json::array();
  if (says_all(later)) waiting["accounts"] = json::array();
  unite(waiting, std::move(later));
}

// Once many may have changed, they have.
void merge_renewals(json::object& waiting, json::object later) {
  static const live::Merge unite = live::union_of("renewals");
  if (waiting.at("has_many").as_bool()) later["has_many"] = true;
  unite(waiting, std::move(later));
}

void merge_work(json::object& waiting, json::object later) {
  static const live::Merge unite = live::union_of("calls");
  if (waiting.at("has_many").as_bool()) later["has_many"] = true;
  unite(waiting, std::move(later));
}

// Of each source the newest figures count; of the latest events only so many are shown.
void merge_intake(json::object& waiting, json::object later) {
  constexpr std::size_t most_latest = 20;
  json::array sources = later["sources"].is_array() ? std::move(later["sources"].get_array()) : json::array();
  if (const auto* before = waiting["sources"].if_array()) {
    for (const json::value& source : *before) {
      const auto same = [&](const json::value& newer) { return newer.at("id") == source.at("id"); };
      if (std::ranges::none_of(sources, same)) sources.push_back(source);
    }
  }
  json::array latest = later["latest"].is_array() ? std::move(later["latest"].get_array()) : json::array();
  if (const auto* before = waiting["latest"].if_array()) latest.insert(latest.end(), before->begin(), before->end());
  if (latest.size() > most_latest) latest.resize(most_latest);
  waiting = {{"sources", std::move(sources)}, {"latest", std::move(latest)}};
}

const std::vector<Topic>& topics() {
  static const std::vector<Topic> all{{"book", core::Role::read_only, merge_book},
                                      {"intake", core::Role::leader, merge_intake},
                                      {"jobs", core::Role::read_only, live::union_of("jobs")},
                                      {"plans", core::Role::read_only, live::union_of("accounts")},
                                      {"playbooks", core::Role::read_only, live::union_of("runs")},
                                      {"work", core::Role::read_only, merge_work},
                                      {"renewals", core::Role::read_only, merge_renewals},
                                      {"revenue", core::Role::leader, merge_book}};
  return all;
}

const Topic* find_topic(std::string_view name) {
  const auto found = std::ranges::find(topics(), name, &Topic::name);
  return found == topics().end() ? nullptr : &*found;
}

std::string topic_names() {
  std::string names;
  for (const Topic& topic : topics()) names.append(names.empty() ? "" : ", ").append(topic.name);
  return names;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string word(text.substr(0, end));
    if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

core::Result<> check_topics(const std::vector<std::string>& names, const core::Caller& caller) {
  for (const auto& name : names) {
    const Topic* topic = find_topic(name);
    if (topic == nullptr) {
      return core::Error::invalid_field(
          "topics", {fmt::format("There is no topic \"{}\"; there are {}.", name, topic_names()),
                     fmt::format("「{}」というトピックはありません。指定できるのは {} です。", name, topic_names())});
    }
    if (!caller.at_least(topic->role)) {
      return core::Error::forbidden({fmt::format("Your role does not allow the topic \"{}\".", name),
                                     fmt::format("トピック「{}」を受信する権限がありません。", name)});
    }
  }
  if (names.empty()) {
    return core::Error::invalid_field("topics",
                                      {fmt::format("Name at least one topic of {}.", topic_names()),
                                       fmt::format("{} から1つ以上のトピックを指定してください。", topic_names())});
  }
  return {};
}

}  // namespace

void add_live_topics(live::LiveHub& hub) {
  for (const Topic& topic : topics()) hub.add_topic(topic.name, topic.merge);
}

http::Routes live_routes(std::shared_ptr<live::LiveHub> hub, std::shared_ptr<identity::Service> identity) {
  return {{http::Method::get, "/api/live", http::Permission::read_only,
           [hub = std::move(hub),
            identity = std::move(identity)](const http::Request& request) -> core::Result<http::Response> {
             const auto names = split(request.query_text("topics").value_or(""));
             BANSO_TRY(check_topics(names, request.caller));
             http::Request proof;  // what shows again, later, who listens
             proof.headers["cookie"] = request.header("cookie");
             return hub->open({request.caller.user, names, [identity, names, proof = std::move(proof)] {
                                 const auto caller = identity::caller_of(*identity, proof);
                                 return caller && check_topics(names, *caller);
                               }});
           }}};
}

}  // namespace banso::app
