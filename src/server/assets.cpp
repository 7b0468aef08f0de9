// SPDX-License-Identifier: Apache-2.0
#include "server/assets.hpp"

#include <array>

// The assembler copies the files, so that they stay files: no generator, no escaping.
#define VCSR_EMBED(name, file)                                                                   \
  __asm__(".section .rodata\n" #name "_begin: .incbin \"" VCSR_PAGE_FOLDER "/" file "\"\n" #name \
          "_end:\n"                                                                              \
          ".byte 0\n.previous\n");                                                               \
  extern "C" const char name##_begin[], name##_end[];

VCSR_EMBED(vcsr_status_html, "status.html")
VCSR_EMBED(vcsr_status_css, "status.css")
VCSR_EMBED(vcsr_status_js, "status.js")
VCSR_EMBED(vcsr_words_js, "words.js")
VCSR_EMBED(vcsr_dom_js, "dom.js")
VCSR_EMBED(vcsr_session_js, "session.js")
VCSR_EMBED(vcsr_mailboxes_js, "mailboxes.js")
VCSR_EMBED(vcsr_listening_js, "listening.js")
VCSR_EMBED(vcsr_desk_js, "desk.js")
VCSR_EMBED(vcsr_icon_svg, "icon.svg")

namespace vcsr {

namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  constexpr std::string_view javascript = "text/javascript; charset=utf-8";
  static const std::array<Asset, 10> assets = {{
      {"/", "text/html; charset=utf-8", between(vcsr_status_html_begin, vcsr_status_html_end)},
      {"/status.css", "text/css; charset=utf-8", between(vcsr_status_css_begin, vcsr_status_css_end)},
      {"/status.js", javascript, between(vcsr_status_js_begin, vcsr_status_js_end)},
      {"/words.js", javascript, between(vcsr_words_js_begin, vcsr_words_js_end)},
      {"/dom.js", javascript, between(vcsr_dom_js_begin, vcsr_dom_js_end)},
      {"/session.js", javascript, between(vcsr_session_js_begin, vcsr_session_js_end)},
      {"/mailboxes.js", javascript, between(vcsr_mailboxes_js_begin, vcsr_mailboxes_js_end)},
      {"/listening.js", javascript, between(vcsr_listening_js_begin, vcsr_listening_js_end)},
      {"/desk.js", javascript, between(vcsr_desk_js_begin, vcsr_desk_js_end)},
      {"/icon.svg", "image/svg+xml", between(vcsr_icon_svg_begin, vcsr_icon_svg_end)},
  }};
  for (const Asset& asset : assets)
    if (asset.path == path) return &asset;
  return nullptr;
}

}  // namespace vcsr
