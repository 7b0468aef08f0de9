// SPDX-License-Identifier: Apache-2.0
#include "telephony/driver_contract.hpp"

std::vector<Clause> driver_contract() {
  std::vector<Clause> all;
  for (const auto* clauses : {&contract_on_arriving(), &contract_on_dialling(), &contract_on_ending(),
                              &contract_on_sound(), &contract_on_parties()})
    all.insert(all.end(), clauses->begin(), clauses->end());
  return all;
}
