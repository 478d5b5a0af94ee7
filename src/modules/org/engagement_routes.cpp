// Engagement models: who has which, and who would.
#include <algorithm>

#include "render.hpp"

namespace banso::org {
namespace {

using core::Result;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;

constexpr std::size_t preview_limit_bytes = 128 << 10;
constexpr std::size_t sample_size = 20;

json::value body_of(const definitions::Definition& definition) {
  const auto& text = definition.body ? definition.body : definition.draft;
  auto parsed = json::parse(text.value_or("{}"));
  return parsed ? std::move(*parsed) : json::value(json::object{});
}

// By key of the attribute: what accounts have now.
std::map<std::string, Count> counts_now(const health::BookView& book) {
  std::map<std::string, Count> counts;
  for (std::size_t row = 0; row < book.size(); ++row) {
    auto& count = counts[text_value(book, row, engagement_model_attribute)];
    ++count.accounts;
    count.arr_minor += book.arr_minor(row);
  }
  return counts;
}

json::value fault_of(const EngagementModel& model, const engine::FieldCatalogue& fields) {
  const auto compiled = engine::compile_condition(model.condition_json, fields);
  if (compiled) return nullptr;
  const auto& error = compiled.error();
  return render(error.fields.empty() ? error.message : error.fields.front().message);
}

Result<Response> list_models(OrgService& service, const Request&) {
  BANSO_TRY_ASSIGN(const auto book, service.from.health->book());
  auto counts = counts_now(*book);
  std::vector<std::pair<std::int64_t, json::object>> items;
  for (const auto& summary : service.from.definitions->list(std::string(engagement_model_kind))) {
    if (summary.retired) continue;
    const auto definition = service.from.definitions->get(summary.name);
    if (!definition) continue;
    const auto& text = definition->body ? definition->body : definition->draft;
    const auto model = read_model(summary.name.key, text.value_or("{}"));
    const auto count = counts[model.key];
    counts.erase(model.key);
    items.emplace_back(model.rank,
                       json::object{{"key", model.key},
                                    {"name", render(model.name)},
                                    {"touch", word_of(model.touch)},
                                    {"rank", model.rank},
                                    {"version", summary.version},
                                    {"draft", summary.has_draft},
                                    {"now", render_count(count.accounts, count.arr_minor, book->currency())},
                                    {"body", body_of(*definition)},
                                    {"fault", fault_of(model, book->fields())}});
  }
  std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  json::array list;
  for (auto& [rank, item] : items) list.push_back(std::move(item));
  Count none;
  for (const auto& [key, count] : counts) {
    none.accounts += count.accounts;
    none.arr_minor += count.arr_minor;
  }
  return answer(json::object{{"as_of", json::from(book->as_of())},
                             {"items", std::move(list)},
                             {"none", render_count(none.accounts, none.arr_minor, book->currency())}});
}

json::object before_and_after(const Count& before, const Count& after, const std::string& currency) {
  return {{"before", render_count(before.accounts, before.arr_minor, currency)},
          {"after", render_count(after.accounts, after.arr_minor, currency)}};
}

// Positions of models as keys; none: empty.
std::string key_at(std::span<const CompiledModel> models, std::size_t position) {
  return position == no_model ? std::string() : models[position].model.key;
}

Result<Response> preview(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto key = fields.text("key", {.required = true, .max_length = 64});
  const auto* given = fields.child("body");
  if (!given && fields.ok()) fields.fail("body", {"Give the model.", "タッチモデルの内容を指定してください。"});
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto checked, check_model(service.kind_context(), json::serialize(*given), {}));
  BANSO_TRY_ASSIGN(const auto book, service.from.health->book());

  auto wanted = service.published_models();
  const auto before_models = compile_models(wanted, book->fields());
  std::erase_if(wanted, [&](const EngagementModel& model) { return model.key == *key; });
  wanted.push_back(read_model(*key, checked));
  const auto after_models = compile_models(std::move(wanted), book->fields());
  const auto before = models_of(*book, before_models);
  const auto after = models_of(*book, after_models);
  const auto before_counts = count_models(*book, before, before_models.size());
  const auto after_counts = count_models(*book, after, after_models.size());

  json::array items;
  for (std::size_t i = 0; i < after_models.size(); ++i) {
    const auto& model = after_models[i].model;
    Count was;
    for (std::size_t j = 0; j < before_models.size(); ++j) {
      if (before_models[j].model.key == model.key) was = before_counts[j];
    }
    auto item = before_and_after(was, after_counts[i], book->currency());
    item["key"] = model.key;
    item["name"] = render(model.name);
    items.push_back(std::move(item));
  }
  const Renderer renderer(service);
  json::array sample;
  std::int64_t moving = 0;
  for (std::size_t row = 0; row < book->size(); ++row) {
    if (key_at(before_models, before[row]) == key_at(after_models, after[row])) continue;
    ++moving;
    if (sample.size() < sample_size && key_at(after_models, after[row]) == *key) {
      sample.push_back(renderer.account(book->id(row)));
    }
  }
  return answer(json::object{{"items", std::move(items)},
                             {"none", before_and_after(before_counts.back(), after_counts.back(), book->currency())},
                             {"moving", moving},
                             {"sample", std::move(sample)}});
}

Result<Response> suggest(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto drafts, service.propose_engagement_models(request.caller));
  return answer(json::object{{"drafts", drafts}});
}

}  // namespace

platform::http::Routes engagement_routes(const std::shared_ptr<OrgService>& service) {
  return {
      {Method::get, "/api/engagement-models", Permission::read_only, with(service, list_models)},
      {Method::post, "/api/engagement-models/preview", Permission::read_only, with(service, preview),
       preview_limit_bytes},
      {Method::post, "/api/engagement-models/suggest", Permission::leader, with(service, suggest)},
  };
}

}  // namespace banso::org
