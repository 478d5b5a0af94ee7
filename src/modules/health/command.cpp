#include "command.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/money.hpp"
#include "home.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

constexpr int exit_done = 0, exit_refused = 2;
constexpr std::size_t accounts_named = 5;

std::string line_of(const BookTable& table, const AccountRow& row, core::Language language) {
  const auto* scorecard = table.head().set->scorecard();
  const auto change = row.scored.change();
  return fmt::format("  {:5.1f}  {:<12} {:>7}  {}", row.scored.score->value(),
                     scorecard->levels[static_cast<std::size_t>(row.scored.level)].name.in(language),
                     change ? fmt::format("{:+.1f}", *change) : "", row.record.name);
}

}  // namespace

int EvaluateCommand::fail(const core::Error& error) const {
  errors << error.message.in(language) << '\n';
  for (const auto& field : error.fields) {
    if (field.message.in(language) != error.message.in(language)) {
      errors << "  " << field.field << ": " << field.message.in(language) << '\n';
    }
  }
  return exit_refused;
}

int EvaluateCommand::run(const EvaluateOptions& options) const {
  return options.account_external_id ? one_account(options) : all_accounts(options);
}

int EvaluateCommand::one_account(const EvaluateOptions& options) const {
  const std::string wanted[] = {*options.account_external_id};
  const auto found = from.customers->accounts_by_external_id(wanted);
  if (found.empty()) {
    return fail(core::Error::not_found({fmt::format("There is no account with the external id \"{}\".", wanted[0]),
                                        fmt::format("外部ID「{}」の顧客はありません。", wanted[0])}));
  }
  const auto health = accounts.explain(found.begin()->second, options.as_of);
  if (!health) return fail(health.error());
  if (options.json) {
    out << json::serialize(*health) << '\n';
    return exit_done;
  }
  const auto text = [&](const json::value& both) {
    return std::string(both.at(std::string(core::language_tag(language))).as_string());
  };
  const auto number = [](const json::value& value) {
    return value.is_null() ? std::string("-") : fmt::format("{:.1f}", value.to_number<double>());
  };
  out << fmt::format("{}  {}: {}\n", std::string(health->at("as_of").as_string()),
                     core::Text{"score", "スコア"}.in(language), number(health->at("score")));
  for (const auto& group : health->at("groups").as_array()) {
    out << fmt::format("  {:>6}  {}  ({:+.1f})\n", number(group.at("score")), text(group.at("name")),
                       group.at("contribution").to_number<double>());
    for (const auto& measure : group.at("measures").as_array()) {
      out << fmt::format("          {:>6}  {}: {}\n", number(measure.at("points")), text(measure.at("name")),
                         text(measure.at("value_text")));
    }
  }
  for (const auto& sentence : health->at("sentences").as_array()) out << "  " << text(sentence) << '\n';
  return exit_done;
}

int EvaluateCommand::all_accounts(const EvaluateOptions& options) const {
  // An earlier day is only looked at: the mart keeps the book day.
  if (!options.as_of || *options.as_of == from.surroundings.book_day()) {
    const auto report = live.evaluate_all([&](double share, const core::Text& message) {
      errors << fmt::format("\r{:3.0f}%  {}\x1b[K", share * 100, message.in(language)) << std::flush;
      return true;
    });
    errors << '\n';
    if (!report) return fail(report.error());
    errors << fmt::format(
        fmt::runtime(
            core::Text{"{} accounts, {} weeks of history, {:.1f} s\n", "{}社、{}週分の履歴、{:.1f}秒\n"}.in(language)),
        report->accounts, report->weeks, report->seconds);
  }
  const auto table = live.table(options.as_of);
  if (!table) return fail(table.error());
  if (options.json) {
    print_json(**table);
  } else {
    print_table(**table);
  }
  return exit_done;
}

void EvaluateCommand::print_table(const BookTable& table) const {
  const auto result = table.query({{}, {}, "-score", {}, {}}, {0, 0});
  const auto& summary = result->summary;
  const auto arr = [&](std::int64_t amount_minor) {
    return fmt::format("{} {}", table.head().currency, core::decimal_string({amount_minor, table.head().currency}));
  };
  out << fmt::format("{}  {} {}  ARR {}\n", core::to_string(table.head().as_of), summary.accounts,
                     core::Text{"accounts", "社"}.in(language), arr(summary.arr_minor));
  const auto* scorecard = table.head().set->scorecard();
  for (std::size_t i = 0; scorecard && i < scorecard->levels.size(); ++i) {
    out << fmt::format("  {:<12} {:>7}  ARR {}\n", scorecard->levels[i].name.in(language), summary.levels[i].accounts,
                       arr(summary.levels[i].arr_minor));
  }
  out << fmt::format("  {:<12} {:>7}\n", core::Text{"no score", "スコアなし"}.in(language),
                     summary.without_score.accounts);
  std::vector<const AccountRow*> scored;
  for (const auto& row : table.rows()) {
    if (row->scored.score) scored.push_back(row.get());
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const AccountRow* a, const AccountRow* b) { return a->scored.score > b->scored.score; });
  const std::size_t named = std::min(accounts_named, scored.size());
  out << core::Text{"highest\n", "上位\n"}.in(language);
  for (std::size_t i = 0; i < named; ++i) out << line_of(table, *scored[i], language) << '\n';
  out << core::Text{"lowest\n", "下位\n"}.in(language);
  for (std::size_t i = 0; i < named; ++i) out << line_of(table, *scored[scored.size() - 1 - i], language) << '\n';
}

void EvaluateCommand::print_json(const BookTable& table) const {
  const auto result = table.query({}, {0, 0});
  json::array items;
  for (const auto& row : table.rows()) items.push_back(render_row(table, *row, {}));
  out << json::serialize(json::object{{"as_of", json::from(table.head().as_of)},
                                      {"summary", render_summary(table, result->summary)},
                                      {"items", std::move(items)}})
      << '\n';
}

}  // namespace banso::health
