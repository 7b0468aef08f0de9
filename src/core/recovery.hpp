// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

#include "core/services.hpp"

namespace vcsr {

/// Closes in journal and store what an earlier run left open; see Center::recover().
Task<std::size_t> recover_contacts(std::shared_ptr<Services> services);

}  // namespace vcsr
