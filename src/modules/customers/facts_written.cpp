// Writing interactions, survey answers and attendance.
#include "facts_written.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "keyed_batch.hpp"

namespace banso::customers {
namespace {

constexpr std::size_t most_participants = 200;

void set_person(const core::Patch<std::string>& patch, const PersonReferences& people, core::AccountId account,
                core::ContactId& contact, std::string& name, RowCheck& check) {
  if (!patch.given()) return;
  std::string text;
  check.text("contact", patch, text);
  auto person = people.find(account, text);
  contact = person.contact;
  name = std::move(person.name);
}

struct InteractionPolicy {
  using Record = Interaction;
  using Input = InteractionInput;

  static void people(const Input& input, std::vector<std::string>& texts) {
    if (!input.participants.value()) return;
    texts.insert(texts.end(), input.participants.value()->begin(), input.participants.value()->end());
  }

  static void apply(const Input& input, bool is_new, const PersonReferences& people, Interaction& interaction,
                    RowCheck& check, const BatchContext& batch) {
    check.needed("kind", input.kind, interaction.kind, is_new);
    check.needed("occurred_at", input.occurred_at, interaction.occurred_at, is_new);
    check.text("subject", input.subject, interaction.subject, 2000);
    check.text("body", input.body, interaction.body, long_text_bytes);
    check.text("author", input.author, interaction.author);
    if (input.contact_ids.given()) apply_contact_ids(input, interaction, check, batch);
    if (input.participants.given()) apply_participants(input, people, interaction, check);
    if (interaction.contacts.size() + interaction.other_participants.size() > most_participants) {
      check.fail("participants", {"At most 200 participants.", "参加者は200名までです。"});
    }
  }

  // People who were there stay, even if they were deleted since; new ones must be known.
  static void apply_contact_ids(const Input& input, Interaction& interaction, RowCheck& check,
                                const BatchContext& batch) {
    auto contacts = input.contact_ids.value() ? *input.contact_ids.value() : std::vector<core::ContactId>{};
    const auto before = std::exchange(interaction.contacts, std::move(contacts));
    const auto known = existing_contacts(batch.session(), interaction.contacts);
    for (const auto contact : interaction.contacts) {
      if (known.contains(contact.value) || std::find(before.begin(), before.end(), contact) != before.end()) continue;
      const auto id = std::to_string(contact.value);
      check.fail("contact_ids", {"There is no contact with the id " + id + ".", "IDが" + id + "の担当者はいません。"});
      return;
    }
  }

  static void apply_participants(const Input& input, const PersonReferences& people, Interaction& interaction,
                                 RowCheck& check) {
    interaction.contacts.clear();
    interaction.other_participants.clear();
    if (!input.participants.value()) return;
    for (const auto& given : *input.participants.value()) {
      const auto text = trimmed(given);
      if (text.empty() || !check.text_is_sound("participants", text, short_text_bytes)) continue;
      auto person = people.find(interaction.account, text);
      if (person.contact) {
        interaction.contacts.push_back(person.contact);
      } else {
        interaction.other_participants.push_back(std::move(person.name));
      }
    }
    keep_distinct(interaction.contacts);
    keep_distinct(interaction.other_participants);
  }

  static core::Instant happened(const Interaction& interaction, const BatchContext&) { return interaction.occurred_at; }
};

double usual_scale(SurveyKind kind) {
  switch (kind) {
    case SurveyKind::csat:
      return 5;
    case SurveyKind::ces:
      return 7;
    default:
      return 10;
  }
}

struct SurveyPolicy {
  using Record = SurveyAnswer;
  using Input = SurveyAnswerInput;

  static void people(const Input& input, std::vector<std::string>& texts) {
    if (input.contact.value()) texts.push_back(*input.contact.value());
  }

  static void apply(const Input& input, bool is_new, const PersonReferences& people, SurveyAnswer& answer,
                    RowCheck& check, const BatchContext&) {
    check.needed("kind", input.kind, answer.kind, is_new);
    check.needed("score", input.score, answer.score, is_new);
    check.needed("answered_at", input.answered_at, answer.answered_at, is_new);
    check.text("comment", input.comment, answer.comment, long_text_bytes);
    if (is_new || input.scale_max.clears()) answer.scale_max = usual_scale(answer.kind);
    if (input.scale_max.value()) answer.scale_max = *input.scale_max.value();
    set_person(input.contact, people, answer.account, answer.contact, answer.contact_name, check);
    if (!(answer.scale_max > 0) || !std::isfinite(answer.scale_max)) {
      check.fail("scale_max", {"The top of the scale must be above 0.", "満点は0より大きい値にしてください。"});
    } else if (!(answer.score >= 0 && answer.score <= answer.scale_max)) {
      const auto top = std::to_string(static_cast<int>(answer.scale_max));
      check.fail("score",
                 {"The score must lie between 0 and " + top + ".", "スコアは0から" + top + "までにしてください。"});
    }
  }

  static core::Instant happened(const SurveyAnswer& answer, const BatchContext&) { return answer.answered_at; }
};

struct AttendancePolicy {
  using Record = Attendance;
  using Input = AttendanceInput;

  static void people(const Input& input, std::vector<std::string>& texts) {
    if (input.contact.value()) texts.push_back(*input.contact.value());
  }

  static void apply(const Input& input, bool is_new, const PersonReferences& people, Attendance& attendance,
                    RowCheck& check, const BatchContext&) {
    check.needed("kind", input.kind, attendance.kind, is_new);
    check.needed("day", input.day, attendance.day, is_new);
    check.text("title", input.title, attendance.title, 2000);
    if (attendance.title.empty()) check.required("title");
    set_person(input.contact, people, attendance.account, attendance.contact, attendance.contact_name, check);
  }

  static core::Instant happened(const Attendance& attendance, const BatchContext& batch) {
    return batch.start_of(attendance.day);
  }
};

}  // namespace

Outcomes upsert_interactions(BatchContext& batch, std::span<const InteractionInput> inputs) {
  return KeyedBatch<InteractionPolicy>(batch, inputs).run();
}

Outcomes upsert_survey_answers(BatchContext& batch, std::span<const SurveyAnswerInput> inputs) {
  return KeyedBatch<SurveyPolicy>(batch, inputs).run();
}

Outcomes upsert_attendance(BatchContext& batch, std::span<const AttendanceInput> inputs) {
  return KeyedBatch<AttendancePolicy>(batch, inputs).run();
}

core::RowOutcome change_interaction(BatchContext& batch, const Interaction& present, const InteractionInput& input) {
  RowCheck check;
  std::vector<std::string> texts;
  InteractionPolicy::people(input, texts);
  const PersonReferences people(batch.session(), std::move(texts));
  Interaction changed = present;
  InteractionPolicy::apply(input, false, people, changed, check, batch);
  if (!check.ok()) return rejected(check);
  return write_record(batch, &present, changed, batch.writer.known_at(input.known_at, changed.occurred_at));
}

}  // namespace banso::customers
