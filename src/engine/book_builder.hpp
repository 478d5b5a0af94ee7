// Packs rows, given in any order, into a Book. The same rows give the same book whatever their order.
//
//   BookBuilder builder;
//   const auto acme = builder.add_account(core::AccountId{17}, known_from);
//   const auto posted = builder.add_feature({"message_posted", "Message posted", "chat", true});
//   builder.add_usage(acme, {.day = day, .person = builder.person(acme, "taro"), .feature = posted, .events = 3,
//                            .known_day = day});
//   const Book book = std::move(builder).build();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "book.hpp"

namespace banso::engine {

// One person's use of one feature on one day. Rows that differ only in known_day add up: events that arrived late.
struct UsageRow {
  Day day;
  std::uint32_t person = 0;  // dense within the account: use BookBuilder::person() or number them yourself;
                             // no_person for what nobody in particular did: it counts as events, not as a person
  std::uint16_t feature = 0;
  std::uint32_t events = 1;
  Day known_day = no_day;  // no_day: known on the day itself
};

// Not safe for use from several threads. Indices returned are valid only for this builder; handing one out of range to
// it is a programmer's error (std::out_of_range).
class BookBuilder {
 public:
  using AccountIndex = std::uint32_t;

  // Adding an id again returns the same index and keeps the earlier known_from.
  AccountIndex add_account(core::AccountId id, Day known_from);
  // Adding a key again returns the same index. At most 65,535 features, products and levels each.
  std::uint16_t add_feature(Feature feature);
  std::uint16_t add_product(std::string_view key);
  std::uint16_t add_level(std::string_view key);  // for overrides
  std::uint32_t add_attribute(AttributeDescription description);

  // Numbers the vendor's user ids within one account, in order of first mention. Person numbers carry no meaning, so
  // their order does not matter to any result.
  std::uint32_t person(AccountIndex account, std::string_view external_id);

  void add_usage(AccountIndex account, const UsageRow& row);
  void add(AccountIndex account, const Subscription& row) { subscriptions_.push_back({account, row}); }
  void add(AccountIndex account, const Ticket& row) { tickets_.push_back({account, row}); }
  void add(AccountIndex account, const SurveyAnswer& row) { surveys_.push_back({account, row}); }
  void add(AccountIndex account, const Interaction& row) { interactions_.push_back({account, row}); }
  void add(AccountIndex account, const Attendance& row) { attendance_.push_back({account, row}); }
  void add(AccountIndex account, const Contact& row) { contacts_.push_back({account, row}); }
  void add(AccountIndex account, const LevelOverride& row) { level_overrides_.push_back({account, row}); }

  // Values of text and choice attributes go through set_text; all others through set_number (see AttributeVersion).
  void set_text(AccountIndex account, std::uint32_t attribute, Day known_from, std::string_view value);
  void set_number(AccountIndex account, std::uint32_t attribute, Day known_from, double value);
  void clear(AccountIndex account, std::uint32_t attribute, Day known_from);

  void reserve_usage(std::size_t rows) { usage_.reserve(rows); }

  Book build() &&;

 private:
  struct PackedUsage {
    AccountIndex account;
    std::int32_t day;
    std::uint32_t person;
    std::uint32_t events;
    std::uint16_t feature;
    std::uint16_t delay_days;
  };
  template <class Row>
  struct Owned {
    AccountIndex account;
    Row row;
  };
  struct PendingAttribute {
    AttributeDescription description;
    std::map<std::string, std::uint32_t, std::less<>> codes;  // provisional, in order of first mention
    std::vector<Owned<AttributeVersion>> versions;
  };

  std::vector<core::AccountId> account_ids_;
  std::vector<Day> known_from_;
  std::unordered_map<std::int64_t, AccountIndex> index_by_id_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> persons_;
  std::vector<Feature> features_;
  std::unordered_map<std::string, std::uint16_t> feature_by_key_;
  std::vector<std::string> products_;
  std::unordered_map<std::string, std::uint16_t> product_by_key_;
  std::vector<std::string> levels_;
  std::unordered_map<std::string, std::uint16_t> level_by_key_;
  std::vector<PendingAttribute> attributes_;
  std::unordered_map<std::string, std::uint32_t> attribute_by_key_;
  std::vector<PackedUsage> usage_;
  std::vector<Owned<Subscription>> subscriptions_;
  std::vector<Owned<Ticket>> tickets_;
  std::vector<Owned<SurveyAnswer>> surveys_;
  std::vector<Owned<Interaction>> interactions_;
  std::vector<Owned<Attendance>> attendance_;
  std::vector<Owned<Contact>> contacts_;
  std::vector<Owned<LevelOverride>> level_overrides_;

  std::vector<std::uint32_t> sort_accounts(Book& book);
  void pack_usage(Book& book, const std::vector<std::uint32_t>& new_index);
  void pack_attributes(Book& book, const std::vector<std::uint32_t>& new_index);
};

}  // namespace banso::engine
