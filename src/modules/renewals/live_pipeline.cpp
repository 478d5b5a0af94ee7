#include "live_pipeline.hpp"

#include <algorithm>

#include "usage_summary.hpp"

namespace banso::renewals {
namespace {

constexpr std::size_t pipelines_kept = 4;
// While scores follow usage every second, a pipeline is not made anew for each: levels change rarely.
constexpr std::int64_t level_lag_us = 2 * core::microseconds_per_second;

std::string text_of(const health::CellValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

}  // namespace

core::Instant end_of(core::Day day, int utc_offset_minutes) {
  return {core::start_of(day + 1, utc_offset_minutes).microseconds - 1};
}

void LivePipeline::accounts_changed(std::span<const core::AccountId> accounts) {
  {
    const std::lock_guard lock(dirty_mutex_);
    dirty_.insert(accounts.begin(), accounts.end());
  }
  ++contract_changes_;
}

void LivePipeline::forget_all() {
  const std::lock_guard lock(mutex_);
  made_.clear();
}

core::Text LivePipeline::level_name(const std::string& level) {
  if (level.empty() || level == notice_given) return {level, level};
  const auto book = from_.health->evaluated_book();
  return book ? book->choice_name("level", level) : core::Text{level, level};
}

std::shared_ptr<const Versions> LivePipeline::contracts() {
  const std::lock_guard lock(mutex_);
  return versions_;
}

// A window of use must lie behind a level before it means what it says.
std::optional<core::Day> LivePipeline::levels_from() const {
  std::optional<core::Instant> first;
  for (const auto& feature : from_.usage->features()) {
    if (feature.first_at) first = std::min(first.value_or(*feature.first_at), *feature.first_at);
  }
  if (!first) return std::nullopt;
  return core::day_of(*first, from_.surroundings.utc_offset_minutes()) + usage_window_days;
}

void LivePipeline::read_contracts() {
  customers::Selection selection = customers::Selection::all();
  {
    const std::lock_guard lock(dirty_mutex_);
    if (has_contracts_) {
      if (dirty_.empty()) return;
      selection = customers::Selection::of({dirty_.begin(), dirty_.end()});
    }
    dirty_.clear();
  }
  // Others may still read what was; only then is it copied.
  if (versions_.use_count() > 1) versions_ = std::make_shared<Versions>(*versions_);
  if (selection.accounts) {
    for (const auto account : *selection.accounts) versions_->erase(account);
  } else {
    versions_->clear();
  }
  from_.revenue->each_subscription(selection, [&](const auto& fact) { (*versions_)[fact.account].push_back(fact); });
  has_contracts_ = true;
}

core::Result<std::shared_ptr<const std::unordered_map<core::AccountId, AccountOfBook>>>
LivePipeline::accounts_of_book() {
  BANSO_TRY_ASSIGN(auto view, from_.health->book());
  if (view == view_ && accounts_) return accounts_;
  auto accounts = std::make_shared<std::unordered_map<core::AccountId, AccountOfBook>>();
  for (std::size_t row = 0; row < view->size(); ++row) {
    AccountOfBook account;
    account.name = view->name(row);
    account.level = text_of(view->value(row, "level"));
    const auto score = view->value(row, "score");
    if (const auto* number = std::get_if<double>(&score)) account.score = *number;
    account.owner_word = text_of(view->value(row, "owner"));
    accounts->emplace(view->id(row), std::move(account));
  }
  view_ = std::move(view);
  accounts_ = std::move(accounts);
  return accounts_;
}

core::Result<PipelinePtr> LivePipeline::build(core::Day as_of, bool is_past) {
  BANSO_TRY_ASSIGN(const auto accounts, accounts_of_book());
  Knowledge knowledge;
  knowledge.as_of = as_of;
  knowledge.currency = from_.surroundings.reporting_currency();
  knowledge.is_past = is_past;
  const auto known_at = is_past ? std::optional(end_of(as_of, from_.surroundings.utc_offset_minutes())) : std::nullopt;
  knowledge.inputs = store_.inputs(known_at);
  knowledge.decisions = store_.decisions(known_at);
  knowledge.account = [&](core::AccountId id) {
    const auto found = accounts->find(id);
    return found == accounts->end() ? nullptr : &found->second;
  };
  knowledge.past_levels = [&](std::span<const health::AccountDay> questions) {
    return from_.health->past_levels(questions);
  };
  knowledge.levels_from = levels_from();
  knowledge.level_name = [&](const std::string& level) { return level_name(level); };
  knowledge.user_name = from_.surroundings.user_name;
  return std::make_shared<const Pipeline>(build_pipeline(*versions_, knowledge));
}

core::Result<PipelinePtr> LivePipeline::get(std::optional<core::Day> as_of) {
  const auto today = from_.surroundings.book_day();
  if (as_of && *as_of > today) {
    return core::Error::invalid_field("as_of", {"The day lies in the future. Choose an earlier one.",
                                                "未来の日付です。今日以前の日付を指定してください。"});
  }
  const core::Day day = as_of.value_or(today);
  const std::lock_guard lock(mutex_);
  const std::int64_t book = book_changes_, inputs = input_changes_, contracts = contract_changes_;
  const auto found = std::find_if(made_.begin(), made_.end(), [&](const Made& made) {
    if (made.as_of != day || made.is_past != (day < today)) return false;
    if (made.input_changes != inputs || made.contract_changes != contracts) return false;
    return made.book_changes == book || core::now().microseconds - made.at.microseconds < level_lag_us;
  });
  if (found != made_.end()) {
    made_.splice(made_.begin(), made_, found);
    return made_.front().pipeline;
  }
  read_contracts();
  BANSO_TRY_ASSIGN(auto pipeline, build(day, day < today));
  std::erase_if(made_, [&](const Made& made) { return made.as_of == day; });
  made_.push_front({day, day < today, book, inputs, contracts, core::now(), std::move(pipeline)});
  if (made_.size() > pipelines_kept) made_.pop_back();
  return made_.front().pipeline;
}

}  // namespace banso::renewals
