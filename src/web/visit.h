// One request with what every handler asks of it, and the shapes of answers. Holds nothing beyond the request.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "http/message.h"
#include "http/prepared.h"
#include "news/source.h"
#include "web/page_address.h"

namespace web {

// "Accept: application/json" without text/html.
bool wants_json(const http::Request& request);

struct Visit {
  explicit Visit(http::Request the_request);

  http::Request request;
  std::vector<Parameter> parameters;
  bool wants_json = false;

  std::optional<std::string_view> parameter(std::string_view name) const { return find_parameter(parameters, name); }
};

// An answer of a handler that needs nobody else: made for this request, or prepared for all.
using Answer = std::variant<http::Response, std::shared_ptr<const http::Prepared>>;

// A page on its way into the cache, or past it.
struct MadePage {
  enum class Keep { no, yes };
  http::Response response = {};
  Keep keep = Keep::no;                    // yes only for what is the same for everybody
  std::vector<news::Source> sources = {};  // what it was made from
};

}  // namespace web
