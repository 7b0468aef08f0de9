// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/prompt_catalog.hpp"

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;

namespace {

struct Fault {
  Error::Code code;
  std::string message;
};

Fault fault_of(const std::string& folder) {
  try {
    PromptCatalog().load(folder);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  FAIL("was loaded");
  return {};
}

bool begins(const std::string& text, const std::string& part) { return text.rfind(part, 0) == 0; }

}  // namespace

TEST_CASE("a folder holds texts by language, and recordings that go before them") {
  const TemporaryFolder folder;
  folder.write("en.toml", "main-menu = \"Press 1.\"\nbye = \"Goodbye.\"\n");
  folder.write("zh-CN.toml", "main-menu = \"请按一。\"\n");
  folder.write("en/bye.wav", "");
  folder.write("en/chime.wav", "");
  folder.write("README.md", "not a prompt");
  folder.write("old stuff/x.wav", "");
  PromptCatalog catalog;

  catalog.load(folder.path());

  CHECK(catalog.text("main-menu", "en") == "Press 1.");
  CHECK(catalog.text("main-menu", "zh-CN") == "请按一。");
  CHECK(catalog.find("bye", "en")->text == "Goodbye.");
  CHECK(catalog.find("bye", "en")->file == folder / "en/bye.wav");
  CHECK(catalog.find("chime", "en")->text.empty());
  CHECK(catalog.text("chime", "en") == "[chime]");
  CHECK(catalog.find("x", "en") == nullptr);
}

TEST_CASE("a later folder goes before an earlier one, prompt by prompt") {
  const TemporaryFolder general, special;
  general.write("en.toml", "hello = \"Hello.\"\nbye = \"Goodbye.\"\n");
  general.write("en/hello.wav", "");
  special.write("en.toml", "hello = \"Welcome to the bank.\"\n");
  PromptCatalog catalog;

  catalog.load(general.path());
  catalog.load(special.path());

  CHECK(catalog.text("hello", "en") == "Welcome to the bank.");
  CHECK(catalog.find("hello", "en")->file.empty());
  CHECK(catalog.text("bye", "en") == "Goodbye.");
}

TEST_CASE("a language falls back to its primary tag, then to the default language") {
  PromptCatalog catalog;
  catalog.add("zh-CN", "a", {.text = "甲", .file = ""});
  catalog.add("zh", "b", {.text = "乙 {n}", .file = ""});
  catalog.add("en", "c", {.text = "third {n}", .file = ""});
  const auto two = Spoken::number(2);

  CHECK(catalog.text("a", "zh-CN") == "甲");
  CHECK(catalog.text(Prompt("b").with("n", two), "zh-CN") == "乙 二");
  CHECK(catalog.text(Prompt("c").with("n", two), "zh-CN") == "third two");
  CHECK(catalog.find("a", "zh") == nullptr);

  catalog.set_default_language("zh-CN");
  CHECK(catalog.text("a", "fr") == "甲");
  CHECK(catalog.text("a", "") == "甲");
  CHECK(catalog.find("c", "fr") == nullptr);
}

TEST_CASE("the prompt's own language goes before the call's") {
  PromptCatalog catalog;
  catalog.add("en", "hello", {.text = "Hello", .file = ""});
  catalog.add("zh", "hello", {.text = "你好", .file = ""});

  CHECK(catalog.text(Prompt("hello").in("zh"), "en") == "你好");
  CHECK(catalog.text(Prompt("hello"), "zh") == "你好");
  CHECK(catalog.text(Prompt("hello"), "") == "Hello");
}

TEST_CASE("what a listener would read is all parts in their order") {
  PromptCatalog catalog;
  catalog.add("en", "balance", {.text = "Your balance is {amount}.", .file = ""});
  const Prompt prompt = Prompt("balance").with("amount", Spoken::money(Money(250, "USD"))) +
                        Prompt::words("Bye {now}") +
                        Prompt::sound(std::make_shared<Sound>(std::vector<std::int16_t>()));

  CHECK(catalog.text(prompt, "en") == "Your balance is two dollars and fifty cents. Bye {now} [sound]");
}

TEST_CASE("a recording is played unless slots must be said") {
  PromptCatalog catalog;
  catalog.add("en", "hello", {.text = "Hello.", .file = "hello.wav"});
  catalog.add("en", "balance", {.text = "It is {amount}.", .file = "balance.wav"});
  catalog.add("en", "chime", {.text = "", .file = "chime.wav"});
  const auto resolved = [&](const Prompt& prompt) { return catalog.resolve(prompt.parts().front(), "en"); };

  CHECK(resolved("hello").file == "hello.wav");
  CHECK(resolved(Prompt("balance").with("amount", "five")).file.empty());
  CHECK(resolved(Prompt("balance").with("amount", "five")).text == "It is five.");
  CHECK(resolved(Prompt::words("hello")).file.empty());
  CHECK_THROWS_AS(resolved("balance"), Error);
  CHECK_THROWS_WITH_AS(resolved(Prompt("chime").with("amount", "five")),
                       "prompt \"chime\" (en): its text has no slot {amount}; the text is \"\"", Error);
}

TEST_CASE("a prompt nobody wrote is not found, naming languages and folders") {
  const TemporaryFolder folder;
  folder.write("en.toml", "hello = \"Hello.\"");
  PromptCatalog catalog;
  CHECK_THROWS_WITH_AS(catalog.text("menu", "en"),
                       "prompt \"menu\": there is none in en; no folder of prompts was loaded", Error);
  catalog.load(folder.path());

  try {
    catalog.text("menu", "zh-CN");
    FAIL("was found");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::not_found);
    CHECK(std::string(error.what()) ==
          "prompt \"menu\": there is none in zh-CN, zh, en; searched in " + folder.path());
  }
}

TEST_CASE("faults in a text file are told with file and line") {
  const TemporaryFolder folder;
  const std::string file = folder / "en.toml";

  folder.write("en.toml", "hello = \"Hello.\"\nmenu = \n");
  CHECK(begins(fault_of(folder.path()).message, file + ":2: "));
  folder.write("en.toml", "hello = \"Hello.\"\n\nhello = \"Again.\"\n");
  CHECK(begins(fault_of(folder.path()).message, file + ":3: "));
  folder.write("en.toml", "hello = \"Hello.\"\nretries = 3\n");
  CHECK(fault_of(folder.path()).message == file + ":2: retries: expected a text in quotes");
  folder.write("en.toml", "menu.main = \"Hello.\"\n");
  CHECK(fault_of(folder.path()).message ==
        file + ":1: menu: expected a text in quotes, got a table; a name with dots is written in quotes");
  folder.write("en.toml", "a = \"fine\"\nb = \"{amount\"\n");
  CHECK(fault_of(folder.path()).message == file + ":2: b: '{' without '}'; slots are written \"{name}\"");
  CHECK(fault_of(folder.path()).code == Error::Code::invalid);
}

TEST_CASE("a text file named after no language is a fault") {
  const TemporaryFolder folder;
  folder.write("prompts.toml", "hello = \"Hello.\"");

  CHECK(fault_of(folder.path()).message ==
        (folder / "prompts.toml") +
            ": expected the name of a text file to be a language, as in en.toml or "
            "zh-CN.toml, got \"prompts\"");
}

TEST_CASE("a folder that is missing or holds no prompts is a fault") {
  const TemporaryFolder folder;

  CHECK(fault_of(folder / "none").code == Error::Code::not_found);
  CHECK(
      begins(fault_of(folder / "none").message, (folder / "none") + ": folder of prompts cannot be read: "));
  CHECK(fault_of(folder.path()).message ==
        folder.path() + ": holds no prompts; expected LANGUAGE.toml or LANGUAGE/NAME.wav");
}

TEST_CASE("a folder with a fault changes nothing") {
  const TemporaryFolder good, bad;
  good.write("en.toml", "hello = \"Hello.\"");
  bad.write("en.toml", "hello = \"Changed.\"");
  bad.write("zh.toml", "hello = 1");
  PromptCatalog catalog;
  catalog.load(good.path());

  CHECK_THROWS_AS(catalog.load(bad.path()), Error);

  CHECK(catalog.text("hello", "en") == "Hello.");
}
