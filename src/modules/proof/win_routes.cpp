#include <algorithm>

#include "routes.hpp"

namespace banso::proof {
namespace {

using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t most_people = 20;
constexpr std::size_t longest_title_bytes = 800;  // 200 characters of Japanese
constexpr std::size_t longest_story_bytes = 16'000;
constexpr int usual_board_days = 91;
constexpr int longest_window_days = 366 * 3;

core::Error no_such_win() {
  return core::Error::not_found({"There is no such win.", "指定された成果はありません。"});
}

// What a body says of a win; absent fields leave it as it is.
struct WinPatch {
  std::optional<core::Day> day;
  std::optional<WinKind> kind;
  std::optional<std::string> title, story;
  bool has_value = false;
  std::optional<std::int64_t> value_minor;
  std::optional<std::vector<core::UserId>> people;
};

std::optional<std::vector<core::UserId>> people_in(json::Fields& fields, const Desk& desk) {
  const auto* list = fields.list("people");
  if (!list) return std::nullopt;
  std::vector<core::UserId> people;
  const auto fail = [&] {
    fields.fail("people", {"List up to 20 users by their ids.", "ユーザーのIDを20人まで指定してください。"});
    return std::nullopt;
  };
  if (list->size() > most_people) return fail();
  for (const auto& item : *list) {
    if (!item.is_int64()) return fail();
    const core::UserId user{item.get_int64()};
    if (desk.name_of(user).empty()) return fail();
    if (std::find(people.begin(), people.end(), user) == people.end()) people.push_back(user);
  }
  return people;
}

WinPatch patch_in(const json::object& body, json::Fields& fields, const Desk& desk, bool is_new) {
  WinPatch patch;
  patch.day = fields.day("day");
  if (patch.day && *patch.day > desk.from.surroundings.book_day()) {
    fields.fail("day", {"A win cannot lie in the future.", "未来の日付は指定できません。"});
  }
  if (const auto word =
          fields.choice("kind", {"rescued", "renewed", "expanded", "goal", "reference", "other"}, is_new)) {
    patch.kind = win_kind_from(*word);
  }
  patch.title = fields.text("title", {.required = is_new, .max_length = longest_title_bytes});
  patch.story = fields.text("story", {.max_length = longest_story_bytes, .allow_empty = true});
  patch.has_value = body.contains("value_minor");
  patch.value_minor = fields.integer("value_minor");
  if (patch.value_minor && *patch.value_minor < 0) {
    fields.fail("value_minor", {"Give an amount of 0 or more.", "0以上の金額を指定してください。"});
  }
  patch.people = people_in(fields, desk);
  return patch;
}

class WinHandlers {
 public:
  explicit WinHandlers(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Result<Response> list(const Request& request) const {
    WinQuery query;
    BANSO_TRY_ASSIGN(query.from, request.query_day("from"));
    BANSO_TRY_ASSIGN(query.to, request.query_day("to"));
    if (const auto word = request.query_text("kind")) {
      query.kind = win_kind_from(*word);
      if (!query.kind) {
        return core::Error::invalid_field("kind", {"There is no such kind of win.", "成果の種類が正しくありません。"});
      }
    }
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    BANSO_TRY_ASSIGN(const auto person, request.query_integer("person"));
    if (account) query.account = core::AccountId{*account};
    if (person) query.person = core::UserId{*person};
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto found = desk_->wins.list(query, page);
    const auto currency = desk_->from.surroundings.reporting_currency();
    return answer(json::object{{"items", render_all(found.items, request.caller)},
                               {"total", found.total},
                               {"value", render_money(found.value_minor, currency)},
                               {"currency", currency}});
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto win, win_in(request));
    return show(win, request.caller);
  }

  Result<Response> record(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto account = fields.integer("account_id", true);
    const auto patch = patch_in(body, fields, *desk_, true);
    if (account && !desk_->from.customers->exists({*account})) {
      fields.fail("account_id", {"There is no such account.", "指定された企業はありません。"});
    }
    BANSO_TRY(fields.finish());
    NewWin win;
    win.account = {*account};
    win.day = patch.day.value_or(desk_->from.surroundings.book_day());
    win.kind = *patch.kind;
    win.title = {*patch.title, *patch.title};
    win.story = patch.story.value_or("");
    win.value_minor = patch.value_minor;
    win.people = patch.people.value_or(std::vector{request.caller.user});
    const auto ids = desk_->wins.add(request.caller, {&win, 1}, desk_->from.surroundings.now(), false);
    const auto written = desk_->wins.find(ids.front());
    if (!written) return no_such_win();
    return answer(render_one(*written, request.caller), 201);
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto before, win_in(request));
    if (!may_change(before, request.caller)) return forbidden();
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto patch = patch_in(body, fields, *desk_, false);
    BANSO_TRY(fields.finish());
    auto after = before;
    if (patch.day) after.day = *patch.day;
    if (patch.kind) after.kind = *patch.kind;
    if (patch.title) after.title_en = after.title_ja = *patch.title;
    if (patch.story) after.story = *patch.story;
    if (patch.has_value) after.value_minor = patch.value_minor;
    if (patch.people) after.people = *patch.people;
    if (!(after == before)) desk_->wins.change(request.caller, before, after, desk_->from.surroundings.now());
    BANSO_TRY_ASSIGN(const auto now, win_in(request));
    return show(now, request.caller);
  }

  Result<Response> remove(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto before, win_in(request));
    const bool is_own = before.recorded_by && before.recorded_by == request.caller.user;
    if (!is_own && !request.caller.at_least(core::Role::leader)) return forbidden();
    auto after = before;
    after.is_removed = true;
    desk_->wins.change(request.caller, before, after, desk_->from.surroundings.now());
    return Response::no_content();
  }

  Result<Response> thank(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto win, win_in(request));
    desk_->wins.thank({win.id}, request.caller.user, desk_->from.surroundings.now());
    return show(win, request.caller);
  }

  Result<Response> take_thanks_back(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto win, win_in(request));
    desk_->wins.take_thanks_back({win.id}, request.caller.user);
    return show(win, request.caller);
  }

  Result<Response> rules(const Request&) const { return answer(render_rules(desk_->wins.rules())); }

  Result<Response> set_rules(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    WinRules rules;
    const auto days = [&](std::string_view name, int least, int most, int& into) {
      const auto value = fields.integer(name, true);
      if (!value) return;
      if (*value < least || *value > most) {
        fields.fail(name, {"The number of days is out of range.", "日数が範囲外です。"});
        return;
      }
      into = static_cast<int>(*value);
    };
    rules.rescued = fields.yes_no("rescued", true).value_or(true);
    days("rescued_within_days", 0, 180, rules.rescued_within_days);
    rules.renewed_after_risk = fields.yes_no("renewed_after_risk", true).value_or(true);
    days("risk_within_days", 7, 365, rules.risk_within_days);
    rules.expanded = fields.yes_no("expanded", true).value_or(true);
    const auto percent = fields.number("expanded_percent", true);
    if (percent && !(*percent >= 1 && *percent <= 1000)) {
      fields.fail("expanded_percent", {"Give 1 to 1000 percent.", "1〜1000%で指定してください。"});
    }
    rules.expanded_percent = percent.value_or(10);
    days("look_back_days", 7, 365, rules.look_back_days);
    BANSO_TRY(fields.finish());
    desk_->wins.set_rules(request.caller, rules, desk_->from.surroundings.now());
    return answer(render_rules(rules));
  }

  Result<Response> collect(const Request&) const { return answer(json::object{{"found", desk_->collect()}}); }

  Result<Response> scoreboard(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
    const auto last = std::min(to.value_or(desk_->from.surroundings.book_day()), desk_->from.surroundings.book_day());
    const auto first = from.value_or(last - usual_board_days);
    if (last <= first || last - first > longest_window_days) {
      return core::Error::invalid_field("from", {"Give a day before \"to\", within three years and not in the future.",
                                                 "「to」より前で3年以内の日付を指定してください(未来は不可)。"});
    }
    return answer(render_board(make_board(read_board_cases(desk_->from, first, last)), first, last));
  }

 private:
  static core::Error forbidden() {
    return core::Error::forbidden({"This takes who recorded the win, who took part in it, or a leader.",
                                   "成果を記録した人、関わった人、またはリーダー以上の権限が必要です。"});
  }

  static bool may_change(const Win& win, const core::Caller& caller) {
    if (!caller.at_least(core::Role::csm)) return false;
    if (caller.at_least(core::Role::leader)) return true;
    if (win.recorded_by && win.recorded_by == caller.user) return true;
    return std::find(win.people.begin(), win.people.end(), caller.user) != win.people.end();
  }

  Result<Win> win_in(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    auto win = desk_->wins.find({id});
    if (!win) return no_such_win();
    return *win;
  }

  Result<Response> show(const Win& win, const core::Caller& caller) const { return answer(render_one(win, caller)); }

  json::object render_one(const Win& win, const core::Caller& caller) const {
    return render_all({&win, 1}, caller).front().as_object();
  }

  json::array render_all(std::span<const Win> wins, const core::Caller& caller) const {
    std::vector<core::AccountId> accounts;
    for (const auto& win : wins) accounts.push_back(win.account);
    const auto notes = notes_of(*desk_->from.customers, std::move(accounts));
    const auto thanks = desk_->wins.thanks_of(wins, caller.user);
    const auto currency = desk_->from.surroundings.reporting_currency();
    json::array items;
    for (const auto& win : wins) {
      const auto note = notes.find(win.account);
      const auto& thank = thanks.at(win.id);
      items.push_back(json::object{
          {"id", win.id},
          {"account", {{"id", win.account.value}, {"name", note == notes.end() ? std::string() : note->second.name}}},
          {"day", json::from(win.day)},
          {"kind", word_of(win.kind)},
          {"title", render(win.title())},
          {"story", win.story},
          {"value", win.value_minor ? json::value(render_money(*win.value_minor, currency)) : json::value(nullptr)},
          {"people", render_people(win.people)},
          {"automatic", win.is_automatic},
          {"evidence", json::parse(win.evidence).value_or(json::array{})},
          {"recorded_by",
           win.recorded_by ? render_person(win.recorded_by, desk_->name_of(win.recorded_by)) : json::value(nullptr)},
          {"recorded_at", json::from(win.recorded_at)},
          {"thanks", thank.count},
          {"thanked_by", render_people(thank.latest)},
          {"thanked_by_me", thank.by_caller},
          {"may_change", may_change(win, caller)}});
    }
    return items;
  }

  json::array render_people(std::span<const core::UserId> users) const {
    json::array people;
    for (const auto user : users) people.push_back(render_person(user, desk_->name_of(user)));
    return people;
  }

  static json::object render_rules(const WinRules& rules) {
    return {{"rescued", rules.rescued},
            {"rescued_within_days", rules.rescued_within_days},
            {"renewed_after_risk", rules.renewed_after_risk},
            {"risk_within_days", rules.risk_within_days},
            {"expanded", rules.expanded},
            {"expanded_percent", rules.expanded_percent},
            {"look_back_days", rules.look_back_days}};
  }

  static json::object render_figure(const BoardFigure& figure) {
    return {{"cases", figure.cases},           {"value", json::from(figure.value)},
            {"fair", json::from(figure.fair)}, {"low", json::from(figure.low)},
            {"high", json::from(figure.high)}, {"position", word_of(figure.position)}};
  }

  json::object render_board(const Board& board, core::Day first, core::Day last) const {
    const auto currency = desk_->from.surroundings.reporting_currency();
    const auto wins = desk_->wins.wins_and_thanks(first, last);
    json::array items;
    for (const auto& row : board.rows) {
      const auto won = wins.find(row.person);
      items.push_back(json::object{{"person", render_person(row.person, desk_->name_of(row.person))},
                                   {"accounts", row.accounts},
                                   {"arr", render_money(row.arr_minor, currency)},
                                   {"retained_arr", render_figure(row.retained_arr)},
                                   {"levels_improved", render_figure(row.levels_improved)},
                                   {"levels_kept", render_figure(row.levels_kept)},
                                   {"health_change", render_figure(row.health_change)},
                                   {"wins", won == wins.end() ? 0 : won->second.first},
                                   {"thanks", won == wins.end() ? 0 : won->second.second}});
    }
    const auto total = items.size();
    return {{"from", json::from(first)},
            {"to", json::from(last)},
            {"currency", currency},
            {"all",
             {{"accounts", board.accounts},
              {"retained_arr", json::from(board.retained_arr)},
              {"levels_improved", json::from(board.levels_improved)},
              {"levels_kept", json::from(board.levels_kept)},
              {"health_change", json::from(board.health_change)}}},
            {"items", std::move(items)},
            {"total", total}};
  }

  std::shared_ptr<Desk> desk_;
};

}  // namespace

http::Routes win_routes(std::shared_ptr<Desk> desk) {
  const auto handlers = std::make_shared<WinHandlers>(std::move(desk));
  const auto to = [&](Result<Response> (WinHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/wins", Permission::read_only, to(&WinHandlers::list)},
      {Method::post, "/api/wins", Permission::csm, to(&WinHandlers::record)},
      {Method::get, "/api/wins/rules", Permission::read_only, to(&WinHandlers::rules)},
      {Method::put, "/api/wins/rules", Permission::leader, to(&WinHandlers::set_rules)},
      {Method::post, "/api/wins/collect", Permission::leader, to(&WinHandlers::collect)},
      {Method::get, "/api/wins/scoreboard", Permission::csm, to(&WinHandlers::scoreboard)},
      {Method::get, "/api/wins/{id}", Permission::read_only, to(&WinHandlers::one)},
      {Method::patch, "/api/wins/{id}", Permission::csm, to(&WinHandlers::change)},
      {Method::del, "/api/wins/{id}", Permission::csm, to(&WinHandlers::remove)},
      {Method::put, "/api/wins/{id}/thanks", Permission::csm, to(&WinHandlers::thank)},
      {Method::del, "/api/wins/{id}/thanks", Permission::csm, to(&WinHandlers::take_thanks_back)},
  };
}

}  // namespace banso::proof
