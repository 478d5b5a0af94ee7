// What usage asks of customers, so that neither module knows the other.
#pragma once

#include <memory>

#include "modules/customers/customers.hpp"
#include "modules/usage/usage.hpp"

namespace banso::app {

std::shared_ptr<usage::AccountDirectory> make_account_directory(std::shared_ptr<customers::Service> customers);

}  // namespace banso::app
