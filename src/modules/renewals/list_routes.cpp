#include <algorithm>

#include <fmt/format.h>

#include "core/money.hpp"

#include "figures.hpp"
#include "routes.hpp"

namespace banso::renewals {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Quoted, and harmless in a spreadsheet.
std::string csv_cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) text.insert(0, "'");
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string number_text(double value, engine::FieldType type, int digits) {
  if (value != value) return {};
  return type == engine::FieldType::money ? fmt::format("{:.{}f}", value, digits) : fmt::format("{}", value);
}

std::string choice_text(const std::vector<engine::Choice>& choices, const std::string& value, core::Language language) {
  for (const auto& choice : choices) {
    if (choice.value == value) return choice.name.in(language);
  }
  return value;
}

std::string csv_text(const ListField& field, const std::vector<engine::Choice>& choices, const Renewal& renewal,
                     core::Language language, int digits) {
  if (const auto* number = std::get_if<ReadNumber>(&field.read)) {
    return number_text((*number)(renewal), field.type, digits);
  }
  if (const auto* day = std::get_if<ReadDay>(&field.read)) {
    const auto value = (*day)(renewal);
    return value ? core::to_string(*value) : std::string();
  }
  if (const auto* yes = std::get_if<ReadYesNo>(&field.read)) {
    static const core::Text words[] = {{"no", "いいえ"}, {"yes", "はい"}};
    return words[(*yes)(renewal) ? 1 : 0].in(language);
  }
  if (const auto* texts = std::get_if<ReadTexts>(&field.read)) {
    std::string all;
    for (const auto& text : (*texts)(renewal)) all += (all.empty() ? "" : "; ") + choice_text(choices, text, language);
    return csv_cell(std::move(all));
  }
  return csv_cell(choice_text(choices, std::get<ReadText>(field.read)(renewal), language));
}

Result<Key> key_in(const Request& request) {
  const auto key = key_from(request.parameters.at("id"));
  if (!key) return core::Error::not_found({"There is no such renewal.", "指定された更新はありません。"});
  return *key;
}

json::array render_choices(const std::vector<engine::Choice>& choices) {
  json::array rendered;
  for (const auto& choice : choices) {
    rendered.push_back(json::object{{"value", choice.value}, {"name", render(choice.name)}});
  }
  return rendered;
}

class ListHandlers {
 public:
  explicit ListHandlers(std::shared_ptr<Workbench> bench) : bench_(std::move(bench)) {}

  Result<Response> list(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto list, list_for(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto query, query_in(request));
    BANSO_TRY_ASSIGN(const auto found, list->find(query));
    const auto calendar = bench_->store().calendar();
    const auto& pipeline = list->pipeline();
    Sums sums;
    for (const auto* renewal : found) sums.add(*renewal);
    json::array items;
    const auto end = std::min<std::size_t>(found.size(), static_cast<std::size_t>(page.offset + page.limit));
    for (auto i = static_cast<std::size_t>(page.offset); i < end; ++i) {
      items.push_back(render_renewal(*found[i], pipeline, calendar));
    }
    return answer(json::object{{"as_of", json::from(pipeline.as_of)},
                               {"from", json::from(query.from)},
                               {"to", json::from(query.to)},
                               {"currency", pipeline.currency},
                               {"total", found.size()},
                               {"summary", render_sums(sums, pipeline.currency)},
                               {"items", std::move(items)}});
  }

  // The same renewals in columns, with sums; cards are cut off where there are very many.
  Result<Response> board(const Request& request) const {
    constexpr std::size_t most_cards = 200;
    BANSO_TRY_ASSIGN(const auto list, list_for(request));
    BANSO_TRY_ASSIGN(const auto query, query_in(request));
    const auto by = request.query_text("by").value_or("category");
    if (by != "category" && by != "month") {
      return core::Error::invalid_field("by",
                                        {"Give category or month.", "category または month を指定してください。"});
    }
    BANSO_TRY_ASSIGN(const auto found, list->find(query));
    const auto& pipeline = list->pipeline();
    std::vector<std::string> order;
    std::map<std::string, std::vector<const Renewal*>> columns;
    if (by == "category") {
      for (const auto& choice : list->field("category")->choices) order.push_back(choice.value);
      order.emplace_back("decided");
    }
    for (const auto* renewal : found) {
      const auto column = by == "month"        ? core::to_string(month_of(renewal->key.due))
                          : renewal->is_open() ? std::string(word_of(renewal->category))
                                               : std::string("decided");
      columns[column].push_back(renewal);
    }
    if (by == "month") {
      for (const auto& [month, renewals] : columns) order.push_back(month);
    }
    const auto calendar = bench_->store().calendar();
    json::array rendered;
    for (const auto& key : order) {
      Sums sums;
      json::array cards;
      for (const auto* renewal : columns[key]) {
        sums.add(*renewal);
        if (cards.size() < most_cards) cards.push_back(render_renewal(*renewal, pipeline, calendar));
      }
      rendered.push_back(
          json::object{{"key", key}, {"summary", render_sums(sums, pipeline.currency)}, {"items", std::move(cards)}});
    }
    return answer(json::object{{"as_of", json::from(pipeline.as_of)},
                               {"from", json::from(query.from)},
                               {"to", json::from(query.to)},
                               {"by", by},
                               {"columns", std::move(rendered)}});
  }

  Result<Response> fields(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto list, list_for(request));
    json::array items;
    for (const auto& field : list->fields()) {
      items.push_back(json::object{{"key", field.key},
                                   {"name", render(field.name)},
                                   {"type", engine::key_of(field.type)},
                                   {"choices", render_choices(list->choices(field))}});
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> export_csv(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto list, list_for(request));
    BANSO_TRY_ASSIGN(const auto query, query_in(request));
    BANSO_TRY_ASSIGN(const auto found, list->find(query));
    const auto digits = core::minor_digits(list->pipeline().currency);
    std::string text(byte_order_mark);
    std::vector<std::vector<engine::Choice>> choices;
    for (const auto& field : list->fields()) {
      text += (choices.empty() ? "" : ",") + csv_cell(field.name.in(request.language));
      choices.push_back(list->choices(field));
    }
    text += "\r\n";
    for (const auto* renewal : found) {
      for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i > 0) text += ",";
        text += csv_text(list->fields()[i], choices[i], *renewal, request.language, digits);
      }
      text += "\r\n";
    }
    auto response = Response::text(std::move(text), "text/csv; charset=utf-8");
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"renewals-{}.csv\"",
                                                                     core::to_string(list->pipeline().as_of)));
    return response;
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto key, key_in(request));
    return details(key, request);
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto list, list_for(request));
    const auto& pipeline = list->pipeline();
    const auto calendar = bench_->store().calendar();
    json::array items;
    for (const auto& renewal : pipeline.renewals) {
      if (renewal.key.account.value != id || renewal.due.is_rolling) continue;
      items.push_back(render_renewal(renewal, pipeline, calendar));
    }
    const auto* next = pipeline.next_of({id});
    const auto total = items.size();
    return answer(
        json::object{{"next", next ? json::value(render_renewal(*next, pipeline, calendar)) : json::value(nullptr)},
                     {"items", std::move(items)},
                     {"total", total}});
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto key, key_in(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, read_change(body));
    BANSO_TRY_ASSIGN(const auto why, why_in(body));
    BANSO_TRY_ASSIGN(const auto batch, bench_->change(request.caller, {&key, 1}, wanted, why, std::nullopt));
    BANSO_TRY_ASSIGN(auto changed, render_one(key, std::nullopt));
    changed["batch"] = batch.value;
    return answer(std::move(changed));
  }

  Result<Response> change_many(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto* ids = fields.list("ids");
    const auto* set = fields.child("set");
    if (!ids) fields.fail("ids", {"List the renewals.", "更新を指定してください。"});
    if (!set) fields.fail("set", {"Say what is to change.", "変更内容を指定してください。"});
    std::vector<Key> keys;
    for (std::size_t i = 0; ids && i < ids->size(); ++i) {
      const auto key = (*ids)[i].is_string() ? key_from((*ids)[i].get_string()) : std::nullopt;
      if (key) {
        keys.push_back(*key);
      } else {
        fields.fail(fmt::format("ids[{}]", i), {"This is no id of a renewal.", "更新のIDではありません。"});
      }
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto wanted, read_change(*set));
    BANSO_TRY_ASSIGN(const auto why, why_in(body));
    BANSO_TRY_ASSIGN(const auto batch, bench_->change(request.caller, keys, wanted, why, std::nullopt));
    return answer(json::object{{"batch", batch.value}, {"changed", keys.size()}});
  }

  Result<Response> undo(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto batch = fields.integer("batch", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto tally, bench_->undo(request.caller, {*batch}));
    return answer(json::object{{"restored", tally.restored}, {"changed_since", tally.changed_since.size()}});
  }

 private:
  Result<std::shared_ptr<const RenewalList>> list_for(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    return bench_->list(as_of);
  }

  Result<ListQuery> query_in(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto window, window_in(request, *bench_));
    ListQuery query;
    query.from = window.from;
    query.to = window.to;
    query.filter_json = request.query_text("filter").value_or("");
    query.search = request.query_text("q").value_or("");
    query.sort = request.query_text("sort").value_or("due_day");
    if (request.query_text("mine").value_or("") == "true") query.owner = request.caller.user;
    return query;
  }

  static Result<std::string> why_in(const json::object& body) {
    json::Fields fields(body);
    const auto why = fields.text("why", {.max_length = 500, .allow_empty = true});
    BANSO_TRY(fields.finish());
    return why.value_or("");
  }

  Result<json::object> render_one(const Key& key, std::optional<core::Day> as_of) const {
    BANSO_TRY_ASSIGN(const auto pipeline, bench_->live().get(as_of));
    const auto* renewal = pipeline->find(key);
    if (!renewal) return core::Error::not_found({"There is no such renewal.", "指定された更新はありません。"});
    std::vector<InputVersion> versions;
    if (renewal->input) versions = bench_->store().versions(renewal->input->id);
    if (as_of) {
      const auto until = end_of(*as_of, bench_->from().surroundings.utc_offset_minutes());
      std::erase_if(versions, [&](const auto& version) { return version.known_at > until; });
    }
    return render_details(*renewal, *pipeline, bench_->store().calendar(), versions);
  }

  Result<Response> details(const Key& key, const Request& request) const {
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(auto rendered, render_one(key, as_of));
    return answer(std::move(rendered));
  }

  std::shared_ptr<Workbench> bench_;
};

}  // namespace

http::Routes list_routes(std::shared_ptr<Workbench> bench) {
  const auto handlers = std::make_shared<ListHandlers>(std::move(bench));
  const auto to = [&](Result<Response> (ListHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/renewals", Permission::read_only, to(&ListHandlers::list)},
      {Method::get, "/api/renewals/board", Permission::read_only, to(&ListHandlers::board)},
      {Method::get, "/api/renewals/fields", Permission::read_only, to(&ListHandlers::fields)},
      {Method::get, "/api/renewals/export.csv", Permission::read_only, to(&ListHandlers::export_csv)},
      {Method::post, "/api/renewals/bulk", Permission::csm, to(&ListHandlers::change_many)},
      {Method::post, "/api/renewals/undo", Permission::csm, to(&ListHandlers::undo)},
      {Method::get, "/api/renewals/{id}", Permission::read_only, to(&ListHandlers::one)},
      {Method::patch, "/api/renewals/{id}", Permission::csm, to(&ListHandlers::change)},
      {Method::get, "/api/accounts/{id}/renewals", Permission::read_only, to(&ListHandlers::of_account)},
  };
}

}  // namespace banso::renewals
