// The one place where Boost.JSON is compiled: it is used as source, so that no library has to be linked.
#include <boost/json/src.hpp>
