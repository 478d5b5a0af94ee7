// The fictional vendor: what it sells, what its product reports, who looks after its customers.
#include "simulation.hpp"
#include "vendor_prices.hpp"

namespace banso::simulation {
namespace {

std::vector<ModuleInfo> modules() {
  return {{Module::platform, "platform", {"Platform", "共通基盤"}},
          {Module::chat, "chat", {"Chat", "チャット"}},
          {Module::calendar, "calendar", {"Calendar", "スケジュール"}},
          {Module::files, "files", {"Files", "ファイル"}},
          {Module::workflow, "workflow", {"Workflow", "ワークフロー"}},
          {Module::video, "video", {"Video Meetings", "ビデオ会議"}},
          {Module::administration, "administration", {"Administration", "管理"}}};
}

std::vector<Feature> features() {
  return {{"Logged In", {"Logged in", "ログイン"}, Module::platform, true},
          {"Notification Delivered", {"Notification delivered", "通知の配信"}, Module::platform, false},
          {"Message Sent", {"Message sent", "メッセージ送信"}, Module::chat, true},
          {"Reaction Added", {"Reaction added", "リアクション"}, Module::chat, true},
          {"Channel Created", {"Channel created", "チャンネル作成"}, Module::chat, true},
          {"Schedule Created", {"Schedule created", "予定の登録"}, Module::calendar, true},
          {"Room Booked", {"Room booked", "会議室予約"}, Module::calendar, true},
          {"File Uploaded", {"File uploaded", "ファイル登録"}, Module::files, true},
          {"File Shared", {"File shared", "ファイル共有"}, Module::files, true},
          {"Document Edited", {"Document edited", "文書の共同編集"}, Module::files, true},
          {"Request Submitted", {"Request submitted", "申請の提出"}, Module::workflow, true},
          {"Request Approved", {"Request approved", "申請の承認"}, Module::workflow, true},
          {"Meeting Joined", {"Video meeting joined", "ビデオ会議への参加"}, Module::video, true},
          {"Recording Viewed", {"Recording viewed", "録画の視聴"}, Module::video, true},
          {"User Invited", {"User invited", "利用者の招待"}, Module::administration, true},
          {"Permission Changed", {"Permission changed", "権限の変更"}, Module::administration, true}};
}

std::vector<Product> products() {
  return {{"tsudoi-base", {"Tsudoi Base", "つどい ベース"}, false},
          {"tsudoi-meet", {"Tsudoi Meet", "つどい ビデオ会議"}, true},
          {"tsudoi-flow", {"Tsudoi Flow", "つどい ワークフロー"}, true},
          {"tsudoi-guard", {"Tsudoi Guard", "つどい セキュリティ"}, true}};
}

std::vector<Owner> owners() {
  return {{"misaki.aizawa@tsudoi.example", {"Misaki Aizawa", "相沢 美咲"}, core::Language::ja},
          {"daichi.kurosaki@tsudoi.example", {"Daichi Kurosaki", "黒崎 大地"}, core::Language::ja},
          {"yui.hasumi@tsudoi.example", {"Yui Hasumi", "蓮見 結衣"}, core::Language::ja},
          {"takumi.orihara@tsudoi.example", {"Takumi Orihara", "折原 匠"}, core::Language::ja},
          {"grace.lim@tsudoi.example", {"Grace Lim", "グレース・リム"}, core::Language::en},
          {"tom.hartley@tsudoi.example", {"Tom Hartley", "トム・ハートリー"}, core::Language::en}};
}

struct PriceList {
  const char* currency;
  std::int64_t light, standard, premium, add_on;  // minor units per seat and month
};

constexpr PriceList price_lists[] = {{"JPY", 500, 900, 1500, 300},
                                     {"USD", 400, 700, 1200, 250},
                                     {"EUR", 380, 650, 1100, 230},
                                     {"SGD", 550, 950, 1600, 330}};

}  // namespace

const Vendor& vendor() {
  static const Vendor value{
      {"Tsudoi Works", "つどいワークス"}, "Asia/Tokyo", modules(), features(), products(), owners()};
  return value;
}

std::int64_t seat_price_minor(std::string_view product, std::string_view plan, std::string_view currency) {
  const PriceList* list = &price_lists[0];
  for (const auto& candidate : price_lists) {
    if (currency == candidate.currency) list = &candidate;
  }
  if (product != "tsudoi-base") return list->add_on;
  return plan == "premium" ? list->premium : plan == "standard" ? list->standard : list->light;
}

}  // namespace banso::simulation
