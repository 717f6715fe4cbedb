// The running server's numbers in one text, gathered from the folders that count them. It holds nothing about a person: no
// address, no path, no name; every label is a word of this program.
#pragma once

#include <string>

#include "db/meter.h"
#include "http/counts.h"
#include "main/nightly.h"
#include "web/counts.h"

namespace cli {

struct Measured {
  http::ServerCounts server;
  web::SiteCounts site;
  db::DatabaseCounts database;
  NightState nights;
};

// In the text format of Prometheus.
std::string write_metrics(const Measured& measured);

}  // namespace cli
