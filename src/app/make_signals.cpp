#include "make_signals.hpp"

namespace banso::app {

std::shared_ptr<signals::Service> make_signals(const Application& application) {
  signals::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.org = application.org;
  dependencies.work = application.work;
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  around.features = [usage = application.usage] {
    std::vector<std::pair<std::string, core::Text>> features;
    for (const auto& feature : usage->features()) {
      if (!feature.ignored) features.emplace_back(feature.key, feature.name);
    }
    return features;
  };
  return signals::Service::make(std::move(dependencies));
}

}  // namespace banso::app
