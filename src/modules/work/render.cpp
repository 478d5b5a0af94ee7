#include "render.hpp"

namespace banso::work {
namespace {

constexpr std::int64_t most_history = 200;

json::value text_or_null(const core::Text& text) {
  return text.en.empty() && text.ja.empty() ? json::value(nullptr) : json::value(render(text));
}

// Columns as the API calls them, with days and instants as text.
std::pair<std::string, json::value> field_of(std::string_view column, const json::value& stored) {
  std::string name(column);
  json::value shown = stored;
  const auto ends = [&](std::string_view end) { return name.ends_with(end); };
  if (ends("_at_us")) {
    name.resize(name.size() - 3);
    if (stored.is_number()) shown = json::from(core::Instant{stored.to_number<std::int64_t>()});
  } else if (ends("_day") && stored.is_number()) {
    shown = json::from(core::Day{stored.to_number<std::int32_t>()});
  }
  return {std::move(name), std::move(shown)};
}

json::array changes_of(const HistoryRow& row) {
  json::array changes;
  for (const auto& each : row.after) {
    const auto* before = row.before.if_contains(each.key());
    auto [name, after] = field_of(each.key(), each.value());
    changes.push_back(json::object{{"field", name},
                                   {"before", before ? field_of(each.key(), *before).second : json::value(nullptr)},
                                   {"after", std::move(after)}});
  }
  return changes;
}

json::value snooze_of(const Call& call) {
  if (call.status != CallStatus::snoozed) return nullptr;
  json::value condition = nullptr;
  if (!call.snooze_condition_json.empty()) condition = json::parse(call.snooze_condition_json).value();
  return json::object{
      {"until", json::from(call.snoozed_until)}, {"condition", std::move(condition)}, {"why", call.snooze_why}};
}

template <class T>
json::value number_or_null(const std::optional<T>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

json::array render_outcomes(CallKind kind) {
  json::array outcomes;
  for (const auto outcome : outcomes_of(kind)) {
    outcomes.push_back(json::object{{"outcome", word_of(outcome)}, {"name", render(name_of(outcome))}});
  }
  return outcomes;
}

Renderer::Renderer(Desk& desk, RankingPtr ranking)
    : desk_(desk),
      ranking_(std::move(ranking)),
      people_(desk.people().all()),
      book_(desk.from().health->evaluated_book()) {}

json::value Renderer::person(core::UserId user) const {
  if (!user) return nullptr;
  const auto found = people_->find(user);
  return json::object{{"id", user.value}, {"name", found == people_->end() ? std::string("?") : found->second.name}};
}

json::array Renderer::people(std::span<const core::UserId> users) const {
  json::array list;
  for (const auto user : users) {
    if (user) list.push_back(person(user));
  }
  return list;
}

std::string Renderer::account_name(core::AccountId account) {
  auto [known, is_new] = names_.try_emplace(account);
  if (!is_new) return known->second;
  const auto row = book_ ? book_->find(account) : std::nullopt;
  if (row) {
    known->second = book_->name(*row);
  } else {  // so new that no book has it yet
    desk_.from().customers->each_book_row(
        customers::Selection::of({account}),
        [&name = known->second](const customers::BookRow& record) { name = record.name; });
  }
  return known->second;
}

json::value Renderer::brief_account(core::AccountId account) {
  if (!account) return nullptr;
  return json::object{{"id", account.value}, {"name", account_name(account)}};
}

json::object Renderer::account(core::AccountId id, const AccountFacts& facts) {
  return {{"id", id.value},
          {"name", facts.name.empty() ? account_name(id) : facts.name},
          {"arr", render_money(facts.standing.arr_minor, ranking_->currency)},
          {"score", number_or_null(facts.score)},
          {"score_change_28d", number_or_null(facts.standing.score_change_28d)},
          {"level", facts.level.empty() ? json::value(nullptr) : json::value(facts.level)},
          {"renewal_day", json::from(facts.standing.renewal_day)}};
}

json::object Renderer::item(const ListedCall& listed, const CallFigures& figures) {
  const auto& call = listed.call;
  const auto& currency = ranking_->currency;
  const bool is_ranked = listed.ranked.call && call.status != CallStatus::snoozed && call.status != CallStatus::closed;
  json::object item{
      {"id", call.id.value},
      {"account", account(call.account, *listed.ranked.account)},
      {"kind", word_of(call.kind)},
      {"severity", word_of(call.severity)},
      {"status", word_of(call.status)},
      {"reason", call.reason},
      {"title", render(call.title)},
      {"explanation", render(call.explanation)},
      {"role", org::word_of(call.role)},
      {"assignee", person(call.assignee)},
      {"responsible", person(call.responsible)},
      {"stands_in_for", person(call.stands_in_for)},
      {"due_day", json::from(call.due)},
      {"business_days_left", call.closed_at ? 0 : ranking_->days_left.until(call.due)},
      {"is_overdue", !call.closed_at && call.due < ranking_->today()},
      {"playbook", call.playbook.empty() ? json::value(nullptr) : json::value(call.playbook)},
      {"source", call.source},
      {"source_version", call.source_version},
      {"value_at_stake",
       render_money(call.value_at_stake_minor.value_or(listed.ranked.account->standing.arr_minor), currency)},
      {"hours_estimate", call.hours_estimate},
      {"opened_at", json::from(call.opened_at)},
      {"opened_by", person(call.opened_by)},
      {"started_at", json::from(call.started_at)},
      {"closed_at", json::from(call.closed_at)},
      {"outcome", call.outcome ? json::value(word_of(*call.outcome)) : json::value(nullptr)},
      {"outcome_why", text_or_null(call.why)},
      {"closed_by", person(call.closed_by)},
      {"snooze", snooze_of(call)},
      {"feedback", nullptr},
      {"tasks",
       json::object{{"open", figures.open_tasks}, {"total", figures.tasks}, {"overdue", figures.overdue_tasks}}},
      {"comments", figures.comments},
      {"rank", number_or_null(listed.rank)},
      {"points", nullptr},
      {"why", nullptr},
      {"revision", call.revision}};
  if (call.feedback != Verdict::none) {
    item["feedback"] =
        json::object{{"verdict", word_of(call.feedback)}, {"why", call.feedback_why}, {"by", person(call.feedback_by)}};
  }
  if (is_ranked) {
    item["points"] = listed.ranked.points;
    item["why"] = render(ranked_because(ranking_->input_of(listed.ranked), currency));
  }
  return item;
}

json::array Renderer::calls(std::span<const ListedCall> calls) {
  std::vector<CallId> ids;
  for (const auto& listed : calls) ids.push_back(listed.call.id);
  auto figures = desk_.store().figures(ids, ranking_->today());
  json::array items;
  for (const auto& listed : calls) items.push_back(item(listed, figures[listed.call.id]));
  return items;
}

json::array Renderer::history(CallId call) const {
  json::array entries;
  for (const auto& row : desk_.store().history(call, most_history)) {
    entries.push_back(json::object{{"id", row.id},
                                   {"at", json::from(row.at)},
                                   {"by", person(row.by)},
                                   {"event", row.event},
                                   {"changes", changes_of(row)},
                                   {"why", row.why},
                                   {"task", row.task ? json::value(row.task.value) : json::value(nullptr)},
                                   {"batch", row.batch ? json::value(row.batch) : json::value(nullptr)}});
  }
  return entries;
}

json::array Renderer::runs(CallId call) const {
  json::array runs;
  for (const auto& run : desk_.runs_of(call)) {
    runs.push_back(json::object{{"run", run.run},
                                {"playbook", run.playbook},
                                {"name", render(run.name)},
                                {"state", render(run.state)},
                                {"step", render(run.step)}});
  }
  return runs;
}

json::object Renderer::comment(const Comment& comment) const {
  return {{"id", comment.id},
          {"author", person(comment.author)},
          {"at", json::from(comment.at)},
          {"body", comment.body},
          {"mentions", people(comment.mentions)}};
}

json::object Renderer::detail(const ListedCall& listed, core::UserId reader) {
  const auto id = listed.call.id;
  auto figures = desk_.store().figures({&id, 1}, ranking_->today());
  auto detail = item(listed, figures[id]);
  const auto evidence = json::parse(listed.call.evidence_json);
  detail["evidence"] = evidence && evidence->is_array() ? *evidence : json::value(json::array());
  detail["history"] = history(id);
  titles_[id] = listed.call.title;
  detail["task_list"] = tasks(desk_.store().tasks_of(id));
  json::array comments;
  for (const auto& each : desk_.store().comments(id)) comments.push_back(comment(each));
  detail["comment_list"] = std::move(comments);
  detail["runs"] = runs(id);
  const auto followers = desk_.store().followers(id);
  detail["followers"] = people(followers);
  detail["follows"] = std::find(followers.begin(), followers.end(), reader) != followers.end();
  detail["outcomes"] = render_outcomes(listed.call.kind);
  return detail;
}

json::object Renderer::summary(const ListSummary& summary) const {
  return {{"calls", summary.calls},
          {"accounts", summary.accounts},
          {"arr", render_money(summary.arr_minor, ranking_->currency)},
          {"value_at_stake", render_money(summary.value_minor, ranking_->currency)},
          {"overdue", summary.overdue},
          {"due_today", summary.due_today},
          {"hours_estimate", summary.hours}};
}

json::object Renderer::counts(const ListCounts& counts) {
  json::object status, kind, severity;
  for (const auto& [each, count] : counts.status) status.emplace(word_of(each), count);
  for (const auto& [each, count] : counts.kind) kind.emplace(word_of(each), count);
  for (const auto& [each, count] : counts.severity) severity.emplace(word_of(each), count);
  return {{"status", std::move(status)}, {"kind", std::move(kind)}, {"severity", std::move(severity)}};
}

void Renderer::know_calls_of(std::span<const Task> tasks) {
  std::set<CallId> wanted;
  for (const auto& task : tasks) {
    if (task.call && !titles_.contains(task.call)) wanted.insert(task.call);
  }
  const std::vector<CallId> ids(wanted.begin(), wanted.end());
  for (auto& call : desk_.store().find(ids)) titles_[call.id] = std::move(call.title);
}

json::array Renderer::tasks(std::span<const Task> tasks) {
  know_calls_of(tasks);
  json::array items;
  for (const auto& each : tasks) items.push_back(task(each));
  return items;
}

json::object Renderer::task(const Task& task) {
  know_calls_of({&task, 1});
  json::value call = nullptr;
  if (const auto title = titles_.find(task.call); task.call && title != titles_.end()) {
    call = json::object{{"id", task.call.value}, {"title", render(title->second)}};
  }
  return {{"id", task.id.value},
          {"call", std::move(call)},
          {"account", brief_account(task.account)},
          {"kind", word_of(task.kind)},
          {"state", word_of(task.state)},
          {"title", render(task.title)},
          {"description", render(task.description)},
          {"role", org::word_of(task.role)},
          {"assignee", person(task.assignee)},
          {"responsible", person(task.responsible)},
          {"stands_in_for", person(task.stands_in_for)},
          {"due_day", json::from(task.due)},
          {"business_days_left", task.is_finished() ? 0 : ranking_->days_left.until(task.due)},
          {"is_overdue", !task.is_finished() && task.is_late(ranking_->today())},
          {"required", task.required},
          {"source", task.source},
          {"created_at", json::from(task.created_at)},
          {"finished_at", json::from(task.finished_at)},
          {"finished_by", person(task.finished_by)},
          {"why", task.why}};
}

json::array Renderer::notices(std::span<const Notice> notices) {
  json::array items;
  for (const auto& notice : notices) {
    items.push_back(json::object{{"id", notice.id},
                                 {"at", json::from(notice.at)},
                                 {"event", notice.event},
                                 {"text", render(notice.text)},
                                 {"by", person(notice.by)},
                                 {"call", notice.call ? json::value(notice.call.value) : json::value(nullptr)},
                                 {"task", notice.task ? json::value(notice.task.value) : json::value(nullptr)},
                                 {"account", brief_account(notice.account)},
                                 {"read_at", json::from(notice.read_at)}});
  }
  return items;
}

}  // namespace banso::work
