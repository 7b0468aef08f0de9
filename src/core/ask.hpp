// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "vcsr/call.hpp"

namespace vcsr {

Task<Heard> ask_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options);
Task<Secret> ask_hidden_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options);

}  // namespace vcsr
