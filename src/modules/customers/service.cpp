#include "service.hpp"

#include <algorithm>
#include <set>

#include "attributes.hpp"
#include "changes.hpp"
#include "core/ascii.hpp"
#include "facts_written.hpp"
#include "managed.hpp"
#include "timeline.hpp"

namespace banso::customers {
namespace {

constexpr std::size_t most_bulk_accounts = 20'000;

core::Error forbidden() {
  return core::Error::forbidden({"Your role does not allow this change. Ask an administrator.",
                                 "この操作を行う権限がありません。管理者に依頼してください。"});
}

core::Error no_account() {
  return core::Error::not_found({"There is no such account, or it was not known on that day.",
                                 "この顧客企業はありません。または、その時点では登録されていません。"});
}

core::Error no_contact() {
  return core::Error::not_found({"There is no such contact.", "この担当者はいません。"});
}

core::Error no_entry() {
  return core::Error::not_found({"There is no such entry.", "この記録はありません。"});
}

core::Result<> check_kinds(const std::vector<std::string>& kinds) {
  for (const auto& kind : kinds) {
    if (std::find(timeline_kinds.begin(), timeline_kinds.end(), kind) != timeline_kinds.end()) continue;
    std::string known;
    for (const auto word : timeline_kinds) known.append(known.empty() ? "" : ", ").append(word);
    return core::Error::invalid_field("kinds", {"There are no entries of this kind. Choose among: " + known + ".",
                                                "この種類の記録はありません。次から選んでください: " + known});
  }
  return {};
}

using UndoAll = versioned::UndoTally (*)(records::Database&, std::vector<std::int64_t>, core::ImportId,
                                         const Provenance&);

template <class R>
std::pair<std::string_view, UndoAll> undoable() {
  return {R::entity, &versioned::undo_all<R>};
}

// What an import writes; what hangs on others comes first.
const std::vector<std::pair<std::string_view, UndoAll>>& undoables() {
  static const std::vector<std::pair<std::string_view, UndoAll>> all{
      undoable<Attendance>(), undoable<SurveyAnswer>(), undoable<Interaction>(), undoable<Ticket>(),
      undoable<Membership>(), undoable<Contact>(),      undoable<Account>()};
  return all;
}

}  // namespace

std::shared_ptr<Service> Service::make(std::shared_ptr<records::Database> database, Surroundings surroundings) {
  return std::make_shared<CustomersService>(std::move(database), std::move(surroundings));
}

CustomersService::CustomersService(std::shared_ptr<records::Database> database, Surroundings surroundings)
    : database_(std::move(database)), surroundings_(std::move(surroundings)) {
  if (!surroundings_.book_day) {
    surroundings_.book_day = [offset = surroundings_.utc_offset_minutes] {
      return core::day_of(core::now(), offset());
    };
  }
}

void CustomersService::tell_changed(std::span<const core::AccountId> accounts) {
  if (accounts.empty()) return;
  std::vector<core::AccountId> distinct(accounts.begin(), accounts.end());
  keep_distinct(distinct);
  for (const auto& listener : listeners_) listener(distinct);
}

void UndoReport::add(std::string_view entity, std::int64_t restored_versions,
                     std::span<const std::int64_t> changed_since) {
  restored += restored_versions;
  for (const auto id : changed_since) {
    conflicts.push_back(
        {std::string(entity),
         id,
         {"Changed after the import; left as it is.", "取り込み後に変更されたため、そのまま残しました。"}});
  }
}

// ---- batches ----

template <class Input>
core::Result<Outcomes> CustomersService::upsert(const Provenance& provenance, std::span<const Input> inputs,
                                                core::BatchOptions options,
                                                Outcomes (*write)(BatchContext&, std::span<const Input>)) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  if (inputs.empty()) return Outcomes{};
  Outcomes outcomes;
  std::vector<core::AccountId> touched;
  const auto work = [&](Session& session) {
    versioned::Writer writer(session, provenance, options);
    BatchContext batch{writer, surroundings_};
    outcomes = write(batch, inputs);
    touched = std::move(batch.touched);
  };
  if (options.dry_run) {
    database_->read(work);
  } else {
    database_->write(work);
    tell_changed(touched);
  }
  return outcomes;
}

core::Result<Outcomes> CustomersService::upsert_accounts(const Provenance& provenance,
                                                         std::span<const AccountInput> inputs,
                                                         core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_accounts);
}
core::Result<Outcomes> CustomersService::upsert_contacts(const Provenance& provenance,
                                                         std::span<const ContactInput> inputs,
                                                         core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_contacts);
}
core::Result<Outcomes> CustomersService::upsert_tickets(const Provenance& provenance,
                                                        std::span<const TicketInput> inputs,
                                                        core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_tickets);
}
core::Result<Outcomes> CustomersService::upsert_interactions(const Provenance& provenance,
                                                             std::span<const InteractionInput> inputs,
                                                             core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_interactions);
}
core::Result<Outcomes> CustomersService::upsert_survey_answers(const Provenance& provenance,
                                                               std::span<const SurveyAnswerInput> inputs,
                                                               core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_survey_answers);
}
core::Result<Outcomes> CustomersService::upsert_attendance(const Provenance& provenance,
                                                           std::span<const AttendanceInput> inputs,
                                                           core::BatchOptions options) {
  return upsert(provenance, inputs, options, &customers::upsert_attendance);
}

core::Result<UndoReport> CustomersService::undo_import(const Provenance& provenance, core::ImportId import) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  std::vector<std::string_view> entities;
  for (const auto& [entity, undo_all] : undoables()) entities.push_back(entity);
  const auto found =
      database_->read([&](Session& session) { return records::records_of_import(session, import, entities); });

  UndoReport report;
  for (const auto& [entity, undo_all] : undoables()) {
    std::vector<std::int64_t> ids;
    for (const auto& [name, id] : found) {
      if (name == entity) ids.push_back(id);
    }
    const auto tally = undo_all(*database_, std::move(ids), import, provenance);
    report.add(entity, tally.restored, tally.changed_since);
    tell_changed(tally.accounts);
  }
  return report;
}

core::Result<UndoReport> CustomersService::undo_bulk(const Provenance& provenance, core::ImportId batch) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  const std::string_view entity = Account::entity;
  const auto found = database_->read([&](Session& session) {
    return records::records_of_import(session, batch, {&entity, 1});
  });
  if (found.empty()) {
    return core::Error::not_found({"There is no such bulk change, or it changed nothing.",
                                   "この一括変更はありません。または、変更された顧客企業がありません。"});
  }
  return undo_import(provenance, batch);
}

std::vector<std::pair<std::string, std::vector<core::AccountId>>> CustomersService::missing_parents(
    core::ImportId import) {
  return database_->read([&](Session& session) {
    const std::string_view entity = Account::entity;
    std::set<std::int64_t> written;
    for (const auto& [name, id] : records::records_of_import(session, import, {&entity, 1})) written.insert(id);
    std::map<std::string, std::vector<core::AccountId>> missing;
    session.each("SELECT pending_parent, id FROM account WHERE pending_parent <> ''", {}, [&](const records::Row& row) {
      if (written.contains(row.integer(1))) missing[row.text(0)].push_back(row.id<core::AccountId>(1));
    });
    return std::vector<std::pair<std::string, std::vector<core::AccountId>>>(missing.begin(), missing.end());
  });
}

// ---- bulk readers ----

void CustomersService::each_account(const Selection& selection, const std::function<void(const AccountFact&)>& visit) {
  const UserNames users(surroundings_);
  database_->read([&](Session& session) {
    customers::each_account(session, selection, surroundings_.utc_offset_minutes(), users, visit);
  });
}
void CustomersService::each_contact(const Selection& selection, const std::function<void(const ContactFact&)>& visit) {
  database_->read([&](Session& session) {
    customers::each_contact(session, selection, surroundings_.utc_offset_minutes(), visit);
  });
}
void CustomersService::each_ticket(const Selection& selection, const std::function<void(const TicketFact&)>& visit) {
  database_->read(
      [&](Session& session) { customers::each_ticket(session, selection, surroundings_.utc_offset_minutes(), visit); });
}
void CustomersService::each_interaction(const Selection& selection,
                                        const std::function<void(const InteractionFact&)>& visit) {
  database_->read([&](Session& session) {
    customers::each_interaction(session, selection, surroundings_.utc_offset_minutes(), visit);
  });
}
void CustomersService::each_survey_answer(const Selection& selection,
                                          const std::function<void(const SurveyFact&)>& visit) {
  database_->read([&](Session& session) {
    customers::each_survey_answer(session, selection, surroundings_.utc_offset_minutes(), visit);
  });
}
void CustomersService::each_attendance(const Selection& selection,
                                       const std::function<void(const AttendanceFact&)>& visit) {
  database_->read([&](Session& session) {
    customers::each_attendance(session, selection, surroundings_.utc_offset_minutes(), visit);
  });
}
void CustomersService::each_book_row(const Selection& selection, const std::function<void(const BookRow&)>& visit) {
  const UserNames users(surroundings_);
  database_->read([&](Session& session) { customers::each_book_row(session, selection, users, visit); });
}

// ---- look-ups ----

std::map<std::string, core::AccountId> CustomersService::accounts_by_external_id(std::span<const std::string> ids) {
  std::map<std::string, core::AccountId> found;
  database_->read([&](Session& session) {
    versioned::each_row_with<Account>(session, "external_id", ids,
                                      [&](const Account& account) { found[account.external_id] = {account.id}; });
  });
  return found;
}

std::optional<core::AccountId> CustomersService::account_of_domain(std::string_view domain) {
  return database_->read([&](Session& session) -> std::optional<core::AccountId> {
    const auto row =
        session.query_one("SELECT MIN(account_id) FROM account_domain WHERE domain = :1", {core::lower_case(domain)});
    if (!row || row->is_null(0)) return std::nullopt;
    return row->id<core::AccountId>(0);
  });
}

std::vector<std::pair<core::AccountId, core::ContactId>> CustomersService::contacts_by_email(std::string_view email) {
  std::vector<std::pair<core::AccountId, core::ContactId>> found;
  database_->read([&](Session& session) {
    session.each(
        "SELECT contact_role.account_id, contact.id FROM contact JOIN contact_role ON contact_role.contact_id = "
        "contact.id "
        "JOIN account ON account.id = contact_role.account_id WHERE contact.email = :1 ORDER BY contact_role.id",
        {core::lower_case(email)},
        [&](const records::Row& row) { found.emplace_back(row.id<core::AccountId>(0), row.id<core::ContactId>(1)); });
  });
  return found;
}

bool CustomersService::exists(core::AccountId account) {
  return database_->read([&](Session& session) {
    return session.query_one("SELECT id FROM account WHERE id = :1", {account}).has_value();
  });
}

std::vector<core::AccountId> CustomersService::existing(std::span<const core::AccountId> ids) {
  std::vector<core::AccountId> found;
  database_->read([&](Session& session) {
    for (const auto id : existing_accounts(session, ids)) found.push_back({id});
  });
  return found;
}

std::vector<std::pair<core::AccountId, core::UserId>> CustomersService::owners(const Selection& selection) {
  return database_->read([&](Session& session) { return read_owners(session, selection); });
}

// ---- single changes ----

template <class Work>
auto CustomersService::change(const Provenance& provenance, core::Role needed, Work&& work) {
  using Answer = std::invoke_result_t<Work, BatchContext&>;
  if (!provenance.caller.at_least(needed)) return Answer(forbidden());
  std::vector<core::AccountId> touched;
  auto answer = database_->write([&](Session& session) {
    versioned::Writer writer(session, provenance, {});
    BatchContext batch{writer, surroundings_};
    Answer result = work(batch);
    touched = std::move(batch.touched);
    return result;
  });
  if (answer) tell_changed(touched);
  return answer;
}

core::Result<std::int64_t> CustomersService::set_managed(const Provenance& provenance, std::string_view module,
                                                         std::span<const ManagedValue> values) {
  if (values.empty()) return std::int64_t{0};
  return change(provenance, core::Role::csm, [&](BatchContext& batch) { return write_managed(batch, module, values); });
}

core::Result<core::AccountId> CustomersService::create_account(const Provenance& provenance,
                                                               const AccountInput& input) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<core::AccountId> {
    AccountInput made = input;
    made.id = {};
    if (made.external_id.empty()) {
      made.external_id = "account-" + std::to_string(records::new_id());
    } else if (batch.session().query_one("SELECT id FROM account WHERE external_id = :1",
                                         {trimmed(made.external_id)})) {
      core::Error error = core::Error::conflict(
          {"Another account has this external id.", "この外部IDは別の顧客企業で使われています。"});
      error.fields.push_back({"external_id", error.message});
      return error;
    }
    BANSO_TRY_ASSIGN(const auto id, only(customers::upsert_accounts(batch, {&made, 1})));
    return core::AccountId{id};
  });
}

core::Result<> CustomersService::change_account(const Provenance& provenance, const AccountInput& input) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<> {
    if (!versioned::get<Account>(batch.session(), input.id.value)) return no_account();
    BANSO_TRY(only(customers::upsert_accounts(batch, {&input, 1})));
    return {};
  });
}

core::Result<> CustomersService::delete_account(const Provenance& provenance, core::AccountId id) {
  return change(provenance, core::Role::admin, [&](BatchContext& batch) -> core::Result<> {
    const auto account = versioned::get<Account>(batch.session(), id.value);
    if (!account) return no_account();
    batch.writer.remove(*account);
    batch.touched.push_back(id);
    return {};
  });
}

core::Result<BulkOutcome> CustomersService::set_many(const Provenance& provenance, const BulkSet& set) {
  if (set.ids.size() > most_bulk_accounts) {
    return core::Error::invalid_field("ids",
                                      {"At most 20,000 accounts at a time.", "一度に変更できるのは20,000社までです。"});
  }
  auto stamped = provenance;
  stamped.import = {records::new_id()};
  return change(stamped, core::Role::csm, [&](BatchContext& batch) -> core::Result<BulkOutcome> {
    std::vector<AccountInput> inputs;
    auto ids = set.ids;
    keep_distinct(ids);
    for (const auto id : ids) {
      AccountInput input;
      input.id = id;
      input.owner_id = set.owner_id;
      input.phase = set.phase;
      input.attributes = set.attributes;
      inputs.push_back(std::move(input));
    }
    BulkOutcome outcome{0, stamped.import};
    auto rows = customers::upsert_accounts(batch, inputs);
    for (auto& row : rows) {
      if (row.result == core::RowResult::updated) ++outcome.changed;
      if (row.result != core::RowResult::rejected) continue;
      // All or nothing: the same values go to every account, so what is wrong for one is wrong.
      core::Error error = core::Error::invalid(
          {"Nothing was changed: some values are wrong.", "値に誤りがあるため、変更していません。"});
      error.fields = std::move(row.errors);
      return error;
    }
    return outcome;
  });
}

core::Result<std::int64_t> CustomersService::put_contact(const Provenance& provenance, const ContactInput& input) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<std::int64_t> {
    if (input.id && !versioned::get<Contact>(batch.session(), input.id.value)) return no_contact();
    if (!input.id && input.account_id && !versioned::get<Account>(batch.session(), input.account_id.value)) {
      return no_account();
    }
    return only(customers::upsert_contacts(batch, {&input, 1}));
  });
}

core::Result<> CustomersService::remove_contact(const Provenance& provenance, core::AccountId account,
                                                core::ContactId contact) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<> {
    const auto places = versioned::load<Membership>(batch.session(), " WHERE contact_id = :1 ORDER BY id", {contact});
    const auto here =
        std::find_if(places.begin(), places.end(), [&](const auto& place) { return place.account == account; });
    if (here == places.end()) {
      return core::Error::not_found(
          {"This person is not a contact of the account.", "この顧客企業の担当者ではありません。"});
    }
    batch.writer.remove(*here);
    batch.touched.push_back(account);
    if (places.size() > 1) return {};
    if (const auto person = versioned::get<Contact>(batch.session(), contact.value)) batch.writer.remove(*person);
    return {};
  });
}

core::Result<std::int64_t> CustomersService::put_interaction(const Provenance& provenance,
                                                             const InteractionInput& input) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<std::int64_t> {
    if (input.id) {
      const auto present = versioned::get<Interaction>(batch.session(), input.id.value);
      return present ? only({change_interaction(batch, *present, input)}) : no_entry();
    }
    if (input.account_id && !versioned::get<Account>(batch.session(), input.account_id.value)) return no_account();
    return only(customers::upsert_interactions(batch, {&input, 1}));
  });
}

core::Result<> CustomersService::remove_interaction(const Provenance& provenance, core::InteractionId id) {
  return change(provenance, core::Role::csm, [&](BatchContext& batch) -> core::Result<> {
    const auto interaction = versioned::get<Interaction>(batch.session(), id.value);
    if (!interaction) {
      return no_entry();
    }
    batch.writer.remove(*interaction);
    batch.touched.push_back(interaction->account);
    return {};
  });
}

// ---- pages ----

Moment CustomersService::moment(View view) const {
  const auto offset = surroundings_.utc_offset_minutes();
  const auto end_of = [&](core::Day day) { return core::Instant{core::start_of(day + 1, offset).microseconds - 1}; };
  if (view.as_of) return {end_of(*view.as_of), *view.as_of, end_of(*view.as_of)};
  // What is entered today about today must show, wherever the book stands.
  const auto day = std::max(surroundings_.book_day(), core::day_of(core::now(), offset));
  return {std::nullopt, day, end_of(day)};
}

template <class Work>
auto CustomersService::on_account(core::AccountId account, View view, Work&& work) {
  const auto at = moment(view);
  using Answer = core::Result<std::invoke_result_t<Work, Session&, const Moment&>>;
  return database_->read([&](Session& session) -> Answer {
    const auto there = at.known_at ? versioned::get_known_at<Account>(session, account.value, *at.known_at)
                                   : versioned::get<Account>(session, account.value);
    if (!there) return no_account();
    return work(session, at);
  });
}

core::Result<AccountPage> CustomersService::account_page(core::AccountId account, View view) {
  const auto at = moment(view);
  auto page = database_->read([&](Session& session) { return read_account_page(session, account, at); });
  if (!page) return no_account();
  page->owner_name = UserNames(surroundings_).shown(page->account.owner, page->account.owner_name);
  return std::move(*page);
}

core::Result<std::vector<ContactLine>> CustomersService::contact_lines(core::AccountId account, View view) {
  return on_account(account, view,
                    [&](Session& session, const Moment& at) { return read_contacts(session, account, at); });
}

core::Result<core::Page<TicketLine>> CustomersService::ticket_lines(core::AccountId account, View view,
                                                                    core::PageRequest page) {
  return on_account(account, view,
                    [&](Session& session, const Moment& at) { return cut(read_tickets(session, account, at), page); });
}

core::Result<core::Page<SurveyLine>> CustomersService::survey_lines(core::AccountId account, View view,
                                                                    core::PageRequest page) {
  return on_account(account, view,
                    [&](Session& session, const Moment& at) { return cut(read_surveys(session, account, at), page); });
}

core::Result<core::Page<AttendanceLine>> CustomersService::attendance_lines(core::AccountId account, View view,
                                                                            core::PageRequest page) {
  return on_account(account, view, [&](Session& session, const Moment& at) {
    return cut(read_attendance(session, account, at), page);
  });
}

core::Result<core::Page<TimelineEntry>> CustomersService::timeline(core::AccountId account, View view,
                                                                   const std::vector<std::string>& kinds,
                                                                   core::PageRequest page, core::Language) {
  BANSO_TRY(check_kinds(kinds));
  const auto wanted = [&](std::string_view kind) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  const UserNames users(surroundings_);
  const auto at = moment(view);
  auto own = on_account(account, view, [&](Session& session, const Moment& moment_of_view) {
    return read_timeline(session, account, moment_of_view, wanted, users, surroundings_.utc_offset_minutes());
  });
  if (!own) return core::Error(std::move(own).error());
  auto entries = std::move(*own);
  for (const auto& source : timeline_sources_) {
    for (auto& entry : source(account, at.knowledge(), at.day)) {
      if (wanted(entry.kind)) entries.push_back(std::move(entry));
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [](const TimelineEntry& a, const TimelineEntry& b) {
    return std::tie(a.at, a.id) > std::tie(b.at, b.id);
  });
  return cut(std::move(entries), page);
}

core::Result<core::Page<ChangeLine>> CustomersService::changes(core::AccountId account, View view,
                                                               core::PageRequest page) {
  const UserNames users(surroundings_);
  const auto until = moment(view).knowledge();
  // Also for accounts that were deleted since: their history stays readable.
  return database_->read([&](Session& session) -> core::Result<core::Page<ChangeLine>> {
    auto found = read_changes(session, account, until, page, users);
    if (found.total == 0) return no_account();
    return found;
  });
}

std::vector<SearchHit> CustomersService::search(std::string_view query, int limit) {
  return database_->read([&](Session& session) { return search_records(session, query, limit); });
}

}  // namespace banso::customers
