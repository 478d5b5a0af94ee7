// Webhooks and Slack-compatible messages.
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "deeds.hpp"
#include "outgoing.hpp"
#include "platform/json/json.hpp"
#include "template_text.hpp"

namespace banso::playbooks {
namespace {

namespace json = platform::json;

// HMAC-SHA256 in hexadecimal: how the receiver knows that it was us.
std::string signature(const std::string& key, const std::string& body) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(body.data()), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  std::string hex;
  for (const auto byte : mac) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::optional<std::string> secret_of(Context& context, const std::string& name) {
  return context.from.records->read([&](store::Session& session) { return store::secret(session, name); });
}

DeedResult no_secret(const std::string& name) {
  return {DeedResult::Kind::impossible,
          "",
          {fmt::format("There is no secret \"{}\". An administrator keeps it under the playbooks' settings.", name),
           fmt::format("シークレット「{}」がありません。管理者に登録を依頼してください。", name)},
          0};
}

std::string default_body(const Deed& deed) {
  return json::serialize(
      json::object{{"playbook", deed.run.playbook},
                   {"run", deed.run.id.value},
                   {"step", deed.step.key},
                   {"account", json::object{{"id", deed.run.account.value}, {"name", deed.account_name}}}});
}

// What is sent is decided at the first attempt and kept: a second one under the same key says the same.
std::string body_of(Context& context, const Deed& deed) {
  if (!deed.effect.payload.empty()) return deed.effect.payload;
  std::string body;
  if (deed.step.kind == workflow::StepKind::message) {
    const auto text = fill_both(context, deed, deed.step.text);
    const auto said = deed.step.language == "en"   ? text.en
                      : deed.step.language == "ja" ? text.ja
                                                   : text.ja + "\n" + text.en;
    body = json::serialize(json::object{{"text", said}});
  } else if (deed.step.body.empty()) {
    body = default_body(deed);
  } else {
    body = fill(deed.step.body, values_of(context, deed.run, deed.playbook, core::Language::en), Escape::json);
  }
  context.from.records->write([&](store::Session& session) { store::keep_payload(session, deed.effect.id, body); });
  return body;
}

DeedResult send(Context& context, const Deed& deed) {
  OutgoingCall call;
  call.url = deed.step.url;
  if (!deed.step.url_secret.empty()) {
    const auto url = secret_of(context, deed.step.url_secret);
    if (!url) return no_secret(deed.step.url_secret);
    call.url = *url;
  }
  call.body = body_of(context, deed);
  if (!json::parse(call.body)) {
    return {DeedResult::Kind::impossible,
            "",
            {"What is to be sent is not JSON. Mend the body of the step.",
             "送信内容がJSONとして正しくありません。ステップの本文を修正してください。"},
            0};
  }
  call.headers = {{"Idempotency-Key", deed.key}};
  if (!deed.step.secret.empty()) {
    const auto key = secret_of(context, deed.step.secret);
    if (!key) return no_secret(deed.step.secret);
    call.headers.emplace_back("X-Banso-Signature", "sha256=" + signature(*key, call.body));
  }
  call.allows_private_addresses = context.from.surroundings.allows_private_addresses;
  const auto answer = post_json(call);
  using Kind = OutgoingAnswer::Kind;
  if (answer.kind == Kind::accepted) return DeedResult::done(answer.words);
  return {answer.kind == Kind::temporary ? DeedResult::Kind::temporary : DeedResult::Kind::impossible, "", answer.words,
          0};
}

}  // namespace

void add_http_deeds(Deeds& deeds, Context& context) {
  const auto sender = [&context](const Deed& deed) { return send(context, deed); };
  deeds["webhook"] = sender;
  deeds["message"] = sender;
}

}  // namespace banso::playbooks
