#include "routes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "list.hpp"
#include "starters.hpp"

namespace banso::plans {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Error;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t change_limit_bytes = 1 << 20;
const json::object nothing;  // in place of what is no object

Response answer(const json::value& body, int status = 200) {
  return Response::json(json::serialize(body), status);
}

// {"en", "ja"}: one side may be absent.
std::optional<core::Text> words_of(json::Fields& fields, std::string_view name) {
  const auto* both = fields.child(name);
  if (both == nullptr) return std::nullopt;
  json::Fields of(*both, std::string(name));
  core::Text text{of.text("en", {.max_length = 300, .allow_empty = true}).value_or(""),
                  of.text("ja", {.max_length = 300, .allow_empty = true}).value_or("")};
  if (const auto fine = of.finish(); !fine) {
    for (const auto& fault : fine.error().fields) fields.fail(name, fault.message);
  }
  return text;
}

Result<bool> flag(const Request& request, const std::string& name) {
  const auto text = request.query_text(name);
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  return Error::invalid_field(name, {"This must be true or false.", "true または false で指定してください。"});
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request& request) const {
    ListFilter filter;
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto scope = request.query_text("scope").value_or("all");
    if (scope == "me") {
      filter.owner = request.caller.user;
    } else if (scope != "all") {
      return Error::invalid_field("scope", {"This must be me or all.", "me または all で指定してください。"});
    }
    filter.state = request.query_text("state").value_or("living");
    constexpr std::array<std::string_view, 6> states{"living", "draft", "sent", "active", "closed", "all"};
    if (std::find(states.begin(), states.end(), filter.state) == states.end()) {
      return Error::invalid_field("state", {"This must be living, draft, sent, active, closed or all.",
                                            "living、draft、sent、active、closed、all のいずれかで指定してください。"});
    }
    BANSO_TRY_ASSIGN(filter.no_next_step, flag(request, "no_next_step"));
    BANSO_TRY_ASSIGN(filter.is_late, flag(request, "late"));
    BANSO_TRY_ASSIGN(filter.is_unconfirmed, flag(request, "unconfirmed"));
    if (const auto status = request.query_text("status")) {
      filter.status = document::goal_status_from(*status);
      if (!filter.status) {
        return Error::invalid_field("status", {"There is no such status.", "指定されたステータスはありません。"});
      }
    }
    filter.search_key = customers::search_key(request.query_text("q").value_or(""));
    return answer(render_list(scene(request), context_->shelf.all(), filter, page));
  }

  Result<Response> create(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    NewPlan plan;
    plan.account = {fields.integer("account_id", true).value_or(0)};
    plan.template_key = fields.text("template", {.max_length = 64, .allow_empty = true}).value_or("");
    plan.name = words_of(fields, "name");
    const auto is_blank = fields.yes_no("blank").value_or(false);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto id, context_->desk.create(Actor::of(request.caller), plan, is_blank));
    return show(request, id, 201);
  }

  Result<Response> templates(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    const auto book = context_->from.health->evaluated_book();
    std::map<std::string, int> plans;
    for (const auto& file : context_->shelf.all()) plans[file->row.template_key] += file->row.is_living();
    json::array items, usual;
    for (const auto& each :
         published_templates(*context_->from.definitions, *context_->from.health->condition_fields())) {
      json::value is_fitting = nullptr;
      if (account && book) is_fitting = fits(each, *book, {*account});
      items.push_back(json::object{{"key", each.key},
                                   {"name", render(document::shown(each.plan_template.name))},
                                   {"rank", each.plan_template.rank},
                                   {"version", each.version},
                                   {"goals", each.plan_template.document.goals.size()},
                                   {"actions", each.plan_template.document.actions.size()},
                                   {"plans", plans[each.key]},
                                   {"fits", std::move(is_fitting)}});
    }
    for (const auto& starter : starters()) {
      usual.push_back(json::object{{"key", starter.key},
                                   {"name", render(starter.name)},
                                   {"description", render(starter.description)},
                                   {"is_there", is_defined(starter.key)}});
    }
    return answer(json::object{{"items", std::move(items)}, {"starters", std::move(usual)}});
  }

  Result<Response> add_starters(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto* keys = fields.list("keys");
    if (keys == nullptr) fields.fail("keys", {"Give a list of keys.", "キーのリストを指定してください。"});
    const auto is_published = fields.yes_no("publish").value_or(false);
    BANSO_TRY(fields.finish());
    definitions::Bodies bodies;
    json::array added;
    for (const auto& key : *keys) {
      const auto found = std::find_if(starters().begin(), starters().end(), [&](const auto& each) {
        return key.is_string() && each.key == std::string_view(key.get_string());
      });
      if (found == starters().end()) {
        return Error::invalid_field(
            "keys", {"There is no such template to begin with.", "指定された定番テンプレートはありません。"});
      }
      if (is_defined(found->key)) continue;
      bodies[{std::string(template_kind), found->key}] = found->body;
      added.push_back(key);
    }
    if (is_published && !bodies.empty()) {
      BANSO_TRY(context_->from.definitions->publish_all(
          request.caller, bodies, {"Plan templates to begin with", "プランの定番テンプレートを追加"}));
    } else {
      for (const auto& [name, text] : bodies) {
        BANSO_TRY(context_->from.definitions->put_draft(request.caller, name, text));
      }
    }
    return answer(json::object{{"added", std::move(added)}});
  }

  Result<Response> get(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto past, past_day(request));
    if (!past) return show(request, {id});
    const auto file = context_->store.read({id}, end_of(*past), *past);
    if (!file) return no_such_plan();
    return answer(render_plan(scene(request, past), *file, 0));
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto base = fields.integer("base_version", true);
    const auto why = fields.text("why", {.allow_empty = true});
    const auto* list = fields.list("operations");
    if (list == nullptr) fields.fail("operations", {"Give a list of operations.", "操作のリストを指定してください。"});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto operations, document::operations_from_json(json::serialize(*list)));
    BANSO_TRY(context_->desk.change(Actor::of(request.caller), {id}, *base, operations, why.value_or("")));
    return show(request, {id});
  }

  Result<Response> versions(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto file = context_->store.read({id});
    if (!file) return no_such_plan();
    const auto versions = context_->store.versions({id});
    json::array items;
    const auto total = static_cast<std::int64_t>(versions.size());
    for (auto i = page.offset; i < std::min(page.offset + page.limit, total); ++i) {
      const auto at = static_cast<std::size_t>(i);
      const auto* before = at + 1 < versions.size() ? &versions[at + 1] : nullptr;
      items.push_back(render_one(versions[at], before, *file));
    }
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> version(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto number, request.path_id("version"));
    const auto file = context_->store.read({id});
    if (!file) return no_such_plan();
    const auto version = context_->store.version({id}, number);
    if (!version) return Error::not_found({"The plan has no such version.", "指定されたバージョンはありません。"});
    const auto before = context_->store.version({id}, number - 1);
    return answer(json::object{{"version", render_one(*version, before ? &*before : nullptr, *file)},
                               {"document", boost::json::parse(version->body)}});
  }

  Result<Response> restore(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto number, request.path_id("version"));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto base = fields.integer("base_version", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.restore(Actor::of(request.caller), {id}, number, *base));
    return show(request, {id});
  }

  Result<Response> send(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body.empty() ? "{}" : request.body));
    json::Fields fields(body);
    std::vector<core::ContactId> to;
    if (const auto* list = fields.list("contact_ids")) {
      for (const auto& each : *list) {
        const auto* contact = each.if_int64();
        if (contact == nullptr) {
          fields.fail("contact_ids", {"Give ids of contacts.", "担当者のIDを指定してください。"});
          break;
        }
        to.push_back({*contact});
      }
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.send(Actor::of(request.caller), {id}, std::move(to)));
    return show(request, {id});
  }

  Result<Response> close(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body.empty() ? "{}" : request.body));
    json::Fields fields(body);
    const auto why = fields.text("why", {.allow_empty = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.close(Actor::of(request.caller), {id}, why.value_or("")));
    return show(request, {id});
  }

  Result<Response> reopen(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY(context_->desk.reopen(Actor::of(request.caller), {id}));
    return show(request, {id});
  }

  Result<Response> confirm(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    Desk::Answer said;
    said.goal = fields.text("goal", {.required = true, .max_length = 64}).value_or("");
    said.contact = {fields.integer("contact_id", true).value_or(0)};
    said.is_confirmed = fields.choice("verdict", {"confirmed", "commented"}, true).value_or("") == "confirmed";
    said.words = fields.text("words", {.max_length = 4000, .allow_empty = true}).value_or("");
    said.is_told_us = true;
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.answer(Actor::of(request.caller), {id}, said));
    return show(request, {id});
  }

  Result<Response> comment(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto item = fields.text("item", {.max_length = 64, .allow_empty = true});
    const auto words = fields.text("words", {.required = true, .max_length = 4000});
    const auto is_internal = fields.yes_no("internal").value_or(true);
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.comment(Actor::of(request.caller), {id}, item.value_or(""), *words, is_internal));
    return show(request, {id});
  }

  Result<Response> read_figure(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto goal = fields.text("goal", {.required = true, .max_length = 64});
    const auto value = fields.number("value", true);
    const auto day = fields.day("day");
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.enter_figure(Actor::of(request.caller), {id}, *goal, *value,
                                          day.value_or(context_->from.surroundings.book_day())));
    return show(request, {id});
  }

  Result<Response> ask_review(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto why = fields.text("why", {.required = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.ask_review(Actor::of(request.caller), {id}, {*why, *why}));
    return show(request, {id});
  }

  Result<Response> finish_review(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto review, request.path_id("review"));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body.empty() ? "{}" : request.body));
    json::Fields fields(body);
    const auto note = fields.text("note", {.max_length = 4000, .allow_empty = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.finish_review(Actor::of(request.caller), {id}, review, note.value_or("")));
    return show(request, {id});
  }

  Result<Response> offers(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    const auto file = context_->store.read({id});
    if (!file) return no_such_plan();
    const auto offered = context_->desk.offers(*file);
    json::array items;
    for (const auto& each : offered.items) {
      items.push_back(json::object{{"kind", document::word_of(each.kind)},
                                   {"key", each.key},
                                   {"name", render(each.name)},
                                   {"change", each.is_new ? "added" : "changed"},
                                   {"words", render(each.words)},
                                   {"item", boost::json::parse(each.item_json)}});
    }
    const auto& key = file->row.template_key;
    return answer(json::object{{"template", key.empty() ? json::value(nullptr) : json::value(key)},
                               {"from_version", offered.from_version},
                               {"to_version", offered.to_version},
                               {"items", std::move(items)}});
  }

  Result<Response> take_offers(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto to_version = fields.integer("to_version", true);
    std::vector<std::pair<document::ItemKind, std::string>> take;
    if (const auto* list = fields.list("take")) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        const auto* object = (*list)[i].if_object();
        json::Fields of(object ? *object : nothing);
        const auto kind = document::item_kind_from(of.text("kind").value_or(""));
        const auto key = of.text("key");
        if (!kind || !key) {
          fields.fail(fmt::format("take[{}]", i), {"Give kind and key.", "kind と key を指定してください。"});
          continue;
        }
        take.emplace_back(*kind, *key);
      }
    } else {
      fields.fail("take", {"Give a list; an empty one takes nothing.",
                           "リストを指定してください(何も取り込まない場合は空のリスト)。"});
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.take_offers(Actor::of(request.caller), {id}, *to_version, take));
    return show(request, {id});
  }

  Result<Response> write_value(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto story = fields.text("story", {.max_length = 4000, .allow_empty = true});
    if (!story) fields.fail("story", {"Give a text; it may be empty.", "文字列で指定してください(空でも可)。"});
    const auto is_shared = fields.yes_no("shared", true);
    std::optional<std::vector<core::Text>> evidence;
    if (const auto* list = fields.list("evidence")) {
      constexpr std::size_t most_evidence = 50;
      evidence.emplace();
      for (std::size_t i = 0; i < list->size() && i < most_evidence; ++i) {
        const auto* both = (*list)[i].if_object();
        json::Fields of(both ? *both : nothing);
        core::Text words{of.text("en", {.allow_empty = true}).value_or(""),
                         of.text("ja", {.allow_empty = true}).value_or("")};
        if (!of.ok() || (words.en.empty() && words.ja.empty())) {
          fields.fail(fmt::format("evidence[{}]", i), {"Give {\"en\", \"ja\"}, one of them at least.",
                                                       "{\"en\", \"ja\"} の少なくとも一方を指定してください。"});
        }
        evidence->push_back(std::move(words));
      }
      if (list->size() > most_evidence) {
        fields.fail("evidence", {"At most 50 pieces.", "50件以内で指定してください。"});
      }
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->desk.write_value(Actor::of(request.caller), {id}, request.parameters.at("goal"), *story,
                                         *is_shared, evidence));
    return show(request, {id});
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    BANSO_TRY_ASSIGN(const auto past, past_day(request));
    const auto of = scene(request, past);
    json::array items;
    for (const auto& file : files_of(account, past)) items.push_back(render_line(of, file, look_at(file, of.today)));
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> value_of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, known_account(request));
    BANSO_TRY_ASSIGN(const auto past, past_day(request));
    return answer(render_account_value(scene(request, past), account, files_of(account, past)));
  }

 private:
  // On a past day without the book: its ARR, owners and levels are those of today.
  Scene scene(const Request& request, std::optional<core::Day> past = {}) const {
    const auto& around = context_->from.surroundings;
    return {context_->from, past ? nullptr : context_->from.health->evaluated_book(), past.value_or(around.book_day()),
            request.language, around.reporting_currency()};
  }

  // Nothing: as known now, which is also what is known of days to come.
  Result<std::optional<core::Day>> past_day(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto day, request.query_day("as_of"));
    return day && *day < context_->from.surroundings.book_day() ? day : std::nullopt;
  }

  static core::Instant end_of(core::Day day) { return {core::start_of(day + 1).microseconds - 1}; }

  Result<Response> show(const Request& request, PlanId id, int status = 200) const {
    const auto file = context_->store.read(id);
    if (!file) return no_such_plan();
    const auto offers = static_cast<std::int64_t>(context_->desk.offers(*file).items.size());
    return answer(render_plan(scene(request), *file, offers), status);
  }

  static json::object render_one(const VersionRow& version, const VersionRow* before, const PlanFile& file) {
    const auto after = document::document_from_json(version.body).value();
    std::optional<document::Document> was;
    if (before) was = document::document_from_json(before->body).value();
    return render_version(version, was ? &*was : nullptr, after, file.sent.contains(version.version));
  }

  bool is_defined(const std::string& key) const {
    return context_->from.definitions->get({std::string(template_kind), key}).has_value();
  }

  Result<core::AccountId> known_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    if (context_->from.customers->exists({id})) return core::AccountId{id};
    return Error::not_found({"There is no such account.", "指定された顧客はありません。"});
  }

  // On a past day those that were there.
  std::vector<PlanFile> files_of(core::AccountId account, std::optional<core::Day> past) const {
    const auto until = past ? std::optional(end_of(*past)) : std::nullopt;
    std::vector<PlanFile> files;
    for (const auto plan : context_->store.plans_of(account)) {
      if (auto file = context_->store.read(plan, until, past)) files.push_back(std::move(*file));
    }
    return files;
  }

  std::shared_ptr<const RouteContext> context_;
};

}  // namespace

http::Routes make_routes(std::shared_ptr<const RouteContext> context) {
  const auto handlers = std::make_shared<Handlers>(std::move(context));
  const auto to = [&](Result<Response> (Handlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/plans", Permission::read_only, to(&Handlers::list)},
      {Method::post, "/api/plans", Permission::csm, to(&Handlers::create)},
      {Method::get, "/api/plans/templates", Permission::read_only, to(&Handlers::templates)},
      {Method::post, "/api/plans/templates", Permission::leader, to(&Handlers::add_starters)},
      {Method::get, "/api/plans/{id}", Permission::read_only, to(&Handlers::get)},
      {Method::post, "/api/plans/{id}/changes", Permission::csm, to(&Handlers::change), change_limit_bytes},
      {Method::get, "/api/plans/{id}/versions", Permission::read_only, to(&Handlers::versions)},
      {Method::get, "/api/plans/{id}/versions/{version}", Permission::read_only, to(&Handlers::version)},
      {Method::post, "/api/plans/{id}/versions/{version}/restore", Permission::csm, to(&Handlers::restore)},
      {Method::post, "/api/plans/{id}/send", Permission::csm, to(&Handlers::send)},
      {Method::post, "/api/plans/{id}/close", Permission::csm, to(&Handlers::close)},
      {Method::post, "/api/plans/{id}/reopen", Permission::csm, to(&Handlers::reopen)},
      {Method::post, "/api/plans/{id}/confirmations", Permission::csm, to(&Handlers::confirm)},
      {Method::post, "/api/plans/{id}/comments", Permission::csm, to(&Handlers::comment)},
      {Method::post, "/api/plans/{id}/readings", Permission::csm, to(&Handlers::read_figure)},
      {Method::post, "/api/plans/{id}/reviews", Permission::csm, to(&Handlers::ask_review)},
      {Method::post, "/api/plans/{id}/reviews/{review}", Permission::csm, to(&Handlers::finish_review)},
      {Method::get, "/api/plans/{id}/offers", Permission::read_only, to(&Handlers::offers)},
      {Method::post, "/api/plans/{id}/offers", Permission::csm, to(&Handlers::take_offers)},
      {Method::put, "/api/plans/{id}/values/{goal}", Permission::csm, to(&Handlers::write_value)},
      {Method::get, "/api/accounts/{id}/plans", Permission::read_only, to(&Handlers::of_account)},
      {Method::get, "/api/accounts/{id}/value", Permission::read_only, to(&Handlers::value_of_account)},
  };
}

}  // namespace banso::plans
