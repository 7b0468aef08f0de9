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

}  // namespace

Task<> on_record(std::shared_ptr<Call::Impl> call) {
  Services& services = *call->services;
  call->require_live();
  if (!services.journal.trouble().empty()) co_return;
  Until<bool> over(services.loop, call->waiters);
  Task<> writing = tell(services.journal.durable(), true, over);
  writing.start();
  Task<> waiting = tell(detail::pause(services.loop, patience), false, over);
  if (!over.is_set()) waiting.start();
  const bool durable = co_await over;
  if (!durable)
    services.log.warning("the disk is slow: a contact goes on before it is durable in the journal",
                         {{"contact", call->contact->id}});
}

}  // namespace vcsr
