// Segments: named conditions over the book, whose members follow the book by themselves, with the history of who
// entered and left, when and why. A segment is a definition of the kind "segment"; conditions everywhere can ask for it
// by the field "segments". The module's only public header.
//
//   book changes ──► the accounts that changed are tested ──► entered / left, with the reason ──► records ──► listeners
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; leader and above define (through definitions).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::segments {

inline constexpr std::string_view segment_kind = "segment";

enum class Cause {
  first,       // the segment was evaluated for the first time: the account was already so
  change,      // the account changed, or time went by
  definition,  // the segment's condition changed
  retired,     // the segment was taken out of use
  gone,        // the account is no longer in the book
};
std::string_view word_of(Cause cause);

struct MembershipChange {
  std::string segment;
  core::AccountId account;
  bool has_entered = false;
  core::Day day;     // of the book
  core::Instant at;  // when it was found
  Cause cause = Cause::change;
  core::Text reason;  // "Health score fell from 61 to 43 (needs 50 or more)"
};
// Told after the change was recorded, on a thread of this module, by the one node that recorded it. What a crash kept
// from being told is told after the next start, so a listener must bear hearing the same change twice.
using MembershipListener = std::function<void(std::span<const MembershipChange>)>;

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
};

class Service {
 public:
  // Registers the kind and listens to releases and to the book.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_membership_changed(MembershipListener listener) = 0;  // before start()
  // Gives the published segments to the book and follows it in a thread. Before health's start().
  virtual void start() = 0;
  virtual void stop() = 0;
  // Compares the book with what is recorded now, on this thread; what the thread does by itself.
  virtual void refresh() = 0;

  // Every stay of an account in a segment that is recorded, in no particular order. A stay that the segment's first
  // evaluation found, or a change of its condition, began at an unknown time before: `entered` is nothing.
  virtual void each_stay(
      const std::function<void(std::string_view segment, core::AccountId account, std::optional<core::Day> entered,
                               std::optional<core::Day> left)>& visit) = 0;

  // /api/segments..., /api/accounts/{id}/segments
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::segments
