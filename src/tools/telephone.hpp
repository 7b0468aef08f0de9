// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/call_script.hpp"
#include "tools/story.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/recording_writer.hpp"
#include "vcsr/media/voice.hpp"

namespace vcsr {

/// What `vcsr call` and `vcsr phone` have in common.
struct TelephoneRequest {
  std::string script_file;  ///< or, when empty,
  std::string script;       ///< the script itself
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::string record;  ///< stereo WAV file of the (first) call; "" for none
  Duration timeout = std::chrono::seconds(30);
  bool events = false;   ///< JSON lines instead of words
  bool verbose = false;  ///< what the SIP stack does goes to standard error
};

/// Throws Error: not_found for a script that is not there, and what parse_call_script() throws.
std::vector<Step> read_script(const TelephoneRequest& request, ScriptRole role);

/// A scripted SIP telephone: loop, voice, recordings, and the options of its driver.
class Telephone {
 public:
  explicit Telephone(const TelephoneRequest& request);

  /// `driver` outlives neither the telephone nor `reception`.
  std::unique_ptr<SipDriver> start(SipOptions options, Reception& reception);
  /// The recording of the call with this number, from 1; null when none was asked for.
  std::shared_ptr<WavRecording> record(int call);

  AsioLoop loop;
  Story story;

 private:
  const TelephoneRequest& request_;
  Log log_;
  Voice voice_;
  RecordingWriter recordings_;
};

}  // namespace vcsr
