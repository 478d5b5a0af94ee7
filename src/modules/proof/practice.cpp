#include "practice.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "outcomes.hpp"

namespace banso::proof {
namespace {

constexpr double clear_q = 0.1;        // one in ten of those that stand out may be chance
constexpr std::size_t least_side = 5;  // cases with and without, below which nothing is said
constexpr double percent = 100;

void add(effects::Rate& rate, bool good) {
  ++rate.cases;
  rate.good += good ? 1 : 0;
}

struct Collector {
  std::vector<PracticeNote> notes;
  std::map<std::string, std::size_t> places;

  void add_case(const std::string& key, const core::Text& name, bool has, bool good) {
    const auto [place, is_new] = places.try_emplace(key, notes.size());
    if (is_new) notes.push_back({key, name, {}, {}, {}, false, {}});
    auto& note = notes[place->second];
    add(has ? note.with : note.without, good);
  }
};

core::Text sentence_of(const PracticeNote& note) {
  const auto share = [](effects::Rate rate) {
    return std::lround(percent * static_cast<double>(rate.good) / static_cast<double>(rate.cases));
  };
  return {fmt::format("{}: {} of {} ended well ({}%), without it {} of {} ({}%).", note.name.en, note.with.good,
                      note.with.cases, share(note.with), note.without.good, note.without.cases, share(note.without)),
          fmt::format("{}: ある場合は{}件中{}件({}%)、ない場合は{}件中{}件({}%)が良い結果でした。", note.name.ja,
                      note.with.cases, note.with.good, share(note.with), note.without.cases, note.without.good,
                      share(note.without))};
}

// What both sides have enough cases of, clearest first.
std::vector<PracticeNote> judged(std::vector<PracticeNote> notes) {
  std::erase_if(
      notes, [](const PracticeNote& note) { return note.with.cases < least_side || note.without.cases < least_side; });
  std::vector<effects::Practice> practices;
  practices.reserve(notes.size());
  for (const auto& note : notes) practices.push_back({note.with, note.without});
  const auto found = effects::associate(practices, confidence);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    notes[i].found = found[i];
    notes[i].stands_out = found[i].q_value <= clear_q;
    notes[i].sentence = sentence_of(notes[i]);
  }
  std::stable_sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.found.q_value, -std::abs(a.found.difference.difference)) <
           std::pair(b.found.q_value, -std::abs(b.found.difference.difference));
  });
  return notes;
}

bool has_ended(const playbooks::RunFact& run) {
  return !run.is_holdout && (run.state == "done" || run.state == "goal" || run.state == "exited");
}

bool ended_well(const playbooks::RunFact& run) {
  return run.state == "goal" || run.outcome == "success";
}

// A step that somebody does: the others are the machine's.
bool is_deed(const std::string& kind) {
  return kind == "task" || kind == "approval" || kind == "email" || kind == "survey";
}

struct Done {
  bool done = false;
  double days = 0;
};

core::Text in_words(const core::Text& step, const core::Text& what) {
  return {fmt::format("{}: {}", step.en, what.en), fmt::format("「{}」{}", step.ja, what.ja)};
}

}  // namespace

std::vector<PracticeNote> practices_of_runs(std::span<const playbooks::RunFact> runs,
                                            std::span<const playbooks::StepFact> steps, const StepName& name_of_step) {
  std::unordered_map<std::int64_t, const playbooks::RunFact*> ended;
  for (const auto& run : runs) {
    if (has_ended(run)) ended.emplace(run.id.value, &run);
  }
  // Of each step and run: whether it was done at any visit, and how long after the start at first.
  std::map<std::string, std::map<std::int64_t, Done>> by_step;
  for (const auto& step : steps) {
    const auto run = ended.find(step.run.value);
    if (run == ended.end() || !is_deed(step.kind)) continue;
    auto& mine = by_step[step.step][step.run.value];
    if (mine.done || step.state != "done" || !step.left_at) continue;
    mine.done = true;
    mine.days = static_cast<double>(step.left_at->microseconds - run->second->started_at.microseconds) /
                static_cast<double>(core::microseconds_per_day);
  }
  Collector collector;
  for (const auto& [step, of_runs] : by_step) {
    const auto name = name_of_step(step);
    std::vector<double> days;
    for (const auto& [run, done] : of_runs) {
      const bool good = ended_well(*ended.at(run));
      collector.add_case("done:" + step, in_words(name, {"done", "を実施した"}), done.done, good);
      if (done.done) days.push_back(done.days);
    }
    if (days.size() < 2 * least_side) continue;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
    std::nth_element(days.begin(), middle, days.end());
    const double median = *middle;
    const auto when = core::Text{fmt::format("done within {:.0f} days of the start", std::max(1.0, std::ceil(median))),
                                 fmt::format("を開始から{:.0f}日以内に実施した", std::max(1.0, std::ceil(median)))};
    for (const auto& [run, done] : of_runs) {
      if (!done.done) continue;
      collector.add_case("early:" + step, in_words(name, when), done.days < median, ended_well(*ended.at(run)));
    }
  }
  return judged(std::move(collector.notes));
}

std::vector<PracticeNote> practices_of_calls(std::span<const WorkedCall> calls, const core::BusinessCalendar& calendar,
                                             int utc_offset_minutes) {
  Collector collector;
  for (const auto& [call, tasks, was_talked_to, was_written_to] : calls) {
    if (!call.closed_day || !call.outcome) continue;
    const bool good = call.outcome == work::Outcome::success;
    const auto& by = call;
    const auto note = [&](const char* key, const core::Text& name, bool has) {
      collector.add_case(key, name, has, good);
    };
    const auto taken_up =
        by.started_at ? calendar.between(by.opened_day, core::day_of(*by.started_at, utc_offset_minutes)) : 1'000;
    note("taken_up", {"Taken up within one business day", "1営業日以内に着手した"}, taken_up <= 1);
    note("in_time", {"Closed by the due day", "期限までに完了した"}, *by.closed_day <= by.due);
    note("talked_to", {"A meeting or call with the customer within a week", "1週間以内に顧客と会議または通話をした"},
         was_talked_to);
    note("written_to", {"A mail to or from the customer within a week", "1週間以内に顧客とメールをやり取りした"},
         was_written_to);
    note("playbook", {"A playbook was run for it", "プレイブックを実行した"}, !by.playbook.empty());
    note("no_substitute", {"Worked by the account's own people", "代理ではなく本来の担当が対応した"},
         !by.stands_in_for);
    if (tasks.empty()) continue;
    const auto is_done = [](const work::Task& task) {
      return task.state == work::TaskState::done || task.state == work::TaskState::approved;
    };
    note("all_tasks", {"All tasks done, none skipped", "タスクをすべて実施した(省略なし)"},
         std::all_of(tasks.begin(), tasks.end(), is_done));
    note("tasks_in_time", {"All tasks done on time", "タスクをすべて期限内に実施した"},
         std::all_of(tasks.begin(), tasks.end(),
                     [&](const work::Task& task) { return is_done(task) && !task.is_late(*by.closed_day); }));
    const bool has_early = std::any_of(tasks.begin(), tasks.end(), [&](const work::Task& task) {
      return is_done(task) && task.finished_day && calendar.between(by.opened_day, *task.finished_day) <= 3;
    });
    note("first_task", {"First task done within three business days", "最初のタスクを3営業日以内に実施した"},
         has_early);
  }
  return judged(std::move(collector.notes));
}

core::Text practice_sentence(std::span<const PracticeNote> notes, std::size_t cases) {
  const auto clear = std::find_if(notes.begin(), notes.end(), [](const auto& note) { return note.stands_out; });
  if (clear != notes.end()) return clear->sentence;
  if (notes.empty()) {
    return {fmt::format("Not enough cases yet to compare practices ({} so far).", cases),
            fmt::format("進め方を比較できるだけの件数がまだありません(現在{}件)。", cases)};
  }
  return {fmt::format("Over {} cases no practice stands out from chance.", cases),
          fmt::format("{}件では、偶然を超えて目立つ進め方はありませんでした。", cases)};
}

}  // namespace banso::proof
