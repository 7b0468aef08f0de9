// SPDX-License-Identifier: Apache-2.0
#include "core/on_record.hpp"

#include <utility>

#include "vcsr/base/together.hpp"

namespace vcsr {

namespace {

/// What a caller hardly notices, and far more than a disk takes that is well.
constexpr Duration patience = std::chrono::seconds(2);

Task<> tell(Task<> wait, bool durable, Event<bool>& over) {
  co_await std::move(wait);
  over.set(durable);
}

Task<> until_caught_up(std::shared_ptr<Services> services) {
  Task<> writing = services->journal.durable();
  co_await std::move(writing);
  services->disk_is_late = false;
}

/// `over` is somebody's who awaits this.
Task<> wait(std::shared_ptr<Services> services, Event<bool>& over, std::string contact) {
  if (!services->open || services->disk_is_late || !services->journal.trouble().empty()) co_return;
  Task<> writing = tell(services->journal.durable(), true, over);
  writing.start();
  Task<> waiting = tell(detail::pause(services->loop, patience), false, over);
  if (!over.is_set()) waiting.start();
  const bool durable = co_await over;
  if (durable || !services->open) co_return;
  services->log.warning("the disk is slow: contacts go on before they are durable in the journal",
                        {{"contact", contact}});
  if (!std::exchange(services->disk_is_late, true)) services->background.spawn(until_caught_up(services));
}

}  // namespace

Task<> on_record(std::shared_ptr<Call::Impl> call) {
  call->require_live();
  Until<bool> over(call->services->loop, call->waiters);
  Task<> waiting = wait(call->services, over, call->contact->id);
  co_await std::move(waiting);
}

Task<> on_record(std::shared_ptr<Services> services, std::string contact) {
  Event<bool> over(services->loop);
  Task<> waiting = wait(services, over, std::move(contact));
  co_await std::move(waiting);
}

}  // namespace vcsr
