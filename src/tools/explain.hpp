// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vcsr {

struct ExplainRequest {
  std::string path;  ///< a center's folder, journal.db, or what `vcsr journal show --json` printed
  std::string contact;
  std::string language = "en";
};

/// `vcsr journal explain`: prints every decision of queues about the contact. Throws Error; not_found for a
/// contact that never waited, says the journal.
int explain_contact(const ExplainRequest& request);

}  // namespace vcsr
