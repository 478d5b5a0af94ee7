#include <iterator>
#include <span>

#include "names.hpp"

namespace banso::simulation {
namespace {

struct Word {
  const char* written;
  const char* ascii;
};

struct Trade {
  Word word;
  const char* industry;
};

constexpr Word english_heads[] = {
    {"Bright", "bright"}, {"Harrow", "harrow"},   {"Wren", "wren"},   {"Elder", "elder"},   {"Ash", "ash"},
    {"Thorn", "thorn"},   {"Kestrel", "kestrel"}, {"Lark", "lark"},   {"Stone", "stone"},   {"Oak", "oak"},
    {"Fern", "fern"},     {"Hazel", "hazel"},     {"Raven", "raven"}, {"Silver", "silver"}, {"Winter", "winter"},
    {"Amber", "amber"},   {"Copper", "copper"},   {"Marsh", "marsh"}, {"Linden", "linden"}, {"Whit", "whit"}};
constexpr Word english_tails[] = {{"moor", "moor"},   {"field", "field"}, {"gate", "gate"},   {"well", "well"},
                                  {"ford", "ford"},   {"wick", "wick"},   {"combe", "combe"}, {"ridge", "ridge"},
                                  {"haven", "haven"}, {"brook", "brook"}, {"mere", "mere"},   {"leigh", "leigh"}};
constexpr Trade english_trades[] = {{{"Logistics", "logistics"}, "logistics"},
                                    {{"Foods", "foods"}, "food"},
                                    {{"Software", "software"}, "software"},
                                    {{"Engineering", "engineering"}, "manufacturing"},
                                    {{"Components", "components"}, "manufacturing"},
                                    {{"Construction", "construction"}, "construction"},
                                    {{"Health", "health"}, "healthcare"},
                                    {{"Advisory", "advisory"}, "professional_services"},
                                    {{"Staffing", "staffing"}, "professional_services"},
                                    {{"Media", "media"}, "media"},
                                    {{"Hotels", "hotels"}, "hospitality"},
                                    {{"Learning", "learning"}, "education"},
                                    {{"Stores", "stores"}, "retail"},
                                    {{"Trading", "trading"}, "wholesale"},
                                    {{"Energy", "energy"}, "energy"},
                                    {{"Capital", "capital"}, "finance"},
                                    {{"Properties", "properties"}, "real_estate"}};

constexpr Word german_heads[] = {{"Eichen", "eichen"}, {"Linden", "linden"}, {"Birken", "birken"},
                                 {"Falken", "falken"}, {"Silber", "silber"}, {"Sonnen", "sonnen"},
                                 {"Reben", "reben"},   {"Kessel", "kessel"}, {"Brunnen", "brunnen"},
                                 {"Hirsch", "hirsch"}, {"Kron", "kron"},     {"Mühl", "muehl"}};
constexpr Word german_tails[] = {{"bach", "bach"},   {"feld", "feld"},    {"hof", "hof"},   {"tal", "tal"},
                                 {"stein", "stein"}, {"brück", "brueck"}, {"dorf", "dorf"}, {"hain", "hain"},
                                 {"see", "see"},     {"horst", "horst"}};
constexpr Trade german_trades[] = {{{" Technik", "technik"}, "manufacturing"},
                                   {{" Maschinenbau", "maschinenbau"}, "manufacturing"},
                                   {{" Logistik", "logistik"}, "logistics"},
                                   {{" Medien", "medien"}, "media"},
                                   {{" Pharma", "pharma"}, "healthcare"},
                                   {{" Handel", "handel"}, "wholesale"},
                                   {{" Bau", "bau"}, "construction"},
                                   {{" Softwarehaus", "softwarehaus"}, "software"},
                                   {{" Energie", "energie"}, "energy"},
                                   {{" Lebensmittel", "lebensmittel"}, "food"},
                                   {{" Beratung", "beratung"}, "professional_services"}};

constexpr Word french_heads[] = {{"Clair", "clair"}, {"Beau", "beau"},        {"Roche", "roche"}, {"Mont", "mont"},
                                 {"Val", "val"},     {"Haute", "haute"},      {"Bois", "bois"},   {"Pré", "pre"},
                                 {"Aigue", "aigue"}, {"Fontaine", "fontaine"}};
constexpr Word french_tails[] = {{"brune", "brune"}, {"fort", "fort"}, {"rive", "rive"}, {"lys", "lys"},
                                 {"vert", "vert"},   {"joie", "joie"}, {"lac", "lac"},   {"pierre", "pierre"},
                                 {"ciel", "ciel"},   {"mare", "mare"}};
constexpr Trade french_trades[] = {
    {{" Logistique", "logistique"}, "logistics"},   {{" Conseil", "conseil"}, "professional_services"},
    {{" Industrie", "industrie"}, "manufacturing"}, {{" Santé", "sante"}, "healthcare"},
    {{" Distribution", "distribution"}, "retail"},  {{" Numérique", "numerique"}, "software"},
    {{" Bâtiment", "batiment"}, "construction"},    {{" Alimentation", "alimentation"}, "food"},
    {{" Éditions", "editions"}, "media"},           {{" Énergie", "energie"}, "energy"}};

constexpr Word asian_heads[] = {{"Lotus", "lotus"},     {"Jade", "jade"},       {"Orchid", "orchid"},
                                {"Harbour", "harbour"}, {"Straits", "straits"}, {"Pearl", "pearl"},
                                {"Bamboo", "bamboo"},   {"Tembusu", "tembusu"}, {"Raintree", "raintree"},
                                {"Equator", "equator"}, {"Monsoon", "monsoon"}, {"Kingfisher", "kingfisher"},
                                {"Sampan", "sampan"},   {"Banyan", "banyan"}};
constexpr Word asian_tails[] = {{" Bridge", "bridge"}, {" Gate", "gate"}, {" Point", "point"}, {" Way", "way"},
                                {" Crest", "crest"},   {" Link", "link"}, {" Peak", "peak"},   {" Bay", "bay"},
                                {" Star", "star"},     {" Hill", "hill"}};
constexpr Trade asian_trades[] = {{{" Trading", "trading"}, "wholesale"},
                                  {{" Logistics", "logistics"}, "logistics"},
                                  {{" Systems", "systems"}, "software"},
                                  {{" Foods", "foods"}, "food"},
                                  {{" Engineering", "engineering"}, "manufacturing"},
                                  {{" Precision", "precision"}, "manufacturing"},
                                  {{" Healthcare", "healthcare"}, "healthcare"},
                                  {{" Holdings", "holdings"}, "finance"},
                                  {{" Media", "media"}, "media"},
                                  {{" Travel", "travel"}, "hospitality"},
                                  {{" Education", "education"}, "education"}};

constexpr const char* english_givens[] = {"Olivia", "James",  "Amelia", "Noah",   "Priya", "Daniel", "Sophie", "Marcus",
                                          "Hannah", "Ethan",  "Chloe",  "Samuel", "Grace", "Oliver", "Naomi",  "Victor",
                                          "Elena",  "Robert", "Alice",  "Henry",  "Maya",  "George", "Laura",  "Isaac"};
constexpr const char* english_surnames[] = {"Hartley", "Bennett",  "Okafor",  "Carver",  "Doyle",    "Whitaker",
                                            "Nolan",   "Prescott", "Rivera",  "Shah",    "Fletcher", "Morgan",
                                            "Ellison", "Barker",   "Coleman", "Dalton",  "Everett",  "Finch",
                                            "Granger", "Holloway", "Irving",  "Keating", "Lambert",  "Mercer"};
constexpr const char* german_givens[] = {"Lena",   "Jonas", "Anna",   "Felix",  "Katrin", "Stefan",
                                         "Miriam", "Lukas", "Sabine", "Tobias", "Julia",  "Andreas"};
constexpr const char* german_surnames[] = {"Bergmann", "Vogel",   "Lindner", "Hartmann", "Seidel", "Brandt",
                                           "Kessler",  "Winkler", "Arnold",  "Pohl",     "Engel",  "Roth"};
constexpr const char* french_givens[] = {"Claire", "Julien",  "Camille", "Antoine", "Sophie", "Mathieu",
                                         "Elodie", "Nicolas", "Manon",   "Olivier", "Lucie",  "Pierre"};
constexpr const char* french_surnames[] = {"Moreau", "Lefort",   "Garnier", "Chevalier", "Blanchard", "Renaud",
                                           "Colin",  "Marchand", "Perrin",  "Gauthier",  "Lemoine",   "Barbier"};
constexpr const char* asian_givens[] = {"Wei Ling", "Jun Hao", "Siti",   "Arjun",    "Mei",
                                        "Kumar",    "Hui Min", "Daniel", "Nattaya",  "Somchai",
                                        "Yi-Chen",  "Grace",   "Aisyah", "Chih-Wei", "Rachel"};
constexpr const char* asian_surnames[] = {"Tan", "Lim",       "Ng", "Chua", "Goh", "Rahman", "Nair", "Chen",
                                          "Lin", "Wongsakul", "Ho", "Koh",  "Teo", "Srisai", "Huang"};

// How companies and people are named in one part of the world.
struct Culture {
  std::span<const Word> heads, tails;
  std::span<const Trade> trades;
  std::span<const char*const> givens, surnames;
};

Culture culture_of(std::string_view country) {
  if (country == "DE") return {german_heads, german_tails, german_trades, german_givens, german_surnames};
  if (country == "FR") return {french_heads, french_tails, french_trades, french_givens, french_surnames};
  if (country == "SG" || country == "TH" || country == "TW") {
    return {asian_heads, asian_tails, asian_trades, asian_givens, asian_surnames};
  }
  return {english_heads, english_tails, english_trades, english_givens, english_surnames};
}

const char* legal_form(std::string_view country) {
  if (country == "US") return ", Inc.";
  if (country == "GB") return " Ltd";
  if (country == "AU") return " Pty Ltd";
  if (country == "DE") return " GmbH";
  if (country == "FR") return " SAS";
  if (country == "SG") return " Pte. Ltd.";
  return " Co., Ltd.";
}

struct Brand {
  std::string written, domain, industry;
};

constexpr Word districts[] = {{"", ""},
                              {"Pacific ", "pacific"},
                              {"Northern ", "northern"},
                              {"Central ", "central"},
                              {"Western ", "western"},
                              {"Eastern ", "eastern"},
                              {"Southern ", "southern"}};
constexpr Word daughters[] = {{" Services", "services"}, {" International", "international"}, {" Digital", "digital"}};

Brand brand_of(std::uint64_t seed, int index, std::string_view country) {
  const Culture culture = culture_of(country);
  const std::uint64_t count = culture.heads.size() * culture.tails.size() * culture.trades.size();
  const auto number = static_cast<std::uint64_t>(index);
  std::uint64_t rank = permuted(number % count, count, seed);
  const Trade& trade = culture.trades[rank % culture.trades.size()];
  rank /= culture.trades.size();
  const Word& tail = culture.tails[rank % culture.tails.size()];
  const Word& head = culture.heads[rank / culture.tails.size()];
  const std::uint64_t round = number / count;
  const Word& district = districts[round % std::size(districts)];
  const char* space = *trade.word.written == ' ' ? "" : " ";
  Brand brand{std::string(district.written) + head.written + tail.written + space + trade.word.written,
              std::string(head.ascii) + tail.ascii + "-" + trade.word.ascii, trade.industry};
  if (*district.ascii != '\0') brand.domain = std::string(district.ascii) + "-" + brand.domain;
  if (round >= std::size(districts)) brand.domain += std::to_string(round);
  return brand;
}

std::string lower_ascii(std::string_view text) {
  std::string lowered;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') lowered += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') lowered += c;
  }
  return lowered;
}

}  // namespace

CompanyName company_abroad(std::uint64_t seed, int index, std::string_view country) {
  const Brand brand = brand_of(seed, index, country);
  return {brand.written + legal_form(country), "", brand.domain + ".example", brand.industry};
}

CompanyName subsidiary_abroad(const CompanyName& parent, std::uint64_t seed, int parent_index, int number,
                              std::string_view country) {
  const Brand brand = brand_of(seed, parent_index, country);
  const Word& daughter = daughters[static_cast<std::size_t>(number) % std::size(daughters)];
  return {brand.written + daughter.written + legal_form(country), "", std::string(daughter.ascii) + "." + parent.domain,
          parent.industry};
}

PersonName person_abroad(Random& random, std::string_view country) {
  const Culture culture = culture_of(country);
  const char* given = culture.givens[static_cast<std::size_t>(random.below(static_cast<int>(culture.givens.size())))];
  const char* surname =
      culture.surnames[static_cast<std::size_t>(random.below(static_cast<int>(culture.surnames.size())))];
  return {std::string(given) + " " + surname, "", lower_ascii(given) + "." + lower_ascii(surname)};
}

}  // namespace banso::simulation
