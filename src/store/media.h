// SQL for media.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/media.h"

namespace store {

news::MediaId insert(db::Transaction& tx, const news::NewMedia& media);
void update(db::Transaction& tx, news::MediaId id, const news::NewMedia& media);
std::optional<news::Media> find_media(db::Connection& connection, news::MediaId id);
std::optional<news::Media> find_media_by_address(db::Connection& connection, std::string_view address);
// In order of their ids, those after `after`, at most `most`: for walking all of them.
std::vector<news::Media> list_media(db::Connection& connection, news::MediaId after, int most);

}  // namespace store
