// What the tests of the page cache and of those around it share.
#pragma once

#include "base/time.h"
#include "news/source.h"

namespace web {

inline const base::Time noon = base::from_unix(1'795'435'200);
inline const base::Time later = noon + base::Seconds(3600);
inline const news::Source story = news::source_of(news::ArticleId{1});

}  // namespace web
