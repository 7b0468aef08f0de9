// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/journal_hints.hpp"

#include <optional>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "store/postgres/journal_tables.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::postgres {

namespace {

constexpr int retry_after_ms = 1000;

/// A session that hints. It need not wait for the disk: a hint is no promise.
class Sender {
 public:
  explicit Sender(const Address& address) : connection_(address, Connection::Use::write) {
    connection_.ask("SET synchronous_commit = off");
    statement_ = "NOTIFY " + hint_channel(connection_);
  }
  void send() { connection_.ask(statement_.c_str()); }

 private:
  Connection connection_;
  std::string statement_;
};

/// Waits on a thread of its own.
class Listener {
 public:
  Listener(Loop& loop, const Address& address, std::function<void()> hint)
      : loop_(loop),
        address_(address),
        hint_(std::make_shared<std::function<void()>>(std::move(hint))),
        end_(::eventfd(0, EFD_CLOEXEC)),
        thread_([this] { run(); }) {}

  ~Listener() {
    hint_.reset();
    const std::uint64_t one = 1;
    while (::write(end_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    ::close(end_);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  void run() {
    while (true) {
      try {
        Connection connection(address_, Connection::Use::read);
        connection.ask(("LISTEN " + hint_channel(connection)).c_str());
        tell();
        while (!ended(connection.socket(), -1))
          if (connection.notified()) tell();
        return;
      } catch (const Error&) {
        if (ended(-1, retry_after_ms)) return;
      }
    }
  }

  bool ended(int socket, int milliseconds) const {
    pollfd waited[] = {{end_, POLLIN, 0}, {socket, POLLIN, 0}};
    ::poll(waited, 2, milliseconds);
    return waited[0].revents != 0;
  }

  void tell() const {
    loop_.post([hint = weak_] {
      if (const auto alive = hint.lock()) (*alive)();
    });
  }

  Loop& loop_;
  const Address address_;
  std::shared_ptr<std::function<void()>> hint_;  // the loop's
  const std::weak_ptr<std::function<void()>> weak_ = hint_;
  const int end_;
  std::thread thread_;
};

}  // namespace

HintSender::HintSender(const Address& address) : address_(address), thread_([this] { run(); }) {}

HintSender::~HintSender() {
  {
    const std::lock_guard hold(mutex_);
    ending_ = true;
  }
  asked_.notify_one();
  thread_.join();
}

void HintSender::send() {
  {
    const std::lock_guard hold(mutex_);
    wanted_ = true;
  }
  asked_.notify_one();
}

void HintSender::run() {
  std::optional<Sender> sender;
  while (true) {
    {
      std::unique_lock hold(mutex_);
      asked_.wait(hold, [this] { return wanted_ || ending_; });
      if (!std::exchange(wanted_, false)) return;
    }
    try {
      if (!sender) sender.emplace(address_);
      sender->send();
    } catch (const Error&) {
      sender.reset();
    }
  }
}

std::shared_ptr<void> listen_for_hints(Loop& loop, const Address& address, std::function<void()> hint) {
  return std::make_shared<Listener>(loop, address, std::move(hint));
}

}  // namespace vcsr::postgres
