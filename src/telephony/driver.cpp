// SPDX-License-Identifier: Apache-2.0
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

Leg::~Leg() = default;
void Leg::overhear(std::shared_ptr<AudioTap>) {}
std::optional<Answerer::Kind> Leg::declared_answerer() const { return {}; }
Driver::~Driver() = default;

std::optional<MediaQuality> Leg::quality() const { return {}; }

// Of drivers without Capabilities::transfers.
void Leg::refer(Leg&) {}
void Leg::transfer_ended(Cause) {}

void Leg::connect(Leg& other) {
  for (Leg* leg : {this, &other}) {
    leg->disconnect();
    leg->stop_playing();
  }
  hear(other, true);
  other.hear(*this, true);
}

}  // namespace vcsr
