// JSON for the whole program: Boost.JSON, included here and nowhere else.
#pragma once

#include <boost/json.hpp>

namespace text {
namespace json = boost::json;
}  // namespace text
