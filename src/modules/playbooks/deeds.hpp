// What steps do outside of their run: tasks, approvals, calls, mails, surveys, fields, HTTP, other playbooks. Each deed
// has a key, and doing it a second time under the same key changes nothing. Internal to the module.
#pragma once

#include <functional>
#include <map>

#include "runner.hpp"

namespace banso::playbooks {

struct Deed {
  const EffectRow& effect;
  const RunRow& run;
  const workflow::Playbook& playbook;
  const workflow::Step& step;
  std::string key;  // effect_key()
  std::string account_name;
};

struct DeedResult {
  enum class Kind {
    done,
    not_done,    // nothing stands in the way of the next step, and the trace says why nothing was done
    temporary,   // tried again
    impossible,  // not tried again by itself
  };
  Kind kind = Kind::done;
  std::string code;  // not_done: no_consent, no_recipient ...
  core::Text words;
  std::int64_t reference = 0;  // of the task, mail, call or run that was made

  static DeedResult done(core::Text words, std::int64_t reference = 0) {
    return {Kind::done, "", std::move(words), reference};
  }
  static DeedResult not_done(std::string code, core::Text words) {
    return {Kind::not_done, std::move(code), std::move(words), 0};
  }
  // Of an error that a service answered.
  static DeedResult refused(const core::Error& error);
};

// The mails that an e-mail step would order now, one for each recipient.
std::vector<outreach::MailOrder> mail_orders(Context& context, const Deed& deed);

using DoDeed = std::function<DeedResult(const Deed&)>;
using Deeds = std::map<std::string, DoDeed, std::less<>>;  // by the kind of step, and "cleanup"

core::Caller caller_of(const Deed& deed);

// Each adds the kinds it knows.
void add_field_deeds(Deeds& deeds, Context& context);
void add_playbook_deeds(Deeds& deeds, Context& context, Runner& runner);
void add_http_deeds(Deeds& deeds, Context& context);
void add_work_deeds(Deeds& deeds, Context& context);
void add_outreach_deeds(Deeds& deeds, Context& context);
void add_plan_deeds(Deeds& deeds, Context& context);

// Asked for the deeds of a dry run: to whom it would go, and what is missing.
using NoteDeed = std::function<std::vector<core::Text>(const Deed&)>;
std::map<std::string, NoteDeed, std::less<>> outreach_notes(Context& context);

}  // namespace banso::playbooks
