// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/toml_section.hpp"
#include "vcsr/caller_list.hpp"

namespace vcsr {

/// One [[caller_list]].
CallerListOptions read_caller_list(TomlSection& section);

}  // namespace vcsr
