// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/srtp.hpp"

#include <string>

#include "drivers/sip/rtp/rtp_line.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

namespace {

constexpr auto sends = SrtpStream::Direction::sends, receives = SrtpStream::Direction::receives;

Bytes bytes(const std::string& hexadecimal) {
  Bytes read;
  for (std::size_t i = 0; i < hexadecimal.size(); i += 2)
    read.push_back(static_cast<std::uint8_t>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16)));
  return read;
}

SrtpKey key_of(SrtpSuite suite, const std::string& hexadecimal) {
  SrtpKey key{suite};
  const Bytes given = bytes(hexadecimal);
  std::copy(given.begin(), given.end(), key.bytes.begin());
  return key;
}

/// As a telephone does it.
struct Sealer {
  explicit Sealer(const SrtpKey& key) : stream(key, sends) {}
  Bytes operator()(const Bytes& packet) {
    alignas(4) std::array<std::uint8_t, 512> buffer;
    std::copy(packet.begin(), packet.end(), buffer.begin());
    const auto sealed = stream.seal(buffer, packet.size());
    REQUIRE(sealed);
    return Bytes(sealed->begin(), sealed->end());
  }
  SrtpStream stream;
};

struct Opener {
  explicit Opener(const SrtpKey& key) : stream(key, receives) {}
  Bytes operator()(const Bytes& packet) {
    alignas(4) std::array<std::uint8_t, 512> buffer;
    const auto opened = stream.open(packet, buffer);
    return opened ? Bytes(opened->begin(), opened->end()) : Bytes();
  }
  SrtpStream stream;
};

/// An encrypted line; `line.talk` has to go through `phone`.
struct SecureLine {
  SecureLine() { agree(); }
  void agree() {
    opened = renewed(opened, theirs, receives);
    sealed = renewed(sealed, ours, sends);
    line.agree({.sealed = sealed, .opened = opened});
  }
  void came(const Bytes& packet) { line.came(packet); }

  SrtpKey ours = SrtpKey::random(SrtpSuite::aes128_sha80), theirs = SrtpKey::random(SrtpSuite::aes128_sha32);
  std::shared_ptr<SrtpStream> sealed, opened;
  Line line;
  Sealer phone{theirs};
};

}  // namespace

TEST_CASE("packets are sealed as everybody seals them") {
  const Bytes clear = bytes("800f1234decafbadcafebabeabababababababababababababababab");
  const SrtpKey short_key =
      key_of(SrtpSuite::aes128_sha80, "e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6");
  const SrtpKey long_key = key_of(SrtpSuite::aes256_sha80,
                                  "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"
                                  "3b04803de51ee7c96423ab5b78d2");

  CHECK(Sealer(short_key)(clear) ==
        bytes("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"));
  CHECK(Sealer(long_key)(clear) ==
        bytes("800f1234decafbadcafebabef1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b"));
  CHECK(Opener(short_key)(Sealer(short_key)(clear)) == clear);
}

TEST_CASE("what was changed, heard before, too short or sealed with another key is not opened") {
  const SrtpKey key = SrtpKey::random(SrtpSuite::aes128_sha80);
  Sealer seal(key);
  Opener open(key);
  RtpTalk talk;
  const Bytes sealed = seal(talk.audio(5)), next = seal(talk.audio(6));

  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    Bytes changed = sealed;
    changed[i] ^= 0x40;
    CHECK(open(changed).empty());
  }
  CHECK_FALSE(open(sealed).empty());
  CHECK(open(sealed).empty());
  CHECK(Opener(SrtpKey::random(key.suite))(next).empty());
  for (std::size_t size = 0; size < 30; ++size)
    CHECK(open(Bytes(next.begin(), next.begin() + std::ptrdiff_t(size))).empty());
  CHECK(open(Bytes(600, 0x80)).empty());
  CHECK_FALSE(open(next).empty());
}

TEST_CASE("a buffer without room for the tag is refused") {
  SrtpStream stream(SrtpKey::random(SrtpSuite::aes128_sha80), sends);
  alignas(4) std::array<std::uint8_t, 100> buffer{0x80};

  CHECK_FALSE(stream.seal(buffer, 90));
  CHECK(stream.seal(buffer, 80));
}

TEST_CASE("a stream is kept while its key stays") {
  const SrtpKey key = SrtpKey::random(SrtpSuite::aes128_sha80);
  const auto first = renewed({}, key, sends);

  CHECK(renewed(first, key, sends) == first);
  CHECK(renewed(first, SrtpKey::random(key.suite), sends) != first);
  CHECK(renewed(first, {}, sends) == nullptr);
}

TEST_CASE("an encrypted call is heard, and its party hears us") {
  SecureLine secure;
  const auto tap = std::make_shared<RtpTap>();
  secure.line.stream.tap(tap);

  for (int i = 0; i < 5; ++i) {
    secure.came(secure.phone(secure.line.talk.audio(3)));
    secure.line.tick();
  }

  CHECK(secure.line.outcome.received == 5);
  CHECK(tap->frames().back().heard == frame(3));
  Opener phone(secure.ours);
  const Bytes first = secure.line.party.receive_datagram();
  CHECK(first.size() == rtp_header_bytes + frame_samples + 10);
  CHECK(phone(first).size() == rtp_header_bytes + frame_samples);
}

TEST_CASE("a thousand bad packets are dropped and counted, and neither end the call nor take its address") {
  SecureLine secure;
  RtpParty stranger;
  RtpTalk talk{.ssrc = 666};
  Sealer wrong(SrtpKey::random(SrtpSuite::aes128_sha32));

  for (int i = 0; i < 500; ++i) {
    secure.line.stream.take(talk.audio(2), stranger.address(), secure.line.outcome);
    secure.came(wrong(talk.audio(2)));
  }
  const Bytes good = secure.phone(secure.line.talk.audio(3));
  secure.came(good);
  secure.came(good);
  secure.line.tick();

  CHECK(secure.line.outcome.unauthentic == 1001);
  CHECK(secure.line.outcome.received == 1);
  CHECK(secure.line.outcome.foreign == 0);
  CHECK_FALSE(stranger.anything_came());
  CHECK(secure.line.told(Kind::lost) == 0);
}

TEST_CASE("after a new key the old one opens nothing any more") {
  SecureLine secure;
  secure.came(secure.phone(secure.line.talk.audio(3)));

  secure.theirs = SrtpKey::random(SrtpSuite::aes256_sha80);
  secure.agree();
  Sealer after(secure.theirs);
  secure.came(secure.phone(secure.line.talk.audio(4)));
  secure.came(after(secure.line.talk.audio(5)));

  CHECK(secure.line.outcome.received == 2);
  CHECK(secure.line.outcome.unauthentic == 1);
}
