#include "platform/http/socket_channel.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace banso::platform::http {

SocketChannel::SocketChannel(const std::shared_ptr<Connection>& connection, std::size_t limit_bytes)
    : connection_(connection), limit_bytes_(limit_bytes) {}

bool SocketChannel::send(std::string_view piece) {
  const std::lock_guard lock(mutex_);
  if (ends_) return false;
  if (unsent_bytes_ + piece.size() > limit_bytes_) {
    ends_ = true;
    // Not after what waits: the reader does not read.
    if (const auto connection = connection_.lock()) {
      boost::asio::post(connection->socket_.get_executor(), [connection] { connection->close(); });
    }
    return false;
  }
  waiting_.append(piece);
  unsent_bytes_ += piece.size();
  wake();
  return true;
}

void SocketChannel::close() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ends_, true)) return;
  wake();
}

bool SocketChannel::closed() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

void SocketChannel::wake() {
  if (std::exchange(flushing_, true)) return;
  if (const auto connection = connection_.lock()) {
    boost::asio::post(connection->socket_.get_executor(), [connection] { connection->flush_channel(); });
  }
}

bool SocketChannel::take(std::string& piece) {
  const std::lock_guard lock(mutex_);
  piece = std::exchange(waiting_, {});
  flushing_ = !piece.empty() || ends_;
  return !ends_ || !piece.empty();
}

void SocketChannel::wrote(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  unsent_bytes_ -= bytes;
}

void SocketChannel::lost() {
  const std::lock_guard lock(mutex_);
  ends_ = true;
  connection_.reset();
}

}  // namespace banso::platform::http
