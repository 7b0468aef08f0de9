// SPDX-License-Identifier: Apache-2.0
// Makes real what a conversation's state means: the matrix of who hears whom, music, and whose time it is.
#include <algorithm>

#include "core/call_impl.hpp"
#include "core/conversation.hpp"
#include "core/recorded_parties.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr {

Conversation::Room Conversation::room(const Party& party) const {
  if (&party == second) return Room::aside;
  if (&party != in_charge || !second || with_customer) return Room::talk;
  return second->role == Role::consulted ? Room::aside : Room::none;
}

Conversation::Room Conversation::room(const Line& line) const {
  for (const auto& party : parties)
    if (&party->line == &line) return room(*party);
  return Room::talk;
}

const Party* Conversation::supervisor(const Line& line) const {
  for (const auto& party : parties)
    if (&party->line == &line && party->role == Role::supervisor && party.get() != in_charge)
      return party.get();
  return nullptr;
}

/// A supervisor is wherever the one in charge is.
bool Conversation::together(const Line& hearer, const Line& source) const {
  const Room supervised = in_charge && room(*in_charge) == Room::aside ? Room::aside : Room::talk;
  const Party* const ear = supervisor(hearer);
  const Party* const mouth = supervisor(source);
  const Room hears = ear ? supervised : room(hearer);
  if (hears == Room::none || hears != (mouth ? supervised : room(source))) return false;
  if (!mouth || mouth->supervision == Supervision::barge) return true;
  return mouth->supervision == Supervision::whisper && in_charge && &hearer == &in_charge->line;
}

bool Conversation::linked(const Line& hearer, const Line& source) const {
  const auto open = [](const Line& line) { return line.present && !line.held && !line.apart; };
  return in_charge && &hearer != &source && open(hearer) && open(source) && together(hearer, source);
}

bool Conversation::anybody_audible(const Line& line) const {
  if (&line != &customer && linked(line, customer) && !customer.away) return true;
  return std::any_of(parties.begin(), parties.end(),
                     [&](const auto& party) { return !party->line.away && linked(line, party->line); });
}

// The one in charge knows why it is quiet; who else hears nobody waits.
Line::Sound Conversation::sound_for(const Line& line) const {
  if (parked && line.present && &line == &customer) return Line::Sound::music;
  if (!line.present || line.apart || !in_charge) return Line::Sound::none;
  if (line.held) return Line::Sound::music;
  if (&line == &in_charge->line) {
    const bool rings = second && second->alerting() && second->role == Role::consulted && !with_customer;
    return rings || call_.awaited ? Line::Sound::ringing : Line::Sound::none;
  }
  return line.away || supervisor(line) || anybody_audible(line) ? Line::Sound::none : Line::Sound::music;
}

bool Conversation::talking() const {
  return in_charge && linked(customer, in_charge->line) && !customer.away && !in_charge->line.away;
}

std::vector<Line*> Conversation::lines() {
  std::vector<Line*> all = {&customer};
  for (const auto& party : parties) all.push_back(&party->line);
  return all;
}

void Conversation::count_time() {
  const Timestamp now = call_.services->loop.now();
  const Duration passed = now - std::exchange(counted_, now);
  for (Line* line : lines())
    if (!line->ended) line->record.*(line->counting) += passed;
  call_.contact->talked = customer.record.talked;
  call_.contact->held = customer.record.held;
}

void Conversation::apply() {
  count_time();
  customer.leg = call_.leg.get();
  customer.present = call_.live() && customer.leg && !call_.awaited;
  const std::vector<Line*> all = lines();
  for (Line* hearer : all)
    for (Line* source : all) link(*hearer, *source);
  for (Line* line : all) sound(*line);
  assign_time();
  tell_charge();
  tell_parties(call_);
  call_.stir();
}

void Conversation::customer_moved() {
  std::erase_if(links_,
                [this](const auto& link) { return link.first == &customer || link.second == &customer; });
  customer.sound = Line::Sound::none;
  customer.away = false;
  apply();
}

void Conversation::link(Line& hearer, Line& source) {
  const bool wanted = linked(hearer, source) && !source.muted;
  const auto key = std::pair<const Line*, const Line*>(&hearer, &source);
  if (wanted == (links_.count(key) != 0)) return;
  // Whatever the dialogue played until now.
  const bool first = std::none_of(links_.begin(), links_.end(),
                                  [&hearer](const auto& link) { return link.first == &hearer; });
  if (wanted && first && &hearer == &customer) call_.stop_playing();
  if (wanted) links_.insert(key);
  else links_.erase(key);
  hearer.leg->hear(*source.leg, wanted);
}

void Conversation::sound(Line& line) {
  const Line::Sound wanted = sound_for(line);
  if (std::exchange(line.sound, wanted) == wanted || !line.present) return;
  const bool silent = wanted == Line::Sound::none || (wanted == Line::Sound::music && call_.music.empty());
  if (silent && &line == &customer) return call_.stop_playing();
  if (silent) return line.leg->stop_playing();
  const Prompt prompt = wanted == Line::Sound::music ? Prompt(call_.music) : Prompt::sound(ringing_tone());
  if (&line == &customer) call_.play(prompt, true);
  else line.leg->play(prompt, call_.contact->language, {.repeat = true});
}

void Conversation::assign_time() {
  const auto charged = talking() ? &LegRecord::talked : &LegRecord::held;
  const auto alone = call_.answered ? &LegRecord::beside : &LegRecord::rang;
  customer.counting = in_charge && !call_.awaited ? charged : alone;
  for (const auto& party : parties) {
    Line& line = party->line;
    const bool in_hand = party.get() == in_charge && !call_.awaited;
    line.counting = in_hand ? charged : line.present ? &LegRecord::beside : &LegRecord::rang;
    if (party->on_phase && in_hand) party->on_phase(charged == &LegRecord::held);
  }
}

void Conversation::tell_charge() {
  Party* const now = in_charge && in_charge->line.present && !call_.awaited ? in_charge : nullptr;
  if (now == told_) return;
  if (told_) {
    const LegRecord& record = told_->line.record;
    call_.contact->append(events::contact_disconnected, {{"party", record.party},
                                                         {"agent", record.agent},
                                                         {"leg", record.number},
                                                         {"talked", seconds(record.talked - talked_before_)},
                                                         {"held", seconds(record.held - held_before_)}});
  }
  told_ = now;
  if (!now) return;
  const LegRecord& record = now->line.record;
  talked_before_ = record.talked;
  held_before_ = record.held;
  if (!record.agent.empty()) call_.contact->agent = record.agent;
  call_.contact->append(events::contact_connected,
                        {{"party", record.party}, {"agent", record.agent}, {"leg", record.number}});
}

}  // namespace vcsr
