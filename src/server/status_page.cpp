// SPDX-License-Identifier: Apache-2.0
#include "server/status_page.hpp"

#include <utility>

#include "server/assets.hpp"

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

}  // namespace

StatusPage::StatusPage(AsioLoop& loop, Site& site, const WebConfig& config)
    : loop_(loop), site_(site), config_(config) {
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
  if (request.method != "GET") return {.status = 405, .body = "only GET is served here\n"};
  if (request.path == "/api/board")
    return {.type = "application/json", .body = to_json(site_.board().snapshot()) + "\n"};
  if (const Asset* asset = find_asset(request.path))
    return {.type = std::string(asset->type), .body = std::string(asset->bytes)};
  return {.status = 404, .body = "there is no " + request.path + "; try /\n"};
}

std::string StatusPage::picture() const {
  return to_event(std::to_string(site_.board().number()), "board", to_json(site_.board().snapshot()));
}

void StatusPage::changed() {
  if (telling_ || server_->listeners() == 0) return;
  telling_ = loop_.at(loop_.now() + gather, [this] {
    telling_.reset();
    server_->tell(picture());
  });
}

}  // namespace vcsr
