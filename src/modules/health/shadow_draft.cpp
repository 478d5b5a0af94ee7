#include "shadow_draft.hpp"

#include <algorithm>
#include <set>

namespace banso::health {
namespace {

// Follows what the bodies use, drafts before published bodies.
class Collector {
 public:
  explicit Collector(definitions::Service& service) : service_(service), kinds_(service.kinds()) {
    for (const auto& summary : service_.list(std::string(measure_kind))) {
      if (summary.has_draft) drafted_.insert(summary.name.key);
    }
  }

  void follow(const definitions::Name& name, definitions::Bodies& drafts) {
    if (!visited_.insert(name).second) return;
    const auto definition = service_.get(name);
    if (!definition) return;
    const bool is_draft = definition->draft && (name.kind == scorecard_kind || drafted_.contains(name.key));
    if (is_draft) drafts[name] = *definition->draft;
    const auto& body = is_draft ? definition->draft : definition->body;
    if (!body) return;
    const auto kind =
        std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& each) { return each.word == name.kind; });
    if (kind == kinds_.end()) return;
    for (const auto& used : kind->uses(*body)) follow(used, drafts);
  }

 private:
  definitions::Service& service_;
  const std::vector<definitions::Kind> kinds_;
  std::set<std::string> drafted_;
  std::set<definitions::Name> visited_;
};

}  // namespace

definitions::Bodies draft_of(definitions::Service& service, const std::string& scorecard) {
  const definitions::Name name{std::string(scorecard_kind), scorecard};
  const auto definition = service.get(name);
  if (!definition || !definition->draft) return {};
  definitions::Bodies drafts;
  Collector(service).follow(name, drafts);
  return drafts;
}

std::string text_of(const definitions::Bodies& bodies) {
  std::string text;
  for (const auto& [name, body] : bodies) text += name.kind + "/" + name.key + "\n" + body + "\n";
  return text;
}

}  // namespace banso::health
