// A response that stays open, as those who speak on it see it: a bounded buffer between any thread and the connection.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "platform/http/connection.hpp"

namespace banso::platform::http {

class SocketChannel final : public Channel, public std::enable_shared_from_this<SocketChannel> {
 public:
  SocketChannel(const std::shared_ptr<Connection>& connection, std::size_t limit_bytes);

  bool send(std::string_view piece) override;
  void close() override;
  bool closed() const override;

  // For the connection, on its thread.
  bool take(std::string& piece);  // all that waits; false: nothing comes after it
  void wrote(std::size_t bytes);  // these have left
  void lost();                    // the connection is gone

 private:
  void wake();

  mutable std::mutex mutex_;  // guards what follows
  std::weak_ptr<Connection> connection_;
  const std::size_t limit_bytes_;
  std::string waiting_;
  std::size_t unsent_bytes_ = 0;  // waiting or being written
  bool flushing_ = false;         // the connection will ask for more by itself
  bool ends_ = false;
};

}  // namespace banso::platform::http
