// What a database that was filled from another one remembers of it, so that a copy can be repeated, and never writes
// over what people did since.
#pragma once

#include <cstdint>
#include <memory>

#include "core/result.hpp"
#include "platform/records/records.hpp"

namespace banso::app {

class CopyMark {
 public:
  CopyMark(std::shared_ptr<platform::records::Database> source, std::shared_ptr<platform::records::Database> target);

  // Whether the target may be (over)written by this source: it is empty, or was filled from here and nobody worked with
  // it since.
  core::Result<> check() const;
  std::int64_t events_until() const;  // 0: nothing copied yet
  void finish(std::int64_t events_until) const;

 private:
  std::shared_ptr<platform::records::Database> target_;
  std::int64_t source_id_ = 0;  // an installation is known by its first user, wherever its folder lies
};

}  // namespace banso::app
