#include "entrance.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "mails.hpp"
#include "secrets.hpp"

namespace banso::portal {
namespace {

using core::Result;
using platform::records::Session;

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr std::int64_t invitation_lasts_us = 7 * core::microseconds_per_day;
constexpr std::int64_t log_in_lasts_us = 15 * minute_us;
constexpr std::int64_t visit_lasts_us = 14 * core::microseconds_per_day;
constexpr std::int64_t look_lasts_us = 30 * minute_us;
constexpr std::int64_t seen_every_us = 5 * minute_us;
constexpr std::int64_t window_us = 15 * minute_us;
constexpr std::int64_t links_per_address = 5;
// Behind a reverse proxy all customers come from one host.
constexpr std::int64_t links_per_host = 300;
constexpr std::int64_t wrong_words_per_host = 100;
constexpr int links_at_once = 100;
constexpr std::size_t longest_token_bytes = 200;
constexpr std::string_view invitation = "invitation";
constexpr std::string_view log_in = "log_in";

core::Instant after(core::Instant at, std::int64_t microseconds) {
  return {at.microseconds + microseconds};
}

core::Error may_not() {
  return core::Error::forbidden({"Your role does not allow this.", "この操作を行う権限がありません。"});
}

core::Error no_such_contact() {
  return core::Error::not_found({"There is no such contact on the account.", "この顧客に指定された担当者はいません。"});
}

core::Error not_invited() {
  return core::Error::not_found({"This contact is not invited.", "この担当者は招待されていません。"});
}

core::Error link_ended() {
  return core::Error::unauthenticated(
      {"This link was used already, or is too old. Enter your mail address to get a new one.",
       "このリンクは使用済みか、期限が切れています。メールアドレスを入力して、新しいリンクをお受け取りください。"});
}

core::Error too_many() {
  return core::Error::limited(
      {"Too many tries. Wait a quarter of an hour.", "試行回数が上限に達しました。15分ほどしてからお試しください。"});
}

bool looks_like_address(std::string_view text) {
  const auto at = text.find('@');
  return text.size() <= 254 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;") == std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

}  // namespace

Result<ContactCard> Entrance::invitable(core::AccountId account, core::ContactId contact) const {
  if (!from_.customers->exists(account)) return no_such_contact();
  auto card = find_contact(from_, account, contact);
  if (!card) return no_such_contact();
  if (card->email.empty()) {
    return core::Error::conflict({"The contact has no mail address. Add it first.",
                                  "担当者のメールアドレスが登録されていません。先に登録してください。"});
  }
  if (!from_.outreach->can_send_links()) {
    return core::Error::conflict(
        {"Nobody can be invited yet: the operator has to set a mail server (--smtp-url) and the public address of this "
         "server (--public-url).",
         "まだ招待できません。メールサーバー(--smtp-url)とこのサーバーの公開URL(--public-url)の設定が必要です。"});
  }
  return std::move(*card);
}

Person Entrance::made_person(Session& session, core::AccountId account, core::ContactId contact,
                             const std::string& by) {
  if (auto present = store::find_person(session, account, contact)) return std::move(*present);
  Person person;
  person.id = platform::records::new_id();
  person.account = account;
  person.contact = contact;
  person.invited_at = now();
  person.invited_by = by;
  store::insert(session, person);
  return person;
}

// The word goes behind "#": it reaches neither servers' logs nor other sites. A GET does not use it up, since
// programmes that look through mails follow links.
std::string Entrance::make_link(Session& session, const Person& person, const std::string& cause,
                                const std::string& address, std::int64_t lasts_us) {
  const auto token = new_secret();
  store::insert(session, hash_of(token), Link{person.id, cause, address, now(), after(now(), lasts_us)});
  return fmt::format("{}/portal/log-in#token={}", from_.public_url, token);
}

Result<Person> Entrance::invite(const core::Caller& caller, core::AccountId account, core::ContactId contact) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  BANSO_TRY_ASSIGN(const auto card, invitable(account, contact));
  std::string link;
  auto invited = from_.records->write([&](Session& session) -> Result<Person> {
    auto person = made_person(session, account, contact, caller.name);
    if (person.is_disabled) {
      return core::Error::conflict({"The portal is closed to this person. Open it to them first.",
                                    "この方のポータル利用は停止中です。先に再開してください。"});
    }
    store::end_links(session, person.id, invitation);
    link = make_link(session, person, std::string(invitation), card.email, invitation_lasts_us);
    person.invited_at = now();
    person.invited_by = caller.name;
    return person;
  });
  if (!invited) return invited;
  auto& person = *invited;
  const auto words = invitation_words(vendor_(), card.name);
  const auto key = fmt::format("portal:invitation:{}:{}", person.id, platform::records::new_id());
  BANSO_TRY_ASSIGN(const auto ordered,
                   from_.outreach->send_notice({key, account, contact, "portal:invitation", words.subject, words.text,
                                                words.link, link, after(now(), invitation_lasts_us)}));
  person.invitation = ordered.id;
  from_.records->write([&](Session& session) {
    store::update(session, person);
    store::add(session, {now(), account, contact, "invited", caller.user, caller.name, ""});
  });
  return invited;
}

Result<Person> Entrance::set_disabled(const core::Caller& caller, core::AccountId account, core::ContactId contact,
                                      bool is_disabled) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  return from_.records->write([&](Session& session) -> Result<Person> {
    auto person = store::find_person(session, account, contact);
    if (!person) return not_invited();
    if (person->is_disabled == is_disabled) return *person;
    person->is_disabled = is_disabled;
    store::update(session, *person);
    if (is_disabled) {
      store::end_visits(session, account, contact);
      store::end_links(session, person->id, invitation);
      store::end_links(session, person->id, log_in);
    }
    store::add(session, {now(), account, contact, is_disabled ? "closed" : "opened", caller.user, caller.name, ""});
    return *person;
  });
}

Result<Opened> Entrance::view(const core::Caller& caller, core::AccountId account, core::ContactId contact) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  if (!from_.customers->exists(account) || !find_contact(from_, account, contact)) return no_such_contact();
  const Opened opened{new_secret(), after(now(), look_lasts_us)};
  from_.records->write([&](Session& session) {
    store::insert(session, hash_of(opened.token), Visit{account, contact, "", now(), opened.until, now(), caller.user});
    store::add(session, {now(), account, contact, "viewed_as", caller.user, caller.name, ""});
  });
  return opened;
}

void Entrance::tell_of_plan(const plans::PlanChange& change) {
  if (change.happening != plans::Happening::sent || !from_.outreach->can_send_links()) return;
  const auto rule = rules_.rule_of(change.account);
  if (!rule || !*rule || !(*rule)->sharing.shown(Part::plan)) return;
  const auto user = from_.surroundings.user ? from_.surroundings.user(change.by) : std::nullopt;
  const auto by = user ? user->caller.name : std::string("Banso");
  const auto cause = fmt::format("plan:{}:{}", change.plan.value, change.version);
  for (const auto contact : change.asked) {
    const auto card = find_contact(from_, change.account, contact);
    if (!card || card->email.empty()) continue;
    const auto link = from_.records->write([&](Session& session) -> std::string {
      const auto person = made_person(session, change.account, contact, by);
      if (person.is_disabled || store::has_link(session, person.id, cause)) return {};
      store::add(session, {now(), change.account, contact, "link_sent", change.by, by, cause});
      return make_link(session, person, cause, card->email, invitation_lasts_us);
    });
    if (link.empty()) continue;
    const auto words = plan_words(vendor_(), card->name);
    const auto ordered = from_.outreach->send_notice({fmt::format("portal:{}:{}", cause, contact.value), change.account,
                                                      contact, "portal:plan", words.subject, words.text, words.link,
                                                      link, after(now(), invitation_lasts_us)});
    static_cast<void>(ordered);  // what became of it is on the list of mails
  }
}

Result<> Entrance::ask_for_link(const std::string& given, const std::string& host) {
  const auto address = core::lower_case(trimmed(given));
  if (!looks_like_address(address)) {
    return core::Error::invalid_field("email", {"Enter a mail address such as hanako@example.com.",
                                                "hanako@example.com のような形式で入力してください。"});
  }
  return from_.records->write([&](Session& session) -> Result<> {
    const auto since = after(now(), -window_us);
    const auto host_subject = "host:" + host;
    if (store::requests_since(session, host_subject, since) >= links_per_host) return too_many();
    store::add_request(session, host_subject, now(), false);
    // Said to nobody: it would tell that somebody wants in.
    const bool is_fresh = store::requests_since(session, address, since) < links_per_address;
    store::add_request(session, is_fresh ? address : "limited:" + host, now(), is_fresh);
    return {};
  });
}

int Entrance::send_links() {
  const auto waiting = from_.records->read(
      [&](Session& session) { return store::waiting_requests(session, after(now(), -window_us), links_at_once); });
  int sent = 0;
  for (const auto& request : waiting) {
    if (from_.records->write([&](Session& session) { return store::take_request(session, request.id); })) {
      sent += send_link(request) ? 1 : 0;
    }
  }
  return sent;
}

bool Entrance::send_link(const Waiting& request) {
  std::optional<Person> chosen;
  std::string name;
  for (const auto& [account, contact] : from_.customers->contacts_by_email(request.address)) {
    const auto person = from_.records->read(
        [&, in = account, who = contact](Session& session) { return store::find_person(session, in, who); });
    if (!person || person->is_disabled || !from_.customers->exists(account)) continue;
    const auto card = find_contact(from_, account, contact);
    if (!card || card->email != request.address) continue;
    // Of several companies the one they were with last; they can go to the others from there.
    if (chosen && chosen->last_seen_at >= person->last_seen_at) continue;
    chosen = person;
    name = card->name;
  }
  if (!chosen) return false;
  const auto link = from_.records->write([&](Session& session) {
    store::add(session, {now(), chosen->account, chosen->contact, "link_sent", {}, "", ""});
    return make_link(session, *chosen, std::string(log_in), request.address, log_in_lasts_us);
  });
  const auto words = log_in_words(vendor_(), name);
  return from_.outreach
      ->send_notice({fmt::format("portal:log_in:{}", request.id), chosen->account, chosen->contact, "portal:log_in",
                     words.subject, words.text, words.link, link, after(now(), log_in_lasts_us)})
      .has_value();
}

Result<Opened> Entrance::open(const std::string& token, const std::string& host) {
  const auto tries = "tries:" + host;
  const bool is_limited = from_.records->read([&](Session& session) {
    return store::requests_since(session, tries, after(now(), -window_us)) >= wrong_words_per_host;
  });
  if (is_limited) return too_many();
  auto opened = from_.records->write([&](Session& session) -> Result<Opened> {
    if (token.empty() || token.size() > longest_token_bytes) return link_ended();
    const auto link = store::take_link(session, hash_of(token), now());
    auto person = link ? store::find_person(session, link->person) : std::nullopt;
    if (!person || person->is_disabled || !from_.customers->exists(person->account)) return link_ended();
    const auto card = find_contact(from_, person->account, person->contact);
    if (!card || card->email != link->address) return link_ended();
    Opened fresh{new_secret(), after(now(), visit_lasts_us)};
    store::insert(session, hash_of(fresh.token),
                  Visit{person->account, person->contact, link->address, now(), fresh.until, now(), {}});
    if (!person->first_seen_at) person->first_seen_at = now();
    person->last_seen_at = now();
    store::update(session, *person);
    store::add(session, {now(), person->account, person->contact, "logged_in", {}, "", ""});
    store::forget_old(session, now());
    return fresh;
  });
  if (!opened) from_.records->write([&](Session& session) { store::add_request(session, tries, now(), false); });
  return opened;
}

void Entrance::close(const std::string& token) {
  if (token.empty() || token.size() > longest_token_bytes) return;
  from_.records->write([&](Session& session) {
    const auto hash = hash_of(token);
    const auto visit = store::find_visit(session, hash, now());
    if (!visit) return;
    store::end_visit(session, hash);
    if (!visit->viewed_by) store::add(session, {now(), visit->account, visit->contact, "logged_out", {}, "", ""});
  });
}

std::optional<Visit> Entrance::visit_of(const std::string& token) {
  if (token.empty() || token.size() > longest_token_bytes) return std::nullopt;
  return from_.records->read([&](Session& session) { return store::find_visit(session, hash_of(token), now()); });
}

std::optional<core::Customer> Entrance::customer_of(const std::string& token) {
  const auto visit = visit_of(token);
  if (!visit || !from_.customers->exists(visit->account)) return std::nullopt;
  const auto card = find_contact(from_, visit->account, visit->contact);
  if (!card) return std::nullopt;
  auto person = from_.records->read(
      [&](Session& session) { return store::find_person(session, visit->account, visit->contact); });
  if (visit->viewed_by) {
    const auto user = from_.surroundings.user(visit->viewed_by);
    if (!user || !user->caller.at_least(core::Role::csm)) return std::nullopt;
  } else {
    // Whoever is no longer the holder of the address that the link went to is somebody else.
    if (!person || person->is_disabled || card->email != visit->address) return std::nullopt;
    if (now().microseconds - visit->seen_at.microseconds > seen_every_us) {
      person->last_seen_at = now();
      from_.records->write([&](Session& session) {
        store::touch_visit(session, hash_of(token), now());
        store::update(session, *person);
      });
    }
  }
  const bool has_chosen = person && !person->language.empty();
  return core::Customer{visit->contact, visit->account, card->name,
                        has_chosen ? core::language_from_tag(person->language) : card->language, visit->viewed_by};
}

std::vector<Entrance::Place> Entrance::places(const Visit& visit) {
  std::vector<Place> found;
  for (const auto& [account, contact] : from_.customers->contacts_by_email(visit.address)) {
    const auto person = from_.records->read(
        [&, in = account, who = contact](Session& session) { return store::find_person(session, in, who); });
    if (!person || person->is_disabled || !from_.customers->exists(account)) continue;
    const auto card = find_contact(from_, account, contact);
    if (card && card->email == visit.address) found.push_back({person->id, account, contact});
  }
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) { return left.person < right.person; });
  return found;
}

Result<> Entrance::move_to(const std::string& token, std::int64_t person) {
  const auto visit = visit_of(token);
  if (visit && !visit->viewed_by) {
    for (const auto& place : places(*visit)) {
      if (place.person != person) continue;
      from_.records->write([&](Session& session) {
        store::move_visit(session, hash_of(token), place.account, place.contact);
        store::add(session, {now(), place.account, place.contact, "switched", {}, "", ""});
      });
      return {};
    }
  }
  return core::Error::not_found({"There is no such company.", "指定された会社はありません。"});
}

void Entrance::set_language(const core::Customer& customer, core::Language language) {
  from_.records->write([&](Session& session) {
    auto person = store::find_person(session, customer.account, customer.contact);
    if (!person) return;
    person->language = core::language_tag(language);
    store::update(session, *person);
  });
}

void Entrance::note(const core::Customer& customer, std::string event, std::string words) {
  from_.records->write([&](Session& session) {
    store::add(session, {now(), customer.account, customer.contact, std::move(event), {}, "", std::move(words)});
  });
}

void Entrance::note(const core::Caller& caller, core::AccountId account, core::ContactId contact, std::string event,
                    std::string words) {
  from_.records->write([&](Session& session) {
    store::add(session, {now(), account, contact, std::move(event), caller.user, caller.name, std::move(words)});
  });
}

}  // namespace banso::portal
