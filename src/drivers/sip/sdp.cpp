// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sdp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t most_media = 32;
constexpr std::size_t most_formats = 256;
constexpr std::size_t most_keys = 16;
constexpr int first_dynamic = 96;                               // payload type
constexpr int least_opus_bits = 6000, most_opus_bits = 510000;  // a second
constexpr std::array<std::string_view, 4> directions = {"sendrecv", "sendonly", "recvonly", "inactive"};

/// Cuts off what stands before the next `separator`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

std::optional<int> number(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) return {};
  return value;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Sdp read() {
    if (text_.size() > most_bytes) fail("longer than 64 KiB");
    for (std::string_view rest = text_; !rest.empty();) read_line(take(rest, '\n'));
    if (line_ == 0) fail("is empty");
    finish_media();
    return std::move(sdp_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(Error::Code::invalid, Place{"SDP", line_, ""}, what);
  }

  void read_line(std::string_view line) {
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line_ == 1 && line != "v=0") fail("expected \"v=0\"");
    if (line.empty()) return;
    if (line.size() < 2 || line[1] != '=') fail("expected a letter and '='");
    const std::string_view value = line.substr(2);
    switch (line[0]) {
      case 'm': read_media(value); break;
      case 'c': read_connection(value); break;
      case 'a': read_attribute(value); break;
      default: break;
    }
  }

  // m=<media> <port>[/<number>] <proto> <fmt> …
  void read_media(std::string_view value) {
    finish_media();
    if (sdp_.media.size() == most_media) fail("more than 32 m-lines");
    SdpMedia media;
    const std::string_view kind = take(value, ' ');
    std::string_view ports = take(value, ' ');
    const std::string_view protocol = take(value, ' ');
    const std::optional<int> port = number(take(ports, '/'), 65535);
    if (!is_token(kind) || !is_token(protocol)) fail("expected \"m=media port protocol formats\"");
    if (!port) fail("expected a port of 0 to 65535");
    media.kind = kind;
    media.protocol = protocol;
    media.port = static_cast<std::uint16_t>(*port);
    media.address = address_;
    media.direction = direction_;
    read_formats(media, value);
    sdp_.media.push_back(std::move(media));
  }

  void read_formats(SdpMedia& media, std::string_view value) {
    payload_types_.clear();
    std::size_t count = 0;
    while (!value.empty()) {
      const std::string_view format = take(value, ' ');
      if (format.empty()) continue;
      if (++count > most_formats) fail("more than 256 formats");
      if (!is_token(format)) fail("a format is not a token");
      if (count == 1) media.first_format = format;
      const std::optional<int> type = number(format, 127);
      if (type) payload_types_.push_back({*type, Meaning::unknown});
    }
    if (count == 0) fail("m-line without a format");
    for (PayloadType& type : payload_types_) {
      if (type.number == static_cast<int>(SipCodec::pcmu)) type.meaning = Meaning::pcmu;
      if (type.number == static_cast<int>(SipCodec::pcma)) type.meaning = Meaning::pcma;
      if (type.number == static_cast<int>(SipCodec::g722)) type.meaning = Meaning::g722;
    }
  }

  // c=IN IP4 <address>[/<ttl>] or c=IN IP6 <address>
  void read_connection(std::string_view value) {
    const std::string_view net = take(value, ' ');
    const std::string_view family = take(value, ' ');
    const std::string_view address = take(value, '/');
    if (net.empty() || family.empty() || address.empty())
      fail("expected \"c=IN IP4 address\" or \"c=IN IP6 address\"");
    std::string& place = sdp_.media.empty() ? address_ : sdp_.media.back().address;
    const std::optional<IpVersion> version = ip_version(address);
    const bool suits = net == "IN" && version && family == (*version == IpVersion::v4 ? "IP4" : "IP6");
    place = suits ? std::string(address) : std::string();
  }

  void read_attribute(std::string_view value) {
    const std::string_view name = take(value, ':');
    const auto direction = std::find(directions.begin(), directions.end(), name);
    if (direction != directions.end()) {
      (sdp_.media.empty() ? direction_ : sdp_.media.back().direction) =
          static_cast<Direction>(direction - directions.begin());
    } else if (!sdp_.media.empty() && name == "rtpmap") {
      read_rtpmap(value);
    } else if (!sdp_.media.empty() && name == "fmtp") {
      read_fmtp(value);
    } else if (!sdp_.media.empty() && name == "crypto") {
      if (++keys_ > most_keys) fail("more than 16 keys");
      if (auto crypto = parse_crypto(value)) sdp_.media.back().crypto.push_back(*crypto);
    } else if (!sdp_.media.empty() && name == "rtcp-mux") {
      sdp_.media.back().rtcp_mux = true;
    } else if (!sdp_.media.empty() && name == "rtcp") {
      // Reports to another host than the audio's are not sent.
      sdp_.media.back().rtcp_port = static_cast<std::uint16_t>(number(take(value, ' '), 65535).value_or(0));
    } else if (!sdp_.media.empty() && name == "ptime") {
      sdp_.media.back().frame_milliseconds = number(value, 1000).value_or(20);
    }
  }

  // a=rtpmap:<payload type> <encoding>/<clock rate>[/<channels>]
  void read_rtpmap(std::string_view value) {
    const std::optional<int> type = number(take(value, ' '), 127);
    if (!type) fail("expected \"a=rtpmap:type encoding/rate\" with a type of 0 to 127");
    const std::string_view encoding = take(value, '/');
    const std::string_view rate = take(value, '/');
    Meaning meaning = Meaning::unknown;
    if (rate == "8000" && (value.empty() || value == "1")) {
      if (equal_ignoring_case(encoding, "PCMU")) meaning = Meaning::pcmu;
      if (equal_ignoring_case(encoding, "PCMA")) meaning = Meaning::pcma;
      if (equal_ignoring_case(encoding, "G722")) meaning = Meaning::g722;
    }
    if (equal_ignoring_case(encoding, "telephone-event") && (value.empty() || value == "1")) {
      if (rate == "8000") meaning = Meaning::event;
      if (rate == "48000") meaning = Meaning::wide_event;
    }
    if (equal_ignoring_case(encoding, "opus") && rate == "48000" && value == "2") meaning = Meaning::opus;
    if (PayloadType* found = find(*type)) found->meaning = meaning;
  }

  // a=fmtp:<payload type> <name>=<value>;… Read are Opus' (RFC 7587 §6.1), which are wishes: what is not
  // understood is nobody's fault.
  void read_fmtp(std::string_view value) {
    PayloadType* type = find(number(take(value, ' '), 127).value_or(-1));
    if (!type) return;
    while (!value.empty()) {
      std::string_view parameter = take(value, ';');
      parameter.remove_prefix(std::min(parameter.find_first_not_of(' '), parameter.size()));
      const std::string_view name = take(parameter, '=');
      if (equal_ignoring_case(name, "useinbandfec")) type->repeats = parameter == "1";
      if (equal_ignoring_case(name, "maxaveragebitrate")) {
        const int bits = number(parameter, most_opus_bits).value_or(0);
        type->most_bits = bits >= least_opus_bits ? bits : 0;
      }
    }
  }

  void finish_media() {
    if (sdp_.media.empty()) return;
    SdpMedia& media = sdp_.media.back();
    for (const PayloadType& type : payload_types_) {
      if (const auto codec = codec_of(type)) {
        media.codecs.push_back({*codec, type.number, type.repeats, type.most_bits});
      }
      EventTypes& events = media.events;
      if (type.meaning == Meaning::event && events.narrow < 0) events.narrow = type.number;
      if (type.meaning == Meaning::wide_event && events.wide < 0) events.wide = type.number;
    }
    payload_types_.clear();
    keys_ = 0;
  }

  enum class Meaning : std::uint8_t { unknown, pcmu, pcma, g722, opus, event, wide_event };
  struct PayloadType {
    int number;
    Meaning meaning;
    bool repeats = false;
    int most_bits = 0;
  };

  PayloadType* find(int number) {
    const auto found = std::find_if(payload_types_.begin(), payload_types_.end(),
                                    [number](const PayloadType& known) { return known.number == number; });
    return found == payload_types_.end() ? nullptr : &*found;
  }

  /// Where a codec has a payload type of its own, nobody sends it under others.
  static std::optional<SipCodec> codec_of(const PayloadType& type) {
    if (type.meaning == Meaning::pcmu && type.number == 0) return SipCodec::pcmu;
    if (type.meaning == Meaning::pcma && type.number == 8) return SipCodec::pcma;
    if (type.meaning == Meaning::g722 && type.number == 9) return SipCodec::g722;
    if (type.meaning == Meaning::opus && type.number >= first_dynamic) return SipCodec::opus;
    return {};
  }

  std::string_view text_;
  Sdp sdp_;
  int line_ = 0;
  std::string address_;
  Direction direction_ = Direction::sendrecv;
  std::vector<PayloadType> payload_types_;  ///< of the last m-line
  std::size_t keys_ = 0;                    ///< the same
};

/// Multicast and broadcast are nobody's own, and whoever names them wants others to get the audio.
bool is_unicast(std::string_view address, IpVersion version) {
  if (version == IpVersion::v6)
    return address.find(':') != address.npos && address.find('.') == address.npos &&
           !equal_ignoring_case(address.substr(0, 2), "ff");
  return !address.empty() && number(address.substr(0, address.find('.')), 255).value_or(255) < 224;
}

}  // namespace

std::string_view to_string(Direction direction) { return directions[static_cast<std::size_t>(direction)]; }

bool SdpMedia::acceptable(SipEncryption encryption, IpVersion version) const {
  const bool protocol_suits = secure() ? encryption != SipEncryption::off && !crypto.empty()
                                       : protocol == "RTP/AVP" || protocol == "RTP/AVPF";
  return kind == "audio" && port != 0 && protocol_suits && is_unicast(address, version) && !codecs.empty() &&
         (encryption != SipEncryption::required || !crypto.empty());
}

int Sdp::audio(SipEncryption encryption, IpVersion version) const {
  int found = -1;
  for (std::size_t i = 0; i < media.size(); ++i) {
    if (!media[i].acceptable(encryption, version)) continue;
    if (encryption != SipEncryption::off && !media[i].crypto.empty()) return static_cast<int>(i);
    if (found < 0) found = static_cast<int>(i);
  }
  return found;
}

Sdp parse_sdp(std::string_view text) { return Reader(text).read(); }

}  // namespace vcsr::sip
