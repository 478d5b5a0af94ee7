// The service behind the face: it ties the parts together, checks what the caller may do, and refreshes in the
// background.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "account_usage.hpp"
#include "bulk_append.hpp"
#include "catalogue.hpp"
#include "daily_facts.hpp"
#include "intake.hpp"
#include "knowledge.hpp"
#include "sources.hpp"
#include "usage.hpp"

namespace banso::usage {

// One person on the page of an account.
struct PersonUsage {
  platform::events::Person usage;
  std::int64_t features_28d = 0;
  Person who;
};

struct EventFilter {
  std::optional<std::string> user_key;
  std::optional<FeatureId> feature;
  std::optional<core::Day> from;
  std::optional<core::Day> to;
};

class ServiceImpl : public Service {
 public:
  explicit ServiceImpl(Dependencies dependencies);
  ~ServiceImpl() override;

  void start() override;
  void stop() override;

  core::Result<std::vector<core::RowOutcome>> append_events(const platform::records::Provenance& provenance,
                                                            std::span<const EventInput> batch,
                                                            core::BatchOptions options = {}) override;
  void upsert_people(std::span<const PersonInput> people) override;
  std::int64_t remove_import(core::ImportId import) override;
  std::int64_t erase_person(core::AccountId account, const std::string& user_key) override;

  std::vector<core::AccountId> refresh() override;
  void rebuild_daily_facts() override;
  void on_usage_changed(UsageListener listener) override;

  std::int64_t rematch_unmatched() override;
  void accounts_changed() override;
  core::Result<std::int64_t> assign_group(core::SourceId source, const std::string& group_key, core::AccountId account,
                                          const core::Caller& caller) override;

  void read_usage_days(const UsageDayQuery& query, const UsageDayVisitor& visit) override;
  std::vector<UsageOutline> usage_outline(const std::vector<core::AccountId>& accounts, core::Day before) override;
  std::vector<Person> persons(const std::vector<core::AccountId>& accounts) override;
  std::optional<core::Day> last_activity_day(core::AccountId account, core::Day as_of) override;

  std::vector<Feature> features() override;
  core::Result<Feature> change_feature(FeatureId id, const FeatureChange& change, const core::Caller& caller) override;
  core::Result<Feature> define_feature(const platform::events::EventType& type, const FeatureChange& change,
                                       const core::Caller& caller) override;

  core::Result<std::vector<Source>> sources(const core::Caller& caller) override { return sources_.list(caller); }
  core::Result<SourceWithKey> create_source(const std::string& name, const core::Caller& caller) override {
    return sources_.create(name, caller);
  }
  core::Result<SourceWithKey> rotate_key(core::SourceId id, const core::Caller& caller) override {
    return sources_.rotate_key(id, caller);
  }
  core::Result<Source> change_source(core::SourceId id, const std::optional<std::string>& name,
                                     const std::optional<bool>& disabled, const core::Caller& caller) override {
    return sources_.change(id, name, disabled, caller);
  }

  platform::http::Routes routes() override;

  // For the routes of this module.
  core::Result<IntakeAnswer> take(const std::string& write_key, const ParsedBody& body);
  View view(std::optional<core::Day> as_of) const;
  core::Result<> check_account(core::AccountId account) const;
  AccountUsage usage_of(core::AccountId account, core::Day from, core::Day to, const View& view);
  std::optional<std::int64_t> seats_of(core::AccountId account, core::Day day) const;
  core::Page<PersonUsage> people_of(core::AccountId account, const View& view, core::PageRequest page);
  core::Page<platform::events::StoredEvent> events_of(core::AccountId account, const EventFilter& filter,
                                                      const View& view, core::PageRequest page);
  core::Page<platform::events::Unmatched> unmatched(core::PageRequest page) {
    return dependencies_.events->unmatched(page);
  }
  std::vector<Source> source_names();

 private:
  std::optional<core::Instant> known_until(const View& view) const;
  void tell(const UsageChange& change);
  void wake();
  void work();

  Dependencies dependencies_;
  DailyFacts facts_;
  Catalogue catalogue_;
  Sources sources_;
  std::shared_ptr<Knowledge> knowledge_;
  Intake intake_;
  BulkAppend bulk_append_;

  std::mutex listening_;
  std::vector<UsageListener> listeners_;

  std::mutex working_;  // guards what follows
  std::condition_variable woken_;
  bool something_arrived_ = true;  // the first round catches up with what was stored before a restart
  bool accounts_changed_ = false;
  std::chrono::steady_clock::time_point last_bulk_{};
  bool stopping_ = false;
  std::thread worker_;
};

}  // namespace banso::usage
