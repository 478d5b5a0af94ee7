// Where a value stands among its peers, in words.
#include <fmt/format.h>

#include "explanation_words.hpp"
#include "plan.hpp"

namespace banso::engine {

namespace {

using core::Text;

// The value of the attribute that makes the peers; a yes or no with its attribute's name.
Text group_of(const Book& book, std::string_view key, core::AccountId account, Day as_of) {
  const auto* attribute = book.attribute(key);
  const auto index = book.index_of(account);
  const auto value = attribute != nullptr && index ? attribute->value_at(*index, as_of) : std::nullopt;
  if (!value) return {};
  if (!attribute->dictionary.empty()) {
    const auto& text = attribute->dictionary[static_cast<std::size_t>(*value)];
    return {text, text};
  }
  const auto& name = attribute->description.name;
  return *value != 0 ? Text{name.en + ": yes", name.ja + "：はい"} : Text{name.en + ": no", name.ja + "：いいえ"};
}

}  // namespace

std::optional<PeerNote> peer_note(const Book& book, const MeasureDefinition& measure, const Assessments& assessments,
                                  std::size_t measure_index, std::size_t account) {
  const auto& column = assessments.measures[measure_index];
  if (!measure.is_percentile() || !is_number(column.states[account])) return std::nullopt;
  PeerNote note;
  const bool is_less_better = measure.better == Better::lower;
  note.better_than = is_less_better ? 100 - column.values[account] : column.values[account];
  note.peers = column.peers[account];
  const auto share = short_number(note.better_than);
  const bool has_side = measure.better != Better::neither;
  const Text than{has_side ? "better than" : "above", has_side ? "より良く" : "より高く"};
  if (measure.percentile_among == among_book) {
    note.text = {fmt::format("{} {}% of all {} accounts", than.en, share, short_number(note.peers)),
                 fmt::format("全{}社の{}%{}", short_number(note.peers), share, than.ja)};
    return note;
  }
  const auto group = group_of(book, measure.percentile_among, assessments.account_ids[account], assessments.as_of);
  note.group = group.en;
  note.text = {
      fmt::format("{} {}% of the peers in {} ({} accounts)", than.en, share, group.en, short_number(note.peers)),
      fmt::format("「{}」の{}社の{}%{}", group.ja, short_number(note.peers), share, than.ja)};
  return note;
}

}  // namespace banso::engine
