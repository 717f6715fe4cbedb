#include "web/visit.h"

#include <utility>

namespace web {

bool wants_json(const http::Request& request) {
  const std::string_view accept = request.find_header("accept").value_or("");
  return accept.find("application/json") != std::string_view::npos && accept.find("text/html") == std::string_view::npos;
}

Visit::Visit(http::Request the_request)
    : request(std::move(the_request)), parameters(parse_parameters(request.query)), wants_json(web::wants_json(request)) {}

}  // namespace web
