// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/digest.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};
constexpr DigestGuard::Key key{1, 2, 3};

DigestChallenge read(const std::string& header) {
  DigestChallenge challenge;
  std::size_t begin = header.find(' ') + 1;
  while (begin < header.size()) {
    const std::size_t end = std::min(header.find(", ", begin), header.size());
    challenge.take(std::string_view(header).substr(begin, end - begin));
    begin = end + 2;
  }
  return challenge;
}

DigestCredentials credentials(const DigestChallenge& challenge, const std::string& user,
                              const std::string& password, const std::string& count = "00000001") {
  DigestCredentials made;
  made.user = user;
  made.realm = challenge.realm;
  made.nonce = challenge.nonce;
  made.uri = "sip:vcsr";
  made.quality = "auth";
  made.count = count;
  made.client_nonce = "abc";
  made.algorithm = challenge.algorithm;
  made.response = digest_response(challenge.algorithm, challenge.realm, user, password, "REGISTER", made.uri,
                                  challenge.nonce, count, "abc");
  return made;
}

}  // namespace

TEST_CASE("responses are those of RFC 7616 §3.9.1 and RFC 2617 §3.5") {
  const std::string nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                    client = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  CHECK(digest_response(DigestAlgorithm::md5, "http-auth@example.org", "Mufasa", "Circle of Life", "GET",
                        "/dir/index.html", nonce, "00000001", client) == "8ca523f5e9506fed4657c9700eebdbec");
  CHECK(digest_response(DigestAlgorithm::sha256, "http-auth@example.org", "Mufasa", "Circle of Life", "GET",
                        "/dir/index.html", nonce, "00000001",
                        client) == "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  CHECK(digest_response(DigestAlgorithm::md5, "testrealm@host.com", "Mufasa", "Circle Of Life", "GET",
                        "/dir/index.html", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "00000001",
                        "0a4f113b") == "6629fae49393a05397450978507c4ef1");
}

TEST_CASE("the right password is good once per count, within five minutes") {
  const Secret password("right");
  DigestGuard guard("vcsr", SipDigest::md5, key);
  const DigestChallenge challenge = read(guard.challenges(noon, false).front());
  const DigestCredentials first = credentials(challenge, "1001", "right");

  CHECK(guard.check(first, "REGISTER", &password, noon) == DigestVerdict::good);
  CHECK(guard.check(first, "REGISTER", &password, noon) == DigestVerdict::stale);
  const DigestCredentials second = credentials(challenge, "1001", "right", "00000002");
  CHECK(guard.check(second, "REGISTER", &password, noon + std::chrono::seconds(300)) == DigestVerdict::good);
  const DigestCredentials third = credentials(challenge, "1001", "right", "00000003");
  CHECK(guard.check(third, "REGISTER", &password, noon + std::chrono::seconds(301)) == DigestVerdict::stale);
}

TEST_CASE("anything else is bad") {
  const Secret password("right");
  DigestGuard guard("vcsr", SipDigest::md5, key), other("vcsr", SipDigest::md5, DigestGuard::Key{9});
  const DigestChallenge challenge = read(guard.challenges(noon, false).front());
  const DigestCredentials good = credentials(challenge, "1001", "right");
  const auto verdict = [&](DigestCredentials made) { return guard.check(made, "REGISTER", &password, noon); };

  CHECK(verdict(credentials(challenge, "1001", "wrong")) == DigestVerdict::bad);
  CHECK(guard.check(good, "INVITE", &password, noon) == DigestVerdict::bad);
  CHECK(guard.check(good, "REGISTER", nullptr, noon) == DigestVerdict::bad);
  CHECK(guard.check(credentials(challenge, "1001", ""), "REGISTER", nullptr, noon) == DigestVerdict::bad);
  CHECK(verdict(credentials(read(other.challenges(noon, false).front()), "1001", "right")) ==
        DigestVerdict::bad);
  for (auto change :
       {+[](DigestCredentials& c) { c.nonce.back() ^= 1; }, +[](DigestCredentials& c) { c.nonce.clear(); },
        +[](DigestCredentials& c) { c.realm = "other"; }, +[](DigestCredentials& c) { c.quality = ""; },
        +[](DigestCredentials& c) { c.quality = "auth-int"; },
        +[](DigestCredentials& c) { c.response.clear(); }, +[](DigestCredentials& c) { c.count = "2"; },
        +[](DigestCredentials& c) { c.understood = false; }}) {
    DigestCredentials bent = good;
    change(bent);
    CHECK(verdict(bent) == DigestVerdict::bad);
  }
}

TEST_CASE("a count that is no number is stale even when it is signed") {
  const Secret password("right");
  DigestGuard guard("vcsr", SipDigest::md5, key);
  const DigestChallenge challenge = read(guard.challenges(noon, false).front());

  const DigestCredentials odd = credentials(challenge, "1001", "right", "zz");

  CHECK(guard.check(odd, "REGISTER", &password, noon) == DigestVerdict::stale);
}

TEST_CASE("a stale challenge says so, and no two are alike") {
  DigestGuard guard("vcsr", SipDigest::md5, key);

  const std::string first = guard.challenges(noon, false).front(),
                    second = guard.challenges(noon, true).front();

  CHECK(first.find("stale") == std::string::npos);
  CHECK(second.ends_with(", stale=true"));
  CHECK(read(first).nonce != read(second).nonce);
  CHECK(read(first).counted);
}

TEST_CASE("challenges are read with their algorithm and quality of protection") {
  struct Row {
    const char* parameters[2];
    bool understood, counted;
  };
  const Row rows[] = {
      {{"algorithm=MD5", "qop=\"auth\""}, true, true},
      {{"algorithm=\"sha-256\"", "qop=\"auth-int, auth\""}, true, true},
      {{"algorithm=SHA-512-256", "qop=\"auth\""}, false, true},
      {{"algorithm=MD5", "qop=\"auth-int\""}, false, false},
      {{"qop=\"auth-int\"", "algorithm=MD5"}, false, false},
      {{"opaque=x", "stale=true"}, true, false},
  };

  for (const Row& row : rows) {
    CAPTURE(row.parameters[0]);
    DigestChallenge challenge;
    for (const char* parameter : row.parameters) challenge.take(parameter);
    CHECK(challenge.understood == row.understood);
    CHECK(challenge.counted == row.counted);
  }
}

TEST_CASE("our answer satisfies our own challenge") {
  const Secret password("right");
  DigestGuard guard("vcsr", SipDigest::md5, key);

  const std::string header = digest_authorization(read(guard.challenges(noon, false).front()), "1001",
                                                  password, "REGISTER", "sip:vcsr");
  DigestCredentials made;
  for (std::size_t begin = header.find(' ') + 1; begin < header.size();) {
    const std::size_t end = std::min(header.find(", ", begin), header.size());
    made.take(std::string_view(header).substr(begin, end - begin));
    begin = end + 2;
  }

  CHECK(guard.check(made, "REGISTER", &password, noon) == DigestVerdict::good);
}

TEST_CASE("SHA-256 is offered before MD5, and either is taken") {
  const Secret password("right");
  DigestGuard guard("vcsr", SipDigest::both, key), strict("vcsr", SipDigest::sha256, key);
  const std::vector<std::string> challenges = guard.challenges(noon, false);
  REQUIRE(challenges.size() == 2);
  CHECK(challenges[0].find("algorithm=SHA-256") != std::string::npos);
  CHECK(challenges[1].find("algorithm=MD5") != std::string::npos);
  CHECK(strict.challenges(noon, false).size() == 1);

  for (const std::string& challenge : challenges)
    CHECK(guard.check(credentials(read(challenge), "1001", "right"), "REGISTER", &password, noon) ==
          DigestVerdict::good);
  const DigestCredentials weak = credentials(read(guard.challenges(noon, false)[1]), "1001", "right");
  CHECK(strict.check(weak, "REGISTER", &password, noon) == DigestVerdict::bad);
}
