#include "render.hpp"

#include "engine/workflow/playbook_json.hpp"
#include "run_lists.hpp"

namespace banso::playbooks {
namespace {

namespace json = platform::json;

json::value word_or_null(const std::string& word) {
  return word.empty() ? json::value(nullptr) : json::value(word);
}
json::value id_or_null(std::int64_t id) {
  return id == 0 ? json::value(nullptr) : json::value(id);
}

json::object render_step(const workflow::Playbook* playbook, const StepRow& row) {
  const auto* step = playbook ? playbook->find(row.fact.step) : nullptr;
  const core::Text key{row.fact.step, row.fact.step};
  return {{"visit", row.fact.visit},
          {"step", row.fact.step},
          {"name", render_text(step ? step->name : key)},
          {"kind", row.fact.kind},
          {"state", row.fact.state},
          {"result", word_or_null(row.fact.result)},
          {"words", render_maybe(row.words)},
          {"reference", id_or_null(row.fact.reference)},
          {"entered_at", json::from(row.fact.entered_at)},
          {"left_at", json::from(row.fact.left_at)},
          {"due_at", json::from(row.fact.due_at)},
          {"attempts", row.attempts},
          {"error", render_maybe(row.error)}};
}

}  // namespace

json::object render_text(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::value render_maybe(const core::Text& text) {
  return text.en.empty() ? json::value(nullptr) : json::value(render_text(text));
}

json::array render_edges(const workflow::Playbook& playbook) {
  json::array edges;
  for (const auto& step : playbook.steps) {
    for (const auto& exit : workflow::exits_of(step)) {
      edges.push_back(json::object{
          {"from", step.key}, {"to", word_or_null(exit.to)}, {"port", exit.port}, {"label", render_text(exit.label)}});
    }
  }
  return edges;
}

json::object render_trace(core::Instant at, int visit, const std::string& step, const std::string& code,
                          const core::Text& words) {
  return {{"at", json::from(at)},
          {"visit", visit},
          {"step", word_or_null(step)},
          {"code", code},
          {"words", render_text(words)}};
}

json::object render_run(Context& context, const RunRow& row) {
  const auto playbook = context.library.version(row.playbook, row.version);
  const auto* step = playbook ? playbook->find(row.run.step) : nullptr;
  const auto book = context.from.health->evaluated_book();
  const auto at = book ? book->find(row.account) : std::nullopt;
  const core::Text key{row.playbook, row.playbook};
  return {{"id", row.id.value},
          {"playbook", row.playbook},
          {"playbook_name", render_text(playbook ? playbook->name : key)},
          {"version", row.version},
          {"account_id", row.account.value},
          {"account_name", at ? json::value(book->name(*at)) : json::value(nullptr)},
          {"call_id", id_or_null(row.call_id)},
          {"parent_run_id", id_or_null(row.parent.value)},
          {"arm", json::value(std::string(workflow::word_of(row.run.arm)))},
          {"state", json::value(std::string(workflow::word_of(row.run.state)))},
          {"waiting_for", json::value(std::string(workflow::word_of(row.run.waiting)))},
          {"step", word_or_null(row.run.step)},
          {"step_name", step ? json::value(render_text(step->name)) : json::value(nullptr)},
          {"outcome", word_or_null(row.run.outcome)},
          {"started_by", row.started_by},
          {"why", render_text(row.why)},
          {"started_at", json::from(row.run.started_at)},
          {"due_at", json::from(row.run.due_at)},
          {"ended_at", json::from(row.ended_at)}};
}

json::object render_run_detail(Context& context, const RunRow& row) {
  auto rendered = render_run(context, row);
  const auto playbook = context.library.version(row.playbook, row.version);
  const auto published = context.library.find(row.playbook);
  json::array steps, trace;
  context.from.records->read([&](store::Session& session) {
    for (const auto& step : steps_of(session, row.id)) steps.push_back(render_step(playbook.get(), step));
    for (const auto& line : trace_of(session, row.id)) {
      trace.push_back(render_trace(line.at, line.visit, line.step, line.code, line.words));
    }
  });
  rendered["body"] = playbook ? json::parse(workflow::write_playbook(*playbook)).value() : json::value(json::object{});
  rendered["edges"] = playbook ? render_edges(*playbook) : json::array{};
  rendered["steps"] = std::move(steps);
  rendered["trace"] = std::move(trace);
  rendered["published_version"] = published ? published->version : 0;
  return rendered;
}

}  // namespace banso::playbooks
