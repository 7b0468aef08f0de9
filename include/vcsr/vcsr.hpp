// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything an embedder needs, for small programs; larger ones include what they use.
#include "vcsr/agent.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/call.hpp"
#include "vcsr/center.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/customer_context.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/media/voice.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recorder.hpp"
#include "vcsr/rule_set.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"
