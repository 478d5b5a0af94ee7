// The service behind the face: checks what the caller may do, owns the transactions. Its parts are in accounts.cpp,
// contacts.cpp, tickets.cpp, facts_written.cpp (writing), readers.cpp (bulk), pages.cpp, timeline.cpp, changes.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch.hpp"
#include "modules/customers/customers.hpp"
#include "pages.hpp"
#include "readers.hpp"

namespace banso::customers {

class CustomersService final : public Service, public std::enable_shared_from_this<CustomersService> {
 public:
  CustomersService(std::shared_ptr<records::Database> database, Surroundings surroundings);

  core::Result<Outcomes> upsert_accounts(const Provenance&, std::span<const AccountInput>, core::BatchOptions) override;
  core::Result<Outcomes> upsert_contacts(const Provenance&, std::span<const ContactInput>, core::BatchOptions) override;
  core::Result<Outcomes> upsert_tickets(const Provenance&, std::span<const TicketInput>, core::BatchOptions) override;
  core::Result<Outcomes> upsert_interactions(const Provenance&, std::span<const InteractionInput>,
                                             core::BatchOptions) override;
  core::Result<Outcomes> upsert_survey_answers(const Provenance&, std::span<const SurveyAnswerInput>,
                                               core::BatchOptions) override;
  core::Result<Outcomes> upsert_attendance(const Provenance&, std::span<const AttendanceInput>,
                                           core::BatchOptions) override;
  core::Result<UndoReport> undo_import(const Provenance&, core::ImportId) override;
  std::vector<std::pair<std::string, std::vector<core::AccountId>>> missing_parents(core::ImportId) override;

  std::vector<AttributeDefinition> attributes() override;
  std::vector<AttributeDefinition> attribute_definitions() override;
  core::Result<AttributeDefinition> define_attribute(const Provenance&, AttributeDefinition) override;
  core::Result<AttributeDefinition> change_attribute(const Provenance&, AttributeDefinition) override;
  core::Result<> delete_attribute(const Provenance&, std::string_view key) override;
  core::Result<AttributeDefinition> ensure_attribute(const Provenance&, std::string_view heading, AttributeType,
                                                     std::vector<std::string> choices) override;
  core::Result<AttributeDefinition> define_managed(const Provenance&, AttributeDefinition) override;
  core::Result<std::int64_t> set_managed(const Provenance&, std::string_view module,
                                         std::span<const ManagedValue>) override;

  void each_account(const Selection&, const std::function<void(const AccountFact&)>&) override;
  void each_contact(const Selection&, const std::function<void(const ContactFact&)>&) override;
  void each_ticket(const Selection&, const std::function<void(const TicketFact&)>&) override;
  void each_interaction(const Selection&, const std::function<void(const InteractionFact&)>&) override;
  void each_survey_answer(const Selection&, const std::function<void(const SurveyFact&)>&) override;
  void each_attendance(const Selection&, const std::function<void(const AttendanceFact&)>&) override;
  void each_book_row(const Selection&, const std::function<void(const BookRow&)>&) override;

  std::map<std::string, core::AccountId> accounts_by_external_id(std::span<const std::string>) override;
  std::optional<core::AccountId> account_of_domain(std::string_view domain) override;
  std::vector<std::pair<core::AccountId, core::ContactId>> contacts_by_email(std::string_view email) override;
  bool exists(core::AccountId) override;
  std::vector<core::AccountId> existing(std::span<const core::AccountId>) override;
  std::vector<std::pair<core::AccountId, core::UserId>> owners(const Selection&) override;

  core::Result<core::AccountId> create_account(const Provenance&, const AccountInput&) override;
  core::Result<> change_account(const Provenance&, const AccountInput&) override;
  core::Result<> delete_account(const Provenance&, core::AccountId) override;
  core::Result<BulkOutcome> set_many(const Provenance&, const BulkSet&) override;

  void add_timeline_source(TimelineSource source) override { timeline_sources_.push_back(std::move(source)); }
  void add_change_listener(ChangeListener listener) override { listeners_.push_back(std::move(listener)); }
  void tell_changed(std::span<const core::AccountId>) override;
  platform::http::Routes routes() override;

  // What the routes show beyond the face. All answer "not found" for accounts not known in that view.
  core::Result<AccountPage> account_page(core::AccountId, View);
  core::Result<std::vector<ContactLine>> contact_lines(core::AccountId, View);
  core::Result<core::Page<TicketLine>> ticket_lines(core::AccountId, View, core::PageRequest);
  core::Result<core::Page<SurveyLine>> survey_lines(core::AccountId, View, core::PageRequest);
  core::Result<core::Page<AttendanceLine>> attendance_lines(core::AccountId, View, core::PageRequest);
  core::Result<core::Page<TimelineEntry>> timeline(core::AccountId, View, const std::vector<std::string>& kinds,
                                                   core::PageRequest, core::Language);
  core::Result<core::Page<ChangeLine>> changes(core::AccountId, View, core::PageRequest);
  std::vector<SearchHit> search(std::string_view query, int limit);

  // Like undo_import, for what set_many() wrote; "not found" where it wrote nothing.
  core::Result<UndoReport> undo_bulk(const Provenance&, core::ImportId batch);

  core::Result<std::int64_t> put_contact(const Provenance&, const ContactInput&);
  core::Result<> remove_contact(const Provenance&, core::AccountId, core::ContactId);
  core::Result<std::int64_t> put_interaction(const Provenance&, const InteractionInput&);
  core::Result<> remove_interaction(const Provenance&, core::InteractionId);

 private:
  template <class Input>
  core::Result<Outcomes> upsert(const Provenance& provenance, std::span<const Input> inputs, core::BatchOptions options,
                                Outcomes (*write)(BatchContext&, std::span<const Input>));
  // Runs `work` in one transaction as the provenance's caller, who must have `needed`; then tells who listens.
  template <class Work>
  auto change(const Provenance& provenance, core::Role needed, Work&& work);
  Moment moment(View view) const;
  template <class Work>
  auto on_account(core::AccountId account, View view, Work&& work);

  std::shared_ptr<records::Database> database_;
  Surroundings surroundings_;
  std::vector<TimelineSource> timeline_sources_;
  std::vector<ChangeListener> listeners_;
};

}  // namespace banso::customers
