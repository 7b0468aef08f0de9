// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/services.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// Contacts without a call: their beginning, their way through a queue, and their end with the center.
Contact open_contact(std::shared_ptr<Services> services, ContactOptions options);
Task<Served> serve_contact(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact,
                           ServeOptions options);
/// Goes on with one that an earlier run of the program left.
Task<> resume_contact(std::shared_ptr<Contact::Impl> contact);
/// All but those that wait in a queue or are in hand: they are kept for the next run.
void interrupt_contacts(Services& services);

}  // namespace vcsr
