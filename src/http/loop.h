// One I/O thread: its io_context, its listening socket, its connections, and the clock that ticks once a second for all of them.
// Nothing here is shared with the other threads but what Shared holds. Internal to the folder.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/outage.h"
#include "http/answer.h"
#include "http/asio.h"
#include "http/certificate_keeper.h"
#include "http/client_address.h"
#include "http/client_connections.h"
#include "http/connection.h"
#include "http/counts.h"
#include "http/handshake.h"
#include "http/http2_connection.h"
#include "http/listener.h"
#include "http/request_parser.h"
#include "http/server.h"
#include "http/subscription.h"
#include "http/worker_pool.h"

namespace http {

constexpr double worker_bounds[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

// What the threads of one server have in common.
struct Shared {
  ServerSettings settings;
  Refusal refusal;
  TrustedProxies proxies;
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<CertificateKeeper> certificate;  // only with TLS
  std::uint16_t tls_port = 0;
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> listening = 0;
  std::deque<LoopCounts> counts;  // one a loop; they stay when it ends
  base::Histogram worker_seconds{worker_bounds};
  ClientConnections clients;
};

enum class Security { plain, tls };

// A listening socket of one thread.
struct Door {
  Acceptor acceptor;
  Security security;
  bool is_awaiting = false;
};

// Invariants:
// 1. Only run()'s thread touches anything but the io_context's post.
// 2. A connection lives until it is removed by its own last event, or until run() ends.
// 3. What is posted holds no owner of the loop: the io_context would own itself.
class Loop : public std::enable_shared_from_this<Loop> {
 public:
  Loop(Shared& shared, std::unique_ptr<PreparedSource> source);
  // Before run().
  void listen(base::Descriptor listener, bool is_v6, Security security);

  // The thread's whole life; returns after drain().
  void run();
  // From any thread: no new connections, finish what is in flight until then, and let run() return.
  void drain(std::chrono::steady_clock::time_point until);
  // From any thread: gives the worker's answer to its connection, unless the loop has ended.
  void post_answer(Connection& connection, Answer answer);
  void post_answer(std::weak_ptr<Http2Connection> connection, std::int32_t stream, Answer answer);

  // From any thread: something was said on that topic.
  void post_news(std::shared_ptr<Topic> topic);

  // For connections, on the loop's thread.
  const ServerSettings& settings() const { return shared_.settings; }
  const TrustedProxies& proxies() const { return shared_.proxies; }
  // The answer to a request that no handler gets; `request` may be missing, where not even its head could be read.
  Response refuse(const Request* request, int status) const;
  WorkerPool& pool() { return *shared_.pool; }
  LoopCounts& counts() { return counts_; }
  base::Histogram& worker_seconds() { return shared_.worker_seconds; }
  PreparedSource* source() { return source_.get(); }
  std::uint32_t tick() const { return tick_; }
  bool is_draining() const { return is_draining_; }
  std::size_t buffer_size() const;
  // "Date: …\r\n", what the connection is to say about its own future, and the empty line.
  enum class Future { silent, stays, ends };
  std::string_view ending(Future future) const { return endings_[static_cast<std::size_t>(future)]; }

  // "Sun, 06 Nov 1994 08:49:37 GMT"
  std::string_view date() const { return date_; }

  std::unique_ptr<RequestParser> take_parser();  // the one that has just read a head; the loop goes on with another
  RequestParser& parser() { return *parser_; }
  std::unique_ptr<char[]> take_buffer();
  void give_back(std::unique_ptr<char[]> buffer);
  void remove(std::list<Connection>::iterator connection);
  void remove(Http2Connection::Place connection);
  // Empty, with room: for one connection to write into, and to give back before another writes.
  std::string& spare_output() { return spare_output_; }
  // A handshake that is over: well, or not.
  void welcome(std::list<Handshake>::iterator done);
  void remove(std::list<Handshake>::iterator failed);

  // Who listens to a topic is woken when something is said. Gives the place, which remove() takes.
  std::uint64_t add(const std::shared_ptr<Topic>& topic, const Subscription& subscription);
  void remove(const std::shared_ptr<Topic>& topic, std::uint64_t place);

  // Whether requests without TLS are told to come back with it, and under which "https://host" that request should; empty if it
  // does not say where it wanted to go.
  bool redirects() const { return settings().tls && settings().tls->redirect; }
  std::string secure_origin(const Request& request) const;

 private:
  void await_connections(Door& door);
  void accept_waiting(Door& door);
  enum class Accepted { one, none_left, no_descriptors };
  Accepted accept_one(Door& door);
  // What a connection is told instead of being served: 0 nothing, 503, 429; -1: not even that.
  int refusal_of(const NetworkAddress& peer, std::size_t connections, std::size_t of_this_client);
  void admit(Socket socket, const NetworkAddress& peer, Security security, int refusal);
  void leave(const NetworkAddress& peer);
  void tell_of_refusals();
  void start_ticking();
  void on_tick();
  template <class Step>
  void for_each_http2(Step step);
  void write_date();
  void wake_listeners(const std::shared_ptr<Topic>& topic, std::uint64_t from);
  void wake_all_listeners();
  void start_draining(std::chrono::steady_clock::time_point until);
  void await_drained(std::chrono::steady_clock::time_point until);
  std::size_t count_connections() const { return handshakes_.size() + connections_.size() + http2_connections_.size(); }
  void end();

  Shared& shared_;
  LoopCounts& counts_;
  net::io_context context_;
  std::list<Door> doors_;
  Timer ticker_;
  Timer drain_timer_;
  std::unique_ptr<PreparedSource> source_;
  std::unique_ptr<RequestParser> parser_;
  std::vector<std::unique_ptr<char[]>> spare_buffers_;
  std::string spare_output_;
  std::string date_;
  std::string endings_[3];
  std::uint32_t tick_ = 0;
  base::Outage lack_of_descriptors_{"no descriptor is left for another connection", "all who wanted to connect are let in again"};
  std::size_t refused_ = 0;  // connections of clients that hold too many, since it was last told
  bool is_draining_ = false;
  std::chrono::steady_clock::time_point grace_;
  std::map<std::shared_ptr<Topic>, std::map<std::uint64_t, const Subscription*>> listeners_;
  std::uint64_t last_place_ = 0;
  std::list<Handshake> handshakes_;
  std::list<Connection> connections_;
  std::list<std::shared_ptr<Http2Connection>> http2_connections_;
};

}  // namespace http
