// The kind "portal_sharing": what is shown to the people of which accounts. Internal to the module.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "engine/condition.hpp"
#include "portal.hpp"

namespace banso::portal {

// Parts of the portal, in the order of the contract. The last two widen others: `paid` puts what they pay next to the
// value, `company_tickets` shows the tickets of the whole company, where `tickets` alone shows each person their own.
enum class Part { journey, plan, adoption, value, people, documents, tickets, surveys, health, paid, company_tickets };
inline constexpr std::size_t part_count = 11;
std::string_view word_of(Part part);
using Shows = std::vector<bool>;  // by Part; always part_count

struct Sharing {
  core::Text name;
  int rank = 100;
  std::string condition_json;  // empty: all accounts
  Shows shows = Shows(part_count, false);
  std::map<std::string, core::Text> health_words;  // by level
  bool health_needs_consent = true;

  bool shown(Part part) const { return shows[static_cast<std::size_t>(part)]; }
};

// Every fault by its path; the canonical text of what was read.
core::Result<Sharing> sharing_from_json(std::string_view body);
std::string to_json(const Sharing& sharing);

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);
definitions::Bodies starter_sharing(const engine::FieldCatalogue& fields);

// The rule that holds for an account.
struct Rule {
  std::string key;
  Sharing sharing;
};

// The published rules. Threading: may be shared.
class SharingRules {
 public:
  SharingRules(std::shared_ptr<definitions::Service> definitions, std::shared_ptr<health::Service> health)
      : definitions_(std::move(definitions)), health_(std::move(health)) {}

  // The one of lowest rank whose condition the account meets. Nothing: there is none, and nothing is shown. A rule that
  // cannot be tested any more ends the search: nobody sees by a later rule what an earlier one may have kept back.
  core::Result<std::optional<Rule>> rule_of(core::AccountId account);

 private:
  struct Compiled {
    Rule rule;
    std::optional<engine::Condition> condition;  // nothing: it does not fit the present fields
  };
  using Set = std::vector<Compiled>;
  std::shared_ptr<const Set> published();

  std::shared_ptr<definitions::Service> definitions_;
  std::shared_ptr<health::Service> health_;
  std::mutex mutex_;
  std::shared_ptr<const Set> set_;
  std::int64_t release_ = -1;
  std::shared_ptr<const engine::FieldCatalogue> fields_;
};

}  // namespace banso::portal
