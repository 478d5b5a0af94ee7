#include "measure_rows.hpp"

#include <algorithm>
#include <map>

#include "modules/customers/customers.hpp"

namespace banso::health {
namespace {

using engine::Source;

struct DatedItem {
  core::Day day;
  json::object item;
};

template <class Word>
bool is_wanted(const std::vector<std::string>& wanted, const Word& word) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), word) != wanted.end();
}

constexpr std::string_view interaction_words[] = {"meeting", "call", "mail", "note"};
constexpr std::string_view survey_words[] = {"nps", "csat", "ces", "other"};
constexpr std::string_view attendance_words[] = {"content", "event", "community"};
constexpr std::string_view status_words[] = {"open", "pending", "closed"};
constexpr std::string_view priority_words[] = {"low", "normal", "high", "urgent"};

template <class Enum, std::size_t count>
std::string word(const std::string_view (&words)[count], Enum value) {
  return std::string(words[static_cast<std::size_t>(value)]);
}

json::array role_words(customers::ContactRoles roles) {
  static constexpr std::string_view words[] = {"champion", "executive_sponsor", "decision_maker", "admin", "user"};
  json::array found;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    if (roles & (1u << i)) found.emplace_back(words[i]);
  }
  return found;
}

class Collector {
 public:
  Collector(const Dependencies& from, const BookLoader& loader, core::AccountId account,
            const engine::MeasureDefinition& measure, core::Day as_of)
      : from_(from),
        loader_(loader),
        account_(account),
        measure_(measure),
        as_of_(as_of),
        range_(engine::fact_days(measure, as_of)),
        chosen_(customers::Selection::of({account})) {}

  std::string collect() {
    switch (measure_.source) {
      case Source::usage:
        return usage();
      case Source::tickets:
        return tickets();
      case Source::surveys:
        return surveys();
      case Source::interactions:
        return interactions();
      case Source::attendance:
        return attendance();
      case Source::contacts:
        return contacts();
      case Source::subscriptions:
        return subscriptions();
      case Source::attribute:
      case Source::account:
        return attributes();
      case Source::measures:
        break;
    }
    return "measures";
  }

  std::vector<DatedItem> take() && { return std::move(items_); }

 private:
  bool in_range(core::Day day) const {
    return (range_.first == engine::no_day || range_.first <= day) && day <= range_.last;
  }
  bool visible(customers::KnownSpan known) const {
    known = loader_.by_book_clock(known);
    return known.from < known.until && known.on(as_of_);
  }
  void add(core::Day day, json::object item) { items_.push_back({day, std::move(item)}); }

  std::string usage() {
    std::map<std::int32_t, usage::Feature> features;
    for (auto& feature : from_.usage->features()) {
      const bool is_taken = !feature.ignored && (!measure_.filter.active_only || feature.is_active) &&
                            is_wanted(measure_.filter.features, feature.key) &&
                            is_wanted(measure_.filter.modules, feature.module);
      if (is_taken) features.emplace(static_cast<std::int32_t>(feature.id.value), std::move(feature));
    }
    std::map<std::int32_t, usage::Person> persons;
    for (auto& person : from_.usage->persons({account_})) persons.emplace(person.number, std::move(person));
    usage::UsageDayQuery query{{account_}, std::nullopt, range_.last};
    if (range_.first != engine::no_day) query.from = range_.first;
    from_.usage->read_usage_days(query, [&](const usage::UsageDays& rows) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto feature = features.find(rows.feature_ids[i]);
        const core::Day known{std::min(rows.known_days[i], loader_.book_day().days)};
        if (feature == features.end() || known > as_of_) continue;
        const auto person = persons.find(rows.person_numbers[i]);
        const bool is_known = person != persons.end();
        const core::Day day{rows.days[i]};
        add(day, {{"day", json::from(day)},
                  {"user_key", is_known ? json::value(person->second.user_key) : json::value(nullptr)},
                  {"user_name",
                   is_known && !person->second.name.empty() ? json::value(person->second.name) : json::value(nullptr)},
                  {"feature", feature->second.key},
                  {"feature_name", render(feature->second.name)},
                  {"events", rows.events[i]}});
      }
    });
    return "usage_days";
  }

  std::string tickets() {
    const bool only_open = !engine::is_windowed(measure_.source, measure_.aggregate) &&
                           measure_.aggregate != engine::Aggregate::days_since_latest;
    from_.customers->each_ticket(chosen_, [&](const customers::TicketFact& fact) {
      if (!visible(fact.known) || !in_range(fact.opened_day)) return;
      const bool is_open =
          fact.status != customers::TicketStatus::closed || (fact.closed_day && *fact.closed_day > as_of_);
      if (only_open && !is_open) return;
      if (measure_.filter.urgent_only && fact.priority != customers::TicketPriority::urgent) return;
      add(fact.opened_day, {{"id", fact.ticket.value},
                            {"day", json::from(fact.opened_day)},
                            {"closed_day", json::from(fact.closed_day)},
                            {"status", word(status_words, fact.status)},
                            {"priority", word(priority_words, fact.priority)},
                            {"category", fact.category}});
    });
    return "tickets";
  }

  std::string surveys() {
    from_.customers->each_survey_answer(chosen_, [&](const customers::SurveyFact& fact) {
      if (!visible(fact.known) || !in_range(fact.day)) return;
      if (!is_wanted(measure_.filter.kinds, word(survey_words, fact.kind))) return;
      add(fact.day, {{"id", fact.answer.value},
                     {"day", json::from(fact.day)},
                     {"kind", word(survey_words, fact.kind)},
                     {"score", fact.score},
                     {"scale_max", fact.scale_max},
                     {"contact_id", json::from(fact.contact)}});
    });
    return "surveys";
  }

  std::string interactions() {
    from_.customers->each_interaction(chosen_, [&](const customers::InteractionFact& fact) {
      if (!visible(fact.known) || !in_range(fact.day)) return;
      if (!is_wanted(measure_.filter.kinds, word(interaction_words, fact.kind))) return;
      json::array present;
      for (const auto contact : fact.contacts) present.emplace_back(contact.value);
      add(fact.day, {{"id", fact.interaction.value},
                     {"day", json::from(fact.day)},
                     {"kind", word(interaction_words, fact.kind)},
                     {"contact_ids", std::move(present)}});
    });
    return "interactions";
  }

  std::string attendance() {
    from_.customers->each_attendance(chosen_, [&](const customers::AttendanceFact& fact) {
      if (!visible(fact.known) || !in_range(fact.day)) return;
      if (!is_wanted(measure_.filter.kinds, word(attendance_words, fact.kind))) return;
      add(fact.day, {{"id", fact.attendance.value},
                     {"day", json::from(fact.day)},
                     {"kind", word(attendance_words, fact.kind)},
                     {"title", fact.title},
                     {"contact_id", json::from(fact.contact)}});
    });
    return "attendance";
  }

  std::string contacts() {
    from_.customers->each_contact(chosen_, [&](const customers::ContactFact& fact) {
      if (!visible(fact.known) || (fact.left_day && *fact.left_day <= as_of_)) return;
      const core::Day first = fact.first_day.value_or(loader_.by_book_clock(fact.known).from);
      if (first > as_of_) return;
      const json::array roles = role_words(fact.roles);
      const auto& wanted = measure_.filter.roles;
      const bool is_taken = wanted.empty() || std::any_of(roles.begin(), roles.end(), [&](const json::value& role) {
                              return is_wanted(wanted, std::string_view(role.as_string()));
                            });
      if (!is_taken) return;
      add(first, {{"id", fact.contact.value},
                  {"day", json::from(first)},
                  {"name", fact.name},
                  {"email", fact.email},
                  {"roles", roles},
                  {"left_day", json::from(fact.left_day)}});
    });
    return "contacts";
  }

  std::string subscriptions() {
    const std::string currency = from_.surroundings.reporting_currency();
    from_.revenue->each_subscription(chosen_, [&](const revenue::SubscriptionFact& fact) {
      if (!visible(fact.known) || !is_wanted(measure_.filter.products, fact.product)) return;
      const bool has_ended = fact.end && *fact.end <= as_of_;
      if (has_ended) return;
      add(fact.start,
          {{"id", fact.subscription.value},
           {"day", json::from(fact.start)},
           {"end", json::from(fact.end)},
           {"product", fact.product},
           {"plan", fact.plan},
           {"seats", fact.seats},
           {"mrr", fact.mrr_minor ? json::value(render_money(*fact.mrr_minor, currency)) : json::value(nullptr)},
           {"auto_renewal", fact.auto_renewal},
           {"status", fact.start > as_of_ ? "future" : "active"}});
    });
    return "subscriptions";
  }

  // What the attribute was, and since when.
  std::string attributes() {
    const std::string key =
        measure_.source == Source::account ? std::string(engine::attribute_keys::created) : measure_.attribute;
    std::optional<json::value> before;
    from_.customers->each_account(chosen_, [&](const customers::AccountFact& fact) {
      const auto known = loader_.by_book_clock(fact.known);
      if (known.from >= known.until || known.from > as_of_) return;
      const json::value value = value_of(fact, key);
      if (before && *before == value) return;
      before = value;
      add(known.from, {{"day", json::from(known.from)}, {"key", key}, {"value", value}});
    });
    return "attributes";
  }

  static json::value value_of(const customers::AccountFact& fact, const std::string& key) {
    using Fact = customers::AccountFact;
    static const std::map<std::string_view, std::string Fact::*> texts = {
        {"phase", &Fact::phase},   {"owner", &Fact::owner_name}, {"industry", &Fact::industry}, {"size", &Fact::size},
        {"region", &Fact::region}, {"country", &Fact::country},  {"plan", &Fact::plan}};
    if (const auto text = texts.find(key); text != texts.end()) return json::value(fact.*(text->second));
    if (key == engine::attribute_keys::created) return json::from(fact.created_day);
    const auto* value = find_attribute(fact.attributes, key);
    return value ? render_attribute(*value) : json::value(nullptr);
  }

  const Dependencies& from_;
  const BookLoader& loader_;
  const core::AccountId account_;
  const engine::MeasureDefinition& measure_;
  const core::Day as_of_;
  const engine::DayRange range_;
  const customers::Selection chosen_;
  std::vector<DatedItem> items_;
};

// A formula rests on other measures: those are its rows, and each can be walked down in turn.
MeasureRows operand_rows(const engine::Definitions& definitions, const engine::MeasureDefinition& measure,
                         const engine::Assessments& assessed) {
  MeasureRows rows{"measures", {}, 0};
  for (const auto& key : measure.of) {
    const auto index = definitions.measure_index(key);
    if (!index) continue;
    const auto& column = assessed.measures[*index];
    rows.items.push_back(json::object{{"key", key},
                                      {"name", render(definitions.measures[*index].name)},
                                      {"value", render_number(column.values[0])},
                                      {"day", render_day(column.newest_days[0])}});
  }
  rows.total = static_cast<std::int64_t>(rows.items.size());
  return rows;
}

}  // namespace

MeasureRows measure_rows(const Dependencies& from, const BookLoader& loader, core::AccountId account,
                         const engine::Definitions& definitions, std::size_t measure,
                         const engine::Assessments& assessed, core::PageRequest page) {
  const auto& definition = definitions.measures[measure];
  if (definition.source == Source::measures) return operand_rows(definitions, definition, assessed);
  Collector collector(from, loader, account, definition, assessed.as_of);
  MeasureRows rows;
  rows.kind = collector.collect();
  auto items = std::move(collector).take();
  std::stable_sort(items.begin(), items.end(), [](const DatedItem& a, const DatedItem& b) { return a.day > b.day; });
  rows.total = static_cast<std::int64_t>(items.size());
  for (std::int64_t i = page.offset; i < std::min(page.offset + page.limit, rows.total); ++i) {
    rows.items.push_back(std::move(items[static_cast<std::size_t>(i)].item));
  }
  return rows;
}

}  // namespace banso::health
