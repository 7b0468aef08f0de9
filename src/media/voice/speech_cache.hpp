// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/media/speech.hpp"

namespace vcsr {

/// A synthesizer that keeps what it said in a folder, in files named by their content: the
/// SHA-256 of engine, language and text. A file that is damaged is made again; a folder that
/// cannot be written costs time, not speech.
std::unique_ptr<Synthesizer> make_cached_synthesizer(std::unique_ptr<Synthesizer> engine, std::string folder,
                                                     Log log);

}  // namespace vcsr
