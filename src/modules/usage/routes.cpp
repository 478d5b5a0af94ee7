#include "routes.hpp"

#include <iterator>

#include "service_impl.hpp"

namespace banso::usage {

platform::http::Routes ServiceImpl::routes() {
  platform::http::Routes all;
  for (auto* part : {account_routes, catalogue_routes, statistics_routes, intake_routes, bulk_upload_routes,
                     source_routes, quarantine_routes, matching_routes}) {
    auto routes = part(*this);
    all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
  }
  return all;
}

}  // namespace banso::usage
