// Runs the text tables in tables/*.txt, each through evaluate() and through evaluate_history(). Format:
// tables/README.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "book_builder.hpp"
#include "definitions_json.hpp"
#include "evaluate.hpp"
#include "names.hpp"

namespace banso::engine {

namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  while (stream >> std::ws && stream.peek() != EOF) {
    std::string word;
    if (stream.peek() == '#') break;
    if (stream.peek() == '"') {
      stream.get();
      std::getline(stream, word, '"');
    } else {
      stream >> word;
    }
    words.push_back(word);
  }
  return words;
}

Day day_in(const std::string& text) {
  if (text == "open" || text == "stays") return forever;
  const auto day = core::parse_day(text);
  if (!day) throw std::runtime_error("not a day: " + text);
  return *day;
}

struct Expectation {
  int line = 0;
  std::vector<std::string> words;
  Day day;
};

class TableFile {
 public:
  explicit TableFile(const std::string& path) : path_(path) {
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      try {
        read(line, number, file);
      } catch (const std::exception& problem) {
        ADD_FAILURE() << path << ":" << number << ": " << problem.what();
      }
    }
  }

  int run() {
    const auto definitions = definitions_from_json(
        fmt::format(R"({{"version": "1", "measures": [{}], "scorecards": [{}]}})", measures_, scorecards_));
    if (!definitions) {
      ADD_FAILURE() << path_ << ": " << definitions.error().message.en;
      return 0;
    }
    const Book book = std::move(builder_).build();
    std::set<Day> days;
    for (const auto& each : expectations_) days.insert(each.day);
    const std::vector<Day> all_days(days.begin(), days.end());
    const auto whole = whole_book(book, *definitions, all_days);
    const auto history = evaluate_history(book, *definitions, all_days, serial(), whole);
    for (const auto& each : expectations_) {
      const auto index = static_cast<std::size_t>(std::distance(days.begin(), days.find(each.day)));
      check(each, *definitions, evaluate(book, *definitions, each.day, serial(), whole));
      check(each, *definitions, history[index]);
    }
    return static_cast<int>(expectations_.size());
  }

 private:
  std::string path_;
  BookBuilder builder_;
  std::map<std::string, std::uint32_t> accounts_;
  std::map<std::string, AttributeType> attribute_types_;
  std::string measures_, scorecards_;
  std::vector<FamilyLink> links_;
  std::vector<Expectation> expectations_;

  WholeBook whole_book(const Book& book, const Definitions& definitions, const std::vector<Day>& days) const {
    auto peers = std::make_shared<PeerDistributions>(collect_peers(book, definitions, days));
    peers->settle();
    WholeBook whole{std::move(peers), nullptr};
    auto links = links_;
    std::stable_sort(links.begin(), links.end(), [](const auto& a, const auto& b) { return a.child < b.child; });
    auto families = std::make_shared<FamilyScores>(
        collect_families(book, evaluate_history(book, definitions, days, serial(), whole), links));
    families->settle();
    whole.families = std::move(families);
    return whole;
  }

  core::AccountId id(const std::string& name) const { return {static_cast<std::int64_t>(account(name)) + 1}; }

  static std::optional<Day> trailing_day(std::vector<std::string>& words, const std::string& keyword) {
    if (words.size() < 2 || words[words.size() - 2] != keyword) return std::nullopt;
    const Day day = day_in(words.back());
    words.resize(words.size() - 2);
    return day;
  }

  std::uint32_t account(const std::string& name) const {
    const auto found = accounts_.find(name);
    if (found == accounts_.end()) throw std::runtime_error("no such account: " + name);
    return found->second;
  }

  void read(const std::string& line, int number, std::ifstream& file) {
    auto words = words_of(line);
    if (words.empty()) return;
    const std::string kind = words[0];
    if (kind == "measure") return add_measure(line.substr(line.find('{')));
    if (kind == "scorecard") return add_scorecard(line.substr(line.find('{')), file);
    static const std::map<std::string, std::size_t> day_at = {{"own", 2},   {"expect", 3},    {"score", 3},
                                                              {"peers", 3}, {"own_score", 3}, {"points", 4},
                                                              {"group", 4}, {"use", 4},       {"part", 4}};
    if (const auto expectation = day_at.find(kind); expectation != day_at.end()) {
      return expectations_.push_back({number, words, day_in(words.at(expectation->second))});
    }
    read_fact(kind, words);
  }

  void add_measure(std::string json) {
    if (json.find("\"name\"") == std::string::npos) json.insert(1, R"("name": {"en": "test", "ja": "試験"}, )");
    measures_ += (measures_.empty() ? "" : ", ") + json;
  }

  void add_scorecard(std::string json, std::ifstream& file) {
    std::string line;
    while (std::getline(file, line) && line != "end") json += "\n" + line;
    scorecards_ += (scorecards_.empty() ? "" : ", ") + json;
  }

  void read_fact(const std::string& kind, std::vector<std::string>& words) {
    const auto until = trailing_day(words, "until");
    const auto known = trailing_day(words, "known");
    const auto known_from = [&](Day happened) { return Known{known.value_or(happened), until.value_or(forever)}; };
    if (kind == "account") {
      const core::AccountId id{static_cast<std::int64_t>(accounts_.size()) + 1};
      accounts_[words.at(1)] = builder_.add_account(id, known.value_or(day_in("2000-01-01")));
    } else if (kind == "feature") {
      const bool has_module = words.size() > 3 && words[2] == "module";
      builder_.add_feature({words.at(1), words[1], has_module ? words[3] : "", words.back() != "passive"});
    } else if (kind == "usage") {
      const auto owner = account(words.at(1));
      builder_.add_usage(owner, {.day = day_in(words.at(2)),
                                 .person = builder_.person(owner, words.at(3)),
                                 .feature = builder_.add_feature({words.at(4), words[4], "", true}),
                                 .events = static_cast<std::uint32_t>(std::stoul(words.at(5))),
                                 .known_day = known.value_or(no_day)});
    } else if (kind == "attribute") {
      const std::map<std::string, AttributeType> types = {
          {"text", AttributeType::text},     {"number", AttributeType::number}, {"day", AttributeType::day},
          {"yes_no", AttributeType::yes_no}, {"choice", AttributeType::choice}, {"money", AttributeType::money}};
      builder_.add_attribute({words.at(1), {words[1], words[1]}, attribute_types_[words[1]] = types.at(words.at(2))});
    } else if (kind == "set") {
      set_attribute(words);
    } else if (kind == "subscription") {
      const Day start = day_in(words.at(3));
      builder_.add(account(words.at(1)), Subscription{.product = builder_.add_product(words.at(2)),
                                                      .start = start,
                                                      .end = day_in(words.at(4)),
                                                      .seats = std::stoi(words.at(5)),
                                                      .mrr_minor = std::stoll(words.at(6)),
                                                      .known = known_from(start)});
    } else if (kind == "ticket") {
      const Day opened = day_in(words.at(2));
      builder_.add(account(words.at(1)),
                   Ticket{opened, day_in(words.at(3)), words.back() == "urgent", known_from(opened)});
    } else if (kind == "parent") {
      links_.push_back({id(words.at(1)), id(words.at(2)), known_from(day_in(words.at(3)))});
    } else if (kind == "override") {
      const Day from = day_in(words.at(3));
      builder_.add(account(words.at(1)),
                   LevelOverride{builder_.add_level(words.at(2)), from, day_in(words.at(4)), known_from(from)});
    } else if (kind == "survey") {
      const Day day = day_in(words.at(2));
      const auto slash = words.at(4).find('/');
      builder_.add(account(words.at(1)),
                   SurveyAnswer{day, from_name<SurveyKind>(words.at(3)).value(), std::stof(words[4].substr(0, slash)),
                                std::stof(words[4].substr(slash + 1)), known_from(day)});
    } else if (kind == "interaction") {
      const Day day = day_in(words.at(2));
      builder_.add(account(words.at(1)),
                   Interaction{day, from_name<InteractionKind>(words.at(3)).value(),
                               words.size() > 5 ? roles_in(words[5]) : ContactRoles{0}, known_from(day)});
    } else if (kind == "attendance") {
      const Day day = day_in(words.at(2));
      builder_.add(account(words.at(1)),
                   Attendance{day, from_name<AttendanceKind>(words.at(3)).value(), known_from(day)});
    } else if (kind == "contact") {
      const auto owner = account(words.at(1));
      const Day first = day_in(words.at(4));
      builder_.add(owner,
                   Contact{first, day_in(words.at(5)), roles_in(words.at(3)),
                           words.at(2) == "-" ? no_person : builder_.person(owner, words[2]), known_from(first)});
    } else {
      throw std::runtime_error("unknown statement: " + kind);
    }
  }

  static std::string word_of(ItemUse use) {
    static const char* const words[] = {"left_out", "number", "decayed", "policy", "not_applicable"};
    return words[static_cast<std::size_t>(use)];
  }

  static ContactRoles roles_in(const std::string& list) {
    ContactRoles roles = 0;
    std::istringstream stream(list);
    for (std::string role; std::getline(stream, role, ',');) {
      roles = static_cast<ContactRoles>(roles | bit(from_name<ContactRole>(role).value()));
    }
    return roles;
  }

  void set_attribute(const std::vector<std::string>& words) {
    const auto owner = account(words.at(1));
    const auto type = attribute_types_.at(words.at(2));
    const auto attribute = builder_.add_attribute({words[2], {words[2], words[2]}, type});
    const Day from = day_in(words.at(3));
    const auto& value = words.at(4);
    if (value == "-") return builder_.clear(owner, attribute, from);
    if (type == AttributeType::text || type == AttributeType::choice)
      return builder_.set_text(owner, attribute, from, value);
    double number = 0;
    if (type == AttributeType::day) {
      number = day_in(value).days;
    } else if (type == AttributeType::yes_no) {
      number = value == "yes";
    } else {
      number = std::stod(value);
    }
    builder_.set_number(owner, attribute, from, number);
  }

  void check(const Expectation& each, const Definitions& definitions, const Assessments& got) const {
    SCOPED_TRACE(fmt::format("{}:{}", path_, each.line));
    const auto& words = each.words;
    // Accounts have ascending ids, so their index in the builder is their index in the book.
    const auto row = account(words.at(1));
    if (words[0] == "expect") return check_value(words, definitions, got, row);
    if (words[0] == "peers") {
      EXPECT_EQ(got.measures.at(*definitions.measure_index(words.at(2))).peers[row], std::stoul(words.at(4)));
      return;
    }
    if (words[0] == "own") {
      EXPECT_EQ(definitions.scorecards.at(static_cast<std::size_t>(got.own_scorecards[row])).key, words.at(3));
      return;
    }
    const auto card = definitions.scorecard_index(words.at(2));
    ASSERT_TRUE(card) << "no scorecard " << words[2];
    const auto& scorecard = definitions.scorecards[*card];
    const auto& column = got.scorecards[*card];
    if (words[0] == "score") {
      if (words.at(4) == "none") {
        EXPECT_FALSE(got.has_score(*card, row));
        return;
      }
      ASSERT_TRUE(got.has_score(*card, row));
      EXPECT_EQ(column.scores[row], Points::from(std::stod(words[4]))) << column.scores[row].value();
      EXPECT_EQ(scorecard.levels[static_cast<std::size_t>(column.levels[row])].key, words.at(5));
    } else if (words[0] == "own_score") {
      EXPECT_EQ(column.own_scores[row], Points::from(std::stod(words.at(4)))) << column.own_scores[row].value();
    } else if (words[0] == "part") {
      Points part;
      for (const auto& child : column.children[row]) {
        if (child.account == id(words.at(3))) part = child.contribution;
      }
      EXPECT_EQ(part, Points::from(std::stod(words.at(5)))) << part.value();
    } else if (words[0] == "group") {
      const auto groups = flatten(scorecard).groups;
      for (std::size_t group = 0; group < groups.size(); ++group) {
        if (groups[group].definition->key != words.at(3)) continue;
        EXPECT_EQ(column.groups[group].present[row] != 0, words.at(5) != "absent");
        if (words[5] == "absent") return;
        EXPECT_EQ(column.groups[group].scores[row], Points::from(std::stod(words[5])))
            << column.groups[group].scores[row].value();
        return;
      }
      FAIL() << "no group " << words[3];
    } else {
      const auto items = flatten(scorecard).items;
      for (std::size_t item = 0; item < items.size(); ++item) {
        if (items[item].definition->measure != words.at(3)) continue;
        if (words[0] == "use") {
          EXPECT_EQ(word_of(column.items[item].uses[row]), words.at(5));
        } else {
          EXPECT_EQ(column.items[item].points[row], Points::from(std::stod(words.at(5))))
              << column.items[item].points[row].value();
        }
        return;
      }
      FAIL() << "no item " << words[3];
    }
  }

  static void check_value(const std::vector<std::string>& words, const Definitions& definitions, const Assessments& got,
                          std::size_t row) {
    const auto measure = definitions.measure_index(words.at(2));
    ASSERT_TRUE(measure) << "no measure " << words[2];
    const auto& column = got.measures[*measure];
    const std::string state(key_of(column.states[row]));
    const auto& expected = words.at(4);
    const bool is_number_expected = expected.find_first_of("0123456789") != std::string::npos;
    if (is_number_expected) {
      EXPECT_EQ(state, "number");
      EXPECT_NEAR(column.values[row], std::stod(expected), 5e-5);
    } else {
      EXPECT_EQ(state, expected) << column.values[row];
    }
    if (words.size() > 6) {
      EXPECT_EQ(core::to_string(column.newest_days[row]), words.at(6)) << "newest day";
    }
  }
};

class Tables : public testing::TestWithParam<std::string> {};

TEST_P(Tables, ComeOutAsExpected) {
  EXPECT_GT(TableFile(GetParam()).run(), 0);
}

std::vector<std::string> table_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(BANSO_SOURCE_DIR "/src/engine/tables")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(All, Tables, testing::ValuesIn(table_files()),
                         [](const auto& each) { return std::filesystem::path(each.param).stem().string(); });

}  // namespace

}  // namespace banso::engine
