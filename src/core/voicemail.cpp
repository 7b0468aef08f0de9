// SPDX-License-Identifier: Apache-2.0
#include "vcsr/voicemail.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/mailbox_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

VoicemailMessage* Mailbox::Impl::find(const std::string& id) {
  const auto found = std::find_if(messages.begin(), messages.end(),
                                  [&id](const VoicemailMessage& message) { return message.id == id; });
  return found == messages.end() ? nullptr : &*found;
}

void Mailbox::Impl::apply(const JournalEntry& entry) {
  const std::string id = text_in(entry.data, "message");
  if (entry.type == events::voicemail_left && !find(id)) {
    VoicemailMessage message;
    message.id = id;
    message.contact = entry.subject;
    message.from = Address(text_in(entry.data, "from"), text_in(entry.data, "name"));
    message.customer = text_in(entry.data, "customer");
    message.at = entry.at;
    const auto length = entry.data.find("length");
    const double* const spoken = length == entry.data.end() ? nullptr : length->second.get_if<double>();
    message.length =
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>(spoken ? *spoken : 0));
    message.file = text_in(entry.data, "file");
    messages.push_back(std::move(message));
  }
  if (entry.type == events::voicemail_heard) {
    if (VoicemailMessage* const message = find(id)) message->heard = true;
  }
  if (entry.type == events::voicemail_removed)
    std::erase_if(messages, [&id](const VoicemailMessage& message) { return message.id == id; });
  durable_ = count();
}

void Mailbox::Impl::add(VoicemailMessage message, const std::string& reason) {
  services->append(events::voicemail_left, message.contact,
                   {{"mailbox", options.name},
                    {"message", message.id},
                    {"from", message.from.uri},
                    {"name", message.from.name},
                    {"customer", message.customer},
                    {"reason", reason},
                    {"length", seconds(message.length)},
                    {"file", message.file}});
  messages.push_back(std::move(message));
  changed();
}

void Mailbox::Impl::set_heard(const std::string& id) {
  VoicemailMessage* const message = find(id);
  if (!message || std::exchange(message->heard, true)) return;
  services->append(events::voicemail_heard, message->contact, {{"mailbox", options.name}, {"message", id}});
  changed();
}

void Mailbox::Impl::remove(const std::string& id) {
  const VoicemailMessage* const message = find(id);
  if (!message) return;
  services->append(events::voicemail_removed, message->contact, {{"mailbox", options.name}, {"message", id}});
  std::erase_if(messages, [&id](const VoicemailMessage& known) { return known.id == id; });
  changed();
}

WaitingMessages Mailbox::Impl::count() const {
  WaitingMessages waiting;
  for (const VoicemailMessage& message : messages) ++(message.heard ? waiting.heard : waiting.fresh);
  return waiting;
}

void Mailbox::Impl::changed() {
  if (services->open) services->background.spawn(tell_durable(shared_from_this()));
}

// Nobody waits for it, so it waits for a slow disk as long as that takes.
Task<> Mailbox::Impl::tell_durable(std::shared_ptr<Impl> mailbox) {
  const WaitingMessages now = mailbox->count();
  Task<> writing = mailbox->services->journal.durable();
  co_await std::move(writing);
  mailbox->durable_ = now;
  mailbox->notify();
}

void Mailbox::Impl::notify() const {
  if (options.phone.uri.empty() || !services->open) return;
  if (Driver* const driver = services->driver_for(options.phone))
    driver->notify_messages(options.phone, durable_);
}

std::vector<VoicemailMessage> Mailbox::Impl::sorted() const {
  std::vector<VoicemailMessage> all = messages;
  std::stable_sort(all.begin(), all.end(),
                   [](const VoicemailMessage& a, const VoicemailMessage& b) { return a.heard < b.heard; });
  return all;
}

const std::string& Mailbox::name() const { return impl_->options.name; }
std::vector<VoicemailMessage> Mailbox::messages() const { return impl_->sorted(); }
Task<std::optional<VoicemailMessage>> Mailbox::take(Call call, Reason reason) {
  return take_message(impl_, call.impl_, std::move(reason));
}
Task<> Mailbox::listen(Call call) { return play_messages(impl_, call.impl_); }
void Mailbox::set_heard(const std::string& id) { impl_->set_heard(id); }
void Mailbox::remove(const std::string& id) { impl_->remove(id); }

}  // namespace vcsr
