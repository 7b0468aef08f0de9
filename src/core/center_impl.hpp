// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/call_impl.hpp"
#include "core/services.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

class Center::Impl {
 public:
  Impl(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options);
  ~Impl();

  /// Starts the driver and takes its calls.
  Driver& add(std::unique_ptr<Driver> driver);

  /// Runs the dialogue, then ends the call and closes its contact.
  Task<> run(std::shared_ptr<Call::Impl> call, std::shared_ptr<const Dialogue> dialogue);
  Task<Outgoing> dial(Address to, std::shared_ptr<const Dialogue> dialogue, OutgoingOptions options);
  Task<> stop();

  std::shared_ptr<Services> services;
  std::map<std::string, std::shared_ptr<const Dialogue>, std::less<>> dialogues;
  std::map<std::string, Queue> queues;
  std::map<std::string, std::shared_ptr<Call::Impl>> calls;
  bool stopping = false;

 private:
  /// Where the calls of one driver come in.
  class Entrance final : public Reception {
   public:
    Entrance(Impl& center, Driver& driver) : center_(center), driver_(driver) {}
    void on_arrival(std::unique_ptr<Leg> leg, const Arrival& arrival) override {
      center_.arrive(driver_, std::move(leg), arrival);
    }
    void on_device(const std::string& user, bool reachable) override { center_.device(user, reachable); }

   private:
    Impl& center_;
    Driver& driver_;
  };

  /// A customer's telephone that rings; goes over into run() or, however the ringing ends, into close().
  class Ringing;

  void arrive(Driver& driver, std::unique_ptr<Leg> leg, const Arrival& arrival);
  /// What agents dial to have somebody who is parked, or whose call rings; null for other numbers.
  std::shared_ptr<const Dialogue> dialogue_of_agents(const std::shared_ptr<Call::Impl>& call,
                                                     std::string_view number) const;
  void device(const std::string& user, bool reachable);
  /// As soon as there is a driver.
  void call_back(std::shared_ptr<Contact::Impl> contact);
  void dismiss(const Call::Impl& call);
  std::shared_ptr<Call::Impl> admit(Driver& driver, const Arrival& arrival, const char* direction);
  Task<> close(std::shared_ptr<Call::Impl> call, bool dialogue_ended);
  /// For calls whose dialogue the center itself cancels.
  void abandon(Call::Impl& call);

  std::vector<std::unique_ptr<Entrance>> entrances_;
  std::vector<std::shared_ptr<Contact::Impl>> uncalled_;
  std::optional<Event<std::monostate>> emptied_;
  Scope scope_;
};

}  // namespace vcsr
