#pragma once

#include "tests/sandbox/server/certificates.hpp"
#include "tests/support/process.hpp"

#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace connection_test {

/// What the server does after a reply.
enum class ending {
    none,     ///< It waits for what the client does next.
    goodbye,  ///< It closes the connection as TLS wants it.
    abruptly, ///< It closes the connection without a word.
};

/// What the server does with one request once it has read it.
struct reply {
    reply(std::string all, ending after = ending::none) : records{std::move(all)}, end(after) {}
    reply(std::vector<std::string> all, ending after = ending::none) : records(std::move(all)), end(after) {}

    std::vector<std::string> records; ///< Each is sent as a TLS record of its own; none is silence.
    ending end;
};

enum class greeting {
    handshake,
    silence, ///< No handshake, until the client goes away.
    refusal, ///< No handshake, and the connection is closed.
};

/// What the server does with one connection. After the last reply it waits until the client goes away.
struct conversation {
    conversation(std::vector<reply> all) : replies(std::move(all)) {}
    conversation(greeting how) : first(how) {}

    greeting first = greeting::handshake;
    std::vector<reply> replies;
};

/// An answer with a body of two bytes; `header` are further lines.
std::string answer(const std::string& header = {});

/// A TLS server that does what no good server does, byte by byte. The first connection is served by the first
/// conversation, and so on; further ones are closed at once.
class scripted_server {
public:
    /// `newest` is such as TLS1_2_VERSION; 0 is the newest there is. The certificate is for 127.0.0.1 and `names`.
    explicit scripted_server(std::vector<conversation> script, int newest = 0,
                             const std::vector<std::string>& names = {});
    ~scripted_server();
    scripted_server(const scripted_server&) = delete;
    scripted_server& operator=(const scripted_server&) = delete;

    std::uint16_t port() const { return port_; }
    std::string ca_file() const { return directory_.path() + "/ca.pem"; }

    int connections() const; ///< That were ever accepted.
    int resumed() const;     ///< Whose handshakes went on with an earlier session.
    int open() const;        ///< That the client has not closed, and the server neither.
    std::vector<std::string> requests() const;

private:
    void serve();
    void talk(int socket, const conversation& what);
    void answer_all(SSL* tls, const conversation& what);

    support::temporary_directory directory_;
    std::vector<conversation> script_;
    boost::asio::ssl::context context_;
    int listening_ = -1;
    std::uint16_t port_ = 0;

    mutable std::mutex guard_; // For everything below.
    int connections_ = 0;
    int resumed_ = 0;
    std::set<int> open_;
    std::vector<std::string> requests_;
    std::vector<std::thread> talks_;
    std::thread accepting_;
};

/// A port of an address of this machine at which nobody ever answers.
class silent_address {
public:
    /// Port 0 is a free one.
    silent_address(const std::string& address, std::uint16_t port);
    ~silent_address();
    silent_address(const silent_address&) = delete;
    silent_address& operator=(const silent_address&) = delete;

    std::uint16_t port() const { return port_; }

private:
    std::vector<int> sockets_;
    std::uint16_t port_;
};

} // namespace connection_test
