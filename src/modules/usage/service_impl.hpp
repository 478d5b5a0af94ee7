// The service behind the face: it ties the parts together, checks what the caller may do, and refreshes in the
// background.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "account_usage.hpp"
#include "bulk_append.hpp"
#include "bulk_uploads.hpp"
#include "catalogue.hpp"
#include "corrections.hpp"
#include "daily_facts.hpp"
#include "event_matches.hpp"
#include "intake.hpp"
#include "intake_reports.hpp"
#include "keeper.hpp"
#include "knowledge.hpp"
#include "processor.hpp"
#include "properties.hpp"
#include "quarantine.hpp"
#include "sources.hpp"
#include "statistics.hpp"
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

// What an assignment by hand is about.
struct MatchSubject {
  core::SourceId source;
  std::string group_key;   // either this
  std::string person_key;  // or this
};

struct ReplayOutcome {
  std::int64_t replayed = 0;
  std::int64_t accepted = 0;
  std::int64_t duplicates = 0;
  std::int64_t still_refused = 0;
};

class ServiceImpl : public Service {
 public:
  explicit ServiceImpl(Dependencies dependencies);
  ~ServiceImpl() override;

  void register_jobs(platform::jobs::Jobs& jobs) override { bulk_uploads_.register_jobs(jobs); }
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

  IntakeStatus intake_status() override;
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

  core::Result<FeatureProperties> feature_properties(FeatureId id) override;
  core::Result<FeatureUsageReport> feature_usage(FeatureId id, core::Day from, core::Day to) override;

  IntakeReport intake_report() override { return reports_.report(); }
  std::string live_intake() override { return reports_.live(); }
  void on_source_silent(SilenceListener listener) override { reports_.on_source_silent(std::move(listener)); }

  core::Result<std::vector<Source>> sources(const core::Caller& caller) override { return sources_.list(caller); }
  core::Result<SourceWithKey> create_source(const std::string& name, const core::Caller& caller) override {
    return sources_.create(name, caller);
  }
  core::Result<SourceWithKey> rotate_key(core::SourceId id, const core::Caller& caller) override {
    return sources_.rotate_key(id, caller);
  }
  core::Result<Source> change_source(core::SourceId id, const SourceChange& change,
                                     const core::Caller& caller) override {
    return sources_.change(id, change, caller);
  }

  platform::http::Routes routes() override;

  // For the routes of this module.
  // The source that may send with one of these keys (empty: not given), the first one that is given.
  core::Result<core::SourceId> source_of(std::initializer_list<std::string_view> write_keys);
  // An error (limited) where its source sends more than it may.
  core::Result<IntakeAnswer> take(const IntakeRecord& record, ParsedBody parsed) {
    BANSO_TRY(sources_.admit(record.source, parsed.items.size()));
    return intake_.accept(record, std::move(parsed));
  }
  void refuse(const IntakeRecord& record, const core::Error& error) { intake_.refuse(record, error); }
  BulkUploads& uploads() { return bulk_uploads_; }
  Quarantine& quarantine() { return *quarantine_; }
  core::Result<ReplayOutcome> replay_quarantine(const QuarantineFilter& filter, const core::Caller& caller);
  // One call, mended by hand: a JSON object.
  core::Result<ReplayOutcome> replay_mended(std::int64_t id, const std::string& call, const core::Caller& caller);
  core::Result<std::int64_t> discard_quarantine(const QuarantineFilter& filter, const core::Caller& caller);
  // No account: belongs to nobody. Each returns how many events changed.
  core::Result<std::int64_t> assign(const MatchSubject& subject, core::AccountId account, const core::Caller& caller);
  core::Page<EventMatch> matches_of(core::AccountId account, std::optional<core::SourceId> source,
                                    core::PageRequest page) {
    return event_matches(*dependencies_.events, *dependencies_.records, account, source, page);
  }
  std::string account_name(core::AccountId account) {
    const auto names = dependencies_.accounts->names({&account, 1});
    return names.empty() ? std::string() : names.begin()->second;
  }
  core::Result<std::int64_t> undo_match(const MatchSubject& subject, const core::Caller& caller);
  // Waits until what was taken in is stored, and corrected. False: not in that time.
  bool settle(std::chrono::milliseconds patience);
  platform::json::array latest_events(const std::optional<core::SourceId>& source, int limit) {
    return reports_.latest(source, limit);
  }
  View view(std::optional<core::Day> as_of) const;
  core::Result<> check_account(core::AccountId account) const;
  AccountUsage usage_of(core::AccountId account, core::Day from, core::Day to, const View& view);
  std::optional<std::int64_t> seats_of(core::AccountId account, core::Day day) const;
  core::Page<PersonUsage> people_of(core::AccountId account, const View& view, core::PageRequest page);
  core::Page<platform::events::StoredEvent> events_of(core::AccountId account, const EventFilter& filter,
                                                      const View& view, core::PageRequest page);
  core::Page<WaitingEvents> unmatched(std::optional<core::SourceId> source, core::PageRequest page) {
    return waiting_events(*dependencies_.events, *dependencies_.records, source, page);
  }
  core::Page<AssignmentByHand> assignments(std::optional<core::SourceId> source, core::PageRequest page) {
    return assignments_by_hand(*dependencies_.events, *dependencies_.records, source, page);
  }
  std::vector<Source> source_names();

 private:
  std::optional<core::Instant> known_until(const View& view) const;
  void describe(const std::vector<core::AccountId>& accounts, std::span<Person> persons);
  std::vector<Keeper::Duty> duties();
  void write_what_is_kept();  // before the process stops
  void tell(const UsageChange& change);
  void wake();
  void work();

  Dependencies dependencies_;
  DailyFacts facts_;
  Catalogue catalogue_;
  Sources sources_;
  IntakeStatistics statistics_;
  Properties properties_;
  std::shared_ptr<Quarantine> quarantine_;
  std::shared_ptr<Knowledge> knowledge_;
  std::shared_ptr<IntakeQueue> queue_;
  Corrections corrections_;
  Processor processor_;
  Intake intake_;
  BulkAppend bulk_append_;
  BulkUploads bulk_uploads_;
  IntakeReports reports_;
  Keeper keeper_;

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
