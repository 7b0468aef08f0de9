// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/trunk_names.hpp"

#include <utility>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/sip_port.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr Duration look_again = std::chrono::seconds(5);

std::string name_in(const std::string& uri) {
  const SipUri place = *parse_sip_uri(uri);
  return is_address(place.host) ? std::string() : std::string(place.host);
}

}  // namespace

std::vector<std::string> look_up(const SipOptions& options, const std::string& host) {
  if (!options.look_up)
    return addresses_of(host, *ip_version(options.address), !options.second_address.empty());
  std::vector<std::string> addresses = options.look_up(host);
  for (std::string& address : addresses) address = bracketed(address);
  return addresses;
}

TrunkNames::TrunkNames(Loop& loop, NuaThread& stack, const SipOptions& options)
    : loop_(loop), stack_(stack), options_(options), worker_(loop), work_(loop) {
  for (const SipRegistration& registration : options.registrations)
    names_.push_back({name_in(registration.registrar)});
  for (const SipTrunk& trunk : options.trunks) names_.push_back({name_in(trunk.address)});
  ask_later();
}

TrunkNames::~TrunkNames() {
  if (asking_) loop_.cancel(*asking_);
}

void TrunkNames::on_failure(std::size_t number) {
  Name& name = names_[number];
  if (name.failure && loop_.now() < *name.failure + look_again) return;
  name.failure = loop_.now();
  name.failed = true;
  ask(number);
}

void TrunkNames::ask_later() {
  asking_ = loop_.at(loop_.now() + options_.lookup_every, [this] {
    ask_later();
    for (std::size_t number = 0; number < names_.size(); ++number) ask(number);
  });
}

void TrunkNames::ask(std::size_t number) {
  Name& name = names_[number];
  if (!name.host.empty() && !std::exchange(name.asked, true)) work_.spawn(find(number));
}

Task<> TrunkNames::find(std::size_t number) {
  Task<std::vector<std::string>> asking =
      worker_.run([&options = options_, host = names_[number].host] { return look_up(options, host); });
  std::vector<std::string> addresses = co_await std::move(asking);
  names_[number].asked = false;
  stack_.trunk_found(number, std::move(addresses), std::exchange(names_[number].failed, false));
}

}  // namespace vcsr::sip
