#include "mails.hpp"

#include <fmt/format.h>

namespace banso::portal {

Words invitation_words(const core::Text& vendor, const std::string& name) {
  return {{fmt::format("Your page with {}", vendor.en), fmt::format("【{}】お客様ポータルへのご招待", vendor.ja)},
          {fmt::format("Dear {},\n\n{} invites you to a page of your own: where you stand, what we agreed on, and whom "
                       "to turn to.\n\nThe link below opens it. It can be used once, within 7 days. After that, enter "
                       "your mail address on the page and we will send you a new one. No password is needed.",
                       name, vendor.en),
           fmt::format("{} 様\n\n{}のお客様ポータルにご招待します。導入の進み具合やお約束した内容、担当者の連絡先などを"
                       "ご確認いただけます。\n\n下のリンクからお入りください。リンクは7日以内に1回ご利用いただけます。"
                       "その後は、ログイン画面でメールアドレスをご入力いただくと、新しいリンクをお送りします。"
                       "パスワードは必要ありません。",
                       name, vendor.ja)},
          {"Open your page", "お客様ポータルを開く"}};
}

Words log_in_words(const core::Text& vendor, const std::string& name) {
  return {{fmt::format("Log in to your page with {}", vendor.en),
           fmt::format("【{}】お客様ポータルのログイン用リンク", vendor.ja)},
          {fmt::format("Dear {},\n\nhere is the link that you asked for. It can be used once, within 15 minutes.\n\nIf "
                       "you did not ask for it, you need not do anything.",
                       name),
           fmt::format("{} 様\n\nご依頼のログイン用リンクをお送りします。リンクは15分以内に1回ご利用いただけます。"
                       "\n\nお心当たりがない場合は、このメールを破棄してください。",
                       name)},
          {"Log in", "ログインする"}};
}

Words plan_words(const core::Text& vendor, const std::string& name) {
  return {
      {fmt::format("{}: please look at our common goals", vendor.en),
       fmt::format("【{}】ゴールのご確認のお願い", vendor.ja)},
      {fmt::format("Dear {},\n\nwe have written down the goals that we want to reach together, and how we will know "
                   "that they are reached. Please tell us for each whether you agree, or what should be "
                   "different.\n\nThe link below opens them. It can be used once, within 7 days.",
                   name),
       fmt::format("{} 様\n\nご一緒に目指すゴールと達成基準をまとめました。内容をご確認のうえ、ゴールごとに"
                   "「確認しました」またはご意見をお寄せください。\n\n下のリンクからご覧いただけます。リンクは"
                   "7日以内に1回ご利用いただけます。",
                   name)},
      {"Look at the goals", "ゴールを確認する"}};
}

}  // namespace banso::portal
