// SPDX-License-Identifier: Apache-2.0
// Calls that ring at several telephones of one user: the first that answers has the call.
#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_cause.hpp"

namespace vcsr::sip {

void NuaCalls::fork(CallId id, const Invitation& invitation) {
  std::vector<CallId> branches;
  for (std::size_t i = 0; i <= invitation.others.size(); ++i) branches.push_back(core_.next_id());
  forks_[id].branches = branches;
  for (const CallId branch : branches) forked_[branch] = id;
  send_invite(branches[0], {invitation.to, invitation.from, invitation.proxy, {}, -1}, invitation.rtp_port);
  for (std::size_t i = 1; i < branches.size() && forks_.count(id) != 0; ++i) {
    const Destination& other = invitation.others[i - 1];
    send_invite(branches[i], {other.to, invitation.from, other.proxy, {}, -1}, invitation.rtp_port);
  }
}

void NuaCalls::tell(StackEvent event) {
  const auto forked = forked_.find(event.call);
  if (forked == forked_.end()) core_.tell(std::move(event));
  else on_branch(forked->second, std::move(event));
}

void NuaCalls::on_branch(CallId id, StackEvent event) {
  NuaFork& fork = forks_.at(id);
  const CallId branch = event.call;
  event.call = id;
  switch (event.kind) {
    case StackEvent::Kind::ringing:
      if (!std::exchange(fork.rang, true)) core_.tell(std::move(event));
      break;
    case StackEvent::Kind::answered: {
      auto node = calls_.extract(branch);
      std::erase(fork.branches, branch);
      forked_.erase(branch);
      cancel_fork(id, Cause::answered_elsewhere);
      node.key() = node.mapped()->id = id;
      calls_.insert(std::move(node));
      core_.tell(std::move(event));
      break;
    }
    case StackEvent::Kind::ended:
      std::erase(fork.branches, branch);
      forked_.erase(branch);
      // Busy at one telephone says more than silence at another.
      if (fork.cause == Cause::unreachable) fork.cause = event.cause;
      event.cause = fork.cause;
      if (!fork.branches.empty() && event.cause != Cause::rejected) break;
      cancel_fork(id, Cause::answered_elsewhere);
      core_.tell(std::move(event));
      break;
    default: break;  // Early audio of several telephones at once would be noise.
  }
}

bool NuaCalls::cancel_fork(CallId id, Cause cause) {
  const auto found = forks_.find(id);
  if (found == forks_.end()) return false;
  const std::vector<CallId> branches = std::move(found->second.branches);
  forks_.erase(found);
  for (const CallId branch : branches) {
    forked_.erase(branch);
    NuaCall* const call = find(branch);
    if (!call) continue;
    end(*call);
    cancel(*call, cause);
  }
  return true;
}

}  // namespace vcsr::sip
