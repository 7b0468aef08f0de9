// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/toml_section.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr {

/// Reads [sip]; `absolute` completes a path that was given. True when it says whether any host may be
/// dialled.
bool read_sip(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
              SipOptions& sip);

}  // namespace vcsr
