// GET /api/revenue/cohorts: what became of those who began in the same period.
#include <algorithm>

#include "customer_progress.hpp"
#include "statistics_routes.hpp"

namespace banso::retention {
namespace {

using namespace statistics;

constexpr std::size_t most_cohorts = 120;  // the latest

enum class Measure { logos, mrr, usage };

struct CohortRequest {
  Measure measure = Measure::logos;
  std::string measure_word = "logos";
  Grain grain = Grain::month;
  std::string grain_word = "month";
  int fiscal_start = 4;
};

core::Result<CohortRequest> cohort_request(const http::Request& request) {
  CohortRequest asked;
  asked.measure_word = request.query_text("measure").value_or("logos");
  if (asked.measure_word == "mrr")
    asked.measure = Measure::mrr;
  else if (asked.measure_word == "usage")
    asked.measure = Measure::usage;
  else if (asked.measure_word != "logos")
    return core::Error::invalid_field(
        "measure", {"Choose logos, mrr or usage.", "logos、mrr、usage のいずれかを指定してください。"});
  asked.grain_word = request.query_text("grain").value_or("month");
  const auto grain = asked.grain_word == "fiscal_year" ? Grain::year : grain_from(asked.grain_word);
  if (!grain || asked.grain_word == "year" || *grain == Grain::day)
    return core::Error::invalid_field("grain", {"Choose week, month, quarter or fiscal_year.",
                                                "week、month、quarter、fiscal_year のいずれかを指定してください。"});
  asked.grain = *grain;
  BANSO_TRY_ASSIGN(asked.fiscal_start, bounded_integer(request, "fiscal_start", 1, 12, 4));
  return asked;
}

// The customers asked for: all, or those of one value of the dimension.
core::Result<std::vector<std::uint32_t>> customers_asked(const CustomerHistories& histories,
                                                         const http::Request& request) {
  std::vector<std::uint32_t> all(histories.customers.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto value = request.query.find("value");
  if (value == request.query.end() || histories.groups.key == no_dimension) return all;
  const auto& groups = histories.groups.groups;
  const auto group = std::ranges::find(groups, value->second, &CustomerGroups::Group::value);
  if (group == groups.end()) return std::vector<std::uint32_t>{};
  return histories.members_of(static_cast<std::uint32_t>(group - groups.begin()));
}

std::vector<Observation> observe_revenue(const CustomerHistories& histories, std::span<const std::uint32_t> customers,
                                         const Calendar& calendar) {
  std::vector<Step> steps;
  for (std::uint32_t member = 0; member < customers.size(); ++member)
    for (const auto& step : histories.customers[customers[member]].steps)
      steps.push_back({member, step.day, std::max<std::int64_t>(step.mrr_minor, 0)});
  return observe_steps(steps, calendar, histories.until);
}

// Of all customers to those asked for, by their number there.
std::vector<Observation> of_members(std::vector<Observation> observations, std::span<const std::uint32_t> customers,
                                    std::size_t all) {
  std::vector<std::int64_t> numbers(all, -1);
  for (std::size_t member = 0; member < customers.size(); ++member)
    numbers[customers[member]] = static_cast<std::int64_t>(member);
  std::erase_if(observations, [&](const Observation& one) { return numbers[one.member] < 0; });
  for (Observation& one : observations) one.member = static_cast<std::uint32_t>(numbers[one.member]);
  return observations;
}

json::value share(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return nullptr;
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Logos and use are shares of those who began; MRR of what the cohort paid at the end of its first period.
json::value share_of(Measure measure, const CohortCell& cell, std::int64_t size, std::int64_t first_amount) {
  return measure == Measure::mrr ? share(cell.amount, first_amount) : share(cell.members, size);
}

json::object render_progress(const ProgressSummary& summary, bool has_usage) {
  const auto known = [&](json::value value) { return has_usage ? value : json::value(nullptr); };
  return {{"onboarding_known", summary.were_onboarding},
          {"onboarded", summary.onboarded},
          {"onboarded_share", share(summary.onboarded, summary.were_onboarding)},
          {"onboarding_days", json::from(summary.onboarding_days)},
          {"with_use", known(summary.with_use)},
          {"first_use_days", json::from(summary.first_use_days)},
          {"paying", summary.paying},
          {"active", known(summary.active)},
          {"active_share", known(share(summary.active, summary.paying))},
          {"active_people", known(summary.active_people)}};
}

json::object render_cohort(const Cohort& cohort, const CohortTriangle& triangle, const CohortRequest& asked,
                           const Calendar& calendar) {
  json::array cells;
  const std::int32_t from = calendar.number_of(cohort.begin);
  for (std::size_t age = 0; age < cohort.cells.size(); ++age) {
    const CohortCell& cell = cohort.cells[age];
    const auto period = from + static_cast<std::int32_t>(age);
    const bool is_known = age >= cohort.known_from_age;
    cells.push_back(json::object{
        {"age", age},
        {"period", json::from(calendar.first_day(period))},
        {"members", cell.members},
        {"amount", cell.amount},
        {"share", is_known ? share_of(asked.measure, cell, cohort.size, cohort.cells.front().amount) : nullptr},
        {"is_partial", triangle.last_is_partial && age + 1 == cohort.cells.size()}});
  }
  return {{"begin", json::from(cohort.begin)}, {"size", cohort.size}, {"cells", std::move(cells)}};
}

core::Result<http::Response> cohorts(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto asked, cohort_request(request));
  BANSO_TRY_ASSIGN(const auto histories, histories_of(context, request));
  BANSO_TRY_ASSIGN(const auto customers, customers_asked(histories, request));
  const Calendar calendar(asked.grain, asked.fiscal_start);

  std::vector<core::Day> begins;
  for (const std::uint32_t customer : customers) begins.push_back(histories.customers[customer].begin);
  std::optional<core::Day> recorded_from;
  std::vector<Observation> observations;
  if (asked.measure == Measure::usage) {
    auto use = observe_use(context.from, histories, calendar);
    recorded_from = use.recorded_from;
    observations = of_members(std::move(use.observations), customers, histories.customers.size());
  } else {
    observations = observe_revenue(histories, customers, calendar);
  }
  CohortTriangle triangle = cohort_triangle(begins, observations, calendar, histories.until);
  if (recorded_from) {
    const std::int32_t known = calendar.number_of(*recorded_from);
    for (Cohort& cohort : triangle.cohorts)
      cohort.known_from_age = static_cast<std::size_t>(std::max(0, known - calendar.number_of(cohort.begin)));
  }
  const std::size_t earlier = triangle.cohorts.size() > most_cohorts ? triangle.cohorts.size() - most_cohorts : 0;
  triangle.cohorts.erase(triangle.cohorts.begin(), triangle.cohorts.begin() + static_cast<std::ptrdiff_t>(earlier));

  const auto progress = progress_of(context.from, histories);
  std::map<std::int32_t, std::vector<std::uint32_t>> members;
  for (const std::uint32_t customer : customers)
    members[calendar.number_of(histories.customers[customer].begin)].push_back(customer);

  const bool has_usage = context.from.usage != nullptr;
  json::array rendered;
  for (const Cohort& cohort : triangle.cohorts) {
    auto body = render_cohort(cohort, triangle, asked, calendar);
    body["indicators"] =
        render_progress(summarise(histories, progress, members[calendar.number_of(cohort.begin)]), has_usage);
    rendered.push_back(std::move(body));
  }
  json::array together;
  const auto by_age = triangle.by_age();
  for (std::size_t age = 0; age < by_age.size(); ++age) {
    const auto& all = by_age[age];
    together.push_back(json::object{{"age", age},
                                    {"cohorts", all.cohorts},
                                    {"size", all.size},
                                    {"members", all.cell.members},
                                    {"amount", all.cell.amount},
                                    {"share", share_of(asked.measure, all.cell, all.size, all.first_amount)}});
  }
  json::array values;
  for (const auto& group : histories.groups.groups)
    values.push_back(json::object{{"value", group.value}, {"name", render(group.name)}});

  json::object body = render_head(histories);
  body["measure"] = asked.measure_word;
  body["grain"] = asked.grain_word;
  body["fiscal_start"] = asked.fiscal_start;
  body["value"] = json::from(request.query.contains("value") ? std::optional(request.query.at("value")) : std::nullopt);
  body["values"] = std::move(values);
  body["cohorts"] = std::move(rendered);
  body["earlier_cohorts"] = earlier;
  body["recorded_from"] = json::from(recorded_from);
  body["together"] = std::move(together);
  body["indicators"] = render_progress(summarise(histories, progress, customers), has_usage);
  return answer(body);
}

}  // namespace

http::Routes cohort_routes(const ContextPtr& context) {
  return {route(context, http::Method::get, "/api/revenue/cohorts", http::Permission::leader, cohorts)};
}

}  // namespace banso::retention
