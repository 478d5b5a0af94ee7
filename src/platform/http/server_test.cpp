// The server over real sockets.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/http/server.hpp"

namespace banso::platform::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

// A client that speaks bytes, so that it can misbehave.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer_bytes = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("connect");
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;

  void send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // Until the text was seen, or the connection ended. Returns all that was read.
  std::string read_until(std::string_view text) {
    std::string seen;
    char piece[4096];
    while (text.empty() || seen.find(text) == std::string::npos) {
      const auto got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) break;
      seen.append(piece, static_cast<std::size_t>(got));
    }
    return seen;
  }
  std::string read_to_end() { return read_until(""); }

 private:
  int socket_;
};

core::Result<Response> echo(const Request& request) {
  return Response::text(request.body, "application/octet-stream");
}

struct Running {
  explicit Running(Routes routes, ServerSettings settings = {}) {
    settings.port = 0;
    settings.metrics = metrics;
    dispatcher = std::make_shared<Dispatcher>(
        std::move(routes), [](const Request&) { return std::optional<core::Caller>(); }, nullptr);
    server = Server::start(settings, dispatcher);
  }
  std::uint16_t port() const { return server->port(); }

  std::shared_ptr<metrics::Registry> metrics = std::make_shared<metrics::Registry>();
  std::shared_ptr<Dispatcher> dispatcher;
  std::unique_ptr<Server> server;
};

Routes echo_routes() {
  return {{Method::post, "/echo", Permission::anyone, echo, 100'000},
          {Method::get, "/echo", Permission::anyone, echo},
          {Method::post, "/v1/echo", Permission::write_key, echo, 1000}};
}

TEST(Server, AnswersOneRequestAfterTheOther) {
  Running running(echo_routes());
  Client client(running.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nfirstPOST /echo HTTP/1.1\r\nHost: x\r\n"
      "Content-Length: 6\r\n\r\nsecond");
  const std::string answers = client.read_until("second");
  EXPECT_THAT(answers, HasSubstr("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answers, HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(answers, HasSubstr("\r\n\r\nfirstHTTP/1.1 200 OK\r\n"));
  client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(Server, TakesBodiesInPiecesAndInChunks) {
  Running running(echo_routes());
  Client client(running.port());
  const std::string body(90'000, 'b');
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 90000\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue\r\n"));
  for (std::size_t at = 0; at < body.size(); at += 30'000) {
    client.send(std::string_view(body).substr(at, 30'000));
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_THAT(client.read_until(body), HasSubstr(body));
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_THAT(client.read_until("abcde"), HasSubstr("Content-Length: 5\r\n"));
}

TEST(Server, RefusesLargeBodiesUnread) {
  Running running(echo_routes());
  Client client(running.port());
  client.send("POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  Client chunked(running.port());
  chunked.send("POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" +
               std::string(0x800, 'x'));
  EXPECT_THAT(chunked.read_to_end(), StartsWith("HTTP/1.1 413 "));
}

TEST(Server, RefusesWhatIsNotHttp) {
  Running running(echo_routes());
  for (const std::string text :
       {"\x16\x03\x01 hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /x HTTP/1.1\r\nbad header\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
    Client client(running.port());
    client.send(text);
    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 400 ")) << text;
  }
  Client endless(running.port());
  endless.send("GET /echo HTTP/1.1\r\nlong: " + std::string(60'000, 'x'));
  EXPECT_THAT(endless.read_to_end(), StartsWith("HTTP/1.1 400 "));
}

TEST(Server, AsksForTheBodyOnlyWhereTheHeadIsAdmitted) {
  Routes routes = echo_routes();
  routes.push_back(
      {Method::put, "/v1/large", Permission::write_key, echo, 16 << 20, [](const Request& request) -> core::Result<> {
         if (request.header("authorization") == "key") return {};
         return core::Error::unauthenticated({"No key.", "キーがありません。"});
       }});
  Running running(std::move(routes));
  Client client(running.port());
  client.send("PUT /v1/large HTTP/1.1\r\nHost: x\r\nContent-Length: 16000000\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 401 "));
  Client known(running.port());
  known.send("PUT /v1/large HTTP/1.1\r\nHost: x\r\nAuthorization: key\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_THAT(known.read_until("\r\n\r\nok"), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, PagesAnswerWhileTheIntakeIsFull) {
  std::latch stored(1);
  Routes routes = echo_routes();
  routes.push_back({Method::post, "/v1/slow", Permission::write_key, [&](const Request&) -> core::Result<Response> {
                      stored.wait();
                      return Response::json("{}");
                    }});
  Running running(std::move(routes), {.intake = {.worker_threads = 2, .waiting_requests = 5}});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<Client>(running.port()));
    clients.back()->send("POST /v1/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
  }
  // Only when the five have arrived: a sixth that comes before one of them would wait behind them for ever.
  while (running.metrics->text().find("banso_http_waiting_requests{lane=\"intake\"} 5\n") == std::string::npos) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Client late(running.port());
  late.send("POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
  const std::string refused = late.read_until("}");
  EXPECT_THAT(refused, HasSubstr("HTTP/1.1 503 "));
  EXPECT_THAT(refused, HasSubstr("Retry-After: 5\r\n"));
  EXPECT_THAT(refused, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  Client page(running.port());
  page.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(page.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(running.metrics->text(), HasSubstr("banso_http_waiting_requests{lane=\"intake\"} 5\n"));
  stored.count_down();
  for (const auto& client : clients) EXPECT_THAT(client->read_until("{}"), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, BoundsTheMemoryOfBodies) {
  Running running(echo_routes(), {.pages = {.body_bytes = 150'000}});
  Client first(running.port());
  first.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\nnot yet all");
  std::string answer;
  for (int i = 0; i < 100 && answer.find("503") == std::string::npos; ++i) {
    Client second(running.port());
    second.send("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 90000\r\n\r\n" +
                std::string(90'000, 'x'));
    answer = second.read_to_end();
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 5\r\n"));
  first.send(std::string(90'000 - 11, 'x'));
  EXPECT_THAT(first.read_until("xx"), StartsWith("HTTP/1.1 200 "));
  Client third(running.port());
  third.send("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 90000\r\n\r\n" +
             std::string(90'000, 'x'));
  EXPECT_THAT(third.read_to_end(), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, StreamsLongAnswers) {
  const auto numbers = [](const Request&) -> core::Result<Response> {
    Response response = Response::text("", "text/csv");
    response.stream = [at = 0](std::string& chunk) mutable {
      chunk.assign(100'000, static_cast<char>('a' + at));
      if (at == 5) chunk.clear();
      return ++at < 10;
    };
    return response;
  };
  const auto broken = [](const Request&) -> core::Result<Response> {
    Response response = Response::text("", "text/csv");
    response.stream = [](std::string& chunk) -> bool {
      chunk = "some";
      throw std::runtime_error("the disk is gone");
    };
    return response;
  };
  Running running(
      {{Method::get, "/numbers", Permission::anyone, numbers}, {Method::get, "/broken", Permission::anyone, broken}});
  Client client(running.port());
  client.send("GET /numbers HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = client.read_until("\r\n0\r\n\r\n");
  EXPECT_EQ(std::count(answer.begin(), answer.end(), 'j'), 100'000);
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked\r\n"));
  client.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), Not(HasSubstr("0\r\n\r\n")));  // must not look whole
  Client old(running.port());
  old.send("GET /numbers HTTP/1.0\r\n\r\n");
  const std::string plain = old.read_to_end();
  EXPECT_EQ(plain.size() - plain.find("\r\n\r\n") - 4, 900'000u);
}

// Keeps what was opened, so that tests can speak on it.
struct Channels {
  core::Result<Response> open(const Request&) {
    Response response = Response::text("", "text/event-stream");
    response.channel = [this](std::shared_ptr<Channel> channel) {
      const std::lock_guard lock(mutex);
      all.push_back(std::move(channel));
    };
    return response;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex);
    return all.size();
  }
  void wait_for(std::size_t many) {
    for (int i = 0; i < 1000 && count() < many; ++i) std::this_thread::sleep_for(5ms);
  }
  Route route() {
    return {Method::get, "/live", Permission::anyone, [this](const Request& request) { return open(request); }};
  }

  std::mutex mutex;
  std::vector<std::shared_ptr<Channel>> all;
};

TEST(Server, KeepsManyChannelsOpenWithoutAWorkerEach) {
  Channels channels;
  Routes routes = echo_routes();
  routes.push_back(channels.route());
  Running running(std::move(routes), {.pages = {.worker_threads = 1}});
  std::vector<std::unique_ptr<Client>> listeners;
  for (int i = 0; i < 200; ++i) {
    listeners.push_back(std::make_unique<Client>(running.port()));
    listeners.back()->send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  channels.wait_for(200);
  ASSERT_EQ(channels.count(), 200u);
  Client page(running.port());
  page.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(page.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  for (const auto& channel : channels.all) EXPECT_TRUE(channel->send("data: 1\n\n"));
  for (const auto& listener : listeners) EXPECT_THAT(listener->read_until("data: 1\n\n"), HasSubstr("data: 1\n\n"));
  for (const auto& channel : channels.all) channel->close();
  for (const auto& listener : listeners) EXPECT_THAT(listener->read_to_end(), HasSubstr("0\r\n\r\n"));
}

TEST(Server, DropsAReaderThatNeverReads) {
  Channels channels;
  Running running({channels.route()}, {.channel_buffer_bytes = 64 << 10});
  Client lazy(running.port(), 4096);
  lazy.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  channels.wait_for(1);
  ASSERT_EQ(channels.count(), 1u);
  const std::string piece(10'000, 'x');
  int sent = 0;
  while (channels.all[0]->send(piece) && sent < 10'000) {
    ++sent;
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_LT(sent, 10'000);  // what the system's buffers and ours hold, and no more
  EXPECT_TRUE(channels.all[0]->closed());
}

TEST(Server, TellsAChannelThatItsReaderIsGone) {
  Channels channels;
  Running running({channels.route()});
  {
    Client brief(running.port());
    brief.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
    channels.wait_for(1);
  }
  for (int i = 0; i < 1000 && !channels.all[0]->closed(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(channels.all[0]->closed());
  EXPECT_FALSE(channels.all[0]->send("data: 1\n\n"));
}

TEST(Server, StopsWithConnectionsAndChannelsOpen) {
  Channels channels;
  std::latch begun(1);
  auto running = std::make_unique<Running>(Routes{
      channels.route(), {Method::get, "/slow", Permission::anyone, [&](const Request&) -> core::Result<Response> {
                           begun.count_down();
                           std::this_thread::sleep_for(200ms);
                           return Response::json("\"done\"");
                         }}});
  Client idle(running->port());
  Client listener(running->port());
  listener.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  channels.wait_for(1);
  Client slow(running->port());
  slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  begun.wait();
  const auto start = std::chrono::steady_clock::now();
  running.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
  EXPECT_THAT(slow.read_to_end(), HasSubstr("\"done\""));  // what was under way is finished
  EXPECT_THAT(listener.read_to_end(), HasSubstr("0\r\n\r\n"));
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_FALSE(channels.all[0]->send("late"));
}

TEST(Server, LimitsConnections) {
  Running running(echo_routes(), {.connections_limit = 3});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<Client>(running.port()));
    clients.back()->send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(clients.back()->read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_EQ(Client(running.port()).read_to_end(), "");
  clients.pop_back();
  std::string answer;
  for (int i = 0; i < 200 && answer.empty(); ++i) {
    Client again(running.port());
    again.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    answer = again.read_until("\r\n\r\n");
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST(Server, CountsByRoute) {
  Running running(echo_routes());
  Client client(running.port());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  client.read_until("\r\n\r\nhi");
  client.send("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  client.read_to_end();
  const std::string text = running.metrics->text();
  EXPECT_THAT(text, HasSubstr("banso_http_requests_total{method=\"POST\",route=\"/echo\",status=\"2xx\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("banso_http_requests_total{method=\"any\",route=\"other\",status=\"4xx\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("banso_http_request_duration_seconds_count{method=\"POST\",route=\"/echo\"} 1\n"));
}

TEST(Server, SaysWhyItCannotListen) {
  Running running(echo_routes());
  const ServerSettings settings{.port = running.port()};
  EXPECT_THROW(Server::start(settings, running.dispatcher), std::runtime_error);
}

}  // namespace
}  // namespace banso::platform::http
