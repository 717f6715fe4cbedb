// SQL for going through all there is, in portions, in the order of ids or keys: moving lists to new addresses, and `broadsheet
// check`. Writes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "db/database.h"
#include "news/address.h"
#include "news/ids.h"

namespace store {

// Each gives those after `after`, at most `most`.
struct Slug {
  std::int64_t id = 0;
  std::string slug;
  std::string address;
};
std::vector<Slug> walk_tags(db::Connection& connection, news::TagId after, int most);
std::vector<Slug> walk_authors(db::Connection& connection, news::AuthorId after, int most);
std::vector<Slug> walk_articles(db::Connection& connection, news::ArticleId after, int most);

struct StoredAddress {
  std::string key;
  news::AddressTarget target;
};
std::vector<StoredAddress> walk_addresses(db::Connection& connection, std::string_view after, int most);

struct SealedEmail {
  news::ReaderId reader;
  std::string sealed;
};
std::vector<SealedEmail> walk_emails(db::Connection& connection, news::ReaderId after, int most);

struct RowCounts {
  int articles = 0;
  int comments = 0;
};
RowCounts count_rows(db::Connection& connection);

}  // namespace store
