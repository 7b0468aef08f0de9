// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/dispatch.hpp"
#include "core/wait_estimates.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

/// What a center's objects share. Handles may outlive the center; `open` is then false and nothing
/// behind the references may be touched.
struct Services {
  Services(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options)
      : loop(loop),
        journal(journal),
        customers(customers),
        log(options.log.component("center")),
        recordings(loop, {.log = options.log.component("recorder")}),
        options(std::move(options)),
        dispatch(loop),
        background(loop) {}

  Timestamp on_loop(WallTime at) const { return loop.now() - (loop.wall_time() - at); }

  void append(const char* type, const std::string& subject, Facts data) {
    if (!open) return;
    waits.apply(type, subject, data);
    journal.append(type, subject, std::move(data));
  }

  /// Null when no driver understands the address.
  Driver* driver_for(const Address& to) const {
    for (const auto& driver : drivers)
      if (driver->reaches(to)) return driver.get();
    return nullptr;
  }

  /// Where files are read and removed.
  Worker& file_worker() {
    if (!files) files = std::make_unique<Worker>(loop, options.file_work);
    return *files;
  }
  RecordingMaker& maker() { return options.recording_maker ? *options.recording_maker : recordings; }
  /// Null when the address is no agent's.
  std::shared_ptr<Agent::Impl> agent_at(const Address& address) const;
  /// Whose telephone calls us; null when it is no agent's.
  std::shared_ptr<Agent::Impl> agent_calling(const Address& from) const;

  Loop& loop;
  Journal& journal;
  CustomerStore& customers;
  Log log;
  RecordingWriter recordings;
  CenterOptions options;
  std::vector<std::unique_ptr<Driver>> drivers;
  std::map<std::string, std::shared_ptr<Agent::Impl>> agents;
  std::map<std::string, std::weak_ptr<Queue::Impl>> queues;
  std::unordered_map<std::string, std::shared_ptr<Contact::Impl>> contacts;  ///< without a call, open
  std::vector<Call::Impl*> open_calls;                                       ///< and some that have ended
  WaitEstimates waits;
  bool open = true;
  bool suspended = false;  ///< contacts without a call are left to the next run of the program
  bool recovered = false;
  Resumption resumption;
  /// Sees to it that the customer is called back, and then to the end of the contact.
  std::function<void(std::shared_ptr<Contact::Impl>)> call_back;
  /// A call is open from now on, or no more.
  std::function<void(const std::shared_ptr<Call::Impl>&)> admit, dismiss;
  bool disk_is_late = false;      ///< somebody's patience was over, and the journal has not caught up since
  std::unique_ptr<Worker> files;  ///< made when it is needed
  std::map<std::string, std::shared_ptr<Mailbox::Impl>> mailboxes;
  std::map<std::string, std::shared_ptr<CallerList::Impl>> caller_lists;
  Dispatch dispatch;
  Scope background;  ///< what nobody waits for; cancelled with the center
};

inline double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace vcsr
