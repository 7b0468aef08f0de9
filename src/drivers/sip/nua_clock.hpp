// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace vcsr::sip {

/// Lets sofia-sip's timers go by the time that passes, in whole milliseconds. By themselves they go by the
/// time of day: a clock that is put forward ends every call with a session timer. And sofia sleeps whole
/// milliseconds and spins through what is left until a timer is due, and a busy port always has one that is:
/// with such a clock nothing is left. To be called once, before the stack is used.
void count_steady_milliseconds();

}  // namespace vcsr::sip
