// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>
#include <utility>

#include "telephony/driver_contract.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/media/voice.hpp"

/// A SipDriver, and a second one at the far side, over the loopback interface.
class SipWorld final : public DriverWorld {
 public:
  SipWorld() : near_(make(voice_, 32000)), far_(make(voice_, 33000)), street_(*this) {
    near_->start(loop_, desk_);
    far_->start(loop_, street_);
  }
  ~SipWorld() override {
    desk_.guests.clear();
    street_.residents.clear();
    callee_.reset();
    ringing_.reset();
  }

  vcsr::Driver& driver() override { return *near_; }
  Desk& desk() override { return desk_; }

  bool until(const std::function<bool()>& condition) override {
    const vcsr::Timestamp limit = loop_.now() + std::chrono::seconds(10);
    while (!condition() && loop_.now() < limit) pass(std::chrono::milliseconds(2));
    return condition();
  }
  void settle() override { pass(std::chrono::milliseconds(300)); }

  std::unique_ptr<FarParty> call(const std::string& name, const std::string& user) override {
    auto resident = std::make_shared<Resident>();
    const vcsr::Address from("sip:" + name + "@127.0.0.1", name);
    resident->leg = far_->dial("sip:" + user + "@" + host(*near_), resident->told, {.from = from});
    street_.residents.push_back(resident);
    return std::make_unique<Party>(std::move(resident));
  }
  vcsr::Address phone(Phone kind) override {
    if (kind == Phone::unreachable) return "sip:nobody@127.0.0.1:1";
    const char* users[] = {"answers", "busy", "rejects", "rings_on", "", "nobody"};
    return "sip:" + std::string(users[static_cast<int>(kind)]) + "@" + host(*far_);
  }
  std::unique_ptr<FarParty> callee() override { return callee_ ? std::make_unique<Party>(callee_) : nullptr; }
  bool rings() override { return ringing_ && !ringing_->over(); }

  bool take_referral(FarParty& party, vcsr::Cause outcome) override {
    Resident& resident = *static_cast<Party&>(party).resident;
    const auto asked = [](const std::string& what) { return what.starts_with("transfer to"); };
    if (std::none_of(resident.told.all.begin(), resident.told.all.end(), asked)) return false;
    resident.leg->transfer_ended(outcome);
    return true;
  }

  bool take_place(FarParty& party, FarParty& other) override {
    const Resident& with = *static_cast<Party&>(other).resident;
    Resident& asked = *static_cast<Party&>(party).resident;
    if (!asked.told.has("attended transfer") || asked.told.transfer_to != with.leg.get()) return false;
    with.leg->hang_up(vcsr::Cause::normal);
    asked.leg->transfer_ended(vcsr::Cause::normal);
    return true;
  }

  bool hears(FarParty& listener, FarParty& speaker) override {
    struct Ear final : vcsr::AudioTap {
      std::atomic<int> loud = 0;
      void on_audio(const vcsr::TapFrame& frame) noexcept override {
        for (const std::uint8_t byte : frame.heard) loud += (byte & 0x7f) != (silence_of(frame.codec) & 0x7f);
      }
    };
    const auto ear = std::make_shared<Ear>();
    settle();
    static_cast<Party&>(listener).resident->leg->tap(ear);
    const auto tone = vcsr::Prompt::sound(vcsr::tone({440}, std::chrono::milliseconds(200)));
    static_cast<Party&>(speaker).resident->leg->play(tone, "en");
    settle();
    settle();
    static_cast<Party&>(listener).resident->leg->tap(nullptr);
    return ear->loud > 400;
  }

 private:
  struct Resident {
    Told told;
    std::unique_ptr<vcsr::Leg> leg;

    bool over() const {
      return std::any_of(told.all.begin(), told.all.end(),
                         [](const std::string& what) { return what.starts_with("hung up"); });
    }
  };

  struct Party final : FarParty {
    explicit Party(std::shared_ptr<Resident> resident) : resident(std::move(resident)) {}

    bool answered() override { return resident->told.has("answered"); }
    bool over() override { return resident->over(); }
    vcsr::Cause cause() override {
      for (int cause = 0; cause <= static_cast<int>(vcsr::Cause::answered_elsewhere); ++cause)
        if (resident->told.has(std::string("hung up ") + to_string(vcsr::Cause(cause))))
          return vcsr::Cause(cause);
      return vcsr::Cause::failed;
    }
    std::string digits() override { return resident->told.digits(); }
    void press(const std::string& digits) override { resident->leg->send_digits(digits); }
    void hold(bool held) override { held ? resident->leg->hold() : resident->leg->retrieve(); }
    void ask_transfer(const vcsr::Address& target) override { resident->leg->refer(target); }
    void ask_transfer(FarParty& other) override {
      resident->leg->refer(*dynamic_cast<Party&>(other).resident->leg);
    }
    std::optional<vcsr::Cause> transfer_outcome() override {
      for (int cause = 0; cause <= static_cast<int>(vcsr::Cause::answered_elsewhere); ++cause)
        if (resident->told.has(std::string("referred ") + to_string(vcsr::Cause(cause))))
          return vcsr::Cause(cause);
      return {};
    }
    void hang_up() override { resident->leg->hang_up(vcsr::Cause::normal); }

    std::shared_ptr<Resident> resident;
  };

  /// The phones at the far side.
  struct Street final : vcsr::Reception {
    explicit Street(SipWorld& world) : world(world) {}

    void on_arrival(std::unique_ptr<vcsr::Leg> leg, const vcsr::Arrival& arrival) override {
      auto resident = std::make_shared<Resident>();
      resident->leg = std::move(leg);
      resident->leg->listen(resident->told);
      residents.push_back(resident);
      react(resident, arrival.to.user());
    }
    void react(const std::shared_ptr<Resident>& resident, std::string_view user) {
      vcsr::Leg& leg = *resident->leg;
      if (user == "busy") return leg.hang_up(vcsr::Cause::busy);
      if (user == "nobody") return leg.hang_up(vcsr::Cause::not_found);
      leg.ring();
      if (user == "rejects") return leg.hang_up(vcsr::Cause::rejected);
      if (user == "rings_on") world.ringing_ = resident;
      if (user != "answers") return;
      world.callee_ = resident;
      leg.answer();
    }

    SipWorld& world;
    std::vector<std::shared_ptr<Resident>> residents;
  };

  static std::unique_ptr<vcsr::SipDriver> make(vcsr::Voice& voice, std::uint16_t rtp) {
    vcsr::SipOptions options;
    options.port = 0;
    options.rtp_first = rtp;
    options.rtp_last = static_cast<std::uint16_t>(rtp + 198);
    return vcsr::make_sip_driver(std::move(options), voice);
  }
  static std::string host(const vcsr::SipDriver& driver) {
    return "127.0.0.1:" + std::to_string(driver.port());
  }

  void pass(vcsr::Duration duration) {
    loop_.at(loop_.now() + duration, [this] { loop_.stop(); });
    loop_.run();
  }

  vcsr::AsioLoop loop_{1};
  vcsr::Voice voice_{loop_, vcsr::PromptCatalog(), nullptr};
  Desk desk_;
  std::shared_ptr<Resident> callee_, ringing_;
  std::unique_ptr<vcsr::SipDriver> near_, far_;
  Street street_;
};
