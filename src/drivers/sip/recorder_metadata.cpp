// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_metadata.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

#include <openssl/evp.h>
#include <pugixml.hpp>

namespace vcsr::sip {

namespace {

/// A UUID of version 4 in base64, as RFC 7865 §6.9 names things.
std::string text_of(const RecorderIds::Id& id) {
  std::array<unsigned char, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(id[i / 8] >> (56 - 8 * (i % 8)));
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::array<unsigned char, 25> text{};
  const int size = EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  return std::string(text.begin(), text.begin() + size);
}

/// How many bytes a character takes that is well-formed and allowed in XML; 0 for others.
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return byte(0) >= ' ' && byte(0) != 0x7f ? 1 : 0;
  const std::size_t size = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < size) return 0;
  std::uint32_t code = byte(0) & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3fU);
  }
  const bool shortest = size == 2 || (size == 3 ? code >= 0x800 : code >= 0x10000);
  const bool allowed =
      code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code != 0xfffe && code != 0xffff;
  return shortest && allowed ? size : 0;
}

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

/// Callers' own words: whatever they are, the document stays one.
std::string clean(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t size = character(text);
    plain += size == 0 ? replacement : text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return plain;
}

pugi::xml_node add(pugi::xml_node to, const char* name, const std::string& text = {}) {
  pugi::xml_node node = to.append_child(name);
  if (!text.empty()) node.text().set(text.c_str());
  return node;
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(value.c_str());
}

void add_participant(pugi::xml_node to, const RecorderIds::Id& id, const std::string& address,
                     const std::string& name) {
  pugi::xml_node participant = add(to, "participant");
  set(participant, "participant_id", text_of(id));
  pugi::xml_node name_id = add(participant, "nameID");
  set(name_id, "aor", clean(address));
  if (!name.empty()) add(name_id, "name", clean(name));
}

void add_stream(pugi::xml_node to, const RecorderIds& ids, std::size_t stream) {
  pugi::xml_node node = add(to, "stream");
  set(node, "stream_id", text_of(ids.streams[stream]));
  set(node, "session_id", text_of(ids.session));
  add(node, "label", std::to_string(stream + 1));
}

pugi::xml_node join_session(pugi::xml_node to, const RecorderIds& ids, const RecorderIds::Id& who,
                            WallTime joined) {
  pugi::xml_node node = add(to, "participantsessionassoc");
  set(node, "participant_id", text_of(who));
  set(node, "session_id", text_of(ids.session));
  add(node, "associate-time", to_string(joined));
  return node;
}

pugi::xml_node join_streams(pugi::xml_node to, const RecorderIds::Id& who, const RecorderIds::Id* sends,
                            const RecorderIds::Id* hears) {
  pugi::xml_node node = add(to, "participantstreamassoc");
  set(node, "participant_id", text_of(who));
  if (sends) add(node, "send", text_of(*sends));
  if (hears) add(node, "recv", text_of(*hears));
  return node;
}

// Whoever is on hold has left the streams, and not the session.
void join_streams(pugi::xml_node to, const RecorderIds& ids, const RecorderParticipant& one) {
  const bool heard = !one.left && one.party.heard, hears = !one.left && one.party.hears;
  const bool apart = !heard && !hears;
  pugi::xml_node streams = join_streams(to, one.id, heard || apart ? &ids.streams[1] : nullptr,
                                        hears || apart ? &ids.streams[0] : nullptr);
  if (one.since == one.joined && !apart) return;
  add(streams, apart ? "disassociate-time" : "associate-time", to_string(one.since));
}

bool same(const RecordedParty& one, const RecordedParty& other) {
  return one.address == other.address && one.name == other.name;
}

}  // namespace

RecorderMetadata::RecorderMetadata(RecordedCall call, const RecorderIds& ids, const Id& party, WallTime began)
    : call_(std::move(call)), ids_(ids), began_(began) {
  participants_.push_back({party, {.address = call_.party, .name = call_.party_name}, began, began});
}

RecorderParticipant* RecorderMetadata::find(const RecordedParty& party) {
  const auto found = std::find_if(participants_.begin(), participants_.end(),
                                  [&party](const auto& one) { return same(one.party, party); });
  return found == participants_.end() ? nullptr : &*found;
}

void RecorderMetadata::update(const std::vector<RecordedParty>& parties, WallTime now,
                              const std::function<Id()>& make_id) {
  for (RecorderParticipant& one : participants_) {
    const auto stays = [&one](const RecordedParty& party) { return same(one.party, party); };
    if (one.left || std::any_of(parties.begin(), parties.end(), stays)) continue;
    one.left = true;
    one.since = now;
  }
  for (const RecordedParty& party : parties) {
    RecorderParticipant* const known = find(party);
    if (!known) {
      participants_.push_back({make_id(), party, now, now});
      continue;
    }
    if (!known->left && known->party == party) continue;
    if (std::exchange(known->left, false)) known->joined = now;
    known->party = party;
    known->since = now;
  }
}

// The order of the elements is that of the schema (RFC 7865 §10).
std::string RecorderMetadata::text() const {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node recording = document.append_child("recording");
  set(recording, "xmlns", "urn:ietf:params:xml:ns:recording:1");
  set(recording, "xmlns:vcsr", "urn:vcsr:recording:1");
  add(recording, "datamode", "complete");
  pugi::xml_node session = add(recording, "session");
  set(session, "session_id", text_of(ids_.session));
  add(session, "start-time", to_string(began_));
  add(session, "vcsr:contact", clean(call_.contact));
  add(session, "vcsr:recording", clean(call_.recording));
  add_participant(recording, ids_.customer, call_.customer, "");
  for (const RecorderParticipant& one : participants_)
    add_participant(recording, one.id, one.party.address, one.party.name);
  for (std::size_t stream = 0; stream < ids_.streams.size(); ++stream) add_stream(recording, ids_, stream);
  pugi::xml_node kept = add(recording, "sessionrecordingassoc");
  set(kept, "session_id", text_of(ids_.session));
  add(kept, "associate-time", to_string(began_));
  join_session(recording, ids_, ids_.customer, began_);
  for (const RecorderParticipant& one : participants_) {
    pugi::xml_node joined = join_session(recording, ids_, one.id, one.joined);
    if (one.left) add(joined, "disassociate-time", to_string(one.since));
  }
  join_streams(recording, ids_.customer, &ids_.streams[0], &ids_.streams[1]);
  for (const RecorderParticipant& one : participants_) join_streams(recording, ids_, one);
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  return text.str();
}

RecorderBody recorder_body(const std::string& sdp, const std::string& metadata) {
  // The metadata is one line of XML and the description lines of "x=": neither has one that begins like this.
  const std::string boundary = "vcsr-recording-session";
  return {
      "multipart/mixed;boundary=" + boundary,
      "--" + boundary + "\r\nContent-Type: application/sdp\r\n\r\n" + sdp + "\r\n--" + boundary +
          "\r\nContent-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n" +
          metadata + "\r\n--" + boundary + "--\r\n"};
}

}  // namespace vcsr::sip
