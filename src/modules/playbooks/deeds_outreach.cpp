// Mails and surveys to the customer's people.
#include <algorithm>

#include <fmt/format.h>

#include "deeds.hpp"
#include "platform/json/json.hpp"

namespace banso::playbooks {
namespace {

namespace json = platform::json;

struct Recipient {
  core::ContactId contact;
  std::string name;
};

// In the order of the roles asked for, each person once.
std::vector<Recipient> choose(Context& context, const Deed& deed) {
  std::vector<Recipient> chosen;
  for (const auto& word : deed.step.to.roles) {
    const auto role = customers::contact_role_from(word);
    if (!role) continue;
    for (const auto& choice :
         context.from.outreach->recipients(deed.run.account, static_cast<customers::ContactRoles>(*role))) {
      if (static_cast<int>(chosen.size()) >= deed.step.to.at_most) return chosen;
      const bool is_known =
          std::any_of(chosen.begin(), chosen.end(), [&](const auto& each) { return each.contact == choice.contact; });
      if (!is_known) chosen.push_back({choice.contact, choice.name});
    }
  }
  return chosen;
}

// Chosen at the first attempt and kept, so that a second one does not write to somebody else as well.
std::vector<Recipient> chosen_once(Context& context, const Deed& deed) {
  if (!deed.effect.payload.empty()) {
    std::vector<Recipient> kept;
    const auto parsed = json::parse(deed.effect.payload).value();
    for (const auto& each : parsed.as_array()) {
      kept.push_back({{each.at("contact").to_number<std::int64_t>()}, std::string(each.at("name").as_string())});
    }
    return kept;
  }
  auto chosen = choose(context, deed);
  json::array list;
  for (const auto& each : chosen) {
    list.push_back(json::object{{"contact", each.contact.value}, {"name", each.name}});
  }
  context.from.records->write(
      [&](store::Session& session) { store::keep_payload(session, deed.effect.id, json::serialize(list)); });
  return chosen;
}

core::UserId sender_of(Context& context, const Deed& deed) {
  const auto role = org::account_role_from(deed.step.sender_role);
  if (!context.from.org || !role) return {};
  const auto responsible = context.from.org->responsible(deed.run.account, *role, context.today());
  return responsible ? responsible->user : core::UserId{};
}

outreach::MailOrder mail_order(Context& context, const Deed& deed, const Recipient& to) {
  outreach::MailOrder order;
  order.unique_key = fmt::format("{}:{}", deed.key, to.contact.value);
  order.account = deed.run.account;
  order.contact = to.contact;
  order.template_key = deed.step.template_key;
  order.sender = sender_of(context, deed);
  order.source = deed.key;
  return order;
}

outreach::SurveyOrder survey_order(Context& context, const Deed& deed, const Recipient& to) {
  outreach::SurveyOrder order;
  order.unique_key = fmt::format("{}:{}", deed.key, to.contact.value);
  order.account = deed.run.account;
  order.contact = to.contact;
  order.survey_key = deed.step.template_key;
  order.sender = sender_of(context, deed);
  order.source = deed.key;
  return order;
}

core::Result<outreach::Ordered> place_order(Context& context, const Deed& deed, const Recipient& to) {
  const auto caller = caller_of(deed);
  if (deed.step.kind == workflow::StepKind::survey) {
    return context.from.outreach->order_survey(caller, survey_order(context, deed, to));
  }
  return context.from.outreach->order(caller, mail_order(context, deed, to));
}

core::Text to_whom(const Recipient& to, const outreach::Ordered& ordered) {
  if (ordered.state == outreach::State::refused) {
    return {fmt::format("Not sent to {}: {}", to.name, ordered.words.en),
            fmt::format("{}には送信しません。{}", to.name, ordered.words.ja)};
  }
  core::Text words{fmt::format("Ordered for {}.", to.name), fmt::format("{}宛てに送信を予約しました。", to.name)};
  if (!ordered.words.en.empty()) {
    words.en += " " + ordered.words.en;
    words.ja += ordered.words.ja;
  }
  return words;
}

void add_line(core::Text& words, const core::Text& line) {
  words.en += (words.en.empty() ? "" : " ") + line.en;
  words.ja += line.ja;
}

core::Text nobody_in_words() {
  return {"Nobody of these roles has an address: nothing was sent.",
          "該当する役割で送信先アドレスのある担当者がいないため、送信しませんでした。"};
}

bool is_held_out(const Deed& deed) {
  return workflow::step_arm_of(deed.run.playbook, deed.step, deed.run.account) == workflow::Arm::holdout;
}

core::Text held_out_in_words(const workflow::Step& step) {
  return {fmt::format("Not sent: the account is among the {}% that are held out from this one, by lot, to see what it "
                      "brings.",
                      step.step_holdout_percent),
          fmt::format("送信しません。効果を確かめるため、この配信の対照群（無作為の{}%）に入っています。",
                      step.step_holdout_percent)};
}

DeedResult write_to(Context& context, const Deed& deed) {
  if (is_held_out(deed)) return DeedResult::not_done("held_out", held_out_in_words(deed.step));
  const auto recipients = chosen_once(context, deed);
  if (recipients.empty()) return DeedResult::not_done("no_recipient", nobody_in_words());
  core::Text words;
  std::string refusal;
  std::int64_t mail = 0;
  for (const auto& to : recipients) {
    const auto ordered = place_order(context, deed, to);
    if (!ordered) return DeedResult::refused(ordered.error());
    add_line(words, to_whom(to, *ordered));
    if (ordered->state == outreach::State::refused) {
      refusal = ordered->reason;
    } else if (mail == 0) {
      mail = ordered->id.value;
    }
  }
  if (mail == 0) return DeedResult::not_done(refusal, words);
  return DeedResult::done(words, mail);
}

std::vector<core::Text> would_write_to(Context& context, const Deed& deed) {
  if (is_held_out(deed)) return {held_out_in_words(deed.step)};
  std::vector<core::Text> notes;
  const auto recipients = choose(context, deed);
  if (recipients.empty()) return {nobody_in_words()};
  for (const auto& to : recipients) {
    const auto caller = caller_of(deed);
    const auto ordered = deed.step.kind == workflow::StepKind::survey
                             ? context.from.outreach->would_order_survey(caller, survey_order(context, deed, to))
                             : context.from.outreach->would_order(caller, mail_order(context, deed, to));
    notes.push_back(ordered ? to_whom(to, *ordered) : ordered.error().message);
  }
  return notes;
}

}  // namespace

std::vector<outreach::MailOrder> mail_orders(Context& context, const Deed& deed) {
  std::vector<outreach::MailOrder> orders;
  if (is_held_out(deed)) return orders;
  for (const auto& to : choose(context, deed)) orders.push_back(mail_order(context, deed, to));
  return orders;
}

void add_outreach_deeds(Deeds& deeds, Context& context) {
  if (!context.from.outreach) return;
  const auto writer = [&context](const Deed& deed) { return write_to(context, deed); };
  deeds["email"] = writer;
  deeds["survey"] = writer;
}

std::map<std::string, NoteDeed, std::less<>> outreach_notes(Context& context) {
  if (!context.from.outreach) return {};
  const auto note = [&context](const Deed& deed) { return would_write_to(context, deed); };
  return {{"email", note}, {"survey", note}};
}

}  // namespace banso::playbooks
