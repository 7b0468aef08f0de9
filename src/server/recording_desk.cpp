// SPDX-License-Identifier: Apache-2.0
#include "server/recording_desk.hpp"

#include <algorithm>
#include <utility>

#include "app/recording_json.hpp"
#include "recording/digest.hpp"
#include "server/bearer.hpp"
#include "server/live_listener.hpp"
#include "server/recording_sound.hpp"
#include "server/recording_wish.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view contacts = "/api/contacts/", listening = "/listen", tickets = "/listen/";
constexpr std::string_view recordings = "/api/recordings";
constexpr Duration ticket_holds = std::chrono::minutes(1);
constexpr std::size_t most_tickets = 1000;

std::string contact_in(std::string_view path) {
  const std::size_t around = contacts.size() + listening.size();
  if (!path.starts_with(contacts) || !path.ends_with(listening) || path.size() <= around) return {};
  return std::string(path.substr(contacts.size(), path.size() - around));
}

HttpResponse json(const Value& value) { return {.type = "application/json", .body = to_json(value) + "\n"}; }

HttpResponse failure(const Error& error) {
  const Error::Code code = error.code();
  const int status = code == Error::Code::not_found     ? 404
                     : code == Error::Code::refused     ? 409
                     : code == Error::Code::unavailable ? 503
                                                        : 400;
  return {.status = status, .body = std::string(error.what()) + "\n"};
}

void require_method(const HttpRequest& request, std::string_view methods) {
  if (methods.find(request.method) == std::string_view::npos)
    throw Error(Error::Code::invalid, request.path + " is for " + std::string(methods) + " only");
}

}  // namespace

RecordingDesk::RecordingDesk(Loop& loop, Site& site, std::vector<User> users)
    : loop_(loop), site_(site), users_(std::move(users)), work_(loop) {}

bool RecordingDesk::serves(std::string_view path) {
  return path.starts_with(tickets) || path.starts_with(recordings) || !contact_in(path).empty();
}

HttpResponse RecordingDesk::answer(const HttpRequest& request) {
  std::optional<User> user;
  HttpRequest asked = request;
  if (request.path.starts_with(tickets)) {
    const std::optional<Ticket> ticket = use_ticket(request.path.substr(tickets.size()));
    if (!ticket) return {.status = 404, .body = "this address was for once, for a minute; ask for another\n"};
    user = ticket->user;
    asked.path = std::string(contacts) + ticket->contact + std::string(listening);
  } else {
    user = user_of(request, users_);
  }
  if (!user) return {.status = 401, .body = "expected a user's token: Authorization: Bearer …\n"};
  return {
      .later = [this, asked, who = *user](Reply reply) { work_.spawn(serve(asked, who, std::move(reply))); }};
}

Task<> RecordingDesk::serve(HttpRequest request, User user, Reply reply) {
  std::optional<HttpResponse> response;
  std::optional<Denied> denied;
  try {
    Task<HttpResponse> acting = act(std::move(request), user);
    response = co_await std::move(acting);
  } catch (const Denied& error) {
    denied = error;
    response = HttpResponse{.status = 403, .body = std::string(error.what()) + "\n"};
  } catch (const Error& error) {
    response = failure(error);
  }
  if (denied && site_.archive()) {
    try {
      Task<> telling = site_.archive()->deny(denied->recording(), to_string(denied->right()), user.name);
      co_await std::move(telling);
    } catch (const Error& error) {
      site_.log().error("a denial is not in the ledger", {{"user", user.name}, {"why", error.what()}});
    }
  }
  reply(*std::move(response));
}

Task<HttpResponse> RecordingDesk::act(HttpRequest request, User user) {
  if (const std::string contact = contact_in(request.path); !contact.empty()) {
    require_method(request, "GET, POST");
    if (request.method == "POST") co_return make_ticket(contact, user);
    Task<HttpResponse> hearing = overhear(contact, user);
    co_return co_await std::move(hearing);
  }
  if (!site_.archive()) throw Error(Error::Code::refused, "this center keeps no recordings");
  if (request.path == recordings) {
    require_method(request, "GET, POST");
    Task<HttpResponse> finding = find(parse_recording_query(request.body), user);
    co_return co_await std::move(finding);
  }
  std::string id = request.path.substr(std::min(recordings.size() + 1, request.path.size()));
  std::string what;
  if (const std::size_t end = id.find('/'); end != std::string::npos) {
    what = id.substr(end);
    id.resize(end);
  }
  Task<HttpResponse> acting = act_on(id, what, std::move(request), user);
  co_return co_await std::move(acting);
}

Task<HttpResponse> RecordingDesk::find(RecordingQuery query, User user) {
  require_right(user, Right::listen);
  if (user.role == UserRole::agent) query.agent = user.agent;
  const std::size_t wanted = query.limit;
  Value::List found;
  for (bool more = true; more && found.size() < wanted;) {
    Task<std::vector<ArchivedRecording>> searching = site_.archive()->search(query);
    const std::vector<ArchivedRecording> page = co_await std::move(searching);
    for (const ArchivedRecording& recording : page)
      if (found.size() < wanted && may(user, Right::listen, recording.facts))
        found.push_back(value_of(recording));
    more = page.size() == query.limit;
    if (more) query.after = page.back().facts.id;
  }
  co_return json(std::move(found));
}

Task<HttpResponse> RecordingDesk::act_on(std::string id, std::string what, HttpRequest request, User user) {
  Archive& archive = *site_.archive();
  Task<std::optional<ArchivedRecording>> finding = archive.find(id);
  const std::optional<ArchivedRecording> recording = co_await std::move(finding);
  const bool asks = request.method == "GET";
  if (!recording || (!what.empty() && what != "/audio" && what != "/export"))
    throw Error(Error::Code::not_found, "there is no " + request.path);
  require_method(request, what.empty() ? "GET, POST" : "GET");
  RecordingWish wish;
  if (!asks) wish = parse_recording_wish(request.body);
  require_right(user,
                what == "/export" ? Right::take_out
                : asks            ? Right::listen
                                  : wish.right,
                &recording->facts);
  if (!what.empty()) {
    Task<std::vector<std::uint8_t>> hearing =
        what == "/audio" ? archive.listen(id, user.name) : archive.take_out(id, "http", user.name);
    const std::vector<std::uint8_t> audio = co_await std::move(hearing);
    co_return recording_sound(audio);
  }
  if (asks) co_return json(value_of(*recording));
  Task<> doing = fulfil(archive, id, wish, user.name);
  co_await std::move(doing);
  Task<std::optional<ArchivedRecording>> looking = archive.find(id);
  const std::optional<ArchivedRecording> now = co_await std::move(looking);
  co_return json(value_of(now ? *now : *recording));
}

Call RecordingDesk::audible(const std::string& contact, const User& user) const {
  std::optional<Call> call = site_.center().find_call(contact);
  if (!call || !call->live()) throw Error(Error::Code::not_found, "there is no open call " + contact);
  const std::optional<Recorder> recorder = call->recorder();
  const auto [queue, agent] = site_.board().desk_of(contact);
  const RecordingDescription facts{.id = recorder ? recorder->id() : "", .agent = agent, .queue = queue};
  require_right(user, Right::overhear, &facts);
  return *std::move(call);
}

// A recording is heard as it is kept, and has its entry in the ledger; whatever else is heard from the call.
Task<HttpResponse> RecordingDesk::overhear(std::string contact, User user) {
  Call call = audible(contact, user);
  const std::optional<Recorder> recorder = call.recorder();
  Overheard overheard{.contact = contact, .recording = "", .by = user.name};
  if (!recorder || recorder->file().empty() || !site_.archive()) {
    LiveEar ear = make_live_ear();
    Call::Listening listening = call.overhear(std::move(ear.tap));
    co_return listen_live(loop_, site_.journal(), std::move(ear.listening), std::move(overheard),
                          std::move(listening));
  }
  overheard.recording = recorder->id();
  Task<LiveListening> asking = site_.archive()->overhear(recorder->id(), recorder->file(), user.name);
  LiveListening live = co_await std::move(asking);
  co_return listen_live(loop_, site_.journal(), std::move(live), std::move(overheard));
}

HttpResponse RecordingDesk::make_ticket(const std::string& contact, const User& user) {
  audible(contact, user);
  std::erase_if(tickets_, [now = loop_.now()](const auto& entry) { return entry.second.until < now; });
  if (tickets_.size() >= most_tickets)
    throw Error(Error::Code::unavailable, "too many have asked to listen and did not come");
  const std::string name = recording::hexadecimal(recording::random_bytes(16));
  tickets_[name] = {.contact = contact, .user = user, .until = loop_.now() + ticket_holds};
  return json(Value::Map{{"url", std::string(tickets) + name}});
}

std::optional<RecordingDesk::Ticket> RecordingDesk::use_ticket(const std::string& name) {
  const auto found = tickets_.find(name);
  if (found == tickets_.end()) return {};
  Ticket used = std::move(found->second);
  tickets_.erase(found);
  if (used.until < loop_.now()) return {};
  return used;
}

}  // namespace vcsr
