#include "panel_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <zlib.h>

#include "engine/book_builder.hpp"
#include "engine/definitions_json.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::uint64_t magic = 0x31'4c'4e'50'4f'53'4e'42;  // "BNSOPNL1" on a little-endian machine
constexpr std::uint32_t version = 1;
constexpr std::size_t most_text = std::size_t{64} << 20;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open(const std::filesystem::path& path, const char* mode) {
  return {std::fopen(path.c_str(), mode), &std::fclose};
}

core::Error damaged() {
  return core::Error::conflict({"The kept panel is damaged or of another version.",
                                "保存されていた分析用データが破損しているか、形式が古くなっています。"});
}

std::uint32_t checksum(std::uint32_t before, const void* data, std::size_t bytes) {
  if (bytes == 0) return before;  // of no bytes at no address, zlib begins anew
  return static_cast<std::uint32_t>(crc32_z(before, static_cast<const Bytef*>(data), bytes));
}

class Writer {
 public:
  explicit Writer(std::FILE* file) : file_(file) {}

  void bytes(const void* data, std::size_t count) {
    if (count == 0) return;  // an empty list has no address, and fwrite() wants one
    sum_ = checksum(sum_, data, count);
    is_good_ = is_good_ && std::fwrite(data, 1, count, file_) == count;
  }
  template <class T>
  void value(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(&value, sizeof value);
  }
  template <class T>
  void values(std::span<const T> all) {
    static_assert(std::is_trivially_copyable_v<T>);
    value(std::uint64_t{all.size()});
    bytes(all.data(), all.size_bytes());
  }
  template <class T>
  void values(const std::vector<T>& all) {
    values(std::span<const T>(all));
  }
  void text(const std::string& text) { values(std::span<const char>(text)); }
  bool finish() {
    const auto sum = sum_;
    value(sum);
    return is_good_ && std::fflush(file_) == 0;
  }

 private:
  std::FILE* file_;
  std::uint32_t sum_ = 0;
  bool is_good_ = true;
};

// After anything was wrong, all it reads is empty.
class Reader {
 public:
  Reader(std::FILE* file, std::uintmax_t size) : file_(file), left_(size) {}

  bool is_good() const { return is_good_; }
  void bytes(void* into, std::size_t count) {
    is_good_ = is_good_ && count <= left_ && std::fread(into, 1, count, file_) == count;
    if (!is_good_) return;
    left_ -= count;
    sum_ = checksum(sum_, into, count);
  }
  template <class T>
  T value() {
    T value{};
    bytes(&value, sizeof value);
    return is_good_ ? value : T{};
  }
  template <class Values>
  void values(Values& into) {
    using T = typename Values::value_type;
    const auto count = value<std::uint64_t>();
    is_good_ = is_good_ && count <= left_ / sizeof(T);
    if (!is_good_) return;
    into.resize(count);
    bytes(into.data(), count * sizeof(T));
  }
  std::string text() {
    std::string text;
    values(text);
    return text;
  }
  bool ends_whole() {
    const auto expected = sum_;
    return value<std::uint32_t>() == expected && is_good_ && left_ == 0;
  }

 private:
  std::FILE* file_;
  std::uintmax_t left_;
  std::uint32_t sum_ = 0;
  bool is_good_ = true;
};

// What the values of the panel depend on.
std::string measures_of(Definitions definitions) {
  definitions.scorecards.clear();
  return to_json(definitions);
}

template <class Row>
void write_rows(Writer& writer, const PerAccount<Row>& table) {
  writer.values(table.offsets);
  writer.values(table.rows);
}

template <class Row>
PerAccount<Row> read_rows(Reader& reader, std::size_t accounts) {
  PerAccount<Row> table;
  reader.values(table.offsets);
  reader.values(table.rows);
  const bool fits = table.offsets.size() == accounts + 1 &&
                    std::is_sorted(table.offsets.begin(), table.offsets.end()) && table.offsets.front() == 0 &&
                    table.offsets.back() == table.rows.size();
  return fits ? std::move(table) : PerAccount<Row>{};
}

// The facts that the lab asks the panel's book for: attributes and subscriptions.
void write_book(Writer& writer, const Book& book) {
  writer.values(book.account_ids());
  writer.values(book.known_from());
  writer.value(std::uint64_t{book.products().size()});
  for (const auto& product : book.products()) writer.text(product);
  write_rows(writer, book.subscriptions());
  writer.value(std::uint64_t{book.attributes().size()});
  for (const auto& attribute : book.attributes()) {
    writer.text(attribute.description.key);
    writer.text(attribute.description.name.en);
    writer.text(attribute.description.name.ja);
    writer.value(attribute.description.type);
    writer.value(std::uint64_t{attribute.dictionary.size()});
    for (const auto& text : attribute.dictionary) writer.text(text);
    write_rows(writer, attribute.versions);
  }
}

bool read_attribute(Reader& reader, std::size_t accounts, BookBuilder& builder,
                    std::vector<std::pair<std::string, std::vector<std::string>>>& dictionaries) {
  AttributeDescription description;
  description.key = reader.text();
  description.name.en = reader.text();
  description.name.ja = reader.text();
  description.type = reader.value<AttributeType>();
  std::vector<std::string> dictionary;
  const auto texts = reader.value<std::uint64_t>();
  for (std::uint64_t i = 0; i < texts && reader.is_good(); ++i) dictionary.push_back(reader.text());
  const auto versions = read_rows<AttributeVersion>(reader, accounts);
  if (!reader.is_good() || versions.offsets.size() != accounts + 1) return false;
  const auto column = builder.add_attribute(description);
  for (std::size_t account = 0; account < accounts; ++account) {
    const auto index = static_cast<BookBuilder::AccountIndex>(account);
    for (const auto& row : versions.of(account)) {
      if (std::isnan(row.value)) {
        builder.clear(index, column, row.known_from);
      } else if (dictionary.empty()) {
        builder.set_number(index, column, row.known_from, row.value);
      } else if (row.value >= 0 && row.value < static_cast<double>(dictionary.size())) {
        builder.set_text(index, column, row.known_from, dictionary[static_cast<std::size_t>(row.value)]);
      } else {
        return false;
      }
    }
  }
  dictionaries.emplace_back(description.key, std::move(dictionary));
  return true;
}

std::optional<Book> read_book(Reader& reader) {
  std::vector<core::AccountId> ids;
  std::vector<Day> known_from;
  reader.values(ids);
  reader.values(known_from);
  if (!reader.is_good() || ids.size() != known_from.size()) return std::nullopt;
  BookBuilder builder;
  for (std::size_t i = 0; i < ids.size(); ++i) builder.add_account(ids[i], known_from[i]);
  std::vector<std::uint16_t> products;
  const auto product_count = reader.value<std::uint64_t>();
  for (std::uint64_t i = 0; i < product_count && reader.is_good(); ++i) {
    products.push_back(builder.add_product(reader.text()));
  }
  const auto subscriptions = read_rows<Subscription>(reader, ids.size());
  if (subscriptions.offsets.size() != ids.size() + 1) return std::nullopt;
  for (std::size_t account = 0; account < ids.size(); ++account) {
    for (auto row : subscriptions.of(account)) {
      if (row.product >= products.size()) return std::nullopt;
      row.product = products[row.product];
      builder.add(static_cast<BookBuilder::AccountIndex>(account), row);
    }
  }
  std::vector<std::pair<std::string, std::vector<std::string>>> dictionaries;
  const auto attributes = reader.value<std::uint64_t>();
  for (std::uint64_t i = 0; i < attributes; ++i) {
    if (!read_attribute(reader, ids.size(), builder, dictionaries)) return std::nullopt;
  }
  Book book = std::move(builder).build();
  // Measures hold codes: they must mean what they meant.
  for (const auto& [key, dictionary] : dictionaries) {
    if (book.attribute(key)->dictionary != dictionary) return std::nullopt;
  }
  return book;
}

}  // namespace

// Writes and reads the parts of a panel.
class PanelFile {
 public:
  static void write(Writer& writer, const LabPanel& panel) {
    writer.values(panel.days_);
    write_book(writer, panel.book_);
    writer.values(panel.with_fact_days_);
    writer.values(panel.arr_minor_);
    writer.value(std::uint64_t{panel.blocks_.size()});
    for (const auto& block : panel.blocks_) {
      writer.value(std::uint64_t{block.first_account});
      writer.value(std::uint64_t{block.accounts});
      for (const auto& measure : block.measures) {
        writer.values(measure.narrow);
        writer.values(measure.wide);
        writer.values(measure.states);
        writer.values(measure.newest);
      }
    }
  }

  static bool read(Reader& reader, const Definitions& definitions, LabPanel& panel) {
    panel.definitions_ = definitions;
    reader.values(panel.days_);
    auto book = read_book(reader);
    if (!book) return false;
    panel.book_ = std::move(*book);
    reader.values(panel.with_fact_days_);
    reader.values(panel.arr_minor_);
    if (panel.with_fact_days_.size() != definitions.measures.size() || panel.arr_minor_.size() != panel.rows()) {
      return false;
    }
    const auto blocks = reader.value<std::uint64_t>();
    std::size_t accounts = 0;
    for (std::uint64_t i = 0; i < blocks && reader.is_good(); ++i) {
      PanelBlock block;
      block.first_account = reader.value<std::uint64_t>();
      block.accounts = reader.value<std::uint64_t>();
      if (block.first_account != accounts || block.accounts > panel.accounts() - accounts) return false;
      accounts += block.accounts;
      for (std::size_t measure = 0; measure < definitions.measures.size(); ++measure) {
        block.measures.emplace_back();
        if (!read_measure(reader, block.accounts * panel.weeks(), block.measures.back())) return false;
      }
      panel.blocks_.push_back(std::move(block));
    }
    return accounts == panel.accounts();
  }

 private:
  static bool read_measure(Reader& reader, std::size_t rows, MeasureBlock& measure) {
    reader.values(measure.narrow);
    reader.values(measure.wide);
    reader.values(measure.states);
    reader.values(measure.newest);
    const auto is_all_or_none = [rows](const auto& column) { return column.empty() || column.size() == rows; };
    return reader.is_good() && measure.narrow.size() + measure.wide.size() == rows && is_all_or_none(measure.narrow) &&
           is_all_or_none(measure.states) && is_all_or_none(measure.newest);
  }
};

core::Result<> write_panel(const std::filesystem::path& file, const LabPanel& panel, const std::string& about) {
  const auto cannot = [&] {
    return core::Error::unavailable({fmt::format("{} cannot be written.", file.filename().string()),
                                     fmt::format("{}を書き込めません。", file.filename().string())});
  };
  auto fresh = file;
  fresh += ".new";
  {
    const File out = open(fresh, "wb");
    if (!out) return cannot();
    Writer writer(out.get());
    writer.value(magic);
    writer.value(version);
    writer.text(about);
    writer.text(measures_of(panel.definitions()));
    PanelFile::write(writer, panel);
    if (!writer.finish()) return cannot();
  }
  std::error_code failure;
  std::filesystem::rename(fresh, file, failure);
  if (failure) return cannot();
  return {};
}

core::Result<PanelFromFile> read_panel(const std::filesystem::path& file, const Definitions& definitions) {
  const File in = open(file, "rb");
  std::error_code failure;
  const auto size = std::filesystem::file_size(file, failure);
  if (!in || failure) return damaged();
  Reader reader(in.get(), size);
  PanelFromFile read;
  if (reader.value<std::uint64_t>() != magic || reader.value<std::uint32_t>() != version) return damaged();
  read.about = reader.text();
  if (reader.text() != measures_of(definitions)) {
    return core::Error::conflict({"The kept panel was built with other measures.",
                                  "保存されていた分析用データは、現在と異なる指標で作成されています。"});
  }
  if (!PanelFile::read(reader, definitions, read.panel) || !reader.ends_whole()) return damaged();
  return read;
}

core::Result<std::string> read_about(const std::filesystem::path& file) {
  const File in = open(file, "rb");
  if (!in) return damaged();
  Reader reader(in.get(), most_text);
  if (reader.value<std::uint64_t>() != magic || reader.value<std::uint32_t>() != version) return damaged();
  auto about = reader.text();
  return reader.is_good() ? core::Result<std::string>(std::move(about)) : core::Result<std::string>(damaged());
}

}  // namespace banso::engine::lab
