// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_thread.hpp"

#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <resolv.h>

#include "drivers/sip/nua_clock.hpp"
#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/watchdog.hpp"
#include "vcsr/base/error.hpp"

extern "C" {
extern su_log_t tport_log[], nta_log[], nea_log[], nua_log[], iptsec_log[];
}

namespace vcsr::sip {

namespace {

void say_nothing(void*, const char*, va_list) {}

/// sofia writes to standard error unless told otherwise, and its tables are made once per process.
void prepare_sofia() {
  static std::once_flag once;
  std::call_once(once, [] {
    su_init();
    count_steady_milliseconds();
    su_log_redirect(nullptr, say_nothing, nullptr);
    for (su_log_t* log : {tport_log, nta_log, nea_log, nua_log, iptsec_log}) {
      su_log_redirect(log, say_nothing, nullptr);
      su_log_set_level(log, 0);
    }
  });
}

/// The stack looks up whatever host a message wants its answer sent to, and waits for name servers as long as
/// they are silent. Without any a name is unknown at once, to the calling thread alone.
void forgo_name_servers() {
  res_init();
  _res.nscount = 0;
}

}  // namespace

class NuaThread::Impl {
 public:
  using Command = std::function<void(NuaCore&)>;

  Impl(Loop& loop, const SipOptions& options, EventOutbox::Receiver receiver)
      : log_(options.log),
        outbox_(std::make_shared<EventOutbox>(loop, std::move(receiver))),
        core_(std::make_unique<NuaCore>(loop, options, outbox_)) {
    prepare_sofia();
    std::promise<void> opened;
    std::future<void> outcome = opened.get_future();
    thread_ = std::thread([this, &opened] { run(opened); });
    try {
      outcome.get();
    } catch (...) {
      thread_.join();
      throw;
    }
    watchdog_.emplace(
        loop, [this] { return core_->ticks(); }, log_);
  }

  ~Impl() {
    watchdog_.reset();
    outbox_->close();
    send([](NuaCore& core) { core.stop(); });
    thread_.join();
  }

  void send(Command command) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      first = commands_.empty();
      commands_.push_back(std::move(command));
    }
    if (first) wake();
  }

  NuaCore& core() { return *core_; }
  std::string trouble() const { return watchdog_->trouble(); }

 private:
  // The root belongs to the thread that makes it.
  void run(std::promise<void>& opened) {
    root_ = su_root_create(core_.get());
    su_root_threading(root_, 0);
    try {
      core_->open(root_);
      forgo_name_servers();
      opened.set_value();
    } catch (...) {
      core_->close();
      su_root_destroy(root_);
      opened.set_exception(std::current_exception());
      return;
    }
    su_root_run(root_);
    if (core_->close()) {
      su_root_destroy(root_);
    } else {
      log_.error("the SIP stack did not shut down in time; its memory is left to it");
      static_cast<void>(core_.release());
    }
  }

  void wake() {
    su_msg_r message = SU_MSG_R_INIT;
    if (su_msg_create(message, su_root_task(root_), su_task_null, &Impl::on_wake, sizeof(WakeMessage)) != 0)
      return;
    su_msg_data(message)->impl = this;
    su_msg_send(message);
  }

  static void on_wake(NuaCore* core, su_msg_r, WakeMessage* message) {
    Impl& self = *static_cast<Impl*>(message->impl);
    std::vector<Command> commands;
    {
      const std::lock_guard lock(self.mutex_);
      commands.swap(self.commands_);
    }
    for (const Command& command : commands) command(*core);
  }

  Log log_;
  std::shared_ptr<EventOutbox> outbox_;
  std::unique_ptr<NuaCore> core_;
  su_root_t* root_ = nullptr;
  std::mutex mutex_;
  std::vector<Command> commands_;
  std::thread thread_;
  std::optional<Watchdog> watchdog_;
};

NuaThread::NuaThread(Loop& loop, const SipOptions& options, EventOutbox::Receiver receiver)
    : impl_(std::make_unique<Impl>(loop, options, std::move(receiver))) {}
NuaThread::~NuaThread() = default;

std::uint16_t NuaThread::port() const { return impl_->core().port(); }
std::uint16_t NuaThread::tls_port() const { return impl_->core().tls_port(); }
CallId NuaThread::next_id() { return impl_->core().next_id(); }
std::string NuaThread::trouble() const { return impl_->trouble(); }
std::size_t NuaThread::open_calls() const { return impl_->core().calls.open(); }
std::size_t NuaThread::refused_calls() const { return impl_->core().calls.refused(); }

void NuaThread::invite(CallId call, Invitation invitation) {
  impl_->send(
      [call, invitation = std::move(invitation)](NuaCore& core) { core.calls.invite(call, invitation); });
}
void NuaThread::ring(CallId call) {
  impl_->send([call](NuaCore& core) { core.calls.ring(call); });
}
void NuaThread::progress(CallId call, std::uint16_t rtp_port) {
  impl_->send([call, rtp_port](NuaCore& core) { core.calls.progress(call, rtp_port); });
}
void NuaThread::answer(CallId call, std::uint16_t rtp_port) {
  impl_->send([call, rtp_port](NuaCore& core) { core.calls.answer(call, rtp_port); });
}
void NuaThread::hang_up(CallId call, Cause cause) {
  impl_->send([call, cause](NuaCore& core) { core.calls.hang_up(call, cause); });
}
void NuaThread::hold(CallId call, bool on) {
  impl_->send([call, on](NuaCore& core) { core.calls.hold(call, on); });
}
void NuaThread::refer(CallId call, std::string target) {
  impl_->send([call, target = std::move(target)](NuaCore& core) { core.calls.refer(call, target); });
}
void NuaThread::refer(CallId call, CallId other) {
  impl_->send([call, other](NuaCore& core) { core.calls.refer(call, other); });
}
void NuaThread::transfer_ended(CallId call, Cause outcome) {
  impl_->send([call, outcome](NuaCore& core) { core.calls.transfer_ended(call, outcome); });
}
void NuaThread::notify_messages(std::string contact, std::string proxy, std::string summary) {
  impl_->send([contact = std::move(contact), proxy = std::move(proxy),
               summary = std::move(summary)](NuaCore& core) { core.phones.notify(contact, proxy, summary); });
}
void NuaThread::begin_recording(CallId id, RecorderInvitation invitation) {
  impl_->send(
      [id, invitation = std::move(invitation)](NuaCore& core) { core.recordings.begin(id, invitation); });
}
void NuaThread::pause_recording(CallId id, bool on) {
  impl_->send([id, on](NuaCore& core) { core.recordings.pause(id, on); });
}
void NuaThread::describe_recording(CallId id, std::string metadata) {
  impl_->send(
      [id, metadata = std::move(metadata)](NuaCore& core) { core.recordings.describe(id, metadata); });
}
void NuaThread::end_recording(CallId id) {
  impl_->send([id](NuaCore& core) { core.recordings.end(id); });
}
void NuaThread::trunk_found(std::size_t number, std::vector<std::string> addresses, bool failed) {
  impl_->send([number, addresses = std::move(addresses), failed](NuaCore& core) {
    if (!core.stopping()) core.trunks.found(number, addresses, failed);
  });
}
void NuaThread::tell_subscribers(std::string user, std::string summary) {
  impl_->send([user = std::move(user), summary = std::move(summary)](NuaCore& core) {
    core.subscriptions.tell(user, summary);
  });
}
void NuaThread::answer_refer(CallId call, bool taken) {
  impl_->send([call, taken](NuaCore& core) { core.calls.answer_refer(call, taken); });
}

}  // namespace vcsr::sip
