// SPDX-License-Identifier: Apache-2.0
#include "server/http_server.hpp"

#include <array>
#include <deque>
#include <set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// A listener that lets so much gather is not reading.
constexpr std::size_t unread_limit = 4u << 20;
/// One that lets so much of a stream gather loses what comes meanwhile: at 32 kB/s a second.
constexpr std::size_t unread_of_stream = 32u << 10;
constexpr Duration stream_every = std::chrono::milliseconds(100);

}  // namespace

class HttpServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  class Connection;

  Impl(AsioLoop& loop, HttpServerOptions options, Answer answer, std::string events_path, Greet greet)
      : loop(loop),
        options(std::move(options)),
        answer(std::move(answer)),
        events_path(std::move(events_path)),
        greet(std::move(greet)),
        acceptor(loop.context()) {}

  void listen();
  void accept();
  void shut();

  AsioLoop& loop;
  const HttpServerOptions options;
  const Answer answer;
  const std::string events_path;
  const Greet greet;
  tcp::acceptor acceptor;
  std::set<std::shared_ptr<Connection>> connections;
  bool open = true;
};

class HttpServer::Impl::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Impl> server, tcp::socket socket)
      : server_(std::move(server)), socket_(std::move(socket)) {}

  void start() {
    watch();
    read();
  }

  bool listening() const { return listening_; }

  void send(std::string bytes) {
    unread_ += bytes.size();
    if (unread_ > unread_limit) {
      close();
      return;
    }
    outgoing_.push_back(std::move(bytes));
    if (outgoing_.size() == 1) write();
  }

  void close() {
    if (patience_) server_->loop.cancel(*std::exchange(patience_, {}));
    if (streaming_) server_->loop.cancel(*std::exchange(streaming_, {}));
    stream_ = nullptr;
    error_code ignored;
    socket_.close(ignored);
    server_->connections.erase(shared_from_this());
  }

 private:
  void watch() {
    if (patience_) server_->loop.cancel(*patience_);
    patience_ =
        server_->loop.at(server_->loop.now() + server_->options.patience, [this, self = weak_from_this()] {
          const auto alive = self.lock();
          if (!alive) return;
          patience_.reset();
          close();
        });
  }

  void read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                              if (error) self->close();
                              else self->take({self->buffer_.data(), size});
                            });
  }

  void take(std::string_view bytes) {
    // What a listener says after its request is of no interest, but its leaving is.
    if (!listening_ && !stream_) incoming_.append(bytes);
    parse();
    if (!closing_) read();
  }

  void parse() {
    try {
      while (!incoming_.empty() && !closing_ && !listening_ && !waiting_ && !stream_) {
        incoming_.erase(0, parser_.feed(incoming_));
        if (!parser_.complete()) break;
        reply(std::exchange(parser_, HttpParser()).take());
      }
    } catch (const Error& error) {
      closing_ = true;
      send(to_wire({.status = 400, .body = std::string(error.what()) + "\n"}, false));
    }
  }

  void reply(const HttpRequest& request) {
    const bool asks = request.path == server_->events_path && request.method == "GET";
    if (const auto greeting = asks ? server_->greet(request) : std::nullopt) {
      listening_ = true;
      if (patience_) server_->loop.cancel(*std::exchange(patience_, {}));
      send(event_stream_head() + *greeting);
      return;
    }
    watch();
    const HttpResponse response = server_->answer(request);
    if (!response.later) return respond(response, request.keep_alive);
    waiting_ = true;
    response.later([self = weak_from_this(), keep_alive = request.keep_alive](HttpResponse late) {
      const auto alive = self.lock();
      if (!alive || !alive->socket_.is_open()) return;
      alive->waiting_ = false;
      alive->respond(late, keep_alive);
      alive->parse();
    });
  }

  void respond(const HttpResponse& response, bool keep_alive) {
    if (response.stream) return begin_stream(response);
    closing_ = !keep_alive;
    send(to_wire(response, keep_alive));
  }

  void begin_stream(const HttpResponse& response) {
    if (patience_) server_->loop.cancel(*std::exchange(patience_, {}));
    error_code ignored;
    socket_.set_option(asio::socket_base::send_buffer_size(unread_of_stream), ignored);
    stream_ = response.stream;
    send(stream_head(response));
    go_on();
  }

  void go_on() {
    streaming_.reset();
    std::string more;
    const bool goes_on = stream_(more);
    if (!more.empty() && unread_ < unread_of_stream) send(to_chunk(more));
    if (!goes_on) {
      closing_ = true;
      stream_ = nullptr;
      return send(to_chunk(""));
    }
    streaming_ = server_->loop.at(server_->loop.now() + stream_every, [self = weak_from_this()] {
      if (const auto alive = self.lock()) alive->go_on();
    });
  }

  void write() {
    asio::async_write(socket_, asio::buffer(outgoing_.front()),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error) self->close();
                        else self->written();
                      });
  }

  void written() {
    unread_ -= outgoing_.front().size();
    outgoing_.pop_front();
    if (!outgoing_.empty()) write();
    else if (closing_) close();
  }

  std::shared_ptr<Impl> server_;
  tcp::socket socket_;
  HttpParser parser_;
  std::array<char, 8192> buffer_;
  std::string incoming_;  ///< not yet taken by the parser
  std::deque<std::string> outgoing_;
  std::size_t unread_ = 0;
  std::optional<Loop::TimerId> patience_, streaming_;
  std::function<bool(std::string&)> stream_;
  bool listening_ = false, closing_ = false, waiting_ = false;
};

void HttpServer::Impl::listen() {
  const std::string where = options.address + ":" + std::to_string(options.port);
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw Error(Error::Code::unavailable, "cannot serve HTTP on " + where + ": " + error.code().message() +
                                              "; choose another address or port in [web]");
  }
  accept();
}

void HttpServer::Impl::accept() {
  acceptor.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
    if (!self->open) return;
    if (!error && self->connections.size() < self->options.max_connections) {
      const auto connection = std::make_shared<Connection>(self, std::move(socket));
      self->connections.insert(connection);
      connection->start();
    }
    self->accept();
  });
}

void HttpServer::Impl::shut() {
  open = false;
  error_code ignored;
  acceptor.close(ignored);
  for (const auto& connection : std::set(connections)) connection->close();
}

HttpServer::HttpServer(AsioLoop& loop, HttpServerOptions options, Answer answer, std::string events_path,
                       Greet greet)
    : impl_(std::make_shared<Impl>(loop, std::move(options), std::move(answer), std::move(events_path),
                                   std::move(greet))) {
  impl_->listen();
}
HttpServer::~HttpServer() { impl_->shut(); }

std::uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

void HttpServer::tell(std::string_view event) {
  for (const auto& connection : std::set(impl_->connections))
    if (connection->listening()) connection->send(std::string(event));
}

std::size_t HttpServer::listeners() const {
  std::size_t count = 0;
  for (const auto& connection : impl_->connections) count += connection->listening();
  return count;
}

}  // namespace vcsr
