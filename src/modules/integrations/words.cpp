#include "words.hpp"

#include <span>

#include "cell_types.hpp"
#include "fields.hpp"

namespace banso::integrations {
namespace {

template <class T>
struct Word {
  std::string_view folded;  // as folded_heading() makes it
  T value;
};

template <class T>
std::optional<T> find_word(std::string_view written, std::span<const Word<T>> words) {
  const std::string folded = folded_heading(written);
  for (const Word<T>& word : words) {
    if (word.folded == folded) return word.value;
  }
  return std::nullopt;
}

using customers::AttendanceKind;
using customers::Consent;
using customers::InteractionKind;
using customers::SurveyKind;
using customers::TicketPriority;
using customers::TicketStatus;

constexpr Word<TicketStatus> ticket_status_words[]{
    {"open", TicketStatus::open},       {"new", TicketStatus::open},         {"inprogress", TicketStatus::open},
    {"reopened", TicketStatus::open},   {"新規", TicketStatus::open},        {"未対応", TicketStatus::open},
    {"対応中", TicketStatus::open},     {"オープン", TicketStatus::open},    {"未解決", TicketStatus::open},
    {"受付", TicketStatus::open},       {"調査中", TicketStatus::open},      {"pending", TicketStatus::pending},
    {"onhold", TicketStatus::pending},  {"hold", TicketStatus::pending},     {"waiting", TicketStatus::pending},
    {"保留", TicketStatus::pending},    {"回答待ち", TicketStatus::pending}, {"顧客確認中", TicketStatus::pending},
    {"確認中", TicketStatus::pending},  {"closed", TicketStatus::closed},    {"solved", TicketStatus::closed},
    {"resolved", TicketStatus::closed}, {"done", TicketStatus::closed},      {"完了", TicketStatus::closed},
    {"解決", TicketStatus::closed},     {"解決済み", TicketStatus::closed},  {"解決済", TicketStatus::closed},
    {"クローズ", TicketStatus::closed}, {"対応済み", TicketStatus::closed},  {"対応済", TicketStatus::closed}};

constexpr Word<TicketPriority> ticket_priority_words[]{
    {"low", TicketPriority::low},         {"minor", TicketPriority::low},     {"p4", TicketPriority::low},
    {"低", TicketPriority::low},          {"normal", TicketPriority::normal}, {"medium", TicketPriority::normal},
    {"p3", TicketPriority::normal},       {"中", TicketPriority::normal},     {"普通", TicketPriority::normal},
    {"通常", TicketPriority::normal},     {"high", TicketPriority::high},     {"major", TicketPriority::high},
    {"p2", TicketPriority::high},         {"高", TicketPriority::high},       {"urgent", TicketPriority::urgent},
    {"critical", TicketPriority::urgent}, {"p1", TicketPriority::urgent},     {"緊急", TicketPriority::urgent},
    {"至急", TicketPriority::urgent},     {"最高", TicketPriority::urgent}};

constexpr Word<InteractionKind> interaction_kind_words[]{
    {"meeting", InteractionKind::meeting},    {"visit", InteractionKind::meeting},
    {"webmeeting", InteractionKind::meeting}, {"onlinemeeting", InteractionKind::meeting},
    {"qbr", InteractionKind::meeting},        {"会議", InteractionKind::meeting},
    {"打ち合わせ", InteractionKind::meeting}, {"打合せ", InteractionKind::meeting},
    {"面談", InteractionKind::meeting},       {"訪問", InteractionKind::meeting},
    {"商談", InteractionKind::meeting},       {"ミーティング", InteractionKind::meeting},
    {"web会議", InteractionKind::meeting},    {"オンライン会議", InteractionKind::meeting},
    {"定例", InteractionKind::meeting},       {"定例会", InteractionKind::meeting},
    {"call", InteractionKind::call},          {"phone", InteractionKind::call},
    {"電話", InteractionKind::call},          {"架電", InteractionKind::call},
    {"mail", InteractionKind::mail},          {"email", InteractionKind::mail},
    {"メール", InteractionKind::mail},        {"eメール", InteractionKind::mail},
    {"note", InteractionKind::note},          {"memo", InteractionKind::note},
    {"メモ", InteractionKind::note},          {"その他", InteractionKind::note},
    {"other", InteractionKind::note},         {"チャット", InteractionKind::note},
    {"chat", InteractionKind::note}};

constexpr Word<SurveyKind> survey_kind_words[]{
    {"nps", SurveyKind::nps},         {"推奨度", SurveyKind::nps},  {"csat", SurveyKind::csat},
    {"顧客満足度", SurveyKind::csat}, {"満足度", SurveyKind::csat}, {"ces", SurveyKind::ces},
    {"努力指標", SurveyKind::ces},    {"other", SurveyKind::other}, {"その他", SurveyKind::other}};

constexpr Word<AttendanceKind> attendance_kind_words[]{{"event", AttendanceKind::event},
                                                       {"webinar", AttendanceKind::event},
                                                       {"seminar", AttendanceKind::event},
                                                       {"training", AttendanceKind::event},
                                                       {"イベント", AttendanceKind::event},
                                                       {"セミナー", AttendanceKind::event},
                                                       {"ウェビナー", AttendanceKind::event},
                                                       {"研修", AttendanceKind::event},
                                                       {"勉強会", AttendanceKind::event},
                                                       {"ユーザー会", AttendanceKind::event},
                                                       {"content", AttendanceKind::content},
                                                       {"article", AttendanceKind::content},
                                                       {"course", AttendanceKind::content},
                                                       {"video", AttendanceKind::content},
                                                       {"コンテンツ", AttendanceKind::content},
                                                       {"動画", AttendanceKind::content},
                                                       {"記事", AttendanceKind::content},
                                                       {"講座", AttendanceKind::content},
                                                       {"資料", AttendanceKind::content},
                                                       {"community", AttendanceKind::community},
                                                       {"forum", AttendanceKind::community},
                                                       {"post", AttendanceKind::community},
                                                       {"コミュニティ", AttendanceKind::community},
                                                       {"投稿", AttendanceKind::community},
                                                       {"回答", AttendanceKind::community}};

constexpr Word<Consent> consent_words[]{{"given", Consent::given},        {"optin", Consent::given},
                                        {"subscribed", Consent::given},   {"同意", Consent::given},
                                        {"同意あり", Consent::given},     {"許可", Consent::given},
                                        {"配信可", Consent::given},       {"withdrawn", Consent::withdrawn},
                                        {"optout", Consent::withdrawn},   {"unsubscribed", Consent::withdrawn},
                                        {"撤回", Consent::withdrawn},     {"拒否", Consent::withdrawn},
                                        {"同意なし", Consent::withdrawn}, {"配信停止", Consent::withdrawn},
                                        {"配信不可", Consent::withdrawn}, {"unknown", Consent::unknown},
                                        {"不明", Consent::unknown},       {"未確認", Consent::unknown}};

}  // namespace

std::optional<TicketStatus> ticket_status_from(std::string_view word) {
  return find_word<TicketStatus>(word, ticket_status_words);
}
std::optional<TicketPriority> ticket_priority_from(std::string_view word) {
  return find_word<TicketPriority>(word, ticket_priority_words);
}
std::optional<InteractionKind> interaction_kind_from(std::string_view word) {
  return find_word<InteractionKind>(word, interaction_kind_words);
}
std::optional<SurveyKind> survey_kind_from(std::string_view word) {
  return find_word<SurveyKind>(word, survey_kind_words);
}
std::optional<AttendanceKind> attendance_kind_from(std::string_view word) {
  return find_word<AttendanceKind>(word, attendance_kind_words);
}
std::optional<Consent> consent_from(std::string_view word) {
  if (const auto known = find_word<Consent>(word, consent_words)) return known;
  const auto yes = read_yes_no(word);
  return yes ? std::optional(*yes ? Consent::given : Consent::withdrawn) : std::nullopt;
}

}  // namespace banso::integrations
