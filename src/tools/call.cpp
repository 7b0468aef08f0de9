// SPDX-License-Identifier: Apache-2.0
#include "tools/call.hpp"

#include <utility>

#include "tools/run_to_end.hpp"
#include "tools/scripted_call.hpp"
#include "tools/tool.hpp"

namespace vcsr {

namespace {

/// Nobody calls a telephone that only calls.
class NoReception final : public Reception {
 public:
  void on_arrival(std::unique_ptr<Leg> leg, const Arrival&) override { leg->hang_up(Cause::rejected); }
};

Task<int> run(Telephone& telephone, Driver& driver, const CallRequest& request,
              const std::vector<Step>& script) {
  ScriptedCall call(telephone.loop, script, telephone.story);
  std::shared_ptr<WavRecording> recording = telephone.record(1);
  telephone.story.tell("calling", request.to, {{"to", request.to}});
  const DialOptions options{.from = Address(request.from)};
  call.take(driver.dial(Address(request.to), call, options), std::move(recording));
  const bool answered = co_await call.answered(request.telephone.timeout);
  if (!answered) co_return failed;
  const bool good = co_await call.play();
  co_return good ? succeeded : failed;
}

}  // namespace

int place_call(const CallRequest& request) {
  const std::vector<Step> script = read_script(request.telephone, ScriptRole::caller);
  Telephone telephone(request.telephone);
  NoReception reception;
  const std::unique_ptr<SipDriver> driver = telephone.start({}, reception);
  if (!driver->reaches(Address(request.to)))
    throw Error(Error::Code::invalid,
                "expected an address such as sip:8000@127.0.0.1:5060, got '" + request.to + "'");
  const int status = run_to_end(telephone.loop, run(telephone, *driver, request, script));
  driver->stop();
  return status;
}

}  // namespace vcsr
