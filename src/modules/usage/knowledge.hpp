// What identify, group and alias calls teach, and what people assign by hand: written down as it was said (sender.hpp),
// with the corrections of stored events that follow from it.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "corrections.hpp"
#include "intake_work.hpp"
#include "matcher.hpp"

namespace banso::usage {

// A lesson and the event it came with.
struct Told {
  const platform::events::Event* event = nullptr;
  const Lesson* lesson = nullptr;
};

class Knowledge {
 public:
  Knowledge(std::shared_ptr<platform::records::Database> records, std::shared_ptr<AccountDirectory> accounts, int node,
            bool is_alone)
      : records_(records), matcher_(std::move(records), std::move(accounts), is_alone), node_(node) {}

  // Held while events are matched and stored, and while something new is written down: no event is matched by what was
  // known before and stored after. The functions below want it held.
  std::unique_lock<std::mutex> alone() { return std::unique_lock(alone_); }

  // One transaction, and only what is new. True: stored events are to be corrected.
  bool learn(std::span<const Told> told);
  void match(std::span<platform::events::Event> events) { matcher_.match(events); }
  Matcher& matcher() { return matcher_; }

  // By hand. No account: belongs to nobody, and waits. Returns what is to be corrected.
  CorrectionSet assign_group(const SenderKey& group, core::AccountId account, core::UserId by);
  CorrectionSet assign_person(const SenderKey& person, core::AccountId account, core::UserId by);
  // Takes an assignment back; where there is none, the automatic match is undone: belongs to nobody.
  CorrectionSet undo_group(const SenderKey& group, core::UserId by);
  CorrectionSet undo_person(const SenderKey& person, core::UserId by);

  // How the stored events are to change.
  std::vector<platform::events::Rematch> rematches_of(const CorrectionSet& corrections);
  // Those that belong to nobody yet and would find somebody now.
  CorrectionSet corrections_of(std::span<const platform::events::Unmatched> waiting);
  void accounts_changed() { matcher_.forget_accounts(); }

 private:
  struct News;
  void learn_alias(News& news, const SenderKey& from, const std::string& to_key, core::Instant since);
  void learn_group(News& news, const SenderKey& sender, const std::string& group_key, core::Instant since);
  void learn_sayings(News& news, const SenderKey& sender, const Lesson& lesson, core::Instant at);
  void file(News& news, std::span<const Told> told);
  void write(const News& news);
  void write_assignment(const CorrectionSet& corrections, const std::function<void(platform::records::Session&)>& work);
  void add_rematches_of_key(std::vector<platform::events::Rematch>& all, const SenderKey& key);
  void add_rematches_of_person(std::vector<platform::events::Rematch>& all, const SenderKey& person);

  std::shared_ptr<platform::records::Database> records_;
  Matcher matcher_;
  const int node_;
  std::mutex alone_;
};

}  // namespace banso::usage
