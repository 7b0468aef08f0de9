// SPDX-License-Identifier: Apache-2.0
#include "server/status_page.hpp"

#include <utility>

#include "server/assets.hpp"
#include "server/call_order.hpp"
#include "server/parties_order.hpp"
#include "server/pickup_order.hpp"
#include "server/recording_order.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

/// Changes that come within this time are told together.
constexpr Duration gather = std::chrono::milliseconds(50);

/// A page of another site that resolves its own name to this address must not read customers' data
/// through somebody's browser: who listens on loopback answers to loopback's names only.
bool host_allowed(const std::string& host, const std::string& address) {
  const bool loopback = address.starts_with("127.") || address == "::1" || address == "localhost";
  return !loopback || host == address || host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

/// As long as a center keeps a caller waiting for its disk.
constexpr Duration patience = std::chrono::seconds(2);

Task<> reply_on_record(Loop& loop, Journal& journal, HttpResponse response,
                       std::function<void(HttpResponse)> reply) {
  if (journal.trouble().empty()) {
    Task<> writing = journal.durable();
    std::optional<std::monostate> written = co_await within(loop, patience, std::move(writing));
    static_cast<void>(written);
  }
  reply(std::move(response));
}

constexpr std::string_view parked = "/api/parked", pickups = "/api/pickups";
constexpr std::string_view contacts = "/api/contacts/", recording_of_contact = "/recording",
                           parties_of_contact = "/parties";

/// The contact in "/api/contacts/ID/recording"; "" where the path is another.
std::string contact_of(std::string_view path, std::string_view what) {
  if (!path.starts_with(contacts) || !path.ends_with(what) || path.size() <= contacts.size() + what.size())
    return {};
  return std::string(path.substr(contacts.size(), path.size() - contacts.size() - what.size()));
}

bool for_programs(std::string_view path) {
  return path == "/api/calls" || path == parked || path == pickups ||
         !contact_of(path, recording_of_contact).empty() || !contact_of(path, parties_of_contact).empty();
}

}  // namespace

StatusPage::StatusPage(AsioLoop& loop, Site& site, const WebConfig& config)
    : loop_(loop), site_(site), config_(config), work_(std::make_unique<Scope>(loop)) {
  std::vector<User> users = site.config().users;
  if (!config.token.empty())
    users.push_back({.name = "operator", .role = UserRole::administrator, .token = config.token});
  if (!users.empty()) {
    agents_ = std::make_unique<AgentDesk>(loop, site, users);
    queues_ = std::make_unique<QueueDesk>(loop, site, users);
    figures_ = std::make_unique<FiguresDesk>(site, users);
    caller_lists_ = std::make_unique<CallerListDesk>(loop, site.center(), users);
    mailboxes_ = std::make_unique<MailboxDesk>(loop, site, users);
    desk_ = std::make_unique<RecordingDesk>(loop, site, std::move(users));
  }
  HttpServerOptions options{
      .address = config.address, .port = config.port, .log = site.log().component("web")};
  server_ = std::make_unique<HttpServer>(
      loop, std::move(options), [this](const HttpRequest& request) { return answer(request); }, "/events",
      [this](const HttpRequest& request) -> std::optional<std::string> {
        if (!host_allowed(request.host, config_.address)) return std::nullopt;
        return request.last_event_id == std::to_string(site_.board().number()) ? std::string() : picture();
      });
  following_ = site.journal().follow(site.journal().last() + 1, [this](const JournalEntry&) { changed(); });
}

StatusPage::~StatusPage() {
  if (telling_) loop_.cancel(*telling_);
}

std::string StatusPage::url() const {
  return "http://" + config_.address + ":" + std::to_string(server_->port()) + "/";
}

HttpResponse StatusPage::answer(const HttpRequest& request) const {
  if (!host_allowed(request.host, config_.address))
    return {.status = 421, .body = "this page answers to " + config_.address + " only\n"};
  if (desk_ && RecordingDesk::serves(request.path)) return desk_->answer(request);
  if (mailboxes_ && MailboxDesk::serves(request.path)) {
    HttpResponse response = mailboxes_->answer(request);
    return request.method == "POST" ? on_record(std::move(response)) : response;
  }
  if (agents_ && AgentDesk::serves(request.path)) {
    HttpResponse response = agents_->answer(request);
    return request.method == "POST" ? on_record(std::move(response)) : response;
  }
  if (queues_ && QueueDesk::serves(request.path)) {
    HttpResponse response = queues_->answer(request);
    return request.method == "POST" ? on_record(std::move(response)) : response;
  }
  if (figures_ && FiguresDesk::serves(request.path)) return figures_->answer(request);
  if (caller_lists_ && CallerListDesk::serves(request.path)) {
    HttpResponse response = caller_lists_->answer(request);
    return request.method == "POST" ? on_record(std::move(response)) : response;
  }
  if (!config_.token.empty() && for_programs(request.path)) return order(request);
  if (request.method != "GET") return {.status = 405, .body = "only GET is served here\n"};
  if (request.path == "/api/board") return {.type = "application/json", .body = to_json(board()) + "\n"};
  if (const Asset* asset = find_asset(request.path))
    return {.type = std::string(asset->type), .body = std::string(asset->bytes)};
  return {.status = 404, .body = "there is no " + request.path + "; try /\n"};
}

// The Authorization field is what no page of another site can send without being asked first.
HttpResponse StatusPage::order(const HttpRequest& request) const {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view given = request.authorization;
  const bool asks = request.path == parked;
  if (request.method != (asks ? "GET" : "POST"))
    return {.status = 405, .body = std::string("only ") + (asks ? "GET" : "POST") + " is served here\n"};
  if (!given.starts_with(bearer) || !config_.token.matches(given.substr(bearer.size())))
    return {.status = 401, .body = "expected the token of the configuration: Authorization: Bearer …\n"};
  if (asks) return {.type = "application/json", .body = to_json(list_parked(site_.center())) + "\n"};
  try {
    if (request.path == "/api/calls") return on_record(make_call(request));
    if (request.path == pickups) return on_record(pick_up(request));
    const bool recorded = contact_of(request.path, parties_of_contact).empty();
    return on_record(recorded ? recording(request) : parties(request));
  } catch (const Error& error) {
    const bool missing = error.code() == Error::Code::not_found;
    const bool refused = error.code() == Error::Code::refused;
    return {.status = missing ? 404 : refused ? 409 : 400, .body = std::string(error.what()) + "\n"};
  }
}

HttpResponse StatusPage::on_record(HttpResponse response) const {
  return {.later = [this, response = std::move(response)](std::function<void(HttpResponse)> reply) {
    work_->spawn(reply_on_record(loop_, site_.journal(), response, std::move(reply)));
  }};
}

HttpResponse StatusPage::make_call(const HttpRequest& request) const {
  CallOrder order = parse_call_order(request.body);
  site_.call(std::move(order.to), order.number, std::move(order.options));
  return {.status = 202, .type = "application/json", .body = "{\"accepted\":true}\n"};
}

HttpResponse StatusPage::pick_up(const HttpRequest& request) const {
  return {.status = 202,
          .type = "application/json",
          .body = order_pickup(site_.center(), request.body, *work_) + "\n"};
}

HttpResponse StatusPage::recording(const HttpRequest& request) const {
  const std::string contact = contact_of(request.path, recording_of_contact);
  return {.type = "application/json", .body = order_recording(site_.center(), contact, request.body) + "\n"};
}

HttpResponse StatusPage::parties(const HttpRequest& request) const {
  const std::string contact = contact_of(request.path, parties_of_contact);
  return {.type = "application/json",
          .body = order_parties(site_.center(), contact, request.body, *work_) + "\n"};
}

Value StatusPage::board() const {
  Value::Map picture = *site_.board().snapshot().get_if<Value::Map>();
  const std::vector<std::string> troubles = site_.troubles();
  picture["sign_in"] = desk_ != nullptr;
  picture["trouble"] = Value::List(troubles.begin(), troubles.end());
  return picture;
}

std::string StatusPage::picture() const {
  return to_event(std::to_string(site_.board().number()), "board", to_json(board()));
}

void StatusPage::changed() {
  if (telling_ || server_->listeners() == 0) return;
  telling_ = loop_.at(loop_.now() + gather, [this] {
    telling_.reset();
    server_->tell(picture());
  });
}

}  // namespace vcsr
