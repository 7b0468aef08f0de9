// SPDX-License-Identifier: Apache-2.0
#pragma once

// The one door to sofia-sip: its context types are macros, so every file that uses it must see the same
// ones. Never sdp.h or soa.h: Debian's sdp_parse() can be made to loop for ever.

namespace vcsr::sip {
class NuaCore;
struct HandleOwner;

/// What a message to sofia's thread carries: to whom it goes.
struct WakeMessage {
  void* impl;
};
}  // namespace vcsr::sip

#define SU_ROOT_MAGIC_T vcsr::sip::NuaCore
#define NUA_MAGIC_T vcsr::sip::NuaCore
#define NUA_HMAGIC_T vcsr::sip::HandleOwner
#define SU_MSG_ARG_T vcsr::sip::WakeMessage
#define SU_TIMER_ARG_T vcsr::sip::NuaCore

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sresolv.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_wait.h>
#include <sofia-sip/tport_tag.h>
#pragma GCC diagnostic pop

namespace vcsr::sip {

/// What sofia carries for us with a handle.
struct HandleOwner {
  enum class Kind { call, trunk, recording, subscription };

  explicit HandleOwner(Kind kind) : kind(kind) {}

  Kind kind;
  nua_handle_t* handle = nullptr;
};

/// The arguments of a callback; all but `owner` live during it only.
struct NuaEvent {
  nua_event_t kind;
  int status;
  nua_handle_t* handle;
  HandleOwner* owner;
  const sip_t* sip;
  tagi_t* tags;
};

}  // namespace vcsr::sip
