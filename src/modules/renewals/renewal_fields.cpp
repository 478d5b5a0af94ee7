// The fields of a list of renewals.
#include <cmath>
#include <limits>

#include "core/money.hpp"
#include "renewal_fields.hpp"

namespace banso::renewals {
namespace {

using engine::FieldType;

constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();

std::vector<engine::Choice> category_choices() {
  return {{"open", {"Not judged", "未判定"}},
          {"commit", {"Commit", "確実"}},
          {"best_case", {"Best case", "見込みあり"}},
          {"at_risk", {"At risk", "リスクあり"}},
          {"lost", {"Lost", "解約見込み"}}};
}

std::vector<engine::Choice> outcome_choices() {
  return {{"open", {"Open", "未確定"}},
          {"renewed", {"Renewed", "更新"}},
          {"renewed_up", {"Renewed, larger", "拡大更新"}},
          {"renewed_down", {"Renewed, smaller", "縮小更新"}},
          {"churned", {"Not renewed", "解約"}}};
}

std::string products_of(const Renewal& renewal) {
  std::string names;
  for (const auto position : renewal.due.terms) {
    const auto& product = (*renewal.terms)[position].fact.product;
    if (("; " + names + "; ").find("; " + product + "; ") != std::string::npos) continue;
    names += (names.empty() ? "" : "; ") + product;
  }
  return names;
}

class Fields {
 public:
  explicit Fields(const std::string& currency) : minor_per_unit_(std::pow(10, core::minor_digits(currency))) {}

  std::vector<ListField> all(const ListWords& words) && {
    add_account(words);
    add_amounts();
    add_judgement();
    add_work(words);
    return std::move(fields_);
  }

 private:
  template <class Read>
  void add(std::string key, core::Text name, FieldType type, Read read, std::vector<engine::Choice> choices = {}) {
    fields_.push_back({std::move(key), std::move(name), type, std::move(read), std::move(choices)});
  }
  void money(std::string key, core::Text name, std::function<std::optional<std::int64_t>(const Renewal&)> minor) {
    add(std::move(key), std::move(name), FieldType::money,
        ReadNumber([minor = std::move(minor), per_unit = minor_per_unit_](const Renewal& renewal) {
          const auto amount = minor(renewal);
          return amount ? static_cast<double>(*amount) / per_unit : missing_number;
        }));
  }

  void add_account(const ListWords& words) {
    add("account", {"Account", "顧客名"}, FieldType::text,
        ReadText([](const Renewal& renewal) { return renewal.account.name; }));
    add("due_day", {"Renewal", "更新日"}, FieldType::day,
        ReadDay([](const Renewal& renewal) { return renewal.key.due; }));
    add("notice_day", {"Notice deadline", "解約通知期限"}, FieldType::day,
        ReadDay([](const Renewal& renewal) { return renewal.due.notice_day; }));
    add("level", {"Level", "レベル"}, FieldType::choice,
        ReadText([](const Renewal& renewal) { return renewal.account.level; }), words.levels);
    add("score", {"Health score", "ヘルススコア"}, FieldType::number,
        ReadNumber([](const Renewal& renewal) { return renewal.account.score.value_or(missing_number); }));
    add("owner", {"Owner", "主担当"}, FieldType::choice, ReadText([](const Renewal& renewal) {
          return renewal.owner ? std::to_string(renewal.owner.value) : renewal.owner_name;
        }));
    add("products", {"Products", "製品"}, FieldType::text, ReadText(products_of));
    add("seats", {"Seats", "契約席数"}, FieldType::number,
        ReadNumber([](const Renewal& renewal) { return static_cast<double>(renewal.due.seats); }));
  }

  void add_amounts() {
    using Amount = std::optional<std::int64_t>;
    money("arr", {"ARR due", "更新対象ARR"}, [](const Renewal& renewal) -> Amount { return renewal.due_minor; });
    money("mrr", {"MRR due", "更新対象MRR"}, [](const Renewal& renewal) -> Amount { return renewal.due.mrr_minor; });
    money("target", {"Target", "目標額"}, [](const Renewal& renewal) -> Amount { return renewal.target_minor; });
    money("forecast", {"Forecast", "見込額"}, [](const Renewal& renewal) -> Amount { return renewal.total_minor(); });
    money("expected", {"Expected by the machine", "機械予測額"},
          [](const Renewal& renewal) -> Amount { return renewal.expected_minor; });
    money("final", {"Final amount", "確定額"}, [](const Renewal& renewal) -> Amount { return renewal.final_minor; });
    money("rise", {"Price rise", "値上げ額"}, [](const Renewal& renewal) -> Amount {
      if (!renewal.input) return std::nullopt;
      const auto rise = with_rise(renewal.due_minor, *renewal.input) - renewal.due_minor;
      return rise == 0 ? std::nullopt : Amount(rise);
    });
  }

  void add_judgement() {
    add("category", {"Category", "区分"}, FieldType::choice,
        ReadText([](const Renewal& renewal) { return std::string(word_of(renewal.category)); }), category_choices());
    add("probability", {"Probability of renewal", "更新確率"}, FieldType::number,
        ReadNumber([](const Renewal& renewal) {
          return renewal.machine.probability ? *renewal.machine.probability * 100 : missing_number;
        }));
    add("outcome", {"Outcome", "結果"}, FieldType::choice,
        ReadText([](const Renewal& renewal) { return std::string(word_of(renewal.outcome)); }), outcome_choices());
    add("confirmed", {"Outcome confirmed", "結果を確認済み"}, FieldType::yes_no,
        ReadYesNo([](const Renewal& renewal) { return renewal.is_confirmed; }));
    add("notice_given", {"Notice given", "解約通知あり"}, FieldType::yes_no,
        ReadYesNo([](const Renewal& renewal) { return renewal.due.cancelled_on.has_value(); }));
    add("auto_renewal", {"Renews by itself", "自動更新"}, FieldType::yes_no,
        ReadYesNo([](const Renewal& renewal) { return renewal.due.has_auto_renewal; }));
  }

  void add_work(const ListWords& words) {
    add("next_step", {"Next step", "次の対応"}, FieldType::text,
        ReadText([](const Renewal& renewal) { return renewal.input ? renewal.input->next_step : std::string(); }));
    add("next_step_day", {"Next step by", "次の対応期日"}, FieldType::day,
        ReadDay([](const Renewal& renewal) -> std::optional<core::Day> {
          return renewal.input ? renewal.input->next_step_day : std::nullopt;
        }));
    add("notes", {"Notes", "メモ"}, FieldType::text,
        ReadText([](const Renewal& renewal) { return renewal.input ? renewal.input->notes : std::string(); }));
    std::vector<engine::Choice> reasons;
    for (const auto& reason : words.reasons) reasons.push_back({reason.key, reason.name});
    add("reasons", {"Reasons", "理由"}, FieldType::text_set, ReadTexts([](const Renewal& renewal) {
          return renewal.input ? renewal.input->reasons : std::vector<std::string>();
        }),
        std::move(reasons));
  }

  std::vector<ListField> fields_;
  const double minor_per_unit_;
};

}  // namespace

std::vector<ListField> list_fields(const std::string& currency, const ListWords& words) {
  return Fields(currency).all(words);
}

}  // namespace banso::renewals
