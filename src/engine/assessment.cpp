#include "assessment.hpp"

namespace banso::engine {

std::string_view key_of(ValueState state) {
  switch (state) {
    case ValueState::number:
      return "number";
    case ValueState::no_facts:
      return "no_facts";
    case ValueState::empty_window:
      return "empty_window";
    case ValueState::no_divisor:
      return "no_divisor";
    case ValueState::no_baseline:
      return "no_baseline";
    case ValueState::stale:
      return "stale";
    case ValueState::no_operand:
      return "no_operand";
    case ValueState::too_young:
      return "too_young";
    case ValueState::not_customer:
      return "not_customer";
    case ValueState::no_peers:
      return "no_peers";
  }
  return "?";
}

// The Japanese forms end so that 「〜ため」 can follow.
core::Text describe(ValueState state) {
  switch (state) {
    case ValueState::number:
      return {"a value is known", "値がある"};
    case ValueState::no_facts:
      return {"no data yet", "データがない"};
    case ValueState::empty_window:
      return {"no data in the period", "対象期間のデータがない"};
    case ValueState::no_divisor:
      return {"no seats or other base to divide by", "席数などの基準値がない"};
    case ValueState::no_baseline:
      return {"no earlier period to compare with", "比較できる以前の期間がない"};
    case ValueState::stale:
      return {"the data are too old", "データが古すぎる"};
    case ValueState::no_operand:
      return {"a measure it is made of has no value", "計算元の指標に値がない"};
    case ValueState::too_young:
      return {"the customer is too new", "契約開始から日が浅い"};
    case ValueState::not_customer:
      return {"not yet a customer on that day", "その日はまだ顧客でない"};
    case ValueState::no_peers:
      return {"no peers to compare with", "比較できる顧客群がない"};
  }
  return {"unknown", "不明な"};
}

core::Text describe(ItemUse use) {
  switch (use) {
    case ItemUse::left_out:
      return {"no value, left out", "値がなく除外"};
    case ItemUse::number:
      return {"counted by its value", "値で評価"};
    case ItemUse::decayed:
      return {"counted, but its data are old", "データが古いため補正して評価"};
    case ItemUse::policy:
      return {"no value, counted by the policy", "値がなく方針に従って評価"};
    case ItemUse::not_applicable:
      return {"does not apply to this account", "この顧客には当てはまらない"};
  }
  return {"unknown", "不明"};
}

}  // namespace banso::engine
