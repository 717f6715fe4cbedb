#include "db/relevance.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <vector>

namespace db {
namespace {

constexpr int rows_sampled = 100;
// bm25's own constants, k1 and b, as SQLite has them.
constexpr double saturation = 1.2;
constexpr double share_of_length = 0.75;

struct Sample {
  int rows = 0;
  sqlite3_int64 reached = 0;
};

int take_sample(const Fts5ExtensionApi* api, Fts5Context* row, void* user) {
  Sample& sample = *static_cast<Sample*>(user);
  sample.reached = api->xRowid(row);
  return ++sample.rows < rows_sampled ? SQLITE_OK : SQLITE_DONE;
}

// Rows are numbered from 1 with few gaps, so that how far the sample had to reach tells how dense the word's rows are.
double estimate_rows(const Sample& sample, double all) {
  if (sample.rows < rows_sampled) return sample.rows;
  return std::min(all, sample.rows * std::max(1.0, all / static_cast<double>(sample.reached)));
}

// What is the same for all rows of a query.
struct Ranking {
  std::vector<double> rarity;     // of each phrase
  std::vector<double> frequency;  // of each phrase in the present row, weighted
  double average_size = 1;        // of a row, in words
};

struct Failed {
  int code;
};

void expect(int code) {
  if (code != SQLITE_OK) throw Failed{code};
}

std::unique_ptr<Ranking> make_ranking(const Fts5ExtensionApi* api, Fts5Context* row) {
  sqlite3_int64 rows = 0;
  sqlite3_int64 words = 0;
  expect(api->xRowCount(row, &rows));
  expect(api->xColumnTotalSize(row, -1, &words));
  auto ranking = std::make_unique<Ranking>();
  const auto all = static_cast<double>(std::max<sqlite3_int64>(rows, 1));
  ranking->average_size = std::max(1.0, static_cast<double>(words) / all);
  for (int phrase = 0; phrase < api->xPhraseCount(row); ++phrase) {
    Sample sample;
    expect(api->xQueryPhrase(row, phrase, &sample, take_sample));
    const double matching = estimate_rows(sample, all);
    ranking->rarity.push_back(std::log(1 + (all - matching + 0.5) / (matching + 0.5)));
  }
  ranking->frequency.resize(ranking->rarity.size());
  return ranking;
}

Ranking& ranking_of(const Fts5ExtensionApi* api, Fts5Context* row) {
  void* kept = api->xGetAuxdata(row, 0);
  if (kept == nullptr) {
    std::unique_ptr<Ranking> made = make_ranking(api, row);
    kept = made.get();
    // Takes it over even where it fails.
    expect(api->xSetAuxdata(row, made.release(), [](void* ranking) { delete static_cast<Ranking*>(ranking); }));
  }
  return *static_cast<Ranking*>(kept);
}

void count_words(const Fts5ExtensionApi* api, Fts5Context* row, int count, sqlite3_value** weights, Ranking& ranking) {
  std::fill(ranking.frequency.begin(), ranking.frequency.end(), 0.0);
  int places = 0;
  expect(api->xInstCount(row, &places));
  for (int place = 0; place < places; ++place) {
    int phrase = 0;
    int column = 0;
    int offset = 0;
    expect(api->xInst(row, place, &phrase, &column, &offset));
    ranking.frequency.at(static_cast<std::size_t>(phrase)) += column < count ? sqlite3_value_double(weights[column]) : 1.0;
  }
}

double relevance_of(const Fts5ExtensionApi* api, Fts5Context* row, int count, sqlite3_value** weights) {
  Ranking& ranking = ranking_of(api, row);
  count_words(api, row, count, weights, ranking);
  int size = 0;
  expect(api->xColumnSize(row, -1, &size));
  const double damping = saturation * (1 - share_of_length + share_of_length * size / ranking.average_size);
  double relevance = 0;
  for (std::size_t phrase = 0; phrase < ranking.rarity.size(); ++phrase) {
    const double frequency = ranking.frequency[phrase];
    relevance += ranking.rarity[phrase] * frequency * (saturation + 1) / (frequency + damping);
  }
  return relevance;
}

// No exception may travel through SQLite.
void relevance(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* answer, int count, sqlite3_value** weights) {
  try {
    sqlite3_result_double(answer, relevance_of(api, row, count, weights));
  } catch (const Failed& failed) {
    sqlite3_result_error_code(answer, failed.code);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(answer);
  }
}

// As https://www.sqlite.org/fts5.html#extending_fts5 gets it.
fts5_api* find_api(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

int teach_relevance(sqlite3* handle) {
  fts5_api* api = find_api(handle);
  return api == nullptr ? SQLITE_ERROR : api->xCreateFunction(api, "relevance", nullptr, relevance, nullptr);
}

}  // namespace db
