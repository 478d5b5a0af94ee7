// The fields themselves. A heading goes where most spreadsheets that use it mean it: 担当 is the vendor's person on an
// account list, but 担当者 on a list of contacts is the customer's.
#include "fields.hpp"

namespace banso::integrations {
namespace {

using Type = FieldType;

const Field account_reference{"account",
                              {"account (external ID)", "顧客企業(外部 ID)"},
                              Type::text,
                              true,
                              {},
                              {"accountid",      "accountexternalid",
                               "customerid",     "customer",
                               "company",        "companyid",
                               "clientid",       "organizationid",
                               "orgid",          "groupid",
                               "contextgroupid", "tenantid",
                               "workspaceid",    "顧客id",
                               "顧客コード",     "顧客番号",
                               "会社id",         "会社コード",
                               "企業id",         "企業コード",
                               "取引先コード",   "取引先id",
                               "取引先",         "顧客",
                               "得意先コード",   "テナントid",
                               "契約先コード"}};

Field external_id(std::vector<std::string> headings, bool required = false) {
  return {"external_id", {"external ID", "外部 ID"}, Type::text, required, {}, std::move(headings)};
}

Field contact_reference(std::vector<std::string> more = {}) {
  std::vector<std::string> headings{"contact",        "contactid", "contactemail", "person", "respondent", "user",
                                    "userid",         "email",     "mail",         "担当者", "担当者id",   "回答者",
                                    "メールアドレス", "参加者",    "氏名",         "お名前"};
  headings.insert(headings.end(), more.begin(), more.end());
  return {"contact",          {"contact (e-mail, ID or name)", "担当者(メール・ID・氏名)"}, Type::text, false, {},
          std::move(headings)};
}

const std::vector<Field>& accounts() {
  static const std::vector<Field> fields{
      external_id({"id",         "accountid", "accountcode", "customerid",   "customercode", "customernumber",
                   "companyid",  "clientid",  "顧客id",      "顧客コード",   "顧客番号",     "会社id",
                   "会社コード", "企業id",    "企業コード",  "取引先コード", "取引先id",     "得意先コード",
                   "管理番号",   "コード",    "no",          "テナントid"},
                  true),
      {"name",
       {"name", "顧客名"},
       Type::text,
       false,
       {},
       {"accountname", "account",    "companyname", "company",      "customername",
        "customer",    "clientname", "client",      "organization", "organizationname",
        "会社名",      "企業名",     "取引先名",    "取引先",       "顧客企業名",
        "顧客企業",    "顧客",       "法人名",      "お客様名",     "得意先名",
        "名称",        "社名",       "団体名",      "組織名"}},
      {"reading",
       {"reading (kana)", "フリガナ"},
       Type::text,
       false,
       {},
       {"reading", "kana", "furigana", "namekana", "phoneticname", "ふりがな", "カナ", "かな", "よみ", "よみがな",
        "読み", "読み仮名", "会社名フリガナ", "会社名カナ", "企業名カナ", "顧客名カナ", "顧客名フリガナ", "カナ名称"}},
      {"domains",
       {"e-mail domains", "ドメイン"},
       Type::list,
       false,
       {},
       {"domain", "emaildomain", "emaildomains", "website", "url", "homepage", "メールドメイン", "ホームページ",
        "サイト", "webサイト"}},
      {"parent",
       {"parent account (external ID)", "親会社(外部 ID)"},
       Type::text,
       false,
       {},
       {"parentid", "parentaccount", "parentaccountid", "parentcompany", "親会社", "親会社id", "親会社コード", "親企業",
        "親顧客コード", "グループ会社コード"}},
      {"phase",
       {"lifecycle phase", "フェーズ"},
       Type::text,
       false,
       {},
       {"stage", "lifecycle", "lifecyclestage", "lifecyclephase", "status", "accountstatus", "ステージ",
        "ライフサイクル", "ステータス", "状態", "顧客ステータス"}},
      {"owner",
       {"owner (e-mail or name)", "担当"},
       Type::text,
       false,
       {},
       {"csm", "accountowner", "accountmanager", "csmname", "csmemail", "manager", "ownername", "owneremail",
        "自社担当", "自社担当者", "担当csm", "担当者", "営業担当", "cs担当", "カスタマーサクセス担当", "担当者名"}},
      {"industry", {"industry", "業種"}, Type::text, false, {}, {"sector", "vertical", "業界", "業態", "産業"}},
      {"size",
       {"company size", "企業規模"},
       Type::text,
       false,
       {},
       {"size", "employees", "employeecount", "numberofemployees", "headcount", "segment", "規模", "従業員数",
        "従業員規模", "社員数"}},
      {"region",
       {"region", "地域"},
       Type::text,
       false,
       {},
       {"state", "province", "prefecture", "area", "territory", "都道府県", "エリア", "地区", "拠点", "所在地",
        "支社"}},
      {"country", {"country", "国"}, Type::text, false, {}, {"countrycode", "nation", "国名", "国コード", "国籍"}},
      {"plan",
       {"plan", "プラン"},
       Type::text,
       false,
       {},
       {"tier", "edition", "package", "planname", "プラン名", "契約プラン", "ご契約プラン", "エディション",
        "料金プラン"}},
      {"created_day",
       {"customer since", "取引開始日"},
       Type::day,
       false,
       {},
       {"created", "createdat", "createdon", "createddate", "signupdate", "signedupat", "customersince", "since",
        "startdate", "contractstartdate", "契約開始日", "利用開始日", "登録日", "作成日", "契約日", "導入日", "開始日",
        "初回契約日"}},
  };
  return fields;
}

const std::vector<Field>& contacts() {
  static const std::vector<Field> fields{
      external_id(
          {"id", "contactid", "personid", "userid", "担当者id", "担当者コード", "社員番号", "ユーザーid", "連絡先id"}),
      account_reference,
      {"name",
       {"name", "氏名"},
       Type::text,
       false,
       {},
       {"fullname", "contactname", "contact", "personname", "displayname", "名前", "お名前", "担当者", "担当者名",
        "ご担当者名", "ご担当者", "先方担当", "先方担当者", "連絡先名", "ユーザー名"}},
      {"reading",
       {"reading (kana)", "フリガナ"},
       Type::text,
       false,
       {},
       {"kana", "furigana", "namekana", "ふりがな", "カナ", "かな", "よみ", "よみがな", "読み仮名", "氏名カナ",
        "氏名フリガナ", "氏名かな"}},
      {"email",
       {"e-mail", "メールアドレス"},
       Type::email,
       false,
       {},
       {"email", "mail", "emailaddress", "mailaddress", "メール", "eメール", "アドレス", "連絡先メール", "メアド"}},
      {"title",
       {"job title", "役職"},
       Type::text,
       false,
       {},
       {"title", "position", "jobtitle", "肩書", "肩書き", "職位", "役職名", "部署役職"}},
      {"department",
       {"department", "部署"},
       Type::text,
       false,
       {},
       {"dept", "departmentname", "division", "team", "businessunit", "orgunit", "部門", "部署名", "部門名", "所属",
        "所属部署", "所属部門", "所属先", "事業部", "部課", "部課名"}},
      {"language", {"language", "言語"}, Type::text, false, {}, {"lang", "locale", "使用言語", "対応言語"}},
      {"roles",
       {"roles", "役割"},
       Type::list,
       false,
       {},
       {"role", "contactrole", "ロール", "立場", "キーマン区分", "役割区分"}},
      {"first_day",
       {"with the account since", "着任日"},
       Type::day,
       false,
       {},
       {"firstday", "joined", "joinedat", "startdate", "since", "就任日", "登録日", "開始日", "担当開始日"}},
      {"left_day",
       {"left on", "退任日"},
       Type::day,
       false,
       {},
       {"left", "leftat", "leftday", "enddate", "退職日", "異動日", "離任日", "担当終了日"}},
      {"consent",
       {"e-mail consent", "メール配信の同意"},
       Type::choice,
       false,
       {"unknown", "given", "withdrawn"},
       {"optin", "emailoptin", "marketingconsent", "subscribed", "同意", "メール同意", "メルマガ", "メルマガ配信",
        "配信許可", "オプトイン", "配信可否"}},
      {"consent_proof",
       {"proof of consent", "同意の根拠"},
       Type::text,
       false,
       {},
       {"consentsource", "同意取得元", "同意経路", "取得経路"}},
      {"consent_at",
       {"consent given at", "同意日時"},
       Type::instant,
       false,
       {},
       {"consentdate", "optindate", "同意日", "同意取得日"}},
  };
  return fields;
}

const std::vector<Field>& subscriptions() {
  static const std::vector<Field> fields{
      external_id({"id", "subscriptionid", "contractid", "contractnumber", "契約id", "契約番号", "契約コード",
                   "サブスクリプションid", "注文番号"}),
      account_reference,
      {"product",
       {"product", "製品"},
       Type::text,
       false,
       {},
       {"productname", "service", "servicename", "item", "sku", "商品", "商品名", "製品名", "サービス", "サービス名",
        "品目"}},
      {"plan",
       {"plan", "プラン"},
       Type::text,
       false,
       {},
       {"tier", "edition", "package", "planname", "プラン名", "契約プラン", "料金プラン"}},
      {"seats",
       {"seats", "席数"},
       Type::integer,
       false,
       {},
       {"quantity", "qty", "licenses", "licences", "users", "seatcount", "numberofseats", "契約席数", "ライセンス数",
        "アカウント数", "id数", "契約id数", "ユーザー数", "利用者数", "数量", "契約数"}},
      {"amount",
       {"amount per billing period", "請求期間あたりの金額"},
       Type::money,
       false,
       {},
       {"amount", "price", "fee", "total", "contractvalue", "金額", "契約金額", "料金", "利用料", "請求額", "請求金額",
        "年額"}},
      {"mrr",
       {"amount per month (MRR)", "月額(MRR)"},
       Type::money,
       false,
       {},
       {"mrr", "monthlyrecurringrevenue", "monthlycharges", "monthlyfee", "monthlyamount", "monthlyprice", "月額",
        "月額料金", "月額利用料", "月額金額", "月次売上"}},
      {"currency", {"currency", "通貨"}, Type::text, false, {}, {"currencycode", "通貨コード", "通貨単位"}},
      {"billing_period_months",
       {"billing period (months)", "請求期間(か月)"},
       Type::integer,
       false,
       {},
       {"billperiodmonths", "billingperiod", "billingcycle", "periodmonths", "請求サイクル", "支払サイクル", "契約月数",
        "請求月数", "支払い月数"}},
      {"start",
       {"start", "契約開始日"},
       Type::day,
       true,
       {},
       {"startdate", "startday", "startson", "contractstart", "contractstartdate", "termstart", "validfrom", "開始日",
        "契約日", "利用開始日", "契約期間開始", "契約期間自", "適用開始日"}},
      {"end",
       {"end (first day without it)", "契約終了日(翌日)"},
       Type::day,
       false,
       {},
       {"enddate", "endday", "expires", "endson", "expirationdate", "contractend", "contractenddate", "termend",
        "validto", "終了日", "契約終了日", "満了日", "契約満了日", "解約日", "利用終了日", "契約期限", "更新日"}},
      {"auto_renewal",
       {"renews by itself", "自動更新"},
       Type::yes_no,
       false,
       {},
       {"autorenew", "autorenewal", "renewsautomatically", "自動更新有無", "自動継続"}},
      {"notice_days",
       {"notice (days)", "解約予告(日)"},
       Type::integer,
       false,
       {},
       {"noticeperiod", "noticeperioddays", "noticedays", "予告期間", "解約予告日数", "解約通知期限"}},
      {"discount",
       {"discount (15%, 0.15 or an amount)", "割引(15%、0.15、または金額)"},
       Type::text,
       false,
       {},
       {"discount", "discountrate", "discountpercent", "discountamount", "rebate", "割引", "割引率", "割引額", "値引",
        "値引き", "値引率", "値引額"}},
      {"is_trial",
       {"trial", "トライアル"},
       Type::yes_no,
       false,
       {},
       {"istrial", "trial", "freetrial", "試用", "無料トライアル", "お試し"}},
      {"past_due_from",
       {"unpaid since", "支払い遅延の開始日"},
       Type::day,
       false,
       {},
       {"pastduefrom", "pastduesince", "pastdue", "overduesince", "未払い開始日", "滞納開始日", "延滞開始日",
        "支払遅延開始日"}},
      {"cancelled_on",
       {"notice given on", "解約申出日"},
       Type::day,
       false,
       {},
       {"cancelledon", "canceledat", "cancelledat", "cancellationdate", "noticegiven", "解約申込日", "解約受付日",
        "解約通知日"}},
      {"transferred_from",
       {"continues contract (external id)", "移管元の契約ID"},
       Type::text,
       false,
       {},
       {"transferredfrom", "previouscontract", "previoussubscription", "移管元", "引継元契約", "前契約id"}},
  };
  return fields;
}

const std::vector<Field>& tickets() {
  static const std::vector<Field> fields{
      external_id({"id", "ticketid", "ticketnumber", "caseid", "casenumber", "issueid", "チケットid", "チケット番号",
                   "問い合わせ番号", "問合せ番号", "受付番号", "案件番号", "no"},
                  true),
      account_reference,
      {"subject",
       {"subject", "件名"},
       Type::text,
       false,
       {},
       {"title", "summary", "タイトル", "概要", "問い合わせ件名", "表題"}},
      {"status",
       {"status", "状態"},
       Type::choice,
       false,
       {"open", "pending", "closed"},
       {"state", "ステータス", "対応状況", "対応状態", "状況"}},
      {"priority",
       {"priority", "優先度"},
       Type::choice,
       false,
       {"low", "normal", "high", "urgent"},
       {"severity", "urgency", "重要度", "緊急度"}},
      {"opened_at",
       {"opened at", "受付日時"},
       Type::instant,
       true,
       {},
       {"opened", "openedon", "created", "createdat", "createddate", "submittedat", "date", "受付日", "起票日",
        "作成日", "作成日時", "問い合わせ日", "問い合わせ日時", "発生日", "登録日", "登録日時"}},
      {"closed_at",
       {"closed at", "完了日時"},
       Type::instant,
       false,
       {},
       {"closed", "closedon", "closeddate", "resolvedat", "solvedat", "完了日", "解決日", "解決日時", "クローズ日",
        "クローズ日時", "対応完了日"}},
      {"category",
       {"category", "分類"},
       Type::text,
       false,
       {},
       {"type", "topic", "カテゴリ", "カテゴリー", "種別", "問い合わせ種別", "区分"}},
      {"requester",
       {"requester", "依頼者"},
       Type::text,
       false,
       {},
       {"requesteremail", "requestedby", "contact", "reporter", "email", "問い合わせ者", "担当者", "起票者", "依頼者名",
        "メールアドレス"}},
  };
  return fields;
}

const std::vector<Field>& interactions() {
  static const std::vector<Field> fields{
      external_id({"id", "activityid", "interactionid", "活動id", "履歴番号"}),
      account_reference,
      {"kind",
       {"kind", "種類"},
       Type::choice,
       true,
       {"meeting", "call", "mail", "note"},
       {"type", "activitytype", "channel", "種別", "活動種別", "区分", "対応方法", "手段", "接触方法"}},
      {"occurred_at",
       {"when", "日時"},
       Type::instant,
       true,
       {},
       {"occurredat", "date", "datetime", "activitydate", "day", "timestamp", "heldat", "日付", "活動日", "実施日",
        "対応日", "面談日", "訪問日", "実施日時", "対応日時"}},
      {"subject",
       {"subject", "件名"},
       Type::text,
       false,
       {},
       {"title", "topic", "summary", "タイトル", "概要", "議題", "テーマ"}},
      {"body",
       {"text", "内容"},
       Type::text,
       false,
       {},
       {"body", "notes", "note", "description", "comment", "本文", "メモ", "議事録", "詳細", "備考", "対応内容"}},
      {"participants",
       {"participants", "参加者"},
       Type::list,
       false,
       {},
       {"contacts", "contact", "attendees", "with", "出席者", "先方参加者", "担当者", "相手", "面談者"}},
      {"author",
       {"held by", "実施者"},
       Type::text,
       false,
       {},
       {"author", "createdby", "csm", "by", "記入者", "対応者", "自社担当", "自社担当者", "登録者", "作成者"}},
  };
  return fields;
}

const std::vector<Field>& surveys() {
  static const std::vector<Field> fields{
      external_id({"id", "responseid", "answerid", "surveyid", "回答id", "回答番号"}),
      account_reference,
      {"kind",
       {"kind", "種類"},
       Type::choice,
       false,
       {"nps", "csat", "ces", "other"},
       {"type", "survey", "surveytype", "metric", "アンケート種別", "調査種別", "種別"}},
      {"score",
       {"score", "点数"},
       Type::number,
       true,
       {},
       {"rating", "nps", "csat", "ces", "answer", "value", "スコア", "評価", "得点", "満足度", "推奨度", "npsスコア",
        "回答"}},
      {"scale_max",
       {"highest score", "満点"},
       Type::number,
       false,
       {},
       {"scale", "maxscore", "outof", "最大値", "最高点"}},
      {"comment",
       {"comment", "コメント"},
       Type::text,
       false,
       {},
       {"feedback", "verbatim", "text", "自由記述", "自由回答", "ご意見", "理由"}},
      contact_reference(),
      {"answered_at",
       {"answered at", "回答日時"},
       Type::instant,
       true,
       {},
       {"answered", "answeredon", "date", "submittedat", "respondedat", "createdat", "timestamp", "回答日", "日付",
        "実施日", "タイムスタンプ"}},
  };
  return fields;
}

const std::vector<Field>& attendance() {
  static const std::vector<Field> fields{
      external_id({"id", "attendanceid", "registrationid", "参加id", "受講id"}),
      account_reference,
      {"kind", {"kind", "種類"}, Type::choice, false, {"content", "event", "community"}, {"type", "種別", "区分"}},
      {"title",
       {"title", "タイトル"},
       Type::text,
       true,
       {},
       {"event", "eventname", "webinar", "content", "course", "name", "イベント", "イベント名", "セミナー",
        "セミナー名", "コンテンツ", "コンテンツ名", "講座名", "研修名"}},
      contact_reference({"attendee", "attendeeemail", "受講者", "出席者", "参加者名"}),
      {"day",
       {"day", "日付"},
       Type::day,
       true,
       {},
       {"date", "eventdate", "attendedon", "attendedat", "開催日", "参加日", "実施日", "受講日", "閲覧日"}},
  };
  return fields;
}

const std::vector<Field>& events() {
  static const std::vector<Field> fields{
      account_reference,
      {"user",
       {"user", "利用者"},
       Type::text,
       false,
       {},
       {"userid", "userkey", "user", "person", "email", "username", "memberid", "ユーザー", "ユーザーid", "ユーザid",
        "利用者id", "社員番号", "メールアドレス"}},
      {"event",
       {"event", "イベント"},
       Type::text,
       true,
       {},
       {"eventname", "eventtype", "eventtypename", "action", "name", "feature", "activity", "操作", "操作名",
        "イベント名", "機能", "機能名", "アクション", "ログ種別"}},
      {"occurred_at",
       {"when", "日時"},
       Type::instant,
       true,
       {},
       {"occurredat", "time", "eventtime", "timestamp", "date", "datetime", "originaltimestamp", "createdat", "ts",
        "操作日時", "発生日時", "アクセス日時", "利用日時", "利用日", "日付", "タイムスタンプ"}},
      {"message_id",
       {"message ID", "メッセージ ID"},
       Type::text,
       false,
       {},
       {"messageid", "eventid", "id", "ログid", "イベントid"}},
      {"properties",
       {"properties (JSON)", "属性(JSON)"},
       Type::json,
       false,
       {},
       {"properties", "attributes", "payload", "プロパティ"}},
  };
  return fields;
}

}  // namespace

std::span<const Field> fields_of(Kind kind) {
  switch (kind) {
    case Kind::accounts:
      return accounts();
    case Kind::contacts:
      return contacts();
    case Kind::subscriptions:
      return subscriptions();
    case Kind::tickets:
      return tickets();
    case Kind::interactions:
      return interactions();
    case Kind::surveys:
      return surveys();
    case Kind::attendance:
      return attendance();
    case Kind::events:
      return events();
  }
  return {};
}

std::string_view name_of(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::list:
      return "list";
    case FieldType::integer:
      return "integer";
    case FieldType::number:
      return "number";
    case FieldType::day:
      return "date";
    case FieldType::instant:
      return "date_time";
    case FieldType::yes_no:
      return "yes_no";
    case FieldType::money:
      return "money";
    case FieldType::choice:
      return "choice";
    case FieldType::email:
      return "email";
    case FieldType::json:
      return "json";
  }
  return "text";
}

}  // namespace banso::integrations
