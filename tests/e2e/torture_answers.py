# SPDX-License-Identifier: Apache-2.0
"""What the RFCs ask of whoever gets their torture messages, and what a server of our kind answers."""

NOTHING = {None}  # no answer: a response that belongs to nobody, say
DONE, CHALLENGE, REFUSED = {200}, {401}, {400}
NO_METHOD = {405, 501}
IGNORED = REFUSED | NOTHING  # 400 is asked for; the stack drops what it cannot read as a message, which harms nobody
LENIENT = {200, 400}  # the RFC lets whoever understands the message carry it out
NO_SCHEME = {416, 400, 404}

# By the name of the message: section, statuses by UDP and, where the transport makes a difference, by TCP: a
# stream needs a Content-Length (INV2543), and waits for the rest of a message that is cut (CLERR, BADDN).
# REGISTER is challenged before anything in it is looked at. WSINV has a tag in its To: a dialog we do not know.
ANSWERS = {
    "TC_WSINV": ("4475 3.1.1.1", {481}),
    "TC_INTMETH": ("4475 3.1.1.2", NO_METHOD | NOTHING),
    "TC_ESC01_V": ("4475 3.1.1.3", {401}),
    "TC_ESCNULL_V": ("4475 3.1.1.4", CHALLENGE),
    "TC_ESC02_V": ("4475 3.1.1.5", NO_METHOD),
    "TC_LWSDISP_V": ("4475 3.1.1.6", DONE),
    "TC_LONGREQ_V": ("4475 3.1.1.7", DONE),
    "TC_DBLREQ": ("4475 3.1.1.8", CHALLENGE, {401, 200}),
    "TC_SEMIURI_V": ("4475 3.1.1.9", DONE),
    "TC_TRANSPORTS_V": ("4475 3.1.1.10", DONE),
    "TC_MPART01": ("4475 3.1.1.11", NO_METHOD),
    "TC_UNREASON_V": ("4475 3.1.1.12", NOTHING),
    "TC_NOREASON_V": ("4475 3.1.1.13", NOTHING),
    "TC_BADINV01_I": ("4475 3.1.2.1", IGNORED),
    "TC_CLERR_I": ("4475 3.1.2.2", REFUSED, NOTHING),
    "TC_NCL_I": ("4475 3.1.2.3", REFUSED),
    "TC_SCALAR02_V": ("4475 3.1.2.4", REFUSED),
    "TC_SCALARLG_V": ("4475 3.1.2.5", NOTHING),
    "TC_QUOTBAL_I": ("4475 3.1.2.6", REFUSED),
    "TC_LTGTRURI_I": ("4475 3.1.2.7", REFUSED),
    "TC_LWSRURI_I": ("4475 3.1.2.8", IGNORED),
    "TC_LWSSTART_V": ("4475 3.1.2.9", LENIENT),
    "TC_TRWS_I": ("4475 3.1.2.10", LENIENT),
    "TC_ESCRURI_V": ("4475 3.1.2.11", LENIENT),
    "TC_BADDATE_V": ("4475 3.1.2.12", LENIENT),
    "TC_REGBADCT_I": ("4475 3.1.2.13", {400, 401}),
    "TC_BADASPEC_I": ("4475 3.1.2.14", LENIENT),
    "TC_BADDN_I": ("4475 3.1.2.15", LENIENT, NOTHING),
    "TC_BADVERS_V": ("4475 3.1.2.16", {505, None}, {505}),
    "TC_MISMATCH01_V": ("4475 3.1.2.17", REFUSED),
    "TC_MISMATCH02_V": ("4475 3.1.2.18", REFUSED | NO_METHOD),
    "TC_BIGCODE_V": ("4475 3.1.2.19", NOTHING),
    "TC_BADBRANCH_V": ("4475 3.2.1", DONE),
    "TC_INSUF_I": ("4475 3.3.1", REFUSED),
    "TC_UNKSCM_V": ("4475 3.3.2", NO_SCHEME),
    "TC_NOVELSC_V": ("4475 3.3.3", NO_SCHEME),
    "TC_UNKSM2_V": ("4475 3.3.4", {400, 401, 404}),
    "TC_BEXT01_V": ("4475 3.3.5", {420}),
    "TC_INVUT_V": ("4475 3.3.6", {415}),
    "TC_REGAUT01_V": ("4475 3.3.7", CHALLENGE),
    "TC_MULTI01_I": ("4475 3.3.8", REFUSED),
    "TC_MCL01_I": ("4475 3.3.9", REFUSED),
    "TC_BCAST_V": ("4475 3.3.10", NOTHING),
    "TC_ZEROMF_V": ("4475 3.3.11", DONE),
    "TC_CPARAM01_V": ("4475 3.3.12", CHALLENGE),
    "TC_CPARAM02_V": ("4475 3.3.13", CHALLENGE),
    "TC_REGESCRT_V": ("4475 3.3.14", CHALLENGE),
    "TC_SDP01_V": ("4475 3.3.15", {406}),
    "TC_INV2543_I": ("4475 3.4.1", DONE, REFUSED),
    "TC_TEST_I": ("beside 4475", IGNORED),
    "reference": ("5118 4.1", CHALLENGE),
    "no delimiters": ("5118 4.2", IGNORED),
    "ambiguous port": ("5118 4.3", CHALLENGE),
    "unambiguous port": ("5118 4.4", CHALLENGE),
    "received with delimiters": ("5118 4.5", {481}),
    "received without delimiters": ("5118 4.5", {481}),
    "description": ("5118 4.6", {488, 200}),
    "many addresses in headers": ("5118 4.7", {488, 200}),
    "many addresses in the description": ("5118 4.8", DONE),
    "mapped addresses": ("5118 4.9", {488, 200}),
    "colons too many": ("5118 4.10", {200, 400}),
}


def register(where, name):
    return f"""REGISTER {where} SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-{name}
Call-ID: {name}@hlau_4100
Max-Forwards: 70
Contact: "Caller" <sip:caller@[2001:db8::1]>
CSeq: 98176 REGISTER
Content-Length: 0

"""


def bye(received, name):
    return f"""BYE sip:user@[2001:db8::10] SIP/2.0
To: sip:user@example.com;tag=bd76ya
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];received={received};branch=z9hG4bKas3-{name}
Call-ID: {name}@hlau_4100
Max-Forwards: 70
CSeq: 321 BYE
Content-Length: 0

"""


def invite(name, vias, description, contact="sip:caller@[2001:db8::1]"):
    ways = "".join(f"Via: SIP/2.0/UDP {via};branch=z9hG4bKas3-{name}{index}\n" for index, via in enumerate(vias))
    return f"""INVITE sip:user@[2001:db8::10] SIP/2.0
To: sip:user@[2001:db8::10]
From: sip:user@example.com;tag=81x2
{ways}Call-ID: {name}@hlau_4100
Contact: "Caller" <{contact}>
CSeq: 8612 INVITE
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: {len(description) + description.count(chr(10))}

{description}"""


SIX = """v=0
o=assistant 971731711378798081 0 IN IP6 2001:db8::20
s=Live video feed for today's meeting
c=IN IP6 2001:db8::20
t=3338481189 3370017201
m=audio 6000 RTP/AVP 2
a=rtpmap:2 G726-32/8000
m=video 6024 RTP/AVP 107
a=rtpmap:107 H263-1998/90000
"""
BOTH = """v=0
o=bob 280744730 28977631 IN IP4 host.example.com
s=
t=0 0
m=audio 22334 RTP/AVP 0
c=IN IP4 192.0.2.1
m=video 6024 RTP/AVP 107
c=IN IP6 2001:db8::1
a=rtpmap:107 H263-1998/90000
"""
MAPPED = """v=0
o=rsp 1 0 IN IP6 ::ffff:192.0.2.2
s=
c=IN IP6 ::ffff:192.0.2.2
t=0 0
m=audio 10000 RTP/AVP 0
"""
HERE = "[2001:db8::9:1]"
IPV6 = {  # RFC 5118
    "reference": register("sip:[2001:db8::10]", "reference"),
    "no delimiters": register("sip:2001:db8::10", "bare"),
    "ambiguous port": register("sip:[2001:db8::10:5070]", "ambiguous"),
    "unambiguous port": register("sip:[2001:db8::10]:5070", "unambiguous"),
    "received with delimiters": bye("[2001:db8::9:255]", "with"),
    "received without delimiters": bye("2001:db8::9:255", "without"),
    "description": invite("description", [HERE], SIX),
    "many addresses in headers": invite("headers", [HERE, "192.0.2.1", "[2001:db8:0:0::10]"], SIX),
    "many addresses in the description": invite("both", [HERE], BOTH),
    "mapped addresses": invite("mapped", [HERE], MAPPED, "sip:rsp@[::ffff:192.0.2.10]:19823"),
    "colons too many": register("sip:user@[2001:db8:::192.0.2.1]", "colons").replace("REGISTER", "OPTIONS"),
}
