# The architecture: one line per folder under src/ (public headers under include/vcsr/), lowest
# first. The same lines are the link graph and, read by check_style.py, the include rules.
#   FOLDERS  those of its own below src/<layer> and tests/<layer>
#   DEPENDS  the layers it may use      HEADERS  its headers that stand directly in include/vcsr/
#   LIBS     third-party libraries      (headers directly in include/vcsr/ named nowhere are core's)
vcsr_layer(base         LIBS third_asio third_json third_spdlog)
vcsr_layer(sim          DEPENDS base)
vcsr_layer(staffing     DEPENDS base HEADERS staffing.hpp)
vcsr_layer(media        FOLDERS codec detection prompt recognition recording voice
                        DEPENDS base LIBS third_sndfile third_spandsp third_opus third_toml third_openssl third_sphinx third_curl)
vcsr_layer(telephony    DEPENDS media)
vcsr_layer(drivers/sim  DEPENDS telephony)
vcsr_layer(drivers/sip/rtp DEPENDS telephony LIBS third_openssl third_srtp)
vcsr_layer(drivers/sip  DEPENDS drivers/sip/rtp LIBS third_sofia third_pugixml third_openssl third_tls)
vcsr_layer(calendar     DEPENDS base HEADERS opening_hours.hpp LIBS third_cctz third_ical)
vcsr_layer(rules/feel   DEPENDS base LIBS third_bid third_cctz third_icu third_pcre2)
vcsr_layer(rules        FOLDERS model DEPENDS rules/feel HEADERS rule_set.hpp LIBS third_pugixml)
vcsr_layer(store        DEPENDS base HEADERS journal.hpp journal_events.hpp LIBS third_openssl)
vcsr_layer(store/sqlite DEPENDS store LIBS third_sqlite)
vcsr_layer(figures      DEPENDS store HEADERS figures.hpp)
vcsr_layer(recording    DEPENDS media store/sqlite LIBS third_sqlite third_openssl third_sndfile third_curl)
vcsr_layer(acd          DEPENDS base HEADERS channel.hpp distribution.hpp requirement.hpp)
vcsr_layer(decisions    DEPENDS store acd HEADERS queue_decisions.hpp)
vcsr_layer(core         DEPENDS telephony rules store acd calendar)
vcsr_layer(app          DEPENDS core figures calendar sim drivers/sim drivers/sip store/sqlite recording LIBS third_toml)
vcsr_layer(simulation   DEPENDS app staffing figures LIBS third_toml)
vcsr_layer(server       DEPENDS app LIBS third_asio third_json)
vcsr_layer(tools        DEPENDS server simulation decisions LIBS third_cli third_asio)
