#include "profile.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "calendar.hpp"

namespace banso::simulation {
namespace {

using core::Day;

struct Place {
  const char* name;
  double weight;
};

struct Country {
  const char* code;
  double weight;
  const char* currency;
  int utc_offset_minutes;
  const char* cities[4];
};

constexpr Country countries[] = {
    {"JP", 78.0, "JPY", 540, {"", "", "", ""}},
    {"US", 6.0, "USD", -300, {"New York", "Massachusetts", "Illinois", "Georgia"}},
    {"GB", 3.0, "USD", 0, {"London", "Manchester", "Bristol", "Edinburgh"}},
    {"DE", 3.0, "EUR", 60, {"Hamburg", "Bayern", "Berlin", "Hessen"}},
    {"FR", 2.0, "EUR", 60, {"Paris", "Lyon", "Nantes", "Lille"}},
    {"SG", 4.0, "SGD", 480, {"Central", "East", "West", "North"}},
    {"AU", 2.0, "USD", 600, {"New South Wales", "Victoria", "Queensland", "Western Australia"}},
    {"TH", 1.0, "USD", 420, {"Bangkok", "Chiang Mai", "Chonburi", "Phuket"}},
    {"TW", 1.0, "USD", 480, {"Taipei", "Hsinchu", "Taichung", "Kaohsiung"}}};

constexpr Place prefectures[] = {
    {"東京都", 30}, {"大阪府", 12}, {"愛知県", 9}, {"神奈川県", 8}, {"福岡県", 6}, {"北海道", 4}, {"埼玉県", 4},
    {"千葉県", 4},  {"兵庫県", 4},  {"京都府", 3}, {"広島県", 3},   {"静岡県", 3}, {"宮城県", 2}, {"新潟県", 2},
    {"長野県", 2},  {"石川県", 1},  {"岡山県", 2}, {"熊本県", 1},   {"群馬県", 1}, {"栃木県", 1}, {"鹿児島県", 1},
    {"沖縄県", 1},  {"香川県", 1},  {"富山県", 1}, {"岐阜県", 1},   {"三重県", 1}, {"山形県", 1}};

// The first thousand accounts are a vendor's core business. Those beyond are its long tail: mostly tiny.
constexpr int core_account_count = 1000;

// Groups of companies: in most blocks of accounts one parent has one to three subsidiaries behind it.
constexpr int block_size = 25;
constexpr int parent_place = 3;
constexpr int subsidiary_places[] = {7, 12, 18};

int subsidiary_count(const Options& options, int block) {
  const std::uint64_t dice = scramble(options.seed ^ scramble(static_cast<std::uint64_t>(block) ^ 0x67726f7570ULL));
  return static_cast<int>(dice % 4);  // a quarter of the blocks has none
}

bool is_parent(const Options& options, int index) {
  return index % block_size == parent_place && subsidiary_count(options, index / block_size) > 0;
}

// Which subsidiary of its block's parent this account is, from 0; nothing if it stands alone.
std::optional<int> subsidiary_number(const Options& options, int index) {
  const int count = subsidiary_count(options, index / block_size);
  for (int number = 0; number < count; ++number) {
    if (index % block_size == subsidiary_places[number]) return number;
  }
  return std::nullopt;
}

const Country& country_of(const Options& options, int index) {
  Random random = stream(options, index, Subject::country);
  std::array<double, std::size(countries)> weights;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = countries[i].weight;
  return countries[random.weighted(weights)];
}

CompanyName company_of(const Options& options, int index, std::string_view country) {
  return country == "JP" ? japanese_company(options.seed, index) : company_abroad(options.seed, index, country);
}

const char* prefecture(Random& random) {
  std::array<double, std::size(prefectures)> weights;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = prefectures[i].weight;
  return prefectures[random.weighted(weights)].name;
}

void place_company(Profile& profile, const Options& options, Random& random) {
  const auto number = subsidiary_number(options, profile.index);
  const int named_after = number ? profile.index / block_size * block_size + parent_place : profile.index;
  const Country& country = country_of(options, named_after);
  profile.country = country.code;
  profile.company = company_of(options, named_after, profile.country);
  if (number) {
    profile.parent_index = named_after;
    profile.company = profile.country == "JP"
                          ? japanese_subsidiary(profile.company, options.seed, named_after, *number)
                          : subsidiary_abroad(profile.company, options.seed, named_after, *number, profile.country);
  }
  const bool is_japanese = profile.country == "JP";
  profile.region = is_japanese ? prefecture(random) : random.pick(country.cities);
  profile.utc_offset_minutes = country.utc_offset_minutes;
  profile.currency = country.currency;
  profile.language = is_japanese ? core::Language::ja : core::Language::en;
  profile.owner = is_japanese ? random.below(4) : 4 + random.below(2);
}

int first_seats(const Options& options, int index, Random& random) {
  if (is_parent(options, index) && index < core_account_count) {
    return static_cast<int>(clamp(random.log_normal(110.0, 0.6), 40.0, 1200.0));
  }
  const bool is_tail = index >= core_account_count && random.chance(0.93);
  if (is_tail) return static_cast<int>(clamp(random.log_normal(4.5, 0.7), 1.0, 60.0));
  const bool is_large = random.chance(0.05);
  const double seats = is_large ? random.log_normal(120.0, 0.85) : random.log_normal(17.0, 0.8);
  return static_cast<int>(clamp(seats, 2.0, 1200.0));
}

void agree_terms(Profile& profile, Random& random) {
  const int seats = profile.seats;
  const double premium = seats >= 50 ? 0.35 : 0.12;
  profile.plan = random.chance(premium) ? "premium" : random.chance(0.6) ? "standard" : "light";
  profile.discount_permille = seats >= 300 ? random.between(10, 20) * 10 : seats >= 50 ? random.between(0, 10) * 10 : 0;
  profile.billing_period_months = random.chance(seats >= 10 ? 0.78 : 0.5) ? 12 : 1;
  profile.term_months = seats >= 100 && random.chance(0.15) ? 36 : 12;
  profile.ends_with_fiscal_year = profile.country == "JP" && random.chance(0.5);
  profile.auto_renewal = random.chance(0.8);
  profile.notice_days = seats >= 100 ? 90 : seats >= 20 ? 60 : 30;
  const double channels[] = {seats >= 15 ? 0.5 : 0.35, 0.35, seats >= 15 ? 0.15 : 0.3};
  static constexpr const char* channel_names[] = {"direct", "partner", "marketplace"};
  profile.contract_channel = channel_names[random.weighted(channels)];
  profile.security_review_done = random.chance(seats >= 100 ? 0.9 : seats >= 20 ? 0.45 : 0.12);
  profile.site_count = std::max(1, static_cast<int>(random.log_normal(1.0 + profile.employee_count / 90.0, 0.4)));
}

// Japan signs for April, then October; the rest of the world with the calendar year.
double share_of_starts(int month, std::string_view country) {
  if (country == "JP") return month == 4 ? 1.0 : month == 10 ? 0.45 : 0.25;
  return month == 1 ? 1.0 : 0.4;
}

Day draw_start(const Options& options, std::string_view country, Random& random) {
  const Day first = first_day_of(options);
  const double share_new = clamp(0.017 * options.month_count, 0.0, 0.5);
  const bool is_new = random.chance(share_new);
  Day start = first;
  for (int attempt = 0; attempt < 12; ++attempt) {
    start = is_new ? first + random.below(std::max(1, options.until - first - 21)) : first - random.between(40, 1500);
    const auto date = core::year_month_day(start);
    const Day month_start = core::day_from(date.year, date.month, 1);
    const bool stays_on_its_side = (month_start >= first) == is_new;
    if (stays_on_its_side && random.chance(0.85)) start = month_start;
    if (random.chance(share_of_starts(date.month, country))) break;
  }
  return start;
}

Archetype draw_archetype(bool is_new, Random& random) {
  static constexpr double of_new[] = {0.17, 0.31, 0.15, 0.06, 0.09, 0.07, 0.15};
  static constexpr double of_old[] = {0.18, 0.32, 0.16, 0.09, 0.155, 0.095, 0.0};
  return static_cast<Archetype>(random.weighted(is_new ? of_new : of_old));
}

// People in Japan change posts on 1 April and 1 October.
Day nearest_transfer_day(Day day) {
  const int year = core::year_month_day(day).year;
  Day best = core::day_from(year, 4, 1);
  for (const Day candidate :
       {core::day_from(year, 10, 1), core::day_from(year + 1, 4, 1), core::day_from(year - 1, 10, 1)}) {
    if (std::abs(candidate - day) < std::abs(best - day)) best = candidate;
  }
  return best;
}

void draw_fate(Profile& profile, const Options& options, Random& random) {
  const Day first = first_day_of(options);
  profile.archetype = draw_archetype(profile.start >= first, random);
  profile.fit = random.uniform();
  profile.decline_days = random.between(110, 320);
  const bool turns = profile.archetype == Archetype::silent_decline || profile.archetype == Archetype::champion_loss;
  if (turns) {
    const Day earliest = std::max(profile.start + 120, first - 200);
    const Day latest = options.until - 30;
    if (earliest >= latest) {
      profile.archetype = Archetype::steady;
    } else {
      Day turning = earliest + random.below(latest - earliest);
      const Day transfer = nearest_transfer_day(turning);
      const bool is_transfer = profile.archetype == Archetype::champion_loss && profile.country == "JP" &&
                               transfer > earliest && transfer < latest && random.chance(0.5);
      profile.turning_day = is_transfer ? transfer : turning;
    }
  }
  switch (profile.archetype) {
    case Archetype::outgrowing:
      profile.seat_growth_per_year = random.uniform(0.25, 0.6);
      break;
    case Archetype::thriving:
      profile.seat_growth_per_year = random.uniform(0.05, 0.18);
      break;
    case Archetype::steady:
      profile.seat_growth_per_year = random.uniform(-0.03, 0.06);
      break;
    default:
      profile.seat_growth_per_year = 0.0;
  }
}

}  // namespace

std::string account_external_id(int index) {
  return fmt::format("A-{:06}", index + 1);
}

Day first_day_of(const Options& options) {
  return core::add_months(options.until, -options.month_count);
}

Profile make_profile(const Options& options, int index) {
  Random random = stream(options, index, Subject::profile);
  Profile profile{};
  profile.index = index;
  profile.external_id = account_external_id(index);
  place_company(profile, options, random);
  profile.seats = first_seats(options, index, random);
  profile.employee_count = static_cast<int>(profile.seats * clamp(random.log_normal(1.9, 0.6), 1.05, 40.0)) + 1;
  agree_terms(profile, random);
  profile.start = draw_start(options, profile.country, random);
  draw_fate(profile, options, random);
  return profile;
}

}  // namespace banso::simulation
