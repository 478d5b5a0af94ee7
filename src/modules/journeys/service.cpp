#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "attributes.hpp"
#include "past.hpp"
#include "platform/log/log.hpp"
#include "routes.hpp"
#include "shared.hpp"

namespace banso::journeys {
namespace {

namespace map = engine::journeys;
using core::Caller;
using core::Result;
using core::Role;

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(150);
// Another node may have published, unheard.
constexpr auto look_every = std::chrono::seconds(3);
// Under constant load, looking takes at most this share of the time.
constexpr int pause_factor = 4;
constexpr std::size_t longest_words_bytes = 4000;

Result<> may_write(const Caller& caller) {
  if (caller.at_least(Role::csm)) return {};
  return core::Error::forbidden({"You may read journeys, not change them. Ask for the role of a CSM.",
                                 "ジャーニーは閲覧のみ可能です。変更するにはCSM権限が必要です。"});
}

Result<> check_words(const std::string& field, const std::string& words) {
  if (words.size() <= longest_words_bytes) return {};
  return core::Error::invalid_field(field, {fmt::format("At most {} bytes.", longest_words_bytes),
                                            fmt::format("{}バイト以内で入力してください。", longest_words_bytes)});
}

class JourneyService final : public Service, public std::enable_shared_from_this<JourneyService> {
 public:
  explicit JourneyService(Dependencies dependencies)
      : from_(std::move(dependencies)), store_(from_.records), follower_(store_), attributes_(from_.customers) {}
  ~JourneyService() override { stop(); }

  void listen() {
    from_.definitions->register_kind(make_kind(from_.health));
    const std::weak_ptr<JourneyService> self = weak_from_this();
    from_.definitions->add_release_listener([self](const definitions::Release&) {
      if (const auto service = self.lock()) service->wake();
    });
    from_.health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->wake();
    });
  }

  void on_stage_changed(StageListener listener) override { follower_.on_change(std::move(listener)); }

  void start() override {
    is_stopping_ = false;
    follower_.recall(published());
    thread_ = std::thread([this] { follow(); });
  }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    awake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void refresh() override {
    const auto book = from_.health->evaluated_book();
    if (!book) return;
    const auto set = published();
    const std::lock_guard lock(looking_mutex_);
    attributes_.define(*set);
    const auto rows = follower_.look(book, set);
    attributes_.keep(*book, follower_, rows);
  }

  Result<PastTaken> take_past(const Caller& caller, const std::string& key, const health::PanelView& panel) override {
    if (!caller.at_least(Role::leader)) {
      return core::Error::forbidden({"Only leaders and administrators may read the past of a journey.",
                                     "ジャーニーの過去を読み込めるのは、リーダーと管理者のみです。"});
    }
    const auto set = follower_.journeys();
    const auto* journey = set ? set->find(key) : nullptr;
    if (journey == nullptr)
      return core::Error::not_found({"There is no such journey.", "指定されたジャーニーはありません。"});
    BANSO_TRY_ASSIGN(auto past, read_past(panel, journey->map));
    const auto accounts = follower_.take_past(key, past);
    if (accounts > 0) wake();
    return PastTaken{accounts, std::move(past.without_history)};
  }

  Result<> assume(const Caller& caller, core::AccountId account, const std::optional<std::string>& stage,
                  const std::string& why) override {
    BANSO_TRY(may_write(caller));
    BANSO_TRY(check_words("why", why));
    return change(account, [&](const CompiledJourney& journey, map::Progress& progress, auto&) -> Result<> {
      if (!stage) {
        progress.assumption.reset();
        return {};
      }
      const auto index = *stage == arrived ? std::optional(journey.map.stages.size()) : journey.map.stage_index(*stage);
      if (!index) {
        return core::Error::invalid_field("stage",
                                          {fmt::format("The journey has no stage \"{}\".", *stage),
                                           fmt::format("このジャーニーに「{}」というステージはありません。", *stage)});
      }
      progress = map::assume(journey.map, std::move(progress), *index, today());
      return {};
    });
  }

  Result<> confirm(const Caller& caller, core::AccountId account, const std::string& milestone, core::ContactId contact,
                   bool is_confirmed, const std::string& words) override {
    BANSO_TRY(may_write(caller));
    BANSO_TRY(check_words("words", words));
    return change(
        account,
        [&](const CompiledJourney& journey, map::Progress& progress, std::vector<MilestoneEvent>& deeds) -> Result<> {
          const auto places = map::milestones_of(journey.map);
          const auto place = std::find_if(places.begin(), places.end(),
                                          [&](const auto& each) { return each.milestone->key == milestone; });
          if (place == places.end()) {
            return core::Error::not_found(
                {"The journey has no such milestone.", "指定されたマイルストーンはありません。"});
          }
          if (!place->milestone->is_confirmed_by_customer) {
            return core::Error::conflict({"This milestone is proven by data; customers are not asked about it.",
                                          "このマイルストーンはデータで判定するため、顧客の確認対象ではありません。"});
          }
          progress =
              map::confirm(std::move(progress), place->index, is_confirmed ? std::optional(today()) : std::nullopt);
          deeds.push_back({journey.key, milestone,
                           is_confirmed ? MilestoneEventKind::confirmed : MilestoneEventKind::taken_back, today(),
                           core::now(), caller.user, caller.name, contact, words});
          return {};
        });
  }

  Result<> note_feeling(const Caller& caller, core::AccountId account, core::ContactId contact, int feeling,
                        const std::string& words) override {
    BANSO_TRY(may_write(caller));
    BANSO_TRY(check_words("words", words));
    if (feeling < 1 || feeling > 5) {
      return core::Error::invalid_field(
          "feeling", {"Give 1 (bad) to 5 (delighted).", "1(悪い)〜5(とても良い)で指定してください。"});
    }
    const auto position = follower_.position(account, today());
    if (!position) {
      return core::Error::conflict({"The account is on no journey.", "この顧客が対象となるジャーニーはありません。"});
    }
    const auto& stages = position->journey->map.stages;
    const auto stage = std::min(position->standing.current, stages.size() - 1);
    store_.add_feeling(account,
                       {position->journey->key, stages[stage].key, contact, feeling, words, today(), core::now(),
                        caller.name, caller.user},
                       caller);
    return {};
  }

  std::optional<SharedJourney> shared(core::AccountId account, core::ContactId contact) override {
    const auto set = follower_.journeys();  // keeps what the position points to
    const auto position = follower_.position(account, today());
    if (!position) return std::nullopt;
    auto journey = shared_of(*position);
    for (const auto& feeling : store_.feelings(account)) {
      // What one of us wrote down of a talk is ours, though it says how they felt.
      const bool is_their_own = feeling.contact == contact && !feeling.user;
      if (!is_their_own || feeling.journey != position->journey->key) continue;
      journey.feeling = SharedFeeling{feeling.feeling, feeling.words, feeling.day};
      break;  // the newest comes first
    }
    return journey;
  }

  platform::http::Routes routes() override {
    return make_routes(
        std::make_shared<const RouteContext>(RouteContext{from_, store_, follower_, shared_from_this()}));
  }

 private:
  core::Day today() const { return from_.surroundings.book_day(); }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

  // The published journeys, read again where something newer was published or the fields of conditions are others.
  JourneySetPtr published() {
    const std::lock_guard lock(reading_mutex_);
    const std::vector<std::string> kinds{std::string(journey_kind)};
    const auto newest = from_.definitions->releases(kinds, 1);
    const std::int64_t release = newest.empty() ? 0 : newest.front().number;
    const auto fields = from_.health->condition_fields();
    if (!set_ || set_->release != release || fields != fields_) {
      set_ = read_published(*from_.definitions, *fields);
      fields_ = fields;
    }
    return set_;
  }

  Result<> change(core::AccountId account, const Follower::Change& what) {
    BANSO_TRY_ASSIGN(const auto book, from_.health->book());
    BANSO_TRY(follower_.change(book, published(), account, what));
    const auto row = book->find(account);
    const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
    const std::lock_guard lock(looking_mutex_);
    attributes_.keep(*book, follower_, rows);
    return {};
  }

  void follow() {
    while (true) {
      {
        std::unique_lock lock(mutex_);
        awake_.wait_for(lock, look_every, [this] { return has_news_ || is_stopping_; });
        if (is_stopping_) return;
        awake_.wait_for(lock, gathering, [this] { return is_stopping_; });
        if (is_stopping_) return;
        has_news_ = false;
      }
      const auto begin = std::chrono::steady_clock::now();
      try {
        refresh();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("the journeys could not be followed, it is tried again: {}", failure.what()));
      }
      const auto pause = (std::chrono::steady_clock::now() - begin) * pause_factor;
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, pause, [this] { return is_stopping_; });
    }
  }

  const Dependencies from_;
  Store store_;
  Follower follower_;
  std::mutex looking_mutex_;  // attributes_
  KeptAttributes attributes_;

  std::mutex reading_mutex_;
  JourneySetPtr set_;  // under reading_mutex_
  std::shared_ptr<const engine::FieldCatalogue> fields_;

  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  bool has_news_ = true;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<JourneyService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::journeys
