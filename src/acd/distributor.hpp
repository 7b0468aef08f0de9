// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "acd/candidate.hpp"
#include "acd/sorted_blocks.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/distribution.hpp"

namespace vcsr::acd {

/// On what an offer rests: what the journal keeps of the decision. Costs the same at any size.
struct Grounds {
  struct RunnerUp {
    AgentNumber agent = nobody;
    double score = 0;
  };
  Strategy strategy = Strategy::longest_idle;
  bool preferred = false;   ///< the contact asked for this agent
  bool agent_came = false;  ///< the contact waited and the agent became free; else the other way round
  double score = 0;
  std::array<RunnerUp, 3> runners_up = {};           ///< who came next, best first; nobody: there is no other
  std::optional<double> debt = {};                   ///< where the queue has a goal: by how much it is missed
  std::size_t step = 0;                              ///< how often the requirement was made wider
  std::size_t members = 0, qualified = 0, free = 0;  ///< agents of the queue, with the skills, free
  std::array<std::uint32_t, standings> by_standing = {};  ///< of the queue's agents, before the offer
};

/// A contact is put before these agents, one but for Strategy::ring_all, who are closed until update();
/// besides others, where it is offered already.
struct Offer {
  ContactNumber contact = 0;
  std::vector<AgentNumber> agents = {};
  Grounds grounds = {};
};

/// How a contact enters a queue.
struct Entry {
  LadderNumber ladder = 0;
  int priority = 0;
  /// The first `preferred_for` the contact waits for this agent alone, as long as she is in the queue and
  /// logged in; her skills are not asked for.
  AgentNumber preferred = nobody;
  Duration preferred_for{};
  Duration head_start{};  ///< waited before, elsewhere
  /// For so long it has been in the queue already, which counts for steps and the preferred agent alone.
  Duration joined_before{};
};

/// Which agent for which contact: order, fairness, strategies, skills. Passive and deterministic: it is
/// told what happens and what time it is (which never goes back), and makes offers, to be taken with
/// take_offers() after every call. Contacts with the same queue, channel and requirement form a class;
/// agents are matched with classes when skills or classes change, so that a decision looks at heads only.
/// One of a class's line and its free agents is always empty.
class Distributor {
 public:
  using Score = std::function<double(ContactNumber, AgentNumber)>;
  struct Terms {
    std::string name;
    Strategy strategy = Strategy::longest_idle;
    Duration priority_worth = std::chrono::minutes(1);
    double weight = 1;       ///< over 0; where agents are shared, a contact's age counts so many times
    std::size_t group = 50;  ///< of Strategy::ring_all: how many are offered it at once
    Score score = {};        ///< of Strategy::custom
    std::optional<double> goal = {};  ///< of contacts served in time: those below it go before weights
  };

  explicit Distributor(std::uint64_t seed = 1) : random_(seed) {}

  void seed(std::uint64_t seed) { random_ = seed; }
  QueueNumber add_queue(Terms terms);
  AgentNumber add_agent(std::string id, Skills skills);
  void set_skills(AgentNumber agent, Skills skills, Timestamp now);
  /// Agents of a lower level are preferred. Again: another level.
  void join(AgentNumber agent, QueueNumber queue, int level, Timestamp now);
  void leave(AgentNumber agent, QueueNumber queue, Timestamp now);
  /// What the agent can take now; opens whom an offer has closed.
  void update(AgentNumber agent, Availability availability, Timestamp now);
  /// An accepted contact is over.
  void credit(AgentNumber agent, Duration talked, Duration occupied);
  /// What an agent had to do in earlier times counts in the choice of agents.
  void remember(AgentNumber agent, std::size_t contacts, Duration talked);

  /// How requirements relax, to enter with at once. Steps stand in the order of their times.
  LadderNumber ladder(QueueNumber queue, Channel channel, const Requirement& requirement,
                      const std::vector<RequirementStep>& steps = {});
  /// It stands aside, with its place reserved, until wait_again().
  ContactNumber admit(const Entry& entry, Timestamp now);
  ContactNumber enter(const Entry& entry, Timestamp now);
  /// One of those it is offered to does not take it; when it was the last, it stands aside.
  void decline(ContactNumber contact, AgentNumber agent);
  /// From now on it is offered to this agent alone; nobody: to nobody but those it is offered to already.
  void settle_on(ContactNumber contact, AgentNumber agent);
  /// Who waits is offered to nobody until wait_again().
  void stand_aside(ContactNumber contact);
  /// Who stands aside waits again, at the old place.
  void wait_again(ContactNumber contact, Timestamp now);
  /// It is the agent's now and leaves the queue; it was offered to her.
  void accept(ContactNumber contact, AgentNumber agent);
  /// It leaves the queue, whatever its state.
  void withdraw(ContactNumber contact);
  /// What became of one of the queue's contacts, for its goal.
  void note_service(QueueNumber queue, bool in_time);
  /// How far the share of the last served in time is below the goal; 0 when it is not, or there is none.
  double debt(QueueNumber queue) const { return queues_[queue].debt(); }

  /// When advance() has something to do; nothing if never.
  std::optional<Timestamp> next_deadline() const;
  void advance(Timestamp now);
  std::vector<Offer> take_offers() { return std::exchange(offers_, {}); }

  /// From 1, among those who wait; also for one who does not: the place it would have.
  std::size_t position(ContactNumber contact) const;
  /// How many one who entered now with this priority would have before it.
  std::size_t ahead_of(QueueNumber queue, int priority, Timestamp now) const;
  std::size_t logged_in(QueueNumber queue) const {
    return queues_[queue].members.size() -
           queues_[queue].by_standing[static_cast<std::size_t>(Standing::logged_out)];
  }
  std::size_t waiting(QueueNumber queue) const { return queues_[queue].everyone.size(); }
  /// First to be served first.
  std::vector<ContactNumber> line(QueueNumber queue) const;
  const std::string& id(AgentNumber agent) const { return agents_[agent].id; }
  /// What it asks of agents by now.
  const Requirement& requirement(ContactNumber contact) const {
    return class_of(contacts_[contact]).requirement;
  }
  /// All but the id of the contact.
  Explanation explain(ContactNumber contact, std::string_view language, Timestamp now) const;

 private:
  /// Where a contact stands; priority is worth a head start, so that nobody overtakes by waiting.
  struct Place {
    Timestamp rank;
    std::uint64_t number;
    ContactNumber contact;
    auto operator<=>(const Place& other) const = default;
  };
  struct Deadline {
    Timestamp at;
    ContactNumber contact;
    auto operator<=>(const Deadline& other) const = default;
  };
  enum class State : std::uint8_t { gone, aside, waiting, held, offered };
  struct Contact {
    Timestamp rank{}, joined{}, preferred_until{};
    std::optional<Timestamp> deadline = {};
    std::uint64_t number = 0;
    LadderNumber ladder = 0;
    AgentNumber preferred = nobody;
    std::uint32_t step = 0;
    State state = State::gone;
    std::vector<AgentNumber> offered_to = {};
  };
  struct Class {
    QueueNumber queue = 0;
    Channel channel = Channel::voice;
    Requirement requirement;
    SortedBlocks<Place> line;
    SortedBlocks<Candidate> available;
    std::uint32_t qualified = 0, ladders = 0;
  };
  struct Ladder {
    std::string key;
    std::vector<Duration> after;
    std::vector<ClassNumber> classes;
    std::uint32_t users = 0;
    std::optional<std::list<LadderNumber>::iterator> idle = {};
  };
  struct Member {
    QueueNumber queue;
    std::int32_t level;
    std::uint32_t order;
  };
  struct Agent {
    std::string id;
    Skills skills;
    Availability availability;
    Measures measures, shown;  ///< `shown` as they were when she was listed
    Timestamp logged_in{};
    std::vector<Member> queues;
    std::vector<Seat> seats;
    SortedBlocks<Place> held;
    std::uint8_t turn = 0;
    bool listed = false;
  };
  /// A contact offered to several, whom more may join; but not those who have passed it on.
  struct Ringing {
    ContactNumber contact;
    std::vector<AgentNumber> passed = {};
  };
  /// Of the last contacts that count for a goal, which were served in time.
  struct Service {
    std::bitset<100> in_time;
    std::size_t all = 0, next = 0;
    void note(bool good);
    double share() const;
  };
  struct Queue {
    Terms terms;
    SortedBlocks<Place> everyone;
    std::vector<AgentNumber> members;
    std::vector<ClassNumber> classes;
    std::array<std::uint32_t, standings> by_standing{};
    std::uint32_t joined = 0;  ///< numbers those who join
    std::int64_t last = -1;    ///< the number of who was offered a contact last
    std::vector<Ringing> ringing;
    Service service;
    double debt() const { return terms.goal ? std::max(0.0, *terms.goal - service.share()) : 0; }
  };
  struct Found {
    ContactNumber contact = nobody;
    double debt = 0, urgency = 0;
    Place place{};
    bool goes_before(const Found& other) const;
  };

  // classes.cpp: which agents could serve which contacts.
  ClassNumber class_of(QueueNumber queue, Channel channel, const Requirement& requirement);
  void drop_ladder(LadderNumber number);
  void drop_class(ClassNumber number);
  void seat(Agent& agent, const Member& member, ClassNumber number);
  void take_seats(Agent& agent, const Member& member);
  void lose_seats(Agent& agent, QueueNumber queue);
  Ladder& use_ladder(LadderNumber number);
  void leave_ladder(LadderNumber number);

  // matching.cpp: who gets whom.
  Candidate candidate(AgentNumber number, const Seat& seat) const;
  void list(AgentNumber number);
  void unlist(AgentNumber number);
  void count(const Agent& agent, int by);
  void serve(AgentNumber number, Timestamp now);
  Found most_urgent(Agent& agent, Timestamp now) const;
  void consider(const Place& place, const Queue& queue, Timestamp now, Found& oldest, Found& best) const;
  std::vector<AgentNumber> choose(const Class& group, ContactNumber contact);
  AgentNumber choose_one(const Class& group, ContactNumber contact);
  AgentNumber best_by_function(const Class& group, ContactNumber contact) const;
  double score_of(const Class& group, AgentNumber agent, ContactNumber contact, Timestamp now) const;
  Grounds grounds_of(ContactNumber contact, const std::vector<AgentNumber>& agents, Timestamp now) const;
  void reserve(AgentNumber agent);

  // ringing.cpp: offers to several.
  Ringing* ringing(ContactNumber contact);
  void stop_ringing(ContactNumber contact);
  /// Whether the agent joins those to whom a contact is offered.
  bool joins(AgentNumber agent, Timestamp now);
  bool may_join(const Ringing& offer, const Agent& agent, AgentNumber number, Timestamp now) const;
  /// More may do now.
  void widen(ContactNumber contact, Timestamp now);
  void add(ContactNumber contact, AgentNumber agent, bool agent_came, Timestamp now);
  void give(ContactNumber contact, std::vector<AgentNumber> agents, bool agent_came, Timestamp now);

  // waiting.cpp: where contacts stand.
  Class& class_of(const Contact& contact);
  const Class& class_of(const Contact& contact) const;
  Place place_of(ContactNumber number) const;
  /// Whether it waits for its preferred agent alone.
  bool is_awaited(const Contact& contact, Timestamp now) const;
  void place(ContactNumber number, Timestamp now);
  void displace(ContactNumber number);
  void release_held(AgentNumber agent, std::optional<QueueNumber> queue, Timestamp now);
  void schedule(ContactNumber number);
  void remove(ContactNumber number);

  bool is_member(const Agent& agent, QueueNumber queue) const;
  ConsideredAgent considered(AgentNumber agent, ContactNumber contact, std::string_view language,
                             Timestamp now) const;
  std::uint64_t draw();

  std::vector<Queue> queues_;
  std::vector<Agent> agents_;
  std::deque<Contact> contacts_;
  std::vector<ContactNumber> free_contacts_;
  std::deque<Class> classes_;
  std::vector<std::uint32_t> waiting_;  ///< by class: what most_urgent() looks at
  std::vector<ClassNumber> free_classes_;
  std::vector<Ladder> ladders_;
  std::vector<LadderNumber> free_ladders_;
  std::list<LadderNumber> idle_ladders_;  ///< nobody stands on them; the one for longest first
  std::unordered_map<std::string, LadderNumber> ladder_numbers_;
  std::unordered_map<std::string, ClassNumber> class_numbers_;
  SortedBlocks<Deadline> deadlines_;
  std::vector<Offer> offers_;
  std::uint64_t entered_ = 0, random_;
};

}  // namespace vcsr::acd
