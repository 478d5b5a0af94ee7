#include "context.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::outreach {
namespace {

using platform::records::Session;

constexpr std::string_view key_setting = "token_key";
constexpr std::string_view settings_setting = "settings";

std::string hex(const std::string& octets) {
  std::string text;
  for (const unsigned char octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

std::string from_hex(const std::string& text) {
  std::string octets(text.size() / 2, '\0');
  std::size_t size = 0;
  sodium_hex2bin(reinterpret_cast<unsigned char*>(octets.data()), octets.size(), text.data(), text.size(), nullptr,
                 &size, nullptr);
  octets.resize(size);
  return octets;
}

}  // namespace

Context::Context(Dependencies dependencies) : from(std::move(dependencies)), tokens_(read_key(from)) {}

// Made once; all nodes use the same, so that any of them answers any link.
std::string Context::read_key(const Dependencies& from) {
  const auto present = from.records->read([](Session& session) { return store::setting(session, key_setting); });
  if (present) return from_hex(*present);
  const auto made = hex(Tokens::new_key());
  return from_hex(from.records->write(
      [&](Session& session) { return store::keep_setting(session, key_setting, made, core::now()); }));
}

core::Day Context::today() const {
  return from.surroundings.book_day ? from.surroundings.book_day() : core::day_of(now());
}

Settings Context::settings() const {
  const auto text = from.records->read([](Session& session) { return store::setting(session, settings_setting); });
  if (!text) return {};
  const auto body = platform::json::parse_object(*text);
  auto settings = body ? read_settings(*body) : core::Result<Settings>(body.error());
  return settings ? *settings : Settings{};
}

void Context::set_settings(const Settings& settings, const std::string& by) {
  from.records->write([&](Session& session) {
    store::set_setting(session, settings_setting, platform::json::serialize(render_settings(settings)), by, now());
  });
}

std::string Context::link(std::string_view path, TokenUse use, const Token& token) const {
  return fmt::format("{}{}{}", from.public_url, path, tokens_.sign(use, token));
}

core::Result<Context::Body> Context::body(std::string_view kind, const std::string& key, std::int64_t version) const {
  const definitions::Name name{std::string(kind), key};
  if (version != 0) {
    BANSO_TRY_ASSIGN(const auto found, from.definitions->version(name, version));
    if (found.body) return Body{version, *found.body};
  } else if (const auto found = from.definitions->get(name); found && found->body && !found->summary.retired) {
    return Body{found->summary.version, *found->body};
  }
  return core::Error::not_found({fmt::format("There is no published template or survey \"{}\".", key),
                                 fmt::format("公開済みのテンプレートまたはアンケート「{}」はありません。", key)});
}

core::Text Context::name_of(std::string_view kind, const std::string& key) const {
  if (key.empty()) return {"Notice", "お知らせ"};  // not made from a definition
  const auto found = from.definitions->get({std::string(kind), key});
  return found ? found->summary.title : core::Text{key, key};
}

std::vector<std::string> Context::surveys_of_kind(customers::SurveyKind kind) const {
  const std::vector<std::string> kinds{std::string(survey_kind)};
  std::vector<std::string> keys;
  for (const auto& [name, text] : from.definitions->published(kinds).bodies) {
    if (read_survey_body(text).kind == kind) keys.push_back(name.key);
  }
  return keys;
}

std::optional<Surroundings::Sender> Context::sender(core::UserId user) const {
  return user && from.surroundings.sender ? from.surroundings.sender(user) : std::nullopt;
}

std::string Context::user_name(core::UserId user) const {
  const auto found = sender(user);
  return found ? found->name : std::string();
}

void Context::note(ServerState& state, const std::optional<core::Text>& failure) {
  const std::lock_guard lock(mutex_);
  (failure ? state.last_failure_at : state.last_success_at) = now();
  state.failure = failure.value_or(core::Text{});
}

void Context::note_smtp(const std::optional<core::Text>& failure) {
  note(smtp_, failure);
}
void Context::note_inbox(const std::optional<core::Text>& failure) {
  note(inbox_, failure);
}

ServerState Context::smtp() const {
  const std::lock_guard lock(mutex_);
  return smtp_;
}
ServerState Context::inbox() const {
  const std::lock_guard lock(mutex_);
  return inbox_;
}

}  // namespace banso::outreach
