// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <vcsr/base/task.hpp>
#include <vcsr/media/prompt.hpp>

#include "ledger.hpp"

/// What the bank says about a topic. All throw like Ledger, which outlives them.
vcsr::Task<vcsr::Prompt> balance(Ledger& ledger, std::string number);
vcsr::Task<vcsr::Prompt> transactions(Ledger& ledger, std::string number, std::string language);
vcsr::Task<vcsr::Prompt> rates(Ledger& ledger, std::string language);
vcsr::Task<vcsr::Prompt> hours(Ledger& ledger, std::string language);
