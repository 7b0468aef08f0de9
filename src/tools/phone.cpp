// SPDX-License-Identifier: Apache-2.0
#include "tools/phone.hpp"

#include <utility>

#include "tools/run_to_end.hpp"
#include "tools/scripted_call.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

namespace {

/// One line: whoever calls during a call finds it busy.
class Phone final : public Reception {
 public:
  Phone(Telephone& telephone, const std::vector<Step>& script, int calls)
      : telephone_(telephone),
        script_(script),
        calls_(calls),
        over_(telephone.loop),
        scope_(telephone.loop) {}

  Task<int> run() {
    telephone_.loop.on_signal([this] { over_.set(succeeded); });
    const int status = co_await over_;
    co_return status;
  }

 private:
  void on_arrival(std::unique_ptr<Leg> leg, const Arrival& arrival) override {
    if (scope_.size() > 0 || over_.is_set()) {
      leg->hang_up(Cause::busy);
      return;
    }
    ++taken_;
    telephone_.story.tell("call",
                          arrival.from.uri + (arrival.from.name.empty() ? "" : " " + arrival.from.name),
                          {{"from", arrival.from.uri}, {"name", arrival.from.name}, {"number", taken_}});
    scope_.spawn(serve(std::move(leg)));
  }

  Task<> serve(std::unique_ptr<Leg> leg) {
    ScriptedCall call(telephone_.loop, script_, telephone_.story);
    leg->listen(call);
    call.take(std::move(leg), telephone_.record(taken_));
    const bool good = co_await call.play();
    all_good_ = all_good_ && good;
    if (taken_ == calls_) over_.set(all_good_ ? succeeded : failed);
  }

  Telephone& telephone_;
  const std::vector<Step>& script_;
  int calls_, taken_ = 0;
  bool all_good_ = true;
  Event<int> over_;
  Scope scope_;
};

}  // namespace

SipRegistration registration_of(const std::string& account, const Secret& password) {
  const std::size_t at = account.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == account.size())
    throw Error(Error::Code::invalid, "expected USER@HOST:PORT after --register, got '" + account + "'");
  SipRegistration registration;
  registration.registrar = "sip:" + account.substr(at + 1);
  registration.user = account.substr(0, at);
  registration.password = password;
  return registration;
}

int run_phone(const PhoneRequest& request) {
  const std::vector<Step> script = read_script(request.telephone, ScriptRole::phone);
  SipOptions options;
  if (!request.account.empty())
    options.registrations.push_back(registration_of(request.account, request.password));
  Telephone telephone(request.telephone);
  Phone phone(telephone, script, request.calls);
  const std::unique_ptr<SipDriver> driver = telephone.start(std::move(options), phone);
  const std::string& address = request.telephone.address;
  const std::string where = (address.find(':') == address.npos ? address : "[" + address + "]") + ":" +
                            std::to_string(driver->port());
  telephone.story.tell("waiting", "on " + where, {{"address", where}});
  const int status = run_to_end(telephone.loop, phone.run());
  driver->stop();
  return status;
}

}  // namespace vcsr
