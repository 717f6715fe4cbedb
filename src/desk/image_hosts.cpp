#include "desk/image_hosts.h"

#include <algorithm>
#include <sstream>

#include "store/taxonomy.h"

namespace desk {
namespace {

constexpr std::string_view setting = "import.image_hosts";  // host names with spaces between them

void add(std::vector<std::string>& hosts, const std::string& host) {
  if (!host.empty() && std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
}

void add_words(std::vector<std::string>& hosts, const std::optional<std::string>& line) {
  std::istringstream words(line.value_or(""));
  for (std::string host; words >> host;) add(hosts, host);
}

}  // namespace

std::vector<std::string> read_image_hosts(const Desk& desk) {
  std::vector<std::string> hosts;
  for (const std::string& host : desk.settings.image_hosts) add(hosts, host);
  db::Reading reading = desk.database.read();
  add_words(hosts, store::find_setting(reading.connection(), setting));
  return hosts;
}

void allow_image_hosts(Intake& intake, const std::vector<std::string>& hosts) {
  std::vector<std::string> all;
  add_words(all, intake.find_setting(setting));
  for (const std::string& host : hosts) add(all, host);
  std::string line;
  for (const std::string& host : all) line += (line.empty() ? "" : " ") + host;
  if (!line.empty()) intake.set_setting(setting, line);
}

}  // namespace desk
