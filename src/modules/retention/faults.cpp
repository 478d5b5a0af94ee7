// /api/revenue/faults
#include "faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "closing.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;
using ledger::FaultCode;

constexpr std::size_t longest_reason_bytes = 500;
constexpr std::array<FaultCode, 9> codes{FaultCode::overlapping_product,
                                         FaultCode::gap_of_days,
                                         FaultCode::end_before_start,
                                         FaultCode::empty_term,
                                         FaultCode::zero_amount,
                                         FaultCode::negative_amount,
                                         FaultCode::currency_without_rate,
                                         FaultCode::transfer_without_source,
                                         FaultCode::backdated};

std::vector<FoundFault> backdated(Context& context, const Reading& reading) {
  std::vector<FoundFault> found;
  for (const auto& closed : context.store.closed_months()) {
    if (!is_restated(reading, closed)) continue;
    for (const auto& account : restate(context, reading, closed).accounts) {
      ledger::Fault fault{FaultCode::backdated, account.account, closed.month, 0, {}};
      for (const auto* rows : {&account.rows_gone, &account.rows_added}) {
        for (const auto& row : *rows) {
          const bool is_new = std::find(fault.subscriptions.begin(), fault.subscriptions.end(), row.subscription) ==
                              fault.subscriptions.end();
          if (is_new) fault.subscriptions.push_back(row.subscription);
        }
      }
      if (fault.subscriptions.empty()) continue;  // the rates are others, not the contracts
      found.push_back({id_of(reading, fault), std::move(fault)});
    }
  }
  return found;
}

std::vector<FoundFault> all_faults(Context& context, const Reading& reading) {
  auto all = backdated(context, reading);
  auto others = context.faults.find(reading);
  std::move(others.begin(), others.end(), std::back_inserter(all));
  return all;
}

// "Groupware counts twice from 2026-04-01, for 30 days".
core::Text text_of(const Reading& reading, const ledger::Fault& fault, const json::array& rows) {
  const auto product = rows.empty() ? std::string() : std::string(rows[0].as_object().at("product").as_string());
  const auto& account = reading.roster().names[fault.account];
  const auto day = core::to_string(fault.day);
  const auto& name = ledger::name_of(fault.code);
  const auto en_days = fault.days > 0 ? fmt::format(", {} days", fault.days) : std::string();
  const auto ja_days = fault.days > 0 ? fmt::format("、{}日間", fault.days) : std::string();
  return {fmt::format("{}: {}, {}, from {}{}", name.en, account, product, day, en_days),
          fmt::format("{}: {}、{}、{}から{}", name.ja, account, product, day, ja_days)};
}

json::array rows_of(const Reading& reading, const ledger::Fault& fault) {
  json::array rows;
  const auto& roster = reading.roster();
  for (const auto subscription : fault.subscriptions) {
    const ledger::Term* newest = nullptr;
    for (const auto& version : reading.contracts().versions(fault.account)) {
      if (version.subscription == subscription) newest = &version;
    }
    if (newest) rows.push_back(render_term(reading, *newest, roster.products, roster.plans));
  }
  return rows;
}

json::object render_fault(const Reading& reading, const FoundFault& found, const Acceptance* accepted) {
  auto rows = rows_of(reading, found.fault);
  auto text = text_of(reading, found.fault, rows);
  return {{"id", found.id},
          {"code", ledger::key_of(found.fault.code)},
          {"account", render_account(reading.roster(), found.fault.account)},
          {"text", render(text)},
          {"treatment", render(ledger::treatment_of(found.fault.code))},
          {"remedy", render(ledger::remedy_of(found.fault.code))},
          {"rows", std::move(rows)},
          {"state", accepted ? "accepted" : "open"},
          {"reason", accepted ? json::value(accepted->reason) : json::value(nullptr)},
          {"accepted_by", accepted ? json::value(accepted->by_name) : json::value(nullptr)},
          {"accepted_at", accepted ? json::from(accepted->at) : json::value(nullptr)},
          {"day", json::from(found.fault.day)}};
}

Result<Response> list_faults(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  const auto code = request.query_text("code"), state = request.query_text("state");
  const bool is_known_code =
      !code || std::any_of(codes.begin(), codes.end(), [&](auto each) { return ledger::key_of(each) == *code; });
  if (!is_known_code) {
    return core::Error::invalid_field("code", {fmt::format("There is no fault \"{}\".", *code),
                                               fmt::format("「{}」という種類はありません。", *code)});
  }
  if (state && *state != "open" && *state != "accepted") {
    return core::Error::invalid_field("state", {"Choose open or accepted.", "open か accepted を指定してください。"});
  }
  const auto accepted = context.store.accepted_faults();
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read({}));
  struct Count {
    std::int64_t open = 0, accepted = 0;
  };
  std::array<Count, codes.size()> counts{};
  json::array items;
  std::int64_t total = 0;
  for (const auto& found : all_faults(context, reading)) {
    const auto acceptance = accepted.find(found.id);
    const bool is_accepted = acceptance != accepted.end();
    auto& count = counts[static_cast<std::size_t>(found.fault.code)];
    ++(is_accepted ? count.accepted : count.open);
    const bool is_wanted =
        (!code || *code == ledger::key_of(found.fault.code)) && (!state || (*state == "accepted") == is_accepted);
    if (!is_wanted) continue;
    if (total >= page.offset && total < page.offset + page.limit) {
      items.push_back(render_fault(reading, found, is_accepted ? &acceptance->second : nullptr));
    }
    ++total;
  }
  json::array by_code;
  for (const auto each : codes) {
    const auto& count = counts[static_cast<std::size_t>(each)];
    by_code.push_back(json::object{{"code", ledger::key_of(each)},
                                   {"name", render(ledger::name_of(each))},
                                   {"treatment", render(ledger::treatment_of(each))},
                                   {"remedy", render(ledger::remedy_of(each))},
                                   {"open", count.open},
                                   {"accepted", count.accepted}});
  }
  return answer(json::object{{"items", std::move(items)}, {"total", total}, {"counts", std::move(by_code)}});
}

core::Error no_such_fault() {
  return core::Error::not_found({"There is no such fault any more. It may have been mended.",
                                 "この項目はもうありません。修正済みの可能性があります。"});
}

Result<Response> accept_fault(Context& context, const Request& request) {
  const auto& id = request.parameters.at("id");
  {
    BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read({}));
    const auto all = all_faults(context, reading);
    if (std::none_of(all.begin(), all.end(), [&](const auto& each) { return each.id == id; })) return no_such_fault();
  }
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto reason = fields.text("reason", {.required = true, .max_length = longest_reason_bytes});
  BANSO_TRY(fields.finish());
  context.store.accept_fault(id, *reason, request.caller, core::now());
  return Response::no_content();
}

Result<Response> reopen_fault(Context& context, const Request& request) {
  if (!context.store.reopen_fault(request.parameters.at("id"))) return no_such_fault();
  return Response::no_content();
}

}  // namespace

std::int64_t open_faults(Context& context, const Reading& reading) {
  const auto accepted = context.store.accepted_faults();
  std::int64_t open = 0;
  for (const auto& found : all_faults(context, reading)) open += !accepted.contains(found.id);
  return open;
}

http::Routes fault_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  const std::string acceptance = "/api/revenue/faults/{id}/acceptance";
  return {route(context, Method::get, "/api/revenue/faults", Permission::leader, list_faults),
          route(context, Method::put, acceptance, Permission::leader, accept_fault),
          route(context, Method::del, acceptance, Permission::leader, reopen_fault)};
}

}  // namespace banso::retention
