// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/agent_world.hpp"

namespace vcsr::testing {

/// A desk for chats; its agents work by hand.
struct ChatDesk : Staff {
  explicit ChatDesk(QueueOptions options = {.name = "service",
                                            .offer_time = std::chrono::seconds(15),
                                            .wrap_up = std::chrono::seconds(10)})
      : Staff(std::move(options)) {}

  Agent chatter(const std::string& id, int chats = 1) {
    return staff(AgentOptions{.id = id,
                              .name = {},
                              .address = {},
                              .capacity = {.units = chats, .takes = {{Channel::chat, 1}}, .at_most = {}}});
  }
  Contact write(const std::string& from, Channel channel = Channel::chat) {
    Contact contact = center.open({.channel = channel, .from = from, .reason = "asks"});
    serving.spawn(serve(queue, contact, served));
    loop.run_for(0s);
    return contact;
  }
  static Task<> serve(Queue queue, Contact contact, std::vector<Served>& served) {
    Served result = co_await queue.serve(contact);
    served.push_back(result);
    contact.close();
  }
  void settle() { loop.run_for(0s); }

  std::vector<Served> served;
  Scope serving{loop};
};

}  // namespace vcsr::testing
