// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_events_page.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

TEST_CASE(
    "the page about the journal's entries is what the schemas say: vcsr journal events > "
    "docs/journal-events.md") {
  std::ostringstream page;

  page << std::ifstream(VCSR_SOURCE "/docs/journal-events.md").rdbuf();

  CHECK(page.str() == vcsr::journal_events_page());
}
