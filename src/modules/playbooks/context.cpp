#include "context.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::playbooks {

std::shared_ptr<const Clock> Context::clock() {
  const auto timezone = from.surroundings.timezone();
  const std::lock_guard lock(mutex_);
  if (!clock_ || clock_->timezone() != timezone) clock_ = std::make_shared<const Clock>(timezone);
  return clock_;
}

std::shared_ptr<const Conditions> Context::conditions() {
  auto book = from.health->evaluated_book();
  if (!book) return nullptr;
  const std::lock_guard lock(mutex_);
  if (book_ != book) {
    conditions_ = std::make_shared<const Conditions>(book);
    book_ = std::move(book);
  }
  return conditions_;
}

std::string Context::name_of(core::AccountId account) {
  if (const auto book = from.health->evaluated_book()) {
    if (const auto row = book->find(account)) return book->name(*row);
  }
  return fmt::format("#{}", account.value);
}

void Context::tell(std::span<const RunId> runs) const {
  if (runs.empty()) return;
  for (const auto& listener : listeners_) {
    try {
      listener(runs);
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("a listener of the playbooks' runs failed: {}", failure.what()));
    }
  }
}

}  // namespace banso::playbooks
