#include "platform/http/server.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

namespace banso::platform::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto farewell_time = 5s;  // for answers under way when the server stops

// One thread and the connections that live on it.
class Loop {
 public:
  explicit Loop(std::atomic<int>& open) : open_(open), sweeper_(context) {}
  ~Loop() { stop(); }

  void stop() {
    context.stop();
    if (thread_.joinable()) thread_.join();
  }

  void run() {
    sweep();
    thread_ = std::thread([this] { run_until_stopped(); });
  }

  void take(Tcp::socket socket, const Surroundings& surroundings) {
    asio::post(context, [this, socket = std::move(socket), &surroundings]() mutable {
      if (ending_) return drop_count();
      const auto connection = std::make_shared<Connection>(std::move(socket), surroundings,
                                                           [this](const std::shared_ptr<Connection>& ended) {
                                                             if (connections_.erase(ended) > 0) drop_count();
                                                           });
      connections_.insert(connection);
      connection->start();
    });
  }

  // Each connection closes once it has answered what it is at.
  void end_connections() {
    asio::post(context, [this] {
      ending_ = true;
      const auto now = connections_;  // ending takes them out of the set
      for (const auto& connection : now) connection->end();
    });
  }

  asio::io_context context{1};

 private:
  void run_until_stopped() {
    for (;;) {
      try {
        context.run();
        return;
      } catch (const std::exception& error) {
        log::error(fmt::format("a connection failed: {}", error.what()));
      }
    }
  }

  void sweep() {
    sweeper_.expires_after(1s);
    sweeper_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      const auto time = Connection::Clock::now();
      over_time_.assign(connections_.begin(), connections_.end());
      for (const auto& connection : over_time_) connection->expire(time);
      over_time_.clear();
      sweep();
    });
  }

  void drop_count() { --open_; }

  std::atomic<int>& open_;  // connections of all loops
  asio::steady_timer sweeper_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::vector<std::shared_ptr<Connection>> over_time_;
  bool ending_ = false;
  std::thread thread_;
};

class BeastServer final : public Server {
 public:
  BeastServer(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher)
      : connections_limit_(settings.connections_limit) {
    surroundings_.dispatcher = std::move(dispatcher);
    surroundings_.pages = std::make_shared<Lane>(settings.pages);
    surroundings_.intake = std::make_shared<Lane>(settings.intake);
    surroundings_.channel_buffer_bytes = settings.channel_buffer_bytes;
    if (settings.metrics) add_figures(*settings.metrics);
    for (int i = 0; i < settings.io_threads; ++i) loops_.push_back(std::make_unique<Loop>(*open_));
    listen(settings);
    for (const auto& loop : loops_) loop->run();
  }

  ~BeastServer() override {
    asio::post(loops_.front()->context, [this] {
      boost::system::error_code ignored;
      acceptor_->close(ignored);
    });
    for (const auto& loop : loops_) loop->end_connections();
    surroundings_.pages->stop();
    surroundings_.intake->stop();
    const auto until = std::chrono::steady_clock::now() + farewell_time;
    while (*open_ > 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
    for (const auto& loop : loops_) loop->stop();
    retry_.reset();  // before the loop that they live on
    acceptor_.reset();
    loops_.clear();
  }

  std::uint16_t port() const override { return port_; }

 private:
  void add_figures(metrics::Registry& registry) {
    surroundings_.figures = std::make_shared<RequestFigures>(registry, surroundings_.dispatcher->routes());
    add_lane_figures(registry, "pages", surroundings_.pages);
    add_lane_figures(registry, "intake", surroundings_.intake);
    registry.on_scrape([open = open_](metrics::Scrape& scrape) {
      scrape.gauge("banso_http_connections", "Connections that are open.", *open);
    });
  }

  void listen(const ServerSettings& settings) {
    try {
      const Tcp::endpoint endpoint(asio::ip::make_address(settings.address), settings.port);
      acceptor_ = std::make_unique<Tcp::acceptor>(loops_.front()->context, endpoint);
      port_ = acceptor_->local_endpoint().port();
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("cannot listen on {}:{} ({}); choose another port with --port",
                                           settings.address, settings.port, error.what()));
    }
    retry_ = std::make_unique<asio::steady_timer>(loops_.front()->context);
    accept();
  }

  void accept() {
    Loop& loop = *loops_[next_loop_++ % loops_.size()];
    acceptor_->async_accept(loop.context, [this, &loop](const boost::system::error_code& error, Tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return accept_later(error);
      if (open_->fetch_add(1) < connections_limit_) {
        loop.take(std::move(socket), surroundings_);
      } else {
        --*open_;
      }
      accept();
    });
  }

  // Out of file handles, most likely: some are given back in time.
  void accept_later(const boost::system::error_code& error) {
    log::warning(fmt::format("a connection could not be accepted: {}", error.message()));
    retry_->expires_after(200ms);
    retry_->async_wait([this](const boost::system::error_code& stopped) {
      if (!stopped && acceptor_->is_open()) accept();
    });
  }

  const int connections_limit_;
  std::shared_ptr<std::atomic<int>> open_ = std::make_shared<std::atomic<int>>(0);
  Surroundings surroundings_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<Tcp::acceptor> acceptor_;
  std::unique_ptr<asio::steady_timer> retry_;
  std::size_t next_loop_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Server> Server::start(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher) {
  return std::make_unique<BeastServer>(settings, std::move(dispatcher));
}

}  // namespace banso::platform::http
