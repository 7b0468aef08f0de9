// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/contact_impl.hpp"

namespace vcsr {

/// Asks all of CenterOptions::identify_sources at the same time who this is; what they know is then
/// collected, in their order. Ends when each has answered or is late. Never throws Error.
Task<> ask_sources(std::shared_ptr<Contact::Impl> contact, Identity identity);

}  // namespace vcsr
