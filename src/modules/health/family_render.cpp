#include "family_render.hpp"

namespace banso::health {

std::map<core::AccountId, std::string> names_of_children(customers::Service& customers,
                                                         std::span<const engine::Assessments> days) {
  std::map<core::AccountId, std::string> names;
  for (const auto& day : days) {
    for (const auto& column : day.scorecards) {
      if (column.children.empty()) continue;
      for (const auto& child : column.children[0]) names[child.account];
    }
  }
  if (names.empty()) return names;
  std::vector<core::AccountId> children;
  children.reserve(names.size());
  for (const auto& [child, name] : names) children.push_back(child);
  customers.each_book_row(customers::Selection::of(std::move(children)),
                          [&](const customers::BookRow& row) { names[row.id] = row.name; });
  return names;
}

engine::AccountNames names_from(const std::map<core::AccountId, std::string>& names) {
  return [&names](core::AccountId account) {
    const auto found = names.find(account);
    return found == names.end() || found->second.empty() ? "#" + std::to_string(account.value) : found->second;
  };
}

json::object render_account(core::AccountId account, const engine::AccountNames& names) {
  return {{"id", account.value}, {"name", names(account)}};
}

json::value render_roll_up(const engine::Scorecard& card, const engine::ScorecardColumn& column,
                           const engine::Explanation& explanation, const engine::AccountNames& names,
                           const std::string& currency) {
  if (explanation.children.empty()) return nullptr;
  const auto own_level = column.own_levels[0];
  const bool has_own = own_level != engine::no_level;
  double own_share = 1;
  json::array children;
  for (const auto& [child, pull, sentence] : explanation.children) {
    own_share -= child.share;
    children.push_back(json::object{{"account", render_account(child.account, names)},
                                    {"score", render_number(child.score.value())},
                                    {"arr", render_money(child.arr_minor, currency)},
                                    {"share", render_number(child.share)},
                                    {"contribution", render_number(child.contribution.value())},
                                    {"sentence", render(sentence)}});
  }
  return json::object{
      {"own_score", has_own ? render_number(column.own_scores[0].value()) : json::value(nullptr)},
      {"own_level", has_own ? json::value(card.levels[static_cast<std::size_t>(own_level)].key) : json::value(nullptr)},
      {"own_share", render_number(std::max(0.0, own_share))},
      {"from_children", render_number(column.from_children[0].value())},
      {"children", std::move(children)},
      {"note", render(explanation.roll_up_note)}};
}

json::value render_peers(const engine::Book& book, const engine::Definitions& definitions,
                         const engine::Assessments& today, std::size_t measure) {
  const auto& definition = definitions.measures[measure];
  const auto note = engine::peer_note(book, definition, today, measure, 0);
  if (!note) return nullptr;
  const double value = today.measures[measure].underlying[0];
  return json::object{{"among", definition.percentile_among},
                      {"group", note->group.empty() ? json::value(nullptr) : json::value(note->group)},
                      {"accounts", note->peers},
                      {"better_than", render_number(note->better_than)},
                      {"value", render_number(value)},
                      {"value_text", render(engine::format_underlying(book, definition, value))},
                      {"text", render(note->text)}};
}

}  // namespace banso::health
