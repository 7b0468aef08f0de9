// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "vcsr/call.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Who hears a call's customer and what she hears, beside the recording: one detector, and those who listen.
/// The latter hear silence while nothing may be kept. A call that nobody hears has no ear at its leg.
class CallEars {
 public:
  class Ear;

  explicit CallEars(Call::Impl& call) : call_(call) {}
  CallEars(const CallEars&) = delete;

  /// Instead of the one before; null: none.
  void detect(std::shared_ptr<AudioTap> detector);
  /// Throws Error(refused) when as many listen as may.
  std::shared_ptr<Ear> add(std::shared_ptr<AudioTap> listener);
  void remove(const std::shared_ptr<Ear>& ear);

  /// A secret is asked for, or the recording pauses; or that is over.
  void obey();
  /// The customer has another leg.
  void moved() { attach(); }
  /// The leg is no longer the call's.
  void end();

 private:
  void attach();

  Call::Impl& call_;
  std::shared_ptr<AudioTap> detector_;
  std::vector<std::shared_ptr<Ear>> listeners_;
  bool attached_ = false;
};

}  // namespace vcsr
