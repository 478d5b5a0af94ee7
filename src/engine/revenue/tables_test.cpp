// Runs the text tables in tables/*.txt. Format: tables/README.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include "cohort_windows.hpp"
#include "faults.hpp"
#include "ledger.hpp"

namespace banso::engine::revenue {

namespace {

const MonthRange months = {month_from(2025, 1), month_from(2026, 12)};

Day day_in(const std::string& text) {
  if (text == "open") return forever;
  const auto day = core::parse_day(text);
  if (!day) throw std::runtime_error("not a day: " + text);
  return *day;
}

Month month_in(const std::string& text) {
  return month_of(day_in(text + "-01"));
}

template <class Number>
class Names {
 public:
  Number number(const std::string& name) {
    const auto [at, is_new] = numbers_.try_emplace(name, static_cast<Number>(names_.size()));
    if (is_new) names_.push_back(name);
    return at->second;
  }
  const std::string& name(Number number) const { return names_.at(static_cast<std::size_t>(number)); }
  std::size_t size() const { return names_.size(); }

 private:
  std::map<std::string, Number> numbers_;
  std::vector<std::string> names_;
};

class TableFile {
 public:
  explicit TableFile(const std::filesystem::path& path) {
    subscriptions_.number("");  // 0 is none
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      SCOPED_TRACE(fmt::format("{}:{}: {}", path.filename().string(), number, line));
      try {
        read(line.substr(0, line.find('#')));
      } catch (const std::exception& problem) {
        ADD_FAILURE() << problem.what();
      }
    }
    SCOPED_TRACE(fmt::format("{}, end of file", path.filename().string()));
    finish_rules();
  }
  int expectations() const { return expectations_; }

 private:
  Names<AccountIndex> accounts_;
  Names<SubscriptionNumber> subscriptions_;
  Names<ProductIndex> products_;
  Rates rates_{"JPY"};
  std::vector<Term> terms_;
  std::optional<Ledger> ledger_;
  std::map<std::string, std::multiset<std::string>> moves_, faults_;  // by account
  int expectations_ = 0;

  void read(const std::string& line) {
    std::istringstream stream(line);
    std::string kind;
    if (!(stream >> kind)) return;
    if (kind == "rate") return read_rate(stream);
    if (kind == "term") return read_term(stream);
    if (kind == "under") return read_rules(stream);
    ++expectations_;
    expect(kind, stream);
  }

  void read_rate(std::istringstream& stream) {
    std::string currency, month, rate;
    stream >> currency >> month >> rate;
    rates_.set(currency, month == "*" ? std::nullopt : std::optional(month_in(month)),
               core::parse_fraction(rate).value());
  }

  void read_term(std::istringstream& stream) {
    std::string account, subscription, product, start, end, amount, word;
    stream >> account >> subscription >> product >> start >> end >> amount;
    Term term;
    term.account = accounts_.number(account);
    term.subscription = subscriptions_.number(subscription);
    term.product = products_.number(product);
    term.start = day_in(start);
    term.end = day_in(end);
    const auto slash = amount.find('/');
    term.amount_minor = std::stoll(amount.substr(0, slash));
    if (slash != std::string::npos) {
      term.billing_period_months = static_cast<std::uint16_t>(std::stoul(amount.substr(slash + 1)));
    }
    const auto next = [&] {
      stream >> word;
      return word;
    };
    while (stream >> word) {
      if (word == "discount") {
        term.discount_minor = std::stoll(next());
      } else if (word == "trial") {
        term.is_trial = true;
      } else if (word == "past_due") {
        term.past_due_from = day_in(next());
      } else if (word == "cancelled") {
        term.cancelled_on = day_in(next());
      } else if (word == "from") {
        term.transferred_from.account = accounts_.number(next());
        term.transferred_from.subscription = subscriptions_.number(next());
      } else {
        term.currency = rates_.currency(word);
      }
    }
    terms_.push_back(term);
  }

  void read_rules(std::istringstream& stream) {
    finish_rules();
    std::string key, switches;
    stream >> key;
    std::getline(stream, switches);
    const auto shipped = shipped_rules();
    const auto found = std::find_if(shipped.begin(), shipped.end(), [&](const auto& each) { return each.key == key; });
    if (found == shipped.end()) throw std::runtime_error("no such rules: " + key);
    auto body = boost::json::parse(to_json(found->rules)).as_object();
    if (switches.find('{') != std::string::npos) {
      const auto changed = boost::json::parse(switches);
      for (const auto& [name, value] : changed.as_object()) body[name] = value;
    }
    auto rules = rules_from_json(boost::json::serialize(body));
    if (!rules) throw std::runtime_error(rules.error().message.en);
    LedgerInput input;
    input.terms = terms_;
    input.account_count = static_cast<std::uint32_t>(accounts_.size());
    input.rates = rates_;
    input.rules = *rules;
    input.months = months;
    ledger_ = Ledger::build(std::move(input));
  }

  // Compares what was listed with all there is.
  void finish_rules() {
    for (const auto& [account, expected] : moves_) EXPECT_EQ(moves_of(account), expected) << account;
    if (!faults_.empty()) {
      std::map<std::string, std::multiset<std::string>> found;
      for (const auto& fault : find_faults(terms_, rates_, ledger_->rules())) {
        found[accounts_.name(fault.account)].insert(
            fmt::format("{} {} {}", key_of(fault.code), core::to_string(fault.day), names_of(fault.subscriptions)));
      }
      EXPECT_EQ(found, faults_);
    }
    moves_.clear();
    faults_.clear();
  }

  std::string names_of(const std::vector<SubscriptionNumber>& subscriptions) const {
    std::set<std::string> names;
    for (const auto each : subscriptions) names.insert(subscriptions_.name(each));
    return fmt::format("{}", fmt::join(names, ","));
  }

  std::multiset<std::string> moves_of(const std::string& account) {
    std::multiset<std::string> moves;
    const auto index = accounts_.number(account);
    for (const auto& change : ledger_->changes_of(index, months)) {
      std::vector<SubscriptionNumber> rows;
      for (const auto& row : change.rows) rows.push_back(ledger_->rows_of(index)[row.row].subscription);
      for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
        if (change.amounts[kind] == 0) continue;
        moves.insert(fmt::format("{} {} {} {}", core::to_string(change.day), key_of(static_cast<MovementKind>(kind)),
                                 change.amounts[kind], names_of(rows)));
      }
    }
    return moves;
  }

  void expect(const std::string& kind, std::istringstream& stream) {
    if (!ledger_) throw std::runtime_error("no rules yet");
    std::string one, two, three, four, five;
    stream >> one >> two >> three >> four >> five;
    if (kind == "moves") {
      moves_[one].insert(fmt::format("{} {} {} {}", two, three, four, five));
    } else if (kind == "none") {
      moves_[one];
    } else if (kind == "mrr") {
      EXPECT_EQ(ledger_->mrr_on(day_in(two))[accounts_.number(one)], std::stoll(three));
      EXPECT_EQ(on_day(ledger_->steps_of(accounts_.number(one)), day_in(two)), std::stoll(three));
    } else if (kind == "own") {
      std::int64_t minor = 0;
      for (const auto& steps : ledger_->own_steps_of(accounts_.number(one))) {
        if (steps.currency == rates_.currency(three)) minor = on_day(steps.steps, day_in(two));
      }
      EXPECT_EQ(minor, std::stoll(four));
    } else if (kind == "nrr" || kind == "grr") {
      const auto window = retention_between(*ledger_, day_in(one), day_in(two));
      const auto ratio = kind == "nrr" ? window.nrr() : window.grr();
      EXPECT_EQ(fmt::format("{}/{}", ratio.numerator, ratio.denominator), three);
    } else if (kind == "due") {
      const auto renewals = ledger_->figures({month_in(one), month_in(one)}).renewals;
      EXPECT_EQ(fmt::format("{}/{}", renewals.renewed_minor, renewals.due_minor), two);
    } else if (kind == "product") {
      const auto figures = ledger_->figures(product_dimension, products_.number(one), {month_in(two), month_in(two)});
      EXPECT_EQ(figures.amount(movement_kind(three).value()), std::stoll(four));
    } else if (kind == "fault") {
      faults_[one].insert(fmt::format("{} {} {}", two, three, four));
    } else {
      throw std::runtime_error("no such statement");
    }
  }

  static std::int64_t on_day(const std::vector<Step>& steps, Day day) {
    std::int64_t minor = 0;
    for (const auto& step : steps) {
      if (step.day <= day) minor = step.mrr_minor;
    }
    return minor;
  }
};

TEST(Tables, SayWhatHappens) {
  int expectations = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(BANSO_SOURCE_DIR) / "src/engine/revenue/tables")) {
    if (entry.path().extension() == ".txt") expectations += TableFile(entry.path()).expectations();
  }
  EXPECT_GT(expectations, 100);
}

}  // namespace
}  // namespace banso::engine::revenue
