#include "store/media.h"

#include "store/addresses.h"
#include "store/rows.h"

namespace store {
namespace {

news::Media media_of(const db::Query& row) {
  news::Media media;
  media.id = {row.integer(0)};
  media.address = stored_text(row, 1);
  media.file = stored_text(row, 2);
  media.type = stored_text(row, 3);
  media.width = stored_int(row, 4);
  media.height = stored_int(row, 5);
  media.bytes = row.integer(6);
  media.title = stored_text(row, 7);
  media.alternative_text = stored_text(row, 8);
  media.caption = stored_html(row, 9);
  media.credit = stored_text(row, 10);
  media.created = stored_time(row, 11);
  return media;
}

news::AddressTarget target_of(news::MediaId id) { return {news::AddressKind::media, id.value, {}}; }

}  // namespace

news::MediaId insert(db::Transaction& tx, const news::NewMedia& media) {
  tx.query(
        "INSERT INTO media (address, file, type, width, height, bytes, title, alternative_text, caption_html, credit, created) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
      .with(media.address, media.file, media.type, media.width, media.height, media.bytes, media.title, media.alternative_text,
            media.caption.string(), media.credit, base::to_unix(media.created))
      .run();
  const news::MediaId id{tx.connection().last_insert_id()};
  set_address(tx, key_of(media.address), target_of(id));
  return id;
}

void update(db::Transaction& tx, news::MediaId id, const news::NewMedia& media) {
  const std::optional<news::Media> before = find_media(tx.connection(), id);
  if (!before) return;
  tx.query(
        "UPDATE media SET address = $2, file = $3, type = $4, width = $5, height = $6, bytes = $7, title = $8, alternative_text "
        "= $9, "
        "caption_html = $10, credit = $11, created = $12 WHERE id = $1")
      .with(id.value, media.address, media.file, media.type, media.width, media.height, media.bytes, media.title,
            media.alternative_text, media.caption.string(), media.credit, base::to_unix(media.created))
      .run();
  if (before->address != media.address) move_address(tx, {target_of(id), before->address, media.address});
  // Bodies hold pictures by their address: nobody knows which pages show this one.
  touch(tx, news::SourceKind::everything);
}

std::optional<news::Media> find_media(db::Connection& connection, news::MediaId id) {
  db::Query row =
      connection
          .query(
              "SELECT id, address, file, type, width, height, bytes, title, alternative_text, caption_html, credit, created "
              "FROM media WHERE id = $1")
          .with(id.value);
  if (!row.next()) return std::nullopt;
  return media_of(row);
}

std::optional<news::Media> find_media_by_address(db::Connection& connection, std::string_view address) {
  db::Query row = connection.query("SELECT id FROM media WHERE address = $1").with(address);
  if (row.next()) return find_media(connection, {row.integer(0)});
  // Written otherwise: percent-encoded, or in another normal form.
  const std::optional<news::AddressTarget> target = find_address(connection, key_of(address));
  if (!target || target->kind != news::AddressKind::media) return std::nullopt;
  return find_media(connection, {target->object_id});
}

std::vector<news::Media> list_media(db::Connection& connection, news::MediaId after, int most) {
  std::vector<news::Media> media;
  db::Query rows = connection
                       .query(
                           "SELECT id, address, file, type, width, height, bytes, title, alternative_text, caption_html, credit, "
                           "created FROM media WHERE id > $1 ORDER BY id LIMIT $2")
                       .with(after.value, most);
  while (rows.next()) media.push_back(media_of(rows));
  return media;
}

}  // namespace store
