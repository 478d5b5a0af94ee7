#include "fields.hpp"

#include <set>

#include <gtest/gtest.h>

namespace banso::integrations {
namespace {

TEST(Headings, AreFoldedToOneForm) {
  for (const char* heading : {"Contract Start-Date", "contractStartDate", "CONTRACT_START_DATE", "contract start date",
                              "ＣontractStartDate"}) {
    EXPECT_EQ(folded_heading(heading), "contractstartdate") << heading;
  }
  EXPECT_EQ(folded_heading("契約 開始日"), "契約開始日");
  EXPECT_EQ(folded_heading("ﾌﾘｶﾞﾅ"), "フリガナ");
  EXPECT_EQ(folded_heading("席数(契約)"), "席数契約");
}

struct Sheet {
  const char* name;
  Kind kind;
  std::vector<std::string> headings;
  std::vector<CellType> types;
  std::vector<std::string> fields;  // by heading; "" none
};

TEST(Headings, AreUnderstoodInBothLanguages) {
  using T = CellType;
  const std::vector<Sheet> sheets{
      {"japanese accounts",
       Kind::accounts,
       {"顧客ID", "会社名", "フリガナ", "業種", "都道府県", "担当", "契約開始日", "従業員数", "好きな色"},
       {T::text, T::text, T::text, T::text, T::text, T::text, T::date, T::integer, T::text},
       {"external_id", "name", "reading", "industry", "region", "owner", "created_day", "size", ""}},
      {"english accounts",
       Kind::accounts,
       {"Account ID", "AccountName", "csm_email", "Industry", "Plan", "Signup Date", "Favourite colour"},
       {T::integer, T::text, T::email, T::text, T::text, T::date, T::text},
       {"external_id", "name", "owner", "industry", "plan", "created_day", ""}},
      {"japanese contracts",
       Kind::subscriptions,
       {"契約番号", "顧客コード", "商品名", "席数", "月額", "契約開始日", "契約終了日", "自動更新"},
       {T::text, T::text, T::text, T::integer, T::money, T::date, T::date, T::yes_no},
       {"external_id", "account", "product", "seats", "mrr", "start", "end", "auto_renewal"}},
      {"crm contracts",
       Kind::subscriptions,
       {"account_id", "product", "start_date", "end_date", "mrr", "quantity", "units", "bill_period_months",
        "discount"},
       {T::integer, T::text, T::date, T::date, T::integer, T::integer, T::text, T::integer, T::decimal},
       {"account", "product", "start", "end", "mrr", "seats", "", "billing_period_months", "discount"}},
      {"crm events",
       Kind::events,
       {"account_id", "event_time", "event_type_id", "user_id", "event_value"},
       {T::integer, T::date_time, T::integer, T::integer, T::decimal},
       {"account", "occurred_at", "event", "user", ""}},
      {"japanese contacts",
       Kind::contacts,
       {"会社ID", "氏名", "氏名(カナ)", "メールアドレス", "役職", "メルマガ配信"},
       {T::text, T::text, T::text, T::email, T::text, T::yes_no},
       {"account", "name", "reading", "email", "title", "consent"}},
      {"department or division beside the job title",
       Kind::contacts,
       {"account", "name", "Department", "Job Title"},
       {T::text, T::text, T::text, T::text},
       {"account", "name", "department", "title"}},
      {"japanese department",
       Kind::contacts,
       {"会社ID", "氏名", "所属部署", "役職名"},
       {T::text, T::text, T::text, T::text},
       {"account", "name", "department", "title"}},
      {"japanese division",
       Kind::contacts,
       {"会社ID", "氏名", "部門", "肩書"},
       {T::text, T::text, T::text, T::text},
       {"account", "name", "department", "title"}},
      {"segment events",
       Kind::events,
       {"messageId", "event", "userId", "context.groupId", "timestamp", "properties"},
       {T::text, T::text, T::text, T::text, T::date_time, T::text},
       {"message_id", "event", "user", "account", "occurred_at", "properties"}}};
  for (const Sheet& sheet : sheets) {
    const auto guesses = guess_fields(sheet.kind, sheet.headings, sheet.types);
    for (std::size_t i = 0; i < sheet.headings.size(); ++i) {
      // A guess below a half is offered to a person, and not taken for granted.
      const std::string field = guesses[i].confidence >= 0.5 ? guesses[i].field : "";
      EXPECT_EQ(field, sheet.fields[i]) << sheet.name << ": " << sheet.headings[i] << " (" << guesses[i].confidence
                                        << ")";
    }
  }
}

TEST(Headings, OfValuesThatDoNotFitAreDoubted) {
  const auto prose = guess_fields(Kind::accounts, {"開始日"}, {CellType::text});
  const auto days = guess_fields(Kind::accounts, {"開始日"}, {CellType::date});
  EXPECT_LT(prose[0].confidence, days[0].confidence);
}

TEST(Headings, NeverGiveOneFieldToTwoColumns) {
  const auto guesses =
      guess_fields(Kind::accounts, {"会社名", "企業名", "name"}, {CellType::text, CellType::text, CellType::text});
  std::set<std::string> fields;
  for (const Guess& guess : guesses) {
    if (guess.field.empty()) continue;
    EXPECT_TRUE(fields.insert(guess.field).second) << guess.field;
  }
}

TEST(Fields, HaveDistinctKeysAndBothLanguages) {
  for (const Kind kind : all_kinds) {
    std::set<std::string> keys;
    for (const Field& field : fields_of(kind)) {
      EXPECT_TRUE(keys.insert(field.key).second) << name_of(kind) << "." << field.key;
      EXPECT_FALSE(field.name.en.empty());
      EXPECT_FALSE(field.name.ja.empty());
      for (const std::string& heading : field.headings) {
        EXPECT_EQ(heading, folded_heading(heading)) << name_of(kind) << "." << field.key;
      }
    }
  }
}

}  // namespace
}  // namespace banso::integrations
