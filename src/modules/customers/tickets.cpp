// Writing tickets. A ticket that was closed before it came to us was nevertheless open for a while: with backdating it
// leaves one version for its opening and one for its closing.
#include "batch.hpp"

namespace banso::customers {
namespace {

std::vector<std::string> requesters(std::span<const TicketInput> inputs) {
  std::vector<std::string> texts;
  for (const auto& input : inputs) {
    if (input.requester.value()) texts.push_back(*input.requester.value());
  }
  return texts;
}

std::vector<std::string> keys(std::span<const TicketInput> inputs) {
  std::vector<std::string> all;
  for (const auto& input : inputs) all.push_back("x:" + trimmed(input.external_id));
  return all;
}

class TicketBatch {
 public:
  TicketBatch(BatchContext& batch, std::span<const TicketInput> inputs)
      : batch_(batch),
        inputs_(inputs),
        accounts_(batch.session(), inputs),
        people_(batch.session(), requesters(inputs)) {
    tickets_.load(batch.session(), keys(inputs));
  }

  Outcomes run() {
    Outcomes outcomes;
    outcomes.reserve(inputs_.size());
    for (const auto& input : inputs_) outcomes.push_back(write(input));
    return outcomes;
  }

 private:
  core::RowOutcome write(const TicketInput& input) {
    RowCheck check;
    const auto external_id = trimmed(input.external_id);
    if (external_id.empty()) check.required("external_id");
    check.text_is_sound("external_id", external_id, short_text_bytes);
    const auto* found = tickets_.find("x:" + external_id);
    const bool names_account = input.account_id || !input.account.empty();
    const auto account =
        found && !names_account ? found->account : accounts_.find(input.account_id, input.account, check);
    std::optional<Ticket> present = found ? std::optional(*found) : std::nullopt;
    Ticket ticket = present.value_or(Ticket{});
    ticket.account = account;
    ticket.external_id = external_id;
    apply(input, !present, ticket, check);
    if (!check.ok()) return rejected(check);
    auto outcome = write_states(input, present, ticket);
    tickets_.keep("x:" + external_id, ticket);
    return outcome;
  }

  core::RowOutcome write_states(const TicketInput& input, std::optional<Ticket>& present, Ticket& ticket) {
    const bool opening_apart = !present && !input.known_at && batch_.writer.backdates() && ticket.closed_at &&
                               *ticket.closed_at > ticket.opened_at;
    if (!opening_apart) {
      const auto happened = ticket.closed_at ? *ticket.closed_at : ticket.opened_at;
      const auto known_at = batch_.writer.known_at(input.known_at, present ? happened : ticket.opened_at);
      return write_record(batch_, present ? &*present : nullptr, ticket, known_at);
    }
    Ticket open = ticket;
    open.status = TicketStatus::open;
    open.closed_at.reset();
    auto outcome = write_record<Ticket>(batch_, nullptr, open, batch_.writer.known_at(std::nullopt, open.opened_at));
    ticket.id = open.id;
    ticket.known_at = open.known_at;
    write_record(batch_, &open, ticket, batch_.writer.known_at(std::nullopt, ticket.closed_at));
    return outcome;
  }

  void apply(const TicketInput& input, bool is_new, Ticket& ticket, RowCheck& check) {
    check.text("subject", input.subject, ticket.subject, 2000);
    check.text("category", input.category, ticket.category);
    RowCheck::defaulted(input.priority, ticket.priority, TicketPriority::normal);
    check.needed("opened_at", input.opened_at, ticket.opened_at, is_new);
    RowCheck::maybe(input.closed_at, ticket.closed_at);
    if (input.requester.given()) {
      std::string text;
      check.text("requester", input.requester, text);
      const auto person = people_.find(ticket.account, text);
      ticket.requester = person.contact;
      ticket.requester_name = person.name;
    }
    apply_status(input, ticket, check);
    if (ticket.closed_at && *ticket.closed_at < ticket.opened_at) {
      check.fail("closed_at", {"It was closed before it was opened.", "完了日時が起票日時より前になっています。"});
    }
  }

  // Status and closing time say the same thing twice; where only one is given, the other follows.
  void apply_status(const TicketInput& input, Ticket& ticket, RowCheck& check) const {
    if (input.status.value()) {
      ticket.status = *input.status.value();
      if (ticket.status == TicketStatus::closed && !ticket.closed_at) ticket.closed_at = batch_.writer.now();
      if (ticket.status != TicketStatus::closed && input.closed_at.value()) {
        check.fail("status", {"A ticket with a closing time is closed.",
                              "完了日時があるチケットの状態は「完了」にしてください。"});
      }
      if (ticket.status != TicketStatus::closed) ticket.closed_at.reset();
    } else if (input.closed_at.given()) {
      ticket.status = ticket.closed_at ? TicketStatus::closed : TicketStatus::open;
    }
  }

  BatchContext& batch_;
  std::span<const TicketInput> inputs_;
  AccountReferences accounts_;
  PersonReferences people_;
  Matches<Ticket> tickets_;
};

}  // namespace

Outcomes upsert_tickets(BatchContext& batch, std::span<const TicketInput> inputs) {
  return TicketBatch(batch, inputs).run();
}

}  // namespace banso::customers
