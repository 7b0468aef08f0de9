// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/nua_thread.hpp"
#include "drivers/sip/rtp/rtp_engine.hpp"
#include "drivers/sip/sip_leg.hpp"
#include "drivers/sip/sip_options.hpp"
#include "drivers/sip/sip_recorder.hpp"
#include "drivers/sip/sip_text.hpp"
#include "drivers/sip/trunk_names.hpp"
#include "drivers/sip/trunk_table.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr {

namespace sip {
namespace {

class SofiaSipDriver final : public SipDriver, public LegHost, public MediaListener {
 public:
  SofiaSipDriver(SipOptions options, Voice& voice) : options_(std::move(options)), voice_(voice) {
    check(options_);
    options_.log = options_.log.component("sip");
    if (!options_.recorder.empty())
      recorder_ = std::make_shared<SipRecorder>(options_.recorder, options_.log);
  }
  ~SofiaSipDriver() override { stop(); }

  std::string_view name() const override { return "sip"; }
  Capabilities capabilities() const override { return {.dials = true, .transfers = true, .taps = true}; }
  bool reaches(const Address& to) const override {
    return parse_sip_uri(to.uri) || (!options_.trunks.empty() && to.scheme() == "tel");
  }

  void start(Loop& loop, Reception& reception) override {
    VCSR_ASSERT(!stack_);
    loop_ = &loop;
    reception_ = &reception;
    alive_ = std::make_shared<char>();
    auto stack = std::make_unique<NuaThread>(loop, options_, [this](StackEvent& event) { on_event(event); });
    RtpOptions rtp;
    rtp.address = options_.address;
    rtp.second_address = options_.second_address;
    rtp.first = options_.rtp_first;
    rtp.last = options_.rtp_last;
    rtp.silence_limit = options_.media_timeout;
    rtp.threads = options_.rtp_threads;
    rtp.realtime = options_.realtime;
    rtp.log = options_.log;
    rtp_ = std::make_unique<RtpEngine>(loop, *this, rtp);
    worker_ = std::make_unique<Worker>(loop);
    stack_ = std::move(stack);
    names_ = std::make_unique<TrunkNames>(loop, *stack_, options_);
    port_ = stack_->port();
    tls_port_ = stack_->tls_port();
    if (recorder_) recorder_->start(*this, name_addr(own_address()));
  }

  void stop() override {
    if (!stack_) return;
    alive_.reset();
    const auto legs = legs_;
    for (const auto& [call, leg] : legs) {
      if (legs_.count(call)) leg->hang_up(Cause::normal);
    }
    if (recorder_) recorder_->stop();
    refused_ = stack_->refused_calls();
    worker_.reset();
    names_.reset();
    stack_.reset();
    media_statistics_ = rtp_->statistics();
    options_.log.info("media ends", {{"packets_sent", media_statistics_.sent},
                                     {"packets_received", media_statistics_.received},
                                     {"tick_late_p99_us", media_statistics_.late_p99.count()}});
    rtp_.reset();
    devices_.clear();
  }

  std::unique_ptr<Leg> dial(const Address& to, LegListener& listener, const DialOptions& options) override {
    VCSR_ASSERT(stack_);
    const CallId call = stack_->next_id();
    auto leg = std::make_unique<SipLeg>(*this, call, listener);
    legs_.emplace(call, leg.get());
    place(*leg, call, to, options);
    return leg;
  }

  void notify_messages(const Address& to, const WaitingMessages& waiting) override {
    const std::string user(to.user());
    const std::string summary = message_summary("sip:" + user + "@" + own_host(), waiting);
    stack_->tell_subscribers(user, summary);
    const auto device = devices_.find(user);
    if (device == devices_.end()) return;
    for (const PhoneContact& contact : device->second)
      stack_->notify_messages(contact.uri, behind(contact), summary);
  }

  std::uint16_t port() const override { return port_; }
  std::uint16_t tls_port() const override { return tls_port_; }
  bool registered(const std::string& user) const override { return devices_.count(user) != 0; }
  std::shared_ptr<ExternalRecorder> recorder() override { return recorder_; }
  std::string trouble() const override { return stack_ ? stack_->trouble() : ""; }
  SipStatistics statistics() const override {
    const RtpStatistics media = rtp_ ? rtp_->statistics() : media_statistics_;
    SipStatistics all;
    all.calls = legs_.size();
    all.refused = stack_ ? stack_->refused_calls() : refused_;
    all.phones = devices_.size();
    all.packets_sent = media.sent;
    all.packets_received = media.received;
    all.packets_foreign = media.foreign;
    all.packets_unauthentic = media.unauthentic;
    all.tick_late_p99 = media.late_p99;
    return all;
  }

  Loop& loop() override { return *loop_; }
  Voice& voice() override { return voice_; }
  NuaThread& stack() override { return *stack_; }
  RtpEngine& rtp() override { return *rtp_; }
  Task<std::string> resolve(std::string host) override {
    return worker_->run([&options = options_, host = std::move(host)] {
      const std::vector<std::string> addresses = look_up(options, host);
      return addresses.empty() ? std::string() : addresses.front();
    });
  }
  SipLeg* leg_of(CallId call) override { return find(call); }
  void own_media(MediaId media, SipLeg& leg) override { media_.emplace(media, &leg); }
  void forget(CallId call, std::optional<MediaId> media) override {
    legs_.erase(call);
    if (media) media_.erase(*media);
  }
  void later(CallId call, std::function<void(SipLeg&)> work) override {
    loop_->post([this, life = std::weak_ptr<void>(alive_), call, work = std::move(work)] {
      if (life.expired()) return;
      if (SipLeg* leg = find(call)) work(*leg);
    });
  }
  void refer(CallId call, const Address& target) override {
    if (const std::optional<std::string> number = number_of_tel(target))
      return stack_->refer(call, "tel:" + *number);
    const std::optional<SipUri> uri = parse_sip_uri(target.uri);
    if (!uri) {
      return later(call, [](SipLeg& leg) {
        StackEvent failed{StackEvent::Kind::referred, 0, Cause::not_found};
        leg.on_event(failed);
      });
    }
    stack_->refer(call, uri->host.empty() ? "sip:" + std::string(uri->user) + "@" + own_host() : target.uri);
  }

  void on_played(MediaId media) override {
    if (SipLeg* leg = hearer(media)) leg->on_played();
  }
  void on_digit(MediaId media, char digit) override {
    if (SipLeg* leg = hearer(media)) leg->on_digit(digit);
  }
  void on_digits_sent(MediaId media) override {
    if (SipLeg* leg = hearer(media)) leg->on_digits_sent();
  }
  void on_media_lost(MediaId media) override {
    if (SipLeg* leg = hearer(media)) leg->on_media_lost();
  }

 private:
  void on_event(StackEvent& event) {
    if (event.kind == StackEvent::Kind::arrived) return arrive(event);
    if (event.kind == StackEvent::Kind::device) return on_device(event);
    if (event.kind == StackEvent::Kind::trunk_failed) return names_->on_failure(event.other);
    if (recorder_ && recorder_->on_event(event)) return;
    if (SipLeg* leg = find(event.call)) leg->on_event(event);
  }

  void arrive(StackEvent& event) {
    auto leg = std::make_unique<SipLeg>(*this, event.call, std::move(event.plan));
    legs_.emplace(event.call, leg.get());
    if (!event.other) return reception_->on_arrival(std::move(leg), *event.arrival);
    SipLeg* replaced = find(event.other);
    std::unique_ptr<Leg> by = std::move(leg);
    if ((!replaced || !replaced->replace(by, *event.arrival)) && by) by->hang_up(Cause::rejected);
  }

  void on_device(const StackEvent& event) {
    const bool known = devices_.count(event.user) != 0;
    const bool reachable = !event.contacts.empty();
    if (reachable) devices_[event.user] = event.contacts;
    else devices_.erase(event.user);
    if (known != reachable) reception_->on_device(event.user, reachable);
  }

  void place(SipLeg& leg, CallId call, const Address& to, const DialOptions& dialing) {
    const std::optional<SipUri> uri = parse_sip_uri(to.uri);
    if (to.scheme() == "tel" || (uri && is_trunk(*uri))) return place_number(leg, call, to, dialing);
    if (!uri) return fail(call, Cause::not_found);
    const Address& from = dialing.from;
    Invitation invitation;
    invitation.to = to.uri;
    invitation.from = dialing.hide_from ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
                                        : name_addr(from.uri.empty() ? own_address() : from);
    const bool ours = uri->host.empty() || (is_own(uri->host) && uri->port_or_default() == port_);
    if (ours) {
      const auto device = devices_.find(std::string(uri->user));
      if (device == devices_.end()) return fail(call, Cause::unreachable);
      // Newest first: where it can be only one, that is it.
      const std::vector<PhoneContact>& contacts = device->second;
      invitation.to = contacts.back().uri;
      invitation.proxy = behind(contacts.back());
      for (auto contact = contacts.rbegin() + 1; contact != contacts.rend(); ++contact)
        invitation.others.push_back({contact->uri, behind(*contact)});
      return leg.dial(std::move(invitation));
    }
    use_trunk(invitation, *uri, dialing);
    if (invitation.trunk < 0 && !options_.dials_any_host) {
      options_.log.warning("this host may not be dialled: it is neither a trunk nor a registrar",
                           {{"to", to.uri}});
      return fail(call, Cause::rejected);
    }
    leg.dial(std::move(invitation), is_address(uri->host) ? std::string() : std::string(uri->host));
  }

  /// Over the trunks, which have the last word on what may be dialled.
  void place_number(SipLeg& leg, CallId call, const Address& to, const DialOptions& dialing) {
    const std::optional<std::string> number = number_of_tel(Address("tel:" + std::string(to.user())));
    if (!number || options_.trunks.empty()) return fail(call, Cause::not_found);
    Invitation invitation;
    invitation.number = *number;
    invitation.caller = dialing.from;
    invitation.hide_caller = dialing.hide_from;
    leg.dial(std::move(invitation));
  }

  bool is_own(std::string_view host) const {
    return same_host(host, bracketed(options_.address)) ||
           (!options_.second_address.empty() && same_host(host, bracketed(options_.second_address)));
  }

  bool is_trunk(const SipUri& to) const {
    return std::any_of(options_.trunks.begin(), options_.trunks.end(), [&to](const SipTrunk& trunk) {
      const SipUri place = *parse_sip_uri(trunk.address);
      return same_host(place.host, to.host) && place.port_or_default() == to.port_or_default();
    });
  }

  /// Calls to a registrar's host are made as its user, with its password where it asks.
  void use_trunk(Invitation& invitation, const SipUri& to, const DialOptions& dialing) const {
    for (std::size_t i = 0; i < options_.registrations.size(); ++i) {
      const SipUri registrar = *parse_sip_uri(options_.registrations[i].registrar);
      if (!same_host(registrar.host, to.host) || registrar.port_or_default() != to.port_or_default())
        continue;
      invitation.trunk = static_cast<int>(i);
      if (dialing.from.uri.empty() && !dialing.hide_from) {
        invitation.from = "<sip:" + options_.registrations[i].user + "@" + std::string(registrar.host) + ">";
      }
      return;
    }
  }

  /// A phone whose contact is not where its registration came from is reached through there, and one that
  /// keeps a connection open through that.
  static std::string behind(const PhoneContact& device) {
    const std::optional<SipUri> contact = parse_sip_uri(device.uri);
    std::string through = "sip:" + device.source;
    const std::optional<SipUri> source = parse_sip_uri(through);
    const bool connected = device.source.find(";transport=") != std::string::npos;
    if (!source || (!connected && (!contact || same_host(contact->host, source->host)))) return {};
    return through;
  }

  void fail(CallId call, Cause cause) {
    later(call, [cause](SipLeg& leg) { leg.end(cause); });
  }

  Address own_address() const { return "sip:" + options_.user_agent + "@" + own_host(); }
  std::string own_host() const { return bracketed(options_.address) + ":" + std::to_string(port_); }

  SipLeg* find(CallId call) const {
    const auto found = legs_.find(call);
    return found == legs_.end() ? nullptr : found->second;
  }
  SipLeg* hearer(MediaId media) const {
    const auto found = media_.find(media);
    return found == media_.end() ? nullptr : found->second;
  }

  SipOptions options_;
  Voice& voice_;
  Loop* loop_ = nullptr;
  Reception* reception_ = nullptr;
  std::shared_ptr<void> alive_;
  std::uint16_t port_ = 0, tls_port_ = 0;
  std::unordered_map<CallId, SipLeg*> legs_;
  std::unordered_map<MediaId, SipLeg*> media_;
  std::map<std::string, std::vector<PhoneContact>> devices_;
  std::size_t refused_ = 0;
  RtpStatistics media_statistics_;
  std::shared_ptr<SipRecorder> recorder_;  ///< null where copies go nowhere
  std::unique_ptr<RtpEngine> rtp_;
  std::unique_ptr<NuaThread> stack_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<TrunkNames> names_;
};

}  // namespace
}  // namespace sip

std::unique_ptr<SipDriver> make_sip_driver(SipOptions options, Voice& voice) {
  return std::make_unique<sip::SofiaSipDriver>(std::move(options), voice);
}

}  // namespace vcsr
