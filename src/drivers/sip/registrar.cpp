// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar.hpp"

#include <algorithm>

namespace vcsr::sip {

bool Registrar::bind(const std::string& user, std::string uri, std::string source, WallTime expires) {
  std::vector<ContactBinding>& bound = users_[user];
  const auto known =
      std::find_if(bound.begin(), bound.end(), [&](const ContactBinding& b) { return b.uri == uri; });
  if (known != bound.end()) {
    known->source = std::move(source);
    known->expires = expires;
    return true;
  }
  if (bound.size() >= most_bindings_) return false;
  bound.push_back({std::move(uri), std::move(source), expires});
  return true;
}

void Registrar::unbind(const std::string& user, std::string_view uri) {
  const auto found = users_.find(user);
  if (found == users_.end()) return;
  std::erase_if(found->second, [&](const ContactBinding& binding) { return binding.uri == uri; });
  if (found->second.empty()) users_.erase(found);
}

void Registrar::unbind_all(const std::string& user) { users_.erase(user); }

std::vector<std::string> Registrar::expire(WallTime now) {
  std::vector<std::string> changed;
  for (auto user = users_.begin(); user != users_.end();) {
    if (std::erase_if(user->second, [&](const ContactBinding& binding) { return binding.expires <= now; }) >
        0) {
      changed.push_back(user->first);
    }
    user = user->second.empty() ? users_.erase(user) : std::next(user);
  }
  return changed;
}

void Registrar::restore(const std::string& user, std::vector<ContactBinding> bindings) {
  if (bindings.empty()) users_.erase(user);
  else users_[user] = std::move(bindings);
}

const std::vector<ContactBinding>& Registrar::bindings(const std::string& user) const {
  static const std::vector<ContactBinding> none;
  const auto found = users_.find(user);
  return found == users_.end() ? none : found->second;
}

}  // namespace vcsr::sip
