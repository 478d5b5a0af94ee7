#include <algorithm>

#include <fmt/format.h>

#include "engine/workflow/playbook_json.hpp"
#include "kind.hpp"
#include "render.hpp"
#include "routes.hpp"
#include "run_lists.hpp"
#include "templates.hpp"

namespace banso::playbooks {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using definitions::Name;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t body_limit_bytes = 2 << 20;
constexpr std::int64_t recently_us = 30 * core::microseconds_per_day;
constexpr std::size_t most_reasons = 100;
const std::string kind_word(playbook_kind);

std::int64_t count_at(const std::map<std::string, std::int64_t>& counts, const std::string& state) {
  const auto found = counts.find(state);
  return found == counts.end() ? 0 : found->second;
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [state, count] : counts) sum += count;
  return sum;
}

json::value goal_rate(const std::map<std::string, std::int64_t>& counts) {
  const auto goal = count_at(counts, "goal");
  const auto ended = goal + count_at(counts, "done") + count_at(counts, "exited") + count_at(counts, "stopped");
  return ended == 0 ? json::value(nullptr) : json::value(static_cast<double>(goal) / static_cast<double>(ended));
}

json::object render_counts(const Counts& counts) {
  const auto of = [&](const std::string& state) { return count_at(counts.treated, state); };
  return {{"live", of("active") + of("waiting") + of("failed")},
          {"waiting", of("waiting")},
          {"failed", of("failed")},
          {"done", of("done")},
          {"goal", of("goal")},
          {"exited", of("exited")},
          {"stopped", of("stopped")},
          {"holdout", sum_of(counts.holdout)},
          {"goal_rate", goal_rate(counts.treated)},
          {"holdout_goal_rate", goal_rate(counts.holdout)},
          {"started_30d", counts.started_recently}};
}

std::string_view word_of(workflow::StartOn on) {
  static constexpr std::string_view words[] = {"manual", "call", "segment", "schedule", "change"};
  return words[static_cast<std::size_t>(on)];
}

json::array render_names(std::span<const Name> names) {
  json::array items;
  for (const auto& name : names) items.push_back(json::object{{"kind", name.kind}, {"key", name.key}});
  return items;
}

json::value body_json(const workflow::Playbook& playbook) {
  return json::parse(workflow::write_playbook(playbook)).value();
}

class PlaybookHandlers {
 public:
  explicit PlaybookHandlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request&) const {
    const auto counts = count();
    json::array items;
    for (const auto& summary : definitions().list(kind_word)) {
      const auto definition = definitions().get(summary.name);
      if (definition) items.push_back(render_playbook(*definition, counts));
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> get(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, known(request));
    auto item = render_playbook(definition, count());
    const auto playbook = workflow::read_checked(text_of(definition));
    const auto places = context_->context.from.records->read(
        [&](store::Session& session) { return places_of(session, definition.summary.name.key); });
    json::array versions;
    for (const auto& place : places) {
      if (versions.empty() || versions.back().as_object().at("version").to_number<std::int64_t>() != place.version) {
        versions.push_back(json::object{{"version", place.version}, {"live", 0}, {"steps", json::array{}}});
      }
      auto& version = versions.back().as_object();
      version["live"] = version["live"].to_number<std::int64_t>() + place.live;
      version["steps"].as_array().push_back(
          json::object{{"step", place.step}, {"live", place.live}, {"failed", place.failed}});
    }
    item["body"] = body_json(playbook);
    item["edges"] = render_edges(playbook);
    item["versions"] = std::move(versions);
    return answer(item);
  }

  Result<Response> list_templates(const Request&) const {
    json::array items;
    for (const auto& each : templates()) {
      const auto playbook = workflow::read_checked(each.body);
      std::vector<Name> needs;
      for (const auto& [name, body] : each.needs) needs.push_back(name);
      items.push_back(json::object{{"key", each.key},
                                   {"name", render_text(playbook.name)},
                                   {"description", render_text(playbook.description)},
                                   {"purpose", playbook.purpose},
                                   {"exists", definitions().get({kind_word, each.key}).has_value()},
                                   {"needs", render_names(needs)},
                                   {"body", body_json(playbook)}});
    }
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> add_templates(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto* keys = fields.list("keys");
    if (!keys || keys->empty() || keys->size() > 50) {
      fields.fail("keys", {"Name 1 to 50 templates.", "テンプレートを1〜50件指定してください。"});
    }
    BANSO_TRY(fields.finish());
    std::vector<Name> added, existing;
    const auto add = [&](const Name& name, const std::string& text) -> Result<> {
      if (definitions().get(name)) {
        existing.push_back(name);
        return {};
      }
      BANSO_TRY(definitions().put_draft(request.caller, name, text, "テンプレートから追加 / from a template"));
      added.push_back(name);
      return {};
    };
    for (const auto& key : *keys) {
      const auto& all = templates();
      const auto found = std::find_if(
          all.begin(), all.end(), [&](const auto& each) { return key.is_string() && key.get_string() == each.key; });
      if (found == all.end()) {
        return core::Error::invalid_field("keys",
                                          {"There is no such template.", "指定されたテンプレートはありません。"});
      }
      for (const auto& [name, text] : found->needs) BANSO_TRY(add(name, text));
      BANSO_TRY(add({kind_word, found->key}, found->body));
    }
    return answer(json::object{{"added", render_names(added)}, {"existing", render_names(existing)}});
  }

  Result<Response> check(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto key = fields.text("key", {.max_length = 64}).value_or("");
    const auto* given = fields.child("body");
    if (!given) fields.fail("body", {"Give the body of a playbook.", "プレイブックの内容を指定してください。"});
    BANSO_TRY(fields.finish());
    const auto text = json::serialize(*given);
    const std::vector<std::string> kinds{kind_word, "segment", "mail_template", "survey"};
    auto others = definitions().published(kinds).bodies;
    for (const auto& kind : kinds) {  // what is still a draft will be there when both are published
      for (const auto& summary : definitions().list(kind)) {
        if (!summary.has_draft || others.contains(summary.name)) continue;
        const auto definition = definitions().get(summary.name);
        if (definition && definition->draft) others[summary.name] = *definition->draft;
      }
    }
    json::array faults;
    for (const auto& fault : body_faults(key, text, *context_->context.from.health->condition_fields(), &others)) {
      faults.push_back(json::object{
          {"field", fault.field}, {"step", step_in(fault.field)}, {"message", render_text(fault.message)}});
    }
    return answer(json::object{{"faults", std::move(faults)}, {"edges", render_edges(workflow::read_checked(text))}});
  }

  Result<Response> dry(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, known(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto account = fields.integer("account");
    const auto* given = fields.child("body");
    BANSO_TRY(fields.finish());
    DryRunRequest dry;
    dry.key = definition.summary.name.key;
    const auto text = given ? json::serialize(*given) : definition.draft ? *definition.draft : text_of(definition);
    BANSO_TRY_ASSIGN(dry.playbook, workflow::read_playbook(text));
    if (account) dry.account = core::AccountId{*account};
    BANSO_TRY_ASSIGN(auto result, dry_run(context_->context, dry, context_->notes));
    return answer(std::move(result));
  }

  Result<Response> start(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, known(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto* given = fields.list("accounts");
    std::vector<core::AccountId> accounts;
    if (given) {
      for (const auto& id : *given) {
        if (id.is_int64()) accounts.push_back({id.get_int64()});
      }
    }
    if (!given || accounts.empty() || accounts.size() != given->size() || accounts.size() > 1000) {
      fields.fail("accounts", {"Name 1 to 1,000 accounts.", "顧客を1〜1,000件指定してください。"});
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto started,
                     context_->service.start_runs(request.caller, definition.summary.name.key, accounts));
    json::array items;
    std::int64_t count = 0;
    for (const auto& each : started) {
      count += each.run ? 1 : 0;
      items.push_back(json::object{{"account_id", each.account.value},
                                   {"account_name", context_->context.name_of(each.account)},
                                   {"run_id", json::from(each.run)},
                                   {"words", render_text(each.words)}});
    }
    return answer(json::object{{"started", count},
                               {"refused", static_cast<std::int64_t>(started.size()) - count},
                               {"items", std::move(items)}});
  }

  Result<Response> move(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, known(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto from = fields.integer("from_version");
    BANSO_TRY(fields.finish());
    const auto& key = definition.summary.name.key;
    const auto version = definition.summary.version;
    if (version == 0 || definition.summary.retired) return no_such_playbook();
    std::vector<RunId> runs;
    context_->context.from.records->read([&](store::Session& session) {
      store::each_live_run(session, [&](const store::LiveRun& run) {
        if (run.playbook != key || run.version == version) return;
        if (!from || run.version == *from) runs.push_back(run.id);
      });
    });
    std::int64_t moved = 0, refused = 0;
    json::array reasons;
    for (const auto run : runs) {
      const auto outcome = context_->runner.change_version(run, version, request.caller.name);
      outcome ? ++moved : ++refused;
      if (!outcome && reasons.size() < most_reasons) {
        reasons.push_back(json::object{{"run_id", run.value}, {"words", render_text(outcome.error().message)}});
      }
    }
    return answer(
        json::object{{"version", version}, {"moved", moved}, {"refused", refused}, {"reasons", std::move(reasons)}});
  }

  Result<Response> explain(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, known(request));
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    auto& context = context_->context;
    const core::AccountId account{id};
    const auto conditions = context.conditions();
    if (!conditions || !conditions->book().find(account)) {
      return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    }
    const auto& key = definition.summary.name.key;
    RunFilter filter;
    filter.playbook = key;
    filter.account = account;
    json::array runs, refusals;
    std::vector<RunRow> rows;
    std::vector<NotStarted> refused;
    store::History history;
    context.from.records->read([&](store::Session& session) {
      rows = list_runs(session, filter, {0, 100}).items;
      refused = not_started(session, key, account);
      history = store::history_of(session, key, account, context.today());
    });
    for (const auto& row : rows) runs.push_back(render_run(context, row));
    for (const auto& each : refused) {
      refusals.push_back(
          json::object{{"at", json::from(each.at)}, {"code", each.code}, {"words", render_text(each.words)}});
    }
    const auto [sentence, can_start] = sentence_of(definition, account, *conditions, history, rows);
    return answer(json::object{{"account_id", id},
                               {"account_name", context.name_of(account)},
                               {"sentence", render_text(sentence)},
                               {"can_start", can_start},
                               {"runs", std::move(runs)},
                               {"not_started", std::move(refusals)}});
  }

 private:
  definitions::Service& definitions() const { return *context_->context.from.definitions; }

  std::map<std::string, Counts> count() const {
    const core::Instant since{context_->context.now().microseconds - recently_us};
    return context_->context.from.records->read([&](store::Session& session) { return count_runs(session, since); });
  }

  Result<definitions::Definition> known(const Request& request) const {
    auto found = definitions().get({kind_word, request.parameters.at("key")});
    if (!found) return no_such_playbook();
    return std::move(*found);
  }

  static std::string text_of(const definitions::Definition& definition) {
    return definition.body ? *definition.body : definition.draft.value_or("{}");
  }

  static json::value step_in(const std::string& path) {
    constexpr std::string_view begin = "steps[";
    const auto end = path.find(']');
    if (!path.starts_with(begin) || end == std::string::npos) return nullptr;
    return json::value(path.substr(begin.size(), end - begin.size()));
  }

  json::object render_playbook(const definitions::Definition& definition,
                               const std::map<std::string, Counts>& counts) const {
    const auto& summary = definition.summary;
    const auto playbook = workflow::read_checked(text_of(definition));
    const auto found = counts.find(summary.name.key);
    return {{"key", summary.name.key},
            {"name", render_text(playbook.name)},
            {"description", render_text(playbook.description)},
            {"purpose", playbook.purpose},
            {"start_on", json::value(std::string(word_of(playbook.start.on)))},
            {"steps", playbook.steps.size()},
            {"holdout_percent", playbook.holdout_percent},
            {"version", summary.version},
            {"draft", summary.has_draft},
            {"retired", summary.retired},
            {"counts", render_counts(found == counts.end() ? Counts{} : found->second)},
            {"used_by", render_names(summary.used_by)}};
  }

  std::pair<core::Text, bool> sentence_of(const definitions::Definition& definition, core::AccountId account,
                                          const Conditions& conditions, const store::History& history,
                                          std::span<const RunRow> rows) const {
    auto& context = context_->context;
    const auto published = context.library.find(definition.summary.name.key);
    if (!published) {
      return {{"The playbook is not published: nobody gets it.", "未公開のため、どの顧客にも実施されません。"}, false};
    }
    const auto clock = context.clock();
    const auto calendar = context.from.surroundings.calendar();
    const AccountSituation situation(conditions, account, *clock, calendar, context.now());
    const workflow::StartFacts facts{history.has_live_run, history.last_start_day, history.runs_today, 0};
    if (!rows.empty() && workflow::is_live(rows.front().run.state)) {
      const bool is_held_out = rows.front().run.arm == workflow::Arm::holdout;
      return {is_held_out ? core::Text{"The account is held out at present: it is watched and gets nothing.",
                                       "現在は対照群として観察中のため、何も実施していません。"}
                          : core::Text{"The playbook is running for the account at present.", "現在、実行中です。"},
              false};
    }
    if (const auto refusal = workflow::refuses_start(*published->playbook, facts, false, situation)) {
      return {{"It would not start now: " + refusal->words.en, "現在は開始されません。" + refusal->words.ja}, false};
    }
    const auto arm = workflow::arm_of(published->key, account, published->playbook->holdout_percent);
    if (arm == workflow::Arm::holdout) {
      return {{"It could start now, and the account would be held out.", "開始できますが、対照群に入ります。"}, true};
    }
    return {{"It could start now; what starts it has not happened since.",
             "開始できる状態です。開始のきっかけがまだ起きていません。"},
            true};
  }

  std::shared_ptr<const RouteContext> context_;
};

}  // namespace

http::Routes playbook_routes(std::shared_ptr<const RouteContext> context) {
  const auto handlers = std::make_shared<PlaybookHandlers>(std::move(context));
  const auto to = [&](Result<Response> (PlaybookHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/playbooks", Permission::read_only, to(&PlaybookHandlers::list)},
      {Method::get, "/api/playbooks/templates", Permission::read_only, to(&PlaybookHandlers::list_templates)},
      {Method::post, "/api/playbooks/templates", Permission::leader, to(&PlaybookHandlers::add_templates)},
      {Method::post, "/api/playbooks/check", Permission::read_only, to(&PlaybookHandlers::check), body_limit_bytes},
      {Method::get, "/api/playbooks/{key}", Permission::read_only, to(&PlaybookHandlers::get)},
      {Method::post, "/api/playbooks/{key}/dry-run", Permission::csm, to(&PlaybookHandlers::dry), body_limit_bytes},
      {Method::post, "/api/playbooks/{key}/start", Permission::csm, to(&PlaybookHandlers::start)},
      {Method::post, "/api/playbooks/{key}/move", Permission::leader, to(&PlaybookHandlers::move)},
      {Method::get, "/api/playbooks/{key}/accounts/{id}", Permission::read_only, to(&PlaybookHandlers::explain)},
  };
}

}  // namespace banso::playbooks
