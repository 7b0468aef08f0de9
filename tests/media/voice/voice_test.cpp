// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/voice.hpp"

#include <doctest/doctest.h>

#include "media/level.hpp"
#include "media/voice/synthesizer_double.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/media/wav.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;

namespace {

using Texts = std::vector<std::string>;

PromptCatalog catalog() {
  PromptCatalog prompts;
  prompts.add("en", "hello", {.text = "Hello.", .file = ""});
  prompts.add("zh", "hello", {.text = "你好。", .file = ""});
  prompts.add("en", "balance", {.text = "It is {amount}.", .file = ""});
  return prompts;
}

/// A voice in virtual time over a synthesizer that remembers.
struct Studio {
  explicit Studio(PromptCatalog prompts = catalog(), VoiceOptions options = {.worker = Worker::Mode::on_loop})
      : voice(loop, std::move(prompts), std::make_unique<SynthesizerDouble>(asked), options) {}

  SoundPtr render(const Prompt& prompt, const std::string& language = "en") {
    Task<SoundPtr> task = voice.render(prompt, language);
    task.start();
    loop.run();
    return task.result();
  }

  SimLoop loop;
  SynthesizerDouble::Asked asked;
  Voice voice;
};

}  // namespace

TEST_CASE("a prompt is synthesized once and then at hand") {
  Studio studio;
  CHECK(studio.voice.ready("hello", "en") == nullptr);

  const SoundPtr first = studio.render("hello");
  const SoundPtr again = studio.render("hello");

  CHECK(first == again);
  CHECK(studio.voice.ready("hello", "en") == first);
  CHECK(studio.asked.texts == Texts{"en: Hello."});
}

TEST_CASE("those who ask at the same time share the work, and one who leaves does not disturb") {
  Studio studio;
  Task<SoundPtr> first = studio.voice.render("hello", "en");
  Task<SoundPtr> second = studio.voice.render("hello", "en");
  first.start();
  second.start();
  { const Task<SoundPtr> gone = std::move(first); }
  Task<SoundPtr> third = studio.voice.render("hello", "en");
  third.start();

  studio.loop.run();

  CHECK(second.result() == third.result());
  CHECK(studio.asked.texts == Texts{"en: Hello."});
}

TEST_CASE("work whose only asker has left is kept for the next") {
  Studio studio;
  {
    Task<SoundPtr> gone = studio.voice.render("hello", "en");
    gone.start();
  }

  studio.loop.run();

  CHECK(studio.voice.ready("hello", "en") != nullptr);
  CHECK(studio.asked.texts.size() == 1);
}

TEST_CASE("parts are joined in their order") {
  Studio studio;
  const SoundPtr beep = std::make_shared<Sound>(std::vector<std::int16_t>{7, 8, 9});

  const SoundPtr sound =
      studio.render(Prompt::words("four") + Prompt::sound(beep) + Prompt::words("seventh"));

  const std::vector<std::int16_t> expected = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 7, 8,
                                              9, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
  CHECK(std::vector<std::int16_t>(sound->samples().begin(), sound->samples().end()) == expected);
  const SoundPtr ready = studio.voice.ready(Prompt::words("four") + Prompt::sound(beep), "en");
  REQUIRE(ready != nullptr);
  CHECK(ready->samples().size() == 13);
  CHECK(studio.render(Prompt::sound(beep)) == beep);
}

TEST_CASE("the language is the prompt's, or else the call's, or else the catalog's") {
  Studio studio;

  studio.render(Prompt("hello").in("zh"), "en");
  studio.render("hello", "zh-CN");
  studio.render("hello", "");
  studio.render(Prompt::words("ok"), "zh-CN");
  studio.render(Prompt::words("ok"), "");

  CHECK(studio.asked.texts == Texts{"zh: 你好。", "en: Hello.", "zh-CN: ok", "en: ok"});
}

TEST_CASE("values in slots are said with the text, each anew") {
  Studio studio;

  studio.render(Prompt("balance").with("amount", Spoken::number(1)));
  studio.render(Prompt("balance").with("amount", Spoken::number(2)));
  studio.render(Prompt("balance").with("amount", Spoken::number(1)), "zh");

  CHECK(studio.asked.texts == Texts{"en: It is one.", "en: It is two."});
}

TEST_CASE("recordings are brought to the level of speech where that is wanted") {
  const TemporaryFolder folder;
  write_wav(folder / "hello.wav", {.samples = sine(500, 8000, 8000, 400)});
  PromptCatalog prompts;
  prompts.add("en", "hello", {.text = "", .file = folder / "hello.wav"});
  Studio plain(prompts), level(prompts, {.level_recordings = true, .worker = Worker::Mode::on_loop});

  const SoundPtr as_it_is = plain.render("hello");
  const SoundPtr louder = level.render("hello");

  CHECK(level_of(as_it_is->samples()) < -40);
  CHECK(level_of(louder->samples()) == doctest::Approx(-16).epsilon(0.02));
}

TEST_CASE("a value stands between recordings and is said in the caller's language") {
  Studio studio;

  studio.render(Prompt("hello") + Prompt::value(Spoken::number(2)), "zh");

  CHECK(studio.asked.texts == Texts{"zh: 你好。", "zh: 二"});
}

TEST_CASE("a recording goes before the text") {
  const TemporaryFolder folder;
  write_wav(folder / "hello.wav", {.samples = std::vector<std::int16_t>(33, 5)});
  PromptCatalog prompts;
  prompts.add("en", "hello", {.text = "Hello.", .file = folder / "hello.wav"});
  Studio studio(std::move(prompts));

  const SoundPtr sound = studio.render("hello");

  CHECK(sound->samples().size() == 33);
  CHECK(studio.asked.texts.empty());
  CHECK(studio.voice.ready("hello", "en") == sound);
}

TEST_CASE("what cannot be rendered says why, and may be tried again") {
  PromptCatalog prompts = catalog();
  prompts.add("en", "lost", {.text = "", .file = "/nowhere/lost.wav"});
  Studio studio(std::move(prompts));

  CHECK_THROWS_WITH_AS(studio.render("menu"),
                       "prompt \"menu\": there is none in en; no folder of prompts was loaded", Error);
  CHECK_THROWS_WITH_AS(studio.render("lost"), "/nowhere/lost.wav: there is no such file", Error);
  CHECK_THROWS_AS(studio.render("balance"), Error);
  CHECK(studio.voice.ready("menu", "en") == nullptr);
  studio.asked.broken = true;
  CHECK_THROWS_WITH_AS(studio.render("hello"), "hoarse", Error);
  studio.asked.broken = false;
  CHECK(studio.render("hello") != nullptr);
}

TEST_CASE("without a synthesizer there are recordings only") {
  SimLoop loop;
  Voice voice(loop, catalog(), nullptr, {.worker = Worker::Mode::on_loop});
  Task<SoundPtr> task = voice.render("hello", "en");

  task.start();
  loop.run();

  CHECK_THROWS_WITH_AS(task.result(),
                       "\"Hello.\" (en): there is no recording of it, and no synthesizer to say it", Error);
}

TEST_CASE("memory is bounded; what was pushed out is made again") {
  Studio studio(catalog(), {.memory_bytes = 100, .worker = Worker::Mode::on_loop});
  for (int i = 0; i < 10; ++i) studio.render(Prompt::words("text " + std::to_string(i)));

  CHECK(studio.voice.ready(Prompt::words("text 0"), "en") == nullptr);
  CHECK(studio.voice.ready(Prompt::words("text 9"), "en") != nullptr);
  studio.render(Prompt::words("text 0"));

  CHECK(studio.asked.texts.size() == 11);
}

TEST_CASE("a later run finds what an earlier one synthesized") {
  const TemporaryFolder folder;
  const VoiceOptions options = {.cache_folder = folder / "speech", .worker = Worker::Mode::on_loop};
  Studio first(catalog(), options);
  first.render("hello");

  Studio second(catalog(), options);
  second.render("hello");

  CHECK(first.asked.texts.size() == 1);
  CHECK(second.asked.texts.empty());
}

TEST_CASE("on a thread of its own the voice does the same") {
  AsioLoop loop;
  SynthesizerDouble::Asked asked;
  SoundPtr first, second;
  {
    Voice voice(loop, catalog(), std::make_unique<SynthesizerDouble>(asked));
    const auto dialogue = [&](SoundPtr& sound) -> Task<> {
      sound = co_await voice.render("hello", "en");
      if (first && second) loop.stop();
    };
    Task<> one = dialogue(first);
    Task<> two = dialogue(second);
    one.start();
    two.start();
    loop.run();
  }

  CHECK(first == second);
  CHECK(asked.texts == Texts{"en: Hello."});
}

TEST_CASE("a voice that goes while it works lets go of everything") {
  AsioLoop loop;
  SynthesizerDouble::Asked asked;
  {
    Voice voice(loop, catalog(), std::make_unique<SynthesizerDouble>(asked));
    Task<SoundPtr> unfinished = voice.render("hello", "en");
    unfinished.start();
  }
  loop.post([&] { loop.stop(); });
  loop.run();

  CHECK(asked.texts.size() == 1);
}
