// Success plans: made from a template where the account has none, and sent to be confirmed.
#include <fmt/format.h>

#include "deeds.hpp"

namespace banso::playbooks {
namespace {

DeedResult no_plans() {
  return DeedResult::not_done("no_plans",
                              {"Success plans are not in use here.", "サクセスプランは利用されていません。"});
}

DeedResult make_plan(Context& context, const Deed& deed) {
  if (!context.plans.make) return no_plans();
  const auto made = context.plans.make(caller_of(deed), deed.run.account, deed.step.template_key);
  if (!made) return DeedResult::refused(made.error());
  if (!made->is_new) {
    return DeedResult::done({"There was a success plan already; it is left as it is.",
                             "すでにサクセスプランがあるため、そのまま利用します。"},
                            made->id);
  }
  return DeedResult::done({fmt::format("Made a success plan for {}.", deed.account_name),
                           fmt::format("{}のサクセスプランを作成しました。", deed.account_name)},
                          made->id);
}

DeedResult send_plan(Context& context, const Deed& deed) {
  if (!context.plans.send) return no_plans();
  const auto sent = context.plans.send(caller_of(deed), deed.run.account);
  if (!sent) {
    // Nobody to ask, or a goal without a criterion: for a person to mend. The run goes on, and its trace says why.
    auto refused = DeedResult::refused(sent.error());
    if (refused.kind == DeedResult::Kind::temporary) return refused;
    return DeedResult::not_done("not_sent", refused.words);
  }
  if (!*sent) {
    return DeedResult::not_done("no_plan", {"The account has no success plan that could be confirmed.",
                                            "確認していただくサクセスプランがありません。"});
  }
  return DeedResult::done(
      {"Sent the success plan to the customer to be confirmed.", "サクセスプランの確認をお客様に依頼しました。"},
      **sent);
}

}  // namespace

void add_plan_deeds(Deeds& deeds, Context& context) {
  deeds["plan"] = [&context](const Deed& deed) { return make_plan(context, deed); };
  deeds["confirm_plan"] = [&context](const Deed& deed) { return send_plan(context, deed); };
}

}  // namespace banso::playbooks
