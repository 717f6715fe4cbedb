#include "web/visit.h"

#include <utility>

namespace web {

Visit::Visit(http::Request the_request) : request(std::move(the_request)), parameters(parse_parameters(request.query)) {
  const std::string_view accept = request.find_header("accept").value_or("");
  wants_json = accept.find("application/json") != std::string_view::npos && accept.find("text/html") == std::string_view::npos;
}

}  // namespace web
