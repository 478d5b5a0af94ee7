// Names that look real and belong to nobody: companies (unique over all accounts of a simulation) and people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "random.hpp"

namespace banso::simulation {

struct CompanyName {
  std::string name;      // with its legal form
  std::string reading;   // katakana without legal form; empty abroad
  std::string domain;    // "sakuragawa-seiki.example"
  std::string industry;  // "manufacturing"
};

// Companies of one seed: a different index gives a different name and domain.
CompanyName japanese_company(std::uint64_t seed, int index);
CompanyName company_abroad(std::uint64_t seed, int index, std::string_view country);

// The `number`-th daughter of a company: "桜川精機" owns "桜川精機販売".
CompanyName japanese_subsidiary(const CompanyName& parent, std::uint64_t seed, int parent_index, int number);
CompanyName subsidiary_abroad(const CompanyName& parent, std::uint64_t seed, int parent_index, int number,
                              std::string_view country);

struct PersonName {
  std::string full;     // "佐伯 美咲", "Grace Lim"
  std::string reading;  // "サエキ ミサキ"; empty abroad
  std::string mailbox;  // "misaki.saeki": not yet unique
};

PersonName japanese_person(Random& random);
PersonName person_abroad(Random& random, std::string_view country);

// A one-to-one mapping of 0 .. size - 1 onto itself that depends on the seed and scatters neighbours.
std::uint64_t permuted(std::uint64_t value, std::uint64_t size, std::uint64_t seed);

}  // namespace banso::simulation
