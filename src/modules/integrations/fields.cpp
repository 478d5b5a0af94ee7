#include "fields.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace banso::integrations {
namespace {

// How well a column's cells go with a field: a heading "date" over prose is no date.
double agreement(FieldType field, CellType cells) {
  if (cells == CellType::empty) return 0.9;
  const bool number = cells == CellType::integer || cells == CellType::decimal;
  switch (field) {
    case FieldType::day:
      return cells == CellType::date || cells == CellType::date_time ? 1 : number ? 0.6 : 0.4;
    case FieldType::instant:
      return cells == CellType::date_time || cells == CellType::date ? 1 : number ? 0.7 : 0.4;
    case FieldType::integer:
      return cells == CellType::integer ? 1 : cells == CellType::decimal ? 0.7 : 0.3;
    case FieldType::number:
      return number ? 1 : 0.3;
    case FieldType::money:
      return number || cells == CellType::money ? 1 : 0.3;
    case FieldType::email:
      return cells == CellType::email ? 1 : 0.3;
    case FieldType::yes_no:
      return cells == CellType::yes_no || cells == CellType::integer ? 1 : 0.5;
    case FieldType::text:
    case FieldType::list:
    case FieldType::choice:
    case FieldType::json:
      break;
  }
  return 1;
}

double heading_match(const Field& field, std::string_view folded) {
  if (folded.empty()) return 0;
  if (folded == folded_heading(field.key) || folded == folded_heading(field.name.en) ||
      folded == folded_heading(field.name.ja)) {
    return 1;
  }
  double best = 0;
  for (const std::string& known : field.headings) {
    if (folded == known) return 0.95;
    // "御契約開始日(予定)" holds 契約開始日; short words hold too much.
    const bool long_enough = known.size() >= 6;
    if (long_enough && folded.find(known) != std::string_view::npos) {
      best = std::max(best, 0.5 + 0.3 * static_cast<double>(known.size()) / static_cast<double>(folded.size()));
    }
  }
  return best;
}

}  // namespace

std::string folded_heading(std::string_view heading) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU lacks its normalisation data");
  const icu::UnicodeString folded =
      fold->normalize(icu::UnicodeString::fromUTF8({heading.data(), static_cast<std::int32_t>(heading.size())}), error);
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    const UChar32 character = folded.char32At(at);
    if (u_isalnum(character) || character == 0x30FC /* the long sound of katakana */) kept.append(character);
  }
  std::string out;
  kept.toUTF8String(out);
  return out;
}

const Field* find_field(Kind kind, std::string_view key) {
  for (const Field& field : fields_of(kind)) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

bool is_known_heading(std::string_view heading) {
  static const std::set<std::string, std::less<>> known = [] {
    std::set<std::string, std::less<>> all;
    for (const Kind kind : all_kinds) {
      for (const Field& field : fields_of(kind)) {
        all.insert(folded_heading(field.key));
        all.insert(folded_heading(field.name.ja));
        all.insert(field.headings.begin(), field.headings.end());
      }
    }
    return all;
  }();
  return heading.size() < 100 && known.contains(folded_heading(heading));
}

std::vector<Guess> guess_fields(Kind kind, const std::vector<std::string>& headings,
                                const std::vector<CellType>& types) {
  struct Candidate {
    double confidence;
    std::size_t column;
    const Field* field;
  };
  std::vector<Candidate> candidates;
  for (std::size_t column = 0; column < headings.size(); ++column) {
    const std::string folded = folded_heading(headings[column]);
    for (const Field& field : fields_of(kind)) {
      const double match = heading_match(field, folded);
      // A clear heading is believed even where many cells do not fit: those are then reported as wrong.
      const double doubted = match * agreement(field.type, types[column]);
      const double confidence = match >= 0.95 ? std::max(0.5, doubted) : doubted;
      if (confidence >= 0.35) candidates.push_back({confidence, column, &field});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  std::vector<Guess> guesses(headings.size());
  std::set<std::string_view> taken;
  for (const Candidate& candidate : candidates) {
    Guess& guess = guesses[candidate.column];
    if (!guess.field.empty() || !taken.insert(candidate.field->key).second) continue;
    guess = {candidate.field->key, candidate.confidence};
  }
  return guesses;
}

}  // namespace banso::integrations
