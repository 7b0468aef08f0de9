// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/telephone.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr {

struct PhoneRequest {
  TelephoneRequest telephone;
  std::string account;  ///< "1001@127.0.0.1:5060"; "": it does not register
  Secret password;
  int calls = 0;  ///< after so many it ends; 0: on SIGINT or SIGTERM
};

/// `vcsr phone`: a telephone that registers and plays the script in every call that comes. Throws Error.
int run_phone(const PhoneRequest& request);

/// What `account` asks for. Throws Error(invalid) when it is not USER@HOST or USER@HOST:PORT.
SipRegistration registration_of(const std::string& account, const Secret& password);

}  // namespace vcsr
