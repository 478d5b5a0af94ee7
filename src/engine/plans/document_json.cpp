// Documents as JSON text: canonical when written, every fault named when read.
#include "reader.hpp"
#include "schedule.hpp"

namespace banso::engine::plans {
namespace json = boost::json;

namespace {

constexpr std::size_t longest_name_bytes = 300;
constexpr std::size_t longest_words_bytes = 4000;
constexpr std::size_t longest_note_bytes = 20'000;
constexpr std::array<std::size_t, 4> most_items{50, 100, 300, 50};
constexpr std::size_t most_dependencies = 50;

constexpr std::array<std::string_view, 3> goal_kinds{"measure", "figure", "yes_no"};
constexpr std::array<std::string_view, 2> directions{"up", "down"};
constexpr std::array<std::string_view, 4> stages{"proposed", "accepted", "delivered", "verified"};
constexpr std::array<std::string_view, 6> statuses{"not_started", "on_track", "watchpoint",
                                                   "concern",     "achieved", "missed"};
constexpr std::array<std::string_view, 2> pers{"once", "year"};
constexpr std::array<std::string_view, 2> sides{"ours", "theirs"};
constexpr std::array<std::string_view, 3> severities{"low", "medium", "high"};
constexpr std::array<std::string_view, 7> our_roles{"",          "csm",    "onboarding", "support", "renewal_sales",
                                                    "marketing", "product"};
constexpr std::array<std::string_view, 6> their_roles{"",      "champion", "executive_sponsor", "decision_maker",
                                                      "admin", "user"};

template <class Enum, class Words>
std::string_view word(const Words& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

json::object both(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}
json::value day_or_null(const std::optional<core::Day>& day) {
  return day ? json::value(core::to_string(*day)) : json::value(nullptr);
}
template <class Number>
json::value number_or_null(const std::optional<Number>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}
template <class Id>
json::value id_or_null(Id id) {
  return id ? json::value(id.value) : json::value(nullptr);
}
json::value key_or_null(const std::string& key) {
  return key.empty() ? json::value(nullptr) : json::value(key);
}

json::value to_value(const std::optional<GoalValue>& value) {
  if (!value) return nullptr;
  return json::object{{"amount_minor", number_or_null(value->amount_minor)},
                      {"quantity", number_or_null(value->quantity)},
                      {"unit", both(value->unit)},
                      {"per", word(pers, value->per)},
                      {"how", both(value->how)}};
}

json::value to_value(const std::optional<Override>& judged) {
  if (!judged) return nullptr;
  return json::object{{"status", word(statuses, judged->status)}, {"why", judged->why}};
}

json::object to_object(const Goal& goal) {
  return {{"key", goal.key},
          {"name", both(goal.name)},
          {"why", both(goal.why)},
          {"criterion", both(goal.criterion)},
          {"kind", word(goal_kinds, goal.kind)},
          {"measure", goal.measure},
          {"unit", both(goal.unit)},
          {"direction", word(directions, goal.direction)},
          {"baseline", number_or_null(goal.baseline)},
          {"target", number_or_null(goal.target)},
          {"start", day_or_null(goal.start)},
          {"due", day_or_null(goal.due)},
          {"stage", word(stages, goal.stage)},
          {"override", to_value(goal.judged)},
          {"theirs", id_or_null(goal.theirs)},
          {"ours", id_or_null(goal.ours)},
          {"value", to_value(goal.value)},
          {"closed_on", day_or_null(goal.closed_on)}};
}

json::object to_object(const Milestone& milestone) {
  return {{"key", milestone.key},
          {"name", both(milestone.name)},
          {"goal", key_or_null(milestone.goal)},
          {"due", day_or_null(milestone.due)},
          {"done_on", day_or_null(milestone.done_on)}};
}

json::object to_object(const Action& action) {
  return {{"key", action.key},
          {"name", both(action.name)},
          {"goal", key_or_null(action.goal)},
          {"owner", json::object{{"side", word(sides, action.owner.side)},
                                 {"role", action.owner.role},
                                 {"user", id_or_null(action.owner.user)},
                                 {"contact", id_or_null(action.owner.contact)}}},
          {"start", day_or_null(action.start)},
          {"due", day_or_null(action.due)},
          {"done_on", day_or_null(action.done_on)},
          {"depends_on", json::array(action.depends_on.begin(), action.depends_on.end())},
          {"internal", action.is_internal}};
}

json::object to_object(const Risk& risk) {
  return {{"key", risk.key},
          {"name", both(risk.name)},
          {"severity", word(severities, risk.severity)},
          {"mitigation", both(risk.mitigation)},
          {"internal", risk.is_internal},
          {"closed_on", day_or_null(risk.closed_on)}};
}

json::object head_of(const Document& document) {
  return {
      {"name", both(document.name)}, {"purpose", both(document.purpose)}, {"internal_note", document.internal_note}};
}

void check_order(Reader& from, std::optional<core::Day> start, std::optional<core::Day> due) {
  if (start && due && *due < *start) {
    from.fail("due", {"The due day lies before the start.", "期限は開始日以降の日付にしてください。"});
  }
}

std::optional<GoalValue> read_value(Reader& from, Faults& faults) {
  const auto* object = from.child("value");
  if (object == nullptr) return std::nullopt;
  Reader of(*object, from.path_of("value"), faults);
  GoalValue value;
  constexpr std::int64_t largest = 1'000'000'000'000'000;
  value.amount_minor = of.whole_number("amount_minor", -largest, largest);
  value.quantity = of.number("quantity");
  value.unit = of.words("unit", false, longest_name_bytes);
  value.per = static_cast<Per>(of.one_of("per", pers, 0));
  value.how = of.words("how", false, longest_words_bytes);
  of.refuse_unknown();
  if (!value.amount_minor && !value.quantity) {
    of.fail("amount_minor",
            {"Give an amount of money or a quantity in a unit.", "金額、または単位付きの数量を指定してください。"});
  }
  return value;
}

std::optional<Override> read_override(Reader& from, Faults& faults) {
  const auto* object = from.child("override");
  if (object == nullptr) return std::nullopt;
  Reader of(*object, from.path_of("override"), faults);
  Override judged;
  judged.status = static_cast<GoalStatus>(of.one_of("status", statuses, 1));
  judged.why = of.text("why", longest_words_bytes);
  of.refuse_unknown();
  if (judged.why.empty()) {
    of.fail("why", {"Say why you judge otherwise than the rule.", "ルールと異なる判断をした理由を入力してください。"});
  }
  return judged;
}

// A goal without figures cannot have them; one with figures needs to know where it goes.
void check_figures(Reader& from, const Goal& goal) {
  if (goal.kind == GoalKind::measure && goal.measure.empty()) {
    from.fail("measure", {"Choose a measure.", "指標を選択してください。"});
  }
  if (goal.kind == GoalKind::yes_no) return;
  if (!goal.target) {
    from.fail("target", {"Give the figure that is to be reached.", "目標値を入力してください。"});
  } else if (goal.baseline) {
    const bool is_up = goal.direction == Direction::up;
    const bool fits = is_up ? *goal.target > *goal.baseline : *goal.target < *goal.baseline;
    if (!fits) {
      from.fail("target", is_up ? core::Text{"The target must be above the baseline, or the direction down.",
                                             "目標値は現状値より大きくするか、方向を「下げる」にしてください。"}
                                : core::Text{"The target must be below the baseline, or the direction up.",
                                             "目標値は現状値より小さくするか、方向を「上げる」にしてください。"});
    }
  }
}

Goal read_goal(Reader& from, Faults& faults) {
  Goal goal;
  goal.key = from.key();
  goal.name = from.words("name", true, longest_name_bytes);
  goal.why = from.words("why", false, longest_words_bytes);
  goal.criterion = from.words("criterion", false, longest_words_bytes);
  goal.kind = static_cast<GoalKind>(from.one_of("kind", goal_kinds, 2));
  goal.measure = from.text("measure", 64);
  goal.unit = from.words("unit", false, longest_name_bytes);
  goal.direction = static_cast<Direction>(from.one_of("direction", directions, 0));
  goal.baseline = from.number("baseline");
  goal.target = from.number("target");
  goal.start = from.day("start");
  goal.due = from.day("due");
  goal.stage = static_cast<GoalStage>(from.one_of("stage", stages, 0));
  goal.judged = read_override(from, faults);
  goal.theirs = from.id<core::ContactId>("theirs");
  goal.ours = from.id<core::UserId>("ours");
  goal.value = read_value(from, faults);
  goal.closed_on = from.day("closed_on");
  check_order(from, goal.start, goal.due);
  check_figures(from, goal);
  return goal;
}

Milestone read_milestone(Reader& from) {
  Milestone milestone;
  milestone.key = from.key();
  milestone.name = from.words("name", true, longest_name_bytes);
  milestone.goal = from.text("goal", 64);
  milestone.due = from.day("due");
  milestone.done_on = from.day("done_on");
  return milestone;
}

ActionOwner read_owner(Reader& from, Faults& faults) {
  ActionOwner owner;
  const auto* object = from.child("owner");
  if (object == nullptr) return owner;
  Reader of(*object, from.path_of("owner"), faults);
  owner.side = static_cast<Side>(of.one_of("side", sides, 0));
  owner.role = owner.side == Side::ours ? our_roles[of.one_of("role", our_roles, 0)]
                                        : their_roles[of.one_of("role", their_roles, 0)];
  owner.user = of.id<core::UserId>("user");
  owner.contact = of.id<core::ContactId>("contact");
  of.refuse_unknown();
  if (owner.side == Side::ours ? bool(owner.contact) : bool(owner.user)) {
    of.fail(owner.side == Side::ours ? "contact" : "user",
            {"This action belongs to the other side. Change the side, or leave it out.",
             "もう一方の側の人は指定できません。担当側を変えるか、指定を外してください。"});
  }
  return owner;
}

Action read_action(Reader& from, Faults& faults) {
  Action action;
  action.key = from.key();
  action.name = from.words("name", true, longest_name_bytes);
  action.goal = from.text("goal", 64);
  action.owner = read_owner(from, faults);
  action.start = from.day("start");
  action.due = from.day("due");
  action.done_on = from.day("done_on");
  action.depends_on = from.keys("depends_on", most_dependencies);
  action.is_internal = from.yes_no("internal", false);
  check_order(from, action.start, action.due);
  if (action.is_internal && action.owner.side == Side::theirs) {
    from.fail("internal",
              {"The customer cannot do what they do not see.", "顧客が担当する項目は社内限定にできません。"});
  }
  return action;
}

Risk read_risk(Reader& from) {
  Risk risk;
  risk.key = from.key();
  risk.name = from.words("name", true, longest_name_bytes);
  risk.severity = static_cast<RiskSeverity>(from.one_of("severity", severities, 1));
  risk.mitigation = from.words("mitigation", false, longest_words_bytes);
  risk.is_internal = from.yes_no("internal", true);
  risk.closed_on = from.day("closed_on");
  return risk;
}

template <class Item, class Read>
void read_items(Reader& from, ItemKind kind, std::vector<Item>& into, Faults& faults, Read read) {
  const auto name = list_of(kind);
  const auto* list = from.list(name, most_items[static_cast<std::size_t>(kind)]);
  if (list == nullptr) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto path = fmt::format("{}[{}]", from.path_of(name), i);
    const auto* object = (*list)[i].if_object();
    if (object == nullptr) {
      faults.push_back({path, {"This must be an object.", "オブジェクトで指定してください。"}});
      continue;
    }
    Reader of(*object, path, faults);
    into.push_back(read(of));
    of.refuse_unknown();
    if (!seen.insert(into.back().key).second) {
      of.fail("key", {fmt::format("The key \"{}\" is used twice. Choose another.", into.back().key),
                      fmt::format("キー「{}」が重複しています。別のキーにしてください。", into.back().key)});
    }
  }
}

void check_references(const Document& document, const std::string& path, Faults& faults) {
  const auto at = [&](std::string_view list, std::size_t index, std::string_view field) {
    return fmt::format("{}{}{}[{}].{}", path, path.empty() ? "" : ".", list, index, field);
  };
  const auto check_goal = [&](std::string_view list, std::size_t index, const std::string& goal) {
    if (goal.empty() || document.find_goal(goal)) return;
    faults.push_back({at(list, index, "goal"),
                      {fmt::format("The plan has no goal \"{}\".", goal),
                       fmt::format("プランに「{}」というゴールはありません。", goal)}});
  };
  for (std::size_t i = 0; i < document.milestones.size(); ++i) {
    check_goal("milestones", i, document.milestones[i].goal);
  }
  for (std::size_t i = 0; i < document.actions.size(); ++i) {
    const auto& action = document.actions[i];
    check_goal("actions", i, action.goal);
    for (const auto& before : action.depends_on) {
      if (document.find_action(before)) continue;
      faults.push_back({at("actions", i, "depends_on"),
                        {fmt::format("The plan has no action \"{}\".", before),
                         fmt::format("プランに「{}」というやることはありません。", before)}});
    }
  }
  if (const auto circle = circle_in(document.actions)) {
    for (std::size_t i = 0; i < document.actions.size(); ++i) {
      if (document.actions[i].key != *circle) continue;
      faults.push_back({at("actions", i, "depends_on"),
                        {"It comes before itself: this cannot be begun. Take one dependency out.",
                         "依存関係が循環しています。このままでは着手できないため、依存を1つ外してください。"}});
    }
  }
}

}  // namespace

std::string_view word_of(GoalKind kind) {
  return word(goal_kinds, kind);
}
std::string_view word_of(GoalStage stage) {
  return word(stages, stage);
}
std::string_view word_of(GoalStatus status) {
  return word(statuses, status);
}
std::string_view word_of(Per per) {
  return word(pers, per);
}
std::optional<GoalStatus> goal_status_from(std::string_view text) {
  const auto found = std::find(statuses.begin(), statuses.end(), text);
  if (found == statuses.end()) return std::nullopt;
  return static_cast<GoalStatus>(found - statuses.begin());
}

const Goal* Document::find_goal(std::string_view key) const {
  const auto found = std::find_if(goals.begin(), goals.end(), [&](const auto& each) { return each.key == key; });
  return found == goals.end() ? nullptr : &*found;
}
const Action* Document::find_action(std::string_view key) const {
  const auto found = std::find_if(actions.begin(), actions.end(), [&](const auto& each) { return each.key == key; });
  return found == actions.end() ? nullptr : &*found;
}

core::Text shown(core::Text text) {
  if (text.en.empty()) text.en = text.ja;
  if (text.ja.empty()) text.ja = text.en;
  return text;
}

json::object to_object(const Document& document) {
  auto object = head_of(document);
  const auto put = [&](ItemKind kind, const auto& items) {
    json::array list;
    for (const auto& item : items) list.push_back(to_object(item));
    object[list_of(kind)] = std::move(list);
  };
  put(ItemKind::goal, document.goals);
  put(ItemKind::milestone, document.milestones);
  put(ItemKind::action, document.actions);
  put(ItemKind::risk, document.risks);
  return object;
}

Document read_document(const json::object& object, const std::string& path, Faults& faults) {
  Reader from(object, path, faults);
  Document document;
  document.name = from.words("name", true, longest_name_bytes);
  document.purpose = from.words("purpose", false, longest_words_bytes);
  document.internal_note = from.text("internal_note", longest_note_bytes);
  read_items(from, ItemKind::goal, document.goals, faults, [&](Reader& of) { return read_goal(of, faults); });
  read_items(from, ItemKind::milestone, document.milestones, faults, [](Reader& of) { return read_milestone(of); });
  read_items(from, ItemKind::action, document.actions, faults, [&](Reader& of) { return read_action(of, faults); });
  read_items(from, ItemKind::risk, document.risks, faults, [](Reader& of) { return read_risk(of); });
  from.refuse_unknown();
  check_references(document, path, faults);
  return document;
}

json::object canonical_item(ItemKind kind, const json::object& item, const std::string& path, Faults& faults) {
  Reader from(item, path, faults);
  json::object canonical;
  switch (kind) {
    case ItemKind::goal:
      canonical = to_object(read_goal(from, faults));
      break;
    case ItemKind::milestone:
      canonical = to_object(read_milestone(from));
      break;
    case ItemKind::action:
      canonical = to_object(read_action(from, faults));
      break;
    case ItemKind::risk:
      canonical = to_object(read_risk(from));
      break;
  }
  from.refuse_unknown();
  return canonical;
}

json::object canonical_head(const json::object& head, const std::string& path, Faults& faults) {
  Reader from(head, path, faults);
  Document document;
  document.name = from.words("name", true, longest_name_bytes);
  document.purpose = from.words("purpose", false, longest_words_bytes);
  document.internal_note = from.text("internal_note", longest_note_bytes);
  from.refuse_unknown();
  return head_of(document);
}

core::Error error_of(std::string_view what_en, std::string_view what_ja, Faults faults) {
  core::Error error;
  const auto& first = faults.front();
  error.message = {
      fmt::format("{} has {} fault(s). First: {}: {}", what_en, faults.size(), first.field, first.message.en),
      fmt::format("{}に{}件の誤りがあります。最初の誤りは {} です。{}", what_ja, faults.size(), first.field,
                  first.message.ja)};
  error.fields = std::move(faults);
  return error;
}

std::string to_json(const Document& document) {
  return json::serialize(to_object(document));
}

core::Result<Document> document_from_json(std::string_view text) {
  constexpr std::size_t longest_body_bytes = 512 * 1024;
  if (text.size() > longest_body_bytes) {
    return core::Error::too_large({"A plan is at most 512 KiB of text.", "プランは512 KiB以内にしてください。"});
  }
  boost::system::error_code failed;
  const auto parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) {
    return core::Error::invalid({"A plan must be a JSON object.", "プランはJSONオブジェクトで指定してください。"});
  }
  Faults faults;
  auto document = read_document(parsed.get_object(), "", faults);
  if (!faults.empty()) return error_of("The plan", "プラン", std::move(faults));
  return document;
}

}  // namespace banso::engine::plans
