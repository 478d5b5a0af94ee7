// Renewal at 120, 90 and 60 days, executive review, expansion, win-back.
#include "template_parts.hpp"

namespace banso::playbooks::parts {
namespace {

using workflow::Playbook;
using workflow::StartOn;

Template renewal() {
  Playbook playbook;
  playbook.name = {"Renewal at 120, 90 and 60 days", "更新120日前・90日前・60日前"};
  playbook.description = {
      "Ask early, prove the value, settle it in time: what is due 120, 90 and 60 days before the "
      "renewal.",
      "更新の意向を早めに確認し、成果を示し、期限までに合意します。更新の120日前・90日前・60日前の活動です。"};
  playbook.purpose = "renewal";
  playbook.start.on = StartOn::schedule;
  playbook.start.every = workflow::Every::day;
  playbook.start.minute_of_day = 8 * 60;
  playbook.start.condition_json = rule("renewal_day", "withinDays", R"({"days":120,"direction":"next"})");
  playbook.goal_json = rule("renewal_day", "notWithinDays", R"({"days":150,"direction":"next"})");
  // Held-out accounts are watched past their renewal too: else they could never reach the goal, and the playbook would
  // look better than it is.
  playbook.holdout_days = 150;
  playbook.exit_json = rule("phase", "in", R"(["offboarding","churned"])");
  playbook.reentry_days = 180;
  playbook.longest_days = 200;
  playbook.steps = {
      waited(task("soft_question",
                  {{"Ask the soft renewal question", "更新の意向をそれとなく確認する"},
                   {"In the next meeting: what would have to be true for them to renew? Note the answer.",
                    "次回の面談で、更新にあたり何が満たされている必要があるかを伺い、記録してください。"}},
                  15, "until_90"),
             30),
      wait_before_renewal("until_90", 90, "at_risk", "at_risk"),
      branch("at_risk", {"At risk?", "リスクがあるか"},
             {{"Score below 50", "スコアが50未満"}, rule("score", "<", "50"), "save_plan"}, "value_review"),
      task("save_plan",
           {{"Make a plan to keep the customer, with your lead", "上長とともに更新維持の計画を立てる"},
            {"Reasons, people, one offer, and who says what to whom until when.",
             "離反の理由、関係者、提案内容、誰がいつまでに何を伝えるかを決めてください。"}},
           5, "value_review"),
      waited(task("value_review",
                  {{"Show the value of the year", "1年間の成果を報告する"},
                   {"What they wanted, what they reached, in their figures.",
                    "導入の目的と達成したことを、顧客自身の数値で示します。"}},
                  15, "notice"),
             30),
      mail("notice", {"Mail about the coming renewal", "更新のご案内メール"}, "renewal_notice",
           {"decision_maker", "executive_sponsor", "admin"}, 1, "until_60"),
      wait_before_renewal("until_60", 60, "quote", "quote"),
      waited(task("quote",
                  {{"Send the quote and agree on the date", "見積もりを送付し、時期を合意する"},
                   {"Check seats, prices and the deadline for notice first.",
                    "席数、価格、解約通知期限を事前に確認してください。"}},
                  5, "decide", "renewal_sales"),
             30),
      wait_before_renewal("decide", 14, "last_call", "last_call"),
      task("last_call",
           {{"Two weeks left: settle the renewal", "残り2週間: 更新を確定する"},
            {"Call the decision maker. Where it is lost, enter the reason.",
             "意思決定者に直接確認してください。更新されない場合は理由を登録します。"}},
           2, "finished", "renewal_sales"),
      ending("finished", "success", {"Renewal prepared", "更新準備の完了"})};
  return finish("renewal_120_90_60", playbook,
                {{"renewal_notice",
                  {"The coming renewal", "ご契約更新のご案内"},
                  {"Your renewal on {{book.renewal_day}}", "【{{vendor.name}}】ご契約更新のご案内"},
                  {"Dear {{contact.addressee}},\n\nyour contract renews on {{book.renewal_day}}. Before that I would "
                   "like to look "
                   "with you at what you have reached and what you need next year. When may I call?\n\n{{sender.name}}",
                   "{{contact.addressee}}\n\nいつもご利用いただき、誠にありがとうございます。{{sender.name}}です。\n\n"
                   "現在のご契約は{{book.renewal_day}}に更新日を迎えます。これまでの成果と来期のご要望について、"
                   "事前にお打ち合わせの機会をいただけますと幸いです。\n\n{{vendor.name}}\n{{sender.name}}"}}});
}

Template executive_review() {
  Playbook playbook;
  playbook.name = {"Executive review", "エグゼクティブレビュー"};
  playbook.description = {
      "Twice a year with the sponsor of large customers: planned early, prepared, held, followed up.",
      "大口の顧客の責任者と半年に一度。早めに日程を決め、準備・実施し、翌営業日までにフォローします。"};
  playbook.purpose = "lifecycle";
  playbook.start.on = StartOn::schedule;
  playbook.start.every = workflow::Every::month;
  playbook.start.day_of_month = 1;
  playbook.start.condition_json =
      both(rule("arr", ">=", "10000000"), rule("phase", "notIn", R"(["onboarding","churned"])"));
  playbook.exit_json = rule("phase", "in", R"(["offboarding","churned"])");
  playbook.reentry_days = 180;
  playbook.longest_days = 150;
  playbook.steps = {
      mail("invite", {"Invitation", "ご案内メール"}, "executive_review_invitation",
           {"executive_sponsor", "decision_maker"}, 1, "arrange"),
      waited(task("arrange",
                  {{"Fix the day of the review", "レビューの日程を確定する"},
                   {"90 minutes, three to four months ahead, with their sponsor and ours.",
                    "先方・自社双方の責任者が参加できる90分の枠を確保してください。"}},
                  10, "prepare"),
             30, "", "not_held"),
      task("prepare",
           {{"Prepare the content", "資料を準備する"},
            {"Goals, what was reached in their figures, what peers do, three proposals.",
             "目的、数値で見た成果、同業他社の活用例、提案3つをまとめます。"}},
           20, "rehearse"),
      approval("rehearse",
               {{"Internal review of the content", "社内レビューで内容を承認する"},
                {"Three weeks before, with the lead.", "実施の3週間前までに、上長と内容を確認します。"}},
               10, "hold", "prepare_again"),
      waited(task("prepare_again",
                  {{"Rework the content", "資料を修正する"},
                   {"As said in the internal review.", "社内レビューの指摘を反映します。"}},
                  5, "hold")),
      waited(task("hold",
                  {{"Hold the review", "レビューを実施する"},
                   {"Write down decisions, people and dates.", "決定事項、担当、期日を記録してください。"}},
                  30, "follow_up"),
             60, "not_held"),
      task("follow_up",
           {{"Send the notes within one business day", "翌営業日までに議事録を送る"},
            {"With who does what until when.", "誰が何をいつまでに行うかを明記します。"}},
           1, "held"),
      ending("held", "success", {"Review held", "レビュー実施"}),
      ending("not_held", "no_effect", {"Not held", "実施なし"})};
  return finish(
      "executive_review", playbook,
      {{"executive_review_invitation",
        {"Half-yearly executive review: invitation", "定期レビュー会のご案内(責任者の皆さま)"},
        {"Invitation: executive review with {{account.name}}", "【{{vendor.name}}】定期レビュー会のご案内"},
        {"Dear {{contact.addressee}},\n\ntwice a year we look with our customers' leaders at what was reached and what "
         "should come next. May we propose 90 minutes in the coming quarter?\n\n{{sender.name}}",
         "{{contact.addressee}}\n\n平素より大変お世話になっております。{{sender.name}}です。\n\n"
         "半年に一度、貴社でのご活用の成果と今後の方向性を責任者の皆さまと確認する場を設けております。"
         "次の四半期に90分ほどお時間を頂戴できますでしょうか。\n\n{{vendor.name}}\n{{sender.name}}"}}});
}

Template expansion() {
  Playbook playbook;
  playbook.name = {"Expansion", "アップセル・拡大"};
  playbook.description = {
      "Seats nearly used up, or use growing: make sure it goes well before anybody is offered more.",
      "席の残りがわずか、または利用が拡大している顧客に、活用が順調なことを確かめてから提案します。"};
  playbook.purpose = "opportunity";
  playbook.start.on = StartOn::call;
  playbook.exit_json = rule("score", "<", "50");
  playbook.holdout_percent = 10;
  playbook.reentry_days = 180;
  playbook.longest_days = 120;
  playbook.steps = {
      waited(task("qualify",
                  {{"Find out what grows, and why", "拡大の理由を確認する"},
                   {"Which team, which use, who decides? Do not offer anything yet.",
                    "どの部署のどの業務で増えているか、誰が決めるのかを確認します。この時点ではまだ提案しません。"}},
                  5, "case"),
             21, "", "not_now"),
      task("case",
           {{"Write the case in their figures", "顧客の数値で提案をまとめる"},
            {"What it brings them, what it costs, from when.", "得られる効果、費用、開始時期をまとめます。"}},
           5, "offer_mail"),
      mail("offer_mail", {"Offer to talk", "ご提案メール"}, "expansion_offer", {"champion", "decision_maker"}, 1,
           "offer"),
      waited(task("offer",
                  {{"Make the offer", "提案する"}, {"Together with sales.", "営業担当とともに提案してください。"}}, 10,
                  "decided", "renewal_sales"),
             30, "not_now", "not_now"),
      wait_until("decided", {"Until the seats are there", "契約が増えるまで待つ"}, rule("utilisation", "<", "85"), 45,
                 "grown", "not_now"),
      ending("grown", "success", {"Expanded", "拡大"}),
      ending("not_now", "no_effect", {"Not now", "今回は見送り"})};
  return finish(
      "expansion", playbook,
      {{"expansion_offer",
        {"Offer to talk about more seats", "利用拡大のご提案"},
        {"More people want to work with it: a proposal", "【{{vendor.name}}】ご利用拡大のご提案"},
        {"Dear {{contact.addressee}},\n\nyour colleagues use almost all of your seats. I have put together what more "
         "seats would bring your teams. May I show it to you in 20 minutes?\n\n{{sender.name}}",
         "{{contact.addressee}}\n\nいつもご活用いただき、誠にありがとうございます。{{sender.name}}です。\n\n"
         "ご契約席のほとんどをご利用いただいております。ご利用範囲を広げた場合の効果をまとめましたので、"
         "20分ほどご説明のお時間をいただけますでしょうか。\n\n{{vendor.name}}\n{{sender.name}}"},
        "promotion"}});
}

Template win_back() {
  Playbook playbook;
  playbook.name = {"Win-back", "解約顧客の再獲得"};
  playbook.description = {"Half a year after a customer left: say thank you, say what is new, ask once.",
                          "解約から半年後に、お礼と改善点をお伝えし、一度だけ再検討を伺います。"};
  playbook.purpose = "other";
  playbook.start.on = StartOn::change;
  playbook.start.field = "phase";
  playbook.start.to = "churned";
  playbook.goal_json = rule("phase", "in", R"(["onboarding","adoption","optimisation"])");
  playbook.reentry_days = 365;
  playbook.longest_days = 400;
  playbook.holdout_days = 210;
  playbook.steps = {
      task("farewell",
           {{"Write down why they left", "解約の理由を記録する"},
            {"In their words, and what would bring them back.",
             "顧客の言葉で、何があれば戻る可能性があるかも記録します。"}},
           5, "half_a_year"),
      wait_days("half_a_year", 180, "may_we"),
      approval("may_we",
               {{"May we write to this former customer?", "元の顧客への連絡を承認する"},
                {"Only where what they left for is mended.",
                 "解約理由となった点が改善されている場合に限り、承認してください。"}},
               10, "write", "left_alone"),
      mail("write", {"What is new", "改善点のご案内"}, "win_back", {"decision_maker", "champion"}, 1, "answer"),
      waited(task("answer",
                  {{"Call once", "一度だけ電話する"},
                   {"Ask, listen, and leave it at that.", "ご意向を伺い、それ以上は追わないでください。"}},
                  10, "left_alone"),
             30),
      ending("left_alone", "no_effect", {"Left alone", "終了"})};
  return finish("win_back", playbook,
                {{"win_back",
                  {"What is new since you left", "改善点のご案内"},
                  {"What we have mended since you left", "【{{vendor.name}}】その後の改善についてのご報告"},
                  {"Dear {{contact.addressee}},\n\nhalf a year ago you decided against us, and told us why. We took it "
                   "seriously: "
                   "I would like to show you what is different now, without obligation.\n\n{{sender.name}}",
                   "{{contact.addressee}}\n\nご無沙汰しております。{{vendor.name}}の{{sender.name}}です。\n\n"
                   "半年前にご指摘いただいた点について改善を進めてまいりました。差し支えなければ、"
                   "現在の状況をご報告する機会をいただけますと幸いです。\n\n{{vendor.name}}\n{{sender.name}}"},
                  "promotion"}});
}

}  // namespace

std::vector<Template> renewal_templates() {
  return {renewal(), executive_review(), expansion(), win_back()};
}

}  // namespace banso::playbooks::parts
