// SPDX-License-Identifier: Apache-2.0
#include "media/voice/speech_cache.hpp"

#include <doctest/doctest.h>

#include "media/voice/synthesizer_double.hpp"
#include "temporary_folder.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;

namespace {

struct Cache {
  std::unique_ptr<Synthesizer> open() {
    LogOptions options;
    options.sink = [this](std::string_view line) { lines.emplace_back(line); };
    return make_cached_synthesizer(std::make_unique<SynthesizerDouble>(asked), folder / "speech",
                                   Log(loop, std::move(options)));
  }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : std::filesystem::directory_iterator(folder / "speech"))
      paths.push_back(file.path());
    return paths;
  }

  SimLoop loop;
  TemporaryFolder folder;
  SynthesizerDouble::Asked asked;
  std::vector<std::string> lines;
};

}  // namespace

TEST_CASE("what was said once is found again by a later run") {
  Cache cache;

  const Sound first = cache.open()->speak("hello", "en");
  const Sound again = cache.open()->speak("hello", "en");

  CHECK(cache.asked.texts.size() == 1);
  CHECK(std::equal(first.samples().begin(), first.samples().end(), again.samples().begin(),
                   again.samples().end()));
  CHECK(cache.lines.empty());
  REQUIRE(cache.files().size() == 1);
  CHECK(cache.files()[0].filename().string().size() == 64 + 4);
}

TEST_CASE("another text, language or version of the engine is another sound") {
  Cache cache;
  cache.open()->speak("hello", "en");

  cache.open()->speak("hello", "zh");
  cache.open()->speak("enhello", "");
  cache.asked.name = "double 2";
  cache.open()->speak("hello", "en");

  CHECK(cache.asked.texts.size() == 4);
  CHECK(cache.files().size() == 4);
}

TEST_CASE("a damaged file is replaced, and said in the log") {
  Cache cache;
  cache.open()->speak("hello", "en");
  const std::filesystem::path file = cache.files()[0];
  for (const std::size_t size : {0, 10, 44, 60}) {
    std::filesystem::resize_file(file, size);
    cache.asked.texts.clear();
    cache.lines.clear();

    const Sound sound = cache.open()->speak("hello", "en");

    CHECK(sound.samples().size() == 10);
    CHECK(cache.asked.texts.size() == 1);
    CHECK(cache.lines.size() == 1);
    CHECK(std::filesystem::file_size(file) == 64);
    cache.open()->speak("hello", "en");
    CHECK(cache.asked.texts.size() == 1);
  }
}

TEST_CASE("a folder that cannot be written costs no speech") {
  Cache cache;
  cache.folder.write("speech", "a file where the folder should be");

  CHECK(cache.open()->speak("hello", "en").samples().size() == 10);

  REQUIRE(cache.lines.size() == 1);
  CHECK(cache.lines[0].find("speech cannot be cached") != std::string::npos);
}

TEST_CASE("what the engine throws is thrown, and nothing is kept") {
  Cache cache;
  cache.asked.broken = true;

  CHECK_THROWS_WITH_AS(cache.open()->speak("hello", "en"), "hoarse", Error);

  CHECK_FALSE(std::filesystem::exists(cache.folder / "speech"));
}
