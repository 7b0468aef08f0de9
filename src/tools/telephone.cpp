// SPDX-License-Identifier: Apache-2.0
#include "tools/telephone.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/media/speech.hpp"

namespace vcsr {

namespace {

/// Away from a center's own ports, so that both can run on one machine.
constexpr std::uint16_t first_rtp_port = 40000, last_rtp_port = 49998;

LogOptions log_options(bool verbose) { return {.level = verbose ? LogLevel::debug : LogLevel::warning}; }

}  // namespace

std::vector<Step> read_script(const TelephoneRequest& request, ScriptRole role) {
  if (request.script_file.empty()) return parse_call_script(request.script, "script", ".", role);
  std::ifstream file(request.script_file);
  if (!file || std::filesystem::is_directory(request.script_file))
    throw Error(Error::Code::not_found, "there is no script " + request.script_file);
  std::stringstream text;
  text << file.rdbuf();
  const auto folder = std::filesystem::absolute(request.script_file).parent_path();
  return parse_call_script(text.str(), request.script_file, folder.string(), role);
}

Telephone::Telephone(const TelephoneRequest& request)
    : story(loop, request.events ? Story::Format::json : Story::Format::text),
      request_(request),
      log_(loop, log_options(request.verbose)),
      voice_(loop, {}, make_espeak_synthesizer(), {.log = log_.component("voice")}),
      recordings_(loop, {.log = log_.component("recorder")}) {
  // The run ends, and with it the call: the far side gets its BYE.
  loop.on_signal([this] { loop.stop(); });
}

std::unique_ptr<SipDriver> Telephone::start(SipOptions options, Reception& reception) {
  options.address = request_.address;
  options.port = request_.port;
  options.rtp_first = first_rtp_port;
  options.rtp_last = last_rtp_port;
  options.user_agent = "vcsr-phone";
  options.log = log_.component("sip");
  std::unique_ptr<SipDriver> driver = make_sip_driver(std::move(options), voice_);
  driver->start(loop, reception);
  return driver;
}

std::shared_ptr<WavRecording> Telephone::record(int call) {
  if (request_.record.empty()) return nullptr;
  std::filesystem::path path(request_.record);
  if (call > 1)
    path.replace_filename(path.stem().string() + "-" + std::to_string(call) + path.extension().string());
  return recordings_.open(path.string());
}

}  // namespace vcsr
