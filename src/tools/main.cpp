// SPDX-License-Identifier: Apache-2.0
#include "tools/tool.hpp"
#include "vcsr/version.hpp"

#ifdef VCSR_WITH_EXAMPLES
#include "bank/bank.hpp"
#include "delivery/delivery.hpp"
#endif

namespace {

#ifdef VCSR_WITH_EXAMPLES
vcsr::Task<> introduce_customers(vcsr::Loop& loop, vcsr::Site& site) {
  for (const vcsr::NumberConfig& number : site.config().numbers) {
    if (number.flow != "bank") continue;
    vcsr::Task<> introducing = introduce_bank_customers(site.customers(), loop, number.settings);
    co_await std::move(introducing);
  }
}
#endif

vcsr::ToolParts parts() {
  vcsr::ToolParts parts;
  parts.version = VCSR_VERSION;
  parts.flows = vcsr::built_in_flows();
#ifdef VCSR_WITH_EXAMPLES
  parts.flows.add("bank", make_bank);
  parts.flows.add("delivery", make_delivery);
  parts.prepare = introduce_customers;
#endif
  return parts;
}

}  // namespace

int main(int argc, char** argv) { return vcsr::run_tool(argc, argv, parts()); }
