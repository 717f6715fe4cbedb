// Bytes of a connection: heads and bodies, cut at a place that the first byte chooses. Whatever comes, cut or whole must mean the
// same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/request_parser.h"

namespace {

constexpr http::RequestParser::Limits limits{.head_bytes = 4096, .body_bytes = 4096};
using Stage = http::RequestParser::Stage;

struct Outcome {
  Stage stage = Stage::incomplete;
  int status = 0;
  std::string target;
  std::string body;
};

// Reads one request as a connection does: a head in one piece, then the body as it comes, first up to `cut`, then the rest.
Outcome read(std::string bytes, std::size_t cut) {
  http::RequestParser parser(limits);
  Outcome outcome;
  const auto head = parser.parse_head(bytes.data(), bytes.size());
  outcome.stage = head.stage;
  outcome.status = head.status;
  if (head.stage != Stage::complete) return outcome;
  if (head.consumed == 0 || head.consumed > bytes.size()) std::abort();
  const http::Request request = to_request(parser.head());
  outcome.target = request.target;
  if (!parser.head().has_body) return outcome;

  std::size_t begin = head.consumed;
  for (const std::size_t end : {std::max(begin, std::min(cut, bytes.size())), bytes.size()}) {
    const auto part = parser.parse_body(bytes.data() + begin, end - begin, outcome.body);
    outcome.stage = part.stage;
    outcome.status = part.status;
    begin += part.consumed;
    if (part.stage != Stage::incomplete) break;
  }
  if (outcome.body.size() > limits.body_bytes) std::abort();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = read(bytes, bytes.size());
  const Outcome cut = read(bytes, static_cast<std::size_t>(data[0]) * 4);
  if (whole.stage != cut.stage || whole.status != cut.status || whole.target != cut.target) std::abort();
  if (whole.stage == Stage::complete && whole.body != cut.body) std::abort();
  return 0;
}
