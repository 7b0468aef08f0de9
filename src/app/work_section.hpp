// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/toml_section.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// The keys of [[queue]] about the time for notes and what came of a contact: wrap_up_mode,
/// wrap_up_extension and those of dispositions.
void read_wrap_up(TomlSection& section, QueueOptions& queue);
/// The table capacity.
void read_capacity(TomlSection& section, Capacity& capacity);
/// The keys of [[agent]] about how much at once and signs of life: capacity, heartbeat_limit and
/// heartbeat_grace.
void read_work(TomlSection& section, AgentOptions& agent);

}  // namespace vcsr
