#include "db/transaction.h"

namespace db {

void Transaction::touch(Touched what) {
  if (touched_.contains(touched_everything)) return;
  if (what.kind == touched_everything.kind || touched_.size() >= most_touched) {
    touched_ = {touched_everything};
    return;
  }
  touched_.insert(what);
}

}  // namespace db
