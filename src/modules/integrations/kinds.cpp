#include "kinds.hpp"

namespace banso::integrations {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::accounts:
      return "accounts";
    case Kind::contacts:
      return "contacts";
    case Kind::subscriptions:
      return "subscriptions";
    case Kind::tickets:
      return "tickets";
    case Kind::interactions:
      return "interactions";
    case Kind::surveys:
      return "surveys";
    case Kind::attendance:
      return "attendance";
    case Kind::events:
      return "events";
  }
  return "accounts";
}

std::optional<Kind> kind_from(std::string_view name) {
  for (const Kind kind : all_kinds) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

core::Text title_of(Kind kind) {
  switch (kind) {
    case Kind::accounts:
      return {"accounts", "顧客企業"};
    case Kind::contacts:
      return {"contacts", "担当者"};
    case Kind::subscriptions:
      return {"subscriptions", "契約"};
    case Kind::tickets:
      return {"tickets", "チケット"};
    case Kind::interactions:
      return {"interactions", "活動履歴"};
    case Kind::surveys:
      return {"survey answers", "アンケート回答"};
    case Kind::attendance:
      return {"attendance", "参加履歴"};
    case Kind::events:
      return {"events", "利用ログ"};
  }
  return {"accounts", "顧客企業"};
}

}  // namespace banso::integrations
