#include <algorithm>

#include <fmt/format.h>

#include "core/money.hpp"
#include "platform/text/csv_cell.hpp"
#include "platform/text/text_encoding.hpp"
#include "routes.hpp"

namespace banso::proof {
namespace {

using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int usual_practice_days = 365;
// Whoever looks at a page waits for so long, whoever asks for a file for longer.
constexpr std::chrono::seconds patience_of_a_page{3}, patience_of_a_file{60};
constexpr int longest_window_days = 366 * 6;

Result<int> horizon_in(const Request& request) {
  BANSO_TRY_ASSIGN(const auto days, request.query_integer("horizon_days"));
  const auto wanted = days.value_or(usual_horizon_days);
  if (wanted != 28 && wanted != 56 && wanted != 84 && wanted != 168) {
    return core::Error::invalid_field(
        "horizon_days", {"Give 28, 56, 84 or 168 days.", "28、56、84、168日のいずれかを指定してください。"});
  }
  return static_cast<int>(wanted);
}

// One line of the walk down: an account with its side.
struct Line {
  std::string_view arm;
  const Case* measured = nullptr;  // nothing: waiting
  const Unit* unit = nullptr;
  core::AccountId account() const { return measured ? measured->start.account : unit->start.account; }
};

// Treated ones first, those for which no like one was found among them; then the others; then who waits.
std::vector<Line> lines_of(const Proof& proof, const std::string& arm) {
  std::vector<Line> lines;
  const auto add = [&](std::string_view word, std::span<const Case> cases) {
    if (!arm.empty() && arm != word) return;
    for (const auto& each : cases) lines.push_back({word, &each, nullptr});
  };
  add("treated", proof.cases.treated);
  add("treated", proof.cases.unmatched);
  add("comparison", proof.cases.comparison_side);
  if (arm.empty() || arm == "waiting") {
    for (const auto& unit : proof.cases.waiting) lines.push_back({"waiting", nullptr, &unit});
  }
  return lines;
}

json::value of_state(const std::optional<double>& value) {
  return json::from(value);
}

using Names = std::map<core::AccountId, AccountNote>;

std::string name_in(const Names& names, core::AccountId account) {
  const auto note = names.find(account);
  return note == names.end() ? std::string() : note->second.name;
}

std::string in_units(std::int64_t amount_minor, int digits) {
  double units = static_cast<double>(amount_minor);
  for (int i = 0; i < digits; ++i) units /= 10;
  return fmt::format("{:.{}f}", units, digits);
}

std::string csv_number(const std::optional<double>& value) {
  return value ? fmt::format("{:.2f}", *value) : std::string();
}

std::span<const core::Text> csv_headings() {
  static const core::Text headings[] = {{"Account", "企業名"},
                                        {"Side", "区分"},
                                        {"Start", "開始日"},
                                        {"State of the run", "実行の状態"},
                                        {"Matched with", "比較相手"},
                                        {"Health before", "開始時のスコア"},
                                        {"Health after", "終了時のスコア"},
                                        {"Level before", "開始時のレベル"},
                                        {"Level after", "終了時のレベル"},
                                        {"Active people before", "開始時の利用人数"},
                                        {"Active people after", "終了時の利用人数"},
                                        {"ARR before", "開始時のARR"},
                                        {"ARR after", "終了時のARR"},
                                        {"Renewed", "更新"}};
  return headings;
}

std::vector<std::string> csv_row(const Line& line, const Names& names, int digits) {
  std::vector<std::string> cells{name_in(names, line.account()), std::string(line.arm)};
  if (!line.measured) {
    cells.push_back(core::to_string(line.unit->start.day));
    cells.push_back(line.unit->is_holdout ? "holdout" : line.unit->state);
    cells.resize(csv_headings().size());
    return cells;
  }
  const auto& [start, run, state, before, after, partner] = *line.measured;
  cells.push_back(core::to_string(start.day));
  cells.push_back(state);
  cells.push_back(partner ? name_in(names, partner) : "");
  cells.push_back(csv_number(before.state.health));
  cells.push_back(csv_number(after.state.health));
  cells.push_back(before.state.level);
  cells.push_back(after.state.level);
  cells.push_back(csv_number(before.state.active_people));
  cells.push_back(csv_number(after.state.active_people));
  cells.push_back(in_units(before.state.arr_minor, digits));
  cells.push_back(after.arr_minor ? in_units(*after.arr_minor, digits) : "");
  cells.push_back(!after.renewed ? "" : *after.renewed ? "1" : "0");
  return cells;
}

std::string csv_of(std::span<const Line> lines, const Names& names, const std::string& currency,
                   core::Language language) {
  std::string text(platform::text::utf8_byte_order_mark);
  const auto add = [&](std::span<const std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      text += platform::text::csv_cell(cells[i]);
    }
    text += "\r\n";
  };
  std::vector<std::string> headings;
  for (const auto& heading : csv_headings()) headings.push_back(heading.in(language));
  add(headings);
  const auto digits = core::minor_digits(currency);
  for (const auto& line : lines) add(csv_row(line, names, digits));
  return text;
}

class ProofHandlers {
 public:
  explicit ProofHandlers(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Result<Response> list(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto horizon_days, horizon_in(request));
    json::array items;
    const auto all = desk_->proofs.all(horizon_days, patience_of_a_page);
    for (const auto& proof : all.proofs) items.push_back(render_summary(*proof));
    const auto total = items.size();
    return answer(json::object{{"as_of", json::from(desk_->from.surroundings.book_day())},
                               {"currency", desk_->from.surroundings.reporting_currency()},
                               {"horizon_days", horizon_days},
                               {"items", std::move(items)},
                               {"building", all.building},
                               {"total", total}});
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto question, question_in(request));
    const auto proof = desk_->proofs.get(question, patience_of_a_page);
    if (!proof) return answer(json::object{{"state", "building"}}, 202);
    if (!*proof) return never_ran();
    return answer(render_whole(**proof, *desk_, request.language, question.version));
  }

  Result<Response> accounts(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto question, question_in(request));
    BANSO_TRY_ASSIGN(const auto arm, arm_in(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto proof, proof_for(question));
    const auto lines = lines_of(*proof, arm);
    const auto first = std::min<std::size_t>(lines.size(), static_cast<std::size_t>(page.offset));
    const auto last = std::min<std::size_t>(lines.size(), first + static_cast<std::size_t>(page.limit));
    const std::span<const Line> shown(lines.data() + first, last - first);
    const auto names = names_for(shown);
    json::array items;
    for (const auto& line : shown) items.push_back(render_line(line, names, proof->currency));
    return answer(
        json::object{{"items", std::move(items)}, {"total", lines.size()}, {"as_of", json::from(proof->as_of)}});
  }

  Result<Response> export_csv(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto question, question_in(request));
    BANSO_TRY_ASSIGN(const auto arm, arm_in(request));
    BANSO_TRY_ASSIGN(const auto proof, proof_for(question));
    const auto lines = lines_of(*proof, arm);
    const auto names = names_for(lines);
    auto response = Response::text(csv_of(lines, names, proof->currency, request.language), "text/csv; charset=utf-8");
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"proof-{}-{}.csv\"",
                                                                     question.playbook, core::to_string(proof->as_of)));
    return response;
  }

  Result<Response> practice(const Request& request) const {
    const auto word = request.query_text("kind").value_or("risk");
    const auto kind = work::call_kind_from(word);
    if (!kind) {
      return core::Error::invalid_field("kind",
                                        {"There is no such kind of call.", "アクションの種類が正しくありません。"});
    }
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
    const auto last = to.value_or(desk_->from.surroundings.book_day());
    const auto first = from.value_or(last - usual_practice_days);
    if (last < first || last - first > longest_window_days) {
      return core::Error::invalid_field(
          "to", {"Give a day after \"from\", within six years.", "「from」以降、6年以内の日付を指定してください。"});
    }
    const auto report = desk_->proofs.practice(*kind, first, last);
    json::array items;
    for (const auto& note : report.notes) items.push_back(render(note));
    return answer(json::object{{"kind", word},
                               {"from", json::from(first)},
                               {"to", json::from(last)},
                               {"calls", report.calls},
                               {"good", report.good},
                               {"associations", std::move(items)},
                               {"sentence", render(report.sentence)}});
  }

 private:
  static Result<ProofQuestion> question_in(const Request& request) {
    ProofQuestion question;
    question.playbook = request.parameters.at("key");
    BANSO_TRY_ASSIGN(question.horizon_days, horizon_in(request));
    BANSO_TRY_ASSIGN(question.version, request.query_integer("version"));
    question.step = request.query_text("step").value_or("");
    return question;
  }

  static Result<std::string> arm_in(const Request& request) {
    auto arm = request.query_text("arm").value_or("");
    if (!arm.empty() && arm != "treated" && arm != "comparison" && arm != "waiting") {
      return core::Error::invalid_field("arm", {"Give treated, comparison or waiting.",
                                                "treated、comparison、waiting のいずれかを指定してください。"});
    }
    return arm;
  }

  static core::Error never_ran() {
    return core::Error::not_found(
        {"No run of such a playbook is known.", "そのプレイブックが実行されたことはありません。"});
  }

  Result<ProofPtr> proof_for(const ProofQuestion& question) const {
    auto proof = desk_->proofs.get(question, patience_of_a_file);
    if (!proof) {
      return core::Error::conflict({"The comparison is being computed. Ask again in a minute.",
                                    "比較を計算しています。1分ほどおいてから、もう一度お試しください。"});
    }
    if (!*proof) return never_ran();
    return std::move(*proof);
  }

  Names names_for(std::span<const Line> lines) const {
    std::vector<core::AccountId> accounts;
    for (const auto& line : lines) {
      accounts.push_back(line.account());
      if (line.measured && line.measured->matched_with) accounts.push_back(line.measured->matched_with);
    }
    return notes_of(*desk_->from.customers, std::move(accounts));
  }

  static json::object render_account(const Names& names, core::AccountId account) {
    return {{"id", account.value}, {"name", name_in(names, account)}};
  }

  static json::value level_of(const std::string& level) {
    return level.empty() ? json::value(nullptr) : json::value(level);
  }

  static json::object render_line(const Line& line, const Names& names, const std::string& currency) {
    json::object item{{"account", render_account(names, line.account())},
                      {"arm", line.arm},
                      {"run", nullptr},
                      {"start", nullptr},
                      {"state", ""},
                      {"matched_with", nullptr},
                      {"health_before", nullptr},
                      {"health_after", nullptr},
                      {"level_before", nullptr},
                      {"level_after", nullptr},
                      {"active_people_before", nullptr},
                      {"active_people_after", nullptr},
                      {"arr_before", nullptr},
                      {"arr_after", nullptr},
                      {"money_day", nullptr},
                      {"renewed", nullptr}};
    if (!line.measured) {
      item["run"] = json::from(line.unit->run);
      item["start"] = json::from(line.unit->start.day);
      item["state"] = line.unit->is_holdout ? "holdout" : line.unit->state;
      return item;
    }
    const auto& [start, run, state, before, after, partner] = *line.measured;
    item["run"] = json::from(run);
    item["start"] = json::from(start.day);
    item["state"] = state;
    if (partner) item["matched_with"] = render_account(names, partner);
    item["health_before"] = of_state(before.state.health);
    item["health_after"] = of_state(after.state.health);
    item["level_before"] = level_of(before.state.level);
    item["level_after"] = level_of(after.state.level);
    item["active_people_before"] = of_state(before.state.active_people);
    item["active_people_after"] = of_state(after.state.active_people);
    item["arr_before"] = render_money(before.state.arr_minor, currency);
    if (after.arr_minor) item["arr_after"] = render_money(*after.arr_minor, currency);
    item["money_day"] = json::from(after.money_day);
    if (after.renewed) item["renewed"] = *after.renewed;
    return item;
  }

  std::shared_ptr<Desk> desk_;
};

}  // namespace

http::Routes proof_routes(std::shared_ptr<Desk> desk) {
  const auto handlers = std::make_shared<ProofHandlers>(std::move(desk));
  const auto to = [&](Result<Response> (ProofHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/proof/playbooks", Permission::leader, to(&ProofHandlers::list)},
      {Method::get, "/api/proof/playbooks/{key}", Permission::leader, to(&ProofHandlers::one)},
      {Method::get, "/api/proof/playbooks/{key}/accounts", Permission::leader, to(&ProofHandlers::accounts)},
      {Method::get, "/api/proof/playbooks/{key}/accounts.csv", Permission::leader, to(&ProofHandlers::export_csv)},
      {Method::get, "/api/proof/practice", Permission::leader, to(&ProofHandlers::practice)},
  };
}

}  // namespace banso::proof
