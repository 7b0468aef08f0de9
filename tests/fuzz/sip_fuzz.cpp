// SPDX-License-Identifier: Apache-2.0
// The whole edge: datagrams, separated by a line "---", to a driver with a socket of its own, which then has
// to answer OPTIONS. The arriving calls are answered.
#include <chrono>
#include <list>
#include <memory>
#include <thread>

#include "drivers/sip/raw_phone.hpp"
#include "fuzz.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/prompt_catalog.hpp"

using namespace vcsr;

namespace {

/// The stack keeps an answer for half a minute; more would fill the memory.
constexpr int requests_of_a_door = 5000;

/// Answers whoever calls and forgets who has gone.
class Door final : public Reception {
 public:
  Door() {
    driver_ = make_sip_driver({.port = 0,
                               .realm = "fuzz",
                               .accounts = {{"1001", Secret("river-bank")}},
                               .max_requests_per_source = 0},
                              voice_);
    driver_->start(loop_, *this);
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~Door() {
    loop_.stop();
    thread_.join();
    callers_.clear();
    driver_->stop();
  }

  std::uint16_t port() const { return driver_->port(); }
  void on_arrival(std::unique_ptr<Leg> leg, const Arrival&) override {
    callers_.emplace_back(*this, std::move(leg));
    callers_.back().self = std::prev(callers_.end());
    callers_.back().leg->answer();
  }
  void on_device(const std::string&, bool) override {}

 private:
  struct Caller final : LegListener {
    Caller(Door& door, std::unique_ptr<Leg> its) : door(door), leg(std::move(its)) { leg->listen(*this); }
    void on_hung_up(Cause) override {
      Door& there = door;
      const auto caller = self;
      there.loop_.post([&there, caller] { there.callers_.erase(caller); });
    }
    Door& door;
    std::unique_ptr<Leg> leg;
    std::list<Caller>::iterator self;
  };

  AsioLoop loop_{1};
  Voice voice_{loop_, PromptCatalog(), nullptr};
  std::unique_ptr<SipDriver> driver_;
  std::list<Caller> callers_;
  std::thread thread_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // Made at once, so that it is gone before the libraries that it uses clean up at the end of the program.
  static std::unique_ptr<Door> door = std::make_unique<Door>();
  static int asked = 0;
  if (asked % requests_of_a_door == requests_of_a_door - 1) {
    door.reset();
    door = std::make_unique<Door>();
  }
  const test::RawPhone phone(door->port());
  std::string_view rest = fuzz::text(bytes, size);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find("\n---\n"), rest.size());
    phone.send(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 5, rest.size()));
  }
  const std::string question = phone.request("OPTIONS", "sip:door", ++asked, "<sip:door>");
  while (true) {  // until libFuzzer's time limit
    phone.send(question);
    for (std::string answer = phone.receive(1000); !answer.empty(); answer = phone.receive(1000)) {
      if (answer.starts_with("SIP/2.0 200 ") && answer.find(phone.call_id) != std::string::npos) return 0;
    }
  }
}
