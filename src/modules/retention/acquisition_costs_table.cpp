// Acquisition costs out of a spreadsheet.
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "acquisition_costs.hpp"
#include "core/currency.hpp"
#include "platform/text/delimited.hpp"

namespace banso::retention {
namespace {

namespace text = platform::text;

// A file of its own for as long as it is read: the readers of tables take files.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes)
      : path_(std::filesystem::temp_directory_path() / fmt::format("banso-costs-{}.csv", platform::records::new_id())) {
    std::ofstream file(path_, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file) throw std::runtime_error("cannot write " + path_.string());
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string_view trimmed(std::string_view cell) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto from = cell.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return cell.substr(from, cell.find_last_not_of(blanks) - from + 1);
}

enum Column : std::size_t { month, channel, amount, currency, column_count };

struct ColumnWords {
  const char* name;
  std::array<std::string_view, 4> words;
};
const std::array<ColumnWords, column_count> columns{{{"month", {"month", "月", "年月", "対象月"}},
                                                     {"channel", {"channel", "チャネル", "経路", "獲得経路"}},
                                                     {"amount", {"amount", "金額", "費用", "cost"}},
                                                     {"currency", {"currency", "通貨", "通貨コード", ""}}}};

using Positions = std::array<std::optional<std::size_t>, column_count>;

core::Result<Positions> positions_of(const text::Row& head) {
  Positions positions;
  for (std::size_t cell = 0; cell < head.cells.size(); ++cell) {
    const std::string key = customers::search_key(trimmed(head.cells[cell]));
    for (std::size_t column = 0; column < column_count; ++column)
      for (const std::string_view word : columns[column].words)
        if (!word.empty() && !positions[column] && customers::search_key(word) == key) positions[column] = cell;
  }
  std::vector<core::FieldError> missing;
  for (const Column column : {month, channel, amount})
    if (!positions[column])
      missing.push_back({columns[column].name,
                         {fmt::format("The first line must name a column \"{}\".", columns[column].words[0]),
                          fmt::format("1行目に「{}」列の見出しが必要です。", columns[column].words[1])}});
  if (missing.empty()) return positions;
  return core::Error{
      core::ErrorCode::invalid,
      {"The table needs the columns month, channel and amount.", "表には「月」「チャネル」「金額」の列が必要です。"},
      std::move(missing)};
}

// Reads rows one by one and collects what is wrong with them.
class CostRows {
 public:
  CostRows(const Positions& positions, const std::string& reporting_currency)
      : positions_(positions), reporting_currency_(reporting_currency) {}

  void take(const text::Row& row) {
    if (row.problem) {
      fail(row, nullptr, *row.problem);
      return;
    }
    AcquisitionCost cost;
    const auto before = faulty_;
    const auto day = parse_month(cell(row, month));
    if (!day)
      fail(row, "month", {"Write the month as 2026-04.", "月は 2026-04 のように入力してください。"});
    else
      cost.month = *day;
    cost.channel = cell(row, channel);
    if (cost.channel.empty() || cost.channel.size() > channel_length_max)
      fail(row, "channel", {"Name the channel in at most 100 bytes.", "チャネル名を100バイト以内で入力してください。"});
    const auto written = cell(row, currency);
    const auto known = written.empty() ? std::optional(reporting_currency_) : core::currency_code(written);
    const std::string code = known.value_or(std::string(written));
    cost.amount = core::parse_money(cell(row, amount), code);
    if (!known)
      fail(row, "currency",
           {fmt::format("\"{}\" is no currency code such as JPY or USD.", code),
            fmt::format("「{}」は通貨コードではありません(例: JPY、USD)。", code)});
    else if (!cost.amount || cost.amount->amount_minor < 0)
      fail(row, "amount",
           {fmt::format("\"{}\" is no amount in {} of 0 or more.", cell(row, amount), code),
            fmt::format("「{}」は0以上の{}の金額として読み取れません。", cell(row, amount), code)});
    if (faulty_ == before) costs_.push_back(std::move(cost));
  }

  core::Result<std::vector<AcquisitionCost>> finish() && {
    if (faulty_ == 0) return std::move(costs_);
    return core::Error{
        core::ErrorCode::invalid,
        {fmt::format("Nothing was imported: {} cells cannot be used. Mend them and import the file again.", faulty_),
         fmt::format("使用できない値が{}か所あるため、取り込みませんでした。修正してからもう一度取り込んでください。",
                     faulty_)},
        std::move(errors_)};
  }

  std::size_t size() const { return costs_.size(); }

 private:
  std::string_view cell(const text::Row& row, Column column) const {
    const auto position = positions_[column];
    return position && *position < row.cells.size() ? trimmed(row.cells[*position]) : std::string_view();
  }

  void fail(const text::Row& row, const char* column, core::Text message) {
    ++faulty_;
    if (errors_.size() >= faulty_rows_told_max) return;
    std::string field = fmt::format("line {}", row.line);
    if (column != nullptr) field += fmt::format(", {}", column);
    errors_.push_back({std::move(field), std::move(message)});
  }

  const Positions& positions_;
  const std::string& reporting_currency_;
  std::vector<AcquisitionCost> costs_;
  std::vector<core::FieldError> errors_;
  std::size_t faulty_ = 0;
};

// Digits at the front of `text`, which loses them.
std::optional<int> take_number(std::string_view& text, std::size_t most_digits) {
  int number = 0;
  const char* const end = text.data() + std::min(text.size(), most_digits);
  const auto [after, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || text.front() == '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(after - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::optional<core::Day> parse_month(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto year = take_number(text, 4);
  const bool separated = take(text, "-") || take(text, "/") || take(text, "年");
  if (!year || *year < 1970 || *year > 2200 || !separated || text.empty()) return std::nullopt;
  const auto month_number = take_number(text, 2);
  if (!month_number || *month_number < 1 || *month_number > 12) return std::nullopt;
  take(text, "月");
  if (!text.empty()) {
    // A day of the month may follow, and is not looked at.
    if (!(take(text, "-") || take(text, "/")) || text.empty()) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || *day < 1 || *day > 31 || !text.empty()) return std::nullopt;
  }
  return core::day_from(*year, *month_number, 1);
}

core::Result<std::vector<AcquisitionCost>> read_cost_table(std::string_view bytes,
                                                           const std::string& reporting_currency) {
  const TemporaryFile file(bytes);
  BANSO_TRY_ASSIGN(const auto encoding, text::detect_encoding(file.path()));
  BANSO_TRY(text::require_text(file.path(), encoding));
  BANSO_TRY_ASSIGN(const char delimiter, text::detect_delimiter(file.path(), encoding));
  BANSO_TRY_ASSIGN(auto source, text::ByteSource::open(file.path()));
  text::RecordReader reader(std::move(source), encoding, delimiter);
  text::Row row;
  BANSO_TRY_ASSIGN(const bool has_head, reader.next(row));
  if (!has_head) return core::Error::invalid({"The file is empty.", "ファイルが空です。"});
  BANSO_TRY_ASSIGN(const auto positions, positions_of(row));
  CostRows rows(positions, reporting_currency);
  while (true) {
    BANSO_TRY_ASSIGN(const bool has_row, reader.next(row));
    if (!has_row) break;
    if (rows.size() >= cost_rows_max)
      return core::Error::too_large({fmt::format("A file may hold {} rows at most.", cost_rows_max),
                                     fmt::format("1つのファイルは{}行までです。", cost_rows_max)});
    rows.take(row);
  }
  return std::move(rows).finish();
}

}  // namespace banso::retention
