#include "service_impl.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "platform/log/log.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
using platform::records::Session;
using namespace std::chrono_literals;

// Long enough to gather a burst into one round, short enough to stay well under a second from receipt to score.
constexpr auto gathering_time = 200ms;
// While more comes in than can be stored, what is derived is late anyway: following seldom leaves the machine to those
// who store, and costs less an event.
constexpr auto gathering_time_behind = 2s;
// While a file pours in, following every batch would cost more than following once at the end.
constexpr auto bulk_pause = 1s;
constexpr auto longest_wait_for_bulk = 5s;
// Another node may have stored something without waking this one.
constexpr auto longest_sleep = 5s;

// Whether no other node writes to the records: then what is known of them in memory stays true.
bool is_alone(const Dependencies& dependencies) {
  return dependencies.journal || dependencies.records->dialect() == platform::records::Dialect::sqlite;
}

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  return std::make_shared<ServiceImpl>(std::move(dependencies));
}

ServiceImpl::ServiceImpl(Dependencies dependencies)
    : dependencies_(std::move(dependencies)),
      facts_(dependencies_.mart, dependencies_.events),
      catalogue_(dependencies_.records),
      sources_(dependencies_.records, dependencies_.events),
      statistics_(dependencies_.records, dependencies_.node_number),
      properties_(dependencies_.records, dependencies_.node_number),
      quarantine_(std::make_shared<Quarantine>(dependencies_.records)),
      knowledge_(std::make_shared<Knowledge>(dependencies_.records, dependencies_.accounts, dependencies_.node_number,
                                             is_alone(dependencies_))),
      queue_(std::make_shared<IntakeQueue>(dependencies_.intake_limit_bytes)),
      corrections_({dependencies_.records, dependencies_.events, knowledge_.get(), dependencies_.node_number,
                    is_alone(dependencies_), [this] { wake(); }}),
      processor_({knowledge_, dependencies_.events, quarantine_, dependencies_.journal, queue_, &corrections_,
                  &statistics_, &properties_, [this] { wake(); }}),
      intake_(queue_, dependencies_.journal, processor_, statistics_),
      bulk_append_(dependencies_.events, dependencies_.accounts),
      bulk_uploads_(dependencies_.records, dependencies_.uploads_folder, dependencies_.node_number, queue_,
                    statistics_),
      reports_({dependencies_.records, dependencies_.events, dependencies_.accounts, &statistics_,
                [quarantine = quarantine_] { return quarantine->waiting(); }}),
      keeper_(duties()) {
  corrections_.start();
  processor_.start();
}

ServiceImpl::~ServiceImpl() {
  stop();
}

// --------------------------------------------------------------------------------------------------------- background

void ServiceImpl::start() {
  const std::lock_guard lock(working_);
  if (worker_.joinable()) return;
  stopping_ = false;
  processor_.start();
  corrections_.start();
  worker_ = std::thread([this] { work(); });
  keeper_.start();
}

void ServiceImpl::stop() {
  processor_.stop();
  corrections_.stop();
  {
    const std::lock_guard lock(working_);
    stopping_ = true;
  }
  woken_.notify_all();
  keeper_.stop();
  if (!worker_.joinable()) return;
  worker_.join();
  write_what_is_kept();
}

void ServiceImpl::wake() {
  {
    const std::lock_guard lock(working_);
    something_arrived_ = true;
  }
  woken_.notify_all();
}

void ServiceImpl::accounts_changed() {
  {
    const std::lock_guard lock(working_);
    accounts_changed_ = true;
  }
  woken_.notify_all();
}

void ServiceImpl::work() {
  std::unique_lock lock(working_);
  while (!stopping_) {
    woken_.wait_for(lock, longest_sleep, [&] { return stopping_ || something_arrived_ || accounts_changed_; });
    if (stopping_) return;
    woken_.wait_for(lock, gathering_time, [&] { return stopping_; });
    const auto begun = std::chrono::steady_clock::now();
    while (!stopping_ && queue_->is_behind() && std::chrono::steady_clock::now() < begun + gathering_time_behind) {
      woken_.wait_for(lock, gathering_time, [&] { return stopping_; });
    }
    const auto latest_start = begun + longest_wait_for_bulk;
    while (!stopping_ && std::chrono::steady_clock::now() < std::min(last_bulk_ + bulk_pause, latest_start)) {
      woken_.wait_for(lock, gathering_time, [&] { return stopping_; });
    }
    something_arrived_ = false;
    const bool rematch = std::exchange(accounts_changed_, false);
    lock.unlock();
    try {
      if (rematch) rematch_unmatched();
      refresh();
    } catch (const std::exception& error) {
      platform::log::error(std::string("daily usage facts could not be refreshed: ") + error.what());
    }
    lock.lock();
  }
}

std::vector<core::AccountId> ServiceImpl::refresh() {
  const auto change = facts_.refresh();
  if (change.accounts.empty()) return {};
  catalogue_.ensure(facts_.types());
  tell(change);
  std::vector<core::AccountId> accounts;
  for (const auto& changed : change.accounts) accounts.push_back(changed.account);
  return accounts;
}

void ServiceImpl::rebuild_daily_facts() {
  facts_.rebuild();
  catalogue_.ensure(facts_.types());
  tell(facts_.everything());
}

void ServiceImpl::on_usage_changed(UsageListener listener) {
  const std::lock_guard lock(listening_);
  listeners_.push_back(std::move(listener));
}

void ServiceImpl::tell(const UsageChange& change) {
  std::vector<UsageListener> listeners;
  {
    const std::lock_guard lock(listening_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners) listener(change);
}

std::vector<Source> ServiceImpl::source_names() {
  return dependencies_.records->read([](Session& session) { return store::sources(session); });
}

}  // namespace banso::usage
