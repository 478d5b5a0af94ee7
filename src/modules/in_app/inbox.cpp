#include "inbox.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::in_app {
namespace {

constexpr std::size_t most_at_once = 3;
const std::vector<std::string> kinds{std::string(message_kind)};

bool is_on(const Message& message, core::Day today) {
  return (!message.first_day || *message.first_day <= today) && (!message.last_day || today <= *message.last_day);
}

std::vector<ShownItem> items_of(const CompiledMessage& message, const health::BookView& book, std::uint32_t row,
                                const Receipt& receipt) {
  std::vector<ShownItem> items;
  const std::uint32_t rows[] = {row};
  for (std::size_t i = 0; i < message.message.items.size(); ++i) {
    const auto& item = message.message.items[i];
    const auto& done_when = message.done_when[i];
    const bool is_done = done_when ? book.run(*done_when, rows).test(0) : receipt.items.contains(item.key);
    items.push_back({&item, is_done, done_when.has_value()});
  }
  return items;
}

bool is_finished(const std::vector<ShownItem>& items) {
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const auto& item) { return item.is_done; });
}

}  // namespace

Inbox::MessagesPtr Inbox::messages() {
  const std::lock_guard lock(mutex_);
  const auto newest = from_.definitions->releases(kinds, 1);
  const std::int64_t release = newest.empty() ? 0 : newest.front().number;
  auto fields = from_.health->condition_fields();
  if (messages_ && release == release_ && fields == fields_) return messages_;
  auto read = std::make_shared<std::vector<CompiledMessage>>();
  for (const auto& [name, body] : from_.definitions->published(kinds).bodies) {
    auto message = message_from_json(body);
    if (!message) continue;
    auto compiled = compile(name.key, std::move(*message), *fields);
    if (compiled) {
      read->push_back(std::move(*compiled));
    } else {
      platform::log::warning(
          fmt::format("the in-app message {} cannot be shown: {}", name.key, compiled.error().message.en));
    }
  }
  std::stable_sort(read->begin(), read->end(),
                   [](const auto& left, const auto& right) { return left.message.rank < right.message.rank; });
  messages_ = std::move(read);
  release_ = release;
  fields_ = std::move(fields);
  return messages_;
}

std::vector<Shown> Inbox::shown_to(const User& user, MessagesPtr& keep) {
  keep = messages();
  std::vector<Shown> shown;
  const auto book = from_.health->evaluated_book();
  const auto row = book ? book->find(user.account) : std::nullopt;
  if (!row) return shown;
  const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
  const auto receipts = store_.receipts(user);
  const Receipt none;
  for (const auto& message : *keep) {
    if (shown.size() == most_at_once) break;
    const auto found = receipts.find(message.key);
    const auto& receipt = found == receipts.end() ? none : found->second;
    if (receipt.is_dismissed || receipt.is_done || !is_on(message.message, from_.surroundings.book_day())) continue;
    if (!book->run(message.audience, rows).test(0)) continue;
    auto items = items_of(message, *book, rows[0], receipt);
    if (is_finished(items)) {  // by itself, since the last look
      store_.note(message.key, user, Deed::done, from_.surroundings.now());
      continue;
    }
    shown.push_back({&message, std::move(items)});
  }
  return shown;
}

core::Result<> Inbox::tick(const User& user, const std::string& key, const std::string& item, bool is_done) {
  const auto all = messages();
  const auto message = std::find_if(all->begin(), all->end(), [&](const auto& each) { return each.key == key; });
  const auto has_item = [&](const Item& each) { return each.key == item && each.done_when_json.empty(); };
  const bool is_known =
      message != all->end() && std::any_of(message->message.items.begin(), message->message.items.end(), has_item);
  if (!is_known) {
    return core::Error::invalid_field(
        "item", {"The message has no such item that users tick.", "利用者がチェックできる項目ではありません。"});
  }
  store_.tick(key, user, item, is_done, from_.surroundings.now());
  const auto book = from_.health->evaluated_book();
  const auto row = book ? book->find(user.account) : std::nullopt;
  if (!row) return {};
  const auto receipts = store_.receipts(user);
  const auto found = receipts.find(key);
  const auto items =
      items_of(*message, *book, static_cast<std::uint32_t>(*row), found == receipts.end() ? Receipt{} : found->second);
  if (is_finished(items)) store_.note(key, user, Deed::done, from_.surroundings.now());
  return {};
}

}  // namespace banso::in_app
