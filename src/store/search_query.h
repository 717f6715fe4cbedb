// What anybody typed as a query of full-text search (https://www.sqlite.org/fts5.html#full_text_query_syntax). Every word is
// quoted, so that none is an operator. Private to src/store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace store {

// The first words of it, each cut where it is very long.
std::vector<std::string> searched_words(std::string_view typed);

// All of them, each whole. Precondition of these three: there is a word.
std::string match_whole(const std::vector<std::string>& words);
// The last one may be the beginning of a word: of the first few that begin so, in the order of the dictionary. FTS5 itself would
// read every place of every word that begins so before it gives the first row.
std::string match_beginning(db::Connection& connection, const std::vector<std::string>& words);
// The query, with every word in the headline.
std::string in_headline(std::string_view match);

}  // namespace store
