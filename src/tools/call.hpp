// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/telephone.hpp"

namespace vcsr {

struct CallRequest {
  TelephoneRequest telephone;
  std::string to;    ///< "sip:8000@127.0.0.1:5060"
  std::string from;  ///< shown to the party; "": the driver's own
};

/// `vcsr call`: places one call and plays the script. Throws Error.
int place_call(const CallRequest& request);

}  // namespace vcsr
