// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "recording/vault.hpp"

namespace vcsr::recording {

std::vector<RecordingUse> Vault::uses_after(std::uint64_t number, std::size_t limit) {
  return attempt([&](Open& open) { return open.catalog.uses_after(number, limit); });
}

void Vault::record_use(const std::string& id, const char* kind, Facts details, const Act& act) {
  change([&](Open& open) {
    LedgerEntry draft{.at = act.at, .by = act.by, .kind = kind, .recording = id};
    draft.details = std::move(details);
    enter(open, std::move(draft));
  });
}

}  // namespace vcsr::recording
