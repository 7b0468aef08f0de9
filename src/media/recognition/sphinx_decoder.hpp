// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct ps_decoder_s;

namespace vcsr {

/// PocketSphinx with its English model. One thread at a time.
class SphinxDecoder {
 public:
  /// The best way through a grammar.
  struct Path {
    std::string words;
    double score = 0;  ///< logarithmic, of the sounds alone, a frame of 10 ms
  };

  /// Takes a fifth of a second. Throws Error(unavailable) when the model in the folder cannot be read.
  explicit SphinxDecoder(const std::string& folder);

  /// Throws Error(unsupported) for a grammar that cannot be read or has words of unknown sound.
  void set_grammar(const std::string& jsgf);
  /// By the grammar set last; 16,000 samples a second.
  Path decode(std::span<const std::int16_t> samples);
  /// The same by any row of sounds whatever.
  Path decode_freely(std::span<const std::int16_t> samples);

 private:
  struct Free {
    void operator()(ps_decoder_s* decoder) const;
  };

  void add_sounds();
  void install(const char* name, const std::string& jsgf);
  Path decode_by(const char* name, std::span<const std::int16_t> samples);

  std::unique_ptr<ps_decoder_s, Free> decoder_;
  std::string grammar_;
};

/// The folder's model and dictionary; throws Error(unavailable) that names the package when they are not
/// there.
void require_sphinx_model(const std::string& folder);

}  // namespace vcsr
