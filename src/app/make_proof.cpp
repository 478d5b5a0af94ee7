#include "make_proof.hpp"

namespace banso::app {
namespace {

constexpr std::size_t most_digest_lines = 5;

// Weakly: work is told of by proof and must not keep it alive.
void add_wins_to_digest(const Application& application, const std::weak_ptr<proof::Service>& proof) {
  const auto offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  application.work->add_digest_part([proof, offset_minutes](core::UserId, core::Day since) {
    work::DigestPart part;
    part.heading = {"Wins", "成果"};
    const auto service = proof.lock();
    if (!service) return part;
    for (auto& line : service->digest_lines(core::start_of(since, offset_minutes()), most_digest_lines)) {
      part.lines.push_back({std::move(line), "/wins"});
    }
    return part;
  });
}

}  // namespace

std::shared_ptr<proof::Service> make_proof(const Application& application) {
  proof::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.revenue = application.revenue;
  dependencies.usage = application.usage;
  dependencies.health = application.health;
  dependencies.renewals = application.renewals;
  dependencies.definitions = application.definitions;
  dependencies.org = application.org;
  dependencies.work = application.work;
  dependencies.playbooks = application.playbooks;
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.utc_offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  around.calendar = [renewals = application.renewals] { return renewals->calendar(); };
  auto service = proof::Service::make(std::move(dependencies));
  add_wins_to_digest(application, service);
  return service;
}

}  // namespace banso::app
