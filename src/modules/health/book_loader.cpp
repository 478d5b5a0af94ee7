#include "book_loader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

#include "engine/book_builder.hpp"

namespace banso::health {
namespace {

using customers::KnownSpan;
using engine::Day;
using engine::Known;

constexpr std::string_view built_in_texts[] = {engine::attribute_keys::phase,    engine::attribute_keys::owner,
                                               engine::attribute_keys::industry, engine::attribute_keys::size,
                                               engine::attribute_keys::region,   engine::attribute_keys::country,
                                               engine::attribute_keys::plan};

core::Text built_in_name(std::string_view key) {
  static const std::map<std::string_view, core::Text> names = {
      {"phase", {"Phase", "フェーズ"}},   {"owner", {"Owner", "主担当"}},
      {"industry", {"Industry", "業種"}}, {"size", {"Size", "規模"}},
      {"region", {"Region", "地域"}},     {"country", {"Country", "国"}},
      {"plan", {"Plan", "プラン"}},       {"created", {"Customer since", "利用開始日"}}};
  return names.at(key);
}

engine::AttributeType type_of(customers::AttributeType type) {
  switch (type) {
    case customers::AttributeType::number:
      return engine::AttributeType::number;
    case customers::AttributeType::date:
      return engine::AttributeType::day;
    case customers::AttributeType::yes_no:
      return engine::AttributeType::yes_no;
    case customers::AttributeType::choice:
      return engine::AttributeType::choice;
    case customers::AttributeType::money:
      return engine::AttributeType::money;
    case customers::AttributeType::text:
      break;
  }
  return engine::AttributeType::text;
}

engine::ContactRoles roles_of(customers::ContactRoles roles) {
  return roles;
}  // the same bits in both vocabularies
static_assert(engine::bit(engine::ContactRole::champion) == static_cast<int>(customers::ContactRole::champion));
static_assert(engine::bit(engine::ContactRole::user) == static_cast<int>(customers::ContactRole::user));

Known known_of(KnownSpan span) {
  return {span.from, span.until == Day{KnownSpan::still} ? engine::forever : span.until};
}

// Units of the reporting currency for one unit of another, ignoring months: attributes carry no date.
class Exchange {
 public:
  Exchange(revenue::Service& revenue, std::string reporting) : reporting_(std::move(reporting)) {
    for (const auto& rate : revenue.rates()) {
      double value = 0;
      const auto [end, error] = std::from_chars(rate.rate.data(), rate.rate.data() + rate.rate.size(), value);
      if (error == std::errc() && end == rate.rate.data() + rate.rate.size()) rates_[rate.currency] = value;
    }
  }

  // In minor units of the reporting currency; nothing where there is no rate.
  std::optional<double> convert(const core::Money& money) const {
    if (money.currency.empty() || money.currency == reporting_) return static_cast<double>(money.amount_minor);
    const auto rate = rates_.find(money.currency);
    if (rate == rates_.end()) return std::nullopt;
    const double units = static_cast<double>(money.amount_minor) / std::pow(10, core::minor_digits(money.currency));
    return std::round(units * rate->second * std::pow(10, core::minor_digits(reporting_)));
  }

 private:
  std::string reporting_;
  std::map<std::string, double> rates_;
};

}  // namespace

const customers::AccountFact* record_on(std::span<const customers::AccountFact> versions, Day day) {
  const auto found =
      std::find_if(versions.begin(), versions.end(), [&](const auto& version) { return version.known.on(day); });
  return found == versions.end() ? nullptr : &*found;
}

// Fills one book. A class of its own because every source adds to the same builder and the same look-ups.
class ChunkLoader {
 public:
  ChunkLoader(const Dependencies& from, Day book_day, std::span<const core::AccountId> accounts,
              std::function<KnownSpan(KnownSpan)> clock)
      : from_(from),
        book_day_(book_day),
        ids_(accounts.begin(), accounts.end()),
        chosen_(customers::Selection::of(ids_)),
        clock_(std::move(clock)),
        exchange_(*from.revenue, from.surroundings.reporting_currency()) {}

  LoadedBook run() {
    add_accounts();
    add_usage();
    return run_without_usage();
  }

  LoadedBook run_records(std::map<core::AccountId, PersonNumbers> persons) {
    loaded_.persons = std::move(persons);
    add_accounts();
    return run_without_usage();
  }

 private:
  using Index = engine::BookBuilder::AccountIndex;

  LoadedBook run_without_usage() {
    add_contacts();
    add_subscriptions();
    add_tickets();
    add_interactions();
    add_surveys();
    add_attendance();
    add_level_overrides();
    loaded_.book = std::move(builder_).build();
    return std::move(loaded_);
  }

  // Nothing where the version was never visible, or of an account outside the chunk.
  std::optional<Known> visible(KnownSpan& span) const {
    span = clock_(span);
    if (span.from >= span.until) return std::nullopt;
    return known_of(span);
  }
  std::optional<Index> index_of(core::AccountId account) const {
    const auto found = index_.find(account);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }

  // ---- accounts and attributes ----

  void describe_attributes() {
    for (const auto key : built_in_texts) {
      attribute_[std::string(key)] =
          builder_.add_attribute({std::string(key), built_in_name(key), engine::AttributeType::text});
    }
    const std::string created(engine::attribute_keys::created);
    attribute_[created] = builder_.add_attribute({created, built_in_name(created), engine::AttributeType::day});
    for (const auto& definition : from_.customers->attribute_definitions()) {
      if (attribute_.contains(definition.key)) continue;  // the built-in ones keep their meaning
      custom_.push_back(definition.key);
      attribute_[definition.key] = builder_.add_attribute({definition.key, definition.name, type_of(definition.type)});
    }
  }

  void add_accounts() {
    describe_attributes();
    from_.customers->each_account(chosen_, [&](const customers::AccountFact& fact) {
      auto& versions = loaded_.accounts[fact.account];
      versions.push_back(fact);
      if (!visible(versions.back().known)) versions.pop_back();
    });
    for (const auto& [account, versions] : loaded_.accounts) {
      if (versions.empty()) continue;
      const Index index = builder_.add_account(account, versions.front().known.from);
      index_[account] = index;
      account_ids_[index] = account;
      for (std::size_t i = 0; i < versions.size(); ++i) {
        add_version(index, i > 0 ? &versions[i - 1] : nullptr, versions[i]);
      }
    }
  }

  // Only what a version changes: a thousand versions of one attribute must not repeat all the others.
  void add_version(Index index, const customers::AccountFact* before, const customers::AccountFact& after) {
    const Day from = after.known.from;
    const auto text = [&](std::string_view key, std::string customers::AccountFact::*member) {
      if (before ? before->*member == after.*member : (after.*member).empty()) return;
      const auto attribute = attribute_.find(std::string(key))->second;
      if ((after.*member).empty()) {
        builder_.clear(index, attribute, from);
      } else {
        builder_.set_text(index, attribute, from, after.*member);
      }
    };
    using Fact = customers::AccountFact;
    text("phase", &Fact::phase);
    text("owner", &Fact::owner_name);
    text("industry", &Fact::industry);
    text("size", &Fact::size);
    text("region", &Fact::region);
    text("country", &Fact::country);
    text("plan", &Fact::plan);
    if (after.created_day != (before ? before->created_day : std::nullopt)) {
      const auto attribute = attribute_.at("created");
      if (after.created_day) {
        builder_.set_number(index, attribute, from, after.created_day->days);
      } else {
        builder_.clear(index, attribute, from);
      }
    }
    for (const auto& key : custom_) {
      const auto* old_value = before ? find(before->attributes, key) : nullptr;
      const auto* new_value = find(after.attributes, key);
      if (old_value && new_value ? *old_value == *new_value : old_value == new_value) continue;
      set_custom(index, attribute_.at(key), from, new_value);
    }
  }

  static const customers::AttributeValue* find(const customers::Attributes& attributes, const std::string& key) {
    const auto found =
        std::lower_bound(attributes.begin(), attributes.end(), key,
                         [](const auto& entry, const std::string& wanted) { return entry.first < wanted; });
    return found != attributes.end() && found->first == key ? &found->second : nullptr;
  }

  void set_custom(Index index, std::uint32_t attribute, Day from, const customers::AttributeValue* value) {
    if (!value) return builder_.clear(index, attribute, from);
    if (const auto* text = std::get_if<std::string>(value)) return builder_.set_text(index, attribute, from, *text);
    std::optional<double> number;
    if (const auto* plain = std::get_if<double>(value)) number = *plain;
    if (const auto* day = std::get_if<core::Day>(value)) number = day->days;
    if (const auto* yes = std::get_if<bool>(value)) number = *yes ? 1 : 0;
    if (const auto* money = std::get_if<core::Money>(value)) number = exchange_.convert(*money);
    if (number) {
      builder_.set_number(index, attribute, from, *number);
    } else {
      builder_.clear(index, attribute, from);
    }
  }

  // ---- usage ----

  void add_usage() {
    std::unordered_map<std::int32_t, std::uint16_t> features;
    for (const auto& feature : from_.usage->features()) {
      if (feature.ignored) continue;
      features[static_cast<std::int32_t>(feature.id.value)] =
          builder_.add_feature({feature.key, feature.name.en, feature.module, feature.is_active});
    }
    std::int64_t current_id = 0;
    std::optional<Index> current;
    PersonNumbers* persons = nullptr;
    from_.usage->read_usage_days({ids_, std::nullopt, book_day_}, [&](const usage::UsageDays& rows) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.account_ids[i] != current_id) {
          current_id = rows.account_ids[i];
          current = index_of({current_id});
          persons = &loaded_.persons[{current_id}];
        }
        const auto feature = features.find(rows.feature_ids[i]);
        if (!current || feature == features.end()) continue;
        const Day day{rows.days[i]}, known{std::min(rows.known_days[i], book_day_.days)};
        builder_.add_usage(*current, {day, persons->of(rows.person_numbers[i]), feature->second,
                                      static_cast<std::uint32_t>(std::max(0, rows.events[i])), std::max(day, known)});
      }
    });
  }

  // ---- contacts ----

  void add_contacts() {
    struct Seen {
      Index account;
      core::ContactId contact;
      engine::Contact row;
    };
    std::vector<Seen> rows;
    core::ContactId last;
    core::AccountId last_account;
    Day first_known{};
    from_.customers->each_contact(chosen_, [&](const customers::ContactFact& fact) {
      auto span = fact.known;
      const auto known = visible(span);
      const auto account = index_of(fact.account);
      if (!known || !account) return;
      if (fact.contact != last || fact.account != last_account) {
        last = fact.contact;
        last_account = fact.account;
        first_known = known->from;
      }
      const engine::Contact row{fact.first_day.value_or(first_known), fact.left_day.value_or(engine::forever),
                                roles_of(fact.roles), engine::no_person, *known};
      rows.push_back({*account, fact.contact, row});
      contact_roles_[{*account, fact.contact}].push_back({*known, roles_of(fact.roles)});
    });
    std::set<core::AccountId> with_contacts;
    for (const auto& [of, roles] : contact_roles_) with_contacts.insert(account_ids_.at(of.first));
    const auto persons = persons_of_contacts({with_contacts.begin(), with_contacts.end()});
    for (auto& seen : rows) {
      const auto person = persons.find({seen.account, seen.contact});
      if (person != persons.end()) seen.row.person = person->second;
      builder_.add(seen.account, seen.row);
    }
  }

  // Who the contacts are among those who use the product, by their number in the book. Somebody who was seen but used
  // nothing that counts is known all the same: idle, not unknown.
  std::map<std::pair<Index, core::ContactId>, std::uint32_t> persons_of_contacts(
      const std::vector<core::AccountId>& with_contacts) {
    std::map<std::pair<Index, core::ContactId>, std::uint32_t> tied;
    if (with_contacts.empty()) return tied;  // none listed would mean all
    for (const auto& person : from_.usage->persons(with_contacts)) {
      const auto account = index_of(person.account);
      if (!person.contact || !account) continue;
      tied.emplace(std::pair(*account, person.contact), loaded_.persons[person.account].of(person.number));
    }
    return tied;
  }

  engine::ContactRoles roles_on(Index account, core::ContactId contact, Day day) const {
    const auto found = contact_roles_.find({account, contact});
    if (found == contact_roles_.end() || found->second.empty()) return 0;
    for (const auto& [known, roles] : found->second) {
      if (known.at(day)) return roles;
    }
    return found->second.front().second;  // became known after the meeting
  }

  // ---- the rest ----

  void add_subscriptions() {
    from_.revenue->each_subscription(chosen_, [&](const revenue::SubscriptionFact& fact) {
      auto version = fact;
      const auto known = visible(version.known);
      const auto account = index_of(fact.account);
      if (!known || !account) return;
      const auto seats = std::min<std::int64_t>(fact.seats, std::numeric_limits<std::int32_t>::max());
      builder_.add(*account, engine::Subscription{
                                 builder_.add_product(fact.product), fact.start, fact.end.value_or(engine::forever),
                                 static_cast<std::int32_t>(seats), fact.mrr_minor.value_or(0),
                                 static_cast<std::int32_t>(fact.notice_days), fact.auto_renewal, *known});
      loaded_.subscriptions[fact.account].push_back(std::move(version));
    });
  }

  void add_tickets() {
    from_.customers->each_ticket(chosen_, [&](const customers::TicketFact& fact) {
      auto span = fact.known;
      const auto known = visible(span);
      const auto account = index_of(fact.account);
      if (!known || !account || fact.opened_day > book_day_) return;
      const bool is_closed = fact.status == customers::TicketStatus::closed;
      const Day closed = fact.closed_day ? *fact.closed_day : is_closed ? known->from : engine::forever;
      builder_.add(*account,
                   engine::Ticket{fact.opened_day, closed, fact.priority == customers::TicketPriority::urgent, *known});
    });
  }

  void add_interactions() {
    from_.customers->each_interaction(chosen_, [&](const customers::InteractionFact& fact) {
      auto span = fact.known;
      const auto known = visible(span);
      const auto account = index_of(fact.account);
      if (!known || !account || fact.day > book_day_) return;
      engine::ContactRoles attended = 0;
      for (const auto contact : fact.contacts) attended |= roles_on(*account, contact, fact.day);
      builder_.add(*account,
                   engine::Interaction{fact.day, static_cast<engine::InteractionKind>(fact.kind), attended, *known});
    });
  }
  static_assert(static_cast<int>(engine::InteractionKind::note) == static_cast<int>(customers::InteractionKind::note));
  static_assert(static_cast<int>(engine::SurveyKind::other) == static_cast<int>(customers::SurveyKind::other));
  static_assert(static_cast<int>(engine::AttendanceKind::community) ==
                static_cast<int>(customers::AttendanceKind::community));

  void add_surveys() {
    from_.customers->each_survey_answer(chosen_, [&](const customers::SurveyFact& fact) {
      auto span = fact.known;
      const auto known = visible(span);
      const auto account = index_of(fact.account);
      if (!known || !account || fact.day > book_day_) return;
      builder_.add(*account,
                   engine::SurveyAnswer{fact.day, static_cast<engine::SurveyKind>(fact.kind),
                                        static_cast<float>(fact.score), static_cast<float>(fact.scale_max), *known});
    });
  }

  void add_attendance() {
    from_.customers->each_attendance(chosen_, [&](const customers::AttendanceFact& fact) {
      auto span = fact.known;
      const auto known = visible(span);
      const auto account = index_of(fact.account);
      if (!known || !account || fact.day > book_day_) return;
      builder_.add(*account, engine::Attendance{fact.day, static_cast<engine::AttendanceKind>(fact.kind), *known});
    });
  }

  void add_level_overrides() {
    const LevelOverrides overrides(from_.records);
    overrides.each(ids_, from_.surroundings.utc_offset_minutes(), [&](const LevelOverride& fact) {
      auto version = fact;
      const auto known = visible(version.known);
      const auto account = index_of(fact.account);
      if (!known || !account) return;
      builder_.add(*account, engine::LevelOverride{builder_.add_level(fact.level), fact.from,
                                                   fact.until.value_or(engine::forever), *known});
      loaded_.level_overrides[fact.account].push_back(std::move(version));
    });
  }

  const Dependencies& from_;
  const Day book_day_;
  const std::vector<core::AccountId> ids_;
  const customers::Selection chosen_;
  const std::function<KnownSpan(KnownSpan)> clock_;
  const Exchange exchange_;

  engine::BookBuilder builder_;
  LoadedBook loaded_;
  std::unordered_map<core::AccountId, Index> index_;
  std::unordered_map<Index, core::AccountId> account_ids_;
  std::map<std::string, std::uint32_t> attribute_;
  std::vector<std::string> custom_;
  std::map<std::pair<Index, core::ContactId>, std::vector<std::pair<Known, engine::ContactRoles>>> contact_roles_;
};

BookLoader::BookLoader(Dependencies dependencies, Day book_day) : from_(std::move(dependencies)), book_day_(book_day) {}

KnownSpan BookLoader::by_book_clock(KnownSpan known) const {
  known.from = std::min(known.from, book_day_);
  if (known.until != KnownSpan::still) known.until = std::min(known.until, book_day_);
  return known;
}

std::vector<core::AccountId> BookLoader::accounts_on(Day as_of) const {
  std::vector<core::AccountId> found;
  from_.customers->each_account(customers::Selection::all(), [&](const customers::AccountFact& fact) {
    if (by_book_clock(fact.known).on(as_of)) found.push_back(fact.account);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<Day> BookLoader::first_known_day() const {
  std::optional<Day> first;
  from_.customers->each_account(customers::Selection::all(), [&](const customers::AccountFact& fact) {
    const Day from = by_book_clock(fact.known).from;
    if (!first || from < *first) first = from;
  });
  return first;
}

LoadedBook BookLoader::load(std::span<const core::AccountId> accounts) const {
  return ChunkLoader(from_, book_day_, accounts, [this](KnownSpan known) { return by_book_clock(known); }).run();
}

LoadedBook BookLoader::load_records(std::span<const core::AccountId> accounts,
                                    std::map<core::AccountId, PersonNumbers> persons) const {
  return ChunkLoader(from_, book_day_, accounts, [this](KnownSpan known) { return by_book_clock(known); })
      .run_records(std::move(persons));
}

}  // namespace banso::health
