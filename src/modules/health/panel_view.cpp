#include "panel_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/money.hpp"
#include "engine/segment_references.hpp"
#include "panel_scores.hpp"

namespace banso::health {
namespace {

namespace lab = engine::lab;
using engine::FieldType;

// Of the panel's own, small blocks: large enough that a condition is run over some hundred rows at once.
constexpr std::size_t panel_blocks_together = 8;
constexpr int months_per_year = 12;
constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();

// What one field was for an account in a week.
using NumberThen = std::function<double(std::size_t account, std::size_t week)>;
using DayThen = std::function<std::int32_t(std::size_t account, std::size_t week)>;
using YesNoThen = std::function<std::int8_t(std::size_t account, std::size_t week)>;
struct CodeThen {
  std::vector<std::string> dictionary;
  std::function<std::uint32_t(std::size_t account, std::size_t week)> code;
};
struct SegmentsThen {};
using ReadThen = std::variant<NumberThen, DayThen, YesNoThen, CodeThen, SegmentsThen>;

// What contracts said of an account in a week; of one block, made when first asked for.
struct Terms {
  std::vector<float> seats;
  std::vector<std::int32_t> renewal_days, notice_deadlines;
};

class PanelTable final : public PanelView {
 public:
  explicit PanelTable(PanelViewInput input)
      : panel_(std::move(input.panel)),
        set_(std::move(input.set)),
        known_on_(input.known_on),
        minor_per_unit_(std::pow(10, core::minor_digits(input.currency))),
        owners_(std::move(input.owners)),
        scores_(score_panel(*set_, panel_->definitions(), *input.rescorer, input.parallel_for)) {
    for (std::size_t first = 0; first < panel_->blocks().size(); first += panel_blocks_together) {
      const auto last = std::min(first + panel_blocks_together, panel_->blocks().size()) - 1;
      const auto& begin = panel_->blocks()[first];
      const auto& end = panel_->blocks()[last];
      blocks_.push_back({begin.first_account, end.first_account + end.accounts - begin.first_account});
      for (auto i = first; i <= last; ++i) {
        for (std::size_t each = 0; each < panel_->blocks()[i].accounts; ++each) {
          panel_block_of_.push_back(static_cast<std::uint32_t>(i));
          block_of_.push_back(static_cast<std::uint32_t>(blocks_.size() - 1));
        }
      }
    }
    terms_ = std::vector<KeptTerms>(blocks_.size());
    add_fields(input);
    compile_segments(input.segments);
  }

  std::span<const core::Day> days() const override { return panel_->days(); }
  std::size_t accounts() const override { return panel_->accounts(); }
  core::AccountId id(std::size_t account) const override { return panel_->book().account_ids()[account]; }
  core::Day known_on() const override { return known_on_; }

  std::string owner(std::size_t account, std::size_t week) const override {
    const auto* column = panel_->book().attribute(engine::attribute_keys::owner);
    const auto name = column ? column->text_at(account, days()[week]) : std::nullopt;
    return name ? owner_value_of(std::string(*name)) : std::string();
  }

  const engine::FieldCatalogue& fields() const override { return *catalogue_; }
  std::vector<std::string> segments_without_history() const override { return segments_without_history_; }
  std::size_t blocks() const override { return blocks_.size(); }
  std::pair<std::size_t, std::size_t> block(std::size_t index) const override {
    return {blocks_[index].first_account, blocks_[index].accounts};
  }

  void run(std::span<const engine::Condition> conditions, std::size_t block, const VisitWeek& visit) const override;

  const lab::Outcomes& churned() const override {
    std::call_once(churned_once_, [this] { churned_ = lab::churned(panel_->book(), known_on_); });
    return churned_;
  }
  const lab::Outcomes& expanded() const override {
    std::call_once(expanded_once_, [this] { expanded_ = lab::expanded(panel_->book(), known_on_); });
    return expanded_;
  }

 private:
  struct Block {
    std::size_t first_account, accounts;
  };
  struct KeptTerms {
    std::once_flag once;
    Terms terms;
  };
  struct CompiledSegment {
    std::string key;  // in the form in which conditions name it
    engine::Condition condition;
    bool is_testable = false;
  };
  // The columns of one block and week, which a table refers to.
  struct Columns {
    std::vector<double> numbers;
    std::vector<std::int32_t> days;
    std::vector<std::int8_t> yes_no;
    std::vector<std::uint32_t> codes, offsets;
  };

  std::size_t row(std::size_t account, std::size_t week) const { return account * panel_->weeks() + week; }
  std::string owner_value_of(const std::string& name) const {
    const auto found = owners_.find(name);
    return found == owners_.end() ? name : found->second;
  }

  void add_fields(const PanelViewInput& input);
  std::optional<ReadThen> reader_of(const BookField& field, const PanelViewInput& input);
  std::optional<ReadThen> attribute_reader(const BookField& field, std::string_view key, double per_unit);
  NumberThen measure_reader(std::size_t measure, double per_unit = 1) const;
  DayThen newest_day_reader(std::size_t days_since_measure) const;
  const Terms& terms_of(std::size_t account) const;
  void make_terms(const Block& block, Terms& terms) const;

  void compile_segments(std::span<const SegmentRule> segments);
  std::vector<engine::Selection> members(const Block& block, std::size_t week) const;
  engine::Selection run_one(const engine::Condition& condition, const Block& block, std::size_t week,
                            std::span<const engine::Selection> members) const;
  engine::Column column(const std::string& field, const Block& block, std::size_t week,
                        std::span<const engine::Selection> members, Columns& made) const;

  const std::shared_ptr<const lab::LabPanel> panel_;
  const DefinitionSetPtr set_;
  const core::Day known_on_;
  const double minor_per_unit_;
  const std::map<std::string, std::string> owners_;
  const PanelScores scores_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> panel_block_of_, block_of_;  // per account
  std::unordered_map<std::string, ReadThen> readers_;
  std::unique_ptr<engine::FieldCatalogue> catalogue_;
  std::vector<CompiledSegment> segments_;  // each after those it speaks of
  std::vector<std::string> segment_keys_, segments_without_history_;

  mutable std::vector<KeptTerms> terms_;
  mutable std::once_flag churned_once_, expanded_once_;
  mutable lab::Outcomes churned_, expanded_;
};

// ---- fields ----

void PanelTable::add_fields(const PanelViewInput& input) {
  std::vector<engine::Field> described;
  for (const auto& field : book_fields({*set_, input.attributes, input.currency, input.segments})) {
    auto read = reader_of(field, input);
    if (!read) continue;
    readers_.emplace(field.key, std::move(*read));
    // Unlike the book in memory, history knows the past of every number.
    const bool has_history = field.type == FieldType::number || field.type == FieldType::money || field.has_history;
    described.push_back({field.key, field.name, field.type, has_history, {}, field.best_first, field.unit});
  }
  catalogue_ = std::make_unique<engine::FieldCatalogue>(std::move(described), customers::search_key);
}

NumberThen PanelTable::measure_reader(std::size_t measure, double per_unit) const {
  return [this, measure, per_unit](std::size_t account, std::size_t week) {
    const auto& block = panel_->blocks()[panel_block_of_[account]];
    const auto value = block.measures[measure].value(row(account - block.first_account, week));
    return engine::is_number(value.state) ? value.number / per_unit : missing_number;
  };
}

DayThen PanelTable::newest_day_reader(std::size_t days_since_measure) const {
  return [this, days_since = measure_reader(days_since_measure)](std::size_t account, std::size_t week) {
    const double days_ago = days_since(account, week);
    return std::isnan(days_ago) ? engine::missing_day : (days()[week] - static_cast<int>(days_ago)).days;
  };
}

std::optional<ReadThen> PanelTable::attribute_reader(const BookField& field, std::string_view key, double per_unit) {
  const auto* column = panel_->book().attribute(key);
  if (!column) return std::nullopt;
  const auto value = [this, column](std::size_t account, std::size_t week) {
    return column->value_at(account, days()[week]);
  };
  switch (field.type) {
    case FieldType::number:
    case FieldType::money:
      return NumberThen([value, per_unit](std::size_t account, std::size_t week) {
        return value(account, week).value_or(missing_number) / per_unit;
      });
    case FieldType::day:
      return DayThen([value](std::size_t account, std::size_t week) {
        const auto day = value(account, week);
        return day ? static_cast<std::int32_t>(*day) : engine::missing_day;
      });
    case FieldType::yes_no:
      return YesNoThen([value](std::size_t account, std::size_t week) -> std::int8_t {
        const auto yes = value(account, week);
        return yes ? (*yes != 0 ? 1 : 0) : -1;
      });
    case FieldType::text:
    case FieldType::choice: {
      CodeThen read;
      for (const auto& text : column->dictionary) {
        read.dictionary.push_back(field.key == "owner"              ? owner_value_of(text)
                                  : field.type == FieldType::choice ? text
                                                                    : customers::search_key(text));
      }
      read.code = [value](std::size_t account, std::size_t week) {
        const auto code = value(account, week);
        return code ? static_cast<std::uint32_t>(*code) : engine::missing_code;
      };
      return read;
    }
    case FieldType::text_set:
      break;
  }
  return std::nullopt;
}

std::optional<ReadThen> PanelTable::reader_of(const BookField& field, const PanelViewInput& input) {
  constexpr std::string_view measure_prefix = "measure.", attribute_prefix = "attribute.", group_prefix = "group.";
  const std::string_view key = field.key;
  if (key == segments_field) return SegmentsThen{};
  if (key.starts_with(measure_prefix)) {
    const auto measure = panel_->definitions().measure_index(std::string(key.substr(measure_prefix.size())));
    if (!measure) return std::nullopt;
    return measure_reader(*measure, field.type == FieldType::money ? minor_per_unit_ : 1);
  }
  if (key.starts_with(attribute_prefix)) {
    // Amounts were converted to the reporting currency; conditions write them in the attribute's own.
    if (field.type == FieldType::money && field.unit != input.currency) return std::nullopt;
    return attribute_reader(field, key.substr(attribute_prefix.size()),
                            field.type == FieldType::money ? minor_per_unit_ : 1);
  }
  if (key.starts_with(group_prefix)) {
    const auto* points = scores_.group(key.substr(group_prefix.size()));
    if (!points) return std::nullopt;
    return NumberThen([this, points](std::size_t account, std::size_t week) {
      return PanelScores::value((*points)[row(account, week)]);
    });
  }
  if (key == "score") {
    return NumberThen([this](std::size_t account, std::size_t week) {
      return PanelScores::value(scores_.scores()[row(account, week)]);
    });
  }
  if (key == "score_change_28d") {
    return NumberThen([this](std::size_t account, std::size_t week) {
      constexpr std::size_t weeks_of_change = change_days / 7;
      if (week < weeks_of_change) return missing_number;
      // As the book keeps them: in single precision.
      const auto kept = [&](std::size_t at) {
        return static_cast<double>(static_cast<float>(PanelScores::value(scores_.scores()[row(account, at)])));
      };
      return kept(week) - kept(week - weeks_of_change);
    });
  }
  if (key == "level") {
    CodeThen read{field.best_first, [this](std::size_t account, std::size_t week) {
                    auto level = scores_.levels()[row(account, week)];
                    if (const auto* by_hand = panel_->book().level_override(account, days()[week])) {
                      level = scores_.level_by_hand(panel_->book().levels()[by_hand->level]).value_or(level);
                    }
                    return level == engine::no_level ? engine::missing_code : static_cast<std::uint32_t>(level);
                  }};
    return read;
  }
  if (key == "active_users_28d") return measure_reader(set_->book.active_users_28d);
  if (key == "utilisation") return measure_reader(set_->book.utilisation);
  if (key == "last_activity_day") return newest_day_reader(set_->book.days_since_activity);
  if (key == "last_meeting_day") return newest_day_reader(set_->book.days_since_meeting);
  if (key == "arr" || key == "mrr") {
    return NumberThen([this, per_unit = minor_per_unit_ * (key == "mrr" ? months_per_year : 1)](std::size_t account,
                                                                                                std::size_t week) {
      return static_cast<double>(panel_->arr_minor()[row(account, week)]) / per_unit;
    });
  }
  const auto in_terms = [this](std::size_t account, std::size_t week) {
    return (account - blocks_[block_of_[account]].first_account) * panel_->weeks() + week;
  };
  if (key == "seats") {
    return NumberThen([this, in_terms](std::size_t account, std::size_t week) {
      return static_cast<double>(terms_of(account).seats[in_terms(account, week)]);
    });
  }
  if (key == "renewal_day") {
    return DayThen([this, in_terms](std::size_t account, std::size_t week) {
      return terms_of(account).renewal_days[in_terms(account, week)];
    });
  }
  if (key == "notice_deadline") {
    return DayThen([this, in_terms](std::size_t account, std::size_t week) {
      return terms_of(account).notice_deadlines[in_terms(account, week)];
    });
  }
  if (key == "created_day") return attribute_reader(field, engine::attribute_keys::created, 1);
  static constexpr std::array built_in{engine::attribute_keys::phase,    engine::attribute_keys::owner,
                                       engine::attribute_keys::industry, engine::attribute_keys::size,
                                       engine::attribute_keys::region,   engine::attribute_keys::country,
                                       engine::attribute_keys::plan};
  if (std::find(built_in.begin(), built_in.end(), key) != built_in.end()) return attribute_reader(field, key, 1);
  return std::nullopt;  // names and ids: only the present ones are kept
}

// ---- contracts ----

const Terms& PanelTable::terms_of(std::size_t account) const {
  auto& kept = terms_[block_of_[account]];
  std::call_once(kept.once, [&] { make_terms(blocks_[block_of_[account]], kept.terms); });
  return kept.terms;
}

// By the rules of revenue, as the book in memory.
void PanelTable::make_terms(const Block& block, Terms& terms) const {
  const std::size_t rows = block.accounts * panel_->weeks();
  terms.seats.reserve(rows);
  terms.renewal_days.reserve(rows);
  terms.notice_deadlines.reserve(rows);
  for (std::size_t i = 0; i < block.accounts; ++i) {
    std::vector<revenue::SubscriptionFact> facts;
    for (const auto& contract : panel_->book().subscriptions().of(block.first_account + i)) {
      revenue::SubscriptionFact fact;
      fact.known = {contract.known.from, contract.known.until};
      fact.product = std::to_string(contract.product);
      fact.seats = contract.seats;
      fact.mrr_minor = contract.mrr_minor;
      fact.start = contract.start;
      if (contract.end != engine::forever) fact.end = contract.end;
      // Of one that never ends the panel does not know the billing period that it renews by.
      fact.auto_renewal = contract.auto_renews && fact.end.has_value();
      fact.notice_days = contract.notice_days;
      facts.push_back(std::move(fact));
    }
    for (const auto day : days()) {
      const auto totals = revenue::totals_on(facts, day, "");
      terms.seats.push_back(static_cast<float>(totals.seats));
      terms.renewal_days.push_back(totals.next_renewal_day ? totals.next_renewal_day->days : engine::missing_day);
      terms.notice_deadlines.push_back(totals.notice_deadline ? totals.notice_deadline->days : engine::missing_day);
    }
  }
}

// ---- segments ----

void PanelTable::compile_segments(std::span<const SegmentRule> segments) {
  std::map<std::string, std::string> conditions;
  for (const auto& segment : segments) conditions.emplace(segment.key, segment.condition_json);
  const auto order = engine::order_segments(conditions);
  for (const auto& key : order.keys) {
    auto condition = engine::compile_condition(conditions.at(key), *catalogue_);
    if (!condition) segments_without_history_.push_back(key);
    segments_.push_back(
        {customers::search_key(key), condition ? std::move(*condition) : engine::Condition(), condition.has_value()});
    segment_keys_.push_back(segments_.back().key);
  }
}

std::vector<engine::Selection> PanelTable::members(const Block& block, std::size_t week) const {
  std::vector<engine::Selection> members(segments_.size(), engine::Selection(block.accounts));
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].is_testable) members[i] = run_one(segments_[i].condition, block, week, members);
  }
  return members;
}

// ---- running ----

engine::Column PanelTable::column(const std::string& field, const Block& block, std::size_t week,
                                  std::span<const engine::Selection> segment_members, Columns& made) const {
  const auto& read = readers_.at(field);
  const auto end = block.first_account + block.accounts;
  if (const auto* number = std::get_if<NumberThen>(&read)) {
    made.numbers.reserve(block.accounts);
    for (auto account = block.first_account; account < end; ++account) {
      made.numbers.push_back((*number)(account, week));
    }
    return engine::NumberColumn{made.numbers};
  }
  if (const auto* day = std::get_if<DayThen>(&read)) {
    for (auto account = block.first_account; account < end; ++account) made.days.push_back((*day)(account, week));
    return engine::DayColumn{made.days};
  }
  if (const auto* yes_no = std::get_if<YesNoThen>(&read)) {
    for (auto account = block.first_account; account < end; ++account) made.yes_no.push_back((*yes_no)(account, week));
    return engine::YesNoColumn{made.yes_no};
  }
  if (const auto* code = std::get_if<CodeThen>(&read)) {
    for (auto account = block.first_account; account < end; ++account) made.codes.push_back(code->code(account, week));
    return engine::TextColumn{code->dictionary, made.codes};
  }
  made.offsets.push_back(0);
  for (std::size_t i = 0; i < block.accounts; ++i) {
    for (std::uint32_t segment = 0; segment < segment_members.size(); ++segment) {
      if (segment_members[segment].test(i)) made.codes.push_back(segment);
    }
    made.offsets.push_back(static_cast<std::uint32_t>(made.codes.size()));
  }
  return engine::TextSetColumn{segment_keys_, made.offsets, made.codes};
}

engine::Selection PanelTable::run_one(const engine::Condition& condition, const Block& block, std::size_t week,
                                      std::span<const engine::Selection> segment_members) const {
  engine::Table table;
  table.rows = block.accounts;
  table.today = days()[week];
  std::map<std::string, Columns> made;
  for (const auto& field : condition.fields()) {
    table.columns.emplace(field, column(field, block, week, segment_members, made[field]));
  }
  // The newest week kept on or before that day, as in the book.
  const auto week_before = [&](int days_ago) -> std::optional<std::size_t> {
    const auto weeks_ago = static_cast<std::size_t>((std::max(days_ago, 0) + 6) / 7);
    return weeks_ago > week ? std::nullopt : std::optional(week - weeks_ago);
  };
  Columns earlier;
  table.number_history = [&](std::string_view field, int days_ago) -> std::optional<engine::NumberColumn> {
    const auto then = week_before(days_ago);
    if (!then) return std::nullopt;
    earlier = {};
    return std::get<engine::NumberColumn>(column(std::string(field), block, *then, {}, earlier));
  };
  table.choice_history = [&](std::string_view field, int days_ago) -> std::optional<engine::TextColumn> {
    const auto then = week_before(days_ago);
    if (!then) return std::nullopt;
    earlier = {};
    return std::get<engine::TextColumn>(column(std::string(field), block, *then, {}, earlier));
  };
  return condition.run(table);
}

void PanelTable::run(std::span<const engine::Condition> conditions, std::size_t index, const VisitWeek& visit) const {
  const auto& block = blocks_[index];
  const auto needs_segments = [](const engine::Condition& condition) {
    const auto fields = condition.fields();
    return std::find(fields.begin(), fields.end(), segments_field) != fields.end();
  };
  const bool has_segments = std::any_of(conditions.begin(), conditions.end(), needs_segments);
  const auto known_from = panel_->book().known_from().subspan(block.first_account, block.accounts);
  for (std::size_t week = 0; week < panel_->weeks(); ++week) {
    engine::Selection exists(block.accounts);
    for (std::size_t i = 0; i < block.accounts; ++i) {
      if (known_from[i] <= days()[week]) exists.set(i);
    }
    const auto tested = has_segments ? members(block, week) : std::vector<engine::Selection>();
    std::vector<engine::Selection> holds;
    holds.reserve(conditions.size());
    for (const auto& condition : conditions) holds.push_back(run_one(condition, block, week, tested));
    visit(week, exists, holds);
  }
}

}  // namespace

PanelViewPtr make_panel_view(PanelViewInput input) {
  return std::make_shared<const PanelTable>(std::move(input));
}

}  // namespace banso::health
