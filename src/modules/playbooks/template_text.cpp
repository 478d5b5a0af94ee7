#include "template_text.hpp"

#include "platform/json/json.hpp"

namespace banso::playbooks {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// As it stands between the quotes of a JSON text.
std::string json_escaped(const std::string& text) {
  const auto quoted = platform::json::serialize(platform::json::value(text));
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string fill(std::string_view text, const std::function<std::string(std::string_view)>& value, Escape escape) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto open = text.find("{{", at);
    const auto close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    filled += text.substr(at, open - at);
    const auto found = value(trimmed(text.substr(open + 2, close - open - 2)));
    filled += escape == Escape::json ? json_escaped(found) : found;
    at = close + 2;
  }
  filled += text.substr(at);
  return filled;
}

std::function<std::string(std::string_view)> values_of(Context& context, const RunRow& run,
                                                       const workflow::Playbook& playbook, core::Language language) {
  const auto book = context.from.health->evaluated_book();
  return [book, run, name = playbook.name.in(language), language](std::string_view field) -> std::string {
    if (field == "playbook.name") return name;
    if (field == "run.id") return std::to_string(run.id.value);
    if (field == "account.id") return std::to_string(run.account.value);
    const auto row = book ? book->find(run.account) : std::nullopt;
    if (!row) return {};
    if (field == "account.name") return book->name(*row);
    if (field == "owner.name") return value_in_words(*book, *row, "owner").in(language);
    return value_in_words(*book, *row, field).in(language);
  };
}

core::Text fill_both(Context& context, const Deed& deed, const core::Text& text) {
  return {fill(text.en, values_of(context, deed.run, deed.playbook, core::Language::en), Escape::none),
          fill(text.ja, values_of(context, deed.run, deed.playbook, core::Language::ja), Escape::none)};
}

}  // namespace banso::playbooks
