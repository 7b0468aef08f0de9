// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/agent.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/call.hpp"
#include "vcsr/caller_list.hpp"
#include "vcsr/data_source.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/media/recording_writer.hpp"
#include "vcsr/outgoing_call.hpp"
#include "vcsr/parking.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recording_policy.hpp"
#include "vcsr/store/customer_store.hpp"
#include "vcsr/telephony/driver.hpp"
#include "vcsr/voicemail.hpp"

namespace vcsr {

class Loop;

/// What serves a call: a coroutine that reads from top to bottom. When it returns, the call is hung up. It
/// begins once the journal has the contact on disk, or after 2 s where the disk does not keep up.
using Dialogue = std::function<Task<>(Call)>;

/// Goes on with a contact without a call that recover() has brought back, and the queue where it waited.
using Resumption = std::function<Task<>(Contact, Queue)>;

/// What holds for the whole center.
struct CenterOptions {
  std::string language = "en";  ///< spoken until the customer's own is known
  std::string recordings = {};  ///< folder of Call::record(); "" refuses to record
  RecordingPolicy recording = {};
  /// Makes them instead of a RecordingWriter of the center's own.
  std::shared_ptr<RecordingMaker> recording_maker = {};
  Transcriber* transcriber = nullptr;  ///< understands callers; null: they press keys. Outlives the center
  Log log = {};
  /// Catalog name of what those on hold hear, where their queue has none; "": silence.
  std::string music = {};
  ParkingOptions parking = {};
  /// A number, such as "*8": an agent's telephone that dials it has the call that rings longest at those
  /// whose calls the agent may pick up (Parties::pick_up()). It is refused with Cause::not_found where none
  /// rings, and with Cause::rejected for anybody else and who is logged out. "": there is none; a dialogue
  /// that Center::serve() gave the number goes before.
  std::string pickup_code = {};
  /// Whether the journal tells of each choice of an agent on what it rests (contact.assigned), without which
  /// QueueDecisions knows nothing.
  bool explains_choices = true;
  Worker::Mode file_work = Worker::Mode::thread;  ///< reading and removing files; on_loop for simulations
  /// Who is not known gets a folder as soon as CustomerContext::identify() looks for her.
  bool provisional_customers = false;
  /// Back offices that CustomerContext::identify() asks beside the store.
  std::vector<IdentifySource> identify_sources = {};
  /// Back offices for dialogues: Center::source().
  std::vector<std::shared_ptr<DataSource>> sources = {};
};

/// A contact center in one object, on one loop: it owns drivers, calls and the dialogues that serve
/// them, its queues and its agents. Destroying it ends them all, and every contact with an outcome, but for
/// those without a call that wait in a queue: see recover().
/// One per core; they share nothing. Not destroyed from inside one of its own dialogues.
class VCSR_EXPORT Center {
 public:
  /// All three outlive the center.
  Center(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options = {});
  ~Center();
  Center(const Center&) = delete;

  /// Starts the driver; the center then owns it. Throws what Driver::start() throws.
  Driver& add(std::unique_ptr<Driver> driver);

  /// Which dialogue serves calls to `number` (the user part of what was dialled) from now on, instead of an
  /// earlier one; "*" serves all others. Calls that nothing serves are refused with Cause::not_found.
  void serve(std::string number, Dialogue dialogue);

  /// Both throw Error(refused) for a name or id that exists and Error(invalid) for options that contradict
  /// themselves, naming which.
  Queue add_queue(QueueOptions options);
  Agent add_agent(AgentOptions options);
  /// Throws Error(not_found) naming those there are.
  Queue queue(const std::string& name) const;
  Agent agent(const std::string& id) const;
  /// Throws like add_queue() and queue(). Before recover(), which brings back its messages.
  Mailbox add_mailbox(MailboxOptions options);
  Mailbox mailbox(const std::string& name) const;
  std::vector<Mailbox> mailboxes() const;
  /// Throws like add_queue() and queue(), and Error(invalid) for an entry that is none. Before recover(),
  /// which brings back its entries. Callers are looked for on all lists: those favored before those blocked.
  CallerList add_caller_list(CallerListOptions options);
  CallerList caller_list(const std::string& name) const;
  std::vector<CallerList> caller_lists() const;
  /// The back office of CenterOptions::sources with this name. Throws Error(not_found) naming those there
  /// are.
  DataSource& source(const std::string& name) const;
  /// All of them, by name and by id.
  std::vector<Queue> queues() const;
  std::vector<Agent> agents() const;

  /// Calls a customer and lets `dialogue` serve the call once it is answered; the task ends with the
  /// outcome of the dialling, while the dialogue goes on. Unreachable when no driver understands the address.
  /// Throws Error(invalid) for a ring time that is too short. Dropping the task before its end hangs up.
  Task<Reached> call(Address to, Dialogue dialogue, OutgoingOptions options = {});
  /// The same without a dialogue: once answered the call is the caller's, until either side hangs up.
  Task<Outgoing> call(Address to, OutgoingOptions options = {});

  /// A contact without a call, which its owner closes: Queue::serve(Contact), Contact::close(). Its
  /// channel may be voice: a call that somebody else's switch carries.
  Contact open(ContactOptions options);
  /// The open contact without a call of this id.
  std::optional<Contact> find_contact(const std::string& id) const;

  /// The open call of this contact; nothing while a customer whom the center calls is not yet dialled.
  std::optional<Call> find_call(const std::string& contact) const;
  /// Who is parked, by slot.
  std::vector<ParkedCall> parked() const;
  /// The call that is parked there: Parties::pick_up(). Throws Error(not_found) naming the slots.
  Call parked_call(const std::string& slot) const;
  /// The call that rings at this agent's telephone: Parties::pick_up(). Throws Error(refused) when none does.
  Call ringing_call(const Agent& at) const;
  /// Calls that are open now.
  std::size_t calls() const;

  /// Brings back from the journal what an earlier run of the program left, whether it was stopped or killed.
  /// Contacts without a call (but voice) that waited, were offered or in hand are open again: see
  /// on_resumed(). Every other contact gets its outcome (interrupted) and its record. Agents who were logged
  /// in are so again, ready or not ready as they had chosen, but for those who follow their telephones; what
  /// QueueReport and strategies count goes on. After queues and agents were added, before the first driver is
  /// added; returns how many were interrupted.
  Task<std::size_t> recover();
  /// Before recover(); the last one holds. What serves the contacts that recover() brings back. Its
  /// Queue::serve() in that queue has the old place, priority and age there, whatever ServeOptions::priority
  /// says, and may be the only thing it does. Without it they are served in their queues and then closed.
  /// Callbacks are the queues' own affair.
  void on_resumed(Resumption resumption);

  /// Takes no more calls, hangs up those there are, and waits until everything is recorded and durable.
  /// Contacts without a call that wait in a queue are kept for the next run: nothing more is offered.
  Task<> stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
