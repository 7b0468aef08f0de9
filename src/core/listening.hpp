// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/call_impl.hpp"

namespace vcsr {

/// Lets somebody hear a call's customer beside the recorder, until it is destroyed.
class Overhearing {
 public:
  Overhearing(std::shared_ptr<Call::Impl> call, std::shared_ptr<AudioTap> ear);
  ~Overhearing();
  Overhearing(const Overhearing&) = delete;
  Overhearing& operator=(const Overhearing&) = delete;

 private:
  std::shared_ptr<Call::Impl> call_;
};

/// Until the customer whom we call answers (Cause::normal), or the network tells by a tone why not.
Task<Cause> listen_while_ringing(std::shared_ptr<Call::Impl> call);

/// Until something changes on the call, but not for long: what is found on the media thread wakes nobody.
Task<> moment(std::shared_ptr<Call::Impl> call);

Task<Answerer> detect_answerer(std::shared_ptr<Call::Impl> call, AnswererOptions options);

}  // namespace vcsr
