#include <array>
#include <chrono>
#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "history.hpp"
#include "inbox_reader.hpp"
#include "notices.hpp"
#include "orders.hpp"
#include "platform/log/log.hpp"
#include "routes.hpp"
#include "sending.hpp"

namespace banso::outreach {
namespace {

using core::Result;
using platform::records::Session;

constexpr auto send_every = std::chrono::seconds(2);
constexpr auto read_every = std::chrono::seconds(30);
constexpr int told_at_once = 500;

class OutreachService final : public Service, public std::enable_shared_from_this<OutreachService> {
 public:
  explicit OutreachService(Dependencies dependencies)
      : context_(std::move(dependencies)), sending_(context_), inbox_(context_) {}
  ~OutreachService() override { stop(); }

  void register_kinds() {
    context_.from.definitions->register_kind(make_kind(template_kind, context_.from.health));
    context_.from.definitions->register_kind(make_kind(survey_kind, context_.from.health));
  }

  void on_mail_changed(MailListener listener) override { listeners_.push_back(std::move(listener)); }

  void start() override {
    is_stopping_ = false;
    sending_.resume();
    sender_ = std::thread([this] {
      every(
          send_every, "mails could not be sent", [this] { return has_news_; }, [this] { send_and_tell(); });
    });
    if (context_.from.inbox && context_.from.inbox->is_configured()) {
      reader_ = std::thread([this] {
        every(
            read_every, "the inbox could not be read", [] { return false; }, [this] { read_and_log(); });
      });
    }
  }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    sending_.stop();
    awake_.notify_all();
    if (sender_.joinable()) sender_.join();
    if (reader_.joinable()) reader_.join();
  }

  int send_due() override {
    const std::lock_guard lock(sending_mutex_);
    return context_.from.mailer->is_configured() ? sending_.send_due() : (sending_.recover(), 0);
  }

  Result<> read_inbox() override {
    const std::lock_guard lock(reading_mutex_);
    return inbox_.read();
  }

  void tell_left_over() override {
    const std::lock_guard lock(telling_mutex_);
    while (true) {
      const auto left =
          context_.from.records->read([](Session& session) { return store::untold(session, told_at_once); });
      if (left.ids.empty()) return;
      for (const auto& listener : listeners_) listener(left.changes);
      context_.from.records->write([&](Session& session) { store::mark_told(session, left.ids); });
    }
  }

  Result<Ordered> order(const core::Caller& caller, const MailOrder& order) override {
    return placed(place_order(context_, caller, any_order(order)));
  }
  Result<Ordered> order_survey(const core::Caller& caller, const SurveyOrder& order) override {
    return placed(place_order(context_, caller, any_order(order)));
  }
  Result<Ordered> would_order(const core::Caller&, const MailOrder& order) override {
    return try_order(context_, any_order(order));
  }
  Result<Ordered> would_order_survey(const core::Caller&, const SurveyOrder& order) override {
    return try_order(context_, any_order(order));
  }
  Result<Ordered> send_notice(const Notice& notice) override { return placed(place_notice(context_, notice)); }
  bool can_send_links() const override { return context_.has_links() && context_.from.mailer->is_configured(); }
  std::vector<WaitingSurvey> waiting_surveys(core::AccountId account, core::ContactId contact) override {
    return outreach::waiting_surveys(context_, account, contact);
  }
  std::int64_t cancel(const core::Caller& caller, std::string_view source_prefix, const core::Text& why) override {
    return cancel_orders(context_, caller, source_prefix, why);
  }

  Result<std::int64_t> record_history(const core::Caller& caller, std::span<const PastMail> mails) override {
    if (!caller.at_least(core::Role::admin)) {
      return core::Error::forbidden({"Your role does not allow this.", "この操作を行う権限がありません。"});
    }
    return write_history(context_, caller, mails);
  }

  std::optional<Mail> find(MailId id) override {
    const auto mail = context_.from.records->read([&](Session& session) { return store::find(session, id); });
    return mail ? std::optional(face_of(*mail)) : std::nullopt;
  }

  void each_mail(const MailQuery& query, const std::function<void(const Mail&)>& visit) override {
    MailFilter filter;
    filter.source_prefix = query.source_prefix;
    filter.account = query.account;
    filter.ordered_from = query.ordered_from;
    filter.ordered_until = query.ordered_until;
    context_.from.records->read(
        [&](Session& session) { store::each(session, filter, [&](const MailRecord& mail) { visit(face_of(mail)); }); });
  }

  std::vector<ContactChoice> recipients(core::AccountId account, customers::ContactRoles roles) override {
    return find_recipients(*context_.from.customers, account, roles, context_.today());
  }

  platform::http::Routes routes() override {
    const auto self = shared_from_this();
    const auto wake = [weak = weak_from_this()] {
      if (const auto service = weak.lock()) service->wake();
    };
    auto all = make_routes(std::shared_ptr<Context>(self, &context_), wake);
    auto open = make_public_routes(std::shared_ptr<Context>(self, &context_), wake);
    all.insert(all.end(), std::make_move_iterator(open.begin()), std::make_move_iterator(open.end()));
    return all;
  }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

 private:
  static Mail face_of(const MailRecord& mail) {
    return {mail.id,
            mail.unique_key,
            mail.source,
            mail.definition,
            mail.version,
            mail.purpose,
            mail.account,
            mail.contact,
            mail.state,
            mail.ordered_at,
            mail.sent_at,
            mail.opened_at,
            mail.clicked_at,
            mail.replied_at,
            mail.bounced_at,
            mail.answered_at,
            mail.unsubscribed_at.has_value()};
  }

  Result<Ordered> placed(Result<Ordered> ordered) {
    if (ordered && ordered->is_new && ordered->state == State::queued && !ordered->held_until) wake();
    return ordered;
  }

  void send_and_tell() {
    send_due();
    tell_left_over();
  }

  void read_and_log() {
    if (const auto read = read_inbox(); !read) platform::log::warning(read.error().message.en);
  }

  // `is_wanted`: asked under the lock whether to go on before the pause is over.
  void every(std::chrono::milliseconds pause, std::string_view trouble, const std::function<bool()>& is_wanted,
             const std::function<void()>& work) {
    while (true) {
      try {
        work();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("{}, it is tried again: {}", trouble, failure.what()));
      }
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, pause, [&] { return is_stopping_ || is_wanted(); });
      if (is_stopping_) return;
      if (is_wanted()) has_news_ = false;
    }
  }

  Context context_;
  Sending sending_;
  InboxReader inbox_;
  std::vector<MailListener> listeners_;
  std::thread sender_, reader_;
  std::mutex mutex_, sending_mutex_, reading_mutex_, telling_mutex_;
  std::condition_variable awake_;
  bool is_stopping_ = false;
  bool has_news_ = false;
};

constexpr std::array<std::string_view, 3> purposes = {"service", "promotion", "survey"};
constexpr std::array<std::string_view, 7> states = {"queued",  "sending", "sent",     "failed",
                                                    "unclear", "refused", "cancelled"};
constexpr std::array<std::string_view, 10> happenings = {"sent",    "failed",  "unclear",      "bounced",  "opened",
                                                         "clicked", "replied", "unsubscribed", "answered", "refused"};

}  // namespace

std::string_view word_of(Purpose purpose) {
  return purposes[static_cast<std::size_t>(purpose)];
}
std::string_view word_of(State state) {
  return states[static_cast<std::size_t>(state)];
}
std::string_view word_of(Happening happening) {
  return happenings[static_cast<std::size_t>(happening)];
}
std::optional<Purpose> purpose_from(std::string_view word) {
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    if (purposes[i] == word) return static_cast<Purpose>(i);
  }
  return std::nullopt;
}
std::optional<State> state_from(std::string_view word) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i] == word) return static_cast<State>(i);
  }
  return std::nullopt;
}

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<OutreachService>(std::move(dependencies));
  service->register_kinds();
  return service;
}

}  // namespace banso::outreach
