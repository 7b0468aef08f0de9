# SPDX-License-Identifier: Apache-2.0
"""Plants each breach in a small tree and sees it found, and sees that what is allowed passes."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "cmake"))
import check_style  # noqa: E402

LAYERS = """
vcsr_layer(base         LIBS third_asio)
vcsr_layer(media        DEPENDS base)
vcsr_layer(drivers/sip/rtp DEPENDS media)
vcsr_layer(drivers/sip  DEPENDS drivers/sip/rtp LIBS third_sofia)
vcsr_layer(rules        DEPENDS base HEADERS rule_set.hpp)
vcsr_layer(core         DEPENDS media rules)
"""
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class StyleTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("cmake/layers.cmake", LAYERS)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def cpp(self, name, text):
        self.write(name, SPDX + ("#pragma once\n" if name.endswith(".hpp") else "") + text)

    def body(self, statements, name="src/core/call.cpp"):
        self.cpp(name, "namespace vcsr {\nTask<> talk(Call call) {\n" + statements + "\n}\n}\n")

    def breaches(self):
        return list(check_style.Tree(self.root).breaches())

    def assert_breach(self, expected):
        found = self.breaches()
        self.assertTrue(any(expected in breach for breach in found), f"expected '{expected}', found {found}")

    def assert_clean(self):
        self.assertEqual(self.breaches(), [])


class LayersTest(StyleTest):
    def test_a_layer_may_include_itself_and_what_it_depends_on(self):
        self.cpp("src/core/call.cpp", '#include "vcsr/call.hpp"\n#include "core/turn.hpp"\n'
                                      '#include "vcsr/rule_set.hpp"\n#include "vcsr/base/loop.hpp"\n')
        self.assert_clean()

    def test_a_layer_may_not_include_one_above(self):
        self.cpp("src/media/wav.cpp", '#include "vcsr/call.hpp"\n')
        self.assert_breach("src/media/wav.cpp:2: media may not include core (vcsr/call.hpp)")

    def test_a_layer_may_not_include_one_beside_even_privately(self):
        self.cpp("src/core/call.cpp", '#include "drivers/sip/sdp.hpp"\n')
        self.assert_breach("core may not include drivers/sip")

    def test_a_drivers_public_header_belongs_to_the_driver(self):
        self.cpp("include/vcsr/call.hpp", '#include "vcsr/drivers/sip.hpp"\n')
        self.assert_breach("core may not include drivers/sip")

    def test_a_header_named_by_a_layer_belongs_to_it(self):
        self.cpp("include/vcsr/rule_set.hpp", '#include "vcsr/media/prompt.hpp"\n')
        self.assert_breach("rules may not include media")

    def test_a_private_header_is_named_with_its_layer(self):
        self.cpp("src/base/loop.cpp", '#include "timer_queue.hpp"\n')
        self.assert_breach('"timer_queue.hpp": write')

    def test_the_header_of_headers_is_not_for_us(self):
        self.cpp("src/core/call.cpp", '#include "vcsr/vcsr.hpp"\n')
        self.assert_breach("include the header you need")

    def test_a_folder_that_is_no_layer_is_found(self):
        self.cpp("src/extras/more.cpp", "")
        self.assert_breach("its folder is no layer")

    def test_a_folder_that_a_layer_names_is_its_own(self):
        self.write("cmake/layers.cmake", "vcsr_layer(base)\nvcsr_layer(media FOLDERS codec\n           DEPENDS base)\n")
        self.cpp("src/media/codec/g711.hpp", "")
        self.cpp("src/media/codec/g711.cpp", '#include "media/codec/g711.hpp"\n')
        self.assert_clean()

        self.cpp("src/media/other/g722.cpp", "")
        self.assert_breach("its folder is no layer")

    def test_layers_stand_on_layers_above_them_in_the_file(self):
        self.write("cmake/layers.cmake", "vcsr_layer(core DEPENDS base)\nvcsr_layer(base)\n")
        self.assert_breach("core depends on base, which no line above names")

    def test_examples_stand_on_the_public_headers(self):
        self.cpp("examples/bank/bank.hpp", "")
        self.cpp("examples/bank/main.cpp", '#include "bank.hpp"\n#include "vcsr/vcsr.hpp"\n')
        self.assert_clean()

        self.cpp("examples/bank/main.cpp", '#include "core/turn.hpp"\n\n')
        self.assert_breach('"core/turn.hpp" is not public')


class ThirdPartyTest(StyleTest):
    def test_a_public_header_shows_no_third_party(self):
        for header in ("boost/asio.hpp", "sofia-sip/nua.h", "SQLiteCpp/SQLiteCpp.h", "sqlite3.h", "pybind11/pybind11.h",
                       "spandsp.h", "nlohmann/json.hpp", "spdlog/spdlog.h", "fmt/core.h", "toml++/toml.h",
                       "pugixml.hpp", "cctz/time_zone.h", "bid_functions.h", "unicode/uchar.h", "pcre2.h", "CLI/CLI.hpp", "openssl/evp.h", "curl/curl.h", "sndfile.h"):
            self.cpp("include/vcsr/base/loop.hpp", f"#include <{header}>\n")
            self.assert_breach(f"a public header may not include <{header}>")

    def test_the_door_to_asio_is_free(self):
        self.cpp("include/vcsr/asio.hpp", "#include <boost/asio.hpp>\n")
        self.assert_clean()

    def test_a_layer_uses_only_the_libraries_it_lists(self):
        self.cpp("src/drivers/sip/ua.cpp", "#include <sofia-sip/nua.h>\n")
        self.assert_clean()

        self.cpp("src/media/wav.cpp", "#include <boost/asio/post.hpp>\n")
        self.assert_breach("media may not include <boost/asio/post.hpp>: LIBS")

    def test_a_public_header_does_not_show_private_ones(self):
        self.cpp("include/vcsr/base/loop.hpp", '#include "base/timer_queue.hpp"\n')
        self.assert_breach('a public header may not include the private "base/timer_queue.hpp"')

    def test_a_public_header_is_cheap(self):
        self.cpp("include/vcsr/base/loop.hpp", "#include <regex>\n")
        self.assert_breach("<regex>")


class TimeTest(StyleTest):
    def test_clocks_chance_and_sleeps_are_the_loops(self):
        for statement in ("auto t = std::chrono::steady_clock::now();", "time(nullptr);", "std::random_device source;",
                          "std::this_thread::sleep_for(1s);", "condition.wait_for(lock, 1s);", "rand();"):
            self.body(statement)
            self.assertEqual(len(self.breaches()), 1, statement)

    def test_the_loop_and_the_media_thread_read_the_clock(self):
        for name in ("src/base/asio_loop.cpp", "src/drivers/sip/rtp/rtp_engine.cpp"):
            self.body("auto t = std::chrono::steady_clock::now();", name)
        self.assert_clean()

    def test_words_in_strings_and_comments_do_not_count(self):
        self.body('  // not steady_clock::now()\n  log("rand() is \\" not used");\n  text = R"(time(nullptr))";')
        self.assert_clean()

    def test_tests_do_not_sleep(self):
        self.body("std::this_thread::sleep_for(1s);", "tests/core/call_test.cpp")
        self.assert_breach("tests do not sleep")

    def test_the_loops_own_sleep_is_no_sleep(self):
        self.body("co_await loop.sleep(1s);", "tests/core/call_test.cpp")
        self.assert_clean()


class AwaitTest(StyleTest):
    def test_the_forms_gcc_compiles(self):
        for statement in ("co_await call.answer();", "co_return co_await next();", "Heard heard = co_await call.ask(x);",
                          "if (ready) co_await call.answer();", "else co_await call.answer();",
                          "page.rows[i] = co_await next();", "co_await call.ask(prompt, {.tries = 3});",
                          "co_await call.say(lines[2]);", "const auto all =\n    co_await both(std::move(a),\n  b);",
                          "scope.spawn([call]() -> Task<> { co_await call.answer(); });",
                          "for (;;) {\n  co_await next();\n}", "try {\n  co_await next();\n} catch (const Error&) {\n}",
                          "switch (key) {\n  case Key::one: co_await next(); break;\n  default: co_await next();\n}",
                          "*place = co_await next();", "while (live) co_await next();"):
            self.body(statement)
            self.assertEqual(self.breaches(), [], statement)

    def test_the_forms_gcc_miscompiles(self):
        for statement in ("if (co_await ready()) stop();", "while (co_await ready()) stop();", "CHECK(co_await ready());",
                          "if (int n = co_await count(); n > 0) stop();", "for (auto x : co_await all()) use(x);",
                          "bool no = !co_await ready();", "int n = b ? co_await x() : 0;", "n += co_await count();",
                          "co_await ask({name, 3});", "co_await ask(Options{name});", "co_await run([s] { use(s); });",
                          "co_await run(a,\n    [s](int) { use(s); });", "auto [a, b] = co_await two();",
                          "co_await f(co_await g());", "f(co_await g());", "Pair pair{co_await g(), 1};",
                          "Pair pair{.a = co_await g()};",
                          "bool both = co_await a() && co_await b();", "switch (co_await key()) {\n}"):
            self.body(statement)
            self.assertEqual(len(self.breaches()), 1, statement)

    def test_the_breach_is_placed_at_its_line(self):
        self.body("  first();\n  use(co_await next());")
        self.assert_breach("src/core/call.cpp:5: ")


class ShapeTest(StyleTest):
    def test_long_files(self):
        self.cpp("src/core/call.cpp", "\n" * 400)
        self.assert_breach("401 lines, the limit is 400")

        self.cpp("src/core/call.cpp", "")
        self.cpp("tests/core/call_test.cpp", "\n" * 599)
        self.assert_clean()

    def test_long_functions(self):
        self.body("  step();\n" * 57)
        self.assert_clean()

        self.body("  step();\n" * 58)
        self.assert_breach("src/core/call.cpp:3: a function of 61 lines, the limit is 60: Task<> talk(Call call)")

    def test_a_test_case_may_hold_its_table_and_parts_that_count_alone(self):
        part = '  SUBCASE("a part") {\n' + "    step();\n" * 60 + "  }\n"
        self.cpp("tests/core/call_test.cpp", 'TEST_CASE("all parts") {\n' + part * 3 + "}\n")
        self.assert_clean()

        self.cpp("tests/core/call_test.cpp", 'TEST_CASE("long") {\n' + "  step();\n" * 99 + "}\n")
        self.assert_breach("a function of 101 lines, the limit is 100")

    def test_classes_and_namespaces_may_be_longer_than_functions(self):
        self.cpp("src/core/call.cpp", "class Call final : public Leg {\n public:\n" + "  void a() {}\n" * 80 + "};\n")
        self.assert_clean()

    def test_first_line_and_pragma(self):
        self.write("src/core/call.hpp", "// a call\n")
        self.assert_breach("SPDX-License-Identifier")
        self.assert_breach("#pragma once")

    def test_left_overs(self):
        for word in ("TO" "DO", "FIX" "ME", "X" "XX", "HA" "CK"):
            self.write("docs/page.md", f"\n{word}: later\n")
            self.assert_breach(f"docs/page.md:2: {word}")

    def test_words_that_say_little(self):
        self.cpp("src/core/call_utils.cpp", "struct CallManager {};\n")
        self.assert_breach("the file's name says little")
        self.assert_breach("CallManager says little")


class CommandTest(StyleTest):
    def test_the_exit_status_tells(self):
        for text, status in (("", False), ("FIX" "ME", True)):
            self.write("docs/page.md", text)
            with contextlib.redirect_stdout(io.StringIO()) as output, unittest.mock.patch.object(
                    sys, "argv", ["check_style.py", str(self.root)]):
                self.assertEqual(check_style.main(), status)
            self.assertIn("no breach" if not status else "1 breaches", output.getvalue())


if __name__ == "__main__":
    unittest.main()
