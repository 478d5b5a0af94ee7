// The service's part that takes events in and says whose they are.
#include <algorithm>
#include <chrono>

#include "core/ascii.hpp"
#include "erasure.hpp"
#include "service_impl.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

using platform::records::Session;

}  // namespace

core::Result<core::SourceId> ServiceImpl::source_of(std::initializer_list<std::string_view> write_keys) {
  const auto given = std::ranges::find_if(write_keys, [](std::string_view key) { return !key.empty(); });
  auto source = sources_.of_key(given == write_keys.end() ? std::string_view{} : *given);
  if (!source && source.error().code == core::ErrorCode::unauthenticated) statistics_.unknown_key();
  return source;
}

IntakeStatus ServiceImpl::intake_status() {
  const auto& lag = processor_.lag();
  return {queue_->waiting_events(), queue_->is_behind(),  queue_->reserved_bytes(),
          queue_->limit_bytes(),    lag.quantile_ms(0.5), lag.quantile_ms(0.99)};
}

bool ServiceImpl::settle(std::chrono::milliseconds patience) {
  if (!processor_.wait_until_idle(patience)) return false;
  corrections_.run();
  return true;
}

core::Result<std::vector<core::RowOutcome>> ServiceImpl::append_events(const platform::records::Provenance& provenance,
                                                                       std::span<const EventInput> batch,
                                                                       core::BatchOptions options) {
  if (!provenance.caller.at_least(core::Role::csm)) {
    return core::Error::forbidden({"Your role does not allow importing events. Ask an administrator.",
                                   "イベントを取り込む権限がありません。管理者にご相談ください。"});
  }
  auto outcomes = bulk_append_.append(provenance, batch, options);
  if (!options.dry_run) {
    {
      const std::lock_guard lock(working_);
      last_bulk_ = std::chrono::steady_clock::now();
    }
    wake();
  }
  return outcomes;
}

void ServiceImpl::upsert_people(std::span<const PersonInput> people) {
  const auto now = core::now();
  dependencies_.records->write([&](Session& session) {
    for (const auto& person : people) {
      store::put_person(session,
                        {{}, person.account_id, person.user, core::lower_case(person.email), person.name, now});
    }
  });
}

std::int64_t ServiceImpl::remove_import(core::ImportId import) {
  if (!import) return 0;  // "no import" is what comes over HTTP
  const auto removed = dependencies_.events->remove_import(import);
  if (removed > 0) wake();
  return removed;
}

std::int64_t ServiceImpl::erase_person(core::AccountId account, const std::string& user_key) {
  std::int64_t removed = 0;
  {
    // Nothing that comes in meanwhile is matched by what is being forgotten.
    const auto alone = knowledge_->alone();
    const auto sources = sources_of_person(*dependencies_.events, *dependencies_.records, account, user_key);
    erase_traces_of_person(*dependencies_.records, sources, account, user_key);
    removed = dependencies_.events->erase_person(account, user_key);
    knowledge_->matcher().forget_everything();
  }
  refresh();
  facts_.forget_person(account, user_key);
  return removed;
}

}  // namespace banso::usage
