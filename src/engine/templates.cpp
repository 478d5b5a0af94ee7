#include "templates.hpp"

#include <stdexcept>

#include "definitions_json.hpp"
#include "template_touch_model.hpp"

namespace banso::engine {

std::vector<Template> templates() {
  auto definitions = definitions_from_json(touch_model_json);
  if (!definitions) throw std::logic_error("the template touch_model is not valid: " + definitions.error().message.en);
  return {
      {"touch_model",
       {"Touch-model scorecard", "タッチモデル別スコアカード"},
       {"For subscription software sold by seats: product use, risk, outcomes, voice of the customer and "
        "engagement, with thresholds that tighten with age and measures that do not apply to low-touch customers. "
        "Adjust the modules and features in the measures to your product's, and record the attributes touch_model, "
        "priority, csm_sentiment and success_plan.",
        "席数で契約するソフトウェア向けです。製品利用・リスク・成果・顧客の声・関与を評価し、しきい値は利用期間とともに"
        "厳しくなり、ロータッチの顧客には当てはまらない指標を除外します。指標のモジュールと機能を自社の製品に合わせ、"
        "属性 touch_model・priority・csm_sentiment・success_plan を記録してください。"},
       std::move(*definitions)}};
}

}  // namespace banso::engine
