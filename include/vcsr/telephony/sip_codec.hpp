// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace vcsr {

/// What goes over the wire. The numbers are the RTP payload types that we offer (RFC 3551). Inside audio has
/// 8,000 samples a second, so others than G.711 save bandwidth or suit a party that has no G.711; between two
/// parties of the same codec packets pass as they came.
enum class SipCodec : std::uint8_t { pcmu = 0, pcma = 8, g722 = 9, opus = 112 };

}  // namespace vcsr
