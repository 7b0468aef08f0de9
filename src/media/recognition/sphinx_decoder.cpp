// SPDX-License-Identifier: Apache-2.0
#include "media/recognition/sphinx_decoder.hpp"

#include <array>
#include <filesystem>
#include <vector>

#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fsg_model.h>
#include <sphinxbase/jsgf.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr const char* answer = "answer";
constexpr const char* sounds = "sounds";

/// The sounds of English as the model calls them.
constexpr std::array phones = {"AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER", "EY",
                               "F",  "G",  "HH", "IH", "IY", "JH", "K",  "L",  "M", "N",  "NG", "OW", "OY",
                               "P",  "R",  "S",  "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z"};

std::string model_in(const std::string& folder) { return folder + "/en-us"; }
std::string dictionary_in(const std::string& folder) { return folder + "/cmudict-en-us.dict"; }

Error unreadable(const std::string& what) {
  return Error(Error::Code::unsupported, "speech recognition: the grammar " + what);
}

using Grammar = std::unique_ptr<jsgf_t, decltype(&jsgf_grammar_free)>;
using Automaton = std::unique_ptr<fsg_model_t, decltype(&fsg_model_free)>;

Automaton automaton_of(const std::string& jsgf, logmath_t* logarithms) {
  const Grammar grammar(jsgf_parse_string(jsgf.c_str(), nullptr), jsgf_grammar_free);
  if (!grammar) throw unreadable("is no JSGF: " + jsgf.substr(0, 80));
  jsgf_rule_t* const rule = jsgf_get_public_rule(grammar.get());
  if (rule == nullptr) throw unreadable("has no public rule: " + jsgf.substr(0, 80));
  constexpr float language_weight = 6.5;
  Automaton automaton(jsgf_build_fsg(grammar.get(), rule, logarithms, language_weight), fsg_model_free);
  if (!automaton) throw unreadable("uses a rule that it does not define: " + jsgf.substr(0, 80));
  return automaton;
}

void require_known_words(ps_decoder_t* decoder, fsg_model_t* automaton) {
  std::string unknown;
  for (int i = 0; i < fsg_model_n_word(automaton); ++i) {
    const std::string word = fsg_model_word_str(automaton, i);
    const std::unique_ptr<char, decltype(&ckd_free)> sound(ps_lookup_word(decoder, word.c_str()), ckd_free);
    if (!sound) unknown += (unknown.empty() ? "\"" : ", \"") + word + "\"";
  }
  if (!unknown.empty())
    throw unreadable("has words that PocketSphinx's English dictionary lacks: " + unknown +
                     "; write them as words it has, numbers in letters");
}

}  // namespace

void require_sphinx_model(const std::string& folder) {
  if (std::filesystem::exists(model_in(folder) + "/mdef") && std::filesystem::exists(dictionary_in(folder)))
    return;
  throw Error(Error::Code::unavailable, "speech recognition: there is no English model of PocketSphinx in " +
                                            folder + ": apt-get install pocketsphinx-en-us");
}

void SphinxDecoder::Free::operator()(ps_decoder_s* decoder) const { ps_free(decoder); }

SphinxDecoder::SphinxDecoder(const std::string& folder) {
  require_sphinx_model(folder);
  // It would write to standard error, and that is one for all decoders.
  static const bool quiet = (err_set_logfp(nullptr), true);
  static_cast<void>(quiet);
  // The search is wider than by default: the model was made of wider audio than a telephone's, and a right
  // answer begins worse than it should. With a grammar that costs little.
  std::vector<std::string> words = {"vcsr",  "-hmm",   model_in(folder), "-dict",  dictionary_in(folder),
                                    "-beam", "1e-100", "-pbeam",         "1e-100", "-wbeam",
                                    "1e-80"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  cmd_ln_t* const options =
      cmd_ln_parse_r(nullptr, ps_args(), static_cast<int>(arguments.size()), arguments.data(), TRUE);
  decoder_.reset(options == nullptr ? nullptr : ps_init(options));
  cmd_ln_free_r(options);
  if (!decoder_)
    throw Error(Error::Code::unavailable,
                "speech recognition: PocketSphinx cannot read its English model in " + folder +
                    ": apt-get install --reinstall pocketsphinx-en-us");
  add_sounds();
}

void SphinxDecoder::add_sounds() {
  std::string alternatives;
  for (const char* phone : phones) {
    const std::string word = std::string("vcsr-") + phone;
    ps_add_word(decoder_.get(), word.c_str(), phone, FALSE);
    alternatives += (alternatives.empty() ? "" : " | ") + word;
  }
  install(sounds, "#JSGF V1.0; grammar sounds; public <sounds> = ( " + alternatives + " )+ ;");
}

void SphinxDecoder::install(const char* name, const std::string& jsgf) {
  const Automaton automaton = automaton_of(jsgf, ps_get_logmath(decoder_.get()));
  require_known_words(decoder_.get(), automaton.get());
  if (ps_set_fsg(decoder_.get(), name, automaton.get()) < 0) throw unreadable("is too much for PocketSphinx");
}

void SphinxDecoder::set_grammar(const std::string& jsgf) {
  if (jsgf == grammar_) return;
  grammar_.clear();
  install(answer, jsgf);
  grammar_ = jsgf;
}

SphinxDecoder::Path SphinxDecoder::decode(std::span<const std::int16_t> samples) {
  return decode_by(answer, samples);
}

SphinxDecoder::Path SphinxDecoder::decode_freely(std::span<const std::int16_t> samples) {
  return decode_by(sounds, samples);
}

SphinxDecoder::Path SphinxDecoder::decode_by(const char* name, std::span<const std::int16_t> samples) {
  ps_decoder_t* const decoder = decoder_.get();
  if (ps_set_search(decoder, name) < 0 || ps_start_utt(decoder) < 0)
    throw Error(Error::Code::unavailable, "speech recognition: PocketSphinx does not begin");
  ps_process_raw(decoder, samples.data(), samples.size(), FALSE, TRUE);
  ps_end_utt(decoder);

  Path path;
  if (const char* words = ps_get_hyp(decoder, nullptr)) path.words = words;
  int frames = 0;
  for (ps_seg_t* part = ps_seg_iter(decoder); part != nullptr; part = ps_seg_next(part)) {
    int score = 0, first = 0, last = 0;
    ps_seg_prob(part, &score, nullptr, nullptr);
    ps_seg_frames(part, &first, &last);
    path.score += score;
    frames += last - first + 1;
  }
  if (frames > 0) path.score /= frames;
  return path;
}

}  // namespace vcsr
