// SPDX-License-Identifier: Apache-2.0
#include "app/voicemail_flows.hpp"

#include <optional>
#include <utility>

#include "app/settings.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

Task<> leave_message(Call call, Mailbox mailbox, Reason reason) {
  Task<std::optional<VoicemailMessage>> taking = mailbox.take(std::move(call), std::move(reason));
  co_await std::move(taking);
}

Dialogue make_voicemail(Center& center, Loop&, const Facts& facts) {
  const Settings settings(facts, {"mailbox", "reason"});
  const Mailbox mailbox = center.mailbox(settings.text("mailbox"));
  const Reason reason(settings.text("reason", "left a message"));
  return [mailbox, reason](Call call) { return leave_message(std::move(call), mailbox, reason); };
}

Dialogue make_mailbox(Center& center, Loop&, const Facts& facts) {
  const Settings settings(facts, {"mailbox"});
  return [mailbox = center.mailbox(settings.text("mailbox"))](Call call) {
    return Mailbox(mailbox).listen(std::move(call));
  };
}

Task<> ring_extension(Call call, Address to, DialPartyOptions options, Mailbox mailbox) {
  call.ring();
  Task<Reached> dialing = call.dial(std::move(to), options);
  const Reached reached = co_await std::move(dialing);
  if (reached == Reached::answered) {
    co_await call.answer();
    co_await call.talk();
    co_return;
  }
  Task<> leaving = leave_message(std::move(call), std::move(mailbox),
                                 Reason(std::string("left a message: ") + to_string(reached)));
  co_await std::move(leaving);
}

Dialogue make_extension(Center& center, Loop&, const Facts& facts) {
  const Settings settings(facts, {"to", "ring_time", "mailbox"});
  const Address to(settings.text("to"));
  if (to.scheme().empty())
    throw Error(Error::Code::invalid, "to: expected an address such as \"sip:1001\", got \"" + to.uri + "\"");
  const DialPartyOptions options{.ring_time =
                                     settings.duration("ring_time").value_or(std::chrono::seconds(20))};
  const Mailbox mailbox = center.mailbox(settings.text("mailbox"));
  return [to, options, mailbox](Call call) { return ring_extension(std::move(call), to, options, mailbox); };
}

}  // namespace

void add_voicemail_flows(Flows& flows) {
  flows.add("voicemail", make_voicemail);
  flows.add("mailbox", make_mailbox);
  flows.add("extension", make_extension);
}

}  // namespace vcsr
